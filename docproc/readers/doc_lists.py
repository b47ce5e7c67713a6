"""Automatic numbers of a Word 97-2003 file: its lists and the styles that belong to them ([MS-DOC] 2.9.131, 2.9.147, 2.9.150, 2.9.271)."""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace
from typing import Final

from docproc.readers.doc_file import DocFile, sprms
from docproc.readers.doc_look import shape
from docproc.readers.list_counting import LEVELS, Abstract, Level, NumberedList, count
from docproc.readers.paragraph_flow import Shape

_STYLES, _LISTS, _OVERRIDES = 1, 73, 74
_LIST_SIZE, _OVERRIDE_SIZE, _LEVEL_SIZE = 28, 16, 28
_NONE: Final = 0x0FFF  # a style that is based on none
#: MSONFC ([MS-OSHARED] 2.2.1.3) as ST_NumberFormat.
_WRITINGS: Final = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 10: "ideographDigital", 11: "japaneseCounting",
    14: "decimalFullWidth", 17: "japaneseDigitalTenThousand", 18: "decimalEnclosedCircle", 19: "decimalFullWidth2", 22: "decimalZero",
    23: "bullet", 26: "decimalEnclosedFullstop", 27: "decimalEnclosedParen", 28: "decimalEnclosedCircleChinese",
    29: "ideographEnclosedCircle", 30: "ideographTraditional", 31: "ideographZodiac", 33: "taiwaneseCounting",
    34: "ideographLegalTraditional", 35: "taiwaneseCountingThousand", 36: "taiwaneseDigital", 37: "chineseCounting",
    38: "chineseLegalSimplified", 39: "chineseCountingThousand", 255: "none",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Style:
    base: int
    number: int | None
    level: int | None


class Lists:
    """The lists of one file, counting on as its paragraphs are read in order. Damage to their tables costs numbers, not words."""

    def __init__(self, file: DocFile) -> None:
        fonts = file.fonts()
        try:
            abstracts = _abstracts(file.table, *_place(file, _LISTS), fonts)
            self._lists = _overrides(file.part(_OVERRIDES), abstracts, fonts)
        except (struct.error, IndexError, ValueError):
            self._lists = []
        try:
            self._styles = _styles(file.part(_STYLES)) if self._lists else {}
        except (struct.error, IndexError, ValueError):
            self._styles = {}

    def label(self, shape: Shape, style: int) -> str:
        """The number before a paragraph of this shape and style, with its space; nothing where it has none. Counts it."""
        number, level = shape.list_number, shape.list_level
        seen: set[int] = set()
        while (number is None or level is None) and style in self._styles and style not in seen:
            seen.add(style)
            found = self._styles[style]
            number = found.number if number is None else number
            level = found.level if level is None else level
            style = found.base
        if not number or not 1 <= number <= len(self._lists):
            return ""
        return count(self._lists[number - 1], min(level or 0, LEVELS - 1))


def _place(file: DocFile, index: int) -> tuple[int, int]:
    start, size = struct.unpack_from("<LL", file.word, 0x9A + 8 * index)
    return int(start), int(size)


def _abstracts(table: bytes, start: int, size: int, fonts: list[str]) -> dict[int, Abstract]:
    """The abstract lists by number. Their levels follow the table of lists, outside its stated size."""
    abstracts: dict[int, Abstract] = {}
    if not size:
        return abstracts
    (total,) = struct.unpack_from("<h", table, start)
    at = start + 2 + _LIST_SIZE * max(0, total)
    for entry in range(max(0, total)):
        head = start + 2 + _LIST_SIZE * entry
        (name,) = struct.unpack_from("<l", table, head)
        levels: dict[int, Level] = {}
        for index in range(1 if table[head + 26] & 1 else LEVELS):
            levels[index], at = _level(table, at, fonts)
        abstracts[name] = Abstract(levels)
    return abstracts


def _level(data: bytes, at: int, fonts: list[str]) -> tuple[Level, int]:
    start, writing, flags = struct.unpack_from("<lBB", data, at)
    characters, paragraphs, restart = data[at + 24], data[at + 25], data[at + 26]
    at += _LEVEL_SIZE + paragraphs
    font = next((fonts[int.from_bytes(value, "little")] for number, value in sprms(data[at : at + characters])
                 if number == 0x4A4F and int.from_bytes(value, "little") < len(fonts)), "")  # fmt: skip
    hidden = any(number == 0x083C and value == b"\1" for number, value in sprms(data[at : at + characters]))
    at += characters
    (letters,) = struct.unpack_from("<H", data, at)
    raw = data[at + 2 : at + 2 + 2 * letters].decode("utf-16-le", "replace")
    shown = "".join(f"%{ord(char) + 1}" if char < "\t" else char for char in raw)
    return (
        Level(
            text=shown,
            writing=_WRITINGS.get(writing, "decimal"),
            start=start if 0 <= start <= 100_000 else 1,
            restart=restart if flags & 0x08 else None,
            legal=bool(flags & 0x04),
            hidden=hidden,
            font=font,
        ),
        at + 2 + 2 * letters,
    )


def _overrides(data: bytes, abstracts: dict[int, Abstract], fonts: list[str]) -> list[NumberedList]:
    """The lists that paragraphs refer to, in order, from 1."""
    if len(data) < 4:
        return []
    (total,) = struct.unpack_from("<l", data)
    total = max(0, min(total, (len(data) - 4) // _OVERRIDE_SIZE))
    lists: list[NumberedList] = []
    at = 4 + _OVERRIDE_SIZE * total
    for entry in range(total):
        head = 4 + _OVERRIDE_SIZE * entry
        (name,) = struct.unpack_from("<l", data, head)
        found = NumberedList(abstracts.get(name) or Abstract({}))
        lists.append(found)
        at += 4
        for _ in range(data[head + 12]):
            start, flags = struct.unpack_from("<lL", data, at)
            at += 8
            index = min(flags & 0x0F, LEVELS - 1)
            if flags & 0x20:
                found.own[index], at = _level(data, at, fonts)
            if flags & 0x10 and 0 <= start <= 100_000:
                found.starts[index] = start
                found.own[index] = replace(found.level(index), start=start)
    return lists


def _styles(data: bytes) -> dict[int, _Style]:
    """The paragraph styles by number: which they are based on, and their list and level."""
    styles: dict[int, _Style] = {}
    head, total, base_size = struct.unpack_from("<HHH", data)
    at = 2 + head
    for number in range(total):
        if at + 2 > len(data):
            break
        (size,) = struct.unpack_from("<H", data, at)
        body = data[at + 2 : at + 2 + size]
        at += 2 + size
        if len(body) < base_size + 2:
            continue
        kind = int.from_bytes(body[2:4], "little")
        if kind & 0x0F != 1:
            continue
        letters = int.from_bytes(body[base_size : base_size + 2], "little")
        place = base_size + 2 + 2 * (letters + 1)
        place += place % 2
        length = int.from_bytes(body[place : place + 2], "little")
        found = shape(body[place + 4 : place + 2 + length], 0)
        base = kind >> 4
        styles[number] = _Style(-1 if base == _NONE else base, found.list_number, found.list_level)
    return styles
