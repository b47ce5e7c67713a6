"""The text of one PDF page with a box for every code point, by PDFium.

PDFium's own order, spaces and line ends are kept: they are the source text. A code point that PDFium made up (the space between
two words set apart, the line end) has a zero box.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from docproc.readers.pdf_calls import argument_of, calls, loose_boxes, text_page_of

if TYPE_CHECKING:
    import pypdfium2

Boxes = NDArray[np.float32]

_QUARTER = np.pi / 2
_SAME_HEIGHT = 0.08  # of a box's height
_ASKEW = np.pi / 18


@dataclass(frozen=True, slots=True)
class Frame:
    """How user space lies on the displayed page: the visible box (points) and the clockwise quarter turns of /Rotate."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the displayed page in points."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turns % 2 else (width, height)

    def display(self, boxes: Boxes) -> Boxes:
        """Boxes (x0, y0, x1, y1) of user space as boxes of the displayed page, from its top left."""
        return self.shown(boxes[:, (0, 3, 2, 1)])

    def shown(self, rectangles: Boxes) -> Boxes:
        """The same of PDFium's rectangles (left, top, right, bottom)."""
        left, top = np.float32(self.left), np.float32(self.top)
        upright = np.empty_like(rectangles)  # column by column: rows of four are too short for numpy to be quick
        for at in (0, 2):
            np.subtract(rectangles[:, at], left, out=upright[:, at])
            np.subtract(top, rectangles[:, at + 1], out=upright[:, at + 1])
        return turned(upright, self.turns, self.right - self.left, self.top - self.bottom)


@dataclass(frozen=True, slots=True)
class PageText:
    """Text of a page and, a row a code point, its boxes on the displayed page. `turns`: clockwise quarter turns of the writing on it;
    `tilted`: the characters that stand askew to it (a watermark, the ring of a stamp)."""

    text: str
    boxes: Boxes
    sizes: NDArray[np.float32]
    frame: Frame
    turns: int = 0
    tilted: frozenset[int] = frozenset()


def turned(boxes: Boxes, turns: int, width: float, height: float) -> Boxes:
    """Boxes of a page of `width` x `height` after `turns` clockwise quarter turns of the page."""
    if not turns % 4:
        return boxes
    x0, y0, x1, y1 = boxes[:, 0], boxes[:, 1], boxes[:, 2], boxes[:, 3]
    match turns % 4:
        case 1:
            columns = (height - y1, x0, height - y0, x1)
        case 2:
            columns = (width - x1, height - y1, width - x0, height - y0)
        case _:
            columns = (y0, width - x1, y1, width - x0)
    return np.stack(columns, axis=1).astype(np.float32)


