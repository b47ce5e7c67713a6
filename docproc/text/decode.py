"""Step: text decoded with the wrong table: UTF-8 read as GBK (鏅鸿兘 is 智能) or as Latin-1 (æ™ºèƒ½), GBK read as Latin-1 (ÖÇÄÜ).

A run is put right only where its bytes, decoded the other way, are good Chinese from end to end: then the bytes prove it. A character cut
off at the run's end (its last bytes fell on nothing) becomes U+FFFD and is reported as lost. 锟斤拷 cannot be undone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docproc.text.align import Edit

_RUN = re.compile("[^\x00-\x7f\ufffd]{3,}")
_LATIN = re.compile(
    "[\x80-\xff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2026\u2030\u2039\u203a\u20ac\u2122]{4,}"
)
_FEWEST = 2  # characters of good Chinese that a run must give
_LOST = "\ufffd"


def undo_wrong_decoding(text: str) -> Iterator[Edit]:
    for found in _RUN.finditer(text):
        for start, end, new, table in _readings(found):
            yield Edit(start, end, new, f"编码误判：按 {table} 解错的文字还原")


def _readings(found: re.Match[str]) -> Iterator[tuple[int, int, str, str]]:
    run = found[0]
    if _LATIN.fullmatch(run):
        raw = b"".join(_western_byte(character) for character in run)
        new = _utf8(raw) or _gbk(raw)
        if new:
            yield found.start(), found.end(), new, "Latin-1"
        return
    if _starts_like_utf8(run) and (new := _utf8(_gbk_bytes(run))):
        yield found.start(), found.end(), new, "GBK"


def _starts_like_utf8(run: str) -> bool:
    """Whether the run's first byte in GBK is one that a Chinese character or mark begins with in UTF-8."""
    lead = run[0].encode("gbk", "ignore")[:1]
    return b"\xe2" <= lead <= b"\xef"


def _gbk_bytes(run: str) -> bytes:
    """The bytes behind a run as Windows reads GBK, where 0x80 alone is the euro sign."""
    try:
        return b"".join(b"\x80" if character == "€" else character.encode("gbk") for character in run)
    except UnicodeEncodeError:
        return b""


def _western_byte(character: str) -> bytes:
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1", "ignore")


def _utf8(raw: bytes) -> str:
    """The run read as UTF-8 where that gives good Chinese; a character cut off at the end is marked lost."""
    try:
        new = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.end < len(raw) or len(raw) - error.start > 2:
            return ""
        new = raw[: error.start].decode("utf-8")
        return new + _LOST if _is_chinese(new) else ""
    return new if _is_chinese(new) else ""


def _gbk(raw: bytes) -> str:
    try:
        new = raw.decode("gbk")
    except UnicodeDecodeError:
        return ""
    return new if _is_chinese(new) else ""


def _is_chinese(text: str) -> bool:
    """Whether a text is common characters and marks throughout (GB 2312 level 1, or Big5's frequent plane), mostly characters."""
    han = sum("\u4e00" <= character <= "\u9fff" for character in text)
    return han >= max(_FEWEST, len(text) // 2) and all(_is_common(character) for character in text)


def _is_common(character: str) -> bool:
    for encoding, first, last in (("gb2312", 0xA1, 0xD7), ("big5", 0xA1, 0xC6)):
        try:
            if first <= character.encode(encoding)[0] <= last:
                return True
        except UnicodeEncodeError:
            continue
    return False
