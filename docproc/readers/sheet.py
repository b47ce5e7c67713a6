"""Reads workbooks (.xlsx, .xlsm, .xlsb, .xls, .ods) with calamine: sheets joined by a form feed, cells by a tab, rows by LF."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any, Final

from docproc.model import Content, Loss, OutlineEntry, Problem, Role
from docproc.readers import ods_parts, xls_drawings, xls_records
from docproc.readers.percent import Place, percent_cells
from docproc.readers.percent import shown as shown_as_percent
from docproc.readers.sheet_drawings import Drawn, drawings
from docproc.readers.sheet_parts import SheetParts
from docproc.readers.unread import unreadable
from docproc.readers.word_source import Draft, Source

_MOST_CELLS: Final = 2_000_000  # a sheet formatted to its last row is all empty cells: the limit is on what would be held at once


def read(data: bytes) -> Content:
    """A workbook. Numbers as they are stored, but for per cent; dates in ISO form. A hidden sheet is no running text."""
    import python_calamine

    file_format = "xls" if data[:2] == b"\xd0\xcf" else "xlsx"
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
    except python_calamine.PasswordError:
        return unreadable(file_format, "encrypted")
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        return unreadable(file_format, "encrypted" if "assword" in str(error) else "damaged")
    except BaseException as error:
        if not _is_accident(error):
            raise
        return unreadable(file_format, "damaged")
    if file_format == "xls":
        records = xls_records.records_of(data)
        return _Workbook(file_format, workbook, xls_drawings.drawings(records), xls_records.percent_cells(records)).content()
    tables = ods_parts.tables_of(data)
    if tables:
        return _Workbook(file_format, workbook, ods_parts.drawings(tables), ods_parts.percent_cells(tables)).content()
    book = SheetParts(data)
    return _Workbook(file_format, workbook, drawings(book), percent_cells(book)).content()


class _Workbook:
    def __init__(self, file_format: str, workbook: Any, drawn: dict[int, Drawn], percent: dict[int, frozenset[Place]]) -> None:
        self._format = file_format
        self._workbook = workbook
        self._drawn = drawn
        self._percent = percent
        self._source = Source()
        self._drafts: list[Draft] = []
        self._losses: list[Loss] = []
        self._problems: list[Problem] = []

    def content(self) -> Content:
        outline: list[OutlineEntry] = []
        hidden = 0
        for number, sheet in enumerate(self._workbook.sheets_metadata):
            if number:
                self._source.write("\f")
            visible = str(sheet.visible).endswith("Visible")
            outline.append(OutlineEntry(sheet.name, number + 1))
            before = self._source.mark()
            try:
                self._sheet(number, Role.CELL if visible else Role.HIDDEN)
            except BaseException as error:  # calamine's errors have no common base; one sheet is lost, not the workbook
                if not isinstance(error, Exception) and not _is_accident(error):
                    raise
                message = f"工作表“{sheet.name}”无法读取（{type(error).__name__}），其中的内容未计入。请另存后再提交。"
                self._problems.append(Problem("damaged", message))
                self._losses.append(Loss("damaged", message))
            for words in self._drawn.get(number, Drawn()).lines:
                self._source.write("" if self._source.blank_since(before) else "\n")
                start = self._source.position
                self._source.write(words)
                self._drafts.append(Draft(Role.TEXTBOX if visible else Role.HIDDEN, [(start, self._source.position)]))
            hidden += not visible and not self._source.blank_since(before)
        if hidden:
            self._losses.append(Loss("hidden_text", f"有 {hidden} 个隐藏的工作表，未计入正文。", hidden))
        self._losses += _overlooked(self._drawn.values())
        text = self._source.text()
        if not text.strip() and not self._losses:
            return unreadable(self._format, "empty")
        blocks = tuple(block for draft in self._drafts if (block := draft.finish(text)) is not None)
        return Content(self._format, text, (), blocks, tuple(self._losses), tuple(self._problems), outline=tuple(outline))

    def _sheet(self, number: int, role: Role) -> None:
        sheet = self._workbook.get_sheet_by_index(number)
        if sheet.total_height * max(1, sheet.total_width) > _MOST_CELLS:
            message = f"工作表“{sheet.name}”过大（{sheet.total_height} 行 × {sheet.total_width} 列），没有读取。请删去多余的空行空列。"
            self._losses.append(Loss("too_large", message))
            self._problems.append(Problem("too_large", message))
            return
        percent = self._percent.get(number, frozenset())
        rows = [
            [_shown(cell, (index, column) in percent) for column, cell in enumerate(row)]
            for index, row in enumerate(sheet.to_python(skip_empty_area=False))
        ]
        merged = dict(sheet.merged_cell_ranges or ())
        covered = {place for start, end in merged.items() for place in _places(start, end) if place != start}
        width = max((column + 1 for row in rows for column, cell in enumerate(row) if cell.strip()), default=0)
        height = max((index + 1 for index, row in enumerate(rows) if any(cell.strip() for cell in row)), default=0)
        for index, row in enumerate(rows[:height]):
            if index:
                self._source.write("\n")
            for column, cell in enumerate(row[:width]):
                if column:
                    self._source.write("\t")
                start = self._source.position
                self._source.write(cell)
                if (index, column) in covered and not cell:
                    continue
                last = merged.get((index, column), (index, column))
                self._drafts.append(
                    Draft(
                        role, [(start, self._source.position)], table=number, row=index, column=column,
                        row_span=last[0] - index + 1, column_span=last[1] - column + 1,
                    )
                )  # fmt: skip


def _is_accident(error: BaseException) -> bool:
    """Whether calamine stumbled over damage in a way of its language (a panic of Rust), which is no Exception to Python."""
    return type(error).__name__ == "PanicException"


def _overlooked(drawn: Collection[Drawn]) -> Iterator[Loss]:
    if pictures := sum(each.pictures for each in drawn):
        yield Loss("picture", f"工作簿中嵌入 {pictures} 幅图片，其中的文字没有读取。请人工核对，或另附文字版。", pictures)
    if charts := sum(each.charts for each in drawn):
        yield Loss("chart", f"工作簿中有 {charts} 个图表，其中的文字没有读取。请另存为 .xlsx 后再提交。", charts)
    if unread := sum(each.unread for each in drawn):
        yield Loss("damaged", f"工作簿中有 {unread} 处图形无法读取，其中的文字未计入。请另存后再提交。", unread)


def _places(start: tuple[int, int], end: tuple[int, int]) -> Iterator[tuple[int, int]]:
    if (end[0] - start[0] + 1) * (end[1] - start[1] + 1) <= _MOST_CELLS:
        for row in range(start[0], end[0] + 1):
            for column in range(start[1], end[1] + 1):
                yield row, column


def _shown(cell: Any, percent: bool) -> str:
    """A cell's value in words. Whole numbers lose the .0 that storing them as floats gave them."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if percent and isinstance(cell, int | float):
        return shown_as_percent(cell)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else format(cell, ".15g")
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").replace("\f", " ")
