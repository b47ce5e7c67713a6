"""Blocks of a PDF page in reading order: paragraphs, headings, cells of tables, and what runs round the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from docproc.model import Block, Box, CellPlace, Role, Span
from docproc.readers.pdf_columns import ColumnTable, column_tables, cut, spaced_out
from docproc.readers.pdf_lines import Chosen, Glyphs, Row, rows_by_group, rows_of
from docproc.readers.pdf_newspaper import Spread, spreads
from docproc.readers.pdf_overleaf import Ruled, first_lines, joined
from docproc.readers.pdf_running import Margins, running
from docproc.readers.pdf_tables import Grid

_NUMERALS = "一二三四五六七八九十百"
_CHAPTER = re.compile(rf"第[{_NUMERALS}\d]+[章篇编編部]")
_HEADINGS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(rf"第[{_NUMERALS}\d]+[节節]"), 2),
    (re.compile(rf"[{_NUMERALS}]+[、．.]"), 1),
    (re.compile(rf"[（(][{_NUMERALS}]+[）)]"), 2),
    (re.compile(r"\d+(?:[.．]\d+){2,}(?!\d)"), 3),
    (re.compile(r"\d+[.．]\d+(?![\d.．%％万亿元])"), 2),
    (re.compile(r"【.+】"), 3),
    (re.compile(r"[◆■●▌]"), 3),
    (re.compile(r"附[件表录錄]\s*\d*"), 1),
)
_HEADING_BEGINS = frozenset(f"第（(【◆■●▌附0123456789０１２３４５６７８９{_NUMERALS}")
_ITEM = re.compile(rf"(?:[（(]?(?:[{_NUMERALS}]+|\d{{1,2}})[）)、．.](?!\d)|第[{_NUMERALS}\d]+[条條章节節]|[①-⑳◆■●•·▪▌【])")
_ITEM_BEGINS = frozenset(f"（(第①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳◆■●•·▪▌【{_NUMERALS}")
_LABEL = re.compile(r"[^，。；：:]{2,12}[：:]")
_UNBROKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.,/:@_%-]{3,}")
_SENTENCE_END = "。；;，,、：:！？!?"
_HEADING_AT_MOST = 40
_LARGER = 1.15
_INDENT = 1.2
_AT_ONCE = 8  # pages whose lines are told together: few enough that the numbers of their characters stay in the processor's cache
_FREE = -1  # the group of what stands in no table


@dataclass(frozen=True, slots=True)
class PageLayout:
    """What the layout of one page rests on. `height` is of the page as the writing stands upright; `start` its place in the source."""

    number: int
    start: int
    width: float
    height: float
    glyphs: Glyphs
    grids: tuple[Grid, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    top: float
    left: float
    blocks: tuple[Block, ...]


def blocks(pages: Sequence[PageLayout]) -> tuple[Block, ...]:
    """The blocks of all pages. Tables are numbered through the file, from 0."""
    sorted_pages = [page for first in range(0, len(pages), _AT_ONCE) for page in _Sorted.of(pages[first : first + _AT_ONCE])]
    sizes = [_sizes(page.free) for page in sorted_pages]
    body = _usual(sum(sizes, Counter()))
    margins = [Margins(page.free, page.layout.height, _usual(own) or body) for page, own in zip(sorted_pages, sizes, strict=True)]
    tables = 0
    ruled: dict[int, Ruled] = {}
    result: list[Block] = []
    for page, roles in zip(sorted_pages, running(margins), strict=True):
        ruled.update(enumerate((Ruled(page.layout.grids[at], page.cells[at]) for at in sorted(page.cells)), start=tables))
        placed, tables = page.placed(roles, body, tables)
        for item in sorted(placed, key=lambda item: (item.top, item.left)):
            result.extend(item.blocks)
    return joined(result, ruled, {at: _words(pages, result[at]) for at in first_lines(result)} if ruled else {})


def _words(pages: Sequence[PageLayout], block: Block) -> str:
    """A block's words without spaces."""
    start = block.spans[0].start if block.spans else 0
    page = next((page for page in pages if page.number == block.page and 0 <= start - page.start < len(page.glyphs.text)), None)
    words = [] if page is None else [page.glyphs.text[span.start - page.start : span.end - page.start] for span in block.spans]
    return "".join("".join(words).split())


