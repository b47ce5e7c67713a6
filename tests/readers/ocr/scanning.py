"""Pages of the samples as a scanner would see them, with the words that stand on them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from io import BytesIO
from pathlib import Path

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image
from rapidfuzz.distance import Levenshtein
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from docproc.library import shelf

PACKAGES = shelf("samples") / "packages"
CLEAN = PACKAGES / "tj-advanced-clean"
COMMITMENT, LICENCE, FORM = CLEAN / "09真实性承诺书.pdf", CLEAN / "02营业执照.pdf", CLEAN / "01先进级智能工厂项目申报书.pdf"


@cache
def rendered(path: Path, page: int = 1, dpi: int = 200) -> Image.Image:
    """A page of a PDF as a picture."""
    document = pypdfium2.PdfDocument(path)
    try:
        return document[page - 1].render(scale=dpi / 72).to_pil().convert("RGB")
    finally:
        document.close()


@cache
def words(path: Path, page: int = 1) -> str:
    """The text of the PDF's page."""
    document = pypdfium2.PdfDocument(path)
    try:
        return document[page - 1].get_textpage().get_text_range()
    finally:
        document.close()


def pixels(picture: Image.Image) -> NDArray[np.uint8]:
    return np.ascontiguousarray(np.asarray(picture.convert("RGB"), np.uint8))


def plain(text: str) -> str:
    """Characters without white space and width: what counts for the error rate."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).translate(str.maketrans("—–―〔〕“”‘’·•", "---[]\"\"''··"))


def error_rate(read: str, truth: str) -> float:
    """The share of characters that are wrong, left out or added."""
    return Levenshtein.distance(plain(read), plain(truth)) / max(len(plain(truth)), 1)


def scanned_pdf(pictures: list[Image.Image], dpi: int = 200, quality: int = 85) -> bytes:
    """A PDF whose pages are pictures, as a scanner makes it."""
    data = BytesIO()
    canvas = Canvas(data, invariant=1)
    for picture in pictures:
        size = (picture.width * 72 / dpi, picture.height * 72 / dpi)
        packed = BytesIO()
        picture.convert("RGB").save(packed, "JPEG", quality=quality)
        canvas.setPageSize(size)
        canvas.drawImage(ImageReader(BytesIO(packed.getvalue())), 0, 0, *size)
        canvas.showPage()
    canvas.save()
    return data.getvalue()
