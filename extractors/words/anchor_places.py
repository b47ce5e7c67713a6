"""Where the anchors of all expressions stand in a text: one pass finds those of all of them, and each asks for its own.

The expressions are numbered as they are made. One that is made while a text is read is told by that text's pass nothing, and by the
next one's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from extractors.words.per_text import once_a_text
from extractors.words.word_tree import WordTree

_ANCHORS: list[frozenset[str]] = []  # of each expression, none of whose words is part of another one


def numbered(anchors: frozenset[str]) -> int:
    """The number of an expression that has these anchors."""
    _ANCHORS.append(anchors)
    return len(_ANCHORS) - 1


def places_of(number: int, text: str) -> Iterable[tuple[int, int]] | None:
    """Where an expression's anchors begin and end in a text, in order; None where the text's pass did not look for them."""
    return _looked_through(text).of(number)


@once_a_text
@lru_cache(maxsize=4)
def _looked_through(text: str) -> _Found:
    return _Found(_all_anchors(len(_ANCHORS)), text)


@lru_cache(maxsize=1)
def _all_anchors(count: int) -> _AllAnchors:
    return _AllAnchors(_ANCHORS[:count])


class _AllAnchors:
    """The words of some expressions, and whose they are."""

    def __init__(self, anchors: Sequence[frozenset[str]]) -> None:
        words = sorted(frozenset().union(*anchors))
        number_of = {word: number for number, word in enumerate(words)}
        self.tree = WordTree(words)
        self.lengths = np.array([len(word) for word in words], np.int64)
        self.of: list[NDArray[np.bool_]] = []  # for each expression and word whether it is one of its own
        for own in anchors:
            self.of.append(np.zeros(len(words), np.bool_))
            self.of[-1][[number_of[word] for word in own]] = True


class _Found:
    """Where these words stand in one text."""

    def __init__(self, anchors: _AllAnchors, text: str) -> None:
        self._anchors = anchors
        self._starts, self._numbers = anchors.tree.find(text)
        self._ends = self._starts + anchors.lengths[self._numbers]

    def of(self, number: int) -> Iterable[tuple[int, int]] | None:
        if number >= len(self._anchors.of):
            return None
        own = self._anchors.of[number].take(self._numbers).nonzero()[0]
        return zip(self._starts[own].tolist(), self._ends[own].tolist(), strict=True)
