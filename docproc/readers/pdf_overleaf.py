"""Ruled tables that go on overleaf: one table, where a page ends and the next begins with one of the same columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby, pairwise

from docproc.model import Block, CellPlace, Role

_ROUND_THE_TEXT = frozenset({Role.HEADER, Role.FOOTER, Role.PAGE_NUMBER, Role.WATERMARK})
_GOES_ON = re.compile(r"[（(]?(?:续表|接上[表页]|上接第?\d*页|续上[表页]|续)[)）]?[\d一二三四五六七八九十.\-]*[:：]?")
_SAME = 3.0  # points

Columns = tuple[float, ...]


def joined(blocks: Sequence[Block], columns: Mapping[int, Columns], words: Callable[[Block], str]) -> tuple[Block, ...]:
    """The blocks with tables that go on under one number, their rows numbered on. `columns`: the upright lines of the ruled tables."""
    pages = [[block for block in group if block.role not in _ROUND_THE_TEXT] for _, group in groupby(blocks, key=lambda block: block.page)]
    onto: dict[int, int] = {}
    for above, below in pairwise(pages):
        if not above or not below:
            continue
        last, first = above[-1].cell, _first_cell(below, words)
        if last is not None and first is not None and _alike(columns.get(last.table), columns.get(first.table)):
            onto[first.table] = last.table
    return tuple(_numbered(blocks, onto)) if onto else tuple(blocks)


def _first_cell(page: Sequence[Block], words: Callable[[Block], str]) -> CellPlace | None:
    """The cell that a page begins with, a line «continued» before it or not."""
    noted = page[0].cell is None and len(page) > 1 and _GOES_ON.fullmatch(words(page[0])) is not None
    return page[1 if noted else 0].cell


def _alike(one: Columns | None, other: Columns | None) -> bool:
    if one is None or other is None or len(one) != len(other):
        return False
    return all(abs(left - right) <= _SAME for left, right in zip(one, other, strict=True))


def _numbered(blocks: Sequence[Block], onto: Mapping[int, int]) -> list[Block]:
    rows: dict[int, int] = {}  # of each table
    for block in blocks:
        if block.cell is not None:
            rows[block.cell.table] = max(rows.get(block.cell.table, 0), block.cell.row + block.cell.row_span)
    numbers: dict[int, int] = {}
    places: dict[int, tuple[int, int]] = {}  # table -> its new number, the rows before it
    for table in sorted(rows):
        before = onto.get(table)
        if before is None or before not in places:
            places[table] = numbers.setdefault(table, len(numbers)), 0
        else:
            number, above = places[before]
            places[table] = number, above + rows[before]
    stays = {table for table, place in places.items() if place == (table, 0)}
    return [
        block if block.cell is None or block.cell.table in stays else block._replace(cell=_moved(block.cell, *places[block.cell.table]))
        for block in blocks
    ]


def _moved(cell: CellPlace, table: int, rows: int) -> CellPlace:
    return cell._replace(table=table, row=cell.row + rows)
