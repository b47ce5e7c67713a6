"""Prose set in two columns: the lines that stand beside one another there belong to different sentences.

Told by an empty strip down the middle of the measure that many lines keep, with full lines of prose on both sides: a form has short labels
on its left, a table short words and figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docproc.readers.pdf_lines import Row

_LEAST_LINES = 5  # in each column
_MIDDLE = 0.35, 0.68  # of the measure: where the second column begins
_USUAL = 3  # lines that begin at one place
_GUTTER = 0.9  # of a character's height
_PROSE = 9  # characters of the middle line of a column
_FULL = 0.5  # of a column's lines that reach its edge
_NEAR_EDGE = 1.6  # of a character's height


@dataclass(frozen=True, slots=True)
class Spread:
    """Lines `first:last` of those given, as two columns."""

    first: int
    last: int
    left: tuple[Row, ...]
    right: tuple[Row, ...]


def spreads(rows: Sequence[Row], left: float, right: float) -> Iterator[Spread]:
    """The stretches of two columns among lines from top to bottom. `left`, `right`: where the page's lines begin and end."""
    middle = _second_column(rows, left, right)
    first = 0 if middle is not None else len(rows)
    while middle is not None and first < len(rows):
        last, low, high = _stretch(rows, first, middle)
        if _prose(low, high):
            yield Spread(first, last, tuple(low), tuple(high))
        first = max(last, first + 1)


def _second_column(rows: Sequence[Row], left: float, right: float) -> float | None:
    """Just before where lines begin in the middle of the measure, the first usual place (others are set in); None where too few do."""
    low, high = (left + share * (right - left) for share in _MIDDLE)
    places = [row.x0 for row in rows if row.x0 >= low]
    places += [end for row in rows if row.gaps for _, end in row.gaps]
    if len(places) < _USUAL:
        return None
    starts = Counter(round(x) for x in places if low <= x <= high)
    usual = [x for x in starts if starts[x - 1] + starts[x] + starts[x + 1] >= _USUAL]
    return min(usual) - 2.0 if usual else None


def _stretch(rows: Sequence[Row], first: int, middle: float) -> tuple[int, list[Row], list[Row]]:
    """From a line on, as many as leave a strip free, in two columns."""
    left: list[Row] = []
    right: list[Row] = []
    edge, begin = float("-inf"), float("inf")
    for at in range(first, len(rows)):
        row = rows[at]
        low, high = row.part(float("-inf"), middle), row.part(middle, float("inf"))
        edge_now = max(edge, low.x1) if low is not None else edge
        begin_now = min(begin, high.x0) if high is not None else begin
        if begin_now - edge_now < _GUTTER * row.size:
            return at, left, right
        edge, begin = edge_now, begin_now
        left += [low] if low is not None else []
        right += [high] if high is not None else []
    return len(rows), left, right


def _prose(left: Sequence[Row], right: Sequence[Row]) -> bool:
    return min(len(left), len(right)) >= _LEAST_LINES and all(map(_is_prose, (left, right)))


def _is_prose(column: Sequence[Row]) -> bool:
    lengths = sorted(len(row.text) for row in column)
    edge = max(row.x1 for row in column)
    full = sum(edge - row.x1 <= _NEAR_EDGE * row.size for row in column)
    return lengths[len(lengths) // 2] >= _PROSE and full >= _FULL * len(column) and not any(len(row.gaps) > 1 for row in column)
