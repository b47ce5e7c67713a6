"""Rows of comma-separated values become rows of a table: 企业名称,职工人数 over 天津某某有限公司,327."""

from __future__ import annotations

from collections.abc import Sequence

from docproc.text.separated import are_heads, cells
from extractors.forms.cells import Row, reads_like_label
from extractors.forms.pieces import Piece, label_of, piece


def separated_rows(text: str, lines: Sequence[Piece], position: int) -> tuple[list[Row], int] | None:
    """The table whose heads stand on this line, and the line behind it; None where they are none, or no row of as many cells follows."""
    heads = lines[position].text
    if ("," not in heads and "，" not in heads) or not are_heads(heads):
        return None
    if "，" in heads and sum(reads_like_label(label_of(piece(heads, *cell)).text) for cell in cells(heads)) < 2:
        return None  # 安全，质量，效率: words of prose
    rows = [_row(text, lines[position])]
    last = position + 1
    while last < len(lines) and len(cells(lines[last].text)) == len(rows[0]):
        rows.append(_row(text, lines[last]))
        last += 1
    told = any(reads_like_label(cell.text) for cell in (*rows[0], *(row[0] for row in rows[1:])))
    return (rows, last) if len(rows) > 1 and told else None


def _row(text: str, line: Piece) -> Row:
    return tuple(piece(text, line.start + cell.start, line.start + cell.end) for cell in cells(line.text))
