"""Rows whose cells a bar divides, as markup and exports write tables.

项目|内容                          | 评估方式 | 自评估 |
成熟度等级|二级                    |---|---|
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.forms.boxes import boxes
from extractors.forms.cells import Row
from extractors.forms.pieces import Piece, piece

LONGEST_LINE = 400
_BAR = re.compile(r"[|｜]")
_SENTENCE = re.compile(r"[。！？](?![ 　]*(?:[|｜]|$))")  # 无。 ends an answer
_RULE = re.compile(r"[|｜:\-—+ 　]+")


def piped_rows(text: str, lines: Sequence[Piece], position: int) -> tuple[list[Row], int] | None:
    """The table that begins on this line, and the line behind it; None where fewer than two rows of as many cells follow each other."""
    if "|" not in lines[position].text and "｜" not in lines[position].text:
        return None
    rows: list[Row] = []
    last = position
    while last < len(lines):
        line = lines[last]
        if rows and line.text and _RULE.fullmatch(line.text) and _BAR.search(line.text):
            last += 1
            continue
        cells = _cells(text, line)
        if rows and len(cells) + 1 == len(rows[0]) and line.text[-1] in "|｜" and line.text[0] not in "|｜":
            cells = (*cells, Piece("", line.end, line.end))  # 条件|是|否 over …|√|: the last cell is empty
        if len(cells) < 2 or (rows and len(cells) != len(rows[0])):
            break
        rows.append(cells)
        last += 1
    return (rows, last) if len(rows) > 1 or (rows and _is_framed(lines[position].text)) else None


def _is_framed(line: str) -> bool:
    """Whether a line is one whole row of a table: it begins and ends with a bar, and its cells are labels with their values."""
    return line[0] == line[-1] and line[0] in "|｜" and len(_BAR.findall(line)) % 2 == 1


def _cells(text: str, line: Piece) -> Row:
    """The cells of a line with bars; none where the line is prose, or its bars divide the boxes of one answer."""
    if not _BAR.search(line.text) or "\t" in line.text or len(line.text) > LONGEST_LINE or _SENTENCE.search(line.text):
        return ()
    start, end = line.span
    start += line.text[0] in "|｜"
    end -= end > start and line.text[-1] in "|｜"
    edges = [start - 1, *(found.start() for found in _BAR.finditer(text, start, end)), end]
    cells = tuple(piece(text, before + 1, behind) for before, behind in pairwise(edges))
    boxed = sum(bool(boxes(cell.text, 0, len(cell.text))) for cell in cells)
    return () if boxed > 1 and boxed >= len(cells) - 1 and len(cells) > 2 else cells
