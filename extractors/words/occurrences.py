"""Where something stands in a text, asked for by stretch or by place: an expression, found in one pass; stretches that have been read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from docproc.model import Span, as_span
from extractors.words.scanning import scan


class Occurrences:
    """The places where an expression matches, in order."""

    def __init__(self, expression: re.Pattern[str], text: str) -> None:
        self.places = [as_span(found.span()) for found in scan(expression, text)]
        self._held = bytearray(len(text))  # 1 where one of them stands: sought in a stretch faster than its place in a list
        for start, end in self.places:
            self._held[start:end] = bytes((1,)) * (end - start)

    def any_in(self, start: int, end: int) -> bool:
        """Whether one of them stands in text[start:end], if only in part."""
        return self._held.find(1, start, end) >= 0


class Covered:
    """Some stretches of a text, in any order, overlapping or not."""

    def __init__(self, stretches: Iterable[Span]) -> None:
        ordered = sorted(stretches)
        self._starts = [stretch.start for stretch in ordered]
        self._reached = list(accumulate((stretch.end for stretch in ordered), max))

    def holds(self, position: int) -> bool:
        """Whether a place stands in one of them."""
        before = bisect_right(self._starts, position)
        return before > 0 and position < self._reached[before - 1]
