"""The cells of ruled tables against plain pdfplumber, which reads the same file by itself, and against what was drawn."""

from __future__ import annotations

from io import BytesIO

import pdfplumber
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from docproc.readers.pdf import read
from tests.readers.drawing import A4, pdf, put
from tests.readers.ruled_pages import PAGES, Draw

Cells = dict[tuple[int, int, int], str]
Field = tuple[int, int, int, int]  # row, column, rows, columns


def ours(data: bytes) -> Cells:
    content = read(data)
    return {
        (block.cell.table, block.cell.row, block.cell.column): _solid("".join(content.text[a:b] for a, b in block.spans))
        for block in content.blocks
        if block.cell is not None
    }


def theirs(data: bytes) -> Cells:
    """Its tables with text in more than one cell, since a frame round one thing is no table here."""
    with pdfplumber.open(BytesIO(data)) as document:
        tables = [table.extract() for table in document.pages[0].find_tables()]
    told = [table for table in tables if sum(bool(word) for row in table for word in row) > 1]
    return {
        (number, row, column): _solid(word)
        for number, table in enumerate(told)
        for row, words in enumerate(table)
        for column, word in enumerate(words)
        if word is not None
    }


def _solid(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("draw", PAGES, ids=lambda draw: draw.__name__)
def test_cells_are_those_of_pdfplumber(draw: Draw) -> None:
    data = pdf(draw)
    found = ours(data)
    assert len(found) > 1
    assert found == theirs(data)


def test_a_table_in_one_path_of_a_thousand_segments() -> None:
    def draw(canvas: Canvas) -> None:
        path = canvas.beginPath()
        for row in range(30):
            for column in range(8):
                path.rect(72 + 56 * column, A4[1] - 120 - 20 * row, 56, 20)
                put(canvas, 75 + 56 * column, 115 + 20 * row, f"{row}.{column}", 9)
        canvas.drawPath(path)

    data = pdf(draw)
    found = ours(data)
    assert found[0, 29, 7] == "29.7"
    assert found == theirs(data)


@st.composite
def partitions(draw: st.DrawFn) -> tuple[list[float], list[float], list[Field]]:
    """A table's lines and its cells: every field belongs to one rectangle."""
    columns, rows = draw(st.integers(1, 5)), draw(st.integers(2, 6))
    xs, ys = [60.0], [80.0]
    for widths, count, positions in ((st.integers(40, 80), columns, xs), (st.integers(18, 60), rows, ys)):
        for _ in range(count):
            positions.append(positions[-1] + draw(widths))
    free = {(row, column) for row in range(rows) for column in range(columns)}
    fields: list[Field] = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) not in free:
                continue
            high, wide = draw(st.sampled_from((1, 1, 1, 2, 3))), draw(st.sampled_from((1, 1, 1, 2, 3)))
            wide = next((w for w in range(wide, 0, -1) if all((row, column + k) in free for k in range(w))), 1)
            high = next((h for h in range(high, 0, -1) if all((row + j, column + k) in free for j in range(h) for k in range(wide))), 1)
            free -= {(row + j, column + k) for j in range(high) for k in range(wide)}
            fields.append((row, column, high, wide))
    return xs, ys, fields


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(partitions(), st.sampled_from((0.0, 0.5)))
def test_any_merging_of_cells_comes_back_with_its_spans(table: tuple[list[float], list[float], list[Field]], thin: float) -> None:
    xs, ys, fields = table
    if len(fields) < 2:
        return

    def draw(canvas: Canvas) -> None:
        for number, (row, column, high, wide) in enumerate(fields):
            x0, x1, y0, y1 = xs[column], xs[column + wide], A4[1] - ys[row + high], A4[1] - ys[row]
            if thin:
                for box in ((x0, y0, x1 - x0, thin), (x0, y1, x1 - x0, thin), (x0, y0, thin, y1 - y0), (x1, y0, thin, y1 - y0)):
                    canvas.rect(*box, stroke=0, fill=1)
            else:
                canvas.rect(x0, y0, x1 - x0, y1 - y0)
            put(canvas, x0 + 4, ys[row] + 13, f"第{number}格", 9)

    data = pdf(draw)
    # Lines that no cell ends at are not drawn, and count neither as a row nor as a column.
    used_rows = sorted({row for row, _, high, _ in fields} | {row + high for row, _, high, _ in fields})
    used_columns = sorted({column for _, column, _, _ in fields} | {column + wide for _, column, _, wide in fields})
    expected = {
        f"第{number}格": (
            used_rows.index(row),
            used_columns.index(column),
            used_rows.index(row + high) - used_rows.index(row),
            used_columns.index(column + wide) - used_columns.index(column),
        )
        for number, (row, column, high, wide) in enumerate(fields)
    }
    content = read(data)
    found = {
        _solid("".join(content.text[a:b] for a, b in block.spans)): (
            block.cell.row,
            block.cell.column,
            block.cell.row_span,
            block.cell.column_span,
        )
        for block in content.blocks
        if block.cell is not None
    }
    assert found == expected
    assert ours(data) == theirs(data)
