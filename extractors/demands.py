"""The cells of a table that hold a rule's own words: the column 要求 or 申报条件 beside the column in which the applicant answers.

    序号 | 要求                     | 自评情况
    3    | 近三年无较大及以上事故   | 2023年9月发生一般事故1起

What the first says is demanded of everybody. A verdict beside it (☑符合) makes it the applicant's; then the claim reaches beyond the cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from docproc.model import Span
from extractors.lexicon import alternatives, patterns, words
from extractors.nouns import lines_with

_WORDS = "moods"
_TABBED = re.compile(r"\t")
_TAKES_OVER = {*words("prompts", "denies"), *words("prompts", "fits"), "是"} - set(words("prompts", "refuses"))
_AGREED = re.compile(rf"(?:{alternatives(_TAKES_OVER)})[。]?")
_BLANK = re.compile(r"[ \u3000]*\u3000[ \u3000]*| {2,}")


@dataclass(frozen=True, slots=True)
class Demand:
    """A cell of the rule's words. `agreed`: whether the answer beside it takes them over (无, 符合)."""

    cell: Span
    agreed: bool


def demanded_cells(text: str) -> list[Demand]:
    """The places of the rule's words in all such tables, in order."""
    found: list[Demand] = []
    reached = 0
    for line in lines_with(patterns(_WORDS, "demand_heads"), text):
        if line.start >= reached:
            cells, reached = _cells_from(text, line.start)
            found += cells
    return found


def _cells_from(text: str, start: int) -> tuple[list[Demand], int]:
    """The cells of a table whose heads stand on the line that begins here, and where what was read ends."""
    demanded: list[Demand] = []
    heads: list[str] = []
    marks = _TABBED
    while start <= len(text):
        begin, end = start, text.find("\n", start)
        end = len(text) if end < 0 else end
        line, start = text[begin:end], end + 1
        found = _split(line, begin, _TABBED) if "\t" in line else _split(line, begin, _BLANK)
        written = [text[span.start : span.end] for span in found]
        demanding = [place for place, cell in enumerate(written) if patterns(_WORDS, "demand_heads").fullmatch(cell)]
        answering = [cell for cell in written if patterns(_WORDS, "answer_heads").search(cell) and len(cell) <= 12]
        if demanding and answering and len(written) > 1:
            heads, marks = written, _TABBED if "\t" in line else _BLANK
            continue
        if not heads:
            break
        cells = _split(line, begin, marks)
        if len(cells) != len(heads):
            if len(cells) < 2:
                break
            continue
        named = list(zip(heads, cells, strict=True))
        answers = [text[cell.start : cell.end] for head, cell in named if patterns(_WORDS, "answer_heads").search(head)]
        agreed = any(_AGREED.fullmatch(answer) for answer in answers)
        for head, cell in named:
            if patterns(_WORDS, "demand_heads").fullmatch(head) and cell.end > cell.start:
                demanded.append(Demand(cell, agreed))
    return demanded, start


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
