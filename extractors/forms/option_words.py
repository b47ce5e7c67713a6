"""Words that options carry: 是, 符合, 先进级, 二级（规范级）. What stands beside a box without being one of them may be anything."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.forms.pieces import KEPT
from extractors.words.lexicon import words

_KNOWN = frozenset(words("fields", "options"))
_LEVEL = re.compile(r"(?:第?[一二三四五1-5ⅠⅡⅢⅣⅤ]级|[规划范集成优化引领]{2}级)(?:[（(][^（()）]*[）)])?")
_OF_FACTORY = re.compile(r"(?<=级)(?:智能|智慧)工厂$|(?<=型)企业$")


@lru_cache(maxsize=KEPT)
def is_option(text: str) -> bool:
    """Whether a cell, or the words beside a box, is a word that options carry: 是, 符合, a level."""
    return text in _KNOWN or _LEVEL.fullmatch(text) is not None


@lru_cache(maxsize=KEPT)
def names_option(text: str) -> bool:
    """The same, with the noun that levels and sizes may bear: 先进级智能工厂, 中型企业."""
    return is_option(text) or is_option(_OF_FACTORY.sub("", text))
