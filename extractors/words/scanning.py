"""Looks through a whole text at once: for its marks, and for what an expression matches.

An expression is tried only where its first two characters may stand. The standard library tries one at each character; here all pairs of
characters of a text are looked up at once in a table that is read off the expression. What is found is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from extractors.words.anchors import first_pairs, third_characters
from extractors.words.word_tree import codes

SHORTEST = 1000  # code points from which on a table pays
_BEYOND = 0x10000  # stands for all characters that are rare enough to be tried always


def scan(expression: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The same as `expression.finditer(text)`."""
    pairs = _pairs(expression) if len(text) >= SHORTEST else None
    if pairs is None:
        yield from expression.finditer(text)
        return
    reached = 0
    match = expression.match
    thirds = third_characters(expression.pattern)
    for place in pairs.places(codes(text)).tolist():
        if place < reached or ((third := thirds.get(text[place : place + 2])) is not None and text[place + 2 : place + 3] not in third):
            continue
        if (found := match(text, place)) is not None:
            reached = found.end()
            yield found


def split(text: str, ending: str, dividing: str, shortest: int) -> list[tuple[int, int]]:
    """The stretches between some characters, of at least `shortest` characters; one of `ending` behind a stretch is part of it."""
    read = codes(text)
    marks = np.flatnonzero(_members(ending + dividing).take(read, mode="clip"))
    starts = np.append(0, marks + 1)
    ends = np.append(marks, len(text))
    filled = ends > starts
    ends[:-1] += _members(ending).take(read[marks], mode="clip")
    kept = np.flatnonzero(filled & (ends - starts >= shortest))
    return list(zip(starts[kept].tolist(), ends[kept].tolist(), strict=True))


@cache
def _members(characters: str) -> NDArray[np.bool_]:
    """For each code point, whether it is one of these characters; the last stands for all beyond."""
    found = np.zeros(max(map(ord, characters)) + 2, np.bool_)
    found[list(map(ord, characters))] = True
    return found


@cache
def _pairs(expression: re.Pattern[str]) -> _Pairs | None:
    pairs = None if expression.flags & (re.IGNORECASE | re.VERBOSE) else first_pairs(expression.pattern)
    narrow = pairs and any(following is not None for following in pairs.values())
    return _Pairs(pairs) if pairs and narrow else None  # where any character may follow the first, a table leaves out too little


class _Pairs:
    """Where in a text the pairs of characters stand that an expression's matches may begin with."""

    def __init__(self, pairs: Mapping[int, frozenset[int] | None]) -> None:
        seconds = sorted({second for following in pairs.values() if following for second in following if second < _BEYOND})
        self._first = _numbered([first for first in sorted(pairs) if first < _BEYOND])
        self._second = _numbered(seconds)
        self._width = len(seconds) + 2
        table = np.zeros((int(self._first.max()) + 1, self._width), np.bool_)
        table[self._first[_BEYOND]] = True
        table[1:, self._second[_BEYOND]] = True
        for first, following in pairs.items():
            if first < _BEYOND:
                places = self._second[[each for each in following if each < _BEYOND]] if following is not None else slice(None)
                table[self._first[first], places] = True
        self._table = table.ravel()

    def places(self, read: NDArray[np.uint32]) -> NDArray[np.int64]:
        """The places of such pairs in a text, given as code points."""
        first = self._first.take(read, mode="clip")
        second = self._second.take(read[1:], mode="clip")
        first *= self._width
        first[:-1] += second
        return np.flatnonzero(self._table.take(first)).astype(np.int64)


def _numbered(characters: list[int]) -> NDArray[np.int32]:
    """A number for each of some characters, from 1 on, by their code points; the last for all beyond, 0 for the others."""
    numbers = np.zeros(_BEYOND + 1, np.int32)
    numbers[characters] = np.arange(1, len(characters) + 1)
    numbers[_BEYOND] = len(characters) + 1
    return numbers
