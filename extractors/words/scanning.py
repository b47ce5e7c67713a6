"""Looks through a whole text at once: for its marks, and for what an expression matches.

An expression is tried only where its first characters may stand, which are read off the expression itself; the standard library tries
one at each character. What is found is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from extractors.words.anchors import first_pairs, third_characters
from extractors.words.beginnings import Beginnings, Places, codes

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


def scan_any(expressions: Sequence[re.Pattern[str]], text: str) -> Iterator[re.Match[str]]:
    """The same as looking for all of some expressions as one choice: what matches first, and at one place the first of them that does.

    Each is tried only where its own first characters may stand; groups have the names and numbers of the expression that matches.
    """
    told: list[Places] = []
    for number, expression in enumerate(expressions):
        beginnings = _beginnings(expression)
        places = np.arange(len(text) + 1) if beginnings is None else beginnings.places(text)
        told.append(places * len(expressions) + number)
    matches = [expression.match for expression in expressions]
    reached = 0
    for each in np.sort(np.concatenate(told)).tolist() if told else ():
        place, number = divmod(each, len(expressions))
        if place >= reached and (found := matches[number](text, place)) is not None:
            reached = max(found.end(), place + 1)
            yield found


def places_of(characters: str, text: str) -> list[int]:
    """Where any of some characters stand in a text, in order."""
    found: list[int] = standing(characters, text).nonzero()[0].tolist()
    return found


def inside_lines(characters: str, text: str) -> bytes:
    """For each place of a text, 1 where one of some characters stands and its line goes on behind it, else 0."""
    found = standing(characters, text) & (codes(text)[1:] != ord("\n"))
    found[-1:] = False
    return bytes(found)


def lines_without(characters: str, text: str) -> list[tuple[int, int]]:
    """The lines of a text that hold words and none of some characters."""
    read = codes(text)
    marks = np.concatenate(([-1], np.flatnonzero(standing(f"{characters}\n", text)), [len(text)]))
    ends_line = (read[marks] == ord("\n")) | (marks < 0) | (marks == len(text))
    kept = np.flatnonzero(ends_line[:-1] & ends_line[1:] & (np.diff(marks) > 1))
    return list(zip((marks[kept] + 1).tolist(), marks[kept + 1].tolist(), strict=True))


def standing(characters: str, text: str) -> NDArray[np.bool_]:
    """For each place of a text, whether one of some characters stands there."""
    return _members(characters).take(codes(text)[:-1], mode="clip")


def split(text: str, ending: str, dividing: str, shortest: int) -> list[tuple[int, int]]:
    """The stretches between some characters, of at least `shortest` characters; one of `ending` behind a stretch is part of it."""
    marks = np.flatnonzero(standing(ending + dividing, text))
    starts = np.append(0, marks + 1)
    ends = np.append(marks, len(text))
    filled = ends > starts
    ends[:-1] += _members(ending).take(codes(text)[marks], mode="clip")
    kept = np.flatnonzero(filled & (ends - starts >= shortest))
    return list(zip(starts[kept].tolist(), ends[kept].tolist(), strict=True))


@cache
def _members(characters: str) -> NDArray[np.bool_]:
    """For each code point, whether it is one of these characters; the last stands for all beyond."""
    found = np.zeros(max(map(ord, characters), default=0) + 2, np.bool_)
    found[list(map(ord, characters))] = True
    return found


@cache
def _beginnings(expression: re.Pattern[str]) -> Beginnings | None:
    pairs = None if expression.flags & (re.IGNORECASE | re.VERBOSE) else first_pairs(expression.pattern)
    narrow = pairs and any(following is not None for following in pairs.values())
    return Beginnings(pairs, third_characters(expression.pattern)) if pairs and narrow else None  # else they leave out too little
