"""A table cell as one line: wrapped words closed up, lines of their own apart, scraps of one line put together."""

from __future__ import annotations

from array import array

from docproc.model import Block, CellPlace, Content, Page, Role, Span
from docproc.text.view import view_of


def cell(*lines: str) -> str:
    text = "\n".join(lines)
    block = Block(Role.CELL, (Span(0, len(text)),), cell=CellPlace(table=0, row=0, column=0))
    return view_of(Content("pdf", text, blocks=(block,))).text


def test_a_line_printed_in_pieces_is_put_together() -> None:
    pieces = ["采用数字技术完成厂房和产线的数", "字化规", "划", "设", "计，建成", "覆盖全厂的网络和数", "据", "中", "心", "。"]
    assert cell(*pieces) == "采用数字技术完成厂房和产线的数字化规划设计，建成覆盖全厂的网络和数据中心。"


def test_short_lines_of_a_list_stay_apart() -> None:
    assert cell("一级", "二级", "三级以上（含三级）的智能制造能力成熟度") == "一级  二级  三级以上（含三级）的智能制造能力成熟度"


def printed(*pieces: tuple[str, float, float]) -> str:
    """A cell of a page: each piece with its left edge and its line's upper edge; characters are ten points wide and high."""
    text, boxes, spans = "", array("f"), []
    for piece, left, top in pieces:
        if text:
            text += "\n"
            boxes.extend((0, 0, 0, 0))
        spans.append(Span(len(text), len(text) + len(piece)))
        for place in range(len(piece)):
            boxes.extend((left + 10 * place, top, left + 10 * place + 10, top + 10))
        text += piece
    block = Block(Role.CELL, tuple(spans), page=1, cell=CellPlace(table=0, row=0, column=0))
    page = Page(number=1, start=0, end=len(text), width=600, height=800, char_boxes=boxes)
    return view_of(Content("pdf", text, pages=(page,), blocks=(block,))).text


def test_pieces_side_by_side_on_the_page_are_one_line() -> None:
    assert printed(("装备与软件", 0, 0), ("安全可", 50, 0), ("控", 0, 16)) == "装备与软件安全可控"


def test_pieces_far_apart_on_one_line_stay_apart() -> None:
    assert printed(("基础级", 0, 0), ("先进级", 80, 0)) == "基础级  先进级"


def test_lines_one_below_the_other_are_lines() -> None:
    assert printed(("一级", 0, 0), ("二级", 0, 16), ("三级以上（含三级）的智能制造能力成熟度", 0, 32)).startswith("一级  二级  三级")
