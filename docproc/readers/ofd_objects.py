"""What stands on an OFD page: characters with their boxes, ruling lines and pictures (GB/T 33190-2016, 8 and 11).

Lengths in the file are millimetres from the page's top left; here everything is in points. An object's coordinates begin at its
Boundary, its CTM comes first. Elements are told by their local names: writers are careless with the namespace.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from docproc.model import Box

POINTS: Final = 72 / 25.4
COLUMN: Final = 4
_UNIT: Final = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_ASCENT: Final = 0.86  # of the size: the part of a character above its base line
_LINE: Final = 3.0  # points: a fill no thicker is a ruling line
_SHORTEST: Final = 1.0
_TURNED: Final = 0.05
_MOST_LETTERS: Final = 200_000  # of one page
_MOST_LINES: Final = 20_000
_COMMAND: Final = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
_OPERANDS: Final = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7}

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Words:
    """Characters drawn in one go, with a box each and their size in points. `turn`: by how many quarters of a circle, clockwise;
    COLUMN where they stand one below the other; None where they stand askew."""

    text: str
    boxes: tuple[Box, ...]
    size: float
    turn: int | None = 0

    @property
    def middle(self) -> float:
        return (self.boxes[0][1] + self.boxes[0][3]) / 2


@dataclass(slots=True)
class Drawn:
    """Everything drawn on one page."""

    words: list[Words] = field(default_factory=list)
    lines: list[Box] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    hidden: int = 0
    composites: int = 0
    letters: int = 0
    cut: bool = False  # whether there was more than is read of one page


def local(element: etree._Element) -> str:
    """The element's name without its namespace; nothing for a comment."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: etree._Element | None, *path: str) -> Iterator[etree._Element]:
    """The elements at a path of local names."""
    if element is None:
        return
    for child in element:
        if local(child) == path[0]:
            if len(path) == 1:
                yield child
            else:
                yield from children(child, *path[1:])


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first element at a path of local names."""
    return next(children(element, *path), None)


def numbers(text: str | None) -> list[float]:
    """The numbers of an attribute; what is none ends them. Beyond a million nothing can be meant."""
    found: list[float] = []
    for piece in (text or "").split():
        try:
            value = float(piece)
        except ValueError:
            break
        if not abs(value) < 1e6:
            break
        found.append(value)
    return found


def box_of(text: str | None) -> Box | None:
    """A rectangle given as x, y, width and height in millimetres, as corners in points."""
    found = numbers(text)
    if len(found) != 4 or found[2] <= 0 or found[3] <= 0:
        return None
    x, y, width, height = (value * POINTS for value in found)
    return (x, y, x + width, y + height)


def draw(layer: etree._Element, drawn: Drawn, origin: tuple[float, float], *, askew: bool = False) -> None:
    """Adds what a layer, a block of a page or an appearance holds. `origin` in millimetres; `askew` where it runs round the text."""
    for element in layer:
        name = local(element)
        if element.get("Visible") == "false":
            drawn.hidden += name == "TextObject"
        elif name in {"Layer", "PageBlock", "Content"}:
            draw(element, drawn, origin, askew=askew)
        elif name == "TextObject":
            _text(element, drawn, origin, askew)
        elif name == "PathObject":
            _path(element, drawn, origin)
        elif name == "ImageObject":
            place = box_of(element.get("Boundary"))
            if place is not None:
                x, y = origin[0] * POINTS, origin[1] * POINTS
                drawn.images.append((place[0] + x, place[1] + y, place[2] + x, place[3] + y))
        elif name == "CompositeObject":
            drawn.composites += 1


@dataclass(frozen=True, slots=True)
class _Space:
    """An object's own coordinates: its matrix, then its place on the page."""

    matrix: Matrix
    x: float
    y: float

    @classmethod
    def of(cls, element: etree._Element, origin: tuple[float, float]) -> _Space:
        place = numbers(element.get("Boundary"))
        matrix = numbers(element.get("CTM"))
        x, y = (place[0], place[1]) if len(place) >= 2 else (0.0, 0.0)
        whole = (matrix[0], matrix[1], matrix[2], matrix[3], matrix[4], matrix[5]) if len(matrix) == 6 else _UNIT
        return cls(whole, origin[0] + x, origin[1] + y)

    def point(self, x: float, y: float) -> tuple[float, float]:
        a, b, c, d, e, f = self.matrix
        return ((a * x + c * y + e + self.x) * POINTS, (b * x + d * y + f + self.y) * POINTS)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        corners = [self.point(x, y) for x in (x0, x1) for y in (y0, y1)]
        return (min(x for x, _ in corners), min(y for _, y in corners), max(x for x, _ in corners), max(y for _, y in corners))

    @property
    def turn(self) -> int | None:
        """By how many quarters of a circle a line of text is turned, clockwise; None for anything between."""
        a, b, _, _, _, _ = self.matrix
        if min(abs(a), abs(b)) > _TURNED * max(abs(a), abs(b)):
            return None
        return (0 if a >= 0 else 2) if abs(a) >= abs(b) else 1 if b > 0 else 3


