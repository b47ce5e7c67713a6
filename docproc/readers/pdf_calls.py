"""PDFium's functions that are called for each character or object of a page, with addresses as plain numbers.

The functions of pypdfium2.raw make an object for every pointer and give the interpreter's lock back on every call; at a microsecond each,
a page of a thousand characters takes longer to ask about than to load. What they answer lands in arrays of the caller.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from typing import Any, TypeVar

_Address = ctypes.c_void_p
_Call = Callable[..., Any]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Calls:
    """PDFium's functions by what they are asked for; see fpdf_text.h and fpdf_edit.h for arguments and answers."""

    loose_box: _Call  # (text page, index, address of four floats: left, right, bottom, top)
    font_size: _Call  # (text page, index) -> points
    angle: _Call  # (text page, index) -> radians
    generated: _Call  # (text page, index) -> 1 where PDFium made the character up
    page_object: _Call  # (page, index) -> object
    form_object: _Call  # (form object, index) -> object
    kind: _Call  # (object) -> FPDF_PAGEOBJ_…
    bounds: _Call  # (object, addresses of left, bottom, right, top) -> success
    matrix: _Call  # (object, address of six floats) -> success
    fill: _Call  # (object, addresses of red, green, blue, alpha) -> success
    stroke: _Call  # the same of its outline
    draw_mode: _Call  # (path, addresses of fill mode and of whether it is stroked) -> success
    image_size: _Call  # (image, addresses of width and height in pixels) -> success
    segment_count: _Call  # (path) -> number
    segment: _Call  # (path, index) -> segment
    segment_kind: _Call  # (segment) -> FPDF_SEGMENT_…
    segment_point: _Call  # (segment, addresses of x and y) -> success
    segment_closes: _Call  # (segment) -> success


@cache
def calls() -> Calls:
    """The functions, made once a process."""
    a, i = _Address, ctypes.c_int
    return Calls(
        loose_box=_function("FPDFText_GetLooseCharBox", None, a, i, a),
        font_size=_function("FPDFText_GetFontSize", ctypes.c_double, a, i),
        angle=_function("FPDFText_GetCharAngle", ctypes.c_float, a, i),
        generated=_function("FPDFText_IsGenerated", i, a, i),
        page_object=_function("FPDFPage_GetObject", a, a, i),
        form_object=_function("FPDFFormObj_GetObject", a, a, ctypes.c_ulong),
        kind=_function("FPDFPageObj_GetType", i, a),
        bounds=_function("FPDFPageObj_GetBounds", i, a, a, a, a, a),
        matrix=_function("FPDFPageObj_GetMatrix", i, a, a),
        fill=_function("FPDFPageObj_GetFillColor", i, a, a, a, a, a),
        stroke=_function("FPDFPageObj_GetStrokeColor", i, a, a, a, a, a),
        draw_mode=_function("FPDFPath_GetDrawMode", i, a, a, a),
        image_size=_function("FPDFImageObj_GetImagePixelSize", i, a, a, a),
        segment_count=_function("FPDFPath_CountSegments", i, a),
        segment=_function("FPDFPath_GetPathSegment", a, a, i),
        segment_kind=_function("FPDFPathSegment_GetType", i, a),
        segment_point=_function("FPDFPathSegment_GetPoint", i, a, a, a),
        segment_closes=_function("FPDFPathSegment_GetClose", i, a),
    )


def _function(name: str, answer: Any, *arguments: Any) -> _Call:
    """A function of the library under another prototype. It keeps the interpreter's lock: no other thread reads in a worker."""
    import pypdfium2.raw as pdfium

    address = ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(answer, *arguments)(address or 0)


def address_of(handle: Any) -> int:
    """The address in a pointer of pypdfium2.raw."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def for_each(call: Callable[..., _T], handle: int, count: int, into: int, step: int) -> None:
    """Calls (handle, 0, into), (handle, 1, into + step) … `count` times."""
    deque(map(call, repeat(handle), range(count), range(into, into + step * count, step)), maxlen=0)
