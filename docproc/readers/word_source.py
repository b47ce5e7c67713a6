"""The source text of a Word file as it grows, with the blocks whose places are known only when the table or the file has ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from docproc.model import Block, CellPlace, Role, Span


class Source:
    """Text that grows by pieces and knows its length."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.position = 0

    def write(self, text: str) -> None:
        self._pieces.append(text)
        self.position += len(text)

    def line(self, text: str) -> tuple[Span, ...]:
        """Writes one line. Where it stands: one span, or none where there is nothing but white space."""
        start = self.position
        self._pieces.append(text)
        self.position = end = start + len(text)
        return (Span(start, end),) if text and not text.isspace() else ()

    def lines(self, texts: Sequence[str]) -> tuple[Span, ...]:
        """Writes lines, each after a line end but the first; where those stand that hold more than white space."""
        if len(texts) == 1:
            return self.line(texts[0])
        spans: tuple[Span, ...] = ()
        for number, text in enumerate(texts):
            if number:
                self.write("\n")
            spans += self.line(text)
        return spans

    def row(self, cells: Sequence[str], role: Role, table: int, index: int) -> Iterator[Block]:
        """Writes a row of plain cells, a tab between them."""
        for column, words in enumerate(cells):
            if column:
                self.write("\t")
            at = self.position
            yield Block(role, self.line(words) or (Span(at, at),), None, CellPlace(table, index, column))

    def mark(self) -> tuple[int, int]:
        """A point to fall back to."""
        return len(self._pieces), self.position

    def blank_since(self, mark: tuple[int, int]) -> bool:
        """Whether nothing but white space was written since the mark."""
        return not any(piece.strip() for piece in self._pieces[mark[0] :])

    def fall_back(self, mark: tuple[int, int]) -> None:
        """Forget what was written since the mark."""
        del self._pieces[mark[0] :]
        self.position = mark[1]

    def text(self) -> str:
        return "".join(self._pieces)


@dataclass(slots=True)
class Draft:
    """A block in the making: regions of the source, each of one or more lines; for a cell its place, which grows by merging."""

    role: Role
    regions: list[tuple[int, int]] = field(default_factory=list)
    level: int | None = None
    table: int | None = None
    row: int = 0
    column: int = 0
    row_span: int = 1
    column_span: int = 1

    def finish(self, text: str) -> Block | None:
        """The block; None where it holds no text and is no cell. An empty cell is one empty span: a field left blank."""
        spans = tuple(_spans(text, self.regions))
        if self.table is None:
            return Block(self.role, spans, level=self.level) if spans else None
        place = CellPlace(self.table, self.row, self.column, self.row_span, self.column_span)
        at = self.regions[0][0] if self.regions else 0
        return Block(self.role, spans or (Span(at, at),), None, place)


#: Blocks in reading order: those whose words are plain are there already, the rest are drafts until the text has ended.
Drafts: TypeAlias = list[Draft | Block]


def grow(drafts: Drafts, index: int, *, down_to: int | None = None, columns: int = 0) -> None:
    """Widens the cell at this place of the list: down to a row, or by columns to the right."""
    draft = drafts[index]
    if isinstance(draft, Draft):
        draft.row_span = draft.row_span if down_to is None else down_to - draft.row + 1
        draft.column_span += columns
    elif (cell := draft.cell) is not None:
        rows = cell.row_span if down_to is None else down_to - cell.row + 1
        drafts[index] = draft._replace(cell=cell._replace(row_span=rows, column_span=cell.column_span + columns))


def as_role(draft: Draft | Block, role: Role) -> Draft | Block:
    """The same words in another role."""
    if isinstance(draft, Block):
        return draft._replace(role=role)
    draft.role = role
    return draft


def finished(drafts: Iterable[Draft | Block], text: str) -> tuple[Block, ...]:
    """The blocks, now that the whole text is known."""
    blocks = (draft if isinstance(draft, Block) else draft.finish(text) for draft in drafts)
    return tuple(block for block in blocks if block is not None)


def _spans(text: str, regions: list[tuple[int, int]]) -> list[Span]:
    """The lines of regions that hold more than white space."""
    found: list[Span] = []
    for start, end in regions:
        if start == end:
            continue
        words = text[start:end]
        if "\n" not in words:
            if not words.isspace():
                found.append(Span(start, end))
            continue
        for line in words.split("\n"):
            if line and not line.isspace():
                found.append(Span(start, start + len(line)))
            start += len(line) + 1
    return found
