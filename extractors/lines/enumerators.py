"""What numbers or marks an item: 1. （一） ② •. It is none of the words of the sentence behind it."""

from __future__ import annotations

import re

HAN_NUMERALS = "一二三四五六七八九十"  # the only letters that an enumerator begins with
_ENUMERATOR = re.compile(
    r"\s*(?:[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)][、.．]?|[一二三四五六七八九十]{1,3}[、．]|\d{1,2}(?:[、．]|\.(?!\d)|[）)])|[①-⑳]|[•·])"
    r"\s*(?=[^\s\d：:]|(?:19|20)\d\d)"
)


def number_at(text: str, start: int, end: int) -> int:
    """Where the number of an item ends that stands at a place; the place itself where none does."""
    first = text[start : start + 1]
    if first.isalpha() and first not in HAN_NUMERALS:
        return start
    found = _ENUMERATOR.match(text, start, end)
    return found.end() if found else start
