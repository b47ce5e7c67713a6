"""Where a family's words stand in a text: found in one pass, and asked for by stretch."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator

from docproc.model import Span
from extractors.words.anchored import Anchored
from extractors.words.scanning import scan

Finder = Callable[[str], Iterator[Span]]


class Nouns:
    """The words for what a family looks for, in one text."""

    def __init__(self, text: str, find: Finder) -> None:
        self.places = list(find(text))
        self._find = find
        self._starts = [place.start for place in self.places]

    def within(self, start: int, end: int) -> bool:
        """Whether one of them stands in text[start:end]."""
        first = bisect_left(self._starts, start)
        return first < len(self.places) and self.places[first].end <= end

    def named(self, words: str) -> bool:
        """Whether other words, such as a heading, hold one of them."""
        return next(self._find(words), None) is not None


def lines_with(sign: re.Pattern[str] | Anchored, text: str) -> Iterator[Span]:
    """The lines in which an expression that matches no line break is found, in order."""
    reached = 0
    for found in sign.finditer(text) if isinstance(sign, Anchored) else scan(sign, text):
        if found.start() >= reached:
            end = text.find("\n", found.start())
            reached = len(text) if end < 0 else end
            yield Span(text.rfind("\n", 0, found.start()) + 1, reached)
