"""Ruled tables that go on overleaf: one table, where a page ends and the next begins with one of the same columns.

Its heading, where the next page repeats it, is no row of it. A row that the page break cuts in two is one row where that is proved: its
label stands on one side of the break only, and the break has no rules, or the words were broken off in the middle of a line, or the rows
are numbered and the next number follows. Everything else stays as drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from docproc.model import Block, CellPlace, Role
from docproc.readers.pdf_lines import Row
from docproc.readers.pdf_tables import Grid, GridCell

_ROUND_THE_TEXT: Final = frozenset({Role.HEADER, Role.FOOTER, Role.PAGE_NUMBER, Role.WATERMARK})
_GOES_ON: Final = re.compile(r"[（(]?(?:续表|接上[表页]|上接第?\d*页|续上[表页]|续)[)）]?[\d一二三四五六七八九十.\-]*[:：]?")
_BEGINS: Final = re.compile(
    r"[（(]?(?:[一二三四五六七八九十]+|\d{1,2})[）)、．.](?!\d)|第[一二三四五六七八九十\d]+[条條章节節]|[①-⑳◆■●•·▪▌【]"
)
_ENDS: Final = "。！？!?；;：:"
_SAME: Final = 3.0  # points
_ROOM: Final = 1.3  # of a character's size: less room than that is left at the end of a full line
_HEADING_AT_MOST: Final = 4  # rows

_Place = tuple[int, int, int]  # table (as drawn), row, column


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruled table as it stands on one page: its grid, and the lines in each of its cells (by their place among the grid's cells)."""

    grid: Grid
    lines: Mapping[int, Sequence[Row]]

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return len(self.grid.ys) - 1

    def starting(self, row: int) -> dict[int, int]:
        """The cells that begin in a row: column to place."""
        return {cell.column: at for at, cell in enumerate(self.grid.cells) if cell.row == row}

    def ending(self) -> dict[int, int]:
        """The cells that reach down to its last row: column to place."""
        return {cell.column: at for at, cell in enumerate(self.grid.cells) if cell.row + cell.row_span == self.rows}

    def words(self, at: int) -> str:
        """A cell's characters without blanks."""
        return "".join(line.text for line in self.lines.get(at, ()))

    def labels(self) -> dict[int, str]:
        """The words of the cells in its first column, by row."""
        return {cell.row: self.words(at) for at, cell in enumerate(self.grid.cells) if cell.column == 0}


def joined(blocks: Sequence[Block], tables: Mapping[int, Ruled], goes_on: Mapping[int, str]) -> tuple[Block, ...]:
    """The blocks with tables that go on under one number, their rows numbered on. `tables`: the ruled ones, by the number in the blocks;
    `goes_on`: the words of each page's first line that is no cell, by the index of its block.
    """
    onto: dict[int, int] = {}
    for above, below in pairwise(_pages(blocks)):
        last, first = blocks[above[-1]].cell, _first_cell(blocks, below, goes_on)
        if last is not None and first is not None and _alike(tables.get(last.table), tables.get(first.table)):
            onto[first.table] = last.table
    return tuple(_Overleaf(tables, onto).blocks(blocks)) if onto else tuple(blocks)


def first_lines(blocks: Sequence[Block]) -> Iterator[int]:
    """The blocks that may be a note «continued» over a table: the first of a page, where a cell follows."""
    for page in _pages(blocks):
        if len(page) > 1 and blocks[page[0]].cell is None and blocks[page[1]].cell is not None:
            yield page[0]


def _pages(blocks: Sequence[Block]) -> list[list[int]]:
    """For each page the places of its blocks, without what runs round the text."""
    shown = [at for at, block in enumerate(blocks) if block.role not in _ROUND_THE_TEXT]
    return [list(group) for _, group in groupby(shown, key=lambda at: blocks[at].page)]


