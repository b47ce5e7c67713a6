"""Which run of a Word file's body shows which characters of its source text: for notes that are to stand at the very words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from lxml import etree

from docproc.readers.word import Reading
from docproc.readers.word_flow import Flow
from docproc.readers.word_numbering import Numbering
from docproc.readers.word_parts import Parts, W
from docproc.readers.word_plain import characters
from docproc.readers.word_styles import Styles

_ONE_CHARACTER: Final = frozenset(f"{W}{name}" for name in ("br", "cr", "noBreakHyphen", "tab", "ptab", "sym"))


class Anchor(NamedTuple):
    """A run and the half-open range of the source text that it shows."""

    start: int
    end: int
    run: etree._Element


class _AnchoringFlow(Flow):
    """The reader's own walk, which also remembers the runs that it came through."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        super().__init__(styles, numbering)
        self.anchors: list[Anchor] = []

    def _simple(self) -> bool:
        return False  # the short way through plain paragraphs does not come by the runs

    def _run(self, run: etree._Element) -> None:
        start = self.source.position
        super()._run(run)
        while self.anchors and self.anchors[-1].end > start:  # the source fell back: what was read there does not count
            self.anchors.pop()
        if self.source.position > start:
            self.anchors.append(Anchor(start, self.source.position, run))


class _Shared(Parts):
    """A file's parts, with a tree for the main document that somebody else is going to change."""

    def __init__(self, data: bytes, root: etree._Element) -> None:
        super().__init__(data)
        self._root = root
        self._shared = ""
        self._shared = self.main()

    def xml(self, name: str) -> etree._Element | None:
        return self._root if name == self._shared else super().xml(name)


def read_anchored(data: bytes, root: etree._Element) -> tuple[str, tuple[Anchor, ...]]:
    """The source text of a .docx, as `word.read` gives it, and the runs of its body (`root`: the main part's tree) in order.

    Raises Unreadable where `word.read` would say that the file cannot be read.
    """
    reading = Reading(_Shared(data, root), _AnchoringFlow)
    text = reading.content().text
    flow = reading.flow
    assert isinstance(flow, _AnchoringFlow)
    return text, tuple(anchor for anchor in flow.anchors if anchor.run.getroottree().getroot() is root)


def pieces(run: etree._Element) -> tuple[tuple[int, etree._Element], ...]:
    """How many characters each child of a run shows."""
    return tuple((_shown(child), child) for child in run)


def _shown(child: etree._Element) -> int:
    if child.tag == f"{W}t":
        return len(characters(child))
    return 1 if child.tag in _ONE_CHARACTER else 0


def body_runs(anchors: tuple[Anchor, ...], start: int, end: int) -> Iterator[Anchor]:
    """The runs that show any of these characters."""
    return (anchor for anchor in anchors if anchor.start < end and anchor.end > start)
