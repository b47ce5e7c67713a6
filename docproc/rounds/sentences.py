"""Two texts sentence by sentence: what differs beside white space and line breaks, in time that grows with the text.

Sentences are matched first; where they differ, their characters are, and each difference is widened to the old sentence that holds it.
Only characters that are not white space count, so that a text that is merely broken otherwise is the same text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_UNIT = re.compile(r"[^。；！？\t\n\f]*[。；！？\t\n\f]?")
_MOST_SENTENCES = 8_000  # matched one by one; a longer stretch that differs is told as a whole
_MOST_CHARACTERS = 4_000  # of a stretch that is matched character by character
_PAGE_BREAK = "\f"


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of each text, half-open; empty on the side where nothing stands."""

    before: tuple[int, int]
    now: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Text:
    """A text without white space: its characters, where each stands, and its sentences as stretches of characters."""

    words: str
    positions: tuple[int, ...]
    sentences: tuple[tuple[int, int], ...]
    length: int

    @classmethod
    def of(cls, text: str) -> _Text:
        positions = tuple(at for at, character in enumerate(text) if not character.isspace())
        ends = [bisect_left(positions, match.end()) for match in _UNIT.finditer(text)]
        starts = [0, *ends]
        sentences = tuple((start, end) for start, end in zip(starts, ends, strict=False) if start < end)
        return cls("".join(text[at] for at in positions), positions, sentences, len(text))

    def sentence(self, number: int) -> str:
        start, end = self.sentences[number]
        return self.words[start:end]

    def stretch(self, first: int, last: int) -> tuple[int, int]:
        """From the first sentence to before the last, as characters."""
        if first < last:
            return self.sentences[first][0], self.sentences[last - 1][1]
        at = self.sentences[first][0] if first < len(self.sentences) else len(self.words)
        return at, at

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Characters as a place in the text itself."""
        if start < end:
            return self.positions[start], self.positions[end - 1] + 1
        at = self.positions[start] if start < len(self.positions) else self.length
        return at, at


def differences(before: str, now: str) -> Iterator[Difference]:
    """Where the two texts differ by more than white space, in order."""
    old, new = _Text.of(before), _Text.of(now)
    for a, b, c, d in _stretches(old, new):
        for i, j, k, m in _widened(old, _differing(old.words[a:b], new.words[c:d], a, c)):
            yield Difference(old.source(i, j), new.source(k, m))


def page_at(text: str, position: int) -> int | None:
    """The page of a place, where the text has pages (they are joined by form feeds)."""
    return text.count(_PAGE_BREAK, 0, position) + 1 if _PAGE_BREAK in text else None


_Four = tuple[int, int, int, int]


def _stretches(old: _Text, new: _Text) -> Iterator[_Four]:
    """Stretches of characters whose sentences differ."""
    left, right = ([text.sentence(number) for number in range(len(text.sentences))] for text in (old, new))
    head = _common(left, right)
    tail = min(_common(left[::-1], right[::-1]), min(len(left), len(right)) - head)
    ends = len(left) - tail, len(right) - tail
    if max(ends[0], ends[1]) - head > _MOST_SENTENCES:
        yield (*old.stretch(head, ends[0]), *new.stretch(head, ends[1]))
        return
    # Sentences that stand there over and over (table cells) are set aside by the matcher, which keeps it fast.
    for kind, a, b, c, d in SequenceMatcher(None, left[head : ends[0]], right[head : ends[1]]).get_opcodes():
        if kind != "equal":
            yield (*old.stretch(head + a, head + b), *new.stretch(head + c, head + d))


def _differing(left: str, right: str, a: int, c: int) -> list[_Four]:
    """The characters that differ within a stretch that begins at `a` and `c`."""
    if left == right:
        return []
    if not left or not right or max(len(left), len(right)) > _MOST_CHARACTERS:
        return [(a, a + len(left), c, c + len(right))]
    matcher = SequenceMatcher(None, left, right, autojunk=max(len(left), len(right)) > 1000)
    return [(a + i, a + j, c + k, c + m) for kind, i, j, k, m in matcher.get_opcodes() if kind != "equal"]


def _widened(old: _Text, found: Sequence[_Four]) -> Iterator[_Four]:
    """Each difference widened to the old sentences that hold it, as far as the words beside it are the same; those that meet are one."""
    starts = [start for start, _ in old.sentences]
    pending: _Four | None = None
    for number, (i, j, k, m) in enumerate(found):
        room = i - (found[number - 1][1] if number else 0), (found[number + 1][0] if number + 1 < len(found) else len(old.words)) - j
        inside = i < j or (i not in starts and i < len(old.words))
        first = starts[max(bisect_right(starts, i) - 1, 0)] if inside and starts else i
        last = old.sentences[max(bisect_right(starts, max(j - 1, i)) - 1, 0)][1] if inside and starts else j
        back, on = min(i - first, room[0]), min(max(last - j, 0), room[1])
        if number == 0:
            back = min(back, k)
        wide = (i - back, j + on, k - back, m + on)
        if pending and wide[0] < pending[1]:
            pending = (pending[0], wide[1], pending[2], wide[3])
            continue
        if pending:
            yield pending
        pending = wide
    if pending:
        yield pending


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    return next((n for n, (x, y) in enumerate(zip(one, other, strict=False)) if x != y), min(len(one), len(other)))
