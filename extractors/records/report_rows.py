"""Rows of a credit report that was set without rules, so that only blanks divide its cells: 经营异常名录 1 2024-07-10列入.

A row is a line of a few words, a count and perhaps a remark; a single such line is prose, so another must stand right above or below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from docproc.model import Span
from extractors.words.nouns import lines_with
from extractors.words.per_text import once_a_text

_COUNT = re.compile(r"[ \u3000]\d{1,3}(?=[ \u3000\n]|\Z)")  # what the line of every row holds
_ROW = re.compile(
    r"[ \u3000]*(?P<label>[^\d\s。，；：:,;][^\d\n\t。，；：:,;]{2,38}?)[ \u3000]+(?P<count>\d{1,3})(?=[ \u3000]|$)(?P<rest>[^\n\t]*)"
)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """What is counted, how many there are, and what the line goes on to say."""

    label: Span
    count: int
    rest: Span

    @property
    def place(self) -> Span:
        """The label and its count."""
        return Span(self.label.start, self.rest.start)


def report_rows(text: str) -> Sequence[ReportRow]:
    """The rows that stand in a run of at least two lines of this shape."""
    return _report_rows(text)


@once_a_text
@lru_cache(maxsize=2)  # the same text is asked for by each family
def _report_rows(text: str) -> tuple[ReportRow, ...]:
    return tuple(_found(text))


def _found(text: str) -> Iterator[ReportRow]:
    rows = [(line, _row(found)) for line in lines_with(_COUNT, text) if (found := _ROW.fullmatch(text, *line))]
    ends, starts = {line.end for line, _ in rows}, {line.start for line, _ in rows}
    for line, row in rows:
        if line.start - 1 in ends or line.end + 1 in starts:
            yield row


def _row(found: re.Match[str]) -> ReportRow:
    return ReportRow(Span(*found.span("label")), int(found["count"]), Span(*found.span("rest")))
