"""Lines cut out of a picture for the recogniser, and what it reads put back in its place on the page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from docproc.model import Box
from docproc.readers.ocr.engine import Picture, Quads, Reading
from docproc.readers.ocr.recognition import Line

_STACKED = 1.5  # height to width from which a box holds characters one below the other
_BORDER = frozenset("|｜丨│")
_TOGETHER = 0.7  # of a line's height: the gap up to which two pieces are one line
_INK = 0.45  # between the lightest and the darkest of a strip


@dataclass(frozen=True, slots=True)
class Strip:
    """A line's picture as the recogniser wants it, its box on the page, and how many characters it stacks (1: it runs along)."""

    picture: Picture
    box: Box
    stacked: int = 1


def strips(picture: Picture, quads: Quads) -> list[Strip]:
    """A strip for each line; characters stacked in a narrow cell are set side by side."""
    return [strip for quad in quads if (strip := _strip(picture, quad)) is not None]


def _strip(picture: Picture, quad: Quads) -> Strip | None:
    import cv2

    width = max(np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[2] - quad[3]))
    height = max(np.linalg.norm(quad[3] - quad[0]), np.linalg.norm(quad[2] - quad[1]))
    wide, high = int(width), int(height)
    if wide < 4 or high < 4:
        return None
    corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    matrix = cv2.getPerspectiveTransform(quad.astype(np.float32), corners)
    cut = np.asarray(cv2.warpPerspective(picture, matrix, (wide, high), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE), np.uint8)
    x0, y0 = quad.min(axis=0).tolist()
    x1, y1 = quad.max(axis=0).tolist()
    if high < _STACKED * wide:
        return Strip(cut, (x0, y0, x1, y1))
    count = max(2, round(high / wide))
    step = high // count
    side_by_side = np.concatenate([cut[at * step : (at + 1) * step] for at in range(count)], axis=1)
    return Strip(side_by_side, (x0, y0, x1, y1), count)


def placed(strip: Strip, reading: Reading) -> Iterator[Line]:
    """The lines that a strip's reading makes on the page: one, or one a character where they are stacked."""
    if not reading.text.strip():
        return
    x0, y0, x1, y1 = strip.box
    if strip.stacked > 1:
        step = (y1 - y0) / strip.stacked
        for letter, middle, sure in zip(reading.text, reading.middles, reading.confidences, strict=True):
            if not letter.isspace():
                top = y0 + step * min(int(middle * strip.stacked), strip.stacked - 1)
                yield Line(letter, round(top, 1), round(top + step, 1), (round(x0, 1),), (round(x1, 1),), (sure,))
        return
    top, bottom = _inked(strip.picture)
    scale = (y1 - y0) / strip.picture.shape[0]
    size = (bottom - top) * scale
    middles = [x0 + middle * (x1 - x0) for middle in reading.middles]
    lefts, rights = _edges(reading.text, middles, size)
    yield Line(reading.text, round(y0 + top * scale, 1), round(y0 + bottom * scale, 1), lefts, rights, reading.confidences)


def _inked(strip: Picture) -> tuple[int, int]:
    """The first and last row with ink: the engine's boxes stand off from the letters, unevenly."""
    grey = strip.min(axis=2) if strip.ndim == 3 else strip
    darkest, lightest = float(np.percentile(grey, 1)), float(np.percentile(grey, 90))
    ink = (grey < darkest + _INK * (lightest - darkest)).sum(axis=1) > max(2, 0.004 * grey.shape[1])
    rows = np.flatnonzero(ink)
    if len(rows) == 0 or rows[-1] + 1 - rows[0] < 0.4 * grey.shape[0]:
        return 0, grey.shape[0]
    return int(rows[0]), int(rows[-1]) + 1


def _edges(text: str, middles: Sequence[float], size: float) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Where each character begins and ends: half its usual width to both sides, and no further than half-way to its neighbour."""
    half = [0.0 if letter.isspace() else size * (0.5 if unicodedata.east_asian_width(letter) in "WFA" else 0.28) for letter in text]
    lefts, rights = [], []
    for at, (middle, reach) in enumerate(zip(middles, half, strict=True)):
        left, right = middle - reach, middle + reach
        if at and not text[at - 1].isspace() and reach:
            left = max(left, (middles[at - 1] + middle) / 2)
        if at + 1 < len(text) and not text[at + 1].isspace() and reach:
            right = min(right, (middles[at + 1] + middle) / 2)
        lefts.append(round(left, 1))
        rights.append(round(max(right, left), 1))
    return tuple(lefts), tuple(rights)


def arranged(lines: Sequence[Line], uprights: Sequence[Box]) -> tuple[Line, ...]:
    """The lines in reading order: cut where a table's upright ruling runs through them, and joined where one line came in pieces."""
    pieces = [piece for line in lines for piece in _cut(line, uprights)]
    rows: list[list[Line]] = []
    for line in sorted(pieces, key=lambda piece: (piece.middle, piece.left)):
        for row in reversed(rows[-4:]):
            if abs(row[0].middle - line.middle) < 0.5 * min(row[0].height, line.height):
                row.append(line)
                break
        else:
            rows.append([line])
    return tuple(line for row in rows for line in _joined(sorted(row, key=lambda piece: piece.left), uprights))


def _joined(row: Sequence[Line], uprights: Sequence[Box]) -> Iterator[Line]:
    whole = row[0]
    for line in row[1:]:
        height = min(whole.height, line.height)
        gap = line.left - whole.right
        alike = max(whole.height, line.height) < 1.4 * height
        if -0.5 * height < gap < _TOGETHER * height and alike and not _parted(whole, line, uprights):
            whole = Line(
                whole.text + line.text,
                min(whole.top, line.top),
                max(whole.bottom, line.bottom),
                whole.lefts + line.lefts,
                whole.rights + line.rights,
                whole.confidences + line.confidences,
            )
        else:
            yield whole
            whole = line
    yield whole


def _parted(one: Line, other: Line, uprights: Sequence[Box]) -> bool:
    middle = (one.middle + other.middle) / 2
    return any(y0 <= middle <= y1 and one.right - one.height * 0.5 < x < other.left + other.height * 0.5 for x, y0, _, y1 in uprights)


def _cut(line: Line, uprights: Sequence[Box]) -> Iterator[Line]:
    """A line's pieces between the rulings that run through it from top to bottom; a border read as a stroke is left out."""
    borders = sorted(x for x, y0, _, y1 in uprights if y0 <= line.top + 0.2 * line.height and y1 >= line.bottom - 0.2 * line.height)
    borders = [x for x in borders if line.left < x < line.right]
    if not borders:
        yield line
        return
    groups: list[list[int]] = [[] for _ in range(len(borders) + 1)]
    for at, (letter, left, right) in enumerate(zip(line.text, line.lefts, line.rights, strict=True)):
        middle = (left + right) / 2
        if letter in _BORDER and any(abs(middle - x) < 0.4 * line.height for x in borders):
            continue
        groups[sum(middle > x for x in borders)].append(at)
    for group in groups:
        while group and line.text[group[0]].isspace():
            group.pop(0)
        while group and line.text[group[-1]].isspace():
            group.pop()
        if group:
            yield Line(
                "".join(line.text[at] for at in group),
                line.top,
                line.bottom,
                tuple(line.lefts[at] for at in group),
                tuple(line.rights[at] for at in group),
                tuple(line.confidences[at] for at in group),
            )
