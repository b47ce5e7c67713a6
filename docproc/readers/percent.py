"""Which cells of a workbook show a part of a hundred: 0.65 in a cell formatted as per cent is 65%, and that is what the applicant wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from docproc.readers.sheet_parts import SheetParts
from docproc.readers.unread import Unreadable

Place = tuple[int, int]  # row and column from 0

BUILT_IN: Final = frozenset({9, 10})  # 0% and 0.00% (ISO/IEC 29500-1 §18.8.30)
_LITERAL: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def is_percent(code: str) -> bool:
    """Whether a number format multiplies by a hundred; a per cent sign in quotes is only a word."""
    return "%" in _LITERAL.sub("", code.split(";")[0])


def shown(number: float) -> str:
    """A stored number as a part of a hundred, without binary noise."""
    return f"{float(Decimal(repr(float(number))) * 100):.15g}%"


def percent_cells(book: SheetParts) -> dict[int, frozenset[Place]]:
    """Of each sheet of an .xlsx, by its place from 0, the cells that are formatted so."""
    try:
        styles = _styles(book) if book.names else frozenset()
    except Unreadable:
        return {}
    return {number: frozenset(_cells(book, name, styles)) for number, name in book.names.items()} if styles else {}


def _styles(book: SheetParts) -> frozenset[str]:
    """The numbers of the cell formats that show per cent."""
    name = book.parts.related(book.book, "styles")
    root = None if name is None else book.parts.xml(name)
    if root is None:
        return frozenset()
    codes = {str(each.get("numFmtId")) for each in root.iter("{*}numFmt") if is_percent(str(each.get("formatCode", "")))}
    wanted = codes | {str(number) for number in BUILT_IN}
    formats = root.find("{*}cellXfs")
    return frozenset(str(number) for number, each in enumerate(() if formats is None else formats) if each.get("numFmtId") in wanted)


def _cells(book: SheetParts, name: str, styles: frozenset[str]) -> Iterator[Place]:
    try:
        root = book.parts.xml(name)
    except Unreadable:
        return
    for cell in () if root is None else root.iter("{*}c"):
        place = _REFERENCE.fullmatch(str(cell.get("r", ""))) if cell.get("s") in styles else None
        if place is not None:
            column = 0
            for letter in place[1]:
                column = column * 26 + ord(letter) - 64
            yield int(place[2]) - 1, column - 1
