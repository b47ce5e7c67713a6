"""The review sheet 形式审查表 as a Word file and as a workbook: every item with its outcome and evidence, and a column for the reviewer."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from docproc.draft.sheet_content import SheetContent, sheet_content
from docproc.draft.word import clean, render, settle
from docproc.model import Report, Script
from docproc.text.outgoing import as_written, finish

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_COLUMNS: Final = (
    ("序号", 6),
    ("编号", 16),
    ("审查内容", 26),
    ("依据", 16),
    ("结果", 12),
    ("审查情况", 48),
    ("材料位置与原文", 44),
    ("审查人意见", 24),
)
_ROUND_COLUMNS: Final = (("结果", 16), ("内容", 32), ("前次", 52), ("本次", 52), ("审查人意见", 24))
_LOSS_COLUMNS: Final = (("文件", 44), ("未读取或需留意", 80))
_LONGEST: Final = 32_000  # Excel cuts a cell at 32,767 characters
_SHADES: Final = {"不符合": "F8D7DA", "缺少": "FFF0CC", "待核": "E9DDF7", "未补正": "F8D7DA", "部分补正": "FFF0CC", "新问题": "F8D7DA"}
_TIMES: Final = re.compile(rb"(<dcterms:(?:modified|created)[^>]*>)[^<]*(<)")


def draft_sheet(report: Report, script: Script = Script.HANS) -> bytes:
    """The sheet as a Word file."""
    return render("sheet.docx", asdict(sheet_content(as_written(report, script))), script)


def draft_workbook(report: Report, script: Script = Script.HANS) -> bytes:
    """The sheet as a workbook: frozen heads, filters, printable in landscape; no cell is ever a formula. Same report, same bytes."""
    from openpyxl import Workbook

    content = sheet_content(as_written(report, script))
    book = Workbook()
    items = book.active
    assert items is not None
    items.title = finish("形式审查表", script)
    rows = [(row.number, row.item, row.title, row.article, row.outcome, row.message, row.evidence, "") for row in content.rows]
    _fill(items, _head(content), _COLUMNS, rows, script, shaded=5)
    if content.round_counts:
        rows_ = [(line.state, line.what, line.before, line.now, "") for line in content.compared]
        _fill(book.create_sheet(finish("第二轮对照", script)), [content.round_counts], _ROUND_COLUMNS, rows_, script, shaded=1)
    if content.losses:
        losses = [(loss.path, loss.what) for loss in content.losses]
        _fill(book.create_sheet(finish("未读取的内容", script)), [], _LOSS_COLUMNS, losses, script)
    buffer = io.BytesIO()
    book.save(buffer)
    moment = f"{content.checked_on or '1980-01-01'}T00:00:00Z".encode()
    return settle(buffer.getvalue(), Script.HANS, {"docProps/core.xml": lambda core: _TIMES.sub(rb"\g<1>" + moment + rb"\g<2>", core)})


def _head(content: SheetContent) -> list[str]:
    lines = [
        f"申报单位：{content.applicant}　　材料：{content.package}",
        f"申报事项：{content.application}　　审查基准日：{content.checked_on}　　近三年：{content.window}",
        f"审查结论：{content.outcome}（{content.counts}）",
    ]
    return [*lines, f"注意：{content.note}"] if content.note else lines


def _fill(
    sheet: Worksheet,
    head: Sequence[str],
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[str]],
    script: Script,
    shaded: int = 0,
) -> None:
    """A sheet: its head in merged lines, a frozen row of titles with filters, the rows. `shaded` is the column that colours tell apart."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    thin = Side(style="thin", color="BFBFBF")
    border = Border(left=thin, right=thin, top=thin, bottom=thin)
    wrapped = Alignment(wrap_text=True, vertical="top")
    last = get_column_letter(len(columns))
    for number, text in enumerate((sheet.title, *head), start=1):
        cell = _put(sheet, number, 1, text, script)
        cell.font = Font(bold=number == 1, size=16 if number == 1 else 11)
        sheet.merge_cells(f"A{number}:{last}{number}")
    top = len(head) + 2
    for position, (title, width) in enumerate(columns, start=1):
        cell = _put(sheet, top, position, title, script)
        cell.font, cell.fill, cell.border = Font(bold=True), PatternFill("solid", fgColor="E7ECF2"), border
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(position)].width = width
    for number, row in enumerate(rows, start=top + 1):
        for position, text in enumerate(row, start=1):
            cell = _put(sheet, number, position, text, script)
            cell.alignment, cell.border = wrapped, border
            if position == shaded and (colour := next((c for name, c in _SHADES.items() if text.startswith(name)), None)):
                cell.fill = PatternFill("solid", fgColor=colour)
        lines = max((-(-_width(finish(text, Script.HANS)) // width) for text, (_, width) in zip(row, columns, strict=True)), default=1)
        sheet.row_dimensions[number].height = min(15.0 * max(lines, 1) + 3, 400)
    sheet.freeze_panes = f"{'D' if len(columns) > 6 else 'B'}{top + 1}"
    sheet.auto_filter.ref = f"A{top}:{last}{top + len(rows)}"
    sheet.print_title_rows = f"{top}:{top}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if sheet.oddFooter and sheet.oddFooter.center:
        sheet.oddFooter.center.text = "&P / &N"


def _put(sheet: Worksheet, row: int, column: int, text: str, script: Script) -> Any:
    """A cell that holds text and nothing else: what would be a formula stays text, also where the file is saved again by hand."""
    cell = sheet.cell(row=row, column=column)
    cell.value = clean(finish(text, script))[:_LONGEST]
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def _width(text: str) -> int:
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)
