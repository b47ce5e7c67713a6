"""A ruled table that goes on overleaf is one table; two tables that only look alike stay two."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from docproc.model import Block
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
