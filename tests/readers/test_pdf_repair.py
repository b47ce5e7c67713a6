"""Damaged PDFs: what is left of them is read and the damage said."""

from __future__ import annotations

import re
import zlib

import pytest

from docproc.model import Content
from docproc.readers.pdf import read
from docproc.readers.pdf_repair import repairs
from tests.readers.drawing import lines, pdf

SOUND = pdf(*(lines(f"第{number}页的正文，公司近三年未发生较大及以上安全事故。") for number in range(1, 7)), invariant=1)


def told(content: Content) -> list[str]:
    return [loss.code for loss in content.losses]


@pytest.mark.parametrize(
    "damaged",
    [
        SOUND[: SOUND.rfind(b"trailer")],
        SOUND[: SOUND.rfind(b"xref", 0, SOUND.rfind(b"startxref"))],
        b"garbage " + SOUND[8:],
        SOUND.replace(b"/Catalog", b"/Catalof"),
        re.sub(rb"/Type\s*/Pages", b"/Type /Pagez", SOUND),
    ],
    ids=["no trailer", "no table", "no head", "no catalogue", "no page tree"],
)
def test_every_page_comes_back(damaged: bytes) -> None:
    content = read(damaged)
    assert [f"第{number}页的正文" in page for number, page in enumerate(content.text.split("\f"), start=1)] == [True] * 6
    if told(content):
        assert told(content) == ["damaged"]
        assert [problem.code for problem in content.problems] == ["damaged"]


def test_of_a_file_cut_off_the_pages_that_are_left_are_read_and_the_loss_is_named() -> None:
    content = read(SOUND[: len(SOUND) * 4 // 5])
    assert "第1页的正文" in content.text
    assert told(content) == ["damaged"]
    assert "修复" in content.losses[0].message


def test_objects_packed_in_a_stream_are_found() -> None:
    page = b"<</Type/Page/MediaBox[0 0 300 300]/Contents 9 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"
    packed = zlib.compress(b"4 0 " + page)
    drawn = b"BT /F 12 Tf 20 200 Td (GB/T 39116-2020) Tj ET"
    cut = (
        b"%%PDF-1.5\n7 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream\nendobj\n"
        b"9 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n12 0 obj\n<</Type/XRef"
    ) % (len(packed), packed, len(drawn), drawn)
    assert read(cut).text.strip() == "GB/T 39116-2020"


@pytest.mark.parametrize("nothing", [b"", b"%PDF-1.7\n", b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj", b"\x00" * 4000])
def test_where_nothing_is_left_nothing_is_made_up(nothing: bytes) -> None:
    assert list(repairs(nothing)) == []
    assert told(read(nothing)) == ["damaged"]


def test_a_locked_file_is_not_broken_open() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    locked = pdf(lines("正文"), encrypt=StandardEncryption("secret", canPrint=0))
    assert told(read(locked)) == ["encrypted"]
