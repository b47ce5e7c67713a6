"""Tables in text files: rows between bars with a ruled line under the head (Markdown), and neighbouring lines with as many tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from docproc.model import Block, CellPlace, Role, Span

#: |---|:--:| below a table's head (GitHub Flavored Markdown 4.10).
_RULE: Final = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
_BAR: Final = re.compile(r"(?<!\\)\|")
_MOST_COLUMNS: Final = 200


def rows_from(lines: Sequence[str], first: int) -> int:
    """How many lines from this one on are a table; 0 where none begins here."""
    head = lines[first]
    if "|" in head and first + 1 < len(lines) and "|" in lines[first + 1] and _RULE.fullmatch(lines[first + 1]):
        if len(_between_bars(head)) != len(_between_bars(lines[first + 1])):
            return 0
        last = first + 2
        while last < len(lines) and "|" in lines[last]:
            last += 1
        return last - first
    tabs = _tabs(head)
    last = first
    while tabs and last < len(lines) and _tabs(lines[last]) == tabs:
        last += 1
    return last - first if last - first > 1 else 0


def cells(lines: Sequence[str], start: int, table: int) -> Iterator[Block]:
    """The cells of such a table, whose first line begins at `start` of the text. The ruled line is no row."""
    barred = "|" in lines[0] and not _tabs(lines[0])
    row = 0
    for line in lines:
        if barred and _RULE.fullmatch(line):
            start += len(line) + 1
            continue
        for column, (left, right) in enumerate((_between_bars if barred else _between_tabs)(line)):
            words = line[left:right]
            left += len(words) - len(words.lstrip())
            yield Block(Role.CELL, (Span(start + left, start + left + len(words.strip())),), None, CellPlace(table, row, column))
        row += 1
        start += len(line) + 1


def _tabs(line: str) -> int:
    """How many tabs divide a line; none where it begins with one, which is an indent."""
    count = line.count("\t")
    return count if 0 < count < _MOST_COLUMNS and not line[0].isspace() else 0


def _between_bars(line: str) -> list[tuple[int, int]]:
    """Where the cells of a row between bars begin and end; outer bars are the frame."""
    bars = [found.start() for found in _BAR.finditer(line)][:_MOST_COLUMNS]
    edges = [*([-1] if not bars or line[: bars[0]].strip() else []), *bars]
    edges += [len(line)] if not bars or line[bars[-1] + 1 :].strip() else []
    return [(one + 1, other) for one, other in pairwise(edges)]


def _between_tabs(line: str) -> list[tuple[int, int]]:
    edges = [-1, *(at for at, char in enumerate(line) if char == "\t"), len(line)]
    return [(one + 1, other) for one, other in pairwise(edges)]
