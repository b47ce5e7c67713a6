"""Tables as they stand in running text: lines in a run whose cells are divided by tabs, and records read from them by their heads.

A ledger has its heads in the first row or, turned on its side, in the first column. What a head means is told by the caller.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from docproc.model import Span

LEAST_ROWS = 2


@dataclass(frozen=True, slots=True)
class GridRecord:
    """A ledger's entry: its cells by role, the heads they stand under, and the line above the table."""

    cells: Mapping[str, Span]
    heads: Mapping[str, str]
    span: Span
    title: str


def grids(text: str) -> Iterator[list[list[Span]]]:
    """The tables of a text: their rows of cells, blanks at the ends of a cell left out."""
    yield from _grids(text)


@lru_cache(maxsize=2)  # the same text is asked for by each family
def _grids(text: str) -> tuple[list[list[Span]], ...]:
    return tuple(_found(text))


def _found(text: str) -> Iterator[list[list[Span]]]:
    rows: list[list[Span]] = []
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if "\t" in text[start:end]:
            rows.append(_cells(text, start, end))
        else:
            if len(rows) >= LEAST_ROWS:
                yield rows
            rows = []
        start = end + 1
    if len(rows) >= LEAST_ROWS:
        yield rows


def ledger(text: str, rows: Sequence[Sequence[Span]], role: Callable[[str], str | None], least: int) -> list[GridRecord]:
    """The records of a table whose heads give at least `least` roles, by rows, else by columns."""
    title = _line_above(text, rows[0][0].start)
    for number, row in enumerate(rows[:2]):  # the heads may stand below a row of other facts
        found = _records(text, row, rows[number + 1 :], role, least, title)
        if found:
            return found
    width = max(len(row) for row in rows)
    turned = [[row[column] for row in rows if column < len(row)] for column in range(width)]
    return _records(text, turned[0], turned[1:], role, least, title)


def _records(
    text: str,
    heads: Sequence[Span],
    entries: Sequence[Sequence[Span]],
    role: Callable[[str], str | None],
    least: int,
    title: str,
) -> list[GridRecord]:
    roles = [role(text[head.start : head.end]) for head in heads]
    if len({each for each in roles if each}) < least:
        return []
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
