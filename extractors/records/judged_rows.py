"""Rows of tables that are judged: a column of their head is for the verdict (是否符合, 自查结论)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from docproc.model import Span
from extractors.lines.grids import lines_of, tables
from extractors.words.lexicon import one_of
from extractors.words.per_text import once_a_text

_WORDS = "prompts"


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A row under a header that names a column for the verdict."""

    span: Span
    cells: tuple[Span, ...]
    verdict: Span


@once_a_text
@lru_cache(maxsize=2)  # the same text is asked for by each family
def judged_rows(text: str) -> tuple[JudgedRow, ...]:
    """The judged rows of a text, in order."""
    verdicts = one_of(_WORDS, "verdicts")
    return tuple(row for table in tables(text) if verdicts.search(text, *table) for row in _of_table(text, table))


def _of_table(text: str, table: Span) -> Iterator[JudgedRow]:
    column: int | None = None
    width = 0
    for line in lines_of(text, table):
        if column is None and one_of(_WORDS, "verdicts").search(text, *line) is None:
            continue
        cells = _cells(text, line)
        if column is None or len(cells) > width:
            heads = [text[cell.start : cell.end].strip() for cell in cells]
            verdicts = [index for index, head in enumerate(heads) if index and one_of(_WORDS, "verdicts").fullmatch(head)]
            column, width = (verdicts[0], len(cells)) if verdicts else (None, 0)
        else:
            verdict = cells[column] if column < len(cells) else Span(line.end, line.end)
            yield JudgedRow(line, tuple(cell for cell in cells if cell != verdict), verdict)


def _cells(text: str, line: Span) -> list[Span]:
    places = [line.start, *(tab.end() for tab in re.compile("\t").finditer(text, *line)), line.end + 1]
    return [Span(first, last - 1) for first, last in pairwise(places)]
