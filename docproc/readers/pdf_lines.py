"""A PDF page's characters as they stand on it, and the visual lines they form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from docproc.model import Span

_SPACES = np.array([chr(code).isspace() for code in range(0x3002)])  # the ideographic space is the last one


@dataclass(frozen=True)
class Glyphs:
    """A page's text with, a code point each: box (upright, y downwards; zero where made up), font size, and whether it stands askew."""

    text: str
    places: NDArray[np.float64]  # a row a code point: x0, y0, x1, y1
    sizes: NDArray[np.float64]
    tilted: frozenset[int] = frozenset()

    @cached_property
    def boxes(self) -> list[list[float]]:
        """The places as numbers, for what looks at single characters."""
        boxes: list[list[float]] = self.places.tolist()
        return boxes

    @cached_property
    def codes(self) -> NDArray[np.uint32]:
        """The code points."""
        return np.frombuffer(self.text.encode("utf-32-le", "surrogatepass"), np.uint32)

    @cached_property
    def breaks(self) -> NDArray[np.int64]:
        """How many line ends stand before each character."""
        return np.cumsum(self.codes == 0x0A)

    def visible(self) -> NDArray[np.int64]:
        """Indices of the characters that show, in source order."""
        seen = (self.places[:, 2] > self.places[:, 0]) & ~_SPACES[np.minimum(self.codes, len(_SPACES) - 1)]
        return np.flatnonzero(seen)


