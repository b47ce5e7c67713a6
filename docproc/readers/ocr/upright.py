"""How a page lies in its picture: quarter turns, skew, and whether it is two pages side by side."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from docproc.readers.ocr.engine import Picture, Quads

_ON_ITS_SIDE = 1.5  # a line this much higher than wide stands upright
_MOSTLY = 0.6
_SKEW_SEEN = 0.2  # degrees: less does no harm
_SKEW_AT_MOST = 12.0
_SPREAD = 1.25  # width to height
_GUTTER_ZONE = (0.42, 0.58)  # of the width
_GUTTER = 0.012  # of the width: the least empty band between two pages
_SIDE_LINES = 4  # lines of text that each of two pages has


def stands_on_its_side(quads: Quads) -> bool:
    """Whether most of the writing runs up or down the picture."""
    width, height = sides(quads)
    long = np.maximum(width, height)
    upright = long[height > _ON_ITS_SIDE * width].sum()
    level = long[width > _ON_ITS_SIDE * height].sum()
    return bool(upright > _MOSTLY * (upright + level)) and upright > 0


def sides(quads: Quads) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Widths and heights of lines along and across their writing."""
    width = np.hypot(*(quads[:, 1] - quads[:, 0]).T)
    height = np.hypot(*(quads[:, 3] - quads[:, 0]).T)
    return width, height


def skew_of(quads: Quads) -> float:
    """By how many degrees the writing falls to the right (clockwise); 0 where that is too little to matter or cannot be told."""
    if not len(quads):
        return 0.0
    width, height = sides(quads)
    long = width > 6 * height
    if long.sum() < 2:
        return 0.0
    along = (quads[long, 1] - quads[long, 0]) + (quads[long, 2] - quads[long, 3])
    angles = np.degrees(np.arctan2(along[:, 1], along[:, 0]))
    weights = width[long]
    order = np.argsort(angles)
    reached = np.cumsum(weights[order])
    angle = float(angles[order][np.searchsorted(reached, reached[-1] / 2)])
    return round(angle, 2) if _SKEW_SEEN <= abs(angle) <= _SKEW_AT_MOST else 0.0


def turned(picture: Picture, turns: int) -> Picture:
    """The picture after clockwise quarter turns."""
    return np.ascontiguousarray(np.rot90(picture, -turns % 4))


def rotation(width: int, height: int, skew: float) -> NDArray[np.float64]:
    """The matrix (2 x 3) that brings points of a picture to where they stand once its skew is taken off."""
    angle = np.radians(skew)
    cos, sin = float(np.cos(angle)), float(np.sin(angle))
    x, y = width / 2, height / 2
    return np.array([[cos, sin, x - cos * x - sin * y], [-sin, cos, y + sin * x - cos * y]])


def moved(points: NDArray[np.float32], matrix: NDArray[np.float64]) -> NDArray[np.float32]:
    """Points (… x 2) moved by a matrix of 2 x 3."""
    result: NDArray[np.float32] = (points @ matrix[:, :2].T + matrix[:, 2]).astype(np.float32)
    return result


def straightened(picture: Picture, skew: float) -> Picture:
    """The picture with its skew taken off, in the same size; what comes in at the corners is white."""
    if not skew:
        return picture
    import cv2

    height, width = picture.shape[:2]
    matrix = rotation(width, height, skew)
    return np.asarray(cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)), np.uint8)


def gutter(quads: Quads, width: int, height: int) -> float | None:
    """Where a spread of two pages is parted (pixels from the left), None where it is one page.

    A spread is wider than high, and no line of text crosses a band near its middle, with text enough on both sides. A licence or a table
    across a wide sheet has a heading or a row that crosses.
    """
    if width < _SPREAD * height or len(quads) < 2 * _SIDE_LINES:
        return None
    free = np.ones(width + 1, bool)
    lefts, rights = quads[:, :, 0].min(axis=1), quads[:, :, 0].max(axis=1)
    for left, right in zip(lefts.tolist(), rights.tolist(), strict=True):
        free[max(0, int(left)) : max(0, int(right) + 1)] = False
    start, end = (round(share * width) for share in _GUTTER_ZONE)
    best, run = (0, 0), 0
    for x in range(start, end):
        run = run + 1 if free[x] else 0
        if run > best[0]:
            best = (run, x)
    if best[0] < _GUTTER * width:
        return None
    at = best[1] - best[0] / 2
    left_lines, right_lines = int((rights < at).sum()), int((lefts > at).sum())
    return at if min(left_lines, right_lines) >= _SIDE_LINES else None
