"""Reads a picture file (jpg, png, tiff): each frame is a page without text, a loss until text recognition is there."""

from __future__ import annotations

from io import BytesIO

from docproc.model import Content, Loss, Page, PageQuality, Problem

_POINTS = 72
_DPI_UNKNOWN = 200
_DPI_PLAUSIBLE = (50, 2400)
_PIXELS_AT_MOST = 200_000_000


def read(data: bytes) -> Content:
    """Reads a picture's bytes. Sizes are points = pixels x 72 / dpi, 200 dpi where the file does not tell."""
    from PIL import Image, ImageSequence, UnidentifiedImageError

    pages: list[Page] = []
    try:
        with Image.open(BytesIO(data)) as picture:
            if picture.width * picture.height > _PIXELS_AT_MOST:
                return _unread("too_large", "图片尺寸过大，未能读取，请缩小后再提交。")
            for number, frame in enumerate(ImageSequence.Iterator(picture), start=1):
                frame.load()
                dpi = _dpi(frame.info.get("dpi"))
                width, height = frame.width * _POINTS / dpi, frame.height * _POINTS / dpi
                pages.append(Page(number, number - 1, number - 1, width, height, PageQuality.PICTURE, "图片，没有可读的文字"))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError, EOFError):
        if not pages:
            return _unread("damaged", "图片已损坏，无法打开，请重新提供。")
    numbers = tuple(page.number for page in pages)
    loss = Loss("unread_page", "图片未能读出文字；本版本未安装文字识别，请人工核对。", len(numbers), numbers)
    return Content(format="image", text="\f" * (len(pages) - 1), pages=tuple(pages), losses=(loss,))


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
