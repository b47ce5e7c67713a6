"""A recognised page as a page of a document: its text, a box and a confidence for each code point, and the layout of its blocks."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from docproc.model import Box
from docproc.readers.ocr.recognition import Leaf, Line, Recognition
from docproc.readers.ocr.upright import rotation
from docproc.readers.pdf_layout import PageLayout
from docproc.readers.pdf_lines import Glyphs
from docproc.readers.pdf_tables import grids

_FULL_HEIGHT = 0.92  # of a Chinese character's ink to its size
_PITCH_HELD = (0.8, 1.3)  # of the ink's height: letters set apart say nothing of their size


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """Text (lines joined by LF), its boxes (four floats a code point, points from the top left of the page as displayed), the
    confidence of each code point, and the layouts of its leaves."""

    text: str
    boxes: array[float]
    confidences: array[float]
    layouts: tuple[PageLayout, ...]


def laid_out(recognition: Recognition, number: int, start: int, scale: float, origin: tuple[float, float] = (0.0, 0.0)) -> RecognisedPage:
    """The page `number`, whose text begins at `start` of the source. `scale`: points a pixel; `origin`: where the picture's top left
    stands on the page, in points."""
    texts: list[str] = []
    confidences = array("f")
    layouts: list[PageLayout] = []
    upright: list[Box] = []
    position = start
    for leaf in recognition.leaves:
        if not leaf.lines:
            continue
        text, boxes, sizes = _leaf_glyphs(leaf)
        for place, line in enumerate(leaf.lines):
            confidences.extend([1.0] if place or texts else [])
            confidences.extend(line.confidences)
        if texts:
            upright.append((0.0, 0.0, 0.0, 0.0))
            position += 1
        upright.extend(boxes)
        layouts.append(_layout(recognition, leaf, number, position, scale, (text, boxes, sizes)))
        texts.append(text)
        position += len(text)
    shown = _displayed(recognition, np.array(upright, np.float64).reshape(-1, 4)) * scale
    if len(shown):
        shown[shown[:, 2] > shown[:, 0]] += (*origin, *origin)
    flat = array("f")
    flat.frombytes(shown.astype(np.float32).tobytes())
    return RecognisedPage("\n".join(texts), flat, confidences, tuple(layouts))


def _leaf_glyphs(leaf: Leaf) -> tuple[str, list[Box], list[float]]:
    boxes: list[Box] = []
    sizes: list[float] = []
    for place, line in enumerate(leaf.lines):
        if place:
            boxes.append((0.0, 0.0, 0.0, 0.0))
            sizes.append(0.0)
        size = _size(line)
        for left, right in zip(line.lefts, line.rights, strict=True):
            boxes.append((left, line.top, right, line.bottom) if right > left else (0.0, 0.0, 0.0, 0.0))
            sizes.append(size)
    return "\n".join(line.text for line in leaf.lines), boxes, sizes


def _size(line: Line) -> float:
    """The size of the writing: the step from one Chinese character to the next, else by the height of the ink."""
    by_height = line.height / _FULL_HEIGHT
    middles = [(left + right) / 2 for left, right in zip(line.lefts, line.rights, strict=True)]
    steps = [
        after - before
        for (before, one), (after, other) in pairwise(zip(middles, line.text, strict=True))
        if "\u4e00" <= one <= "\u9fff" and "\u4e00" <= other <= "\u9fff"
    ]
    if len(steps) >= 3:
        step = median(steps)
        if _PITCH_HELD[0] * by_height <= step <= _PITCH_HELD[1] * by_height:
            return step
    return by_height


def _layout(
    recognition: Recognition, leaf: Leaf, number: int, start: int, scale: float, glyphs: tuple[str, list[Box], list[float]]
) -> PageLayout:
    text, boxes, sizes = glyphs
    width, height = leaf.right - leaf.left, recognition.size[1]
    places = np.array([_scaled(box, scale, leaf.left) for box in boxes], np.float64).reshape(-1, 4)
    lines = tuple(_scaled(ruling, scale, leaf.left) for ruling in leaf.rulings)
    return PageLayout(number, start, width * scale, height * scale, Glyphs(text, places, np.array(sizes) * scale), grids(lines))


def _scaled(box: Box, scale: float, left: float) -> Box:
    x0, y0, x1, y1 = box
    if x1 <= x0 and y1 <= y0:
        return (0.0, 0.0, 0.0, 0.0)
    return ((x0 - left) * scale, y0 * scale, (x1 - left) * scale, y1 * scale)


def _displayed(recognition: Recognition, boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Boxes of the upright picture as boxes of the picture as it lies; empty ones stay empty."""
    if not len(boxes):
        return boxes
    width, height = recognition.size
    corners = np.stack([boxes[:, [0, 1]], boxes[:, [2, 1]], boxes[:, [2, 3]], boxes[:, [0, 3]]], axis=1)
    if recognition.skew:
        matrix = rotation(width, height, -recognition.skew)
        corners = corners @ matrix[:, :2].T + matrix[:, 2]
    for _ in range(recognition.turns):  # a clockwise quarter turn taken back
        corners = np.stack([corners[..., 1], width - corners[..., 0]], axis=-1)
        width, height = height, width
    low, high = corners.min(axis=1), corners.max(axis=1)
    limits = np.array([recognition.width, recognition.height])
    shown = np.concatenate([np.clip(low, 0, limits), np.clip(high, 0, limits)], axis=1)
    shown[boxes[:, 2] <= boxes[:, 0]] = 0
    return shown


def low_lines(page: RecognisedPage, sure: float) -> Iterator[str]:
    """The lines whose mean confidence is below `sure`."""
    at = 0
    for line in page.text.split("\n"):
        values = page.confidences[at : at + len(line)]
        if line and sum(values) / len(values) < sure:
            yield line
        at += len(line) + 1
