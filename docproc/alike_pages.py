"""Which scanned pages are the same picture: candidates by equal stretches of their looks, then compared mark by mark and word by word.

The same form filled in by two firms looks much alike: where words were recognised on both pages, they must be the same too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

NEAR: Final = 0.06  # of the marks on either page may differ: another compression changes 0.04, another firm's licence 0.11
_SAME_WORDS: Final = 0.85  # of the shingles of the page that has fewer
_LEAST_WORDS: Final = 5
_STRETCH: Final = 32  # hexadecimal digits of a look that must be equal for two pages to be compared: two rows of cells
_LEAST_MARKS: Final = 6  # of such a stretch, or every blank stretch would be equal
_MOST: Final = 200  # pages with an equal stretch that are compared with one another


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page that is a picture: its owner (a number of a package), its place in words, its look, the shingles of its words."""

    owner: int
    place: str
    look: str
    words: frozenset[int]


def same_pages(pages: Sequence[ScannedPage]) -> Iterator[tuple[int, int]]:
    """The positions of each two pages that are the same picture, each pair once, in order."""
    seen: set[tuple[int, int]] = set()
    for positions in _candidates(pages):
        seen.update(combinations(positions[:_MOST], 2))
    for one, other in sorted(seen):
        if same_picture(pages[one], pages[other]):
            yield one, other


def _candidates(pages: Sequence[ScannedPage]) -> Iterator[list[int]]:
    stretches: dict[tuple[int, str], list[int]] = defaultdict(list)
    for position, page in enumerate(pages):
        for start in range(0, len(page.look), _STRETCH):
            stretch = page.look[start : start + _STRETCH]
            if int(stretch, 16).bit_count() >= _LEAST_MARKS:
                stretches[start, stretch].append(position)
    return (positions for positions in stretches.values() if len(positions) > 1)


def differing(one: str, other: str) -> float:
    """The share of the marks on either of two looks that only one of them has."""
    if len(one) != len(other) or not one:
        return 1.0
    first, second = int(one, 16), int(other, 16)
    return (first ^ second).bit_count() / max(1, (first | second).bit_count())


def same_picture(one: ScannedPage, other: ScannedPage) -> bool:
    """Whether two pages are one picture, in another compression at most."""
    fewer = min(len(one.words), len(other.words))
    alike = fewer < _LEAST_WORDS or len(one.words & other.words) >= _SAME_WORDS * fewer
    return alike and differing(one.look, other.look) <= NEAR
