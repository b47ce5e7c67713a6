"""Pages of the samples, scanned: their words come back, with places and confidence, however the page lies."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from PIL import Image

from docproc.evidence import locate
from docproc.model import Document, Kind, PageQuality, SourceFile, Span
from docproc.readers.ocr import page as ocr_page
from docproc.readers.ocr.page import is_blank, recognise
from docproc.readers.ocr.recognition import Recognition, pack, unpack
from docproc.readers.pdf import read
from tests.readers.ocr.scanning import COMMITMENT, FORM, LICENCE, pixels, plain, rendered, scanned_pdf, words

NAME = "天津子虚阀门制造有限公司"


@cache
def scanned_licence() -> Document:
    content = read(scanned_pdf([rendered(LICENCE)]))
    return Document("d1", SourceFile("营业执照.pdf", "", content), Kind.LICENCE)


def recognised_words(found: Recognition) -> str:
    return plain("".join(line.text for line in found.lines))


def test_every_character_under_and_beside_the_seal_comes_back() -> None:
    read_back, truth = plain(read(scanned_pdf([rendered(COMMITMENT)])).text), plain(words(COMMITMENT))
    assert NAME in read_back
    assert sorted(set(truth) - set(read_back) - {"-"}) == []
    assert "演示样章" not in read_back  # the seal's own ink is no text of the page


def test_a_scanned_licence_is_a_page_with_blocks_boxes_and_confidence() -> None:
    document = scanned_licence()
    content = document.file.content
    (page,) = content.pages
    assert (page.quality, content.losses) == (PageQuality.RECOGNISED, ())
    assert len(page.char_boxes) == 4 * len(content.text)
    start = content.text.index(NAME)
    (evidence,) = locate(document, [Span(start, start + len(NAME))])
    assert evidence.quote == NAME
    assert evidence.confidence is not None
    assert 0.8 < evidence.confidence < 0.999
    assert evidence.box is not None
    shown = rendered(LICENCE).crop(tuple(round(value * 200 / 72) for value in evidence.box))
    ink = np.asarray(shown.convert("L")) < 110
    assert ink.mean() > 0.08  # the box holds the writing
    assert evidence.box[2] - evidence.box[0] > 8 * (evidence.box[3] - evidence.box[1])


@pytest.mark.parametrize("turn", [Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180])
def test_a_page_that_lies_on_its_side_or_head(turn: Image.Transpose) -> None:
    turned = rendered(COMMITMENT).transpose(turn)
    found = recognise(pixels(turned))
    assert found.turns == {Image.Transpose.ROTATE_90: 1, Image.Transpose.ROTATE_180: 2}[turn]
    assert "真实、准确、完整,复印件与原件一致" in recognised_words(found)
    assert found.confidence > 0.9


def test_a_page_is_recognised_once(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = pixels(rendered(COMMITMENT))
    once = recognise(picture)
    monkeypatch.setattr(ocr_page, "engine", None)
    assert recognise(picture) == once


def test_blank_pages_are_told_from_pages_with_a_line() -> None:
    sheet = np.full((2339, 1654, 3), 244, np.uint8)
    noise = np.random.default_rng(0).normal(0, 5, sheet.shape)
    assert is_blank((sheet + noise).clip(0, 255).astype(np.uint8))
    shadow = sheet.copy()
    shadow[:, :15] = 60
    assert is_blank(shadow)
    written = Image.fromarray(sheet)
    written.paste(rendered(COMMITMENT).crop((300, 300, 900, 700)), (300, 300))
    assert not is_blank(pixels(written))


def test_a_recognition_is_kept_word_for_word() -> None:
    found = recognise(pixels(rendered(COMMITMENT)))
    assert unpack(pack(found)) == found


@pytest.mark.parametrize(
    "record", [b"", b"[]", b"{}", b"[1,2,0,0,[[0,1,[[5]],[]]],0]", b'[1,2,0,0,[[0,1,[["ab",0,1,[0],[1],[1]]],[]]],0]', b"\xff"]
)
def test_a_record_of_another_shape_is_none(record: bytes) -> None:
    assert unpack(record) is None


def test_boxes_to_tick_are_told_apart_on_a_scanned_form() -> None:
    lines = [line.text for line in recognise(pixels(rendered(FORM, 3))).lines]
    options = ["".join(line.split()) for line in lines if "□" in line]
    assert options == [
        "□国有☑民营□外资□合资",
        "□大型□中型☑小型□微型",
        "□基础级☑先进级□卓越级□领航级",
        "□一级☑二级□三级□四级□五级",
        "☑是□否",
        "□是☑否",
        "□是☑否",
        "□是☑否",
    ]


def test_a_scanned_form_has_its_table() -> None:
    content = read(scanned_pdf([rendered(FORM, 3)]))
    cells: dict[tuple[int, int], list[str]] = {}
    for block in content.blocks:
        if block.cell is not None:
            words_in = plain("".join(content.text[span.start : span.end] for span in block.spans))
            cells.setdefault((block.cell.table, block.cell.row), []).append(words_in)
    rows = list(cells.values())
    assert ["成立日期", "2004年5月18日", "注册资本", "3200万元"] in rows
    assert ["营业收入(万元)", "18,642.05", "20,311.87", "22,195.73"] in rows


def test_a_skewed_spread_of_two_pages_is_read_page_by_page() -> None:
    left, right = rendered(COMMITMENT), rendered(FORM, 2)
    spread = Image.new("RGB", (left.width + right.width, left.height), "white")
    spread.paste(left, (0, 0))
    spread.paste(right, (left.width, 0))
    found = recognise(pixels(spread.rotate(-1.2, resample=Image.Resampling.BICUBIC, fillcolor="white")))
    assert [len(leaf.lines) > 3 for leaf in found.leaves] == [True, True]
    assert found.skew == pytest.approx(1.2, abs=0.2)
    first, second = (plain("".join(line.text for line in leaf.lines)) for leaf in found.leaves)
    assert "真实、准确、完整,复印件与原件一致" in first
    assert plain(words(FORM, 2))[40:52] in second
