"""Words in the order of the page, also where the file holds them in another: boxes of a second font often come after their line."""

from __future__ import annotations

import io
import re

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from docproc.model import Content, Kind, PageQuality
from docproc.readers.pdf import read
from docproc.text.view import view_of

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))


def page(*, ruled: bool) -> Content:
    """企业性质 □国有 √民营 □外资, the last two boxes drawn in another font after all words of the line."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    canvas.setFont("STSong-Light", 10.5)
    canvas.drawString(72, 700, "企业性质")
    canvas.drawString(150, 700, "□国有　　民营　　外资")  # gaps of two characters, each for a box at its end
    canvas.setFont("HeiseiMin-W3", 10.5)
    for column, box in ((4, "√"), (8, "□")):
        canvas.drawString(150 + 10.5 * column, 700, box)
    canvas.setFont("STSong-Light", 10.5)
    canvas.drawString(72, 660, "注册地址")
    canvas.drawString(150, 660, "天津市津南区示范路一号")
    if ruled:
        for y in (650, 690, 720):
            canvas.line(66, y, 400, y)
        for x in (66, 140, 400):
            canvas.line(x, 650, x, 720)
    canvas.showPage()
    canvas.save()
    return read(buffer.getvalue())


def test_boxes_stand_before_their_words_in_a_cell() -> None:
    content = page(ruled=True)
    assert content.pages[0].quality is PageQuality.TEXT
    text = re.sub("[ ]", "", view_of(content).text)
    assert text.splitlines() == ["企业性质\t□国有√民营□外资", "注册地址\t天津市津南区示范路一号"]


def test_boxes_stand_before_their_words_in_a_line() -> None:
    text = re.sub(r"\s", "", view_of(page(ruled=False)).text)
    assert text.startswith("企业性质□国有√民营□外资")


def test_every_place_still_leads_to_its_characters() -> None:
    content = page(ruled=True)
    view = view_of(content)
    for position, letter in enumerate(view.text):
        if letter.strip():
            (span,) = view.spans(position, position + 1)
            assert content.text[span.start : span.end] == letter


def test_the_ticked_option_is_read() -> None:
    from docproc.extract import process

    doc = process(view_of(page(ruled=True)).text, Kind.FORM)
    field = next(field for field in doc._.fields if field.label == "企业性质")
    assert [(option.text, option.ticked) for option in field.options] == [("国有", False), ("民营", True), ("外资", False)]


def test_an_empty_cell_keeps_its_column() -> None:
    """成立日期 | (blank) | 注册资本 | 1200万元: the next label is not the answer to the first."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    canvas.setFont("STSong-Light", 10.5)
    for x, word in ((72, "成立日期"), (252, "注册资本"), (342, "1200万元")):
        canvas.drawString(x, 700, word)
    for y in (690, 720):
        canvas.line(66, y, 426, y)
    for x in (66, 156, 246, 336, 426):
        canvas.line(x, 690, x, 720)
    canvas.showPage()
    canvas.save()
    assert view_of(read(buffer.getvalue())).text == "成立日期\t\t注册资本\t1200万元"
