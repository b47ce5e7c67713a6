"""What a paper is made of, whether it is printed as PDF or as Word."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Text:
    """A line or paragraph. `style`: title, cover, h1, h2, h3, body, plain, right, centre, small, item, rule (a cover's underlined line)."""

    text: str
    style: str = "body"


@dataclass(frozen=True)
class Cell:
    """A table cell that may reach over several columns or rows."""

    text: str
    across: int = 1
    down: int = 1
    head: bool = False
    align: str = "left"


@dataclass(frozen=True)
class Table:
    """Rows of cells; those covered by a neighbour are left out of their row.

    `widths` in millimetres; `upright` is where words stand in a high cell (MIDDLE, TOP); `repeat` rows head every page.
    """

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    ruled: bool = True
    repeat: int = 0
    upright: str = "MIDDLE"


@dataclass(frozen=True)
class Space:
    """Empty height in millimetres."""

    height: float


@dataclass(frozen=True)
class Break:
    """A new page."""


@dataclass(frozen=True)
class Stamp:
    """A red seal over what stands above it: `right` from the left margin and `up` from here, to its centre, in millimetres."""

    name: str
    right: float = 110.0
    up: float = 14.0


@dataclass(frozen=True)
class Signature:
    """A name as if written by hand, in blue ink, over the line above."""

    name: str
    right: float = 45.0
    up: float = 7.0


@dataclass(frozen=True)
class Diagram:
    """Layers of named boxes: an architecture diagram. Word forms leave it out."""

    layers: tuple[tuple[str, ...], ...]
    caption: str


Block = Text | Table | Space | Break | Stamp | Signature | Diagram


@dataclass(frozen=True)
class Paper:
    """One paper: its kind, its blocks, what runs at the head of each page, and how its pages are framed (`plain` or `licence`)."""

    kind: str
    blocks: tuple[Block, ...]
    running: str = ""
    frame: str = "plain"
    landscape: bool = False

    def without_stamps(self) -> Paper:
        """The same paper before anybody sealed it."""
        return replace(self, blocks=tuple(block for block in self.blocks if not isinstance(block, Stamp)))


def table(rows: list[list[str | Cell]], widths: list[float], *, head: bool = True, label: bool = False, align: str = "left") -> Table:
    """A ruled table of plain words: the first row is its head, or the first column its labels."""

    def cell(value: str | Cell, row: int, column: int) -> Cell:
        if isinstance(value, Cell):
            return value
        heading = (head and row == 0) or (label and column == 0)
        return Cell(value, head=heading, align="centre" if heading else align)

    return Table(
        tuple(tuple(cell(value, r, c) for c, value in enumerate(row)) for r, row in enumerate(rows)), tuple(widths), repeat=1 if head else 0
    )
