"""Ruled tables: the rectangles between a page's ruling lines, with the rows and columns that each spans."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from docproc.model import Box
from docproc.readers.ruled_fields import TOLERANCE, Lines, tables

_LINES_AT_MOST = 20_000
_NOBODY = -1


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
    """A ruled table: the positions of its lines, its cells, and for each small field (row-major) the cell that holds it, or -1.

    `open_above`, `open_below`: whether no line is drawn along its top, along its bottom.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]
    owner: tuple[int, ...]
    open_above: bool = False
    open_below: bool = False

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


def grids(lines: NDArray[np.float32] | Sequence[Box]) -> tuple[Grid, ...]:
    """The ruled tables among lines (level or upright boxes without thickness, y downwards, a row each), from top to bottom."""
    boxes = np.array(lines[:_LINES_AT_MOST], np.float64).reshape(-1, 4)
    x0, y0, x1, y1 = boxes.T
    across = x1 - x0 > y1 - y0
    if across.all() or not across.any():
        return ()
    level = Lines(y0[across], x0[across], x1[across])
    upright = Lines(x0[~across], y0[~across], y1[~across])
    return tuple(_grid(cells, level) for cells in tables(level, upright))


def _grid(boxes: Sequence[Box], level: Lines) -> Grid:
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
    above, below = (_is_open(level, y, xs[0], xs[-1]) for y in (ys[0], ys[-1]))
    return Grid(tuple(xs), tuple(ys), tuple(cells), tuple(owner), above, below)


def _is_open(level: Lines, y: float, left: float, right: float) -> bool:
    """Whether no level line is drawn at a height, between two places."""
    return not ((np.abs(level.at - y) <= TOLERANCE) & (level.end > left + TOLERANCE) & (level.start < right - TOLERANCE)).any()
