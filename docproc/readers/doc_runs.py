"""Stretches of character positions with something known of each: looked up by position, in any order of making."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

Known = TypeVar("Known")


class Stretches(Generic[Known]):
    """What is known of positions; `otherwise` where nothing is. Of stretches that overlap (damage) the one that begins last counts."""

    def __init__(self, stretches: Iterable[tuple[int, int, Known]], otherwise: Known) -> None:
        ordered = sorted(stretches, key=lambda each: each[:2])
        self._starts = [start for start, _, _ in ordered]
        self._ends = [end for _, end, _ in ordered]
        self._known = [known for _, _, known in ordered]
        self._otherwise = otherwise

    def at(self, position: int) -> Known:
        """What is known of one position."""
        index = bisect_right(self._starts, position) - 1
        return self._known[index] if index >= 0 and position < self._ends[index] else self._otherwise

    def between(self, start: int, end: int) -> Iterator[tuple[int, int, Known]]:
        """A range as pieces of which the same is known."""
        index = max(0, bisect_right(self._starts, start) - 1)
        while start < end and index < len(self._starts):
            low, high = self._starts[index], self._ends[index]
            if index + 1 < len(self._starts):
                high = min(high, self._starts[index + 1])
            index += 1
            if high <= start:
                continue
            if low >= end:
                break
            if low > start:
                yield start, low, self._otherwise
                start = low
            yield start, min(high, end), self._known[index - 1]
            start = min(high, end)
        if start < end:
            yield start, end, self._otherwise
