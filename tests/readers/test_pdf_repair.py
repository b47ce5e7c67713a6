"""Damaged PDFs: what is left of them is read and the damage said."""

from __future__ import annotations

import re
import zlib
from functools import reduce

import pytest

from docproc.model import Content, PageQuality
from docproc.readers.pdf import read
from docproc.readers.pdf_quality import quality
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


def lost_page(data: bytes, number: int) -> bytes:
    """The file with a table that leads to another place where one page should be."""
    page = list(re.finditer(rb"(\d+) 0 obj\s*<<(?:(?!endobj).)*?/Type /Page\b(?!s)", data, re.DOTALL))[number - 1]
    entry = b"%010d 00000 n" % page.start()
    assert entry in data
    return data.replace(entry, b"%010d 00000 n" % (page.start() + 30))


def test_a_page_that_does_not_load_is_taken_from_the_repaired_file() -> None:
    content = read(lost_page(SOUND, 3))
    assert [f"第{number}页的正文" in page for number, page in enumerate(content.text.split("\f"), start=1)] == [True] * 6
    assert [(loss.code, loss.pages) for loss in content.losses] == [("damaged", (3,))]
    assert "修复后读出" in content.losses[0].message


def test_the_pages_after_one_that_does_not_load_are_their_own() -> None:
    many = pdf(*(lines(f"第{number}页的正文") for number in range(1, 13)), invariant=1)
    for lost in ((2, 3, 7), (1, 5, 6, 11)):
        content = read(reduce(lost_page, lost, many))
        assert content.text.split("\f") == [f"第{number}页的正文" for number in range(1, 13)]
        assert [(loss.code, loss.pages) for loss in content.losses] == [("damaged", lost)]


def test_a_repair_with_its_pages_in_another_order_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    other = pdf(*(lines(f"第{number}页的正文，公司近三年未发生较大及以上安全事故。") for number in (2, 1, 3, 4, 5, 6)), invariant=1)
    monkeypatch.setattr("docproc.readers.pdf_repair.repairs", lambda data: iter([other]))
    content = read(lost_page(SOUND, 3))
    assert content.text.split("\f")[2] == ""
    assert ["无法读取" in loss.message for loss in content.losses] == [True]


def test_a_page_whose_contents_are_gone_is_no_blank_page() -> None:
    contents: list[bytes] = re.findall(rb"/Contents (\d+) 0 R", SOUND)
    content = read(SOUND.replace(b"/Contents %s 0 R" % contents[1], b"/Contents %s 0 R" % (b"9" * len(contents[1]))))
    assert [(loss.code, loss.pages) for loss in content.losses] == [("damaged", (2,))]
    assert "内容已损坏" in content.losses[0].message


def test_a_blank_page_is_no_loss() -> None:
    assert read(pdf(lines("正文"), lambda canvas: None, lines("正文"))).losses == ()


def test_text_of_which_hardly_a_character_is_told_is_not_read() -> None:
    assert quality("甲", 0.0, marks=True, pieces=40)[0] is PageQuality.GARBLED
    assert quality("甲乙丙丁戊己庚辛壬癸", 0.0, marks=True, pieces=40)[0] is PageQuality.TEXT
    assert quality("甲", 0.0, marks=True, pieces=3)[0] is PageQuality.TEXT
