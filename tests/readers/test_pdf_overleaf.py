"""A ruled table that goes on overleaf is one table; two tables that only look alike stay two."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas

from docproc.model import Block, Role
from docproc.readers.pdf import read
from tests.readers.drawing import A4, grid, lines, pdf, put


def table(
    canvas: Canvas, first: int, rows: int, top: float, note: str = "", foot: str = "", xs: tuple[float, ...] = (72, 200, 330, 460)
) -> None:
    if note:
        put(canvas, 250, top - 12, note)
    tops = [top + 22 * number for number in range(rows + 1)]
    grid(canvas, list(xs), tops)
    for row in range(rows):
        for column, x in enumerate(xs[:-1]):
            put(canvas, x + 5, tops[row] + 16, f"{first + row}-{column}", 10)
    put(canvas, 290, A4[1] - 25, f"{1 + (first > 0)}", 9)
    if foot:
        put(canvas, 72, tops[-1] + 30, foot)


def cells(data: bytes) -> dict[str, tuple[int, int, int]]:
    content = read(data)

    def words(block: Block) -> str:
        return "".join(content.text[start:end] for start, end in block.spans)

    return {words(each): (each.cell.table, each.cell.row, each.cell.column) for each in content.blocks if each.cell is not None}


def test_rows_are_numbered_on() -> None:
    found = cells(pdf(lambda canvas: table(canvas, 0, 5, 600), lambda canvas: table(canvas, 5, 4, 80)))
    assert found["4-1"] == (0, 4, 1)
    assert found["5-1"] == (0, 5, 1)
    assert found["8-2"] == (0, 8, 2)


def test_over_three_pages_and_with_a_note_that_says_so() -> None:
    data = pdf(
        lambda canvas: table(canvas, 0, 5, 600),
        lambda canvas: table(canvas, 5, 30, 90, note="（续表）"),
        lambda canvas: table(canvas, 35, 2, 80, foot="以上为全部设备。"),
        lambda canvas: table(canvas, 37, 2, 80),
    )
    found = cells(data)
    assert found["36-0"] == (0, 36, 0)
    assert found["37-0"] == (1, 0, 0)


def test_a_title_or_other_columns_begin_a_new_table() -> None:
    titled = pdf(lambda canvas: table(canvas, 0, 5, 600), lambda canvas: table(canvas, 5, 4, 90, note="利润表"))
    assert cells(titled)["5-0"] == (1, 0, 0)
    other = pdf(lambda canvas: table(canvas, 0, 5, 600), lambda canvas: table(canvas, 5, 4, 80, xs=(72, 180, 330, 460)))
    assert cells(other)["5-0"] == (1, 0, 0)
    between = pdf(lambda canvas: table(canvas, 0, 5, 600), lines("正文"), lambda canvas: table(canvas, 5, 4, 80))
    assert cells(between)["5-0"] == (1, 0, 0)


Cells = Sequence[str]
_XS = (72.0, 130.0, 230.0, 430.0)
_LINE = 15.0


def drawn(canvas: Canvas, rows: Sequence[Cells], top: float, above: bool = True, below: bool = True) -> None:
    """A table of rows whose cells may have several lines; with or without the rule over it and the one under it."""
    y = top
    tops = [y]
    for row in rows:
        for x, cell in zip(_XS, row, strict=False):
            for number, line in enumerate(cell.split("\n")):
                put(canvas, x + 4, y + 12 + number * _LINE, line, 12)
        y += 6 + _LINE * max(cell.count("\n") + 1 for cell in row)
        tops.append(y)
    for x in _XS:
        canvas.line(x, A4[1] - top, x, A4[1] - y)
    for rule in tops[0 if above else 1 : len(tops) if below else -1]:
        canvas.line(_XS[0], A4[1] - rule, _XS[-1], A4[1] - rule)


def rows(before: Sequence[Cells], after: Sequence[Cells], ruled: bool = True) -> list[list[str]]:
    """What a table of two pages is read as, row by row, a cell its words with «/» where the page ends."""
    data = pdf(
        lambda canvas: drawn(canvas, before, 560, below=ruled),
        lambda canvas: drawn(canvas, after, 80, above=ruled),
    )
    content = read(data)
    found: dict[tuple[int, int], list[str]] = {}
    for block in content.blocks:
        if block.cell is not None:
            words = "".join(content.text[start:end] for start, end in block.spans if start < content.pages[0].end)
            more = "".join(content.text[start:end] for start, end in block.spans if start > content.pages[0].end)
            found.setdefault((block.cell.table, block.cell.row), []).append(f"{words}/{more}" if words and more else words + more)
    return [cells for _, cells in sorted(found.items())]


HEAD = ("序号", "项目", "内容")
FIRST = ("1", "企业名称", "乌有仪器有限公司")
FULL = "通过平台汇聚设备数据并实现透明管\n" * 3 + "理并以数字孪生模型优化排产与工艺"
REST = "参数，成效明显。"


def test_a_row_cut_in_the_middle_of_a_line_is_one_row() -> None:
    found = rows([HEAD, FIRST, ("2", "建设内容", FULL)], [("", "", REST), ("3", "投资", "1200")])
    assert [len(row) for row in found] == [3, 3, 3, 3]
    assert found[2] == ["2", "建设内容", FULL.replace("\n", "") + "/" + REST]
    assert found[3] == ["3", "投资", "1200"]


def test_its_words_stand_where_they_are_read() -> None:
    content = read(
        pdf(lambda c: drawn(c, [FIRST, ("2", "建设内容", FULL)], 560), lambda c: drawn(c, [("", "", REST), ("3", "投资", "1")], 80))
    )
    (cell,) = [block for block in content.blocks if block.cell and len(block.spans) == 5]
    assert [content.text[start:end] for start, end in cell.spans] == [*FULL.split("\n"), REST]
    assert cell.page == 1
    assert content.pages[1].start <= cell.spans[-1].start


def test_the_repeated_heading_is_no_row() -> None:
    found = rows([HEAD, FIRST, ("2", "建设内容", FULL)], [HEAD, ("", "", REST), ("3", "投资", "1200")])
    assert [row[0] for row in found] == ["序号", "1", "2", "3"]
    assert found[2][2].endswith("/" + REST)
    content = read(pdf(lambda c: drawn(c, [HEAD, FIRST], 700), lambda c: drawn(c, [HEAD, ("2", "投资", "1200")], 80)))
    repeated = [block for block in content.blocks if block.role is Role.HEADER and block.page == 2]
    assert ["".join(content.text[start:end] for start, end in block.spans) for block in repeated] == list(HEAD)


def test_a_break_without_rules_cuts_a_row() -> None:
    found = rows([FIRST, ("2", "建设内容", "第一期。")], [("", "", "第二期。"), ("3", "投资", "1200")], ruled=False)
    assert found[1] == ["2", "建设内容", "第一期。/第二期。"]
    centred = rows([FIRST, ("", "", "第一期。")], [("2", "建设内容", "第二期。"), ("3", "投资", "1200")], ruled=False)
    assert centred[1] == ["2", "建设内容", "第一期。/第二期。"]


def test_numbered_rows_tell_that_a_row_goes_on() -> None:
    found = rows([HEAD, FIRST, ("2", "建设内容", "第一期。")], [("", "", "第二期。"), ("3", "投资", "1200")])
    assert found[2] == ["2", "建设内容", "第一期。/第二期。"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param([HEAD, FIRST, ("2", "建设内容", "第一期。")], [("3", "投资", "1200"), ("4", "工期", "两年")], id="a row of its own"),
        pytest.param(
            [HEAD, ("甲", "设备", "第一台")], [("", "", "第二台"), ("乙", "设备", "第三台")], id="an entry of its own, short lines"
        ),
        pytest.param([HEAD, ("甲", "内容", FULL + "。")], [("", "", REST), ("乙", "投资", "1200")], id="the sentence ended"),
        pytest.param([HEAD, ("甲", "内容", FULL)], [("", "", "（二）平台"), ("乙", "投资", "1200")], id="a new item"),
        pytest.param([HEAD, ("甲", "内容", FULL)], [("", "", "　　另起一段"), ("乙", "投资", "1200")], id="a new paragraph"),
        pytest.param([HEAD, ("甲", "", FULL)], [("", "产量", REST), ("乙", "投资", "1200")], id="a label where there was none"),
        pytest.param(
            [HEAD, ("1", "设备", "一台"), ("", "", "两台")], [("", "", "三台"), ("2", "设备", "四台")], id="entries of several rows"
        ),
        pytest.param([HEAD, ("1", "设备", "一台")], [("", "", "三台"), ("7", "设备", "四台")], id="numbers that do not go on"),
    ],
)
def test_without_proof_rows_stay_as_drawn(before: Sequence[Cells], after: Sequence[Cells]) -> None:
    assert len(rows(before, after)) == len(before) + len(after)


def test_a_table_without_outer_rules_is_cut_nowhere() -> None:
    def inner(first: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            for row in range(4):
                put(canvas, 80, 500 + 24 * row, f"设备{first + row}")
                put(canvas, 240, 500 + 24 * row, f"{first + row}台")
                put(canvas, 340, 500 + 24 * row, f"{first + row}月")
                if row:
                    canvas.line(72, A4[1] - 484 - 24 * row, 430, A4[1] - 484 - 24 * row)
            for x in (230, 330):
                canvas.line(x, A4[1] - 484, x, A4[1] - 580)

        return draw

    content = read(pdf(inner(0), inner(4)))
    assert len({(block.cell.table, block.cell.row) for block in content.blocks if block.cell}) == 8


def test_two_tables_of_the_same_columns_keep_their_first_rows() -> None:
    found = rows([("甲", "一", "二"), FIRST], [("乙", "三", "四"), ("2", "投资", "1200")])
    assert [row[0] for row in found] == ["甲", "1", "乙", "2"]
