"""What the properties in a Word 97-2003 file say of characters and paragraphs, as far as reading depends on it ([MS-DOC] 2.6)."""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace
from typing import Final

from docproc.readers.doc_file import sprms
from docproc.readers.paragraph_flow import Cells, Shape
from docproc.readers.word_symbols import checkbox, is_symbol_font, symbol

_LAST_HEADING: Final = 9  # styles 1 to 9 are the built-in headings ([MS-DOC] 2.9.271)
_BODY_LEVEL: Final = 9
_CHECKBOX: Final = 1  # FFDataBits.iType
_BY_DEFAULT: Final = 25  # FFDataBits.iRes: the box was never touched


@dataclass(frozen=True, slots=True)
class Look:
    """What is said of some characters. `place`: where a picture or a form field lies in the Data stream."""

    deleted: bool = False
    inserted: bool = False
    hidden: bool = False
    symbol: str = ""
    font: str = ""
    place: int | None = None
    form: bool = False
    special: bool = False


PLAIN: Final = Look()


def look(data: bytes, fonts: list[str]) -> Look:
    """The look that a list of properties gives to characters."""
    found = PLAIN
    for number, operand in sprms(data):
        value = int.from_bytes(operand, "little")
        if number == 0x0800:
            found = replace(found, deleted=bool(value & 1))
        elif number == 0x0801:
            found = replace(found, inserted=bool(value & 1))
        elif number == 0x083C:
            found = replace(found, hidden=bool(value & 1))
        elif number == 0x6A09 and len(operand) == 4:
            found = replace(found, symbol=symbol(_font(fonts, value & 0xFFFF), value >> 16))
        elif number in {0x4A4F, 0x4A51} and is_symbol_font(_font(fonts, value)):
            found = replace(found, font=_font(fonts, value))
        elif number == 0x6A03:
            found = replace(found, place=value, special=True)
        elif number == 0x0806:
            found = replace(found, form=bool(value & 1))
        elif number == 0x0855:
            found = replace(found, special=bool(value & 1))
    return found


def _font(fonts: list[str], number: int) -> str:
    return fonts[number] if number < len(fonts) else ""


def shape(data: bytes, style: int) -> Shape:
    """The shape that a list of properties and a style give to a paragraph."""
    found = Shape(level=style if 1 <= style <= _LAST_HEADING else None)
    for number, operand in sprms(data):
        value = int.from_bytes(operand, "little")
        if number == 0x2640:
            found = replace(found, level=value + 1 if value < _BODY_LEVEL else None)
        elif number == 0x2416:
            found = replace(found, depth=max(found.depth, 1) if value else 0)
        elif number == 0x6649:
            found = replace(found, depth=min(value, 99))
        elif number == 0x2417:
            found = replace(found, row_end=bool(value))
        elif number == 0x244B:
            found = replace(found, inner_cell=bool(value))
        elif number == 0x244C:
            found = replace(found, inner_row_end=bool(value))
        elif number == 0x260A:
            found = replace(found, list_level=value)
        elif number == 0x460B:
            found = replace(found, list_number=value)
        elif number == 0xD608:
            found = replace(found, cells=_cells(operand))
    return found


def _cells(operand: bytes) -> Cells:
    """sprmTDefTable ([MS-DOC] 2.9.300): number of cells, their edges, and 20 bytes a cell with flags of merging."""
    count = operand[0] if operand else 0
    try:
        edges = struct.unpack_from(f"<{count + 1}h", operand, 1)
    except struct.error:
        return Cells()
    flags = [int.from_bytes(operand[3 + 2 * count + 20 * at :][:2], "little") for at in range(count)]
    return Cells(edges, tuple(flag & 0x60 == 0x20 for flag in flags), tuple(bool(flag & 0x03) for flag in flags))


def form_box(data: bytes, place: int) -> str:
    """The sign of a form field's checkbox, where the Data stream holds one at this place ([MS-DOC] 2.9.78)."""
    try:
        size, head = struct.unpack_from("<LH", data, place)
        at = place + head
        version, bits, _, _, letters = struct.unpack_from("<LHHHH", data, at)
        if version != 0xFFFF_FFFF or bits & 3 != _CHECKBOX or size < head:
            return ""
        state = bits >> 2 & 0x1F
        if state == _BY_DEFAULT:
            state = struct.unpack_from("<H", data, at + 12 + 2 * (letters + 1))[0]
    except struct.error:
        return ""
    return checkbox(bool(state))


def picture_size(data: bytes, place: int) -> tuple[float, float] | None:
    """Width and height of an inline picture as shown, in cm; None where it cannot be told ([MS-DOC] 2.9.190)."""
    try:
        width, height, across, down = struct.unpack_from("<hhHH", data, place + 28)
    except struct.error:
        return None
    return (width * across / 1000 / 567, height * down / 1000 / 567) if width > 0 and height > 0 else None
