"""A table cell as one line: wrapped words closed up, lines of their own apart, scraps of one line put together."""

from __future__ import annotations

from docproc.model import Block, CellPlace, Content, Role, Span
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
