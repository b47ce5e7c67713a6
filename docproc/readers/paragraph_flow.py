"""Lays paragraphs and table rows of a word-processor file out as source text and blocks: what .doc and .rtf have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final, Generic, Protocol, TypeVar

from docproc.model import Residue, Role, Span, Trace
from docproc.readers.word_source import Draft, Source

_NEAR: Final = 25  # twips: edges of cells closer than half a millimetre are the same
CELL_END: Final = "\x07"


@dataclass(frozen=True, slots=True)
class Cells:
    """How a table row is divided: the edges of its cells in twips, and which cells go on from above or from the left."""

    edges: tuple[int, ...] = ()
    above: tuple[bool, ...] = ()
    left: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """What is said of a paragraph. `depth` of tables around it; `row_end` and `inner_…`: the mark ends a row, or a nested cell."""

    level: int | None = None
    depth: int = 0
    row_end: bool = False
    inner_cell: bool = False
    inner_row_end: bool = False
    list_number: int | None = None
    list_level: int | None = None
    cells: Cells = field(default_factory=Cells)


class Shaped(Protocol):
    """A paragraph with its shape and its mark (CELL_END ends a cell or a row)."""

    @property
    def shape(self) -> Shape: ...

    @property
    def mark(self) -> str: ...


Each = TypeVar("Each", bound=Shaped)


class ParagraphFlow(ABC, Generic[Each]):
    """The source text of one file as it grows. A subclass says what a paragraph's words are."""

    def __init__(self) -> None:
        self.source = Source()
        self.drafts: list[Draft] = []
        self.traces: list[Trace] = []
        self.hidden: list[str] = []
        self.tables = 0

    @abstractmethod
    def words(self, paragraph: Each, *, in_cell: bool) -> tuple[int, int]:
        """Writes a paragraph's words; where they stand in the source text."""

    def lay(self, paragraphs: Iterable[Each], role: Role) -> None:
        """One story after what was read so far; one without words leaves nothing behind."""
        mark, drafts = self.source.mark(), len(self.drafts)
        if self.source.position:
            self.source.write("\n")
        first = True
        for in_table, group in groupby(paragraphs, key=lambda each: each.shape.depth > 0):
            members = list(group)
            if in_table:
                self._table(members, role, first)
            else:
                for each in members:
                    self._paragraph(each, role, first)
                    first = False
            first = False
        if self.source.blank_since(mark):
            self.source.fall_back(mark)
            del self.drafts[drafts:]

    def hidden_lines(self) -> Iterator[Trace]:
        """Hidden words, out of the running text, each on a line after everything else."""
        for text in [words.strip() for words in self.hidden]:
            if text:
                if self.source.position:
                    self.source.write("\n")
                start = self.source.position
                self.source.write(text)
                self.drafts.append(Draft(Role.HIDDEN, [(start, self.source.position)]))
                yield Trace(Residue.HIDDEN_TEXT, Span(start, self.source.position), text)

    def _paragraph(self, paragraph: Each, role: Role, first: bool) -> None:
        if not first:
            self.source.write("\n")
        region = self.words(paragraph, in_cell=False)
        level = paragraph.shape.level
        heading = level is not None and role is Role.PARAGRAPH
        self.drafts.append(Draft(Role.HEADING if heading else role, [region], level=level if heading else None))

    def _table(self, members: Sequence[Each], role: Role, first: bool) -> None:
        rows = list(_rows(members))
        grid = _merged([edge for _, cells in rows for edge in cells.edges])
        table, self.tables = self.tables, self.tables + 1
        above: dict[int, Draft] = {}
        for index, (row, cells) in enumerate(rows):
            if index or not first:
                self.source.write("\n")
            above = self._row(row, _Row(table, index, cells, grid), role, above)

    def _row(self, row: list[list[Each]], place: _Row, role: Role, above: dict[int, Draft]) -> dict[int, Draft]:
        here: dict[int, Draft] = {}
        left: Draft | None = None
        for position, cell in enumerate(row):
            if position:
                self.source.write("\t")
            column, width = place.column(position, len(row))
            mark = self.source.mark()
            draft = Draft(
                Role.CELL if role in {Role.PARAGRAPH, Role.TEXTBOX} else role, table=place.table, row=place.index, column=column,
                column_span=width,
            )  # fmt: skip
            draft.regions = list(self._cell(cell))
            empty = self.source.blank_since(mark)
            upper = above.get(column)
            if empty and upper is not None and _says(place.cells.above, position):
                upper.row_span = place.index - upper.row + 1
                draft = upper
            elif empty and left is not None and _says(place.cells.left, position) and _says(place.cells.left, position - 1):
                left.column_span += width
                draft = left
            else:
                self.drafts.append(draft)
            here[column], left = draft, draft
        return here

    def _cell(self, cell: list[Each]) -> Iterator[tuple[int, int]]:
        """The cell's paragraphs by LF; the cells of a table within it by TAB, its rows by LF."""
        between = ""
        for paragraph in cell:
            if paragraph.shape.inner_row_end:
                between = "\n"
                continue
            self.source.write(between)
            yield self.words(paragraph, in_cell=True)
            between = "\t" if paragraph.shape.inner_cell else "\n"
        if not cell:
            yield self.source.position, self.source.position


@dataclass(frozen=True, slots=True)
class _Row:
    """A row's place: its table, its number, how it is divided, and the edges of all rows of the table."""

    table: int
    index: int
    cells: Cells
    grid: list[int] = field(default_factory=list)

    def column(self, position: int, count: int) -> tuple[int, int]:
        """Column and width of a cell; by its number where the row's edges do not fit its cells."""
        edges = self.cells.edges
        if len(edges) != count + 1 or not self.grid:
            return position, 1
        first, last = (_nearest(self.grid, edge) for edge in edges[position : position + 2])
        return first, max(1, last - first)


def _rows(members: Sequence[Each]) -> Iterator[tuple[list[list[Each]], Cells]]:
    """The rows of a run of table paragraphs: their cells, each of paragraphs, and how the row is divided."""
    row: list[list[Each]] = []
    cell: list[Each] = []
    for each in members:
        if each.shape.row_end and each.mark == CELL_END:
            if cell:
                row.append(cell)
            yield row, each.shape.cells
            row, cell = [], []
            continue
        cell.append(each)
        if each.mark == CELL_END:
            row.append(cell)
            cell = []
    if cell:
        row.append(cell)
    if row:
        yield row, Cells()


def _merged(edges: list[int]) -> list[int]:
    grid: list[int] = []
    for edge in sorted(edges):
        if not grid or edge - grid[-1] > _NEAR:
            grid.append(edge)
    return grid


def _nearest(grid: list[int], edge: int) -> int:
    return min(range(len(grid)), key=lambda index: abs(grid[index] - edge))


def _says(flags: tuple[bool, ...], position: int) -> bool:
    return 0 <= position < len(flags) and flags[position]
