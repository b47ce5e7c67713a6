"""Prose in two columns is read column by column; tables, forms and text in one column are not taken for it."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas

from docproc.model import Role
from docproc.readers.pdf import read
from docproc.text.view import view_of
from tests.readers.drawing import lines, pdf, put

LEFT = [
    "　　公司近三年未发生较大及以上安全",
    "事故，已建立安全生产责任制，每年组",
    "织应急演练四次。",
    "　　车间全部设备已经联网，关键工序",
    "数控化率达到百分之九十一，数据由制",
    "造执行系统统一采集并保存三年，供质",
]
RIGHT = [
    "量追溯使用。",
    "　　能源管理系统按班组统计用电，单",
    "位产品综合能耗比上年下降百分之八，",
    "废水经处理后达标排放，近三年未受过",
    "环保行政处罚。",
    "　　公司通过信息安全等级保护二级测",
]
WANTED = [
    "公司近三年未发生较大及以上安全事故，已建立安全生产责任制，每年组织应急演练四次。",
    "车间全部设备已经联网，关键工序数控化率达到百分之九十一，数据由制造执行系统统一采集并保存三年，供质量追溯使用。",
    "能源管理系统按班组统计用电，单位产品综合能耗比上年下降百分之八，废水经处理后达标排放，近三年未受过环保行政处罚。",
    "公司通过信息安全等级保护二级测",
]


def columns(drop: float, *, by_column: bool, title: str = "") -> bytes:
    def draw(canvas: Canvas) -> None:
        if title:
            put(canvas, 72, 90, title, 12)
        pairs = [(72, top, text) for top, text in enumerate(LEFT)] + [(312, top, text) for top, text in enumerate(RIGHT)]
        for x, number, text in pairs if by_column else sorted(pairs, key=lambda pair: pair[1]):
            put(canvas, x, 120 + 18 * number + (drop if x > 300 else 0), text)

    return pdf(draw)


@pytest.mark.parametrize("drop", [0.0, 7.0])
@pytest.mark.parametrize("by_column", [True, False])
def test_column_by_column(drop: float, by_column: bool) -> None:
    content = read(columns(drop, by_column=by_column))
    blocks = ["".join(content.text[a:b] for a, b in block.spans).strip() for block in content.blocks]
    assert blocks == WANTED
    assert {block.role for block in content.blocks} == {Role.PARAGRAPH}
    assert view_of(content).text.split("\n") == WANTED


def test_a_line_across_both_columns_stays_before_them() -> None:
    title = "本报告摘要如下，全文由企业自行编写并对其真实性负责，审查机关可据此核对各项条件是否满足。"
    content = read(columns(0.0, by_column=False, title=title))
    assert view_of(content).text.split("\n") == [title, *WANTED]


def test_a_form_of_labels_and_values_is_no_prose() -> None:
    def draw(canvas: Canvas) -> None:
        for number in range(8):
            put(canvas, 72, 120 + 20 * number, f"第{number}项指标")
            put(canvas, 312, 120 + 20 * number, "公司近三年经营和财务状况良好，未发生事故")

    assert {block.role for block in read(pdf(draw)).blocks} == {Role.CELL}


def test_one_column_stays_as_it_is() -> None:
    sentence = "公司近三年经营和财务状况良好，未发生较大及以上安全事故，已建立责任"
    content = read(pdf(lines(*[sentence] * 8)))
    assert [block.role for block in content.blocks] == [Role.PARAGRAPH]
