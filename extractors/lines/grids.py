"""Tables as they stand in running text: lines in a run whose cells are divided by tabs, and records read from them by their heads.

A ledger has its heads in the first row or, turned on its side, in the first column. What a head means is told by the caller.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from docproc.model import Span
from extractors.words.per_text import once_a_text

LEAST_ROWS = 2
_TABLE = re.compile(r"\t[^\n]*(?:\n[^\n\t]*+\t[^\n]*)*\n?")  # from its first tab on


@dataclass(frozen=True, slots=True)
class GridRecord:
    """A ledger's entry: its cells by role, the heads they stand under, and the line above the table."""

    cells: Mapping[str, Span]
    heads: Mapping[str, str]
    span: Span
    title: str


class Grid:
    """A table: its rows of cells, blanks at the ends of a cell left out. What is not asked for is not cut."""

    def __init__(self, text: str, span: Span) -> None:
        self.text = text
        self.span = span
        self.written = text[span.start : span.end].removesuffix("\n").split("\n")
        self._cut: dict[int, list[Span]] = {}
        self._heads: dict[int, list[str]] = {}

    @cached_property
    def lines(self) -> list[Span]:
        """Where its rows stand."""
        return list(lines_of(self.text, self.span))

    def row(self, number: int) -> list[Span]:
        """The cells of a row."""
        if number not in self._cut:
            self._cut[number] = _cells(self.text, *self.lines[number])
        return self._cut[number]

    def rows(self, first: int = 0) -> list[list[Span]]:
        """The rows from one on."""
        return [self.row(number) for number in range(first, len(self.lines))]

    def heads(self, number: int) -> list[str]:
        """The words of a row's cells: what is looked at first of any table, and of most tables all."""
        if number not in self._heads:
            self._heads[number] = [cell.strip() for cell in self.written[number].split("\t")]
        return self._heads[number]

    @cached_property
    def side_heads(self) -> list[str]:
        """The words of each row's first cell."""
        return [row.partition("\t")[0].strip() for row in self.written]


@once_a_text
@lru_cache(maxsize=2)  # the same text is asked for by each family
def tables(text: str) -> tuple[Span, ...]:
    """The runs of lines that hold tabs."""
    return tuple(Span(text.rfind("\n", 0, run.start()) + 1, run.end()) for run in _TABLE.finditer(text))


def lines_of(text: str, table: Span) -> Iterator[Span]:
    """The lines of a run, without their ends."""
    start = table.start
    while start < table.end:
        end = text.find("\n", start, table.end)
        end = table.end if end < 0 else end
        yield Span(start, end)
        start = end + 1


@once_a_text
@lru_cache(maxsize=2)
def grids(text: str) -> tuple[Grid, ...]:
    """The tables of a text that have several rows."""
    return tuple(grid for grid in (Grid(text, table) for table in tables(text)) if len(grid.written) >= LEAST_ROWS)


def ledger_entries(text: str, role: Callable[[str], str | None], least: int) -> Iterator[GridRecord]:
    """The records of all tables of a text whose heads give at least `least` roles. What a head means is asked once for all tables."""
    numbers = {number for head, tables_ in _tables_by_head(text).items() if role(head) for number in tables_}
    for number in sorted(numbers):
        yield from ledger(grids(text)[number], role, least)


@once_a_text
@lru_cache(maxsize=2)
def _tables_by_head(text: str) -> dict[str, list[int]]:
    """Where what may be a head stands: in which of a text's tables."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, grid in enumerate(grids(text)):
        for head in (*grid.heads(0), *grid.heads(1), *grid.side_heads):
            found[head].append(number)
    return found


def ledger(grid: Grid, role: Callable[[str], str | None], least: int) -> list[GridRecord]:
    """The records of a table whose heads give at least `least` roles, by rows, else by columns."""
    for number in (0, 1):  # the heads may stand below a row of other facts
        roles = [role(head) for head in grid.heads(number)]
        found = _records(grid, grid.row(number), roles, grid.rows(number + 1)) if _several(roles, least) else []
        if found:
            return found
    roles = [role(head) for head in grid.side_heads]
    if not _several(roles, least):
        return []
    rows = grid.rows()
    width = max(len(row) for row in rows)
    turned = [[row[column] for row in rows if column < len(row)] for column in range(width)]
    return _records(grid, turned[0], roles, turned[1:])


def _several(roles: Sequence[str | None], least: int) -> bool:
    return any(roles) and len({role for role in roles if role}) >= least


def _records(grid: Grid, heads: Sequence[Span], roles: Sequence[str | None], entries: Sequence[Sequence[Span]]) -> list[GridRecord]:
    text, title = grid.text, _line_above(grid.text, grid.lines[0].start)
    found: list[GridRecord] = []
    for entry in entries:
        cells: dict[str, Span] = {}
        named: dict[str, str] = {}
        for head, each, cell in zip(heads, roles, entry, strict=False):
            if each is not None and each not in cells and cell.start < cell.end:
                cells[each], named[each] = cell, text[head.start : head.end]
        if len(cells) >= LEAST_ROWS:
            places = sorted(cells.values())
            found.append(GridRecord(cells, named, Span(places[0].start, places[-1].end), title))
    return found


def title_above(text: str, line_start: int) -> str:
    """The nearest line above that is no mere number, where it is short enough for a title."""
    for line in reversed(text[max(0, line_start - 80) : max(0, line_start - 1)].split("\n")):
        if line.strip() and not re.fullmatch(r"[\d.、（）() ]{1,5}", line.strip()):
            return line.strip() if len(line.strip()) <= 24 else ""
    return ""


def _cells(text: str, start: int, end: int) -> list[Span]:
    places = [start - 1, *(match.start() for match in re.compile("\t").finditer(text, start, end)), end]
    return [_stripped(text, first + 1, last) for first, last in pairwise(places)]


def _stripped(text: str, start: int, end: int) -> Span:
    body = text[start:end]
    left = len(body) - len(body.lstrip())
    return Span(start + left, max(start + left, start + len(body.rstrip())))


def _line_above(text: str, position: int) -> str:
    start = text.rfind("\n", 0, position) + 1
    if start == 0:
        return ""
    return text[text.rfind("\n", 0, start - 1) + 1 : start - 1].strip()
