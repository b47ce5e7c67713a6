"""Ruled tables: from the lines drawn on a page to grids of cells, merged cells included.

Lines are snapped and joined, lines that touch form a frame, and a frame's lines cut its rectangle into small fields. Fields with no
line between them are one cell. The frame's own outline counts as drawn, so that a table without rules at its left and right is
still a table. (The idea is Nurminen's, as in pdfplumber's TableFinder; this finds open-sided tables too and needs no import.)
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from docproc.model import Box

_SNAP = 3.0
_LINES_AT_MOST = 4000
_FIELDS_AT_MOST = 40_000


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell's place in its grid, with its box."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: the positions of its lines, its cells, and for each small field (row-major) the cell that holds it."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]
    owner: tuple[int, ...]

    @property
    def box(self) -> Box:
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def cell_at(self, x: float, y: float) -> int | None:
        """The index of the cell that holds a point."""
        if not (self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]):
            return None
        column = min(bisect_right(self.xs, x), len(self.xs) - 1) - 1
        row = min(bisect_right(self.ys, y), len(self.ys) - 1) - 1
        return self.owner[row * (len(self.xs) - 1) + column]


@dataclass(frozen=True, slots=True)
class _Rule:
    """A line along one axis: its position across, and its reach."""

    at: float
    start: float
    end: float


def grids(lines: Iterable[Box]) -> tuple[Grid, ...]:
    """The ruled tables among lines (level or upright boxes without thickness, y downwards), from top to bottom."""
    drawn = list(lines)[:_LINES_AT_MOST]
    level = _joined([_Rule(y0, x0, x1) for x0, y0, x1, y1 in drawn if x1 - x0 > y1 - y0])
    upright = _joined([_Rule(x0, y0, y1) for x0, y0, x1, y1 in drawn if y1 - y0 >= x1 - x0])
    found = [grid for group in _frames(level, upright) if (grid := _grid(*group)) is not None]
    return tuple(sorted(found, key=lambda grid: (grid.ys[0], grid.xs[0])))


def _joined(rules: Sequence[_Rule]) -> list[_Rule]:
    """Lines at nearly the same position snapped to it, and joined where they touch or overlap."""
    result: list[_Rule] = []
    for cluster in _clusters(rules):
        at = sum(rule.at for rule in cluster) / len(cluster)
        start, end = None, 0.0
        for rule in sorted(cluster, key=lambda rule: rule.start):
            if start is not None and rule.start <= end + _SNAP:
                end = max(end, rule.end)
                continue
            if start is not None:
                result.append(_Rule(at, start, end))
            start, end = rule.start, rule.end
        if start is not None:
            result.append(_Rule(at, start, end))
    return result


def _clusters(rules: Sequence[_Rule]) -> list[list[_Rule]]:
    clusters: list[list[_Rule]] = []
    for rule in sorted(rules, key=lambda rule: (rule.at, rule.start)):
        if clusters and rule.at - clusters[-1][-1].at <= _SNAP and rule.at - clusters[-1][0].at <= 2 * _SNAP:
            clusters[-1].append(rule)
        else:
            clusters.append([rule])
    return clusters


def _frames(level: list[_Rule], upright: list[_Rule]) -> list[tuple[list[_Rule], list[_Rule]]]:
    """Groups of lines that hang together by crossing or touching."""
    parent = list(range(len(level) + len(upright)))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for v, rule in enumerate(upright):
        for h, line in enumerate(level):
            if line.start - _SNAP <= rule.at <= line.end + _SNAP and rule.start - _SNAP <= line.at <= rule.end + _SNAP:
                parent[root(len(level) + v)] = root(h)
    groups: dict[int, tuple[list[_Rule], list[_Rule]]] = {}
    for index in range(len(parent)):
        group = groups.setdefault(root(index), ([], []))
        if index < len(level):
            group[0].append(level[index])
        else:
            group[1].append(upright[index - len(level)])
    return [group for group in groups.values() if group[0] and group[1]]


def _grid(level: list[_Rule], upright: list[_Rule]) -> Grid | None:
    ends_x = [end for rule in level for end in (rule.start, rule.end)]
    ends_y = [end for rule in upright for end in (rule.start, rule.end)]
    xs = _positions([rule.at for rule in upright], min(ends_x), max(ends_x))
    ys = _positions([rule.at for rule in level], min(ends_y), max(ends_y))
    columns, rows = len(xs) - 1, len(ys) - 1
    # A single frame is a box round something, not a table; so are axes and a cross.
    if columns * rows < 2 or len(level) < 2 or columns * rows > _FIELDS_AT_MOST:
        return None
    parent = list(range(rows * columns))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for row in range(rows):
        for column in range(columns):
            here = row * columns + column
            if column + 1 < columns and not _covered(upright, xs[column + 1], ys[row], ys[row + 1]):
                parent[root(here + 1)] = root(here)
            if row + 1 < rows and not _covered(level, ys[row + 1], xs[column], xs[column + 1]):
                parent[root(here + columns)] = root(here)
    return _numbered(xs, ys, [root(field) for field in range(rows * columns)])


def _numbered(xs: list[float], ys: list[float], roots: list[int]) -> Grid | None:
    columns = len(xs) - 1
    members: dict[int, list[int]] = {}
    for position, root in enumerate(roots):
        members.setdefault(root, []).append(position)
    if len(members) < 2:
        return None
    cells: list[GridCell] = []
    owner = [0] * len(roots)
    for group in sorted(members.values(), key=min):
        rows_here = [position // columns for position in group]
        columns_here = [position % columns for position in group]
        row, column = min(rows_here), min(columns_here)
        row_span, column_span = max(rows_here) - row + 1, max(columns_here) - column + 1
        box = (xs[column], ys[row], xs[column + column_span], ys[row + row_span])
        for position in group:
            owner[position] = len(cells)
        cells.append(GridCell(row, column, row_span, column_span, box))
    return Grid(tuple(xs), tuple(ys), tuple(cells), tuple(owner))


def _positions(drawn: list[float], first: float, last: float) -> list[float]:
    """The positions of the lines with the frame's own ends, where no line stands there already."""
    positions = sorted(set(drawn))
    if first < positions[0] - _SNAP:
        positions.insert(0, first)
    if last > positions[-1] + _SNAP:
        positions.append(last)
    return positions


def _covered(rules: list[_Rule], at: float, start: float, end: float) -> bool:
    """Whether a line stands at a position over the whole stretch; its ends may fall short by the snap."""
    return any(abs(rule.at - at) <= _SNAP and rule.start <= start + _SNAP and rule.end >= end - _SNAP for rule in rules)
