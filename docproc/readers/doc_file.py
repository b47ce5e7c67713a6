"""A Word 97-2003 file (.doc, .wps) as its streams hold it: the text by pieces, the stories, and the properties of stretches of it.

[MS-DOC]: the file information block (2.5), the piece table (2.8.35, 2.9.38), formatted disk pages (2.9.33, 2.9.175). A character
position (CP) counts UTF-16 units through all stories; a file position (FC) is where those stand in the WordDocument stream.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import Final

from docproc.readers.unread import Unreadable

_WORD_97: Final = 0xA5EC  # wIdent; Word 6 and 95 have 0xA5DC
_OLDER: Final = frozenset({0xA5DC, 0xA59B, 0xA59C, 0xA699, 0xA5DB, 0xA697, 0xA698})
_ENCRYPTED: Final = 0x0100
_TABLE_1: Final = 0x0200
_COMPRESSED: Final = 0x4000_0000
_PAGE: Final = 512
_MOST: Final = 64 * 1024 * 1024  # units of text: a form of 1,000 pages has about one million
_STORIES: Final = (
    ("main", 3), ("footnote", 4), ("header", 5), ("macro", 6), ("comment", 7), ("endnote", 8), ("box", 9), ("header_box", 10),
)  # fmt: skip

COMMENT_TEXT, HEADERS, CHARACTERS, PARAGRAPHS, FONTS, PIECES, BOX_TEXT = 5, 11, 12, 13, 15, 33, 56


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that lies in one place: `count` units from `cp` on, at `fc`, one or two bytes each."""

    cp: int
    count: int
    fc: int
    width: int


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of file positions with its properties: a list of sprms, and the style (of paragraphs)."""

    start: int
    end: int
    sprms: bytes
    style: int = 0


class DocFile:
    """The streams of one file. Raises Unreadable for one that is encrypted, damaged or of another kind."""

    def __init__(self, data: bytes) -> None:
        import olefile

        try:
            with olefile.OleFileIO(BytesIO(data)) as ole:
                self.word = _stream(ole, "WordDocument")
                flags = self._head()
                self.table = _stream(ole, "1Table" if flags & _TABLE_1 else "0Table")
                self.data = _stream(ole, "Data") if ole.exists("Data") else b""
        except (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, OverflowError, struct.error) as error:
            raise Unreadable("damaged", "文件结构不完整") from error
        try:
            self.pieces = list(self._pieces())
        except struct.error as error:
            raise Unreadable("damaged", "找不到正文") from error
        self._starts = [piece.cp for piece in self.pieces]
        self.text = "".join(self._decoded())
        self.stories = self._stories()

    def _head(self) -> int:
        if len(self.word) < 0x200:
            raise Unreadable("damaged", "文件结构不完整")
        kind, flags = struct.unpack_from("<H8xH", self.word)
        if kind in _OLDER:
            raise Unreadable("older")
        if kind != _WORD_97:
            raise Unreadable("damaged", "不是 Word 文档")
        if flags & _ENCRYPTED:
            raise Unreadable("encrypted")
        return int(flags)

    def part(self, index: int) -> bytes:
        """A structure of the table stream by its number in FibRgFcLcb97; empty where the file has none."""
        try:
            start, size = struct.unpack_from("<LL", self.word, 0x9A + 8 * index)
        except struct.error:
            return b""
        return self.table[start : start + size]

    def places(self, index: int, size: int = 0) -> tuple[int, ...]:
        """The positions of a PLC: one more than its entries, of `size` bytes each."""
        data = self.part(index)
        count = (len(data) - 4) // (4 + size) + 1 if len(data) >= 4 else 0
        return struct.unpack_from(f"<{count}L", data) if count else ()

    def position(self, cp: int) -> int:
        """The file position of a character."""
        piece = self.pieces[max(0, bisect_right(self._starts, cp) - 1)]
        return piece.fc + (cp - piece.cp) * piece.width

    def characters(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The character positions that lie at these file positions."""
        for piece in self.pieces:
            low, high = max(start, piece.fc), min(end, piece.fc + piece.count * piece.width)
            if low < high:
                yield piece.cp + (low - piece.fc) // piece.width, piece.cp + (high - piece.fc + piece.width - 1) // piece.width

    def runs(self, index: int) -> Iterator[Run]:
        """The stretches that CHARACTERS or PARAGRAPHS tell properties of, in the order of the file."""
        data = self.part(index)
        count = max(0, (len(data) - 4) // 8)
        seen: set[int] = set()
        for number in struct.unpack_from(f"<{count}L", data, 4 * (count + 1)) if count else ():
            at = (number & 0x3FFFFF) * _PAGE
            if at + _PAGE <= len(self.word) and at not in seen:
                seen.add(at)
                yield from _page(self.word[at : at + _PAGE], paragraphs=index == PARAGRAPHS)

    def fonts(self) -> list[str]:
        """The names of the fonts by number."""
        data = self.part(FONTS)
        names, at = [], 4
        while at < len(data):
            size = data[at] + 1
            raw = data[at + 40 : at + size]
            names.append((raw[: len(raw) & ~1].decode("utf-16-le", "replace") + "\0").partition("\0")[0])
            at += size
        return names

    def _pieces(self) -> Iterator[Piece]:
        data, at = self.part(PIECES), 0
        while at < len(data) and data[at] == 1:  # a list of properties that pieces refer to
            at += 3 + struct.unpack_from("<H", data, at + 1)[0]
        if at >= len(data) or data[at] != 2:
            raise Unreadable("damaged", "找不到正文")
        size = min(struct.unpack_from("<L", data, at + 1)[0], len(data) - at - 5)
        count = (size - 4) // 12
        places = struct.unpack_from(f"<{count + 1}L", data, at + 5)
        total = 0
        for number, (start, end) in enumerate(pairwise(places)):
            where = struct.unpack_from("<L", data, at + 5 + 4 * (count + 1) + 8 * number + 2)[0]
            width = 1 if where & _COMPRESSED else 2
            fc = (where & 0x3FFF_FFFF) // (1 if width == 2 else 2)
            units = min(max(0, end - start), max(0, len(self.word) - fc) // width)
            total += units
            if total > _MOST:
                raise Unreadable("too_large", "正文过长")
            if units:
                yield Piece(start, units, fc, width)

    def _decoded(self) -> Iterator[str]:
        """One character a unit, so that positions count; halves of a pair stand apart until they are written."""
        reached = 0
        for piece in self.pieces:
            if piece.cp != reached:
                raise Unreadable("damaged", "正文不连续")
            raw = self.word[piece.fc : piece.fc + piece.count * piece.width]
            if piece.width == 1:
                yield raw.decode("cp1252", "replace")
            else:
                units = array("H", raw)
                if struct.pack("=H", 1) != struct.pack("<H", 1):
                    units.byteswap()
                yield "".join(map(chr, units))
            reached += piece.count

    def _stories(self) -> dict[str, tuple[int, int]]:
        stories, at = {}, 0
        for name, index in _STORIES:
            count = max(0, struct.unpack_from("<l", self.word, 0x40 + 4 * index)[0])
            stories[name] = (min(at, len(self.text)), min(at + count, len(self.text)))
            at += count
        return stories


def _stream(ole: object, name: str) -> bytes:
    return bytes(ole.openstream(name).read())  # type: ignore[attr-defined]


def _page(page: bytes, *, paragraphs: bool) -> Iterator[Run]:
    """The runs of one formatted disk page."""
    count = page[-1]
    if 4 * (count + 1) + count * (13 if paragraphs else 1) > _PAGE:
        return
    places = struct.unpack_from(f"<{count + 1}L", page)
    for number, (start, end) in enumerate(pairwise(places)):
        at = page[4 * (count + 1) + number * (13 if paragraphs else 1)] * 2
        if start >= end:
            continue
        if not paragraphs:
            yield Run(start, end, page[at + 1 : at + 1 + page[at]] if at else b"")
        elif at + 2 < _PAGE:
            size, begin = (2 * page[at] - 1, at + 1) if page[at] else (2 * page[at + 1], at + 2)
            body = page[begin : begin + max(0, size)]
            yield Run(start, end, body[2:], int.from_bytes(body[:2], "little"))


def sprms(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The single properties of a list: number and operand ([MS-DOC] 2.6, the operand's size is in the number's upper bits)."""
    at = 0
    while at + 2 <= len(data):
        number = int.from_bytes(data[at : at + 2], "little")
        at += 2
        size = (1, 1, 2, 4, 2, 2, 0, 3)[number >> 13]
        if number >> 13 == 6:
            if number == 0xD608:  # sprmTDefTable: two bytes of length, one too many
                size = max(0, int.from_bytes(data[at : at + 2], "little") - 1)
                at += 2
            else:
                size = data[at] if at < len(data) else 0
                at += 1
        yield number, data[at : at + size]
        at += size
