"""What is drawn on a PDF page besides text: ruling lines, images, and whether anything is red.

Objects inside a Form XObject stand in the form's own space: its matrix is multiplied in.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from docproc.model import Box

if TYPE_CHECKING:
    import pypdfium2

    from docproc.readers.pdf_text import Boxes

Matrix = tuple[float, float, float, float, float, float]

_UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_DEPTH = 5
# A fill no thicker than this is drawn as a line; a thicker one is a background.
_LINE_THICKNESS = 3.0
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
    red: bool = False
    count: int = 0
    segments: int = 0
    annotated: bool = False

    def largest_image(self) -> float:
        """The longest side of its images, in points."""
        return max((max(x1 - x0, y1 - y0) for x0, y0, x1, y1 in self.images), default=0.0)

    def covered(self, page: Box) -> float:
        """The share of the page under its images, overlaps counted once (on a grid of 40 x 40)."""
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
    _walk(found, page.raw, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, _UNIT, 0)
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


def _walk(found: Drawing, parent: Any, count: Any, child: Any, outer: Matrix, depth: int) -> None:
    import pypdfium2.raw as pdfium

    for index in range(count(parent)):
        found.count += 1
        if found.count > _OBJECTS_AT_MOST:
            return
        item = child(parent, index)
        match pdfium.FPDFPageObj_GetType(item):
            case pdfium.FPDF_PAGEOBJ_TEXT:
                found.red = found.red or _red(item, pdfium.FPDFPageObj_GetFillColor)
            case pdfium.FPDF_PAGEOBJ_IMAGE:
                found.images.append(_bounds(item, outer))
            case pdfium.FPDF_PAGEOBJ_PATH:
                _path(found, item, outer)
            case pdfium.FPDF_PAGEOBJ_FORM if depth < _DEPTH:
                matrix = _times(_matrix(item), outer)
                _walk(found, item, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, matrix, depth + 1)


def _path(found: Drawing, item: Any, outer: Matrix) -> None:
    import pypdfium2.raw as pdfium

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(item, fill, stroke) or not (fill.value or stroke.value):
        return
    if not found.red:
        found.red = bool(fill.value and _red(item, pdfium.FPDFPageObj_GetFillColor)) or bool(
            stroke.value and _red(item, pdfium.FPDFPageObj_GetStrokeColor)
        )
    x0, y0, x1, y1 = _bounds(item, outer)
    if max(x1 - x0, y1 - y0) < _SHORTEST:
        return
    count = pdfium.FPDFPath_CountSegments(item)
    if found.segments + count > _SEGMENTS_AT_MOST:
        return
    found.segments += count
    matrix = _times(_matrix(item), outer)
    for points in _subpaths(item, count, matrix):
        if stroke.value:
            for (ax, ay), (bx, by) in pairwise(points):
                _add_line(found, min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), _SLANT)
        elif len(points) > 2:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            _add_line(found, min(xs), min(ys), max(xs), max(ys), _LINE_THICKNESS)


def _add_line(found: Drawing, x0: float, y0: float, x1: float, y1: float, thickness: float) -> None:
    """Adds a level or upright line through the middle of the box, if it is thin and long enough."""
    width, height = x1 - x0, y1 - y0
    if height <= thickness and width >= _SHORTEST and width > height:
        found.lines.append((x0, (y0 + y1) / 2, x1, (y0 + y1) / 2))
    elif width <= thickness and height >= _SHORTEST and height > width:
        found.lines.append(((x0 + x1) / 2, y0, (x0 + x1) / 2, y1))


def _subpaths(item: Any, count: int, matrix: Matrix) -> list[list[tuple[float, float]]]:
    """The corners of each straight-sided piece of a path; a curve breaks the piece."""
    import pypdfium2.raw as pdfium

    x, y = ctypes.c_float(), ctypes.c_float()
    pieces: list[list[tuple[float, float]]] = []
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        point = _apply(matrix, x.value, y.value)
        if kind == pdfium.FPDF_SEGMENT_LINETO and pieces:
            pieces[-1].append(point)
            if pdfium.FPDFPathSegment_GetClose(segment):
                pieces[-1].append(pieces[-1][0])
        else:
            pieces.append([point])
    return pieces


def _red(item: Any, colour_of: Any) -> bool:
    red, green, blue, alpha = ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint()
    if not colour_of(item, red, green, blue, alpha) or alpha.value < _ALPHA_SEEN:
        return False
    return bool(red.value - max(green.value, blue.value) > _RED_EXCESS)


def _bounds(item: Any, outer: Matrix) -> Box:
    import pypdfium2.raw as pdfium

    left, bottom, right, top = ctypes.c_float(), ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
    if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return (0.0, 0.0, 0.0, 0.0)
    if outer == _UNIT:
        return (left.value, bottom.value, right.value, top.value)
    corners = [_apply(outer, x, y) for x in (left.value, right.value) for y in (bottom.value, top.value)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return (min(xs), min(ys), max(xs), max(ys))


def _matrix(item: Any) -> Matrix:
    import pypdfium2.raw as pdfium

    values = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, values):
        return _UNIT
    return (values.a, values.b, values.c, values.d, values.e, values.f)


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    oa, ob, oc, od, oe, of = outer
    return (a * oa + b * oc, a * ob + b * od, c * oa + d * oc, c * ob + d * od, e * oa + f * oc + oe, e * ob + f * od + of)


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
