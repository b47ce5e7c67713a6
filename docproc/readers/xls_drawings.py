"""What is drawn over the cells of an .xls or .et: text boxes and titles of charts (their words are read), pictures (counted).

[MS-XLS]: records of the Workbook stream (2.1.4); Obj (2.4.181) says what a drawn object is, TxO (2.4.329) holds its text, SeriesText
(2.4.254) a chart's, OfficeArtClientAnchorSheet (2.5.193) its place in columns and rows.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from docproc.readers.sheet_drawings import Drawn
from docproc.readers.xls_records import BEGIN, END, SHEET, Record

_DRAWING, _OBJECT, _TEXT, _CONTINUE, _SERIES_TEXT = 0xEC, 0x5D, 0x1B6, 0x3C, 0x100D
_CHART, _PICTURE, _NOTE = 0x05, 0x08, 0x19  # kinds of objects; a note is a cell's comment
_ANCHOR: Final = struct.pack("<HL", 0xF010, 18)
_COLUMN, _ROW = 64, 18  # pixels, as they are by default
_LEAST: Final = (200, 100)  # long and short side: a smaller picture holds no line of readable text


@dataclass(slots=True)
class _Sheet:
    lines: list[str] = field(default_factory=list)
    pictures: int = 0


def drawings(records: Sequence[Record]) -> dict[int, Drawn]:
    """What is drawn on each sheet, by the sheet's place in the workbook from 0."""
    sheets = _walk(records)
    return {number: Drawn(tuple(found.lines), found.pictures) for number, found in sheets.items() if found.lines or found.pictures}


def _walk(records: Sequence[Record]) -> dict[int, _Sheet]:
    starts: dict[int, int] = {}  # where a sheet's records begin -> its number
    found: dict[int, _Sheet] = {}
    depth, kind, big, held, current = 0, 0, False, "", _Sheet()
    for index, (at, code, body) in enumerate(records):
        if code == BEGIN:
            if depth == 0 and at in starts:
                current = found.setdefault(starts[at], _Sheet())
            depth += 1
        elif code == END:
            depth = max(0, depth - 1)
        elif code == SHEET and len(body) >= 4:
            starts[int.from_bytes(body[:4], "little")] = len(starts)
        elif code == _DRAWING:
            big = _is_big(body)
        elif code == _OBJECT and body[:2] == b"\x15\0" and len(body) >= 6:
            kind = int.from_bytes(body[4:6], "little")
            current.pictures += kind == _PICTURE and big
        elif code == _TEXT and kind != _NOTE and len(body) >= 12:
            held = _text(int.from_bytes(body[10:12], "little"), [each for _, _, each in _following(records, index)])
            current.lines += [line for line in map(str.strip, held.split("\n")) if line]
        elif code == _SERIES_TEXT and len(body) >= 4:
            words = _text(body[2], [body[3:]]).strip()
            current.lines += [words] if words and depth > 1 and words not in current.lines else []
    return found


def _following(records: Sequence[Record], index: int) -> Iterator[Record]:
    for each in records[index + 1 :]:
        if each[1] != _CONTINUE:
            return
        yield each


def _text(count: int, parts: list[bytes]) -> str:
    """So many characters, laid out over parts, each with a byte before it that says whether a character takes one byte or two."""
    words = ""
    for part in parts:
        left = count - len(words)
        if left <= 0 or not part:
            break
        words += part[1 : 1 + 2 * left].decode("utf-16-le", "replace") if part[0] & 1 else part[1 : 1 + left].decode("latin-1")
    return words[:count].replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").replace("\f", " ")


def _is_big(body: bytes) -> bool:
    """Whether a drawing's place is large enough for text. One whose place is not known is."""
    at = body.rfind(_ANCHOR)
    if at < 0 or at + 24 > len(body):
        return True
    _, left, _, top, _, right, _, bottom, _ = struct.unpack_from("<9H", body, at + 6)
    sides = (right - left + 1) * _COLUMN, (bottom - top + 1) * _ROW
    return bool(max(sides) >= _LEAST[0] and min(sides) >= _LEAST[1])
