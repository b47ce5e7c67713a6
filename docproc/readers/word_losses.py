"""What of a word-processor file was not read: pictures, deleted and hidden words, charts, embedded files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from docproc.model import Loss, Residue, Trace

_WORDS_BESIDE_A_SCAN: Final = 100  # characters: a title, a caption, a signature line
_FILLS_PAGE: Final = (18.0, 12.0)  # cm, long and short side
_LEAST_SHEET: Final = 14.0  # cm: the width of a page's text
_SHEET_SHAPE: Final = (1.37, 1.46)


def is_sheet(width: float | None, height: float | None) -> bool:
    """Whether a picture of this size, in cm as shown, is a sheet of paper pasted in: it fills the page, or has paper's own shape (1:√2),
    which neither cameras (4:3, 3:2) nor screens (16:9) give."""
    long, short = max(width or 0.0, height or 0.0), min(width or 0.0, height or 0.0)
    if long >= _FILLS_PAGE[0] and short >= _FILLS_PAGE[1]:
        return True
    return long >= _LEAST_SHEET and short > 0 and _SHEET_SHAPE[0] <= long / short <= _SHEET_SHAPE[1]


def of_pictures(count: int, text: str, sheets: int = 0) -> Iterator[Loss]:
    """Pictures in a text are one thing; pasted scans, `sheets` of the pictures or the whole of a file, are pages that nobody has read."""
    if count and len("".join(text.split())) < min(_WORDS_BESIDE_A_SCAN * count, 3 * _WORDS_BESIDE_A_SCAN):
        yield Loss("unread_page", f"文档的内容主要是 {count} 幅图片（扫描件或照片），其中的文字没有读取。", count)
        return
    if sheets:
        yield Loss("unread_page", f"文档中有 {sheets} 幅像是整页扫描件的图片，其中的文字没有读取。请人工核对，或另附文字版。", sheets)
    if count > sheets:
        yield Loss("picture", f"文档中嵌入 {count - sheets} 幅图片，其中的文字没有读取。", count - sheets)


def of_wordless(count: int) -> Iterator[Loss]:
    """Pictures that recognition looked at and found no writing on."""
    if count:
        yield Loss("picture", f"文档中有 {count} 幅图片没有识别出文字。", count)


def of_editing(traces: Sequence[Trace]) -> Iterator[Loss]:
    """Words that are in the file and left out of the running text."""
    count = {residue: sum(trace.residue is residue for trace in traces) for residue in Residue}
    if count[Residue.DELETION]:
        yield Loss(
            "revisions", f"有 {count[Residue.DELETION]} 处修订删去的内容未计入正文（按接受修订后的样子读取）。", count[Residue.DELETION]
        )
    if count[Residue.HIDDEN_TEXT]:
        yield Loss("hidden_text", f"有 {count[Residue.HIDDEN_TEXT]} 处隐藏文字，未计入正文。", count[Residue.HIDDEN_TEXT])


def of_inlays(charts: int, objects: int, chunks: int, formulas: int = 0) -> Iterator[Loss]:
    """Things laid into the document whose words were not read."""
    if charts:
        yield Loss("chart", f"文档中有 {charts} 个图表，其中的文字没有读取。请将图中的数据另列成表后提交。", charts)
    if objects:
        yield Loss("embedded", f"文档中嵌入 {objects} 个其他文件（对象），其内容没有读取。请另作为附件提交。", objects)
    if formulas:
        yield Loss("formula", f"文档中有 {formulas} 个公式是嵌入的对象，没有读取。", formulas)
    if chunks:
        yield Loss("unsupported", f"文档中有 {chunks} 处引入的外部内容没有读取。请在 Word 中另存一次后再提交。", chunks)
