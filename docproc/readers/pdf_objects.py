"""What is drawn on a PDF page besides text: ruling lines, images, and whether anything is red.

Objects inside a Form XObject stand in the form's own space: its matrix is multiplied in.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise, repeat
from typing import TYPE_CHECKING, Any

import numpy as np

from docproc.model import Box
from docproc.readers.pdf_calls import argument_of, calls

if TYPE_CHECKING:
    import pypdfium2

    from docproc.readers.pdf_text import Boxes

Matrix = tuple[float, float, float, float, float, float]

_UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_DEPTH = 5
# A fill no thicker than this is drawn as a line; a thicker one is a background.
_LINE_THICKNESS = 3.0
_ONE_RECTANGLE = 5  # segments: too few for two filled pieces, so that the path's bounds are the line
# Dashes drawn one by one make a line, dots and the squares of a two-dimensional code do not. As short as pdfplumber takes them.
_SHORTEST = 1.0
_SLANT = 1.0
# Of a page. A table may be one path of a thousand segments, so that no path alone says that it is a drawing.
_SEGMENTS_AT_MOST = 40_000
_OBJECTS_AT_MOST = 60_000
# As in the red mask of seal.py, on 0-255.
_RED_EXCESS = 18
_ALPHA_SEEN = 20


@dataclass(slots=True)
class Drawing:
    """Boxes in user space (x0, y0, x1, y1): lines are boxes without height or width."""

    lines: list[Box] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    pixels: list[int] = field(default_factory=list)  # of each image
    red: bool = False
    count: int = 0
    segments: int = 0
    texts: int = 0  # pieces in which text is set
    curves: int = 0  # points of curves: writing turned into outlines has many
    annotated: bool = False

    def largest_image(self) -> float:
        """The longest side of its images, in points."""
        return max((max(x1 - x0, y1 - y0) for x0, y0, x1, y1 in self.images), default=0.0)

    def covered(self, page: Box) -> float:
        """The share of the page under its images, overlaps counted once (on a grid of 40 x 40)."""
        if not self.images:
            return 0.0
        grid = np.zeros((40, 40), bool)
        width, height = max(page[2] - page[0], 1.0) / 40, max(page[3] - page[1], 1.0) / 40
        for x0, y0, x1, y1 in self.images:
            columns = slice(max(0, round((x0 - page[0]) / width)), max(0, round((x1 - page[0]) / width)))
            grid[max(0, round((y0 - page[1]) / height)) : max(0, round((y1 - page[1]) / height)), columns] = True
        return float(grid.mean())

    def line_boxes(self) -> Boxes:
        boxes = np.array(self.lines, np.float32).reshape(-1, 4)
        finite: Boxes = boxes[np.isfinite(boxes).all(axis=1)]
        return finite


def drawing(page: pypdfium2.PdfPage) -> Drawing:
    """Walks the page's objects once."""
    import pypdfium2.raw as pdfium

    found = Drawing(annotated=_annotated(page))
    _Walk(found).go(argument_of(page.raw), pdfium.FPDFPage_CountObjects(page.raw), calls().page_object, _UNIT, 0)
    return found


def _annotated(page: pypdfium2.PdfPage) -> bool:
    """Whether the page bears annotations that draw something: stamps, signature fields, images; links do not."""
    import pypdfium2.raw as pdfium

    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), 50)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if kind not in {pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP}:
            return True
    return False


