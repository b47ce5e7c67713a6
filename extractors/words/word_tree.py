"""Finds all places of all of some words in a text, overlapping ones too, in one pass for all of them.

Words that share their beginning share a way down from a tree's root. All places where a word may begin take a step at once and those that
have no way further drop out, so that a text is walked through a few times in arrays and not character by character.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extractors.words.beginnings import Beginnings, Places, codes


class WordTree:
    """The words, which are told by their numbers in the order they are given in."""

    def __init__(self, words: Sequence[str]) -> None:
        characters = sorted({ord(character) for word in words for character in word})
        self._beginnings = Beginnings(_following(words))
        self._characters = np.zeros(characters[-1] + 2 if characters else 1, np.int32)  # the last is any that is beyond
        self._characters[characters] = np.arange(1, len(characters) + 1)
        self._width = len(characters) + 1  # of a node's row: one way for each character; 0 stands for any that is in no word
        inner = {word[:length] for word in words for length in range(len(word))} | {""}
        ordered = [*sorted(inner), *sorted(set(words) - inner)]  # the root first; nodes without a way further have no row
        nodes = {beginning: number for number, beginning in enumerate(ordered)}
        self._rows = len(inner)
        self._ways = np.zeros(self._rows * self._width, np.min_scalar_type(len(nodes)))
        for beginning, node in nodes.items():
            if beginning:
                self._ways[nodes[beginning[:-1]] * self._width + self._characters[ord(beginning[-1])]] = node
        self._word_at = np.full(len(nodes), -1, np.int32)
        for number, word in enumerate(words):
            self._word_at[nodes[word]] = number

    def find(self, text: str) -> tuple[Places, Places]:
        """Where words begin in a text, in order, and which; of those that begin at one place the shorter first."""
        read = codes(text)
        starts = self._beginnings.places(text)
        node = self._ways.take(self._characters.take(read.take(starts), mode="clip"))
        begun = np.flatnonzero(node)
        starts = reached = starts[begun]
        node = node[begun]
        found: list[tuple[Places, Places]] = []
        while reached.size:
            word = self._word_at.take(node)
            whole = np.flatnonzero(word >= 0)
            found.append((starts[whole], word[whole].astype(np.int64)))
            further = np.flatnonzero(node < self._rows)
            starts, reached = starts[further], reached[further] + 1
            character = self._characters.take(read.take(reached), mode="clip")
            node = self._ways.take(node[further].astype(np.int32) * self._width + character)
            further = np.flatnonzero(node)
            starts, reached, node = starts[further], reached[further], node[further]
        if not found:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        places, numbers = (np.concatenate(each) for each in zip(*found, strict=True))
        order = places.argsort(kind="stable")
        return places[order], numbers[order]


def _following(words: Sequence[str]) -> dict[int, set[int] | None]:
    """The characters that words begin with, each with those behind it; None where a word is a character."""
    found: dict[int, set[int] | None] = {ord(word): None for word in words if len(word) == 1}
    for word in words:
        seconds = found.setdefault(ord(word[0]), set())
        if seconds is not None:
            seconds.add(ord(word[1]))
    return found
