"""Builds small Word 97 files ([MS-DOC]) stream by stream, so that every property in a test is in plain sight."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from tests.readers.compound_files import compound

_TEXT_AT = 0x800
DELETED, INSERTED, HIDDEN = (struct.pack("<HB", number, 1) for number in (0x0800, 0x0801, 0x083C))
IN_TABLE = struct.pack("<HB", 0x2416, 1)
ROW_END = IN_TABLE + struct.pack("<HB", 0x2417, 1)


@dataclass(frozen=True)
class Run:
    """Characters with properties."""

    text: str
    sprms: bytes = b""


@dataclass(frozen=True)
class Line:
    """A paragraph: its runs, its mark, its own properties and its style."""

    runs: tuple[Run, ...]
    sprms: bytes = b""
    style: int = 0
    mark: str = "\r"
    mark_sprms: bytes = b""


def line(*words: str | Run, sprms: bytes = b"", style: int = 0, mark: str = "\r", mark_sprms: bytes = b"") -> Line:
    return Line(tuple(Run(each) if isinstance(each, str) else each for each in words), sprms, style, mark, mark_sprms)


def cells(*texts: str, edges: tuple[int, ...] = (), flags: tuple[int, ...] = ()) -> list[Line]:
    """A table row: a paragraph a cell, then the one that ends the row and tells how it is divided."""
    edges = edges or tuple(2000 * at for at in range(len(texts) + 1))
    flags = flags or (0,) * len(texts)
    table = struct.pack(f"<B{len(edges)}h", len(texts), *edges) + b"".join(struct.pack("<H18x", flag) for flag in flags)
    definition = struct.pack("<HH", 0xD608, len(table) + 1) + table
    return [*(line(text, sprms=IN_TABLE, mark="\x07") for text in texts), line("", sprms=ROW_END + definition, mark="\x07")]


def symbol(font: int, code: int) -> Run:
    return Run("(", struct.pack("<HHH", 0x6A09, font, code))


def listed(text: str, level: int = 0, number: int = 1) -> Line:
    return line(text, sprms=struct.pack("<HBHH", 0x260A, level, 0x460B, number))


@dataclass
class Word97:
    """The stories of a file and its tables beside them."""

    main: list[Line]
    footnotes: list[Line] = field(default_factory=list)
    headers: list[list[Line]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    boxes: list[Line] = field(default_factory=list)
    fonts: tuple[str, ...] = ("宋体", "Wingdings 2")
    levels: tuple[tuple[int, str], ...] = ()  # (writing, text with \0 … \x08 for the numbers) of the one list
    styles: tuple[tuple[int, bytes], ...] = ()  # (based on, sprms) from style 0 on
    data: bytes = b""
    flags: int = 0x0200
    kind: int = 0xA5EC
    compressed: bool = False


def doc(word: Word97 | list[Line]) -> bytes:
    """The file of these stories."""
    return compound(streams(word if isinstance(word, Word97) else Word97(word)))


def streams(word: Word97) -> dict[str, bytes]:
    header_lines = [each for story in word.headers for each in story]
    comment_lines = [line("\x05" + text) for text in word.comments]
    stories = [word.main, word.footnotes, header_lines, [], comment_lines, [], word.boxes, []]
    lines = [each for story in stories for each in story]
    text = "".join(_text(each) for each in lines)
    width = 1 if word.compressed else 2
    raw = text.encode("cp1252") if word.compressed else text.encode("utf-16-le")
    main = bytearray(_TEXT_AT) + raw
    main += bytes(-len(main) % 512)
    table = bytearray(b"\0" * 8)
    fib: dict[int, tuple[int, int]] = {}

    def put(index: int, content: bytes, size: int | None = None) -> None:
        fib[index] = (len(table), len(content) if size is None else size)
        table.extend(content)

    units = len(text.encode("utf-16-le")) // 2
    where = (_TEXT_AT * 2) | 0x4000_0000 if word.compressed else _TEXT_AT
    pieces = struct.pack("<LLHLH", 0, units, 0, where, 0)
    put(33, b"\x02" + struct.pack("<L", len(pieces)) + pieces)
    characters, paragraphs = _runs(lines, width)
    for index, runs in ((12, characters), (13, paragraphs)):
        places, pages = [], []
        for page, chunk in _paged(runs, 13 if index == 13 else 1):
            places.append(chunk[0][0])
            pages.append(len(main) // 512)
            main += page
        last = runs[-1][1]
        put(index, struct.pack(f"<{len(places) + 1}L", *places, last) + struct.pack(f"<{len(pages)}L", *pages))
    put(15, _fonts(word.fonts))
    starts = [0]
    for story in word.headers:
        starts.append(starts[-1] + sum(len(_text(each)) for each in story))
    put(11, struct.pack(f"<{len(starts) + 1}L", *starts, starts[-1] + 1) if word.headers else b"")
    ends = [0]
    for text_of_comment in comment_lines:
        ends.append(ends[-1] + len(_text(text_of_comment)))
    put(5, struct.pack(f"<{len(ends) + 1}L", *ends, ends[-1] + 1) if comment_lines else b"")
    put(1, _styles(word.styles))
    if word.levels:
        size, content = _list(word.levels)
        put(73, content, size)
        put(74, struct.pack("<lLLLBBBB", 1, 7, 0, 0, 0, 0, 0, 0) + struct.pack("<L", 0xFFFFFFFF))
    struct.pack_into("<HH6xH", main, 0, word.kind, 0xC1, word.flags)
    for index, story in enumerate(stories):
        struct.pack_into("<L", main, 0x4C + 4 * index, sum(len(_text(each).encode("utf-16-le")) // 2 for each in story))
    for index, (start, length) in fib.items():
        struct.pack_into("<LL", main, 0x9A + 8 * index, start, length)
    found = {"WordDocument": bytes(main), "1Table": bytes(table)}
    return {**found, "Data": word.data} if word.data else found


def _text(each: Line) -> str:
    return "".join(run.text for run in each.runs) + each.mark


def _runs(lines: list[Line], width: int) -> tuple[list[tuple[int, int, bytes]], list[tuple[int, int, bytes]]]:
    """Character and paragraph runs as (from, to, entry), in file positions."""
    characters, paragraphs, at = [], [], _TEXT_AT
    for each in lines:
        begin = at
        for run in (*each.runs, Run(each.mark, each.mark_sprms)):
            end = at + width * (len(run.text.encode("utf-16-le")) // 2)
            if end > at:
                characters.append((at, end, bytes([len(run.sprms)]) + run.sprms if run.sprms else b""))
            at = end
        body = struct.pack("<H", each.style) + each.sprms
        body += bytes(len(body) % 2)
        paragraphs.append((begin, at, bytes([0, len(body) // 2]) + body))
    return characters, paragraphs


def _paged(runs: list[tuple[int, int, bytes]], entry: int) -> list[tuple[bytes, list[tuple[int, int, bytes]]]]:
    pages, chunk, used = [], [], 5
    for run in runs:
        need = 4 + entry + len(run[2]) + 1
        if chunk and used + need > 500:
            pages.append((_page(chunk, entry), chunk))
            chunk, used = [], 5
        chunk.append(run)
        used += need
    pages.append((_page(chunk, entry), chunk))
    return pages


def _page(runs: list[tuple[int, int, bytes]], entry: int) -> bytes:
    page = bytearray(512)
    struct.pack_into(f"<{len(runs) + 1}L", page, 0, *(start for start, _, _ in runs), runs[-1][1])
    top = 510
    for index, (_, _, content) in enumerate(runs):
        if content:
            top -= len(content) + len(content) % 2
            page[top : top + len(content)] = content
            page[4 * (len(runs) + 1) + entry * index] = top // 2
    page[511] = len(runs)
    return bytes(page)


def _fonts(names: tuple[str, ...]) -> bytes:
    entries = b"".join(bytes([39 + 2 * len(name) + 2]) + bytes(39) + name.encode("utf-16-le") + b"\0\0" for name in names)
    return struct.pack("<HH", len(names), 0) + entries


def _styles(styles: tuple[tuple[int, bytes], ...]) -> bytes:
    entries = b""
    for base, properties in styles:
        papx = struct.pack("<HH", len(properties) + 2, 0) + properties
        body = struct.pack("<HHHHH", 0, base << 4 | 1, 1, 0, 0) + struct.pack("<H", 1) + "s".encode("utf-16-le") + b"\0\0" + papx
        entries += struct.pack("<H", len(body)) + body
    return struct.pack("<HHH", 4, len(styles), 10) + entries


def _list(levels: tuple[tuple[int, str], ...]) -> tuple[int, bytes]:
    """The table of lists with one list, and its levels behind it. A level without text fills up the nine."""
    head = struct.pack("<h", 1) + struct.pack("<lL18xBB", 7, 0, 0, 0)
    body = b""
    for writing, text in [*levels, *[(0, "")] * (9 - len(levels))]:
        body += (
            struct.pack("<lBB", 1, writing, 0) + bytes(18) + bytes([0, 0, 0, 0]) + struct.pack("<H", len(text)) + text.encode("utf-16-le")
        )
    return len(head), head + body
