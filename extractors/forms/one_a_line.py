"""A table of periods whose cells stand one a line, as copying out of a viewer leaves them.

项目              营业收入（万元）
2023年            2023年
2024年            2024年
营业收入（万元）   5600
5600              8200
8200
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from extractors.forms.cells import FIGURE, INDEX_HEADS, Row, is_period, reads_like_label
from extractors.forms.pieces import KEPT, Piece, label_parts
from extractors.words.anchors import compiled
from extractors.words.short_replies import short_replies

LONGEST_LABEL = 30
MOST_PERIODS = 6
_ANSWER = compiled(rf"(?:[约近]?(?:{FIGURE.pattern}))|[大中小微]型(?:企业)?|{short_replies('agrees', 'denies')}|[—－-]{{1,2}}|/")
_PROSE = re.compile(r"[，。；！？\t]")


def one_a_line(lines: Sequence[Piece], position: int) -> tuple[list[Row], int]:
    """The table that begins on this line, and the line behind it; no rows where none does. Its heads are two periods or more."""
    if position + 1 == len(lines) or not is_period(lines[position + 1].text):
        return [], position
    alternating = _alternating(lines, position)
    if alternating is not None:
        return alternating
    first = position if is_period(lines[position].text) else position + 1
    if first + 1 >= len(lines) or not is_period(lines[first + 1].text):
        return [], position
    last = first + 2
    while last < len(lines) and last - first < MOST_PERIODS and is_period(lines[last].text):
        last += 1
    heads, corner = lines[first:last], lines[position]
    if first > position and not _is_corner(corner.text):
        rows = _rows(lines, position, last, heads) if _is_label(corner.text) else []
        return (rows, last + len(heads)) if rows else ([], position)
    rows = [(corner if first > position else Piece("", corner.start, corner.start), *heads)]
    while (row := _row(lines, last, len(heads))) is not None:
        rows.append(row)
        last += 1 + len(heads)
    return (rows, last) if len(rows) > 1 else ([], position)


def _alternating(lines: Sequence[Piece], position: int) -> tuple[list[Row], int] | None:
    """营业收入（万元） / 2023年 / 5600 / 2024年 / 8200: periods and their answers by turns below a label."""
    label = lines[position]
    if position + 4 >= len(lines) or not _is_label(label.text) or _is_corner(label.text):
        return None
    last = position + 1
    while last + 1 < len(lines) and is_period(lines[last].text) and _answers(lines[last + 1].text):
        last += 2
    heads, answers = lines[position + 1 : last : 2], lines[position + 2 : last : 2]
    return ([(Piece("", label.start, label.start), *heads), (label, *answers)], last) if len(heads) > 1 else None


def _rows(lines: Sequence[Piece], position: int, last: int, heads: Sequence[Piece]) -> list[Row]:
    """The label over its periods, and what stands below them, as a row under heads."""
    values = lines[last : last + len(heads)]
    if len(values) < len(heads) or not all(_answers(value.text) for value in values):
        return []
    label = lines[position]
    return [(Piece("", label.start, label.start), *heads), (label, *values)]


def _row(lines: Sequence[Piece], position: int, columns: int) -> Row | None:
    """A label and as many answers below it as there are periods."""
    cells = lines[position : position + 1 + columns]
    if len(cells) <= columns or not _is_label(cells[0].text) or not all(_answers(cell.text) for cell in cells[1:]):
        return None
    return tuple(cells)


@lru_cache(maxsize=KEPT)
def _is_corner(line: str) -> bool:
    return line in INDEX_HEADS


@lru_cache(maxsize=KEPT)
def _is_label(line: str) -> bool:
    if not line or len(line) > LONGEST_LABEL or _PROSE.search(line) or is_period(line):
        return False
    return reads_like_label(line) or bool(label_parts(line)[1])


@lru_cache(maxsize=KEPT)
def _answers(line: str) -> bool:
    return _ANSWER.fullmatch(line) is not None
