"""What is lost for good: it is found and reported, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docproc.text.slip import find_slipped

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010fffd"
TELLING = f"[锟烫屯\ufffd?:{_TONED}{_PRIVATE}]"
# what it is, what any such place has one of (so that sound text is not searched), and the places themselves
_KINDS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("锟斤拷：文字已在两次错误转码中丢失", "[锟烫屯]", re.compile("(?:锟斤拷|锟斤|斤拷锟|烫烫烫|屯屯屯)+[锟斤拷]*")),
    ("替换符：原字在解码时丢失", "\ufffd", re.compile("\ufffd+")),
    ("私用区字形：字体自造的符号，无法判断是什么字", f"[{_PRIVATE}]", re.compile(f"[{_PRIVATE}]+")),
    ("注音前的字已损坏", f"[{_TONED}]", re.compile(rf"[A-Za-z][(（][a-z]*[{_TONED}][a-z]*[)）]")),
    ("(cid:n)：PDF 缺少字符对照表", ":", re.compile(r"(?:\(cid:\d+\))+")),
)
_SLIPPED = "字节错位的残留，无法还原"


@dataclass(frozen=True, slots=True)
class Unrepaired:
    """Damage that stays: its range in the source text, what stands there, and what it is, in Chinese."""

    start: int
    end: int
    text: str
    reason: str


def find_lost(text: str, seen: str) -> Iterator[Unrepaired]:
    """Damage in a text, in order; the ranges are into this text. `seen`: the characters of TELLING that it may have."""
    found = [
        Unrepaired(hit.start(), hit.end(), hit[0], reason)
        for reason, needed, pattern in _KINDS
        if re.search(needed, seen)
        for hit in pattern.finditer(text)
    ]
    if "?" in seen:
        found += (Unrepaired(hit.start(), hit.end(), hit[0], _SLIPPED) for hit in find_slipped(text))
    yield from sorted(found, key=lambda each: (each.start, each.end))