def frame_of(page: pypdfium2.PdfPage) -> Frame:
    """The page's visible box and rotation, read before the rotation is taken off for reading."""
    left, bottom, right, top = page.get_bbox()
    return Frame(left, bottom, right, top, page.get_rotation() // 90)


def page_text(page: pypdfium2.PdfPage, frame: Frame) -> PageText:
    """Reads a page. Leaves its rotation at zero, so that later calls see user space upright.

    PDFium orders and spaces writing rightly where it runs from left to right in the page as it is loaded: on a turned page either
    with the turn or without it, by how the text was drawn.
    """
    reading = _read(page, frame)
    if frame.turns:
        page.set_rotation(0)
        if reading.turns:
            return _read(page, frame)
    return reading


def _read(page: pypdfium2.PdfPage, frame: Frame) -> PageText:
    with text_page_of(argument_of(page.raw)) as textpage:
        codes, rows, sizes = _characters(textpage)
        angles = _angles(textpage, codes)
    turns = _writing_turns(angles, codes)
    text, rows, sizes, angles = _joined(codes, rows, sizes, angles)
    boxes = frame.shown(rows)
    boxes[_nowhere(rows)] = 0
    askew = np.flatnonzero(np.abs(np.angle(np.exp(1j * (angles - turns * _QUARTER)))) > _ASKEW).tolist() if turns or angles.any() else ()
    return PageText(text, boxes, sizes, frame, (turns + frame.turns) % 4, frozenset(askew))


def _nowhere(boxes: Boxes) -> NDArray[np.intp]:
    """Which boxes are all zero."""
    bits = (boxes + np.float32(0)).view(np.uint64)  # minus zero becomes zero
    empty: NDArray[np.bool_] = (bits[:, 0] | bits[:, 1]) == 0
    return empty.nonzero()[0]


def _characters(textpage: Any) -> tuple[NDArray[np.uint32], Boxes, NDArray[np.float32]]:
    """Code points, boxes in user space (left, top, right, bottom; zero where made up) and font sizes."""
    count = max(calls().count(textpage), 0)
    codes, boxes = _codes(textpage, count), loose_boxes(textpage, count)
    boxes[(codes < 0x20).nonzero()[0]] = 0
    spaces = (codes == 0x20).nonzero()[0]
    if len(spaces):
        made_up = np.fromiter(map(calls().generated, repeat(textpage), spaces.tolist()), np.int32, len(spaces))
        boxes[spaces[made_up == 1]] = 0
    if not np.isfinite(boxes.sum()):
        boxes[~np.isfinite(boxes).all(axis=1)] = 0
    return codes, boxes, _sizes(textpage, boxes, codes)


def _codes(textpage: Any, count: int) -> NDArray[np.uint32]:
    """The code points, all at once where PDFium's text has one unit a character, else one by one."""
    units = np.zeros(count + 1, np.uint16)
    written = calls().text(textpage, 0, count, ctypes.c_void_p(units.ctypes.data))
    # Characters that are not in the text (control characters, hyphens at line ends) and surrogate pairs put the two out of step.
    if written == count + 1 and not ((units & 0xF800) == 0xD800).any():
        return units[:count].astype(np.uint32)
    return np.fromiter(map(calls().unicode, repeat(textpage), range(count)), np.uint32, count)


def _sizes(textpage: Any, boxes: Boxes, codes: NDArray[np.uint32]) -> NDArray[np.float32]:
    """The font sizes of what shows, 0 elsewhere: asked once for each stretch of a line with boxes of about one height.

    A box is as high as its font and its character make it, so that little changes tell nothing.
    """
    heights = boxes[:, 1] - boxes[:, 3]
    sizes = np.zeros(len(codes), np.float32)
    shown = (heights > 0).nonzero()[0]
    if not len(shown):
        return sizes
    tall = heights[shown]
    other = np.zeros(len(shown) + 1, bool)
    other[1:-1] = np.abs(tall[1:] - tall[:-1]) > _SAME_HEIGHT * tall[1:]
    other[shown.searchsorted((codes == 0x0A).nonzero()[0])] = True
    other[0], other[-1] = True, True
    bounds = other.nonzero()[0]
    firsts = shown[bounds[:-1]].tolist()
    asked = np.fromiter(map(calls().font_size, repeat(textpage), firsts), np.float32, len(firsts))
    sizes[shown] = asked.repeat(bounds[1:] - bounds[:-1])
    return sizes


def _angles(textpage: Any, codes: NDArray[np.uint32]) -> NDArray[np.float32]:
    """The clockwise angle (radians, 0-2 pi) at which each character stands: asked at both ends of a line, and inside where they differ."""
    angle_at = calls().angle
    angles = np.zeros(len(codes), np.float32)
    breaks = ((codes == 0x0A) | (codes == 0x0D)).nonzero()[0].tolist()
    lines = [(start + 1, end) for start, end in zip([-1, *breaks], [*breaks, len(codes)], strict=True) if end > start + 1]
    at_first = list(map(angle_at, repeat(textpage), [start for start, _ in lines]))
    at_last = list(map(angle_at, repeat(textpage), [end - 1 for _, end in lines]))
    if max(at_first, default=0.0) <= 0 and max(at_last, default=0.0) <= 0:
        return angles
    for (start, end), first, last in zip(lines, at_first, at_last, strict=True):
        if first > 0:
            angles[start:end] = first
        if abs(max(first, 0.0) - max(last, 0.0)) > _ASKEW:
            angles[start:end] = [max(angle_at(textpage, index), 0.0) for index in range(start, end)]
    return angles


def _writing_turns(angles: NDArray[np.float32], codes: NDArray[np.uint32]) -> int:
    """Clockwise quarter turns of most of the writing in user space."""
    if not angles.any():
        return 0
    visible = angles[codes > 0x20]
    turns = np.bincount(np.round(visible / _QUARTER).astype(int) % 4, minlength=4)
    return int(turns.argmax())


def _joined(
    codes: NDArray[np.uint32], boxes: Boxes, sizes: NDArray[np.float32], angles: NDArray[np.float32]
) -> tuple[str, Boxes, NDArray[np.float32], NDArray[np.float32]]:
    """The text with CRLF as LF and halves of a surrogate pair joined; the arrays lose the same rows."""
    keep = codes != 0
    keep[:-1] &= (codes[:-1] != 0x0D) | (codes[1:] != 0x0A)
    kept = keep.nonzero()[0]
    try:
        text = _decoded(codes[kept])
    except UnicodeDecodeError:  # no code points: halves of pairs
        following = np.append(codes[1:], 0)
        high = (codes >= 0xD800) & (codes < 0xDC00) & (following >= 0xDC00) & (following < 0xE000)
        low = np.append(False, high[:-1])
        codes = codes.copy()
        codes[high] = 0x10000 + ((codes[high] - 0xD800) << 10) + (following[high] - 0xDC00)
        codes[(codes >= 0xD800) & (codes < 0xE000) | (codes > 0x10FFFF)] = 0xFFFD
        kept = (keep & ~low).nonzero()[0]
        text = _decoded(codes[kept])
    return text, boxes.take(kept, axis=0), sizes[kept], angles[kept]


def _decoded(codes: NDArray[np.uint32]) -> str:
    return codes.astype("<u4", copy=False).tobytes().decode("utf-32-le")
