"""What an RTF file's groups hold while it is parsed: paragraphs in the making, rows, fields, and what is in force between two braces."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from docproc.readers.paragraph_flow import Cells, Shape


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of one state."""

    text: str
    deleted: bool = False
    inserted: bool = False
    hidden: bool = False
    page: bool = False  # a page number


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its pieces, its mark and its shape."""

    pieces: tuple[Piece, ...]
    mark: str
    shape: Shape

    @property
    def text(self) -> str:
        """Its words as they are shown."""
        return "".join(piece.text for piece in self.pieces if not piece.deleted and not piece.hidden)


@dataclass(slots=True)
class Story:
    """Paragraphs in the making."""

    done: list[Paragraph] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    shape: Shape = field(default_factory=Shape)
    row: Row = field(default_factory=lambda: Row())

    def end(self, mark: str, *, depth: int = 0, **changes: object) -> None:
        """The end of a paragraph, a cell or a row."""
        if not mark and not self.pieces:
            return
        shape = replace(self.shape, depth=max(depth, self.shape.depth) if depth else self.shape.depth, **changes)  # type: ignore[arg-type]
        self.done.append(Paragraph(tuple(_joined(self.pieces)), mark, shape))
        self.pieces = []


@dataclass(slots=True)
class Row:
    """A table row in the making: the right edges of its cells in twips, and which go on from above or from the left."""

    edges: list[int] = field(default_factory=list)
    above: list[bool] = field(default_factory=list)
    left: list[bool] = field(default_factory=list)
    next_above: bool = False
    next_left: bool = False

    def cells(self) -> Cells:
        """How the row is divided."""
        return Cells((0, *self.edges), tuple(self.above), tuple(self.left))


@dataclass(slots=True)
class Field:
    """An open field: its instruction, whether a result was shown, and of a ticked box its state (25: as by default)."""

    code: str = ""
    shown: bool = False
    box: int | None = None
    default: int = 0


@dataclass(slots=True)
class Group:
    """What holds inside a pair of braces."""

    story: Story
    use: str = "text"  # text, skip, instruction, number, form, comment
    font: int = 0
    skip: int = 1  # \uc: how many characters stand in for a Unicode one
    deleted: bool = False
    inserted: bool = False
    hidden: bool = False
    begin: str = ""  # the destination that this group opened
    field: Field | None = None
    words: list[str] | None = None  # where a comment's or a number's words go


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Neighbours of one state as one piece; halves of a pair of surrogates come together."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and replace(joined[-1], text="") == replace(piece, text=""):
            joined[-1] = replace(piece, text=joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return [replace(each, text=each.text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")) for each in joined]
