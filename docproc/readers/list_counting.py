"""Lists that count: their levels, how numbers go on and start anew, and what a number shows. The same for .docx and .doc.

ISO/IEC 29500-1 §17.9, [MS-DOC] 2.9.147: all lists of one abstract list count on together, save where one says that it starts anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from docproc.readers.word_numerals import written
from docproc.readers.word_symbols import CROSSED, EMPTY, TICKED, in_font

LEVELS: Final = 9
_PLACEHOLDER: Final = re.compile(r"%([1-9])")
_BOXES: Final = frozenset({EMPTY, TICKED, CROSSED, "□", "■", "○"})
_CLOSING: Final = "、，。．：；）》】〕”’　"  # full-width marks bring their own space


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how it counts and what it shows."""

    text: str = ""
    writing: str = "decimal"
    pattern: str = ""
    start: int = 1
    restart: int | None = None  # the level (from 1) whose step makes this one start anew; 0 never; None any higher one
    legal: bool = False  # all numbers shown here as plain digits
    hidden: bool = False
    style: str = ""
    font: str = ""


@dataclass(slots=True)
class Abstract:
    """An abstract list: its levels, and how far each has counted."""

    levels: Mapping[int, Level]
    counters: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class NumberedList:
    """A w:num: its abstract list, with levels of its own and start values that hold from its first use on."""

    abstract: Abstract
    own: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)
    begun: bool = False

    def level(self, index: int) -> Level:
        """What holds for a level of this list."""
        return self.own.get(index) or self.abstract.levels.get(index) or Level()


def count(found: NumberedList, index: int) -> str:
    """Counts one paragraph at this level of the list, and what it shows."""
    counters = found.abstract.counters
    if not found.begun:
        found.begun = True
        for started in found.starts:
            counters.pop(started, None)
    level = found.level(index)
    counters[index] = counters[index] + 1 if index in counters else found.starts.get(index, level.start)
    for higher in range(index):
        counters.setdefault(higher, found.starts.get(higher, found.level(higher).start))
    for lower in [other for other in counters if other > index]:
        restart = found.level(lower).restart
        if restart is None or (restart and index < restart):
            del counters[lower]
    return _shown(found, level, counters)


def _shown(found: NumberedList, level: Level, counters: dict[int, int]) -> str:
    if level.hidden:
        return ""
    if level.writing == "bullet":
        # A box before an option is part of the form; every other bullet is an ornament.
        sign = in_font(level.font, level.text)
        return sign if sign in _BOXES else ""

    def filled(match: re.Match[str]) -> str:
        index = int(match.group(1)) - 1
        shown = found.level(index)
        count = counters.get(index, shown.start)
        return str(count) if level.legal else written(count, shown.writing, shown.pattern)

    text = _PLACEHOLDER.sub(filled, level.text).strip()
    return text if not text or text[-1] in _CLOSING else f"{text} "
