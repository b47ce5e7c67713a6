"""Boxes to tick, found by their shape: the recogniser leaves one out now and then, and which of two is ticked decides a condition.

A square is found as a piece of ink whose four sides are drawn; what is inside says whether it is ticked. Only lines that hold boxes are
looked at, and a square is put in only where no character was read: 口, 日 and 国 are squares too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from docproc.readers.ocr.engine import Picture
from docproc.readers.ocr.recognition import Line

EMPTY, TICKED = "□", "☑"
MARKS = frozenset("□☐☑☒■√✓✔")
_TICKED_MARKS = frozenset("☑☒■√✓✔")
_SIDE = (0.5, 1.35)  # of the line's height
_SIDE_DRAWN = 0.75
_INSIDE_EMPTY, _INSIDE_TICKED = 0.04, 0.08
_MEASURED = 0.9  # confidence of a box found by its shape
_AT_ODDS = 0.4  # where shape and recognition disagree


@dataclass(frozen=True, slots=True)
class _Square:
    left: float
    right: float
    ticked: bool | None  # None where it cannot be told


def with_boxes(lines: Sequence[Line], picture: Picture) -> list[Line]:
    """The lines with the boxes that were left out of them, and with doubt on those that look otherwise than they were read."""
    if not any(MARKS & set(line.text) for line in lines):
        return list(lines)
    grey = picture.min(axis=2)
    return [_checked(line, _squares(grey, line)) if MARKS & set(line.text) else line for line in lines]


def _checked(line: Line, squares: Sequence[_Square]) -> Line:
    for square in squares:
        middle = (square.left + square.right) / 2
        places = [(left + right) / 2 for left, right in zip(line.lefts, line.rights, strict=True)]
        near = [at for at, place in enumerate(places) if abs(place - middle) < 0.5 * line.height and not line.text[at].isspace()]
        marks = [at for at in near if line.text[at] in MARKS]
        if marks:
            at = min(marks, key=lambda at: abs(places[at] - middle))
            if square.ticked is not None and square.ticked != (line.text[at] in _TICKED_MARKS):
                line = _doubted(line, at)
        elif square.ticked is not None and not any(line.lefts[at] - 1 <= middle <= line.rights[at] + 1 for at in near):
            line = _inserted(line, sum(place < middle for place in places), square)
    return line


def _doubted(line: Line, at: int) -> Line:
    return replace(line, confidences=(*line.confidences[:at], _AT_ODDS, *line.confidences[at + 1 :]))


def _inserted(line: Line, at: int, square: _Square) -> Line:
    mark = TICKED if square.ticked else EMPTY
    return replace(
        line,
        text=line.text[:at] + mark + line.text[at:],
        lefts=(*line.lefts[:at], round(square.left, 1), *line.lefts[at:]),
        rights=(*line.rights[:at], round(square.right, 1), *line.rights[at:]),
        confidences=(*line.confidences[:at], _MEASURED, *line.confidences[at:]),
    )


def _squares(grey: NDArray[np.uint8], line: Line) -> list[_Square]:
    """The squares on a line, from left to right."""
    import cv2

    height = line.height
    top, bottom = max(0, int(line.top - 0.3 * height)), min(grey.shape[0], int(line.bottom + 0.3 * height) + 1)
    left, right = max(0, int(line.left - 1.6 * height)), min(grey.shape[1], int(line.right + 1.6 * height) + 1)
    cut = grey[top:bottom, left:right]
    if cut.size == 0:
        return []
    darkest, lightest = float(np.percentile(cut, 1)), float(np.percentile(cut, 90))
    dark = (cut < (darkest + lightest) / 2).astype(np.uint8)
    _, _, boxes, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    found: list[_Square] = []
    for label, (x, y, wide, high, _) in enumerate(boxes.tolist()):
        if label == 0 or not (_SIDE[0] * height <= min(wide, high) and max(wide, high) <= _SIDE[1] * height):
            continue
        if not 0.75 <= wide / high <= 1.33:
            continue
        piece = dark[y : y + high, x : x + wide]
        edge = max(2, round(0.14 * min(wide, high)))
        sides = (piece[:edge].any(axis=0), piece[-edge:].any(axis=0), piece[:, :edge].any(axis=1), piece[:, -edge:].any(axis=1))
        if min(float(side.mean()) for side in sides) < _SIDE_DRAWN:
            continue
        margin = max(edge + 1, round(0.24 * min(wide, high)))
        inside = float(piece[margin:-margin, margin:-margin].mean()) if min(wide, high) > 2 * margin else 0.0
        ticked = False if inside < _INSIDE_EMPTY else True if inside > _INSIDE_TICKED else None
        found.append(_Square(float(left + x), float(left + x + wide), ticked))
    return sorted(found, key=lambda square: square.left)
