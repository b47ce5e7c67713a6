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

_SAME_LINE = 0.45  # of the smaller size: how far apart the middles of two runs may be
_NEAR_LINES = 3  # lines above that a run may belong to
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
        seen: NDArray[np.bool_] = (self.places[:, 2] > self.places[:, 0]) & ~_SPACES.take(self.codes, mode="clip")
        return seen.nonzero()[0]


@dataclass(frozen=True)
class Row:
    """Characters that stand on one visual line, from left to right. `reach`: its place in the page's text, where known to be one."""

    glyphs: Glyphs
    indices: Sequence[int]
    size: float
    reach: tuple[int, int] | None = None

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
        if self.reach is not None:
            return (Span(*self.reach),)
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


@dataclass(frozen=True, slots=True)
class Chosen:
    """Visible characters of a page (in source order), and to which group each belongs: a number from -1 on."""

    glyphs: Glyphs
    indices: NDArray[np.int64]
    groups: NDArray[np.int64]


def rows_of(glyphs: Glyphs, indices: NDArray[np.int64]) -> list[Row]:
    """The visual lines that visible characters (in source order) form, from top to bottom."""
    (found,) = rows_by_group([Chosen(glyphs, indices, np.zeros(len(indices), np.int64))])
    return found.get(0, [])


def rows_by_group(pages: Sequence[Chosen]) -> list[dict[int, list[Row]]]:
    """For each page the visual lines of each group (the cells of a table). Numbers are made for all pages and groups at once."""
    found: list[dict[int, list[Row]]] = [{} for _ in pages]
    if not any(len(page.indices) for page in pages):
        return found
    runs, apart = _Runs.of(pages)
    alone, together = runs.apart()
    firsts, lasts = runs.indices[runs.starts], runs.indices[runs.ends - 1]
    for group, start, end, first, last, *told in runs.at(alone, (firsts, lasts, runs.x0, runs.x1, runs.top, runs.size, runs.gaps)):
        number, own = divmod(group, apart)
        indices: Sequence[int] = range(first, last + 1)
        if len(indices) != end - start:
            indices = runs.indices[start:end].tolist()
        found[number].setdefault(own - 1, []).append(_steady(pages[number].glyphs, indices, *told))
    members: dict[int, list[_Run]] = {}
    for group, start, end, *told in runs.at(together, (runs.middle, runs.x0, runs.x1, runs.size, runs.level)):
        members.setdefault(group, []).append(_Run(runs.indices[start:end].tolist(), *told))
    for group, side_by_side in members.items():
        number, own = divmod(group, apart)
        found[number][own - 1] = _joined(pages[number].glyphs, side_by_side)
    return found


@dataclass(slots=True)
class _Run:
    """A stretch of the source that stays on one line. `size` is 0 where its characters have to be asked one by one."""

    indices: list[int]
    middle: float
    x0: float
    x1: float
    size: float
    level: bool  # whether it runs steadily from left to right


