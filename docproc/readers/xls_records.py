"""The records of an .xls or .et ([MS-XLS] 2.1.4), and which of its cells show a part of a hundred."""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Final

from docproc.readers.percent import BUILT_IN, Place, is_percent

Record = tuple[int, int, bytes]  # where it stands in the stream, its kind, its data

BEGIN, END, SHEET = 0x809, 0x0A, 0x85
_FORMAT, _CELL_FORMAT, _NUMBER, _RK, _ROW_OF_RK, _FORMULA = 0x41E, 0xE0, 0x203, 0x27E, 0xBD, 0x06
_MOST: Final = 2_000_000


def records_of(data: bytes) -> list[Record]:
    """The records of a workbook of Excel 97-2003; none where the file is another."""
    import olefile

    try:
        with olefile.OleFileIO(BytesIO(data)) as ole:
            return list(_records(ole.openstream("Workbook").read()))
    except (OSError, ValueError, IndexError, TypeError, AttributeError, struct.error):
        return []


def _records(stream: bytes) -> Iterator[Record]:
    at = 0
    for _ in range(_MOST):
        if at + 4 > len(stream):
            return
        code, size = struct.unpack_from("<HH", stream, at)
        yield at, code, stream[at + 4 : at + 4 + size]
        at += 4 + size


def percent_cells(records: Sequence[Record]) -> dict[int, frozenset[Place]]:
    """Of each sheet, by its place in the workbook from 0, the cells that are formatted as per cent."""
    codes, formats = set(BUILT_IN), list[int]()
    starts: dict[int, int] = {}
    found: dict[int, set[Place]] = defaultdict(set)
    sheet = -1
    for at, kind, body in records:
        if kind == BEGIN:
            sheet = starts.get(at, sheet)
        elif kind == SHEET and len(body) >= 4:
            starts[int.from_bytes(body[:4], "little")] = len(starts)
        elif kind == _FORMAT and len(body) >= 5:
            number = int.from_bytes(body[:2], "little")
            if is_percent(body[5:].decode("utf-16-le" if body[4] & 1 else "latin-1", "replace")):
                codes.add(number)
            else:
                codes.discard(number)
        elif kind == _CELL_FORMAT and len(body) >= 4:
            formats.append(int.from_bytes(body[2:4], "little"))
        else:
            found[sheet].update(place for place, used in _placed(kind, body) if used < len(formats) and formats[used] in codes)
    return {number: frozenset(places) for number, places in found.items() if places and number >= 0}


def _placed(kind: int, body: bytes) -> Iterator[tuple[Place, int]]:
    """The cells of a record, each with the number of its format."""
    if kind in {_NUMBER, _RK, _FORMULA} and len(body) >= 6:
        row, column, used = struct.unpack_from("<HHH", body)
        yield (row, column), used
    elif kind == _ROW_OF_RK and len(body) >= 6:
        row, column = struct.unpack_from("<HH", body)
        for offset in range((len(body) - 6) // 6):
            yield (row, column + offset), int.from_bytes(body[4 + 6 * offset : 6 + 6 * offset], "little")
