"""The cells of a table that hold a rule's own words: the column 要求 or 申报条件 beside the column in which the applicant answers.

    序号 | 要求                     | 自评情况
    3    | 近三年无较大及以上事故   | 2023年9月发生一般事故1起

What the first says is demanded of everybody. A verdict beside it (☑符合) makes it the applicant's; then the claim reaches beyond the cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from docproc.model import Span
from extractors.words.anchored import anchored
from extractors.words.lexicon import alternatives, patterns, words
from extractors.words.nouns import lines_with
from extractors.words.per_text import once_a_text

_WORDS = "moods"
LONGEST_HEAD = 12
_HEAD = re.compile(rf"[\u4e00-\u9fff（()）]{{2,{LONGEST_HEAD}}}")
_TABBED = re.compile(r"\t")
_TAKES_OVER = {*words("prompts", "denies"), *words("prompts", "fits"), "是"} - set(words("prompts", "refuses"))
_AGREED = re.compile(rf"(?:{alternatives(_TAKES_OVER)})[。]?")
_BLANK, _WIDE = re.compile(" +"), re.compile(" {2,}")


@dataclass(frozen=True, slots=True)
class Demand:
    """A cell of the rule's words. `start`: where it begins together with its row's number. `agreed`: the answer takes them over."""

    cell: Span
    start: int
    agreed: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of such a table, or its heads: where its line begins, and the cells of the rule's words in it."""

    start: int
    demands: tuple[Demand, ...]
    tabbed: bool


def demanded_cells(text: str) -> list[Demand]:
    """The places of the rule's words in all such tables, in order."""
    return [demand for row in _rows(text) for demand in row.demands]


def blank_rows(text: str) -> frozenset[int]:
    """Where the lines begin that are rows of such tables and whose cells only blanks divide."""
    return frozenset(row.start for row in _rows(text) if not row.tabbed)


@once_a_text
@lru_cache(maxsize=2)  # the same text is asked for by the engine and at the end of the pipeline
def _rows(text: str) -> tuple[_Row, ...]:
    found: list[_Row] = []
    reached = 0
    for line in lines_with(anchored(patterns(_WORDS, "demand_heads").pattern), text):
        if line.start >= reached:
            rows, reached = _rows_from(text, line.start)
            found += rows
    return tuple(found)


def _rows_from(text: str, start: int) -> tuple[list[_Row], int]:
    """The rows of a table whose heads stand on the line that begins here, and where what was read ends."""
    rows: list[_Row] = []
    heads: list[str] = []
    while start <= len(text):
        begin, end = start, text.find("\n", start)
        end = len(text) if end < 0 else end
        line, start = text[begin:end], end + 1
        found = _heads_of(text, line, begin)
        if found:
            heads = found
            rows.append(_Row(begin, (), "\t" in line))
            continue
        if not heads:
            break
        cells = _like(line, begin, len(heads), heads[0] in words("fields", "number_heads"))
        if len(cells) != len(heads):
            if len(cells) < 2:
                break
            continue
        named = list(zip(heads, cells, strict=True))
        answers = [text[cell.start : cell.end] for head, cell in named if patterns(_WORDS, "answer_heads").search(head)]
        agreed = any(_AGREED.fullmatch(answer) for answer in answers)
        asked = [cell for head, cell in named if patterns(_WORDS, "demand_heads").fullmatch(head) and cell.end > cell.start]
        numbered = [line[: cell.start - begin].strip().isdigit() for cell in asked]
        demands = (Demand(cell, begin if first else cell.start, agreed) for cell, first in zip(asked, numbered, strict=True))
        rows.append(_Row(begin, tuple(demands), "\t" in line))
    return rows, start


def _heads_of(text: str, line: str, begin: int) -> list[str]:
    """The heads of such a table, where a line is a row of them: one over what is demanded, one over what is answered."""
    for marks in (_TABBED,) if "\t" in line else (_WIDE, _BLANK):
        written = [text[span.start : span.end] for span in _split(line, begin, marks)]
        demanding = any(patterns(_WORDS, "demand_heads").fullmatch(cell) for cell in written)
        answering = any(patterns(_WORDS, "answer_heads").search(cell) and len(cell) <= LONGEST_HEAD for cell in written)
        if demanding and answering and len(written) > 1 and (marks is not _BLANK or all(map(_HEAD.fullmatch, written))):
            return written
    return []


def _like(line: str, begin: int, count: int, numbered: bool) -> list[Span]:
    """The cells of a row below so many heads, the first of which may be over numbers."""
    if "\t" in line:
        return _split(line, begin, _TABBED)
    cells = _split(line, begin, _WIDE)
    if len(cells) != count:
        cells = _split(line, begin, _BLANK)
    if len(cells) == count - 1 > 1 and numbered and line[: cells[0].end - begin].isdigit():
        cells.append(Span(begin + len(line), begin + len(line)))  # the answer is left blank
    return cells


def _split(line: str, begin: int, marks: re.Pattern[str]) -> list[Span]:
    cells: list[Span] = []
    left = 0
    for mark in (*marks.finditer(line), None):
        right = mark.start() if mark is not None else len(line)
        body = line[left:right]
        lead = len(body) - len(body.lstrip())
        cells.append(Span(begin + left + lead, max(begin + left + lead, begin + left + len(body.rstrip()))))
        left = mark.end() if mark is not None else right
    return cells
