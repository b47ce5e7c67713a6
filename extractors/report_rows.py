"""Rows of a credit report that was set without rules, so that only blanks divide its cells: 经营异常名录 1 2024-07-10列入.

A row is a line of a few words, a count and perhaps a remark; a single such line is prose, so another must stand right above or below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from docproc.model import Span

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


@lru_cache(maxsize=2)  # the same text is asked for by each family
def _report_rows(text: str) -> tuple[ReportRow, ...]:
    return tuple(_found(text))


def _found(text: str) -> Iterator[ReportRow]:
    rows: list[ReportRow | None] = []
    start = 0
    for line in text.split("\n"):
        found = _ROW.fullmatch(line)
        rows.append(_row(found, start) if found else None)
        start += len(line) + 1
    for above, row, below in zip([None, *rows], rows, [*rows[1:], None], strict=False):
        if row is not None and (above is not None or below is not None):
            yield row


def _row(found: re.Match[str], start: int) -> ReportRow:
    label, rest = found.span("label"), found.span("rest")
    return ReportRow(Span(start + label[0], start + label[1]), int(found["count"]), Span(start + rest[0], start + rest[1]))