def _text(element: etree._Element, drawn: Drawn, origin: tuple[float, float], askew: bool) -> None:
    """11.3: a text object's codes, each with its start and the steps from one character to the next."""
    space = _Space.of(element, origin)
    sizes, scales = numbers(element.get("Size")), numbers(element.get("HScale"))
    size = abs(sizes[0]) if sizes and sizes[0] else 3.5
    scale = abs(scales[0]) if scales and scales[0] else 1.0
    x = y = 0.0
    for code in children(element, "TextCode"):
        text = "".join(char if char >= " " else " " for char in str(code.text or ""))
        if not text.strip():
            continue
        if drawn.letters + len(text) > _MOST_LETTERS:
            drawn.cut = True
            return
        drawn.letters += len(text)
        x, y = next(iter(numbers(code.get("X"))), x), next(iter(numbers(code.get("Y"))), y)
        across, down = _steps(code.get("DeltaX"), len(text)), _steps(code.get("DeltaY"), len(text))
        turn = None if askew else COLUMN if 2 * sum(map(bool, down)) > len(text) else space.turn
        boxes: list[Box] = []
        first, at, height = 0, x, y
        for index, char in enumerate(text):
            width = size * scale * (0.5 if char < "\u2000" else 1.0)
            step = across[index] if index < len(across) else 0.0 if down else width
            fall = down[index] if index < len(down) else 0.0
            shown = min(width, step) if step > 0 else width
            boxes.append(space.box(at, height - _ASCENT * size, at + shown, height + (1 - _ASCENT) * size))
            at, height = at + step, height + fall
            if (fall and step < 0 and turn != COLUMN) or index + 1 == len(text):  # the line ends here
                box = boxes[0]
                tall = box[2] - box[0] if turn in {1, 3} else box[3] - box[1]
                drawn.words.append(Words(text[first : index + 1], tuple(boxes), max(tall, 0.1), turn))
                first, boxes = index + 1, []


def _steps(text: str | None, most: int) -> list[float]:
    """DeltaX or DeltaY: steps, where `g n v` stands for n steps of v."""
    pieces, at = (text or "").split(), 0
    found: list[float] = []
    while at < len(pieces) and len(found) < most:
        if pieces[at] == "g":
            repeated = numbers(" ".join(pieces[at + 1 : at + 3]))
            if len(repeated) == 2:
                found += [repeated[1]] * max(0, min(int(repeated[0]), most - len(found)))
            at += 3
            continue
        value = numbers(pieces[at])
        if not value:
            break
        found.append(value[0])
        at += 1
    return found


def _path(element: etree._Element, drawn: Drawn, origin: tuple[float, float]) -> None:
    """9.1: level and upright strokes, and fills as thin as a line."""
    space = _Space.of(element, origin)
    for data in children(element, "AbbreviatedData"):
        strokes = list(_strokes(str(data.text or ""), space))
        if element.get("Stroke") == "false":
            strokes = list(_thin(strokes))
        for (x0, y0), (x1, y1) in strokes:
            across, down = abs(x1 - x0), abs(y1 - y0)
            if len(drawn.lines) < _MOST_LINES and min(across, down) <= _SHORTEST < max(across, down):
                flat = down < across
                middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
                drawn.lines.append(
                    (min(x0, x1), middle_y, max(x0, x1), middle_y) if flat else (middle_x, min(y0, y1), middle_x, max(y0, y1))
                )


Point = tuple[float, float]


def _strokes(data: str, space: _Space) -> Iterator[tuple[Point, Point]]:
    pieces = _COMMAND.findall(data)
    start = last = space.point(0.0, 0.0)
    at = 0
    while at < len(pieces):
        command = pieces[at]
        at += 1
        if command == "C":
            yield last, start
            last = start
        count = _OPERANDS.get(command, 0)
        operands = numbers(" ".join(pieces[at : at + count]))
        if not count or len(operands) < count:
            continue
        at += count
        point = space.point(operands[-2], operands[-1])
        if command in {"M", "S"}:
            start = point
        elif command == "L":
            yield last, point
        last = point


def _thin(strokes: list[tuple[Point, Point]]) -> Iterator[tuple[Point, Point]]:
    """A filled shape as the line that it is drawn for, where it is thin enough."""
    points = [point for stroke in strokes for point in stroke]
    if not points:
        return
    x0, x1 = min(x for x, _ in points), max(x for x, _ in points)
    y0, y1 = min(y for _, y in points), max(y for _, y in points)
    if min(x1 - x0, y1 - y0) <= _LINE:
        flat = y1 - y0 < x1 - x0
        yield ((x0, (y0 + y1) / 2), (x1, (y0 + y1) / 2)) if flat else (((x0 + x1) / 2, y0), ((x0 + x1) / 2, y1))


def upright(words: Words, turn: int, size: tuple[float, float]) -> Words:
    """The same words on the page turned back by so many quarters. `size`: the page's, before."""
    width, height = size
    if turn == 1:
        boxes = tuple((y0, width - x1, y1, width - x0) for x0, y0, x1, y1 in words.boxes)
    elif turn == 2:
        boxes = tuple((width - x1, height - y1, width - x0, height - y0) for x0, y0, x1, y1 in words.boxes)
    elif turn == 3:
        boxes = tuple((height - y1, x0, height - y0, x1) for x0, y0, x1, y1 in words.boxes)
    else:
        return words
    return Words(words.text, boxes, words.size, words.turn)


def in_rows(words: list[tuple[Words, Words]]) -> list[list[tuple[Words, Words]]]:
    """Words as pairs (as laid out, as on the page) in the order in which a page is read: by lines from the top, each from the left."""
    rows: list[list[tuple[Words, Words]]] = []
    for pair in sorted(words, key=lambda pair: (pair[0].middle, pair[0].boxes[0][0])):
        first = rows[-1][0][0] if rows else None
        if first is not None and abs(first.middle - pair[0].middle) < 0.45 * min(first.size, pair[0].size):
            rows[-1].append(pair)
        else:
            rows.append([pair])
    return [sorted(row, key=lambda pair: pair[0].boxes[0][0]) for row in rows]


def gap(left: Words, right: Words) -> str:
    """What stands between two neighbours on a line: a blank where there is room for one."""
    return " " if right.boxes[0][0] - left.boxes[-1][2] > 0.3 * min(left.size, right.size) else ""
