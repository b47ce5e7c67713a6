"""A page number is one also where a mark in small print stands between it and the page's edge."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from docproc.model import Role
from docproc.readers.pdf import read
from tests.readers.drawing import lines, pdf, put


def test_a_page_number_above_small_print_on_a_single_page() -> None:
    def draw(canvas: Canvas) -> None:
        lines(*["公司近三年经营和财务状况良好，未发生较大及以上安全事故。"] * 6)(canvas)
        put(canvas, 290, 800, "1", 9)
        put(canvas, 250, 822, "仅供内部使用", 8)

    content = read(pdf(draw))
    roles = {content.text[block.spans[0].start : block.spans[0].end]: block.role for block in content.blocks}
    assert roles["1"] is Role.PAGE_NUMBER


def test_a_lone_figure_below_the_text_is_no_page_number() -> None:
    def draw(canvas: Canvas) -> None:
        lines(*["公司近三年经营和财务状况良好，未发生较大及以上安全事故。"] * 6)(canvas)
        put(canvas, 290, 775, "12", 12)
        put(canvas, 72, 800, "以上为职工人数合计", 12)

    content = read(pdf(draw))
    assert Role.PAGE_NUMBER not in {block.role for block in content.blocks}