class _Walk:
    """The walk through one page's objects, with room for what PDFium answers (by address: see pdf_calls.py)."""

    def __init__(self, found: Drawing) -> None:
        self.found, self.ask = found, calls()
        self._floats = (ctypes.c_float * 6)()
        self._numbers = (ctypes.c_uint * 4)()
        self._at_floats = ctypes.byref(self._floats)
        self._four = tuple(ctypes.byref(self._numbers, 4 * place) for place in range(4))
        self._corners = tuple(ctypes.byref(self._floats, 4 * place) for place in range(4))

    def go(self, parent: Any, count: int, child: Any, outer: Matrix, depth: int) -> None:
        """The objects of a page or form."""
        import pypdfium2.raw as pdfium

        found, ask = self.found, self.ask
        text, image, path, form = (
            pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM,
        )  # fmt: skip
        count = min(count, _OBJECTS_AT_MOST - found.count)
        found.count += max(count, 0)
        items: list[int] = list(map(child, repeat(parent), range(count)))
        kinds = list(map(ask.kind, items))
        found.texts += kinds.count(text)
        if not found.red:
            found.red = self._red_among([item for item, kind in zip(items, kinds, strict=True) if kind == text])
        if kinds.count(text) == count:
            return
        for item, kind in zip(items, kinds, strict=True):
            if kind == path:
                self._path(item, outer)
            elif kind == image:
                found.images.append(self._bounds(item, outer))
                sized = ask.image_size(item, self._four[0], self._four[1])
                found.pixels.append(self._numbers[0] * self._numbers[1] if sized else 0)
            elif kind == form and depth < _DEPTH:
                inner = max(pdfium.FPDFFormObj_CountObjects(ctypes.cast(item, pdfium.FPDF_PAGEOBJECT)), 0)
                self.go(item, inner, ask.form_object, _times(self._matrix(item), outer), depth + 1)

    def _path(self, item: int, outer: Matrix) -> None:
        found, ask, numbers = self.found, self.ask, self._numbers
        if not ask.draw_mode(item, self._four[0], self._four[1]):
            return
        filled, stroked = numbers[0], numbers[1]
        if not (filled or stroked):
            return
        if not found.red:
            found.red = bool(filled and self._red(item, ask.fill)) or bool(stroked and self._red(item, ask.stroke))
        x0, y0, x1, y1 = self._bounds(item, outer)
        if max(x1 - x0, y1 - y0) < _SHORTEST:
            return
        count = ask.segment_count(item)
        if found.segments + count > _SEGMENTS_AT_MOST:
            return
        found.segments += count
        if not stroked and 2 < count <= _ONE_RECTANGLE and min(x1 - x0, y1 - y0) <= _LINE_THICKNESS:
            _add_line(found, x0, y0, x1, y1, _LINE_THICKNESS)
            return
        matrix = _times(self._matrix(item), outer)
        for points in self._subpaths(item, count, matrix):
            found.curves += len(points) == 1
            if stroked:
                for (ax, ay), (bx, by) in pairwise(points):
                    _add_line(found, min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), _SLANT)
            elif len(points) > 2:
                xs, ys = [x for x, _ in points], [y for _, y in points]
                _add_line(found, min(xs), min(ys), max(xs), max(ys), _LINE_THICKNESS)

    def _subpaths(self, item: int, count: int, matrix: Matrix) -> list[list[tuple[float, float]]]:
        """The corners of each straight-sided piece of a path; a curve breaks the piece."""
        import pypdfium2.raw as pdfium

        ask, floats, line_to = self.ask, self._floats, pdfium.FPDF_SEGMENT_LINETO
        a, b, c, d, e, f = matrix
        pieces: list[list[tuple[float, float]]] = []
        for index in range(count):
            segment = ask.segment(item, index)
            if not ask.segment_point(segment, self._corners[0], self._corners[1]):
                continue
            x, y = floats[0], floats[1]
            point = a * x + c * y + e, b * x + d * y + f
            if pieces and ask.segment_kind(segment) == line_to:
                pieces[-1].append(point)
                if ask.segment_closes(segment):
                    pieces[-1].append(pieces[-1][0])
            else:
                pieces.append([point])
        return pieces

    def _red_among(self, texts: Sequence[int]) -> bool:
        ask, numbers, (red, green, blue, alpha) = self.ask.fill, self._numbers, self._four
        return any(ask(item, red, green, blue, alpha) and numbers[0] and self._is_red() for item in texts)

    def _red(self, item: int, colour_of: Any) -> bool:
        return bool(colour_of(item, *self._four) and self._numbers[0] and self._is_red())

    def _is_red(self) -> bool:
        red, green, blue, alpha = self._numbers
        return bool(alpha >= _ALPHA_SEEN and red - max(green, blue) > _RED_EXCESS)

    def _bounds(self, item: int, outer: Matrix) -> Box:
        if not self.ask.bounds(item, *self._corners):
            return (0.0, 0.0, 0.0, 0.0)
        left, bottom, right, top = self._floats[:4]
        if outer == _UNIT:
            return (left, bottom, right, top)
        corners = [_apply(outer, x, y) for x in (left, right) for y in (bottom, top)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return (min(xs), min(ys), max(xs), max(ys))

    def _matrix(self, item: int) -> Matrix:
        if not self.ask.matrix(item, self._at_floats):
            return _UNIT
        a, b, c, d, e, f = self._floats
        return (a, b, c, d, e, f)


def _add_line(found: Drawing, x0: float, y0: float, x1: float, y1: float, thickness: float) -> None:
    """Adds a level or upright line through the middle of the box, if it is thin and long enough."""
    width, height = x1 - x0, y1 - y0
    if height <= thickness and width >= _SHORTEST and width > height:
        found.lines.append((x0, (y0 + y1) / 2, x1, (y0 + y1) / 2))
    elif width <= thickness and height >= _SHORTEST and height > width:
        found.lines.append(((x0 + x1) / 2, y0, (x0 + x1) / 2, y1))


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    oa, ob, oc, od, oe, of = outer
    return (a * oa + b * oc, a * ob + b * od, c * oa + d * oc, c * ob + d * od, e * oa + f * oc + oe, e * ob + f * od + of)


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
