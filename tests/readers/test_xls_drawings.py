"""Text boxes, chart titles and pictures over the cells of an .xls, record by record."""

from __future__ import annotations

import random
import struct

import pytest

from docproc.readers.sheet_drawings import Drawn
from docproc.readers.xls_drawings import drawings as drawn_over
from docproc.readers.xls_records import records_of
from tests.readers.compound_files import compound


def drawings(data: bytes) -> dict[int, Drawn]:
    return drawn_over(records_of(data))


def record(code: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", code, len(body)) + body


def begin(kind: int) -> bytes:
    return record(0x809, struct.pack("<HH12x", 0x600, kind))


END = record(0x0A)


def thing(kind: int) -> bytes:
    return record(0x5D, struct.pack("<HHHH14x", 0x15, 0x12, kind, 1))


def anchor(columns: int, rows: int) -> bytes:
    return record(0xEC, bytes(8) + struct.pack("<HHL9H", 0, 0xF010, 18, 0, 1, 0, 1, 0, columns, 0, rows, 0))


def box(words: str, *, kind: int = 0x06, pieces: int = 1) -> bytes:
    size = -(-len(words) // pieces)
    texts = [words[start : start + size] for start in range(0, len(words), size)]
    parts = [b"\1" + text.encode("utf-16-le") if not text.isascii() else b"\0" + text.encode("ascii") for text in texts]
    return thing(kind) + record(0x1B6, struct.pack("<10xH6x", len(words))) + b"".join(record(0x3C, part) for part in parts)


def title(words: str) -> bytes:
    return record(0x100D, struct.pack("<HBB", 0, len(words), 1) + words.encode("utf-16-le"))


def book(*sheets: bytes) -> bytes:
    """A workbook whose sheets hold these records."""
    named = b"".join(record(0x85, struct.pack("<LHBB", 0, 0, 1, 0) + b"x") for _ in sheets)
    head = begin(0x05) + named + END
    starts, at = [], len(head)
    for sheet in sheets:
        starts.append(at)
        at += len(begin(0x10)) + len(sheet) + len(END)
    named = b"".join(record(0x85, struct.pack("<LHBB", start, 0, 1, 0) + b"x") for start in starts)
    return compound({"Workbook": begin(0x05) + named + END + b"".join(begin(0x10) + sheet + END for sheet in sheets)})


def test_text_boxes_of_each_sheet() -> None:
    found = drawings(book(b"", box("近三年未发生事故\r\nSecond", pieces=3) + box("plain words")))
    assert found == {1: Drawn(("近三年未发生事故", "Second", "plain words"))}


def test_titles_of_charts() -> None:
    chart = begin(0x20) + title("近三年营业收入") + title("万元") + title("万元") + END
    assert drawings(book(thing(0x05) + chart, title("no chart"))) == {0: Drawn(("近三年营业收入", "万元"))}


def test_comments_of_cells_are_none_of_it() -> None:
    assert drawings(book(box("批注", kind=0x19))) == {}


@pytest.mark.parametrize(("columns", "rows", "count"), [(6, 20, 1), (2, 2, 0), (2, 9, 0)])
def test_pictures_large_enough_for_text_are_counted(columns: int, rows: int, count: int) -> None:
    found = drawings(book(anchor(columns, rows) + thing(0x08)))
    assert found.get(0, Drawn()).pictures == count


def test_damage_never_raises() -> None:
    sound = book(anchor(6, 20) + thing(0x08) + box("近三年未发生事故", pieces=2), begin(0x20) + title("标题") + END)
    chance = random.Random(5)
    for _ in range(300):
        body = bytearray(sound)
        for _ in range(chance.randint(1, 20)):
            body[chance.randrange(len(body))] = chance.randrange(256)
        drawings(bytes(body[: chance.randrange(len(body))] if chance.random() < 0.3 else body))
    assert drawings(b"") == {}
