"""A PDF page's characters as they stand on it, and the visual lines they form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from docproc.model import Span


@dataclass(frozen=True, slots=True)
class Glyphs:
    """A page's text with, a code point each: box (upright, y downwards; zero where made up), font size, and whether it stands askew."""

    text: str
    boxes: Sequence[tuple[float, float, float, float]]
    sizes: Sequence[float]
    tilted: frozenset[int] = frozenset()

    def visible(self) -> list[int]:
        """Indices of the characters that show, in source order."""
        pairs = enumerate(zip(self.text, self.boxes, strict=True))
        return [index for index, (letter, box) in pairs if box[2] > box[0] and not letter.isspace()]


@dataclass(frozen=True)
class Row:
    """Characters that stand on one visual line, from left to right."""

    glyphs: Glyphs
    indices: tuple[int, ...]
    size: float

    @cached_property
    def x0(self) -> float:
        return min(self.glyphs.boxes[index][0] for index in self.indices)

    @cached_property
    def x1(self) -> float:
        return max(self.glyphs.boxes[index][2] for index in self.indices)

    @cached_property
    def middle(self) -> float:
        """The height of its middle on the page."""
        first = self.glyphs.boxes[self.indices[0]]
        return (first[1] + first[3]) / 2

    @cached_property
    def text(self) -> str:
        """Its characters without any space."""
        return "".join(self.glyphs.text[index] for index in self.indices)

    @cached_property
    def words(self) -> str:
        """Its text as it stands in the source, spaces included."""
        return " ".join(self.glyphs.text[span.start : span.end] for span in self.spans)

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Its places in the page's text: one where it stands there in one piece.

        In the order of the source, except where that runs back on the page: a box from another font (☑) may come after its line's words.
        """
        ordered = sorted(self.indices)
        boxes = self.glyphs.boxes
        back = any(boxes[index][0] < boxes[before][0] - self.size / 2 for before, index in pairwise(ordered))
        return tuple(_spans(self.glyphs.text, self.indices if back else ordered))

    def part(self, left: float, right: float) -> Row | None:
        """The characters whose middles lie between two x positions."""
        boxes = self.glyphs.boxes
        inside = tuple(index for index in self.indices if left <= (boxes[index][0] + boxes[index][2]) / 2 < right)
        return Row(self.glyphs, inside, self.size) if inside else None

    @cached_property
    def gaps(self) -> tuple[tuple[float, float], ...]:
        """The stretches between neighbours that are wider than a character of the line."""
        boxes, found, reach = self.glyphs.boxes, [], self.x0
        for index in self.indices:
            left, _, right, _ = boxes[index]
            if left - reach > self.size:
                found.append((reach, left))
            reach = max(reach, right)
        return tuple(found)


def _spans(text: str, indices: Iterable[int]) -> Iterator[Span]:
    start = end = -1
    for index in indices:
        between = text[end:index]
        if 0 <= start < end <= index and (not between or (between.isspace() and "\n" not in between)):
            end = index + 1
            continue
        if start >= 0:
            yield Span(start, end)
        start, end = index, index + 1
    if start >= 0:
        yield Span(start, end)


def rows_of(glyphs: Glyphs, indices: Sequence[int]) -> list[Row]:
    """The visual lines that visible characters (in source order) form, from top to bottom."""
    boxes = glyphs.boxes
    lines: list[tuple[float, float, list[int]]] = []  # middle and size of the first run, members
    joined: set[int] = set()
    runs = ((sum(boxes[index][1] + boxes[index][3] for index in run) / (2 * len(run)), run) for run in _runs(glyphs, indices))
    for middle, run in sorted(runs, key=lambda item: (item[0], boxes[item[1][0]][0])):
        size = _size(glyphs, run)
        for at in range(len(lines) - 1, max(-1, len(lines) - 4), -1):
            other, other_size, members = lines[at]
            if abs(other - middle) < 0.45 * min(size, other_size) and not _overlap(boxes, members, run):
                members.extend(run)
                joined.add(at)
                break
        else:
            lines.append((middle, size, list(run)))
    result = [
        Row(
            glyphs,
            tuple(sorted(members, key=lambda index: (boxes[index][0], index))),
            _size(glyphs, members) if at in joined else size,
        )
        for at, (_, size, members) in enumerate(lines)
    ]
    return sorted(result, key=lambda row: (row.middle, row.x0))


def _runs(glyphs: Glyphs, indices: Sequence[int]) -> Iterator[list[int]]:
    """Stretches of the source that stay on one line."""
    boxes, text = glyphs.boxes, glyphs.text
    run: list[int] = []
    left = top = bottom = 0.0  # of the last one
    for index in indices:
        x0, y0, _, y1 = boxes[index]
        if run:
            height = max(bottom - top, y1 - y0)
            broken = index - run[-1] > 1 and text.find("\n", run[-1] + 1, index) >= 0
            if broken or abs(top + bottom - y0 - y1) > height or x0 < left - height:
                yield run
                run = []
        run.append(index)
        left, top, bottom = x0, y0, y1
    if run:
        yield run


def _size(glyphs: Glyphs, members: Sequence[int]) -> float:
    """The height of the characters: the middle one of their font sizes or, where the font hides its size, of their boxes."""
    sizes = sorted(glyphs.sizes[index] for index in members)
    stated = sizes[len(sizes) // 2]
    heights = sorted(glyphs.boxes[index][3] - glyphs.boxes[index][1] for index in members)
    height = heights[len(heights) // 2]
    return stated if 0.4 * height < stated < 2 * height else max(height * 0.85, 1.0)


def _overlap(boxes: Sequence[tuple[float, float, float, float]], members: Sequence[int], run: Sequence[int]) -> bool:
    """Whether two runs stand over one another rather than side by side (their reach, less a bit at each end)."""
    a0, a1 = min(boxes[index][0] for index in members), max(boxes[index][2] for index in members)
    b0, b1 = min(boxes[index][0] for index in run), max(boxes[index][2] for index in run)
    shared = min(a1, b1) - max(a0, b0)
    if shared <= 2.0:
        return False
    # A run may stand in a hole of the other (a value typed into a form's line).
    return any(min(boxes[index][2], boxes[other][2]) - max(boxes[index][0], boxes[other][0]) > 2.0 for index in run for other in members)
