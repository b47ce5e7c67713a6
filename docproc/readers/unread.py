"""What to say of a file that could not be read: one problem and one loss, in Chinese, with the remedy."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType

from docproc.model import Content, Loss, Problem

#: code -> sentence with its remedy. {what} is the format in words, {why} a detail.
SENTENCES = MappingProxyType(
    {
        "encrypted": "文件已加密（{what}），无法打开。请提供解除密码保护后另存的文件。",
        "damaged": "文件已损坏或不完整（{what}{why}），无法打开。请重新导出或重新上传。",
        "empty": "文件是空的（0 字节或没有内容）。请重新导出或重新上传。",
        "unsupported": "暂不能读取这种文件（{what}{why}）。{remedy}",
        "too_large": "文件过大（{what}{why}），超出可处理的范围。请拆分或压缩后再提交。",
        "timeout": "读取超过时限（{what}{why}），已中止。请检查文件是否异常，或拆分后再提交。",
        "crashed": "读取时程序异常中止（{what}{why}），这份文件没有读出。请另存或重新导出后再提交。",
    }
)

#: format -> its name for people, and what to do where docproc cannot read it.
FORMATS = MappingProxyType(
    {
        "docx": ("Word 文档", ""),
        "pdf": ("PDF", ""),
        "txt": ("文本文件", ""),
        "csv": ("CSV 表格", ""),
        "md": ("文本文件", ""),
        "html": ("网页", ""),
        "xlsx": ("Excel 工作簿", ""),
        "xls": ("Excel 97-2003 工作簿", ""),
        "image": ("图片", ""),
        "zip": ("压缩包", "请解压后再提交。"),
        "rar": ("RAR 压缩包", "请解压，或改为 .zip 压缩包后再提交。"),
        "7z": ("7z 压缩包", "请解压，或改为 .zip 压缩包后再提交。"),
        "gzip": ("gz 压缩包", "请解压，或改为 .zip 压缩包后再提交。"),
        "bzip2": ("bz2 压缩包", "请解压，或改为 .zip 压缩包后再提交。"),
        "xz": ("xz 压缩包", "请解压，或改为 .zip 压缩包后再提交。"),
        "tar": ("tar 压缩包", "请解压，或改为 .zip 压缩包后再提交。"),
        "doc": ("Word 97-2003 文档", "请用 Word 或 WPS 另存为 .docx 或 PDF 后再提交。"),
        "wps": ("WPS 文字文档", "请用 WPS 另存为 .docx 或 PDF 后再提交。"),
        "et": ("WPS 表格", "请用 WPS 另存为 .xlsx 后再提交。"),
        "rtf": ("RTF 文档", "请用 Word 或 WPS 另存为 .docx 或 PDF 后再提交。"),
        "ofd": ("OFD 版式文件", "请转换为 PDF 后再提交。"),
        "odt": ("OpenDocument 文档", "请另存为 .docx 或 PDF 后再提交。"),
        "fodt": ("OpenDocument 文档", "请另存为 .docx 或 PDF 后再提交。"),
        "fods": ("OpenDocument 表格", "请另存为 .xlsx 后再提交。"),
        "pptx": ("演示文稿", "请另存为 PDF 后再提交。"),
        "ppt": ("演示文稿", "请另存为 PDF 后再提交。"),
        "ole": ("旧版 Office 文件", "请另存为 .docx、.xlsx 或 PDF 后再提交。"),
        "mhtml": ("单个文件网页", "请用 Word 打开后另存为 .docx 或 PDF。"),
        "wordml": ("Word XML 文档", "请用 Word 打开后另存为 .docx 或 PDF。"),
        "excelml": ("XML 电子表格", "请用 Excel 打开后另存为 .xlsx。"),
        "video": ("音视频文件", "音视频不参与文字审查；如属必需的材料，请改交文字或图片。"),
        "heic": ("HEIC 图片", "请另存为 JPG 或 PDF 后再提交。"),
        "cad": ("CAD 图纸", "请另存为 PDF 后再提交。"),
        "executable": ("程序文件", "请删去，材料中不应有程序。"),
        "unknown": ("无法识别的格式", "请转换为 PDF、.docx 或 .xlsx 后再提交。"),
    }
)


@dataclass(eq=False)  # not frozen: Python itself sets a raised error's traceback
class Unreadable(Exception):  # noqa: N818 - it names what the file is, and is caught at one place
    """Raised by a reader that cannot read its file at all. `why` is a Chinese clause for a person."""

    code: str
    why: str = ""


def unreadable(file_format: str, code: str, why: str = "") -> Content:
    """The content of a file of which nothing was read: `code` is a key of SENTENCES."""
    what, remedy = FORMATS.get(file_format, FORMATS["unknown"])
    remedy = remedy or FORMATS["unknown"][1]
    message = SENTENCES[code].format(what=what, remedy=remedy, why=f"：{why}" if why else "")
    return Content(format=file_format, problems=(Problem(code, message),), losses=(Loss(code, message),))


def with_problem(content: Content, problem: Problem) -> Content:
    """The same content with one more problem in front."""
    return replace(content, problems=(problem, *content.problems))
