"""Reads a picture file (jpg, png, tiff): each frame is a page, its text recognised, its seals found."""

from __future__ import annotations

import warnings
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from docproc.model import Block, Box, Content, Loss, Page, Problem, Recognised, Seal
from docproc.readers.progress import tell
from docproc.readers.scan import PIXELS_AT_MOST, REASONS, Scanner, State, losses
from docproc.readers.stamps import Stamps, around

if TYPE_CHECKING:
    from PIL import Image

    from docproc.readers.pdf_layout import PageLayout

_POINTS = 72
_DPI_UNKNOWN = 200
_DPI_PLAUSIBLE = (50, 2400)
PIXELS_READ_AT_MOST: Final = 200_000_000
_FRAMES_AT_MOST = 1000
_A4 = 842.0
_SHEETS = (400.0, 1300.0)  # points: the long side of A5 to A3
_STAMP_PIXELS = 800  # of a stamp's picture
_SHARP = 2340.0  # pixels of the longer side at which a sheet is recognised: A4 at 200 dpi
#: What PIL raises for a file that is no picture after all.
DAMAGED: Final = (OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, TypeError, OverflowError, MemoryError)


def read(data: bytes) -> Content:
    """Reads a picture's bytes. Sizes are points = pixels x 72 / dpi, 200 dpi where the file does not tell."""
    from PIL import Image, ImageSequence

    reading = _Reading()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(data)) as picture:
                if picture.width * picture.height > PIXELS_READ_AT_MOST:
                    return _unread("too_large", "图片尺寸过大，未能读取，请缩小后再提交。")
                count = getattr(picture, "n_frames", 1)
                for number, frame in enumerate(ImageSequence.Iterator(picture), start=1):
                    if number > _FRAMES_AT_MOST:
                        break
                    reading.frame(frame, number)
                    tell(number, count)
    except (*DAMAGED, Image.DecompressionBombError):
        if not reading.pages:
            return _unread("damaged", "图片已损坏，无法打开，请重新提供。")
    return reading.content()


class _Reading:
    """One file while it is read."""

    def __init__(self) -> None:
        self.pages: list[Page] = []
        self.texts: list[str] = []
        self.seals: list[Seal] = []
        self.layouts: list[PageLayout] = []
        self.recognised: list[Recognised] = []
        self.states: dict[State, list[int]] = {}
        self.scanner = Scanner()
        self.stamps = Stamps()

    def frame(self, frame: Image.Image, number: int) -> None:
        from PIL import ImageOps

        # A camera turns the picture by a note in its file.
        shown = ImageOps.exif_transpose(frame) if number == 1 else frame
        scale = points_a_pixel(frame)
        width, height = shown.width * scale, shown.height * scale
        colours = as_rgb(shown)
        rings, colour = rings_on(colours, (width, height), number)
        found = [self._looked_at(seal, ring, colours, width / max(colours.width, 1)) for seal, ring in rings]
        start = self.pages[-1].end + 1 if self.pages else 0
        pixels = legible(colours)
        scan = self.scanner.scan(pixels, number, start, width / max(pixels.shape[1], 1), stamps=[seal.box for seal in found])
        self.seals.extend(found)
        self.states.setdefault(scan.state, []).append(number)
        self.texts.append(scan.text)
        self.layouts.extend(scan.layouts)
        if scan.text:
            self.recognised.append(Recognised(start, scan.confidences))
        end = start + len(scan.text)
        self.pages.append(Page(number, start, end, width, height, scan.quality, REASONS[scan.state], scan.boxes, colour, scan.look))

    def _looked_at(self, seal: Seal, ring: Box, picture: Image.Image, scale: float) -> Seal:
        left, top, right, bottom = around(ring, (picture.width * scale, picture.height * scale))
        place = picture.crop((round(left / scale), round(top / scale), round(right / scale), round(bottom / scale)))
        if max(place.size) > _STAMP_PIXELS:
            ratio = _STAMP_PIXELS / max(place.size)
            place = place.resize((max(1, round(place.width * ratio)), max(1, round(place.height * ratio))))
            scale /= ratio
        return self.stamps.looked_at(seal, ring, np.asarray(place, np.uint8), scale, (left, top))

    def content(self) -> Content:
        found = [*losses(self.states, {state: _where(pages, len(self.pages)) for state, pages in self.states.items()})]
        if all(state is State.BLANK for state in self.states):
            found.append(
                Loss(
                    "unread_page", "图片是空白的，没有读出任何内容，请核对原件。", len(self.pages), tuple(self.states.get(State.BLANK, ()))
                )
            )
        return Content(
            format="image",
            text="\f".join(self.texts),
            pages=tuple(self.pages),
            blocks=self._blocks(),
            losses=tuple(found),
            seals=tuple(self.seals),
            recognised=tuple(self.recognised),
        )

    def _blocks(self) -> tuple[Block, ...]:
        from docproc.readers.pdf_layout import blocks

        return blocks(self.layouts)


