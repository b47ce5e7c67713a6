"""The tokens of an RTF file, and its characters: bytes in a font's code page, or Unicode with a stand-in to skip (RTF 1.9.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

#: \fcharset -> code page.
CHARSETS: Final = {
    0: "cp1252", 1: "", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 255: "cp437",
}  # fmt: skip
_PAGES: Final = {
    936: "gb18030",
    950: "cp950",
    932: "cp932",
    949: "cp949",
    65001: "utf-8",
    54936: "gb18030",
    10000: "mac_roman",
    0: "cp1252",
}
_TOKEN: Final = re.compile(rb"\\([a-zA-Z]{1,40})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\")


class Token(NamedTuple):
    """One of: a control word with its number, a control sign, a brace, or text bytes."""

    word: str = ""
    number: int | None = None
    sign: str = ""
    brace: str = ""
    text: bytes = b""
    hexed: bool = False


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens in order. Binary data after \\bin is passed over."""
    at, size = 0, len(data)
    while at < size:
        found = _TOKEN.match(data, at)
        if found is None:
            at += 1
            continue
        at = found.end()
        word, number, pair, sign, brace, text = found.groups()
        if word:
            count = None if number is None else int(number)
            if word == b"bin" and count and count > 0:
                at += count
                continue
            yield Token(word=word.decode("ascii"), number=count)
        elif pair:
            yield Token(text=bytes([int(pair, 16)]), hexed=True)
        elif sign:
            yield Token(sign=sign.decode("latin-1"))
        elif brace:
            yield Token(brace=brace.decode("ascii"))
        elif text:
            yield Token(text=text)


def code_page(number: int) -> str:
    """Python's name of a Windows code page."""
    return _PAGES.get(number, f"cp{number}")


def decoded(data: bytes, encoding: str) -> str:
    """Bytes as text; what is not valid shows as U+FFFD."""
    try:
        return data.decode(encoding or "cp1252", "replace")
    except LookupError:
        return data.decode("cp1252", "replace")
