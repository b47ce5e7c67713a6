"""The papers of a page: safety statement, commitment, credit report, recommendation, filing."""

from __future__ import annotations

from .blocks import Block, Cell, Paper, Table, table
from .facts import Case
from .form import words
from .script import blocks


def short(case: Case, kind: str, voice: str) -> Paper:
    """A paper of `words/papers.yaml` in one of its wordings."""
    tables = {
        "credit-basic": _credit_basic,
        "credit-records": _credit_records,
        "recommendation": _recommendation,
        "filing": _filing,
        "list": _list,
        "machines": _machines,
    }
    return Paper(kind, tuple(blocks(words("papers")[kind][voice], case, kind, tables)))


def _credit_basic(case: Case) -> list[Block]:
    v = case.values
    rows = [["主体名称", v["name"]], ["统一社会信用代码", v["code"]], ["法定代表人", v["legal"]], ["登记状态", "存续"]]
    return [table([list(row) for row in rows], [50, 108], head=False, label=True)]


def _credit_records(case: Case) -> list[Block]:
    rows = [["项目", "数量", "说明"], ["行政许可", "4", "见附页"], ["行政处罚", "0", "无记录"], ["严重失信主体名单", "0", "未列入"]]
    rows += [["失信被执行人", "0", "未列入"], ["经营异常名录", "0", "未列入"], ["重大税收违法", "0", "无记录"]]
    return [table([list(row) for row in rows], [60, 30, 68], align="centre")]


def _recommendation(case: Case) -> list[Block]:
    v = case.values
    opinion = "经初审，申报材料齐全，企业符合申报条件，同意推荐。"
    rows = (
        (Cell("企业名称", head=True), Cell(v["name"], across=3)),
        (Cell("工厂名称", head=True), Cell(v["project"]), Cell("申报级别", head=True), Cell(v["level_name"])),
        (Cell("统一社会信用代码", head=True), Cell(v["code"], across=3)),
        (Cell("区级主管部门初审推荐意见", head=True), Cell(opinion, across=3)),
    )
    return [Table(rows, (40, 48, 30, 40))]


def _filing(case: Case) -> list[Block]:
    v = case.values
    rows = (
        (Cell("企业名称", head=True), Cell(v["name"], across=3)),
        (Cell("统一社会信用代码", head=True), Cell(v["code"], across=3)),
        (Cell("备案编号", head=True), Cell(v["filing_number"]), Cell("备案日期", head=True), Cell(v["filed_on"])),
        (Cell("备案级别", head=True), Cell("基础级智能工厂", across=3)),
        (Cell("备案意见", head=True), Cell("材料齐全，经复核达到基础级智能工厂要求，予以备案。", across=3)),
    )
    return [Table(rows, (40, 48, 30, 40))]


def _list(case: Case) -> list[Block]:
    v = case.values
    others = ("天津华胥制药有限公司", "天津南柯家具有限公司", "天津黄粱食品有限公司")
    rows = [["序号", "企业名称", "智能工厂名称"], ["1", others[0], "华胥固体制剂工厂"], ["2", v["name"], v["project"]]]
    rows += [["3", others[1], "南柯定制家具工厂"], ["4", others[2], "黄粱焙烤工厂"]]
    return [table([list(row) for row in rows], [20, 74, 64], align="centre")]


def _machines(case: Case) -> list[Block]:
    v = case.values
    rows = [["序号", "设备名称", "数量", "所在工序", "是否联网"], ["1", v["machine_a"], "12", v["process_a"], "是"]]
    rows += [
        ["2", v["machine_b"], "9", v["process_b"], "是"],
        ["3", "搬运机器人", "6", v["process_c"], "是"],
        ["4", "空压机", "3", "动力站", "否"],
    ]
    return [table([list(row) for row in rows], [18, 56, 22, 40, 22], align="centre")]
