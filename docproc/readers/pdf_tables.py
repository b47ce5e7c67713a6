"""Ruled tables: pdfplumber's TableFinder, fed with the lines that PDFium finds on a page.

TableFinder joins lines, finds where they cross and the rectangles between crossings; it gives the same cells as pdfplumber alone
without pdfplumber's reading of the page, which takes most of its time. Two things are added: the rows and columns that a cell
spans, from the cells' rectangles, and the missing sides of a table that is ruled inside and left open at its edges (the statistical table
without left and right border, the table that goes on overleaf without a closing rule).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from docproc.model import Box

# pdfplumber's own tolerance for snapping, joining and crossing, in points.
_SNAP = 3.0
_LINES_AT_MOST = 20_000
# TableFinder compares every level line with every upright one, and every crossing with every other. More is a drawing, and would
# take seconds.
_PAIRS_AT_MOST = 200_000
_CROSSINGS_AT_MOST = 6000
_NOBODY = -1

_Edge = dict[str, Any]
# Of a line in each direction: where it lies across, where it begins and where it ends.
_AXES = {"h": ("top", "x0", "x1"), "v": ("x0", "top", "bottom")}
_ACROSS = {"h": "v", "v": "h"}


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
    """A ruled table: the positions of its lines, its cells, and for each small field (row-major) the cell that holds it, or -1."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]
    owner: tuple[int, ...]

    @property
    def box(self) -> Box:
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def cells_at(self, points: NDArray[np.float64]) -> NDArray[np.int64]:
        """For each point (x, y) the index of the cell that holds it, or -1."""
        x, y = points.T
        columns = np.minimum(np.searchsorted(self.xs, x, side="right"), len(self.xs) - 1) - 1
        rows = np.minimum(np.searchsorted(self.ys, y, side="right"), len(self.ys) - 1) - 1
        inside = (self.xs[0] <= x) & (x <= self.xs[-1]) & (self.ys[0] <= y) & (y <= self.ys[-1])
        places = np.where(inside, rows * (len(self.xs) - 1) + columns, 0)
        return np.where(inside, np.array(self.owner)[places], _NOBODY)


@dataclass(frozen=True, slots=True)
class _Ruled:
    """What TableFinder asks of a page whose tables are told by their lines."""

    bbox: Box
    edges: Sequence[_Edge]


def grids(lines: Iterable[Box]) -> tuple[Grid, ...]:
    """The ruled tables among lines (level or upright boxes without thickness, y downwards), from top to bottom."""
    edges = [_edge(*line) for line in list(lines)[:_LINES_AT_MOST]]
    # pdfplumber is imported only where a page has lines both ways: most have none.
    if len({edge["orientation"] for edge in edges}) < 2:
        return ()
    from pdfplumber.table import TableFinder, edges_to_intersections, merge_edges

    ruled = merge_edges(edges, _SNAP, _SNAP, _SNAP, _SNAP)
    level, upright = _by_direction(ruled)
    if len(level) * len(upright) > _PAIRS_AT_MOST:
        return ()
    if sides := [*_open_sides(level, upright), *_open_sides(upright, level)]:
        ruled = merge_edges([*ruled, *sides], _SNAP, _SNAP, _SNAP, _SNAP)
    if len(edges_to_intersections(ruled, _SNAP, _SNAP)) > _CROSSINGS_AT_MOST:
        return ()
    page = _Ruled((0.0, 0.0, max(edge["x1"] for edge in ruled), max(edge["bottom"] for edge in ruled)), ruled)
    return tuple(_grid(table.cells) for table in TableFinder(cast(Any, page)).tables)


def _edge(x0: float, y0: float, x1: float, y1: float) -> _Edge:
    """A line as pdfplumber has it."""
    orientation = "h" if x1 - x0 > y1 - y0 else "v"
    return {
        "object_type": "line",
        "orientation": orientation,
        "x0": x0,
        "x1": x1,
        "top": y0,
        "bottom": y1,
        "width": x1 - x0,
        "height": y1 - y0,
    }


def _by_direction(edges: Sequence[_Edge]) -> tuple[list[_Edge], list[_Edge]]:
    """Level and upright lines."""
    return [edge for edge in edges if edge["orientation"] == "h"], [edge for edge in edges if edge["orientation"] == "v"]


def _open_sides(lines: Sequence[_Edge], crossing: Sequence[_Edge]) -> Iterator[_Edge]:
    """The missing sides of a table: where two or more of the lines that one line crosses end alike, with nothing drawn there."""
    for line in crossing:
        place, low, _ = _AXES[line["orientation"]]
        start, end = _AXES[_ACROSS[line["orientation"]]][1:]
        crossed = [edge for edge in lines if _cross(edge, line)]
        for side, furthest in ((start, min), (end, max)):
            at = furthest((edge[side] for edge in crossed), default=0.0)
            ends = [edge[low] for edge in crossed if abs(edge[side] - at) <= _SNAP]
            if len(ends) < 2 or any(_stands(edge, at, min(ends), max(ends)) for edge in crossing):
                continue
            yield _edge(at, min(ends), at, max(ends)) if place == "x0" else _edge(min(ends), at, max(ends), at)


def _cross(one: _Edge, other: _Edge) -> bool:
    """Whether two lines of different directions cross or touch."""
    return all(one[low] - _SNAP <= other[high] and other[low] - _SNAP <= one[high] for _, low, high in _AXES.values())


def _stands(line: _Edge, at: float, start: float, end: float) -> bool:
    """Whether a line runs there already."""
    place, low, high = _AXES[line["orientation"]]
    return bool(abs(line[place] - at) <= _SNAP and line[low] <= start + _SNAP and line[high] >= end - _SNAP)


def _grid(boxes: Sequence[Box]) -> Grid:
    """A table's cells with their rows and columns: the fields between neighbouring sides of any of them."""
    xs = sorted({x for x0, _, x1, _ in boxes for x in (x0, x1)})
    ys = sorted({y for _, y0, _, y1 in boxes for y in (y0, y1)})
    owner = [_NOBODY] * ((len(xs) - 1) * (len(ys) - 1))
    cells = []
    for number, box in enumerate(sorted(boxes, key=lambda box: (box[1], box[0]))):
        columns = range(bisect_left(xs, box[0]), bisect_left(xs, box[2]))
        rows = range(bisect_left(ys, box[1]), bisect_left(ys, box[3]))
        for row in rows:
            for column in columns:
                owner[row * (len(xs) - 1) + column] = number
        cells.append(GridCell(rows.start, columns.start, len(rows), len(columns), box))
    return Grid(tuple(xs), tuple(ys), tuple(cells), tuple(owner))
