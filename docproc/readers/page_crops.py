"""Pieces of page pictures with the words that matter marked, for the report page: what a reviewer would hold under the lamp."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final

from docproc.model import Box

if TYPE_CHECKING:
    from PIL import Image

DPI: Final = 110  # legible on a screen, and a line of text in some 15 kB
_BESIDE, _ABOVE = 90.0, 24.0  # points shown around the words
_TALLEST = 240.0  # points: of a place that runs over many lines, its beginning
_MARK: Final = (255, 226, 110)
_JPEG_QUALITY: Final = 70


@dataclass(frozen=True, slots=True)
class Place:
    """Rectangles on a page (from 1), in points from the top left of the page as displayed."""

    page: int
    boxes: tuple[Box, ...]


def dump(places: Sequence[Place]) -> str:
    """Places as JSON, for the child process that draws them."""
    return json.dumps([asdict(place) for place in places])


def crop_pdf(places: str, data: bytes) -> tuple[bytes, ...]:
    """A JPEG for each place (as `dump` gives them), in their order; empty bytes where a page cannot be drawn."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        return tuple(_guarded(_of_pdf, document, place) for place in _load(places))


def crop_picture(places: str, data: bytes) -> tuple[bytes, ...]:
    """The same for a picture file, whose frames are its pages."""
    from PIL import Image

    with Image.open(BytesIO(data)) as picture:
        return tuple(_guarded(_of_picture, picture, place) for place in _load(places))


def _load(text: str) -> Iterator[Place]:
    for entry in json.loads(text):
        yield Place(entry["page"], tuple(tuple(box) for box in entry["boxes"]))


def _guarded(draw: Callable[..., bytes], source: object, place: Place) -> bytes:
    """One place that cannot be drawn costs its own picture alone."""
    import pypdfium2

    from docproc.readers.picture import DAMAGED

    try:
        return draw(source, place)
    except (*DAMAGED, pypdfium2.PdfiumError):
        return b""


def _of_pdf(document: object, place: Place) -> bytes:
    import pypdfium2

    assert isinstance(document, pypdfium2.PdfDocument)
    page = document[place.page - 1]
    try:
        width, height = page.get_size()
        x0, y0, x1, y1 = window = _window(place.boxes, (width, height))
        shown = page.render(scale=DPI / 72, rev_byteorder=True, crop=(x0, height - y1, width - x1, y0)).to_pil().convert("RGB")
    finally:
        page.close()
    return _marked(shown, place.boxes, window)


def _of_picture(picture: Image.Image, place: Place) -> bytes:
    from PIL import ImageOps

    from docproc.readers.picture import as_rgb, points_a_pixel

    picture.seek(place.page - 1)
    frame = ImageOps.exif_transpose(picture) if place.page == 1 else picture
    scale = points_a_pixel(picture)
    x0, y0, x1, y1 = window = _window(place.boxes, (frame.width * scale, frame.height * scale))
    shown = as_rgb(frame.crop((round(x0 / scale), round(y0 / scale), round(x1 / scale), round(y1 / scale))))
    shown.thumbnail((round((x1 - x0) * DPI / 72), round((y1 - y0) * DPI / 72)))
    return _marked(shown, place.boxes, window)


def _window(boxes: Sequence[Box], size: tuple[float, float]) -> Box:
    """What of the page is shown: the rectangles with their surroundings."""
    x0, y0 = min(box[0] for box in boxes), min(box[1] for box in boxes)
    x1, y1 = max(box[2] for box in boxes), min(max(box[3] for box in boxes), y0 + _TALLEST)
    return (max(x0 - _BESIDE, 0.0), max(y0 - _ABOVE, 0.0), min(x1 + _BESIDE, size[0]), min(y1 + _ABOVE, size[1]))


def _marked(picture: Image.Image, boxes: Sequence[Box], window: Box) -> bytes:
    """The picture as JPEG with colour laid over the rectangles as by a marker pen: black stays black."""
    from PIL import Image, ImageChops, ImageDraw

    across, down = picture.width / max(window[2] - window[0], 1.0), picture.height / max(window[3] - window[1], 1.0)
    pen = Image.new("RGB", picture.size, "white")
    draw = ImageDraw.Draw(pen)
    for x0, y0, x1, y1 in boxes:
        corners = ((x0 - window[0]) * across, (y0 - window[1]) * down, (x1 - window[0]) * across, (y1 - window[1]) * down)
        draw.rectangle(corners, fill=_MARK)
    buffer = BytesIO()
    ImageChops.multiply(picture, pen).save(buffer, "JPEG", quality=_JPEG_QUALITY, optimize=True)
    return buffer.getvalue()