@dataclass(frozen=True)
class Row:
    """Characters that stand on one visual line, from left to right."""

    glyphs: Glyphs
    indices: Sequence[int]
    size: float

    @cached_property
    def x0(self) -> float:
        return min(self.glyphs.boxes[index][0] for index in self.indices)

    @cached_property
    def x1(self) -> float:
        return max(self.glyphs.boxes[index][2] for index in self.indices)

    @cached_property
    def middle(self) -> float:
        """The height of its middle on the page."""
        first = self.glyphs.boxes[self.indices[0]]
        return (first[1] + first[3]) / 2

    @cached_property
    def text(self) -> str:
        """Its characters without any space."""
        return "".join(self.glyphs.text[index] for index in self.indices)

    @cached_property
    def words(self) -> str:
        """Its text as it stands in the source, spaces included."""
        return " ".join(self.glyphs.text[span.start : span.end] for span in self.spans)

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Its places in the page's text: one where it stands there in one piece.

        In the order of the source, except where that runs back on the page: a box from another font (☑) may come after its line's words.
        """
        ordered = sorted(self.indices)
        boxes = self.glyphs.boxes
        back = any(boxes[index][0] < boxes[before][0] - self.size / 2 for before, index in pairwise(ordered))
        return tuple(_spans(self.glyphs.text, self.indices if back else ordered))

    def part(self, left: float, right: float) -> Row | None:
        """The characters whose middles lie between two x positions."""
        boxes = self.glyphs.boxes
        inside = tuple(index for index in self.indices if left <= (boxes[index][0] + boxes[index][2]) / 2 < right)
        return Row(self.glyphs, inside, self.size) if inside else None

    @cached_property
    def gaps(self) -> tuple[tuple[float, float], ...]:
        """The stretches between neighbours that are wider than a character of the line."""
        boxes, found, reach = self.glyphs.boxes, [], self.x0
        for index in self.indices:
            left, _, right, _ = boxes[index]
            if left - reach > self.size:
                found.append((reach, left))
            reach = max(reach, right)
        return tuple(found)


def _spans(text: str, indices: Iterable[int]) -> Iterator[Span]:
    start = end = -1
    for index in indices:
        between = text[end:index]
        if 0 <= start < end <= index and (not between or (between.isspace() and "\n" not in between)):
            end = index + 1
            continue
        if start >= 0:
            yield Span(start, end)
        start, end = index, index + 1
    if start >= 0:
        yield Span(start, end)


def rows_of(glyphs: Glyphs, indices: Sequence[int] | NDArray[np.int64]) -> list[Row]:
    """The visual lines that visible characters (in source order) form, from top to bottom."""
    chosen = np.asarray(indices, np.int64)
    return rows_by_group(glyphs, chosen, np.zeros(len(chosen), np.int64)).get(0, [])


def rows_by_group(glyphs: Glyphs, indices: NDArray[np.int64], groups: NDArray[np.int64]) -> dict[int, list[Row]]:
    """The visual lines of each group of visible characters (the cells of a table). Numbers are made for all groups at once."""
    if not len(indices):
        return {}
    order = np.argsort(groups, kind="stable")
    runs: dict[int, list[_Run]] = {}
    for group, run in _runs(glyphs, indices[order], groups[order]):
        runs.setdefault(group, []).append(run)
    return {group: _joined(glyphs, members) for group, members in runs.items()}


@dataclass(slots=True)
class _Run:
    """A stretch of the source that stays on one line. `size` is 0 where its characters have to be asked one by one."""

    indices: list[int]
    middle: float
    x0: float
    x1: float
    size: float
    top: float  # the middle of its first character
    level: bool  # whether it runs steadily from left to right
    gaps: bool  # whether there may be wide gaps in it


def _runs(glyphs: Glyphs, indices: NDArray[np.int64], groups: NDArray[np.int64]) -> Iterator[tuple[int, _Run]]:
    x0, y0, x1, y1 = glyphs.places[indices].T
    height, middles, lines = y1 - y0, y0 + y1, glyphs.breaks[indices]
    tall = np.maximum(height[1:], height[:-1])
    step = np.diff(x0)
    broken = np.diff(groups).astype(bool) | np.diff(lines).astype(bool) | (np.abs(np.diff(middles)) > tall) | (step < -tall)
    starts = np.append(0, np.flatnonzero(broken) + 1)
    counts = np.diff(np.append(starts, len(indices)))
    sizes = glyphs.sizes[indices]
    smallest = np.minimum.reduceat(sizes, starts)
    sound = smallest == np.maximum.reduceat(sizes, starts)
    sound &= (0.4 * np.maximum.reduceat(height, starts) < smallest) & (smallest < 2 * np.minimum.reduceat(height, starts))
    within = ~broken
    back, wide = np.zeros(len(indices), bool), np.zeros(len(indices), bool)
    back[1:] = within & (step < 0)
    wide[1:] = within & (x0[1:] - x1[:-1] > np.repeat(np.where(sound, smallest, 0.0), counts)[1:])
    columns = (
        starts, starts + counts, groups[starts], np.add.reduceat(middles, starts) / (2 * counts), np.minimum.reduceat(x0, starts),
        np.maximum.reduceat(x1, starts), np.where(sound, smallest, 0.0), middles[starts] / 2, ~np.logical_or.reduceat(back, starts),
        np.logical_or.reduceat(wide, starts),
    )  # fmt: skip
    members: list[int] = indices.tolist()
    for first, last, group, *told in zip(*(column.tolist() for column in columns), strict=True):
        run: list[Any] = told
        yield group, _Run(members[first:last], *run)


def _joined(glyphs: Glyphs, runs: Sequence[_Run]) -> list[Row]:
    """Runs that stand side by side on one line, as rows from top to bottom."""
    lines: list[tuple[float, float, list[_Run]]] = []  # middle and size of the first run, all of them
    for run in sorted(runs, key=lambda run: (run.middle, glyphs.places[run.indices[0], 0])) if len(runs) > 1 else runs:
        size = run.size or _size(glyphs, run.indices)
        for other, other_size, members in lines[:-4:-1]:
            if abs(other - run.middle) < 0.45 * min(size, other_size) and not _overlap(glyphs, members, run):
                members.append(run)
                break
        else:
            lines.append((run.middle, size, [run]))
    rows = [_row(glyphs, members, size) for _, size, members in lines]
    return sorted(rows, key=lambda row: (row.middle, row.x0)) if len(rows) > 1 else rows


def _row(glyphs: Glyphs, runs: Sequence[_Run], size: float) -> Row:
    """A row; of a run that goes steadily from left to right all is known already."""
    run = runs[0]
    if len(runs) > 1:
        indices = [index for each in runs for index in each.indices]
        size = _size(glyphs, indices)
    else:
        indices = run.indices
    if len(runs) > 1 or not run.level:
        boxes = glyphs.boxes
        return Row(glyphs, tuple(sorted(indices, key=lambda index: (boxes[index][0], index))), size)
    row = Row(glyphs, indices, size)
    known = row.__dict__
    known["x0"], known["x1"], known["middle"] = run.x0, run.x1, run.top
    if not run.gaps:
        known["gaps"] = ()
    first, last = indices[0], indices[-1] + 1
    words = glyphs.text[first:last]
    solid = words if len(words) == len(indices) else "".join(words.split())
    if len(solid) == len(indices) and "\n" not in words:
        known["text"], known["words"], known["spans"] = solid, words, (Span(first, last),)
    return row


def _size(glyphs: Glyphs, members: Sequence[int]) -> float:
    """The height of the characters: the middle one of their font sizes or, where the font hides its size, of their boxes."""
    sizes = sorted(glyphs.sizes[members].tolist())
    stated: float = sizes[len(sizes) // 2]
    heights = sorted((glyphs.places[members, 3] - glyphs.places[members, 1]).tolist())
    height: float = heights[len(heights) // 2]
    return stated if 0.4 * height < stated < 2 * height else max(height * 0.85, 1.0)


def _overlap(glyphs: Glyphs, members: Sequence[_Run], run: _Run) -> bool:
    """Whether a run stands over a line rather than beside its runs (their reach, less a bit at each end)."""
    a0, a1 = min(member.x0 for member in members), max(member.x1 for member in members)
    if min(a1, run.x1) - max(a0, run.x0) <= 2.0:
        return False
    # A run may stand in a hole of the other (a value typed into a form's line).
    boxes, others = glyphs.boxes, [index for member in members for index in member.indices]
    return any(
        min(boxes[index][2], boxes[other][2]) - max(boxes[index][0], boxes[other][0]) > 2.0 for index in run.indices for other in others
    )
