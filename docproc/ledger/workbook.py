"""ledger.xlsx: overview with charts, a row a package, all findings, tables by item and by district, what packages share.

Written row by row (openpyxl's write-only mode), so that memory does not grow with the batch. No cell is ever a formula. The same rows
give the same bytes: the file's times are the day of the review.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from copy import copy
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from docproc.ledger import cells, charts
from docproc.ledger.rows import Row
from docproc.ledger.sheets import (
    FINDING_COLUMNS,
    FINDING_OUTCOME,
    PACKAGE_COLUMNS,
    PACKAGE_LINK,
    PACKAGE_OUTCOME,
    SIMILAR_COLUMNS,
    Column,
    Rows,
    Value,
    district_table,
    finding_rows,
    item_table,
    package_rows,
    similar_rows,
)
from docproc.ledger.similar import Likeness
from docproc.ledger.tallies import Tallies
from docproc.model import PackageOutcome
from docproc.render.settled import settled_zip
from docproc.render.words import OUTCOME_ORDER, word

if TYPE_CHECKING:
    from openpyxl import Workbook

MOST_ROWS: Final = 1_000_000  # Excel's sheet ends at 1,048,576
_MOST_FREQUENT, _MOST_DISTRICTS = 10, 16
_A3, _A4, _WIDE = "8", "9", 200  # paper by the format's numbers; characters across that want the larger one
_LINE, _MOST_LINES, _WIDE_FROM = 15, 6, "\u2e7f"  # points a line; a hanzi is two columns wide
_NO_ZERO: Final = "0;-0;;@"  # a nought in a table of counts only hides the numbers
_MODIFIED: Final = re.compile(rb"(<dcterms:(?:modified|created)[^>]*>)[^<]*(<)")
_ITEM_COLOURS: Final = ("C4514A", "E0A13A", "8C6BB1", "4E9A6B", "8A8F98")  # in the order of OUTCOME_ORDER
_FILLS: Final = {
    **{word("package_outcomes", outcome.value): charts.COLOURS[outcome.value] for outcome in PackageOutcome},
    **{word("outcomes", outcome.value): colour for outcome, colour in zip(OUTCOME_ORDER, _ITEM_COLOURS, strict=True)},
}
NOTE_ON_LIKENESS: Final = (
    "以下内容在不同单位的材料中相同或几乎相同，仅供人工查看。"
    "相同可能有正当原因（同一检测机构、同一服务机构、同一集团、通用表述），不构成对任何单位的认定。"
)


def workbook(rows: Rows, tallies: Tallies, likenesses: Sequence[Likeness], day: date) -> bytes:
    """The workbook's bytes. `rows` gives the packages' rows anew at each call; `day` is the day of the review."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    pens = _Pens()
    _overview(book, pens, tallies, day)
    _packages(book, pens, rows)
    _findings(book, pens, rows)
    _table(book, pens, "按审查项", *item_table(tallies))
    _table(book, pens, "按区", *district_table(tallies))
    _likenesses(book, pens, likenesses)
    buffer = io.BytesIO()
    book.save(buffer)
    return _settle(buffer.getvalue(), day)


def ready() -> None:
    """Loads the library that workbooks are written with."""
    _Pens()


class _Pens:
    """The few styles of the workbook, made once."""

    def __init__(self) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        line = Side(style="thin", color="D5D9DF")
        self.border = Border(bottom=line)
        self.head_font, self.head_fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="3B4B66")
        self.title_font, self.small_font = Font(bold=True, size=16), Font(color="5B6470")
        self.link_font = Font(color="1F5FA8", underline="single")
        self.top, self.wrapped = Alignment(vertical="top"), Alignment(vertical="top", wrap_text=True)
        self.middle = Alignment(vertical="center", wrap_text=True)
        self.fonts = {words: Font(bold=True, color=colour) for words, colour in _FILLS.items()}
        self._styles: dict[tuple[tuple[str, str | int], ...], Any] = {}

    def cell(self, sheet: Any, value: Value, **look: Any) -> Any:
        """A cell that holds a number or plain text, never a formula.

        The numbers that a look comes to in the workbook are remembered: looking a font up for each cell costs more than writing the cell.
        """
        from openpyxl.cell import Cell

        shown = cells.text(value) if isinstance(value, str) else value
        key = tuple((name, given if isinstance(given, str) else id(given)) for name, given in look.items())  # the looks are this object's
        known = self._styles.get(key)
        made: Any = Cell(sheet, row=1, column=1, value=shown, style_array=known)
        if known is None and look:
            for name, given in look.items():
                setattr(made, name, given)
            self._styles[key] = copy(made._style)
        if isinstance(shown, str):
            made.data_type = "s"
            if cells.is_formula(shown):
                made.quotePrefix = True
        return made


