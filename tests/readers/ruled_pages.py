"""Pages with ruled tables, drawn in the ways that office programs draw them. Each is a function that draws on a canvas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table, TableStyle

from tests.readers.drawing import A4, FONT, grid, put

Draw = Callable[[Canvas], None]

XS, TOPS = [72.0, 160.0, 300.0, 420.0, 520.0], [100.0, 125.0, 150.0, 190.0, 215.0]
ROWS = (
    ("项目", "2023年", "2024年", "2025年"),
    ("营业收入", "10,866.10", "11,120.05", "12,066.58"),
    ("净利润", "701.22", "722.63", "571.46"),
    ("研发投入", "511.00", "530.80", "612.40"),
)


def filled(canvas: Canvas, xs: Sequence[float] = XS, tops: Sequence[float] = TOPS, rows: Sequence[Sequence[str]] = ROWS) -> None:
    """The words of a table in the middle of its fields' height."""
    for row, words in enumerate(rows):
        for column, word in enumerate(words):
            put(canvas, xs[column] + 5, (tops[row] + tops[row + 1]) / 2 + 4, word, 10)


def plain(canvas: Canvas) -> None:
    put(canvas, 72, 80, "一、经营情况")
    grid(canvas, XS, TOPS)
    filled(canvas)
    put(canvas, 72, 240, "表后的文字。")


def merged(canvas: Canvas) -> None:
    """A form by reportlab's own Table: cells merged across, down and both."""
    rows = [
        ["企业名称", "某某机床有限公司", "", ""],
        ["经营\n情况", "指标", "上年", "本年"],
        ["", "营业收入", "1.00", "2.00"],
        ["", "说明文字", "", ""],
        ["", "", "", ""],
    ]
    spans = (((1, 0), (3, 0)), ((0, 1), (0, 4)), ((1, 3), (3, 4)))
    table = Table(rows, colWidths=[70, 130, 100, 100], rowHeights=28)
    table.setStyle(
        TableStyle(
            [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("FONT", (0, 0), (-1, -1), FONT, 10), *(("SPAN", *span) for span in spans)]
        )
    )
    table.wrapOn(canvas, 500, 500)
    table.drawOn(canvas, 80, 500)


def thin_rectangles(canvas: Canvas) -> None:
    """Each piece of border a filled rectangle of half a point, as word processors write them."""
    for x in XS:
        for top, bottom in pairwise(TOPS):
            canvas.rect(x, A4[1] - bottom, 0.48, bottom - top, stroke=0, fill=1)
    for top in TOPS:
        for left, right in pairwise(XS):
            canvas.rect(left, A4[1] - top, right - left, 0.48, stroke=0, fill=1)
    filled(canvas)


def cell_boxes(canvas: Canvas) -> None:
    """Each cell a stroked rectangle of its own."""
    for top, bottom in pairwise(TOPS):
        for left, right in pairwise(XS):
            canvas.rect(left, A4[1] - bottom, right - left, bottom - top)
    filled(canvas)


def one_path(canvas: Canvas) -> None:
    """All rules in one path that is stroked once."""
    path = canvas.beginPath()
    for x in XS:
        path.moveTo(x, A4[1] - TOPS[0])
        path.lineTo(x, A4[1] - TOPS[-1])
    for top in TOPS:
        path.moveTo(XS[0], A4[1] - top)
        path.lineTo(XS[-1], A4[1] - top)
    canvas.drawPath(path)
    filled(canvas)


def in_a_form_object(canvas: Canvas) -> None:
    canvas.beginForm("table")
    plain(canvas)
    canvas.endForm()
    canvas.saveState()
    canvas.translate(20, -60)
    canvas.scale(0.9, 0.9)
    canvas.doForm("table")
    canvas.restoreState()


def shaded_heads(canvas: Canvas) -> None:
    """A background under the first row and column, as large as the cells, and rules on it."""
    canvas.setFillGray(0.9)
    canvas.rect(XS[0], A4[1] - TOPS[1], XS[-1] - XS[0], TOPS[1] - TOPS[0], stroke=0, fill=1)
    for top, bottom in pairwise(TOPS):
        canvas.rect(XS[0], A4[1] - bottom, XS[1] - XS[0], bottom - top, stroke=0, fill=1)
    canvas.setFillGray(0)
    plain(canvas)


def double_lines(canvas: Canvas) -> None:
    plain(canvas)
    canvas.rect(XS[0] - 1.5, A4[1] - TOPS[-1] - 1.5, XS[-1] - XS[0] + 3, TOPS[-1] - TOPS[0] + 3)


def broken_lines(canvas: Canvas) -> None:
    """Dashes drawn one by one."""
    for top in TOPS:
        x = XS[0]
        while x < XS[-1]:
            canvas.line(x, A4[1] - top, min(x + 4, XS[-1]), A4[1] - top)
            x += 6
    for left in XS:
        y = TOPS[0]
        while y < TOPS[-1]:
            canvas.line(left, A4[1] - y, left, A4[1] - min(y + 4, TOPS[-1]))
            y += 6
    filled(canvas)


def box_in_a_cell(canvas: Canvas) -> None:
    """A tick box and a framed remark inside cells, touching nothing."""
    plain(canvas)
    canvas.rect(XS[2] - 20, A4[1] - TOPS[1] + 7, 10, 10)
    canvas.rect(XS[1] + 3, A4[1] - TOPS[3] + 4, XS[2] - XS[1] - 6, 30)


def two_tables(canvas: Canvas) -> None:
    """One under another, and one beside."""
    grid(canvas, XS[:3], TOPS[:4])
    filled(canvas, XS, TOPS, [row[:2] for row in ROWS[:3]])
    grid(canvas, [340, 420, 520], TOPS[:3])
    filled(canvas, [340, 420], TOPS, [row[:2] for row in ROWS[:2]])
    below = [top + 200 for top in TOPS]
    grid(canvas, XS, below)
    filled(canvas, XS, below)


def missing_piece(canvas: Canvas) -> None:
    """Rules of the inner cells left out where cells belong together, without a rectangle around them."""
    grid(canvas, [72, 300, 520], [100, 130, 160])
    canvas.line(72, A4[1] - 190, 520, A4[1] - 190)
    canvas.line(72, A4[1] - 160, 72, A4[1] - 190)
    canvas.line(520, A4[1] - 160, 520, A4[1] - 190)
    for x, top, word in ((80, 120, "名称"), (310, 120, "某公司"), (80, 150, "住所"), (310, 150, "某街"), (80, 180, "合并到底的说明")):
        put(canvas, x, top, word, 10)


def step(canvas: Canvas) -> None:
    """Rows that do not share their columns."""
    tops = [100.0, 130.0, 160.0, 190.0]
    for top in tops:
        canvas.line(72, A4[1] - top, 520, A4[1] - top)
    for row, inner in enumerate(([180.0], [180.0, 300.0, 400.0], [240.0])):
        for number, x in enumerate([72.0, *inner, 520.0]):
            canvas.line(x, A4[1] - tops[row], x, A4[1] - tops[row + 1])
            if x < 520:
                put(canvas, x + 4, tops[row] + 20, f"第{row}行{number}格", 10)


PAGES: tuple[Draw, ...] = (
    plain,
    merged,
    thin_rectangles,
    cell_boxes,
    one_path,
    in_a_form_object,
    shaded_heads,
    double_lines,
    broken_lines,
    box_in_a_cell,
    two_tables,
    missing_piece,
    step,
)
