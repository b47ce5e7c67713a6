"""Step: text decoded with the wrong table: UTF-8 read as GBK (鏅鸿兘 is 智能), Big5 or Latin-1 (æ™ºèƒ½), GBK read as Big5 or Latin-1
(ÖÇÄÜ), Big5 read as GBK or Latin-1, UTF-16 in the wrong byte order or read as bytes.

A run is put right only where it is unlike Chinese and its bytes, decoded the other way, are good Chinese from end to end: then the bytes
prove it. A character whose bytes were lost on the way becomes U+FFFD and is reported as lost. 锟斤拷 cannot be undone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from docproc.text.align import Edit

_RUN = re.compile("[^\x00-\x7f]{3,}")
_WESTERN_CHARACTERS = "\x80-\xff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2026\u2030\u2039\u203a\u20ac\u2122"
_WESTERN = re.compile(f"(?:[{_WESTERN_CHARACTERS}][{_WESTERN_CHARACTERS}@-~]){{2,}}[{_WESTERN_CHARACTERS}]?")
_WESTERN_CHARACTER = re.compile(f"[{_WESTERN_CHARACTERS}]")
_FEWEST = 2  # characters of good Chinese that a run must give
_UNLIKE = 0.2  # share of characters that Chinese text has none of, for a run to be doubted
_BEFORE_DOUBT, _LONGEST_ISLAND = 2, 600  # characters
_LOST = "\ufffd"
_GAP = b"\xff"  # stands for lost bytes: no encoding here has it
_MOST_LOST = 0.34
_FAMILIAR = 0.4  # share of characters from common words, where the bytes alone would prove too little
_MARKS = "　、。·—～…‘’“”〔〕〈〉《》「」『』【】！（），．：；？％〇①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤ°±×÷§－–→●○■□☑√★▲℃㎡￥"
_NAMES = {
    "utf-8": "UTF-8",
    "gbk": "GBK",
    "gb18030": "GBK",
    "big5": "Big5",
    "western": "Latin-1",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
}
_OTHER_FORMS = "爲裏綫衆羣僞啓着説産強麼幷"  # common, and missing from the planes that are asked
_MEANT = ("utf-8", "gbk", "big5", "utf-16-le", "utf-16-be")
_SHOWN = ("western", "gb18030", "big5", "utf-16-le", "utf-16-be")


def unlikely() -> str:
    """The class of the characters that text which was decoded rightly has none of."""
    return f"[^{re.escape(''.join(sorted(likely_characters())))}]"


def undo_wrong_decoding(text: str) -> Iterator[Edit]:
    doubts = [found.start() for found in _unlikely().finditer(text)]
    if not doubts:
        return
    if len(doubts) >= _UNLIKE * (len(text) - len(text.encode("ascii", "ignore"))):
        edits = _whole(text)
        if edits:
            yield from edits
            return
    western = any(_WESTERN_CHARACTER.match(text, doubt) for doubt in doubts)
    yield from (western and _western_runs(text)) or _other_runs(text, doubts)


def _western_runs(text: str) -> list[Edit]:
    readings = ((found, _western(found[0])) for found in _WESTERN.finditer(text))
    return [Edit(found.start(), found.end(), new, "编码误判：按 Latin-1 解错的文字还原") for found, new in readings if new]


def _other_runs(text: str, doubts: list[int]) -> Iterator[Edit]:
    first = 0
    for found in _RUN.finditer(text):
        if first == len(doubts):
            return
        if doubts[first] >= found.end():
            continue
        last = bisect_left(doubts, found.end(), first)
        places = [doubt - found.start() for doubt in doubts[bisect_left(doubts, found.start(), first, last) : last]]
        first = last
        if not places:
            continue
        edits = list(_runs(found.start(), found[0])) if len(places) >= _UNLIKE * len(found[0]) else []
        yield from edits or _islands(found.start(), found[0], places)


def _islands(place: int, run: str, doubts: list[int]) -> Iterator[Edit]:
    """UTF-8 read as GBK in the midst of text that was read rightly: as far as its bytes are UTF-8."""
    reached = 0
    for doubt in doubts:
        for start in range(max(reached, doubt - _BEFORE_DOUBT), doubt + 1):
            if not _starts_like_utf8(run[start]):
                continue
            part = run[start : start + _LONGEST_ISLAND]
            raw = _bytes(part, "gb18030")
            new = _valid_start(raw)
            if not new or not _is_chinese(new):
                continue
            length = len(new.encode("utf-8"))
            end = start + len(raw[:length].decode("gb18030", "ignore"))
            if end > doubt and _bytes(run[start:end], "gb18030") == raw[:length]:
                yield from _edits(place + start, run[start:end], new, "gb18030", "utf-8")
                reached = end
                break


def _starts_like_utf8(character: str) -> bool:
    """Whether a character's first byte in GBK is one that a Chinese character or mark begins with in UTF-8."""
    return b"\xe2" <= character.encode("gb18030", "ignore")[:1] <= b"\xef"


