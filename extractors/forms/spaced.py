"""Rows whose columns only blanks divide, as text recognition and copying leave them.

营业收入 710,289,700.00 682,336,700.00          等级 得分 评估方式 评估时间
项目 2023年 2024年                              二级 2.31 自评估 2024年12月3日
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from extractors.forms.boxes import boxes
from extractors.forms.cells import NUMBER, PERIOD, Row, is_period, reads_like_label
from extractors.forms.pieces import KEPT, Piece

LONGEST_CELL = 30
_PART = re.compile(r"\S+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FIGURE_FIRST = re.compile(r"[\d-]")
_CAPTION = re.compile(r"[\u4e00-\u9fff、及和与]{2,14}[：:]|[（(](?:人民[币幣])?(?:单位[：:])?[百千万亿萬億]?[百千万亿萬億]?元[）)]")
_PROSE = re.compile(r"[，。；！？：:□☑√]")


def spaced_rows(lines: Sequence[Piece], position: int) -> tuple[list[Row], int]:
    """The table that begins on this line, and the line behind it; no rows where none does."""
    if not _may_begin(lines[position].text):
        return [], position
    headed = _headed(lines, position)
    if headed:
        return headed, position + len(headed)
    rows: list[Row] = []
    last = position
    while last < len(lines):
        row = _row_of_figures(lines[last])
        if row is not None:
            rows.append(row)
        elif not rows or not _is_caption(lines[last].text) or last + 1 == len(lines) or _row_of_figures(lines[last + 1]) is None:
            break
        last += 1
    return (rows, last) if len(rows) > 1 and any(reads_like_label(row[0].text) for row in rows) else ([], position)


@lru_cache(maxsize=KEPT)
def _may_begin(line: str) -> bool:
    """Whether a line may be a table's first row: blanks divide it or it names a period, and it begins with a label or is a row itself."""
    if len(line.split(None, 1)) < 2 and PERIOD.search(line) is None:
        return False
    return reads_like_label(line.split(None, 1)[0]) or _row_of_figures(Piece(line, 0, len(line))) is not None


def _headed(lines: Sequence[Piece], position: int) -> list[Row]:
    """A row of heads with at least one row of as many values below it."""
    if not reads_like_label(lines[position].text.split(None, 1)[0]):
        return []
    heads = _cells(lines[position])
    if len(heads) < 2 or not all(reads_like_label(cell.text) for cell in heads):
        return []
    rows = [heads]
    for line in lines[position + 1 :]:
        cells = _cells(line)
        if len(cells) != len(heads) or all(reads_like_label(cell.text) and not is_period(cell.text) for cell in cells):
            break
        rows.append(cells)
    figures = any(re.search(r"\d", cell.text) or len(heads) > 2 for row in rows[1:] for cell in row)
    return rows if len(rows) > 1 and figures else []


def _cells(line: Piece) -> Row:
    if not line.text or len(line.text) > 160 or _PROSE.search(line.text) or "\t" in line.text or boxes(line.text, 0, len(line.text)):
        return ()
    return _parts(line) if all(len(part) <= LONGEST_CELL for part in line.text.split()) else ()


def _parts(line: Piece) -> Row:
    """What blanks divide."""
    start = line.start
    return tuple(Piece(found.group(), start + found.start(), start + found.end()) for found in _PART.finditer(line.text))


def _is_caption(line: str) -> bool:
    """Whether a line between two rows only says what the rows below it are about: 經營成果：, （人民幣百萬元）."""
    return _CAPTION.fullmatch(line) is not None


def _row_of_figures(line: Piece) -> Row | None:
    """A row whose columns are only blanks apart: 营业收入 710,289,700.00 682,336,700.00, or heads 项目 2023年 2024年."""
    parts = line.text.split()
    if len(parts) >= 2 and NUMBER.fullmatch(parts[-1]) and not _FIGURE_FIRST.match(parts[0]) and all(map(NUMBER.fullmatch, parts[1:])):
        return _parts(line) if _HAN.search(parts[0]) and len(parts[0]) <= LONGEST_CELL else None
    periods = list(PERIOD.finditer(line.text))
    if len(periods) < 2:
        return None
    rest = PERIOD.sub("", line.text).strip()
    if len(rest) <= 12 and not re.search(r"[，。；：:、至到—~-]", rest) and line.text.startswith(rest):
        pieces = [Piece(match.group(), line.start + match.start(), line.start + match.end()) for match in periods]
        end = line.start + len(rest)
        return (Piece(rest, line.start, end), *pieces)
    return None