@dataclass(frozen=True, slots=True)
class _Runs:
    """The runs of all groups, a place in each array a run; see _Run."""

    indices: NDArray[np.int64]  # of the characters of all runs, one run after the other, in their pages
    starts: NDArray[np.int64]  # where among those a run begins
    ends: NDArray[np.int64]
    group: NDArray[np.int64]  # numbered through all pages
    middle: NDArray[np.float64]
    first_x: NDArray[np.float64]
    top: NDArray[np.float64]  # the middle of its first character
    x0: NDArray[np.float64]
    x1: NDArray[np.float64]
    size: NDArray[np.float64]
    level: NDArray[np.bool_]
    gaps: NDArray[np.bool_]  # whether there may be wide gaps in it

    @classmethod
    def of(cls, pages: Sequence[Chosen]) -> tuple[_Runs, int]:
        """Told by the characters' places, their order and the line ends between them; and how far the pages' groups are numbered apart."""
        apart = 2 + max(int(page.groups.max()) for page in pages if len(page.groups))
        groups = np.concatenate([page.groups + (apart * number + 1) for number, page in enumerate(pages)])
        indices = np.concatenate([page.indices for page in pages])
        places = np.concatenate([page.glyphs.places.take(page.indices, axis=0) for page in pages])
        lines = np.concatenate([page.glyphs.breaks[page.indices] for page in pages])
        sizes = np.concatenate([page.glyphs.sizes[page.indices] for page in pages])
        if (groups[1:] < groups[:-1]).any():
            order = groups.argsort(kind="stable")
            groups, indices, places, lines, sizes = groups[order], indices[order], places.take(order, axis=0), lines[order], sizes[order]
        x0, y0, x1, y1 = places.T
        height, middles = y1 - y0, y0 + y1
        tall = np.maximum(height[1:], height[:-1])
        step = x0[1:] - x0[:-1]
        broken = (lines[1:] != lines[:-1]) | (np.abs(middles[1:] - middles[:-1]) > tall) | (step < -tall)
        broken |= groups[1:] != groups[:-1]
        bounds = np.concatenate([[0], broken.nonzero()[0] + 1, [len(indices)]])
        starts, ends = bounds[:-1], bounds[1:]
        counts = ends - starts
        smallest, largest = np.minimum.reduceat(sizes, starts), np.maximum.reduceat(sizes, starts)
        sound = (smallest == largest) & (0.4 * np.maximum.reduceat(height, starts) < smallest)
        sound &= smallest < 2 * np.minimum.reduceat(height, starts)
        size = np.where(sound, smallest, 0.0)
        within = ~broken
        back, wide = np.zeros(len(indices), bool), np.zeros(len(indices), bool)
        back[1:] = within & (step < 0)
        wide[1:] = within & (x0[1:] - x1[:-1] > size.repeat(counts)[1:])
        runs = cls(
            indices, starts, ends, groups[starts], np.add.reduceat(middles, starts) / (2 * counts), x0[starts],
            middles[starts] / 2, np.minimum.reduceat(x0, starts), np.maximum.reduceat(x1, starts), size,
            ~np.logical_or.reduceat(back, starts), np.logical_or.reduceat(wide, starts),
        )  # fmt: skip
        return runs, apart

    def apart(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The runs (by place) of groups in which each is a line of its own and well known, from top to bottom; and the other runs."""
        order = np.lexsort((self.first_x, self.middle, self.group))
        middle, size, group = self.middle[order], self.size[order], self.group[order]
        doubtful = ~self.level[order] | (size == 0)
        for away in range(1, min(_NEAR_LINES, len(order) - 1) + 1):
            side = middle[away:] - middle[:-away] < _SAME_LINE * np.minimum(size[away:], size[:-away])
            doubtful[away:] |= side & (group[away:] == group[:-away])
        if not doubtful.any():
            return order[np.lexsort((self.x0[order], self.top[order], group))], order[:0]
        mixed = np.isin(group, group[doubtful])
        alone = order[~mixed]
        return alone[np.lexsort((self.x0[alone], self.top[alone], self.group[alone]))], mixed[order.argsort()].nonzero()[0]

    def at(self, chosen: NDArray[np.int64], told: Sequence[NDArray[Any]]) -> Iterator[tuple[Any, ...]]:
        """For each of some runs (by place) its group, where it begins and ends, and what else is asked."""
        return zip(*(column[chosen].tolist() for column in (self.group, self.starts, self.ends, *told)), strict=True)


def _joined(glyphs: Glyphs, runs: Sequence[_Run]) -> list[Row]:
    """Runs that stand side by side on one line, as rows from top to bottom."""
    lines: list[tuple[float, float, list[_Run]]] = []  # middle and size of the first run, all of them
    for run in sorted(runs, key=lambda run: (run.middle, glyphs.places[run.indices[0], 0])):
        size = run.size or _size(glyphs, run.indices)
        for other, other_size, members in lines[: -_NEAR_LINES - 1 : -1]:
            if abs(other - run.middle) < _SAME_LINE * min(size, other_size) and not _overlap(glyphs, members, run):
                members.append(run)
                break
        else:
            lines.append((run.middle, size, [run]))
    return sorted((_row(glyphs, members, size) for _, size, members in lines), key=lambda row: (row.middle, row.x0))


def _row(glyphs: Glyphs, runs: Sequence[_Run], size: float) -> Row:
    """A row of runs side by side."""
    indices = [index for each in runs for index in each.indices]
    if len(runs) == 1 and runs[0].level:
        return Row(glyphs, indices, size)
    boxes = glyphs.boxes
    in_order = tuple(sorted(indices, key=lambda index: (boxes[index][0], index)))
    return Row(glyphs, in_order, size if len(runs) == 1 else _size(glyphs, indices))


def _steady(glyphs: Glyphs, indices: Sequence[int], x0: float, x1: float, top: float, size: float, gaps: bool) -> Row:
    """A row of one run that goes steadily from left to right: what is known of it is not found out again."""
    row = Row.__new__(Row)
    known = row.__dict__
    known["glyphs"], known["indices"], known["size"], known["x0"], known["x1"], known["middle"] = glyphs, indices, size, x0, x1, top
    if not gaps:
        known["gaps"] = ()
    first, last = indices[0], indices[-1] + 1
    words = glyphs.text[first:last]
    solid = words if len(words) == len(indices) else "".join(words.split())
    if len(solid) == len(indices) and "\n" not in words:
        known["text"], known["words"], known["reach"] = solid, words, (first, last)
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
