"""PDFium's functions that are called for each character or object of a page, at the least that a call can cost.

The functions of pypdfium2.raw make an object for every pointer and give the interpreter's lock back on every call; at a microsecond each,
a page of a thousand characters takes longer to ask about than to load. Here only a handle that is a plain number has a declared type: what
is declared is converted anew on every call, while addresses that were made once (`ctypes.byref`) go through as they are. That is an eighth
of a microsecond a character, a third of it PDFium's own.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_Address = ctypes.c_void_p
_Call = Callable[..., Any]
_AT_ONCE: Final = 1024  # characters
_CORNERS: Final = 4


@dataclass(frozen=True, slots=True)
class Calls:
    """PDFium's functions by what they are asked for; see fpdf_text.h and fpdf_edit.h for arguments and answers.

    Pages and text pages are given as `argument_of` makes them, objects and segments as the numbers that these functions give, addresses as
    `ctypes.byref` makes them.
    """

    text_page: _Call  # (page) -> text page
    close_text_page: _Call  # (text page)
    count: _Call  # (text page) -> number of its characters
    text: _Call  # (text page, index, count, address of so many UTF-16 units and one more) -> units written, the closing zero included
    unicode: _Call  # (text page, index) -> code point
    loose_box: _Call  # (text page, index, address of four floats: left, top, right, bottom)
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
        text_page=_function("FPDFText_LoadPage", a),
        close_text_page=_function("FPDFText_ClosePage", None),
        count=_function("FPDFText_CountChars", i),
        text=_function("FPDFText_GetText", i),
        unicode=_function("FPDFText_GetUnicode", ctypes.c_uint),
        loose_box=_function("FPDFText_GetLooseCharBox", None),
        font_size=_function("FPDFText_GetFontSize", ctypes.c_double),
        angle=_function("FPDFText_GetCharAngle", ctypes.c_float),
        generated=_function("FPDFText_IsGenerated", i),
        page_object=_function("FPDFPage_GetObject", a),
        form_object=_function("FPDFFormObj_GetObject", a, a, ctypes.c_ulong),
        kind=_function("FPDFPageObj_GetType", i, a),
        bounds=_function("FPDFPageObj_GetBounds", i, a),
        matrix=_function("FPDFPageObj_GetMatrix", i, a),
        fill=_function("FPDFPageObj_GetFillColor", i, a),
        stroke=_function("FPDFPageObj_GetStrokeColor", i, a),
        draw_mode=_function("FPDFPath_GetDrawMode", i, a),
        image_size=_function("FPDFImageObj_GetImagePixelSize", i, a),
        segment_count=_function("FPDFPath_CountSegments", i, a),
        segment=_function("FPDFPath_GetPathSegment", a, a),
        segment_kind=_function("FPDFPathSegment_GetType", i, a),
        segment_point=_function("FPDFPathSegment_GetPoint", i, a),
        segment_closes=_function("FPDFPathSegment_GetClose", i, a),
    )


def _function(name: str, answer: Any, *declared: Any) -> _Call:
    """A function of the library, its first arguments declared. It keeps the interpreter's lock: no other thread reads in a worker."""
    import pypdfium2.raw as pdfium

    address = ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(answer, *declared)(address or 0)


def argument_of(handle: Any) -> Any:
    """A pointer of pypdfium2.raw as an argument that needs no conversion. It does not keep the pointer alive."""
    return ctypes.c_void_p(ctypes.cast(handle, ctypes.c_void_p).value)


@contextmanager
def text_page_of(page: Any) -> Iterator[Any]:
    """Within it, a page's text page as an argument. `page`: as `argument_of` makes it."""
    address = calls().text_page(page)
    if not address:
        raise RuntimeError("PDFium loads no text page")
    handle = ctypes.c_void_p(address)
    try:
        yield handle
    finally:
        calls().close_text_page(handle)


def loose_boxes(text_page: Any, count: int) -> NDArray[np.float32]:
    """The boxes of a text page's first `count` characters in its own space: left, top, right, bottom; zero where it gives none."""
    boxes = np.zeros((count, _CORNERS), np.float32)
    ask, (room, places) = calls().loose_box, _room()
    for first in range(0, count, _AT_ONCE):
        last = min(first + _AT_ONCE, count)
        room[: last - first] = 0
        deque(map(ask, repeat(text_page), range(first, last), places), maxlen=0)
        boxes[first:last] = room[: last - first]
    return boxes


@cache
def _room() -> tuple[NDArray[np.float32], tuple[Any, ...]]:
    """Where boxes are written to, and the addresses of its rows: made once a process, which costs more than to ask for the boxes."""
    memory = (ctypes.c_float * (_CORNERS * _AT_ONCE))()
    row = ctypes.sizeof(ctypes.c_float) * _CORNERS
    places = tuple(ctypes.byref(memory, row * at) for at in range(_AT_ONCE))
    return np.ctypeslib.as_array(memory).reshape(_AT_ONCE, _CORNERS), places