def _sheet(book: Workbook, pens: _Pens, title: str, columns: Sequence[Column], *, frozen: str, notes: Sequence[str] = ()) -> Any:
    """A sheet with notes above, a row of titles, frozen panes and print settings."""
    from openpyxl.utils import get_column_letter

    sheet: Any = book.create_sheet(title)
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.freeze_panes = frozen
    _page(sheet, _A3 if sum(column.width for column in columns) > _WIDE else _A4)
    sheet.print_title_rows = f"{len(notes) + 1}:{len(notes) + 1}"
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    for note in notes:
        sheet.append([pens.cell(sheet, note, font=pens.small_font)])
    sheet.row_dimensions[len(notes) + 1].height = 30  # points: titles of two lines
    sheet.append([pens.cell(sheet, column.title, font=pens.head_font, fill=pens.head_fill, alignment=pens.middle) for column in columns])
    return sheet


def _page(sheet: Any, paper: str) -> None:
    """Landscape, all columns on one page across."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", paper
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _filter(sheet: Any, columns: Sequence[Column], rows: int, head: int = 1) -> None:
    from openpyxl.utils import get_column_letter

    sheet.auto_filter.ref = f"A{head}:{get_column_letter(len(columns))}{head + rows}"


def _line(pens: _Pens, sheet: Any, columns: Sequence[Column], values: Sequence[Value]) -> list[Any]:
    return [
        pens.cell(sheet, value, alignment=pens.wrapped if column.wraps else pens.top, border=pens.border)
        for column, value in zip(columns, values, strict=True)
    ]


def _append(sheet: Any, columns: Sequence[Column], line: Sequence[Any], number: int) -> None:
    """Writes the row with room for the words that wrap: not every program finds the height by itself."""
    lines = max((_lines(cell.value, column.width) for cell, column in zip(line, columns, strict=True) if column.wraps), default=1)
    if lines > 1:
        sheet.row_dimensions[number].height = _LINE * min(lines, _MOST_LINES)
    sheet.append(line)
    sheet.row_dimensions.pop(number, None)  # written already; a large batch has a million of them


def _lines(value: object, width: int) -> int:
    return -(-sum(2 if letter > _WIDE_FROM else 1 for letter in value) // width) if isinstance(value, str) else 1


def _packages(book: Workbook, pens: _Pens, rows: Rows) -> None:
    sheet = _sheet(book, pens, "台账", PACKAGE_COLUMNS, frozen="D2")
    count = 0
    for row, values in zip(rows(), package_rows(rows()), strict=True):
        line = _line(pens, sheet, PACKAGE_COLUMNS, values)
        line[PACKAGE_LINK].hyperlink = _link(row)
        line[PACKAGE_LINK].font = pens.link_font
        _colour(pens, line[PACKAGE_OUTCOME])
        count += 1
        _append(sheet, PACKAGE_COLUMNS, line, count + 1)
    _filter(sheet, PACKAGE_COLUMNS, count)


def _link(row: Row) -> str:
    """To the package's report beside the ledger. Percent-encoded: a folder's name cannot become a link elsewhere."""
    return "./" + quote(row.folder.encode("utf-8", "replace")) + "/report.html"


def _findings(book: Workbook, pens: _Pens, rows: Rows) -> None:
    """All findings; a batch past a sheet's end goes on in a further sheet."""
    lines = finding_rows(rows())
    number = 0
    while True:
        number += 1
        chunk = islice(lines, MOST_ROWS)
        first = next(chunk, None)
        if first is None and number > 1:
            return
        sheet = _sheet(book, pens, "全部结果" if number == 1 else f"全部结果{number}", FINDING_COLUMNS, frozen="B2")
        count = 0
        for values in _with(first, chunk):
            line = _line(pens, sheet, FINDING_COLUMNS, values)
            _colour(pens, line[FINDING_OUTCOME])
            count += 1
            _append(sheet, FINDING_COLUMNS, line, count + 1)
        _filter(sheet, FINDING_COLUMNS, count)
        if count < MOST_ROWS:
            return


