"""What was filled into a PDF rather than set in it: form fields, ticked boxes, typewriter text; and the comments pinned to it.

PDFium's page text holds none of these. They go after the page's text, each on lines of its own, with boxes where they stand on the page, so
that the layout puts a value behind its label.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from docproc.model import Box, Loss, Residue, Span, Trace

if TYPE_CHECKING:
    import pypdfium2

    from docproc.readers.pdf_text import PageText

_ANNOTATIONS_AT_MOST: Final = 3000  # of a page
_LENGTH_AT_MOST: Final = 20_000
_NOT_SHOWN: Final = 0x02 | 0x20  # hidden, no view (ISO 32000-1 §12.5.3)
_TICKED, _EMPTY = "☑", "☐"
_LINE: Final = 1.25  # of a character's size
_SIZES: Final = (4.0, 12.0)


@dataclass(frozen=True, slots=True)
class Filled:
    """Words that a person filled in, one or more lines, and where, in user space (x0, y0, x1, y1)."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Comment:
    """A note pinned to the page."""

    text: str
    author: str


@dataclass(frozen=True, slots=True)
class Annotations:
    """What a page's annotations say."""

    filled: tuple[Filled, ...] = ()
    comments: tuple[Comment, ...] = ()

    def traces(self, at: int) -> Iterator[Trace]:
        """The comments as traces of editing; where on the page they point is not told, so that they stand at its end."""
        for comment in self.comments:
            yield Trace(Residue.COMMENT, Span(at, at), comment.text, comment.author)


def noted_on(page: pypdfium2.PdfPage) -> Annotations:
    """Reads them, in the order of the file."""
    import pypdfium2.raw as pdfium

    count = min(pdfium.FPDFPage_GetAnnotCount(page.raw), _ANNOTATIONS_AT_MOST)
    if count <= 0:
        return Annotations()
    form = page.formenv.raw if page.formenv is not None else None
    filled: list[Filled] = []
    comments: list[Comment] = []
    for index in range(count):
        handle = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if not handle:
            continue
        try:
            if pdfium.FPDFAnnot_GetFlags(handle) & _NOT_SHOWN:
                continue
            kind = pdfium.FPDFAnnot_GetSubtype(handle)
            if kind == pdfium.FPDF_ANNOT_WIDGET and form is not None:
                text = _field(form, handle)
            elif kind == pdfium.FPDF_ANNOT_FREETEXT:
                text = _named(handle, b"Contents")
            else:
                text = ""
                if kind in _pinned() and (words := _named(handle, b"Contents").strip()):
                    comments.append(Comment(words, _named(handle, b"T")))
            if text.strip():
                filled.append(Filled(_clean(text), _box(handle)))
        finally:
            pdfium.FPDFPage_CloseAnnot(handle)
    return Annotations(tuple(filled), tuple(comments))


def _pinned() -> frozenset[int]:
    import pypdfium2.raw as pdfium

    return frozenset(
        {
            pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_HIGHLIGHT, pdfium.FPDF_ANNOT_UNDERLINE, pdfium.FPDF_ANNOT_SQUIGGLY,
            pdfium.FPDF_ANNOT_STRIKEOUT, pdfium.FPDF_ANNOT_CARET,
        }
    )  # fmt: skip


def _field(form: Any, handle: Any) -> str:
    import pypdfium2.raw as pdfium

    kind = pdfium.FPDFAnnot_GetFormFieldType(form, handle)
    if kind in {pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON}:
        return _TICKED if pdfium.FPDFAnnot_IsChecked(form, handle) else _EMPTY
    if kind in {pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX}:
        return _string(lambda buffer, size: pdfium.FPDFAnnot_GetFormFieldValue(form, handle, buffer, size))
    return ""


def _named(handle: Any, key: bytes) -> str:
    import pypdfium2.raw as pdfium

    return _string(lambda buffer, size: pdfium.FPDFAnnot_GetStringValue(handle, key, buffer, size))


def _string(ask: Callable[[Any, int], int]) -> str:
    """A string that PDFium gives in UTF-16, asked first for its length in bytes."""
    size = min(ask(None, 0), 2 * _LENGTH_AT_MOST)
    if size <= 2:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    ask(buffer, size)
    return bytes(buffer)[:size].decode("utf-16-le", "replace").split("\0")[0]


def _clean(text: str) -> str:
    """Its lines, without control characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(letter if letter.isprintable() else " " for letter in line).strip() for line in lines).strip("\n")


def _box(handle: Any) -> Box:
    import pypdfium2.raw as pdfium

    rectangle = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(handle, rectangle)
    return (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)


def with_filled(text: PageText, filled: tuple[Filled, ...]) -> PageText:
    """The page's text with what was filled in behind it."""
    if not filled:
        return text
    words: list[str] = []
    places: list[tuple[float, float, float, float]] = []
    sizes: list[float] = []
    shown = text.frame.display(np.array([each.box for each in filled], np.float32))
    for each, (x0, y0, x1, y1) in zip(filled, shown.tolist(), strict=True):
        lines = each.text.split("\n")
        size = min(max((y1 - y0) / (_LINE * len(lines)), _SIZES[0]), _SIZES[1])
        top = y0 + max(0.0, (y1 - y0 - _LINE * size * len(lines)) / 2)
        for number, line in enumerate(lines):
            wide = min(size, (x1 - x0) / max(len(line), 1))
            upper = top + number * _LINE * size
            words.append("\n" + line)
            places.append((0.0, 0.0, 0.0, 0.0))
            places += [(x0 + wide * at, upper, x0 + wide * (at + 1), upper + _LINE * size) for at in range(len(line))]
            sizes += [size] * (len(line) + 1)
    return replace(
        text,
        text=text.text + "".join(words),
        boxes=np.concatenate([text.boxes, np.array(places, np.float32)]),
        sizes=np.concatenate([text.sizes, np.array(sizes, np.float32)]),
    )


def unread_form(document: pypdfium2.PdfDocument) -> Iterator[Loss]:
    """A dynamic form (XFA) draws its pages by a program of its own: what the file shows without it is a notice to wait."""
    import pypdfium2.raw as pdfium

    if document.get_formtype() == pdfium.FORMTYPE_XFA_FULL:
        yield Loss("unsupported", "PDF 是动态表单（XFA），填写的内容没有读取。请用阅读软件“打印为 PDF”后再提交。")
