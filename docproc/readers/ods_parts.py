"""What calamine leaves out of an .ods: text boxes and pictures over the cells, and which cells show per cent (OpenDocument 1.3, part 3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from docproc.readers.percent import Place
from docproc.readers.sheet_drawings import Drawn
from docproc.readers.unread import Unreadable
from docproc.readers.word_parts import Parts

_ODF: Final = "urn:oasis:names:tc:opendocument:xmlns"
_OFFICE, _TABLE, _TEXT, _DRAW = (f"{{{_ODF}:{name}:1.0}}" for name in ("office", "table", "text", "drawing"))
_SVG: Final = f"{{{_ODF}:svg-compatible:1.0}}"
_LEAST_CM: Final = (3.0, 1.0)  # long and short side: a smaller picture holds no line of readable text
_UNITS: Final = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72}
_MOST: Final = 100_000  # repeated rows or columns beyond that are a sheet's empty rest


def tables_of(data: bytes) -> list[etree._Element]:
    """The sheets of an .ods in order; none where it is another file."""
    try:
        root = Parts(data).xml("content.xml")
    except Unreadable:
        return []
    return [] if root is None else list(root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table"))


def drawings(tables: list[etree._Element]) -> dict[int, Drawn]:
    """What is drawn on each sheet, by its place from 0. An object that is inlaid (a chart) is counted as not read."""
    found = {number: _drawn(table) for number, table in enumerate(tables)}
    return {number: drawn for number, drawn in found.items() if drawn != Drawn()}


def percent_cells(tables: list[etree._Element]) -> dict[int, frozenset[Place]]:
    """Of each sheet the cells that show per cent."""
    found = {number: frozenset(_percent(table)) for number, table in enumerate(tables)}
    return {number: places for number, places in found.items() if places}


def _drawn(table: etree._Element) -> Drawn:
    lines = []
    for holder in table.iter(f"{_DRAW}text-box", f"{_DRAW}custom-shape", f"{_DRAW}rect", f"{_DRAW}ellipse"):
        for paragraph in holder.iter(f"{_TEXT}p"):
            words = " ".join("".join(map(str, paragraph.itertext())).split())
            lines += [words] if words else []
    frames = list(table.iter(f"{_DRAW}frame"))
    objects = [frame for frame in frames if frame.find(f"{_DRAW}object") is not None or frame.find(f"{_DRAW}object-ole") is not None]
    pictures = [frame for frame in frames if frame.find(f"{_DRAW}image") is not None and frame not in objects]
    return Drawn(tuple(lines), sum(map(_is_large, pictures)), charts=len(objects))


def _is_large(frame: etree._Element) -> bool:
    sides = sorted(_centimetres(str(frame.get(f"{_SVG}{name}", ""))) for name in ("width", "height"))
    return not sides[0] or (sides[1] >= _LEAST_CM[0] and sides[0] >= _LEAST_CM[1])


def _centimetres(length: str) -> float:
    try:
        return float(length[:-2]) * _UNITS.get(length[-2:], 0.0)
    except ValueError:
        return 0.0


def _percent(table: etree._Element) -> Iterator[Place]:
    row = 0
    for line in table.iter(f"{_TABLE}table-row"):
        repeated, column = _count(line, "rows"), 0
        for cell in line.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            across = _count(cell, "columns")
            if cell.get(f"{_OFFICE}value-type") == "percentage" and repeated * across <= _MOST:
                yield from ((row + down, column + right) for down in range(repeated) for right in range(across))
            column += across
        row += repeated


def _count(element: etree._Element, what: str) -> int:
    digits = str(element.get(f"{_TABLE}number-{what}-repeated", "1"))
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 9 else 1