def _first_cell(blocks: Sequence[Block], page: Sequence[int], goes_on: Mapping[int, str]) -> CellPlace | None:
    """The cell that a page begins with, a line «continued» before it or not."""
    noted = page[0] in goes_on and _GOES_ON.fullmatch(goes_on[page[0]]) is not None
    return blocks[page[1 if noted else 0]].cell


def _alike(one: Ruled | None, other: Ruled | None) -> bool:
    if one is None or other is None or len(one.grid.xs) != len(other.grid.xs):
        return False
    return all(abs(left - right) <= _SAME for left, right in zip(one.grid.xs, other.grid.xs, strict=True))


class _Overleaf:
    """The tables of a file that go on, and where each of their cells belongs."""

    def __init__(self, tables: Mapping[int, Ruled], onto: Mapping[int, int]) -> None:
        self.tables, self.onto = tables, onto
        self.headings: dict[int, int] = {}  # of a table that goes on: its first rows that only repeat the heading
        self.parts: dict[_Place, _Place] = {}  # the rest of a cell -> the cell that it goes on
        for below, above in sorted(onto.items()):
            self.headings[below] = self._repeated(self._first(below), below)
            self.parts.update(self._rest(above, below, self.headings[below]))

    def blocks(self, blocks: Sequence[Block]) -> Iterator[Block]:
        """The blocks, renumbered; the rest of a cell goes with the cell."""
        places = self._places({block.cell.table for block in blocks if block.cell is not None}, blocks)
        rests: dict[_Place, list[Block]] = {}
        for block in blocks:
            if block.cell is not None and (own := _place(block.cell)) in self.parts:
                rests.setdefault(self._whole(own), []).append(block)
        for block in blocks:
            cell = block.cell
            if cell is None:
                yield block
            elif cell.row < self.headings.get(cell.table, 0):
                if block.spans:
                    yield Block(Role.HEADER, block.spans, block.page)
            elif (own := _place(cell)) not in self.parts:
                rest = rests.get(own, [])
                spans = (*block.spans, *(span for each in rest for span in each.spans))
                more = sum(each.cell.row_span - 1 for each in rest if each.cell is not None)
                table, rows = places[cell.table]
                yield block._replace(spans=spans, cell=cell._replace(table=table, row=cell.row + rows, row_span=cell.row_span + more))

    def _whole(self, place: _Place) -> _Place:
        while place in self.parts:
            place = self.parts[place]
        return place

    def _first(self, table: int) -> int:
        while table in self.onto:
            table = self.onto[table]
        return table

    def _places(self, numbers: set[int], blocks: Sequence[Block]) -> dict[int, tuple[int, int]]:
        """For each table its new number, and how many rows its own are numbered on by."""
        rows: dict[int, int] = {}
        for block in blocks:
            if block.cell is not None:
                rows[block.cell.table] = max(rows.get(block.cell.table, 0), block.cell.row + block.cell.row_span)
        cut = {below for below, _, _ in self.parts}
        new: dict[int, int] = {}
        places: dict[int, tuple[int, int]] = {}
        for table in sorted(numbers):
            above = self.onto.get(table)
            if above is None or above not in places:
                places[table] = new.setdefault(table, len(new)), 0
            else:
                number, before = places[above]
                places[table] = number, before + rows[above] - self.headings[table] - (table in cut)
        return places

    def _repeated(self, first: int, below: int) -> int:
        """How many rows a table begins with that are those that its first page begins with."""
        top, again = self.tables[first], self.tables[below]
        for count in range(min(_HEADING_AT_MOST, top.rows - 1, again.rows - 1), 0, -1):
            head, same = (dict(_head(table, count)) for table in (top, again))
            if head and head == same and sum(bool(words) for words in head.values()) >= min(2, len(top.grid.xs) - 1):
                return count
        return 0

    def _rest(self, above: int, below: int, row: int) -> dict[_Place, _Place]:
        """Where a row goes on that the page break cut: the cells of the row after the break, each with its cell before it."""
        one, other = self.tables[above], self.tables[below]
        last, first = one.ending(), other.starting(row)
        if not last or {at: one.grid.cells[cell].column_span for at, cell in last.items()} != {
            at: other.grid.cells[cell].column_span for at, cell in first.items()
        }:
            return {}
        pairs = [(last[column], first[column]) for column in sorted(first)]
        if not any(other.words(after) for _, after in pairs):
            return {}
        if not self._proved(above, below, row, pairs):
            return {}
        return {
            (below, row, other.grid.cells[after].column): (above, one.grid.cells[before].row, one.grid.cells[before].column)
            for before, after in pairs
        }

    def _proved(self, above: int, below: int, row: int, pairs: Sequence[tuple[int, int]]) -> bool:
        """Whether a row and the one after the break are one."""
        one, other = self.tables[above], self.tables[below]
        (label, empty), *values = pairs
        if one.grid.cells[label].column or not values:
            return False
        open_break = not row and one.grid.open_below and other.grid.open_above and not self.tables[self._first(above)].grid.open_above
        if open_break and not (one.words(label) and other.words(empty)):
            return True  # a centred label may stand on either side
        if (
            not self._labelled(above, label)
            or other.words(empty)
            or any(other.words(rest) and not one.words(cell) for cell, rest in values)
        ):
            return False
        return _broken_off(one, other, pairs) or self._numbered_on(above, below, row)

    def _labelled(self, table: int, label: int) -> bool:
        """Whether a cell has words on this page or, cut itself, on the one where it begins."""
        cell = self.tables[table].grid.cells[label]
        number, row, column = self._whole((table, cell.row, cell.column))
        return bool(self.tables[number].words(self.tables[number].starting(row)[column]))

    def _numbered_on(self, above: int, below: int, row: int) -> bool:
        """Whether the table's rows are numbered, every one, and the row after this one has the next number."""
        chain = [above]
        while chain[-1] in self.onto:
            chain.append(self.onto[chain[-1]])
        labels = [(table, at, words) for table in reversed(chain) for at, words in sorted(self.tables[table].labels().items())]
        own = [words for table, at, words in labels if (table, at, 0) not in self.parts]
        rest = [words for at, words in sorted(self.tables[below].labels().items()) if at > row]
        if not rest or not all((*own, *rest)) or not (own[-1].isdecimal() and rest[0].isdecimal()):
            return False
        return int(rest[0]) == int(own[-1]) + 1


