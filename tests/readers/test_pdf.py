"""PDFs: text and boxes line up, pages are told apart, what runs round the text is known, damage is a loss and never a crash."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from docproc.model import Content, PageQuality, Role
from docproc.readers import picture as picture_reader
from docproc.readers.ocr import engine
from docproc.readers.pdf import read
from docproc.readers.pdf_marks import signer_name
from tests.readers.drawing import A4, FONT, grid, lines, pdf, put, sheet, stamp


def texts(content: Content, *roles: Role) -> list[str]:
    return [
        "\n".join(content.text[span.start : span.end] for span in block.spans)
        for block in content.blocks
        if not roles or block.role in roles
    ]


def box_of(content: Content, words: str) -> tuple[float, float, float, float]:
    """The box of words that stand on one line."""
    at = content.text.index(words)
    page = next(page for page in content.pages if page.start <= at < page.end)
    boxes = [page.char_boxes[4 * (index - page.start) : 4 * (index - page.start) + 4] for index in range(at, at + len(words))]
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))


def test_pages_are_joined_by_form_feeds_and_every_code_point_has_a_box() -> None:
    content = read(pdf(lines("申报单位：天津铸远数控机床有限公司", "成熟度等级 二级"), lines("第二页")))
    assert content.text == "申报单位：天津铸远数控机床有限公司\n成熟度等级 二级\f第二页"
    assert [(page.start, page.end) for page in content.pages] == [(0, 26), (27, 30)]
    assert all(len(page.char_boxes) == 4 * (page.end - page.start) for page in content.pages)
    assert content.losses == ()


def test_boxes_stand_where_the_words_are() -> None:
    content = read(pdf(lines("申报单位：天津铸远", top=100)))
    x0, y0, x1, y1 = box_of(content, "天津铸远")
    assert (x0, x1) == pytest.approx((72 + 5 * 12, 72 + 9 * 12), abs=1)
    assert y0 < 100 - 9
    assert 100 - 1 < y1 < 106


def test_line_ends_have_no_box() -> None:
    content = read(pdf(lines("甲乙丙", "丁戊己")))
    at = 4 * content.text.index("\n")
    assert list(content.pages[0].char_boxes[at : at + 4]) == [0, 0, 0, 0]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_reads_the_same_and_has_boxes_of_the_displayed_page(turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        for number, text in enumerate(("申报单位：天津铸远数控机床有限公司", "代码 911201127Q6833092B revenue 12,345.67")):
            put(canvas, 72, 100 + 30 * number, text)

    data = BytesIO()
    canvas = Canvas(data, pagesize=(842, 842))  # square, since reportlab turns the sheet with the page
    draw(canvas)
    canvas.save()
    content = read(data.getvalue())
    assert content.text == "申报单位：天津铸远数控机床有限公司\n代码 911201127Q6833092B revenue 12,345.67"
    upright = (132.0, 89.0, 276.0, 105.0)
    corners = {
        0: upright,
        90: (842 - upright[3], upright[0], 842 - upright[1], upright[2]),
        180: (842 - upright[2], 842 - upright[3], 842 - upright[0], 842 - upright[1]),
        270: (upright[1], 842 - upright[2], upright[3], 842 - upright[0]),
    }
    assert box_of(content, "天津铸远数控机床有限公司") == pytest.approx(corners[turn], abs=4)
    assert texts(content) == ["申报单位：天津铸远数控机床有限公司", "代码 911201127Q6833092B revenue 12,345.67"]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(alphabet="天津市智能工厂申报单位营业收入0123456789.%（）ab", min_size=1, max_size=30), min_size=1, max_size=8))
def test_text_and_boxes_line_up(written: list[str]) -> None:
    content = read(pdf(lines(*written)))
    page = content.pages[0]
    assert len(page.char_boxes) == 4 * len(content.text)
    assert content.text.replace("\n", "").replace(" ", "") == "".join(written)
    for block in content.blocks:
        for span in block.spans:
            assert page.start <= span.start < span.end <= page.end


def test_a_scan_is_recognised_and_a_small_picture_is_no_page() -> None:
    scan = ImageReader(sheet(20))

    def scanned(canvas: Canvas) -> None:
        canvas.drawImage(scan, 0, 0, *A4)
        put(canvas, 280, 820, "- 2 -")

    def photograph(canvas: Canvas) -> None:
        lines(*["车间现场照片说明文字，照片显示产线运行情况。"] * 3)(canvas)
        canvas.drawImage(scan, 100, 200, 200, 150)

    content = read(pdf(lines("正文文字" * 8), scanned, photograph))
    assert [page.quality for page in content.pages] == [PageQuality.TEXT, PageQuality.RECOGNISED, PageQuality.TEXT]
    assert [loss for loss in content.losses if loss.pages != (3,)] == []  # of the third page's picture: test_pdf_pictures.py
    assert content.text.split("\f")[1].count("materials are true and complete") == 20
    first = content.recognised[0]
    assert (first.start, first.end) == (content.pages[1].start, content.pages[1].end)


def test_without_recognition_a_scan_is_a_loss_that_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "available", lambda: False)
    scan = ImageReader(sheet(20))
    content = read(pdf(lines("正文文字" * 8), lambda canvas: canvas.drawImage(scan, 0, 0, *A4)))
    assert content.pages[1].quality is PageQuality.PICTURE
    assert [(loss.code, loss.pages) for loss in content.losses] == [("unread_page", (2,))]
    assert "第 2 页" in content.losses[0].message
    assert engine.INSTALL in content.losses[0].message


def test_a_text_layer_without_sense_is_a_loss_where_nothing_recognises_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "available", lambda: False)
    content = read(pdf(lines("ÐÏÑÒÓÔÕÖØÙÚÛ ÝÞßãäå", "çðñõö÷øýþÿ ÐÏÑÒÓ")))
    assert content.pages[0].quality is PageQuality.GARBLED
    assert [loss.code for loss in content.losses] == ["unread_page"]


def test_a_blank_page_is_blank() -> None:
    content = read(pdf(lines("正文"), lambda canvas: None))
    assert [page.quality for page in content.pages] == [PageQuality.TEXT, PageQuality.BLANK]
    assert content.losses == ()


def curls(count: int) -> Callable[[Canvas], None]:
    """A page of filled shapes with 8 curves each, as large as characters."""

    def draw(canvas: Canvas) -> None:
        for number in range(count):
            x, y = 72 + 14 * (number % 30), 760 - 20 * (number // 30)
            path = canvas.beginPath()
            path.moveTo(x, y)
            for turn in range(8):
                path.curveTo(x + turn, y + 3, x + 3, y + turn, x + turn % 3, y + 12 - turn)
            path.close()
            canvas.drawPath(path, stroke=0, fill=1)

    return draw


def test_a_page_whose_writing_was_turned_into_outlines_is_no_blank_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "available", lambda: False)
    content = read(pdf(lines("正文"), curls(200)))
    assert [page.quality for page in content.pages] == [PageQuality.TEXT, PageQuality.PICTURE]
    assert [(loss.code, loss.pages) for loss in content.losses] == [("unread_page", (2,))]


def test_an_ornament_is_no_writing() -> None:
    assert [page.quality for page in read(pdf(lines("正文"), curls(12))).pages] == [PageQuality.TEXT, PageQuality.BLANK]


def test_paragraphs_headings_and_what_runs_round_them() -> None:
    def page(number: int) -> tuple[str, ...]:
        return ("第一章 企业概况",) if number == 1 else ("（二）建设内容",)

    def draw(number: int) -> object:
        def inner(canvas: Canvas) -> None:
            put(canvas, 200, 40, "某某公司智能工厂申报书", 9)
            put(canvas, 72, 100, page(number)[0])
            put(canvas, 96, 130, "企业近三年经营状况良好，没有发生较大及以上安全环保事故，信用" + "良" * 6)
            put(canvas, 72, 150, "好。")
            put(canvas, 96, 170, "另起一段。")
            put(canvas, 285, 810, f"- {number} -", 9)

        return inner

    content = read(pdf(draw(1), draw(2)))  # type: ignore[arg-type]
    assert texts(content, Role.HEADER) == ["某某公司智能工厂申报书"] * 2
    assert texts(content, Role.PAGE_NUMBER) == ["- 1 -", "- 2 -"]
    assert texts(content, Role.HEADING) == ["第一章 企业概况", "（二）建设内容"]
    paragraphs = texts(content, Role.PARAGRAPH)
    assert paragraphs[0].endswith("良良\n好。")
    assert paragraphs[1] == "另起一段。"
    assert [block.role for block in content.blocks][:2] == [Role.HEADER, Role.HEADING]


def test_a_title_that_stands_on_two_pages_is_no_header() -> None:
    content = read(
        pdf(*[lambda canvas: (put(canvas, 230, 70, "资产负债表", 18), lines("货币资金及其他项目说明文字", top=120)(canvas))] * 2)
    )
    assert texts(content, Role.HEADER) == []
    assert texts(content, Role.HEADING) == ["资产负债表", "资产负债表"]


def test_a_slanting_watermark_is_not_part_of_the_text() -> None:
    def draw(canvas: Canvas) -> None:
        lines("正文第一行文字内容", "正文第二行文字内容")(canvas)
        canvas.translate(200, 300)
        canvas.rotate(45)
        canvas.setFont(FONT, 40)
        canvas.drawString(0, 0, "内部资料")

    content = read(pdf(draw))
    assert "".join(texts(content, Role.WATERMARK)).replace("\n", "") == "内部资料"
    assert "内部资料" not in "".join(texts(content, Role.PARAGRAPH, Role.HEADING))


def test_bookmarks_become_the_outline() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 72, 100, "正文")
        canvas.bookmarkPage("one")
        canvas.addOutlineEntry("第一章 概况", "one", 0)
        canvas.bookmarkPage("two")
        canvas.addOutlineEntry("一、基本信息", "two", 1)

    content = read(pdf(draw))
    assert [(entry.title, entry.page, entry.level) for entry in content.outline] == [("第一章 概况", 1, 1), ("一、基本信息", 1, 2)]


def test_a_password_is_reported_and_an_owner_password_alone_is_no_hindrance() -> None:
    locked = read(pdf(lines("正文"), encrypt=StandardEncryption("secret", "owner")))
    assert [loss.code for loss in locked.losses] == [problem.code for problem in locked.problems] == ["encrypted"]
    assert read(pdf(lines("正文"), encrypt=StandardEncryption("", "owner"))).text == "正文"


def test_a_cut_off_file_is_damaged() -> None:
    whole = pdf(*[lines("正文文字")] * 6)
    for share in (0.2, 0.5, 0.9):
        content = read(whole[: int(len(whole) * share)])
        assert [loss.code for loss in content.losses][-1] == "damaged"


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_no_bytes_make_it_crash(data: st.DataObject) -> None:
    whole = bytearray(pdf(lines("正文文字", "二级"), lambda canvas: grid(canvas, [72, 200, 400], [90, 120, 150])))
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=60)):
        whole[at] = (whole[at] * 7 + at) % 256
    content = read(bytes(whole))
    for block in content.blocks:
        assert all(span.end <= len(content.text) for span in block.spans)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"not a pdf at all"])
def test_what_is_no_pdf_is_damaged(data: bytes) -> None:
    assert [loss.code for loss in read(data).losses] == ["damaged"]


def test_a_seal_on_a_turned_page_has_a_box_of_the_displayed_page() -> None:
    def draw(canvas: Canvas) -> None:
        lines("承诺书正文文字内容，以上材料真实有效。")(canvas)
        canvas.drawImage(ImageReader(stamp()), 400, 100, 119, 119, mask="auto")

    for turn, expected in ((0, (400, 623, 519, 742)), (180, (76, 100, 195, 219))):
        content = read(pdf(lambda canvas, turn=turn: (canvas.setPageRotation(turn), draw(canvas))))
        assert len(content.seals) == 1
        assert content.seals[0].box == pytest.approx(expected, abs=4)
        assert content.pages[0].colour is True


def test_a_page_without_picture_or_red_is_not_looked_at_and_a_grey_one_shows_no_colour() -> None:
    grey = ImageReader(sheet(10).convert("L"))
    content = read(pdf(lines("正文"), lambda canvas: canvas.drawImage(grey, 0, 0, *A4)))
    assert [page.colour for page in content.pages] == [None, False]


def test_the_signer_is_the_last_common_name_that_is_no_authority() -> None:
    def common_name(name: str) -> bytes:
        raw = name.encode()
        return b"\x06\x03\x55\x04\x03\x0c" + bytes([len(raw)]) + raw

    assert (
        signer_name(b"\x30" + common_name("Some Root CA") + b"\x01" + common_name("天津铸远数控机床有限公司")) == "天津铸远数控机床有限公司"
    )
    assert signer_name(b"") == ""


def _file(image: Image.Image, kind: str, **options: object) -> bytes:
    data = BytesIO()
    image.save(data, kind, **options)
    return data.getvalue()


def test_a_picture_file_is_a_page() -> None:
    content = picture_reader.read(_file(sheet(5), "PNG", dpi=(100, 100)))
    page = content.pages[0]
    assert (round(page.width), round(page.height)) == (595, 842)
    assert page.quality is PageQuality.RECOGNISED
    assert content.losses == ()
    assert page.colour is False


def test_a_seal_on_a_picture_of_unknown_resolution() -> None:
    image = sheet(10)
    image.paste(stamp(), (500, 800), stamp())
    content = picture_reader.read(_file(image.resize((3308, 4676)), "JPEG", quality=80))
    assert len(content.seals) == 1
    assert content.pages[0].width == pytest.approx(3308 * 72 / 200)
    assert content.seals[0].box[0] == pytest.approx(500 * 4 * 72 / 200, abs=20)


def test_a_tiff_has_a_page_a_frame() -> None:
    data = BytesIO()
    sheet().save(data, "TIFF", save_all=True, append_images=[sheet()])
    content = picture_reader.read(data.getvalue())
    assert [page.number for page in content.pages] == [1, 2]
    assert content.losses[0].pages == (1, 2)


def test_a_broken_picture_is_damaged() -> None:
    assert [loss.code for loss in picture_reader.read(b"\x89PNG\r\n\x1a\nbroken").losses] == ["damaged"]
    assert [loss.code for loss in picture_reader.read(_file(sheet(5), "JPEG")[:3000]).losses] == ["damaged"]
