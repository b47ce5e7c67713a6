"""Pictures beside the text of a PDF page: their words are read, or the page and the reason are said. Logos and stamps are no loss."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from docproc.model import Content, PageQuality
from docproc.readers.pdf import read
from docproc.readers.word import read as read_word
from tests.readers.drawing import A4, lines, pdf, put, stamp
from tests.readers.ocr.scanning import LICENCE, plain, rendered
from tests.readers.word_files import docx, paragraph

PROSE = lines(*["公司近三年经营和财务状况良好，未发生较大及以上安全事故。"] * 12)
BOX = (100.0, 420.0, 300.0, 180.0)  # x, from the top, width, height

Draw = Callable[[Canvas], None]


@pytest.fixture
def absent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Recognition is not installed."""
    monkeypatch.setattr("docproc.readers.ocr.engine.available", lambda: False)


def photo(width: int = 900, height: int = 600) -> Image.Image:
    return Image.linear_gradient("L").resize((width, height))


def with_picture(picture: Image.Image, box: tuple[float, float, float, float] = BOX, under: Draw = PROSE) -> Draw:
    def draw(canvas: Canvas) -> None:
        x, top, width, height = box
        canvas.drawImage(ImageReader(picture), x, A4[1] - top - height, width, height, mask="auto")
        under(canvas)

    return draw


def told(content: Content) -> list[tuple[str, int, tuple[int, ...]]]:
    return [(loss.code, loss.count, loss.pages) for loss in content.losses]


@pytest.mark.usefixtures("absent")
def test_a_picture_beside_text_is_a_loss_with_its_page() -> None:
    content = read(pdf(PROSE, with_picture(photo())))
    assert told(content) == [("picture", 1, (2,))]
    assert "第 2 页" in content.losses[0].message
    assert "没有安装文字识别" in content.losses[0].message


@pytest.mark.usefixtures("absent")
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_on_a_turned_page_too(turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        with_picture(photo())(canvas)

    assert told(read(pdf(draw))) == [("picture", 1, (1,))]


@pytest.mark.usefixtures("absent")
@pytest.mark.parametrize(
    ("picture", "box"),
    [
        (photo(300, 90), (72.0, 40.0, 120.0, 36.0)),  # a logo in the letterhead
        (photo(60, 40), BOX),  # a colour or a texture stretched
        (photo(), (300.0, 500.0, 40.0, 30.0)),  # an icon
        (photo(400, 400), (300.0, 500.0, 120.0, 120.0)),  # a code
        (stamp(), (300.0, 600.0, 119.0, 119.0)),
        (photo(360, 120), (300.0, 600.0, 105.0, 35.0)),  # a signature
    ],
    ids=["logo", "texture", "icon", "code", "stamp", "signature"],
)
def test_what_holds_no_words_is_no_loss(picture: Image.Image, box: tuple[float, float, float, float]) -> None:
    assert told(read(pdf(with_picture(picture, box)))) == []


@pytest.mark.usefixtures("absent")
def test_a_background_under_the_text_is_no_loss() -> None:
    full = lines(*["公司近三年经营和财务状况良好，未发生较大及以上安全事故。"] * 30)
    assert told(read(pdf(with_picture(photo(), (0.0, 0.0, *A4), full)))) == []


@pytest.mark.usefixtures("absent")
def test_a_scan_with_a_typed_header_and_page_number_is_an_unread_page() -> None:
    def margins(canvas: Canvas) -> None:
        put(canvas, 72, 40, "天津恒岭机床有限公司先进级智能工厂申报材料", 9)
        put(canvas, 250, 810, "第 12 页 共 200 页", 9)

    content = read(pdf(PROSE, with_picture(photo(1200, 1700), (0.0, 0.0, *A4), margins)))
    assert told(content) == [("unread_page", 1, (2,))]
    assert "扫描件" in content.losses[0].message


@pytest.mark.usefixtures("absent")
def test_strips_of_one_picture_count_once() -> None:
    def draw(canvas: Canvas) -> None:
        for number in range(12):
            with_picture(photo(900, 50), (100.0, 420.0 + 15 * number, 300.0, 15.0), lambda canvas: None)(canvas)
        PROSE(canvas)

    assert told(read(pdf(draw))) == [("picture", 1, (1,))]


@pytest.mark.usefixtures("absent")
def test_a_small_picture_on_a_page_of_its_own_is_not_passed_over() -> None:
    content = read(pdf(PROSE, with_picture(photo(), (200.0, 300.0, 200.0, 120.0), lambda canvas: None)))
    assert told(content) == [("picture", 1, (2,))]


def test_the_words_of_a_pasted_licence_are_read_after_the_page_s_text() -> None:
    licence = rendered(LICENCE)
    content = read(pdf(with_picture(licence, (60.0, 360.0, 330.0, 330.0 * licence.height / licence.width)), PROSE))
    page = content.pages[0]
    read_there = content.text[page.start : page.end]
    assert "营业执照" in plain(read_there)
    assert read_there.startswith("公司近三年")
    assert told(content) == []
    assert page.quality is PageQuality.TEXT
    assert len(page.char_boxes) == 4 * len(read_there)
    (stretch,) = content.recognised
    assert content.text[stretch.start - 1] == "\n"
    assert stretch.start + len(stretch.confidences) == page.end
    assert content.text[content.pages[1].start :].startswith("公司近三年")


def test_the_words_of_a_licence_pasted_into_a_word_file_are_read_at_its_end() -> None:
    buffer = BytesIO()
    rendered(LICENCE).save(buffer, "JPEG")
    drawing = '<w:r><w:drawing><wp:inline><a:graphic><a:blip r:embed="image1"/></a:graphic></wp:inline></w:drawing></w:r>'
    content = read_word(docx(paragraph("附件") + paragraph(drawing), image1=buffer.getvalue()))
    assert content.text.startswith("附件\n")
    assert "营业执照" in plain(content.text)
    assert told(content) == []
    (stretch,) = content.recognised
    assert stretch.start + len(stretch.confidences) == len(content.text)
    assert all(block.page is None for block in content.blocks)
