"""Keeps the way back from a changed text to its source.

A step of normalising yields `Edit`s against its input; text, alignment and explanation all come from them. The alignment holds, for
each character of the text, the range of the source that it came from. Both lists only rise, so that any span of the text has one
range in the source, and a span that is not empty never maps to nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from docproc.model import Span

Certainty = Literal["exact", "inferred"]


@dataclass(frozen=True, slots=True)
class Edit:
    """Replaces text[start:end] by `new`. `parallel`: character for character, so that each keeps its own place."""

    start: int
    end: int
    new: str
    reason: str = ""
    certainty: Certainty = "exact"
    parallel: bool = False


class Alignment:
    """For each character of a text, the half-open range of the source that it came from."""

    __slots__ = ("_ends", "_starts", "source_length")

    def __init__(self, starts: Sequence[int], ends: Sequence[int], source_length: int) -> None:
        self._starts = starts
        self._ends = ends
        self.source_length = source_length

    @classmethod
    def identity(cls, length: int) -> Alignment:
        """Of a text that is its own source."""
        return cls(range(length), range(1, length + 1), length)

    def __len__(self) -> int:
        return len(self._starts)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Alignment):
            return NotImplemented
        mine, theirs = ((list(each._starts), list(each._ends), each.source_length) for each in (self, other))
        return mine == theirs

    __hash__ = None  # type: ignore[assignment]

    def to_source(self, start: int, end: int) -> Span:
        """The source range of text[start:end]. An empty span maps to the empty range at its place."""
        length = len(self._starts)
        start, end = max(0, min(start, length)), max(0, min(end, length))
        if start >= end:
            place = self._starts[start] if start < length else self.source_length
            return Span(place, place)
        return Span(self._starts[start], self._ends[end - 1])

    def to_normal(self, start: int, end: int) -> Span:
        """The range of the text that came from source[start:end]; empty where nothing of it is left."""
        first = bisect_right(self._ends, start)
        last = bisect_left(self._starts, end)
        return Span(first, max(first, last))

    def edited(self, edits: Sequence[Edit]) -> Alignment:
        """The alignment after these edits, which are in order and do not overlap."""
        if all(edit.parallel for edit in edits):
            return self
        starts: list[int] = []
        ends: list[int] = []
        position = 0
        for edit in edits:
            starts += self._starts[position : edit.start]
            ends += self._ends[position : edit.start]
            if edit.parallel:
                starts += self._starts[edit.start : edit.end]
                ends += self._ends[edit.start : edit.end]
            elif edit.new:
                place = self._region(edit.start, edit.end)
                starts += [place.start] * len(edit.new)
                ends += [place.end] * len(edit.new)
            position = edit.end
        starts += self._starts[position:]
        ends += self._ends[position:]
        return Alignment(starts, ends, self.source_length)

    def _region(self, start: int, end: int) -> Span:
        """The source of a replaced region; of an insertion, the character beside it."""
        if start < end:
            return Span(self._starts[start], self._ends[end - 1])
        if start > 0:
            return Span(self._starts[start - 1], self._ends[start - 1])
        if self._starts:
            return Span(self._starts[0], self._ends[0])
        return Span(0, self.source_length)

    def through(self, inner: Alignment) -> Alignment:
        """This alignment onto `inner`'s text, carried on to `inner`'s source."""
        spans = [inner.to_source(start, end) for start, end in zip(self._starts, self._ends, strict=True)]
        return Alignment([span.start for span in spans], [span.end for span in spans], inner.source_length)


def rewrite(text: str, edits: Sequence[Edit]) -> str:
    """The text after these edits. They must be in order, must not overlap, and must lie in the text."""
    pieces: list[str] = []
    position = 0
    for edit in edits:
        if not position <= edit.start <= edit.end <= len(text):
            raise ValueError(f"edit {edit.start}:{edit.end} is out of order or outside the text")
        if edit.parallel and len(edit.new) != edit.end - edit.start:
            raise ValueError(f"edit {edit.start}:{edit.end} is not character for character")
        pieces += (text[position : edit.start], edit.new)
        position = edit.end
    pieces.append(text[position:])
    return "".join(pieces)


def apply(text: str, alignment: Alignment, edits: Sequence[Edit]) -> tuple[str, Alignment]:
    """Text and alignment after one step."""
    return (rewrite(text, edits), alignment.edited(edits)) if edits else (text, alignment)