def _valid_start(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return raw[: error.start].decode("utf-8")


def _runs(place: int, run: str) -> Iterator[Edit]:
    for shown, meant in (("gb18030", "utf-8"), ("big5", "utf-8"), ("gb18030", "big5"), ("big5", "gbk")):
        raw = _bytes(run, shown)
        new = _decoded(raw, meant) if raw else ""
        if new and (meant == "utf-8" or (len(new) > 2 * _FEWEST and _familiar(new) >= _FAMILIAR)):
            yield from _edits(place, run, new, shown, meant)
            return


def _edits(place: int, run: str, new: str, shown: str, meant: str) -> Iterator[Edit]:
    reason = f"编码误判：{_NAMES[meant]} 按 {_NAMES[shown]} 解错的文字还原"
    yield from (Edit(place + start, place + end, piece, reason) for start, end, piece in _pieces(run, new, shown, meant))


def _pieces(run: str, new: str, shown: str, meant: str) -> Iterator[tuple[int, int, str]]:
    """The run in the smallest parts that are whole characters both ways; one part where bytes were lost."""
    if _LOST in new or _LOST in run:
        yield 0, len(run), new
        return
    start = first = 0
    end = old_bytes = new_bytes = 0
    for last, character in enumerate(new, 1):
        new_bytes += _size(character, meant)
        while old_bytes < new_bytes:
            old_bytes += _size(run[end], shown)
            end += 1
        if old_bytes == new_bytes:
            yield start, end, new[first:last]
            start, first = end, last


@cache
def _size(character: str, encoding: str) -> int:
    return len(_bytes(character, encoding))


def _bytes(run: str, encoding: str) -> bytes:
    """The bytes behind a run; as Windows reads GBK, 0x80 alone is the euro sign. Nothing where the table has no such character."""
    if encoding == "western":
        pieces = list(map(_western_byte, run))
        return b"".join(pieces) if all(pieces) else b""
    if _LOST not in run and "€" not in run:
        try:
            return run.encode(encoding)
        except UnicodeEncodeError:
            return b""
    pieces = []
    for character in run:
        try:
            pieces.append(_GAP if character == _LOST else b"\x80" if character == "€" else character.encode(encoding))
        except UnicodeEncodeError:
            return b""
    return b"".join(pieces)


def _decoded(raw: bytes, encoding: str) -> str:
    """The bytes read another way where that gives good Chinese; characters whose bytes were lost are marked, in UTF-8 alone."""
    try:
        new = raw.decode(encoding)
    except UnicodeDecodeError:
        if encoding != "utf-8":
            return ""
        new = re.sub(f"{_LOST}+", _LOST, raw.decode(encoding, "replace"))
        if new.count(_LOST) > max(1, _MOST_LOST * len(new)):
            return ""
    return new if _is_chinese(new.replace(_LOST, "")) else ""


def _western(run: str) -> str:
    raw = b"".join(map(_western_byte, run))
    readings = [new for new in (_decoded(raw, "utf-8"), _decoded(raw, "gbk"), _decoded(raw, "big5")) if new]
    return max(readings, key=_familiar, default="")


@cache
def _western_byte(character: str) -> bytes:
    for encoding in ("cp1252", "latin-1"):
        try:
            return character.encode(encoding)
        except UnicodeEncodeError:
            continue
    return _GAP if character == _LOST else b""


def _whole(text: str) -> list[Edit]:
    """A text that was read with one wrong table from end to end, with nothing lost."""
    readings: list[tuple[float, str, str, str]] = []
    for shown in _SHOWN:
        raw = b"" if _LOST in text else _bytes(text, shown)
        for meant in _MEANT if raw else ():
            try:
                new = raw.decode(meant)
            except UnicodeDecodeError:
                continue
            if shown != meant and _is_chinese(re.sub("[\ufeff\t\r\n -~]", "", new)):
                familiar = _familiar(new)
                if meant == "utf-8" or familiar >= _FAMILIAR:
                    readings.append((familiar, new, shown, meant))
    if not readings:
        return []
    _, new, shown, meant = max(readings, key=lambda each: each[0])
    return list(_edits(0, text, new, shown, meant))


def _familiar(text: str) -> float:
    """The share of a text that is characters of the words that official Chinese is full of."""
    from docproc.text.lexicon import common_characters

    known = common_characters()
    return sum(character in known for character in text) / len(text)


def _is_chinese(text: str) -> bool:
    """Whether a text is common characters and marks throughout, mostly characters."""
    han = sum("\u4e00" <= character <= "\u9fff" for character in text)
    return han >= max(_FEWEST, len(text) // 2) and set(text) <= _common()


@cache
def _common() -> frozenset[str]:
    """GB 2312's first level, Big5's frequent plane, and the marks of both."""
    return frozenset(_OTHER_FORMS) | frozenset(_table("gb2312", 0xA1, 0xD7)) | frozenset(_table("big5", 0xA1, 0xC6))


@cache
def _unlikely() -> re.Pattern[str]:
    return re.compile(unlikely())


@cache
def likely_characters() -> frozenset[str]:
    """What text that was decoded rightly is made of; GB 2312's second level is for names."""
    ascii_ = frozenset(map(chr, range(9, 127)))
    return ascii_ | frozenset(_MARKS + _OTHER_FORMS) | frozenset(_table("gb2312", 0xB0, 0xF7)) | frozenset(_table("big5", 0xA4, 0xC6))


def _table(encoding: str, first: int, last: int) -> Iterator[str]:
    for lead in range(first, last + 1):
        for trail in range(0x40, 0xFF):
            try:
                yield bytes((lead, trail)).decode(encoding)
            except UnicodeDecodeError:
                continue
