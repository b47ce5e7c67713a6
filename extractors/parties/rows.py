"""Tables of records with a row a party: 单位 · 近三年安全事故 over 本公司 · 无 and 外协单位甲 · 一般事故1起.

The applicant's row answers the heads; what the other rows say is said of somebody else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from docproc.extract import FormField
from docproc.model import Span
from extractors.lines.grids import Grid, grids
from extractors.words.lexicon import words
from extractors.words.per_text import once_a_text


@dataclass(frozen=True, slots=True)
class PartyTable:
    """Such a table: its place, the applicant's answers under their heads, and the rows of others."""

    span: Span
    own: tuple[FormField, ...]
    others: tuple[Span, ...]


@once_a_text
@lru_cache(maxsize=2)  # the same text is asked for by each family
def party_tables(text: str) -> tuple[PartyTable, ...]:
    """The tables whose first column names parties, one of them the applicant."""
    return tuple(_of_grids(text))


def with_own_rows(text: str, fields: Sequence[FormField]) -> list[FormField]:
    """The fields of a text, where its tables of parties are read by the applicant's row alone."""
    found = party_tables(text)
    if not found:
        return list(fields)
    apart = [field for field in fields if not any(table.span.start <= field.value_span.start < table.span.end for table in found)]
    return [*apart, *(field for table in found for field in table.own)]


def rows_of_others(text: str) -> list[Span]:
    """The rows of such tables that are not the applicant's."""
    return [row for table in party_tables(text) for row in table.others]


@cache
def _owners() -> frozenset[str]:
    return frozenset((*words("context", "own"), *words("context", "designating")))


def _of_grids(text: str) -> Iterator[PartyTable]:
    for grid in grids(text):
        if grid.heads(0)[0] in words("context", "party_heads"):
            owned = [number for number in range(1, len(grid.written)) if grid.side_heads[number] in _owners()]
            others = [number for number in range(1, len(grid.written)) if number not in owned]
            if owned:
                own = tuple(field for number in owned for field in _answers(grid, number))
                yield PartyTable(grid.span, own, tuple(grid.lines[number] for number in others))


def _answers(grid: Grid, number: int) -> Iterator[FormField]:
    """What a row holds, under the heads."""
    for head, label, cell in zip(grid.heads(0)[1:], grid.row(0)[1:], grid.row(number)[1:], strict=False):
        if head and cell.start < cell.end:
            yield FormField(head, grid.text[cell.start : cell.end], label, cell)
