"""Where the walk through a Word file puts what it reads: a story or a cell, a row's place, hidden words."""

from __future__ import annotations

from dataclasses import dataclass, field

from docproc.model import Block, CellPlace, Role, Span
from docproc.readers.word_grid import Merging
from docproc.readers.word_source import Draft


@dataclass(slots=True)
class Holder:
    """What paragraphs are being put into: a story or a cell. `open_at`: the last paragraph's mark is deleted, the next joins it."""

    role: Role
    in_cell: bool = False
    regions: list[tuple[int, int]] = field(default_factory=list)
    started: bool = False
    open_at: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A row of a table, and how many columns are left free before its first cell."""

    table: int
    row: int
    before: int

    def block(self, role: Role, column: int, merged: Merging, spans: tuple[Span, ...], at: int) -> Block:
        """A cell of this row that holds these lines, or none: then it is one empty span, at `at`."""
        return Block(role, spans or (Span(at, at),), None, CellPlace(self.table, self.row, column, 1, merged.span))

    def draft(self, role: Role, column: int, merged: Merging) -> Draft:
        """A cell of this row in the making."""
        return Draft(role, [], None, self.table, self.row, column, 1, merged.span)


@dataclass(slots=True)
class Hidden:
    """Hidden words and the place in the source where they were left out."""

    at: int
    text: str
