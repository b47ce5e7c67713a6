"""The source text of a Word file as it grows, with the blocks whose places are known only when the table or the file has ended."""

from __future__ import annotations

from dataclasses import dataclass, field

from docproc.model import Block, CellPlace, Role, Span


class Source:
    """Text that grows by pieces and knows its length."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.position = 0

    def write(self, text: str) -> None:
        self._pieces.append(text)
        self.position += len(text)

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