def _place(cell: CellPlace) -> _Place:
    return cell.table, cell.row, cell.column


def _head(table: Ruled, rows: int) -> Iterator[tuple[GridCell, str]]:
    """The cells of a table's first rows without their places on the page; nothing where one of them reaches further down."""
    cells = [(cell, table.words(at)) for at, cell in enumerate(table.grid.cells) if cell.row < rows]
    if all(cell.row + cell.row_span <= rows for cell, _ in cells):
        for cell, words in cells:
            yield GridCell(cell.row, cell.column, cell.row_span, cell.column_span, (0.0, 0.0, 0.0, 0.0)), words


def _broken_off(one: Ruled, other: Ruled, pairs: Sequence[tuple[int, int]]) -> bool:
    """Whether all words after the break go on in the middle of what stands before it: a full line without an end, and no beginning."""
    for before, after in pairs:
        lines, rest = one.lines.get(before, ()), other.lines.get(after, ())
        if not rest:
            continue
        last, first = lines[-1], rest[0]
        margin = min(line.x0 for line in lines) - one.grid.cells[before].box[0]
        right = one.grid.cells[before].box[2] - max(margin, 0.0)
        if right - last.x1 > _ROOM * last.size or last.text[-1] in _ENDS or _BEGINS.match(first.text):
            return False
        if first.x0 - min(line.x0 for line in (*lines, *rest)) > first.size:
            return False
    return True