def _where(pages: list[int], of: int) -> str:
    return "图片" if of == 1 else f"图片第 {'、'.join(map(str, pages))} 页"


def as_rgb(picture: Image.Image) -> Image.Image:
    """The picture in RGB, what is transparent in it white."""
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        from PIL import Image

        clear = picture.convert("RGBA")
        ground = Image.new("RGBA", clear.size, (255, 255, 255, 255))
        return Image.alpha_composite(ground, clear).convert("RGB")
    if picture.mode in {"I", "I;16", "F"}:
        return picture.convert("F").point(lambda value: value / 257).convert("L").convert("RGB")
    return picture.convert("RGB")


def points_a_pixel(frame: Image.Image) -> float:
    """How large a pixel is on paper, in points: as the file says, else as at 200 dpi."""
    return _POINTS / _dpi(frame.info.get("dpi"))


def legible(picture: Image.Image) -> NDArray[np.uint8]:
    """The pixels of a picture in a size fit for recognition: a camera's twenty megapixels are brought down, a wide one less."""
    long, short = max(picture.size), max(min(picture.size), 1)
    most = min(PIXELS_AT_MOST, _SHARP * max(1.0, long / short / 1.42))
    if long > 1.15 * most:
        ratio = most / long
        picture = picture.resize((max(1, round(picture.width * ratio)), max(1, round(picture.height * ratio))), resample=1)
    return np.ascontiguousarray(np.asarray(picture, np.uint8))


def rings_on(picture: Image.Image, size: tuple[float, float], number: int) -> tuple[list[tuple[Seal, Box]], bool]:
    """Seals of an RGB picture with the boxes of their rings, and whether it shows colour.

    A size no paper has (a photograph's) is taken for a sheet of A4.
    """
    from docproc.readers.seal import find_rings, shows_colour

    longest = max(size)
    sheet = longest if _SHEETS[0] <= longest <= _SHEETS[1] else _A4
    small = picture.copy()
    small.thumbnail((round(sheet * 100 / _POINTS),) * 2)
    pixels = np.asarray(small)
    if not shows_colour(pixels):
        return [], False
    ratio = longest / sheet
    found = find_rings(pixels, (size[0] / ratio, size[1] / ratio), number)
    return [(replace(seal, box=_enlarged(seal.box, ratio)), _enlarged(ring, ratio)) for seal, ring in found], True


def _enlarged(box: Box, ratio: float) -> Box:
    x0, y0, x1, y1 = (round(value * ratio, 1) for value in box)
    return (x0, y0, x1, y1)


def _unread(code: str, message: str) -> Content:
    return Content(format="image", losses=(Loss(code, message),), problems=(Problem(code, message),))


def _dpi(stated: object) -> float:
    if isinstance(stated, tuple) and stated:
        try:
            value = float(stated[0])
        except (TypeError, ValueError):
            return _DPI_UNKNOWN
        if _DPI_PLAUSIBLE[0] <= value <= _DPI_PLAUSIBLE[1]:
            return value
    return _DPI_UNKNOWN
