"""Reads a picture file (jpg, png, tiff): each frame is a page without text, a loss until text recognition is there."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np

from docproc.model import Box, Content, Loss, Page, PageQuality, Problem, Seal

if TYPE_CHECKING:
    from PIL import Image

_POINTS = 72
_DPI_UNKNOWN = 200
_DPI_PLAUSIBLE = (50, 2400)
_PIXELS_AT_MOST = 200_000_000
_A4 = 842.0
_SHEETS = (400.0, 1300.0)  # points: the long side of A5 to A3


def read(data: bytes) -> Content:
    """Reads a picture's bytes. Sizes are points = pixels x 72 / dpi, 200 dpi where the file does not tell."""
    from PIL import Image, ImageSequence, UnidentifiedImageError

    pages: list[Page] = []
    seals: list[Seal] = []
    try:
        with Image.open(BytesIO(data)) as picture:
            if picture.width * picture.height > _PIXELS_AT_MOST:
                return _unread("too_large", "图片尺寸过大，未能读取，请缩小后再提交。")
            for number, frame in enumerate(ImageSequence.Iterator(picture), start=1):
                frame.load()
                dpi = _dpi(frame.info.get("dpi"))
                width, height = frame.width * _POINTS / dpi, frame.height * _POINTS / dpi
                found, colour = _seals(frame, (width, height), number)
                seals.extend(found)
                at = number - 1
                pages.append(Page(number, at, at, width, height, PageQuality.PICTURE, "图片，没有可读的文字", colour=colour))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError, EOFError):
        if not pages:
            return _unread("damaged", "图片已损坏，无法打开，请重新提供。")
    numbers = tuple(page.number for page in pages)
    loss = Loss("unread_page", "图片未能读出文字；本版本未安装文字识别，请人工核对。", len(numbers), numbers)
    return Content(format="image", text="\f" * (len(pages) - 1), pages=tuple(pages), losses=(loss,), seals=tuple(seals))


def _seals(frame: Image.Image, size: tuple[float, float], number: int) -> tuple[list[Seal], bool]:
    """Seals of one picture and whether it shows colour. A size no paper has (a photograph's) is taken for a sheet of A4."""
    from docproc.readers.seal import find_seals, shows_colour

    longest = max(size)
    sheet = longest if _SHEETS[0] <= longest <= _SHEETS[1] else _A4
    small = frame.convert("RGB")
    small.thumbnail((round(sheet * 100 / _POINTS),) * 2)
    picture = np.asarray(small)
    if not shows_colour(picture):
        return [], False
    ratio = longest / sheet
    found = find_seals(picture, (size[0] / ratio, size[1] / ratio), number)
    return [replace(seal, box=_enlarged(seal.box, ratio)) for seal in found], True


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
