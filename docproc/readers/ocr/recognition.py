"""What recognition yields for a picture: lines and rulings, upright, in pixels; and how it is written down for the page store."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from docproc.model import Box


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of writing on one line. For each code point: where it begins and ends across (pixels), and how sure it is."""

    text: str
    top: float
    bottom: float
    lefts: tuple[float, ...]
    rights: tuple[float, ...]
    confidences: tuple[float, ...]

    @property
    def left(self) -> float:
        return min(self.lefts)

    @property
    def right(self) -> float:
        return max(self.rights)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of writing: the whole picture, or the left or right half of a spread. `left`, `right`: its reach across the upright picture.
    Lines stand in reading order; rulings are boxes of lines, level or upright, without thickness."""

    left: float
    right: float
    lines: tuple[Line, ...]
    rulings: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognition:
    """A picture of `width` x `height` pixels as read. It stands upright after `turns` clockwise quarter turns, and then `skew` degrees
    clockwise about its middle; all places are on that upright picture."""

    width: int
    height: int
    turns: int = 0
    skew: float = 0.0
    leaves: tuple[Leaf, ...] = ()
    illegible: int = 0  # lines that were found and could not be read

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the upright picture."""
        return (self.height, self.width) if self.turns % 2 else (self.width, self.height)

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for leaf in self.leaves for line in leaf.lines)

    @property
    def confidence(self) -> float:
        """The mean over all characters; 0 where there are none."""
        values = [value for line in self.lines for value in line.confidences]
        return sum(values) / len(values) if values else 0.0


def pack(recognition: Recognition) -> bytes:
    """The record of the page store."""
    return json.dumps(astuple(recognition), ensure_ascii=False, separators=(",", ":")).encode()


def unpack(record: bytes) -> Recognition | None:
    """A recognition from its record; None where the record is not one."""
    try:
        width, height, turns, skew, leaves, illegible = json.loads(record)
        return Recognition(int(width), int(height), int(turns), float(skew), tuple(_leaf(*leaf) for leaf in leaves), int(illegible))
    except (ValueError, TypeError):
        return None


def _leaf(left: float, right: float, lines: Sequence[Sequence[object]], rulings: Sequence[Sequence[float]]) -> Leaf:
    return Leaf(float(left), float(right), tuple(_line(*line) for line in lines), tuple(_box(ruling) for ruling in rulings))


def _line(*fields: object) -> Line:
    text, top, bottom, lefts, rights, confidences = fields
    line = Line(str(text), _number(top), _number(bottom), _numbers(lefts), _numbers(rights), _numbers(confidences))
    if not len(line.text) == len(line.lefts) == len(line.rights) == len(line.confidences):
        raise ValueError("a place and a confidence for each code point")
    return line


def _box(values: Sequence[float]) -> Box:
    x0, y0, x1, y1 = values
    return (float(x0), float(y0), float(x1), float(y1))


def _numbers(values: object) -> tuple[float, ...]:
    if not isinstance(values, list):
        raise TypeError("a list of numbers")
    return tuple(_number(value) for value in values)


def _number(value: object) -> float:
    if not isinstance(value, int | float):
        raise TypeError("a number")
    return float(value)
