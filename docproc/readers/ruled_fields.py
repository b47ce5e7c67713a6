"""The rectangles between ruling lines, and which of them are one table: pdfplumber's way (after Nurminen, 2013), on arrays.

Lines nearer than the tolerance are one; a rectangle is the smallest one whose four corners are crossings and whose four sides run
along one line each; rectangles that share a corner are one table. pdfplumber's TableFinder gives the same (the tests compare them) and
takes three times as long.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from docproc.model import Box

TOLERANCE: Final = 3.0  # points, for snapping, joining and crossing
_SHORTEST: Final = 3.0  # of a line after joining
# Every level line is compared with every upright one, and every crossing with others of its row and column. More is a drawing.
_PAIRS_AT_MOST: Final = 200_000
_CROSSINGS_AT_MOST: Final = 6000
_FAR: Final = 1e7  # further than any page is wide

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of one direction, by their place: where each lies across, where it begins, where it ends (points)."""

    at: Numbers
    start: Numbers
    end: Numbers

    def __len__(self) -> int:
        return len(self.at)

    def and_these(self, more: Lines) -> Lines:
        """Both."""
        return Lines(*(np.concatenate(pair) for pair in zip((self.at, self.start, self.end), (more.at, more.start, more.end), strict=True)))

    def joined(self) -> Lines:
        """Lines that lie within the tolerance of one another brought to their middle, and joined where they meet."""
        if not len(self):
            return self
        order = np.argsort(self.at, kind="stable")
        cluster = np.cumsum(np.append(0, np.diff(self.at[order]) > TOLERANCE))
        middle = np.bincount(cluster, self.at[order]) / np.bincount(cluster)
        start, end = self.start[order], self.end[order]
        order = np.lexsort((start, cluster))
        cluster, start, end = cluster[order], start[order], end[order]
        apart = cluster * _FAR  # so that no line reaches into the next cluster
        reach = np.maximum.accumulate(end + apart)
        first = np.append(0, np.flatnonzero(start[1:] + apart[1:] > reach[:-1] + TOLERANCE) + 1)
        return Lines(middle[cluster[first]], start[first], np.maximum.reduceat(end, first))

    def long(self) -> Lines:
        """Without those too short for a side."""
        kept = self.end - self.start >= _SHORTEST
        return Lines(self.at[kept], self.start[kept], self.end[kept])

    def crossings(self, other: Lines) -> NDArray[np.bool_]:
        """Which of these (down) crosses or touches which of the other direction (across)."""
        own_reach = (self.start[:, None] <= other.at + TOLERANCE) & (self.end[:, None] >= other.at - TOLERANCE)
        other_reach = (other.start <= self.at[:, None] + TOLERANCE) & (other.end >= self.at[:, None] - TOLERANCE)
        crossed: NDArray[np.bool_] = own_reach & other_reach
        return crossed


def tables(level: Lines, upright: Lines) -> list[list[Box]]:
    """The cells of each table (two or more, as x0, y0, x1, y1), from top to bottom. Nothing where there are more lines than a table has."""
    level, upright = level.joined(), upright.joined()
    if len(level) * len(upright) > _PAIRS_AT_MOST:
        return []
    sides = _open_sides(level, upright), _open_sides(upright, level)
    if len(sides[0]):
        upright = upright.and_these(sides[0]).joined()
    if len(sides[1]):
        level = level.and_these(sides[1]).joined()
    level, upright = level.long(), upright.long()
    found = _corners(upright, level)
    if not found or len(found) > _CROSSINGS_AT_MOST:
        return []
    together = _together(list(_rectangles(found)))
    xs, ys = upright.at.tolist(), level.at.tolist()
    boxes = [[(xs[x0], ys[y0], xs[x1], ys[y1]) for x0, y0, x1, y1 in cells] for cells in together if len(cells) > 1]
    return sorted(boxes, key=lambda cells: min((box[1], box[0]) for box in cells))


