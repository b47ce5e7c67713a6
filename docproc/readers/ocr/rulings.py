"""The ruling lines of a table on the picture of a page, for the table finder that ruled PDF pages go through (pdf_tables.py)."""

from __future__ import annotations

import numpy as np

from docproc.model import Box
from docproc.readers.ocr.engine import Picture

_LEVEL = 0.05  # of the page's width: strokes of letters are shorter
_UPRIGHT = 0.018  # of the page's longer side: the lowest row of a table is higher, a letter of a headline hardly
_THICKEST = 0.004  # of the page's longer side: a bar is no ruling
_BRIDGED = 0.004
_AT_MOST = 2000


def rulings(picture: Picture) -> tuple[Box, ...]:
    """Level and upright lines (boxes without thickness, pixels) on an upright, straightened picture."""
    import cv2

    # The darkest channel: a ruling in colour is a ruling.
    grey = picture.min(axis=2) if picture.ndim == 3 else picture
    height, width = grey.shape
    dark = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 14)
    long = max(width, height)
    thickest, bridged = max(3, round(_THICKEST * long)), round(_BRIDGED * long)
    level = _lines(np.asarray(dark, np.uint8), max(round(_LEVEL * width), 12), True, thickest, bridged)
    upright = _lines(np.asarray(dark, np.uint8), max(round(_UPRIGHT * long), 12), False, thickest, bridged)
    # A tall letter's stroke stands alone; a ruling meets another.
    met = [line for line in upright if sum(_meet(line, other, 2 * bridged) for other in level) >= 2]
    return (*level, *met) if len(level) + len(met) <= _AT_MOST else ()


def _meet(upright: Box, level: Box, near: float) -> bool:
    return level[0] - near <= upright[0] <= level[2] + near and upright[1] - near <= level[1] <= upright[3] + near


def _lines(dark: Picture, least: int, level: bool, thickest: int, bridged: int) -> list[Box]:
    import cv2

    # A scan's line wavers by a pixel: thickened across, it still holds runs as long as is asked for.
    across = cv2.getStructuringElement(cv2.MORPH_RECT, (1, 3) if level else (3, 1))
    along = cv2.getStructuringElement(cv2.MORPH_RECT, (least, 1) if level else (1, least))
    gap = cv2.getStructuringElement(cv2.MORPH_RECT, (bridged | 1, 1) if level else (1, bridged | 1))
    runs = cv2.morphologyEx(cv2.dilate(dark, across), cv2.MORPH_OPEN, along)
    runs = cv2.morphologyEx(runs, cv2.MORPH_CLOSE, gap)
    _, _, boxes, _ = cv2.connectedComponentsWithStats(np.asarray(runs, np.uint8), connectivity=8)
    result: list[Box] = []
    for x, y, wide, high, area in boxes[1:].tolist():
        length, thick = (wide, high) if level else (high, wide)
        if length < least or area / length > thickest + 2 or thick > 3 * thickest + 2:
            continue
        middle_x, middle_y = x + wide / 2, y + high / 2
        result.append((float(x), middle_y, float(x + wide), middle_y) if level else (middle_x, float(y), middle_x, float(y + high)))
    return result
