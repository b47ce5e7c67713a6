"""Picture files of every kind of pixel are read alike; odd ones cost nothing but themselves."""

from __future__ import annotations

from functools import cache
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from docproc.readers.picture import read
from tests.readers.ocr.scanning import COMMITMENT, rendered


@cache
def writing() -> Image.Image:
    return rendered(COMMITMENT).crop((150, 150, 1150, 400))


def packed(image: Image.Image, kind: str, **options: object) -> bytes:
    data = BytesIO()
    image.save(data, kind, **options)
    return data.getvalue()


def clear() -> Image.Image:
    """Black writing on a ground that is not there."""
    return Image.merge("RGBA", (*[Image.new("L", writing().size, 0)] * 3, Image.eval(writing().convert("L"), lambda value: 255 - value)))


def deep() -> Image.Image:
    return Image.fromarray(np.asarray(writing().convert("L")).astype(np.uint16) * 257)


@pytest.mark.parametrize("kind", ["cmyk", "palette", "sixteen bits", "clear ground"])
def test_writing_in_every_kind_of_pixel(kind: str) -> None:
    data = {
        "cmyk": lambda: packed(writing().convert("CMYK"), "JPEG"),
        "palette": lambda: packed(writing().convert("P"), "PNG"),
        "sixteen bits": lambda: packed(deep(), "PNG"),
        "clear ground": lambda: packed(clear(), "PNG"),
    }[kind]()
    assert read(data).text.startswith("申报材料真实性承诺书\n天津市工业和信息化局")


def test_a_photograph_turned_by_its_note_is_shown_as_a_viewer_shows_it() -> None:
    note = Image.Exif()
    note[274] = 6
    content = read(packed(writing().transpose(Image.Transpose.ROTATE_90), "JPEG", exif=note))
    assert content.pages[0].width > content.pages[0].height
    assert content.text.startswith("申报材料真实性承诺书")


@pytest.mark.parametrize(
    ("image", "code"),
    [
        (Image.new("RGB", (1, 1)), "unread_page"),
        (Image.new("L", (20000, 10), 255), "unread_page"),
        (Image.fromarray(np.random.default_rng(0).integers(0, 255, (3000, 12), dtype=np.uint8)), "picture"),
    ],
)
def test_odd_pictures_are_losses(image: Image.Image, code: str) -> None:
    assert [loss.code for loss in read(packed(image, "PNG")).losses] == [code]
