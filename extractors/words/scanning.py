"""Looks through a whole text at once: for its marks, and for what an expression matches.

An expression is tried only where its first characters may stand, which are read off the expression itself; the standard library tries
one at each character. What is found is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

from extractors.words.anchors import first_pairs, third_characters
from extractors.words.beginnings import Beginnings, codes

SHORTEST = 1000  # code points from which on a table pays


def scan(expression: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The same as `expression.finditer(text)`."""
    beginnings = _beginnings(expression) if len(text) >= SHORTEST else None
    if beginnings is None:
        yield from expression.finditer(text)
        return
    reached = 0
    match = expression.match
    for place in beginnings.places(text).tolist():
        if place >= reached and (found := match(text, place)) is not None:
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
def _beginnings(expression: re.Pattern[str]) -> Beginnings | None:
    pairs = None if expression.flags & (re.IGNORECASE | re.VERBOSE) else first_pairs(expression.pattern)
    narrow = pairs and any(following is not None for following in pairs.values())
    return Beginnings(pairs, third_characters(expression.pattern)) if pairs and narrow else None  # else they leave out too little