def _with(first: list[Value] | None, others: Iterable[list[Value]]) -> Iterable[list[Value]]:
    if first is not None:
        yield first
        yield from others


def _table(book: Workbook, pens: _Pens, title: str, columns: Sequence[Column], lines: Sequence[Sequence[Value]]) -> None:
    sheet = _sheet(book, pens, title, columns, frozen="B2")
    for values in lines:
        line = _line(pens, sheet, columns, values)
        for cell in line:
            cell.number_format = _NO_ZERO
        sheet.append(line)
    _filter(sheet, columns, len(lines))


def _likenesses(book: Workbook, pens: _Pens, likenesses: Sequence[Likeness]) -> None:
    sheet = _sheet(book, pens, "材料相似", SIMILAR_COLUMNS, frozen="A3", notes=(NOTE_ON_LIKENESS,))
    for number, values in enumerate(similar_rows(likenesses), start=3):
        _append(sheet, SIMILAR_COLUMNS, _line(pens, sheet, SIMILAR_COLUMNS, values), number)
    _filter(sheet, SIMILAR_COLUMNS, len(likenesses), head=2)


def _overview(book: Workbook, pens: _Pens, tallies: Tallies, day: date) -> None:
    sheet: Any = book.create_sheet("总览")
    for letter, width in zip("ABCDEF", (46, 14, 14, 18, 14, 10), strict=True):
        sheet.column_dimensions[letter].width = width
    _page(sheet, _A4)
    sheet.page_setup.fitToHeight = 1
    lines = 0

    def put(values: Sequence[Value], **look: Any) -> int:
        nonlocal lines
        sheet.append([pens.cell(sheet, value, **look) for value in values])
        lines += 1
        return lines

    head = {"font": pens.head_font, "fill": pens.head_fill, "alignment": pens.middle}
    put(["形式审查台账"], font=pens.title_font)
    put([f"审查基准日 {day.isoformat()}，共 {tallies.packages} 套材料。点“台账”中的材料名称可打开审查报告。"], font=pens.small_font)
    put([])
    put(["结论", "套数"], **head)
    for outcome in PackageOutcome:
        put([word("package_outcomes", outcome.value), tallies.outcomes[outcome.value]])
    put([])
    put(["最常见的补正项", "套数"], **head)
    frequent = tallies.most_frequent(_MOST_FREQUENT)
    first = lines + 1
    for tally in frequent:
        put([f"{tally.item} {_short(tally.title)}", tally.deficient])
    last = lines
    put([])
    district_head = put(["所在区", *(word("package_outcomes", outcome.value) for outcome in PackageOutcome), "合计"], **head)
    for place in tallies.districts[:_MOST_DISTRICTS]:
        counts = [place.outcomes.get(outcome.value, 0) for outcome in PackageOutcome]
        put([place.district, *counts, place.packages], number_format=_NO_ZERO)
    if len(tallies.districts) > _MOST_DISTRICTS:
        put([f"另有 {len(tallies.districts) - _MOST_DISTRICTS} 个区，见“按区”。"], font=pens.small_font)
    below = 4
    if frequent:
        sheet.add_chart(charts.deficiencies_chart(sheet, first, last), f"H{below}")
        below += 8 + 2 * len(frequent)
    if tallies.districts:
        shown = min(len(tallies.districts), _MOST_DISTRICTS)
        sheet.add_chart(charts.districts_chart(sheet, district_head, district_head + shown), f"H{below}")


def _short(title: str) -> str:
    return title if len(title) <= 18 else title[:17] + "…"


def _colour(pens: _Pens, cell: Any) -> None:
    font = pens.fonts.get(cell.value)
    if font is not None:
        cell.font = font


def _settle(data: bytes, day: date) -> bytes:
    """The same file with fixed times: openpyxl writes the moment of saving into it."""
    moment = f"{day.isoformat()}T00:00:00Z".encode()

    def settled(name: str, content: bytes) -> bytes:
        return _MODIFIED.sub(rb"\g<1>" + moment + rb"\g<2>", content) if name == "docProps/core.xml" else content

    return settled_zip(data, settled)
