"""The words along a stamp's ring are read; what bears none gives none."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from docproc.model import Content
from docproc.readers.ocr import engine
from docproc.readers.pdf import read as read_pdf
from docproc.readers.picture import read as read_picture
from docproc.readers.seal_text import read_ring
from tests.readers.ocr.scanning import CLEAN, COMMITMENT, rendered, scanned_pdf

NAME = "天津子虚阀门制造有限公司"


def sealed(content: Content) -> list[str | None]:
    return [seal.text for seal in content.seals]


def test_the_ring_of_a_text_page_and_of_its_scan() -> None:
    assert sealed(read_pdf(COMMITMENT.read_bytes())) == [NAME]
    content = read_pdf(scanned_pdf([rendered(COMMITMENT)]))
    assert sealed(content) == [NAME]
    (seal,) = content.seals
    assert seal.text_confidence is not None
    assert 0.8 < seal.text_confidence < 1
    assert seal.picture[:2] == b"\xff\xd8"


def test_a_ring_over_much_text_on_a_photograph_of_another_size() -> None:
    page = rendered(CLEAN / "10推荐函.pdf")
    data = scanned_pdf([page])
    assert sealed(read_pdf(data)) == ["天津市津南区工业和信息化局"]


def test_a_picture_file_on_its_side_keeps_its_seal() -> None:
    from io import BytesIO

    data = BytesIO()
    rendered(COMMITMENT).transpose(Image.Transpose.ROTATE_90).save(data, "JPEG", quality=88, dpi=(200, 200))
    assert sealed(read_picture(data.getvalue())) == [NAME]


def test_a_ring_without_words_gives_none() -> None:
    blank = np.full((400, 400, 3), 255, np.uint8)
    assert read_ring(blank, (20.0, 20.0, 380.0, 380.0)) is None
    assert read_ring(blank, (-900.0, -900.0, -500.0, -500.0)) is None


def test_without_recognition_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "available", lambda: False)
    assert sealed(read_pdf(COMMITMENT.read_bytes())) == [None]