def _open_sides(lines: Lines, crossing: Lines) -> Lines:
    """The missing sides of tables: where two or more of the lines that one line crosses end alike, with nothing drawn there.

    Such is the statistical table without left and right border, and the table that goes on overleaf without a closing rule.
    """
    crossed = crossing.crossings(lines)
    found = []
    for ends, furthest, none in ((lines.start, np.min, np.inf), (lines.end, np.max, -np.inf)):
        if not crossed.size:
            break
        at = furthest(np.where(crossed, ends, none), axis=1)
        alike = crossed & (np.abs(ends - at[:, None]) <= TOLERANCE)
        first = np.where(alike, lines.at, np.inf).min(axis=1)
        last = np.where(alike, lines.at, -np.inf).max(axis=1)
        drawn = (np.abs(crossing.at - at[:, None]) <= TOLERANCE) & (crossing.start <= first[:, None] + TOLERANCE)
        drawn &= crossing.end >= last[:, None] - TOLERANCE
        missing = (alike.sum(axis=1) >= 2) & ~drawn.any(axis=1)
        found.append(np.stack([at, first, last])[:, missing])
    return Lines(*np.concatenate(found, axis=1)) if found else Lines(*np.zeros((3, 0)))


_Corner = tuple[int, int]  # the upright line's place and the level line's, both as the index of the first line there


def _corners(upright: Lines, level: Lines) -> dict[_Corner, tuple[int, int]]:
    """The crossings, each with the upright and the level lines that meet there (a bit a line), ordered from left to right and down."""
    columns, rows = _firsts(upright.at), _firsts(level.at)
    found: dict[_Corner, tuple[int, int]] = {}
    downs, acrosses = np.nonzero(upright.crossings(level))
    for down, across in sorted(zip(downs.tolist(), acrosses.tolist(), strict=True), key=lambda pair: (columns[pair[0]], rows[pair[1]])):
        corner = columns[down], rows[across]
        one, other = found.get(corner, (0, 0))
        found[corner] = one | 1 << (down - corner[0]), other | 1 << (across - corner[1])
    return found


def _firsts(places: Numbers) -> list[int]:
    """For each line the index of the first one at the same place."""
    firsts: list[int] = np.searchsorted(places, places).tolist()
    return firsts


def _rectangles(corners: dict[_Corner, tuple[int, int]]) -> Iterator[tuple[int, int, int, int]]:
    """For each crossing the smallest rectangle right of and below it, where there is one."""
    columns: dict[int, list[int]] = {}
    rows: dict[int, list[int]] = {}
    for x, y in corners:
        columns.setdefault(x, []).append(y)
        rows.setdefault(y, []).append(x)
    place_down = {(x, y): at for x, ys in columns.items() for at, y in enumerate(ys)}
    place_across = {(x, y): at for y, xs in rows.items() for at, x in enumerate(xs)}
    for corner, (down, across) in corners.items():
        x, y = corner
        below = (y1 for y1 in columns[x][place_down[corner] + 1 :] if corners[x, y1][0] & down)
        right = [x1 for x1 in rows[y][place_across[corner] + 1 :] if corners[x1, y][1] & across]
        if right and (found := _smallest(corners, corner, below, right)) is not None:
            yield found


def _smallest(
    corners: dict[_Corner, tuple[int, int]], corner: _Corner, below: Iterator[int], right: Sequence[int]
) -> tuple[int, int, int, int] | None:
    x, y = corner
    for y1 in below:
        across = corners[x, y1][1]
        for x1 in right:
            opposite = corners.get((x1, y1))
            if opposite is not None and opposite[0] & corners[x1, y][0] and opposite[1] & across:
                return x, y, x1, y1
    return None


def _together(cells: Sequence[tuple[int, int, int, int]]) -> list[list[tuple[int, int, int, int]]]:
    """The cells in groups: those that share a corner are one."""
    group = list(range(len(cells)))

    def root(at: int) -> int:
        while group[at] != at:
            group[at] = group[group[at]]
            at = group[at]
        return at

    owner: dict[_Corner, int] = {}
    for number, (x0, y0, x1, y1) in enumerate(cells):
        for corner in ((x0, y0), (x0, y1), (x1, y0), (x1, y1)):
            group[root(number)] = root(owner.setdefault(corner, number))
    found: dict[int, list[tuple[int, int, int, int]]] = {}
    for number, cell in enumerate(cells):
        found.setdefault(root(number), []).append(cell)
    return list(found.values())