def _sizes(rows: Sequence[Row]) -> Counter[float]:
    """How many characters are set in each size, to half a point."""
    sizes: Counter[float] = Counter()
    for size, same in groupby(rows, key=lambda row: row.size):
        sizes[round(size * 2) / 2] += sum(len(row.indices) for row in same)
    return sizes


def _usual(sizes: Counter[float]) -> float:
    """The size in which most characters are set; 0 where there are none."""
    return max(sizes, key=lambda size: (sizes[size], -size)) if sizes else 0.0


def _firsts(grids: Sequence[Grid]) -> list[int]:
    """The number of each grid's first cell where the cells of all are numbered through; the last is their count."""
    return [0, *accumulate(len(grid.cells) for grid in grids)]


def _cells_of(layout: PageLayout, characters: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each character the cell it stands in (numbered through all grids), or _FREE."""
    groups = np.full(len(characters), _FREE)
    if not layout.grids:
        return groups
    places = layout.glyphs.places.take(characters, axis=0)
    middles = (places[:, :2] + places[:, 2:]) / 2
    firsts = _firsts(layout.grids)
    for at in sorted(range(len(layout.grids)), key=lambda at: _area(layout.grids[at])):
        cells = layout.grids[at].cells_at(middles)
        own = (cells >= 0) & (groups == _FREE)
        groups[own] = cells[own] + firsts[at]
    for first, last in pairwise(firsts):  # a grid with text in one cell only is a frame or a drawing
        inside = groups[(groups >= first) & (groups < last)]
        if len(inside) and inside.min() == inside.max():
            groups[groups == inside[0]] = _FREE
    return groups


class _Measure(NamedTuple):
    """Where the lines of a column begin and end, and how far the next line usually is."""

    left: float
    right: float
    pitch: float

    @classmethod
    def of(cls, rows: Sequence[Row], width: float) -> _Measure:
        """Without full lines to show the right margin of a page of this width, it is as wide as the left one."""
        left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
        full = sum(row.x1 > right - row.size for row in rows)
        return cls(left, right if full >= 3 else max(right, width - left), _pitch(rows))


@dataclass(frozen=True, slots=True)
class _Sorted:
    """A page with its characters given to table cells, free lines and what stands askew."""

    layout: PageLayout
    cells: dict[int, dict[int, list[Row]]]  # grid -> cell -> lines
    free: list[Row]
    askew: NDArray[np.int64]

    @classmethod
    def of(cls, layouts: Sequence[PageLayout]) -> Iterator[_Sorted]:
        """Sorts the characters of some pages."""
        askew: list[NDArray[np.int64]] = []
        chosen: list[Chosen] = []
        for layout in layouts:
            glyphs = layout.glyphs
            shown = glyphs.visible()
            tilted = np.isin(shown, list(glyphs.tilted)) if glyphs.tilted else np.zeros(len(shown), bool)
            upright = shown[~tilted] if glyphs.tilted else shown
            askew.append(shown[tilted])
            chosen.append(Chosen(glyphs, upright, _cells_of(layout, upright)))
        for layout, rows, marks in zip(layouts, rows_by_group(chosen), askew, strict=True):
            free = rows.pop(_FREE, [])
            firsts = _firsts(layout.grids)
            told: dict[int, dict[int, list[Row]]] = {}
            for group, lines in rows.items():
                at = bisect_right(firsts, group) - 1
                told.setdefault(at, {})[group - firsts[at]] = lines
            yield cls(layout, told, free, marks)

    def placed(self, roles: dict[int, Role], body: float, tables: int) -> tuple[list[_Placed], int]:
        """The page's blocks with their places, and the number of tables so far."""
        placed: list[_Placed] = []
        for at, grid in enumerate(self.layout.grids):
            if at in self.cells:
                placed.append(_Placed(grid.ys[0], grid.xs[0], tuple(self._grid_blocks(at, grid, tables))))
                tables += 1
        for position, role in roles.items():
            row = self.free[position]
            placed.append(_Placed(row.middle, row.x0, (self._block(role, [row]),)))
        if len(self.askew):
            marks = rows_of(self.layout.glyphs, self.askew)
            placed.append(_Placed(self.layout.height, 0.0, (self._block(Role.WATERMARK, marks),)))
        if not self.free:
            return placed, tables
        measure = _Measure.of(self.free, self.layout.width)
        for rows in self._stretches(roles):
            done = 0
            for spread in spreads(rows, measure.left, min(measure.right, self.layout.width)):
                above, tables = self._flow(rows[done : spread.first], body, measure, tables)
                beside, tables = self._two_columns(spread, body, tables)
                placed += [*above, beside]
                done = spread.last
            rest, tables = self._flow(rows[done:], body, measure, tables)
            placed += rest
        return placed, tables

    def _flow(self, rows: Sequence[Row], body: float, measure: _Measure, tables: int) -> tuple[list[_Placed], int]:
        """Lines of one column: prose, and tables without rules."""
        placed: list[_Placed] = []
        done = 0
        for table in column_tables(rows):
            placed.extend(self._prose(rows[done : table.first], body, measure))
            placed.append(_Placed(rows[table.first].middle, rows[table.first].x0, tuple(self._column_blocks(table, tables))))
            tables += 1
            done = table.last
        placed.extend(self._prose(rows[done:], body, measure))
        return placed, tables

    def _two_columns(self, spread: Spread, body: float, tables: int) -> tuple[_Placed, int]:
        """The left column, then the right one. A paragraph that goes on from the one to the other is one."""
        blocks: list[Block] = []
        last = spread.left[-1]
        for column in (spread.left, spread.right):
            measure = _Measure.of(column, 0.0)
            flow, tables = self._flow(column, body, measure, tables)
            found = [block for item in sorted(flow, key=lambda item: (item.top, item.left)) for block in item.blocks]
            goes_on = bool(blocks) and column[0].x0 < measure.left + 0.5 * column[0].size and last.text[-1] not in "。！？!?；;：:"
            if goes_on and {blocks[-1].role, found[0].role} == {Role.PARAGRAPH} and not _is_item(column[0].text):
                found[0] = found[0]._replace(spans=(*blocks.pop().spans, *found[0].spans))
            blocks += found
        first = min(spread.left[0], spread.right[0], key=lambda row: row.middle)
        return _Placed(first.middle, first.x0, tuple(blocks)), tables

    def _stretches(self, roles: dict[int, Role]) -> Iterator[list[Row]]:
        """The free lines between two tables, without what runs round the text. Lines of a table's gap between its cells stand alone."""
        if not self.layout.grids:
            if rows := [row for position, row in enumerate(self.free) if position not in roles] if roles else self.free:
                yield rows
            return
        tables = [grid.box for at, grid in enumerate(self.layout.grids) if at in self.cells]
        tops = [grid.ys[0] for grid in self.layout.grids]
        stretch: list[Row] = []
        for position, row in enumerate(self.free):
            if position in roles:
                continue
            if stretch and (
                any(stretch[-1].middle < top <= row.middle for top in tops)
                or any(_within(stretch[-1], box) != _within(row, box) for box in tables)
            ):
                yield stretch
                stretch = []
            stretch.append(row)
        if stretch:
            yield stretch

    def _grid_blocks(self, at: int, grid: Grid, table: int) -> Iterator[Block]:
        for number, cell in enumerate(grid.cells):
            place = CellPlace(table, cell.row, cell.column, cell.row_span, cell.column_span)
            yield self._block(Role.CELL, self.cells[at].get(number, ()), place)

    def _column_blocks(self, table: ColumnTable, number: int) -> Iterator[Block]:
        for cell in table.cells:
            yield self._block(Role.CELL, cell.lines, CellPlace(number, cell.row, cell.column))

    def _block(self, role: Role, rows: Sequence[Row], cell: CellPlace | None = None, level: int | None = None) -> Block:
        start = self.layout.start
        spans: list[Span] = []
        for row in rows:
            if row.reach is not None:
                first, last = row.reach
                spans.append(Span(first + start, last + start))
            else:
                spans += [Span(span.start + start, span.end + start) for span in row.spans]
        return Block(role, tuple(spans), self.layout.number, cell, level)

    def _prose(self, rows: Sequence[Row], body: float, measure: _Measure) -> Iterator[_Placed]:
        """Paragraphs and headings, one block each."""
        if not rows:
            return
        paragraph: list[Row] = []
        top = rows[0].middle
        for row in _side_by_side(rows):
            if paragraph and self._begins(row, paragraph, measure, body):
                yield _Placed(top, 0.0, (self._paragraph(paragraph, body),))
                paragraph = []
            paragraph.append(row)
            top = max(top, paragraph[0].middle)  # the order given is kept
        yield _Placed(top, 0.0, (self._paragraph(paragraph, body),))

    def _begins(self, row: Row, paragraph: Sequence[Row], measure: _Measure, body: float) -> bool:
        """Whether a line begins a new paragraph."""
        left, right, pitch = measure
        last = paragraph[-1]
        size, down = row.size, row.middle - last.middle
        if abs(size - last.size) > 0.12 * last.size or down > max(1.4 * pitch, 1.6 * size) or down < 0.3 * size:
            return True
        if last.x1 < right - 2.2 * last.size and not _pushed_down(row, right - last.x1):
            return True
        alone = len(paragraph) == 1
        if alone and last.x0 > left + 3.5 * last.size and row.x0 < last.x0 - 3.5 * size:
            return True  # a number or date set to the right, then text
        if _is_item(row.text) or (_LABEL.match(row.words) and _LABEL.match(last.words)) or spaced_out(row) or spaced_out(last):
            return True
        if not alone:
            return row.x0 > last.x0 + _INDENT * size
        if self._heading(last, body) is not None:
            return True
        hanging = _is_item(last.text)
        if row.x0 > last.x0 + _INDENT * size:
            return not hanging
        # Two lines set in alike: each is the first of its paragraph, unless the one before was no first line.
        return row.x0 > left + _INDENT * size and abs(row.x0 - last.x0) < 0.5 * size and not hanging

    def _paragraph(self, rows: Sequence[Row], body: float) -> Block:
        level = self._heading(rows[0], body) if len(rows) == 1 else None
        return self._block(Role.PARAGRAPH if level is None else Role.HEADING, rows, level=level)

    def _heading(self, row: Row, body: float) -> int | None:
        """The level of a heading, None where the line is none."""
        text = row.text
        if len(text) > _HEADING_AT_MOST or text[-1] in _SENTENCE_END:
            return None
        if _CHAPTER.match(text):
            return 1
        if "：" in text or ":" in text:
            return None
        for pattern, level in _HEADINGS if text[0] in _HEADING_BEGINS else ():
            if pattern.match(row.words):
                return level
        centred = abs((row.x0 + row.x1) / 2 - self.layout.width / 2) < 1.5 * row.size
        return 1 if row.size >= _LARGER * body and (centred or spaced_out(row)) and len(text) > 1 else None


def _is_item(text: str) -> bool:
    """Whether a line begins an item of a list; most lines are told by their first character."""
    return (text[0] in _ITEM_BEGINS or text[0].isdecimal()) and _ITEM.match(text) is not None


def _pushed_down(row: Row, room: float) -> bool:
    """Whether a line begins with a code, number or Latin word too long for the room left on the line above."""
    word = _UNBROKEN.match(row.words)
    if word is None or row.text[-1:] == "" or len(row.text) == word.end():
        return False
    boxes = row.glyphs.boxes
    return boxes[row.indices[word.end() - 1]][2] - row.x0 > room - row.size


def _side_by_side(rows: Sequence[Row]) -> Iterator[Row]:
    """Lines with very wide holes in pieces. Where the left piece goes on below (a code under its label), the right one comes first."""
    for position, row in enumerate(rows):
        parts = cut(row)
        below = rows[position + 1] if position + 1 < len(rows) else None
        near = below is not None and below.middle - row.middle < 2.4 * row.size
        if len(parts) > 1 and near and below is not None and abs(below.x0 - row.x0) < row.size and below.x1 < parts[1].x0:
            yield from parts[1:]
            yield parts[0]
        else:
            yield from parts


def _within(row: Row, box: Box) -> bool:
    x0, y0, x1, y1 = box
    return x0 <= row.x0 and row.x1 <= x1 and y0 <= row.middle <= y1


def _area(grid: Grid) -> float:
    x0, y0, x1, y1 = grid.box
    return (x1 - x0) * (y1 - y0)


def _pitch(rows: Sequence[Row]) -> float:
    """The usual distance of a line to the next."""
    steps = sorted(step for above, below in pairwise(rows) if (step := below.middle - above.middle) > above.size)
    return steps[len(steps) // 2] if steps else 0.0
