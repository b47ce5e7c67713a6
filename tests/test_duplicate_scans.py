"""Papers that are there twice by their look: a scan at another size, a scan of a paper that is there as text, a picture in a Word file."""

from __future__ import annotations

from array import array
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from docproc.alike_pages import differing
from docproc.duplicate_scans import scan_and_text, scanned_twice
from docproc.model import Content, Document, Kind, Page, PageQuality, PictureLook, Recognised, SourceFile
from docproc.readers.look import look_of

_WORDS = (
    "某某精密机械有限公司营业执照统一社会信用代码91120000法定代表人成立日期住所经营范围通用设备制造专用设备制造金属结构制造软件开发技术服务技术咨询"
    "货物进出口普通机械设备安装服务依法须经批准的项目经相关部门批准后方可开展经营活动登记机关市场监督管理局每年一月一日至六月三十日报送年度报告"
    "国家企业信用信息公示系统网址由国家市场监督管理总局监制注册资本伍仟万元整营业期限自二〇一〇年三月至长期"
)


def drawn(seed: int, width: int = 827, quality: int = 90) -> NDArray[np.uint8]:
    """A page of word-like strokes at this width, as a JPEG gives it."""
    from io import BytesIO

    chance = np.random.default_rng(seed)
    page = Image.new("RGB", (1654, 2338), "white")
    pen = ImageDraw.Draw(page)
    for row in range(40):
        x = 150
        while x < 1450:
            long = int(chance.integers(20, 120))
            pen.rectangle((x, 150 + row * 50, x + long, 176 + row * 50), fill=(20, 20, 20))
            x += long + int(chance.integers(15, 90))
    buffer = BytesIO()
    page.resize((width, width * 2338 // 1654), Image.Resampling.LANCZOS).save(buffer, "JPEG", quality=quality)
    return np.asarray(Image.open(buffer).convert("RGB"))


def scan(number: int, *looks: str, words: str = "", quality: PageQuality = PageQuality.RECOGNISED) -> Document:
    pages = tuple(Page(page, 0, len(words), 595.0, 842.0, quality, look=look) for page, look in enumerate(looks, start=1))
    return _document(number, f"扫描{number}.pdf", Content("pdf", text=words, pages=pages))


def _document(number: int, path: str, content: Content) -> Document:
    return Document(f"d{number}", SourceFile(path, f"{number:064x}", content), Kind.UNKNOWN)


@pytest.mark.parametrize(("width", "quality"), [(1240, 90), (1654, 40), (620, 75)])
def test_the_same_scan_at_another_size(width: int, quality: int) -> None:
    one = scan(1, look_of(drawn(5)), look_of(drawn(1)))
    other = scan(2, look_of(drawn(1, width, quality)))
    (sentence,) = scanned_twice([one, other], {})
    assert sentence.startswith("“扫描1.pdf”第 2 页与“扫描2.pdf”看起来是同一幅扫描件")


def blurred(look: str, share: float) -> str:
    """The look with so many of its marks moved, as another resolution moves them."""
    marks = [bit == "1" for bit in bin(int(look, 16))[2:].zfill(4 * len(look))]
    chance = np.random.default_rng(3)
    for place in [at for at, mark in enumerate(marks) if mark and chance.random() < share]:
        marks[place], marks[(place + 1) % len(marks)] = False, True
    return f"{int(''.join('1' if mark else '0' for mark in marks), 2):0{len(look)}x}"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (_WORDS.replace("住所", "住 所"), True),
        (_WORDS.replace("91120000", "91350000"), False),
        ("别的材料" * 60 + "91120000", False),
        ("", False),
    ],
)
def test_two_sizes_that_blur_the_look_need_the_same_words_and_figures(words: str, told: bool) -> None:
    look = look_of(drawn(1))
    assert 0.06 < differing(look, blurred(look, 0.15)) < 0.45
    found = scanned_twice([scan(1, look, words=_WORDS), scan(2, blurred(look, 0.15), words=words)], {})
    assert bool(found) is told


def test_other_pages_are_other_papers() -> None:
    assert scanned_twice([scan(number, look_of(drawn(number))) for number in range(6)], {}) == []


def test_what_was_told_already_is_not_told_again() -> None:
    look = look_of(drawn(1))
    assert scanned_twice([scan(1, look), scan(2, look)], {"d2": "d1"}) == []
    assert scanned_twice([scan(1, look, look)], {}) == []


def test_parts_of_one_bound_file() -> None:
    looks = [look_of(drawn(1)), look_of(drawn(2)), look_of(drawn(1, 1240))]
    bound = scan(1, *looks)
    parts = [replace(bound, page_range=(1, 2)), replace(bound, id="d2", page_range=(3, 3))]
    (sentence,) = scanned_twice(parts, {})
    assert "“扫描1.pdf”第 1 页与“扫描1.pdf”第 3 页" in sentence


def test_several_pages_are_counted() -> None:
    pages = [look_of(drawn(seed)) for seed in (1, 2, 3)]
    (sentence,) = scanned_twice([scan(1, *pages), scan(2, *pages)], {})
    assert "第 1 页等 3 处与“扫描2.pdf”第 1 页等 3 处" in sentence


def test_a_picture_in_a_word_file() -> None:
    pasted = Content("docx", text="见附图", pictures=(PictureLook(3, 3, look_of(drawn(1, 1240))),))
    (sentence,) = scanned_twice([_document(1, "申报书.docx", pasted), scan(2, look_of(drawn(1)))], {})
    assert "“申报书.docx”的第 1 幅图片与“扫描2.pdf”看起来" in sentence


def test_a_scan_of_a_paper_that_is_there_as_text() -> None:
    text = _document(1, "营业执照.docx", Content("docx", text=_WORDS))
    read = _WORDS.replace("伍仟", "伍千").replace("监督", "监 督")
    texts = {"d1": _WORDS, "d2": read, "d3": _WORDS[: len(_WORDS) // 3]}
    (sentence,) = scan_and_text([text, scan(2, "ab", words=read), scan(3, "cd", words=texts["d3"])], texts, {})
    assert sentence == "“扫描2.pdf”看起来是“营业执照.docx”的扫描件，两份都已读取。请核对内容是否一致。"


def test_a_word_file_of_pasted_scans_is_no_text() -> None:
    pasted = Content("docx", text=_WORDS, recognised=(Recognised(0, array("f", [0.9] * len(_WORDS))),))
    texts = {"d1": _WORDS, "d2": _WORDS}
    assert scan_and_text([_document(1, "附件.docx", pasted), scan(2, "ab", words=_WORDS)], texts, {}) == []


def test_two_texts_and_two_scans_are_not_told_so() -> None:
    texts = {"d1": _WORDS, "d2": _WORDS}
    assert scan_and_text([_document(number, f"{number}.docx", Content("docx", text=_WORDS)) for number in (1, 2)], texts, {}) == []
    assert scan_and_text([scan(1, "ab", words=_WORDS), scan(2, "cd", words=_WORDS)], texts, {}) == []
