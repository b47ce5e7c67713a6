"""Highlights with notes in a copy of a PDF (ISO 32000-1 §12.5.6.10), each over the lines that it is about."""

from __future__ import annotations

import io
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from docproc.model import Box, Outcome
from docproc.readers.unread import Unreadable
from docproc.render.annotations import AUTHOR, Annotated, Note, load

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter
    from pypdf.generic import DictionaryObject, StreamObject

_COLOURS: Final = MappingProxyType(
    {Outcome.FAIL.value: (1.0, 0.62, 0.6), Outcome.MISSING.value: (1.0, 0.85, 0.4), Outcome.REVIEW.value: (0.8, 0.72, 1.0)}
)
_ICON: Final = 20.0  # points: a note to the whole page
_PRINTED: Final = 4  # annotation flag


def annotate(notes: str, data: bytes) -> Annotated:
    """A copy of the PDF with these notes (as `annotations.dump` gives them). A note without a place gets a sign at its page's corner.

    Raises Unreadable where the file is protected or cannot be written anew.
    """
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise Unreadable("encrypted", "文件设有保护")
        writer = PdfWriter(clone_from=reader)
        pages = list(writer.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        raise Unreadable("damaged", "文件结构有误") from error
    wanted = load(notes)
    placed = 0
    for note in wanted:
        page = pages[min(max((note.page or 1) - 1, 0), len(pages) - 1)]
        if note.boxes:
            placed += 1
            _highlight(writer, page, note)
        else:
            _sign(writer, page, note)
    buffer = io.BytesIO()
    writer.write(buffer)
    return Annotated(buffer.getvalue(), placed=placed, notes=len(wanted))


def in_user_space(box: Box, visible: Box, rotation: int) -> Box:
    """A rectangle of the displayed page (points from its top left) as left, bottom, right, top in the page's own coordinates.

    `visible`: the crop box as left, bottom, right, top; `rotation`: degrees clockwise by which the page is shown.
    """
    left, bottom, right, top = visible
    width, height = right - left, top - bottom
    corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    turns = rotation // 90 % 4
    upright = [{0: (x, y), 1: (y, height - x), 2: (width - x, height - y), 3: (width - y, x)}[turns] for x, y in corners]
    xs, ys = [left + x for x, _ in upright], [top - y for _, y in upright]
    return (min(xs), min(ys), max(xs), max(ys))


def _geometry(page: PageObject) -> tuple[Box, int]:
    crop, media = page.cropbox, page.mediabox
    visible = (max(crop.left, media.left), max(crop.bottom, media.bottom), min(crop.right, media.right), min(crop.top, media.top))
    if visible[0] >= visible[2] or visible[1] >= visible[3]:
        visible = (media.left, media.bottom, media.right, media.top)
    return (float(visible[0]), float(visible[1]), float(visible[2]), float(visible[3])), page.rotation


def _highlight(writer: PdfWriter, page: PageObject, note: Note) -> None:
    from pypdf.annotations import Highlight
    from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject

    visible, rotation = _geometry(page)
    boxes = [in_user_space(box, visible, rotation) for box in note.boxes]
    around = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    corners = [value for x0, y0, x1, y1 in boxes for value in (x0, y1, x1, y1, x0, y0, x1, y0)]
    colour = _COLOURS.get(note.outcome, _COLOURS[Outcome.REVIEW.value])
    annotation = Highlight(
        rect=around,
        quad_points=ArrayObject([FloatObject(round(value, 2)) for value in corners]),
        highlight_color="".join(f"{round(255 * part):02x}" for part in colour),
        printing=True,
        title_bar=AUTHOR,
    )
    _describe(annotation, note)
    appearance = writer._add_object(_appearance(boxes, around, colour))
    annotation[NameObject("/AP")] = DictionaryObject({NameObject("/N"): appearance})
    writer.add_annotation(page, annotation)


def _appearance(boxes: list[Box], around: Box, colour: tuple[float, float, float]) -> StreamObject:
    """What viewers draw that make no appearance of their own: the colour under the words, as a marker pen leaves it."""
    from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, StreamObject

    stream = StreamObject()
    drawn = " ".join(f"{x0:.2f} {y0:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re f" for x0, y0, x1, y1 in boxes)
    stream.set_data(f"/M gs {colour[0]:.3f} {colour[1]:.3f} {colour[2]:.3f} rg {drawn}".encode("ascii"))
    blend = DictionaryObject({NameObject("/Type"): NameObject("/ExtGState"), NameObject("/BM"): NameObject("/Multiply")})
    stream.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject([FloatObject(round(value, 2)) for value in around]),
            NameObject("/Group"): DictionaryObject({NameObject("/S"): NameObject("/Transparency")}),
            NameObject("/Resources"): DictionaryObject({NameObject("/ExtGState"): DictionaryObject({NameObject("/M"): blend})}),
        }
    )
    return stream


def _sign(writer: PdfWriter, page: PageObject, note: Note) -> None:
    from pypdf.annotations import Text

    visible, rotation = _geometry(page)
    place = in_user_space((_ICON / 2, _ICON / 2, 1.5 * _ICON, 1.5 * _ICON), visible, rotation)
    annotation = Text(rect=place, text="", open=False, title_bar=AUTHOR)
    _describe(annotation, note)
    writer.add_annotation(page, annotation)


def _describe(annotation: DictionaryObject, note: Note) -> None:
    from pypdf.generic import NameObject, NumberObject, TextStringObject

    annotation[NameObject("/Contents")] = TextStringObject(note.text.replace("\n", "\r"))
    annotation[NameObject("/F")] = NumberObject(_PRINTED)
