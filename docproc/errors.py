"""Every message a user can see when something cannot be done: code, sentence, remedy, exit status.

Sentences are Chinese, for people who are not programmers: what happened, where, what to do.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass

USAGE = 2
UNPROCESSED = 3


@dataclass(frozen=True, slots=True)
class Notice:
    """A kind of message: its sentence (with {names} to fill), what to do about it, and the exit status it leads to."""

    sentence: str
    remedy: str
    status: int = USAGE


CATALOGUE: dict[str, Notice] = {
    "path_not_found": Notice("找不到“{path}”。", "请检查路径是否写对，文件夹是否已移动。"),
    "package_empty": Notice("“{path}”里没有可以审查的文件。", "请确认选对了文件夹或压缩包；系统文件（如 Thumbs.db）不算。", UNPROCESSED),
    "checklist_unknown": Notice("没有名为“{id}”的审查清单。", "可用的清单：{known}。"),
    "checklist_undetermined": Notice("无法从材料中判断应适用哪一份审查清单：{found}。", "请用 --checklist 指明，可选：{known}。"),
    "item_unknown": Notice("没有编号为“{id}”的审查项。", "可用 docproc checklist show 清单编号 查看全部审查项。"),
    "checklist_invalid": Notice("审查清单“{path}”第 {line} 行有误：{why}。", "请改正后再用 docproc checklist validate 检查。"),
    "report_invalid": Notice("“{path}”不是有效的审查报告：{why}。", "请用 docproc check … --json 重新生成报告。"),
    "quote_not_found": Notice("报告中的引文与原文不符：{where}。", "材料在审查之后可能改动过，请重新审查。"),
    "notice_refused": Notice("这份报告的结论是“待核”，不能出具通知书。", "请先由人工判定下列各项：{items}。"),
    "notice_incomplete": Notice("缺少{what}，不能按模板“{template}”出具文书。", "请先在材料中核实，再重新审查。"),
    "notice_without_basis": Notice("没有出具“{kind}”的依据：{why}。", "请改用与审查结论相符的文书种类。"),
    "deadline_impossible": Notice("期限无法计算：{why}。", "请核对 --date、--due-in 和 checklists/holidays/ 下的放假安排文件。"),
    "notice_unproved": Notice("通知书写出后回读核对不一致：{why}，文件未出具。", "请检查模板是否删去了必要的栏目。", UNPROCESSED),
    "notice_kind_mismatch": Notice("审查结论是“{outcome}”，不能出具“{kind}”。", "请改用与结论相符的文书种类。"),
    "previous_mismatch": Notice("前次报告用的清单是“{before}”，本次是“{now}”，两次不能比对。", "请用 --checklist 指明与前次相同的清单。"),
    "second_notice_empty": Notice(
        "前次告知的内容都已补正，余下的问题不是补正材料引起的，不能据此再次要求补正：{items}。", "请由人工决定如何处理这些问题。"
    ),
    "template_invalid": Notice("模板“{path}”无法使用：{why}。", "请用随软件提供的模板对照修改。"),
    "unsupported_here": Notice("不支持“{path}”这种文件（{format}）。", "请转成 docx、pdf 或 txt 后再试。"),
    "extractors_missing": Notice(
        "没有安装任何抽取器（入口点组 {group} 为空）。", "请用 pip install 安装本软件，或在源码目录执行 pip install -e .。", UNPROCESSED
    ),
    "cases_invalid": Notice(
        "“{path}”第 {line} 行不是有效的标注文本。", "每行应是一个 JSON 对象，含 id、text 和 claims（name、value、qualifiers）。"
    ),
    "run_invalid": Notice("对照用的文件不是保存下来的评测结果。", "请用 docproc eval … --json FILE 重新保存。"),
    "inbox_no_folder": Notice("“{path}”不是文件夹。", "请指明收件文件夹：其中每个文件夹、压缩包或文件是一套材料。"),
    "inbox_empty": Notice("收件文件夹“{path}”里没有材料。", "请确认选对了文件夹；系统文件（如 Thumbs.db）不算。"),
    "inbox_is_out": Notice("结果文件夹不能就是收件文件夹“{path}”。", "请用 --out 指明另一个文件夹。"),
    "out_in_package": Notice("结果文件夹“{path}”在一套材料“{package}”里面。", "请用 --out 指明收件文件夹以外的文件夹。"),
    "out_taken": Notice("“{path}”已经存在，不是批量审查的结果，没有动它。", "请移走或改名，或用 --out 指明另一个文件夹。"),
    "out_in_use": Notice("另一个批次正在往“{path}”写结果。", "请等它结束，或换一个结果文件夹。"),
    "output_failed": Notice("结果写不进“{path}”：{why}。", "请检查磁盘空间和权限，然后用同一条命令继续，已完成的不会重做。", UNPROCESSED),
    "package_link": Notice("“{path}”是链接，没有读取。", "请放入文件或文件夹本身。", UNPROCESSED),
    "package_crashed": Notice("审查“{path}”时程序出错（{why}）。", "请单独审查这套材料，仍出错时请报告开发者。", UNPROCESSED),
    "package_killed": Notice("审查“{path}”的进程两次异常终止（{why}）。", "可能是内存不足或文件异常，请单独审查这套材料。", UNPROCESSED),
    "package_overdue": Notice(
        "“{path}”超过 {minutes} 分钟仍未审完，已停止。", "请单独审查，或用 --time-limit 放宽时限并加 --retry 重做。", UNPROCESSED
    ),
    "cluster_missing": Notice("没有安装集群组件。", "请安装附加组件 cluster（distributed），或去掉 --scheduler 在本机运行。"),
    "cluster_unreachable": Notice("连不上集群“{address}”（{why}）。", "请检查调度器和工作进程是否已启动、地址是否正确。", UNPROCESSED),
    "cluster_lost": Notice("与集群的连接中断。", "请检查调度器，然后用同一条命令继续，已完成的不会重做。", UNPROCESSED),
    "worker_differs": Notice(
        "工作机“{host}”上的程序、规则或组件版本与本机不同。", "请在各机器上装同一版本和清单后重启工作进程。", UNPROCESSED
    ),
    "unreadable": Notice("“{path}”读不出来：{why}。", "请重新导出或取得未加密、未损坏的文件。", UNPROCESSED),
}


class DocprocError(Exception):
    """A failure that a user can do something about. `code` is a key of CATALOGUE."""

    def __init__(self, code: str, **details: object) -> None:
        self.code = code
        self.notice = CATALOGUE[code]
        self.details = details
        super().__init__(self.text)

    @property
    def text(self) -> str:
        """Sentence and remedy, filled in."""
        details = {name: str(value) for name, value in self.details.items()}
        return self.notice.sentence.format(**details) + self.notice.remedy.format(**details)

    @property
    def status(self) -> int:
        return self.notice.status

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (self.code, self.details)


def _rebuild(code: str, details: dict[str, object]) -> DocprocError:
    return DocprocError(code, **details)


_REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EROFS: "文件系统是只读的",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
    errno.EIO: "磁盘读写出错",
    errno.ENAMETOOLONG: "名称过长",
}


def reason(error: OSError) -> str:
    """Why the system refused, in Chinese where it is a usual reason."""
    return _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__
