"""Where in a text something may begin that has certain first characters: told for all places of the text at once.

Each two characters that stand side by side have a number, found once a text; a table says with which numbers something may begin.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from extractors.words.per_text import once_a_text

Places = NDArray[np.int64]
_Short = NDArray[np.uint16]
_NUMBERS = 1 << 16  # of pairs; a pair may share its number with others
_SPREAD = np.uint16(40503)  # odd: the pairs that begin with one character have numbers of their own
_BEYOND = 1 << 16  # stands for all characters that are rare enough to be looked at always


@once_a_text
@lru_cache(maxsize=2)  # the same text is looked through for one matter after the other
def codes(text: str) -> NDArray[np.uint32]:
    """The code points of a text, and a 0 behind the last."""
    return np.frombuffer(f"{text}\0".encode("utf-32-le", "surrogatepass"), np.uint32)


@once_a_text
@lru_cache(maxsize=2)
def _pairs(text: str) -> Places:
    """The number of each character of a text with the one behind it."""
    read = codes(text).astype(np.uint16)
    return _number(read[:-1], read[1:]).astype(np.int64)


def _number(before: _Short, character: _Short) -> _Short:
    """The number of a character, or of a pair, with the character behind it; what is beyond 16 bits is left out."""
    return before * _SPREAD + character


def _table(before: int, characters: Collection[int]) -> _Short:
    return _number(np.full(len(characters), before, np.int64).astype(np.uint16), np.array([*characters], np.int64).astype(np.uint16))


class Beginnings:
    """Tells the places where something may begin. A few other places are told as well, and none is left out."""

    def __init__(self, following: Mapping[int, Collection[int] | None], thirds: Mapping[str, str] | None = None) -> None:
        """`following`: code points to begin with, each with those that may follow it (None: any). `thirds`: of pairs of these the
        characters that may stand behind; any may where a pair is left out."""
        self._pairs, self._firsts = np.zeros(_NUMBERS, np.bool_), np.zeros(_BEYOND + 1, np.bool_)
        self._firsts[[min(first, _BEYOND) for first in following]] = True
        for first, seconds in following.items():
            self._pairs[_table(first, seconds or ())] = True
        alone = [min(first, _BEYOND) for first, seconds in following.items() if seconds is None]
        self._alone = np.zeros(_BEYOND + 1, np.bool_) if alone else None
        if self._alone is not None:
            self._alone[alone] = True
        self._behind = _behind(following, thirds) if thirds else None

    def places(self, text: str) -> Places:
        """The places in a text, in order."""
        pairs, read = _pairs(text), codes(text)
        begins = self._pairs.take(pairs)
        places = begins.nonzero()[0]
        may = self._firsts.take(read.take(places), mode="clip")  # a pair may share its number with others
        if self._behind is not None:
            number = pairs.take(places).astype(np.uint16)
            behind = read.take(places + 2, mode="clip").astype(np.uint16)
            anything, thirds = self._behind
            may &= anything.take(number) | thirds.take(_number(number, behind))
        if self._alone is None:
            return places[may]
        begins[places] = may
        begins |= self._alone.take(read[:-1], mode="clip")
        return begins.nonzero()[0]


def _behind(following: Mapping[int, Collection[int] | None], thirds: Mapping[str, str]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """By their numbers the pairs behind which anything may stand, and the others with each character that may stand behind."""
    anything, told = np.zeros(_NUMBERS, np.bool_), np.zeros(_NUMBERS, np.bool_)
    for first, seconds in following.items():
        anything[_table(first, [each for each in seconds or () if chr(first) + chr(each) not in thirds])] = True
    for pair, behind in thirds.items():
        told[_table(int(_table(ord(pair[0]), [ord(pair[1])])[0]), [*map(ord, behind)])] = True
    return anything, told
