"""Highlights in a copy of a PDF lie over the words that they are about, on pages of any rotation and crop."""

from __future__ import annotations

import io

import numpy as np
import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject

from docproc.evidence import locate
from docproc.model import Document, Kind, SourceFile, Span
from docproc.readers.pdf import read
from docproc.readers.unread import Unreadable
from docproc.render.annotate_pdf import annotate
from docproc.render.annotations import AUTHOR, Note, dump
from tests.readers.drawing import lines, pdf

LINES = ("一、基本情况", "智能制造能力成熟度等级：一级", "近三年未发生较大及以上事故")
QUOTE = "成熟度等级：一级"


def turned(rotation: int, crop: tuple[float, float, float, float] | None) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(lines(*LINES)))))
    page = writer.pages[0]
    page.rotation = rotation
    if crop is not None:
        page.cropbox = RectangleObject(crop)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def note_at(data: bytes, quote: str) -> Note:
    content = read(data)
    document = Document("d1", SourceFile("a.pdf", "", content), Kind.FORM)
    start = content.text.index(quote)
    (evidence,) = locate(document, [Span(start, start + len(quote))])
    return Note("【不符合】成熟度\n要求：改正", "fail", evidence.start, evidence.end, evidence.quote, evidence.page, evidence.boxes or ())


@pytest.mark.parametrize("crop", [None, (40.0, 60.0, 500.0, 800.0)])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_colour_lies_over_the_words(rotation: int, crop: tuple[float, float, float, float] | None) -> None:
    data = turned(rotation, crop)
    note = note_at(data, QUOTE)
    copy = annotate(dump([note]), data)
    assert (copy.placed, copy.notes) == (1, 1)
    plain, marked = picture(data), picture(copy.data)
    changed = np.argwhere(np.abs(plain.astype(int) - marked.astype(int)).sum(axis=2) > 30)
    y0, x0 = changed.min(axis=0)
    y1, x1 = changed.max(axis=0)
    boxes = np.array(note.boxes)
    assert np.allclose((x0, y0, x1 + 1, y1 + 1), (*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0)), atol=1.5)
    assert read(copy.data).text == read(data).text


def picture(data: bytes) -> np.ndarray:
    """The first page at one pixel a point."""
    return pypdfium2.PdfDocument(data)[0].render(scale=1, may_draw_forms=True).to_numpy()[:, :, :3]


def test_a_note_says_what_and_by_whom() -> None:
    data = turned(0, None)
    copy = annotate(dump([note_at(data, QUOTE), Note("【缺少】审计报告", "missing", page=9)]), data)
    highlight, sign = [each.get_object() for each in PdfReader(io.BytesIO(copy.data)).pages[0]["/Annots"]]
    assert (highlight["/Subtype"], highlight["/T"], highlight["/Contents"]) == ("/Highlight", AUTHOR, "【不符合】成熟度\r要求：改正")
    assert (sign["/Subtype"], sign["/Contents"]) == ("/Text", "【缺少】审计报告")


def test_a_protected_file_is_left_alone() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(lines(*LINES)))))
    writer.encrypt("", "owner", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    with pytest.raises(Unreadable):
        annotate(dump([Note("x", "fail")]), buffer.getvalue())


def test_a_file_that_is_no_pdf_is_told() -> None:
    with pytest.raises(Unreadable):
        annotate(dump([Note("x", "fail")]), b"%PDF-1.7 nothing")
