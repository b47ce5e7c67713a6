"""Tables without rules: lines that stand in columns, told by the empty strips that run down between them.

A label spaced out to the width of its neighbours (`名　　称` over `法定代表人`) is one cell, since no strip runs through it; the same
gap between label and value is a strip. Prose has no strips, and a spaced title stands alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from docproc.readers.pdf_lines import Row

# In heights of a character: the narrowest strip where three lines or more bear it out, and where only two do.
_STRIP = 1.2
_STRIP_OF_TWO = 2.0
_ONE_LINE = 3.5
# Lines further apart than this belong to different things.
_APART = 4.0
_SIZES_ALIKE = 1.3
_LABEL_AT_MOST = 12
# How many times nearer the next line of a value is than the line before it, which is another value's.
_NEARER = 1.15


@dataclass(frozen=True, slots=True)
class ColumnCell:
    """A cell of a table without rules: its place and its lines."""

    row: int
    column: int
    lines: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ColumnTable:
    """Lines `first:last` of those given, as cells."""

    first: int
    last: int
    cells: tuple[ColumnCell, ...]


def column_tables(rows: Sequence[Row]) -> Iterator[ColumnTable]:
    """The tables without rules among a page's free lines (from top to bottom)."""
    start = 0
    while start < len(rows):
        end, strips = _zone(rows, start)
        if strips:
            yield ColumnTable(start, end, tuple(_cells(rows[start:end], strips)))
            start = end
        else:
            start += 1


def spaced_out(row: Row) -> bool:
    """Whether a line is a title whose characters are set apart: `营 业 执 照`, `审 计 报 告`."""
    return len(row.gaps) >= 1 and len(row.gaps) == len(row.text) - 1


def _zone(rows: Sequence[Row], start: int) -> tuple[int, list[tuple[float, float]]]:
    """From a line on, as many lines as share a strip, and the strips that enough of them bear out."""
    first = rows[start]
    if not first.gaps or spaced_out(first):
        return start + 1, []
    strips = [*first.gaps]
    end = start + 1
    while strips and end < len(rows) and _near(rows[end - 1], rows[end]):
        narrowed = [kept for strip in strips if (kept := _narrowed(strip, rows[end])) is not None]
        if not _borne_out(narrowed, rows[start : end + 1]) and _borne_out(strips, rows[start:end]):
            break
        strips = narrowed
        end += 1
        if not strips:
            break
    # Trailing lines that no longer bear a strip out on both sides (a remark under the table) stay outside.
    zone = list(rows[start:end])
    good = _borne_out(strips, zone)
    while good and len(zone) > 2 and not any(_both_sides(strip, zone[-1]) for strip in good) and _solid_end(zone, good):
        zone.pop()
    good = _borne_out(good, zone)
    return start + len(zone), _labelled(good, zone)


def _near(above: Row, below: Row) -> bool:
    size = min(above.size, below.size)
    return below.middle - above.middle <= _APART * size and max(above.size, below.size) <= _SIZES_ALIKE * size and not spaced_out(below)


def _narrowed(strip: tuple[float, float], row: Row) -> tuple[float, float] | None:
    """What a line leaves of a strip."""
    left, right = strip
    boxes = row.glyphs.boxes
    for index in row.indices:
        x0, _, x1, _ = boxes[index]
        if x1 <= left or x0 >= right:
            continue
        if x0 <= left:
            left = x1
        elif x1 >= right:
            right = x0
            break
        else:  # it stands inside: the wider side is left
            left, right = (left, x0) if x0 - left > right - x1 else (x1, right)
    return (left, right) if right - left >= _STRIP * row.size else None


def _borne_out(strips: Sequence[tuple[float, float]], rows: Sequence[Row]) -> list[tuple[float, float]]:
    good = []
    for left, right in strips:
        support = sum(_both_sides((left, right), row) for row in rows)
        needed = _STRIP if support >= 3 else _STRIP_OF_TWO
        if support >= 2 and right - left >= needed * max(row.size for row in rows):
            good.append((left, right))
    return good


def _both_sides(strip: tuple[float, float], row: Row) -> bool:
    return row.x0 < strip[0] + 0.1 and row.x1 > strip[1] - 0.1


def _solid_end(zone: Sequence[Row], strips: Sequence[tuple[float, float]]) -> bool:
    """Whether the last line starts at the very left: a new line of text, not the rest of a value."""
    return zone[-1].x0 < strips[0][0] and zone[-1].middle - zone[-2].middle > 0


def _labelled(strips: list[tuple[float, float]], rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Strips without those that only set off a list's numbers or bullets."""
    if not strips:
        return []
    left = [part.text for row in rows if (part := row.part(float("-inf"), strips[0][0] + 0.1)) is not None]
    if left and max(map(len, left)) <= 2 and all(not text[-1].isalpha() or len(text) == 1 for text in left):
        return _labelled(strips[1:], rows)
    return strips


def _cells(rows: Sequence[Row], strips: Sequence[tuple[float, float]]) -> Iterator[ColumnCell]:
    """Cells in reading order. A line without a label goes on with the value above it."""
    edges = [float("-inf"), *((left + right) / 2 for left, right in strips), float("inf")]
    table = [[row.part(left, right) for left, right in pairwise(edges)] for row in rows]
    width = len(edges) - 1
    paired = _pairs(table, width)
    groups = [(first, first + 2) for first in range(0, width, 2)] if paired else [(0, width)]
    cells: dict[tuple[int, int], list[Row]] = {}
    for first, last in groups:
        current = 0
        ahead = _of_the_label_below([(parts[first], parts[first + 1]) for parts in table]) if paired else {}
        for number, parts in enumerate(table):
            here = parts[first:last]
            if number in ahead:
                cells.setdefault((ahead[number], first + 1), []).extend(part for part in here if part is not None)
                continue
            begun = any((current, column) in cells for column in range(first, last))
            if here[0] is not None or sum(part is not None for part in here) > 1 or not begun:
                current = number
            for column, part in enumerate(here, start=first):
                if part is not None:
                    cells.setdefault((current, column), []).append(part)
    numbers = {row: number for number, row in enumerate(sorted({row for row, _ in cells}))}
    for row, column in sorted(cells):
        yield ColumnCell(numbers[row], column, tuple(cells[row, column]))


def _of_the_label_below(lines: Sequence[tuple[Row | None, Row | None]]) -> dict[int, int]:
    """Lines of a value that stand above its label, since the label is centred beside them: line to the label's line.

    Told by the gaps: such a line is nearer to the next line of values than to the one before.
    """
    values = [number for number, (_, value) in enumerate(lines) if value is not None]
    labels = [number for number, (label, _) in enumerate(lines) if label is not None]
    found: dict[int, int] = {}
    for at in range(len(values) - 2, -1, -1):
        number, following = values[at], values[at + 1]
        if lines[number][0] is not None:
            continue
        below = next((label for label in labels if label > number), None)
        target = below if below is not None and below <= following else found.get(following)
        to_next = _middle(lines[following]) - _middle(lines[number])
        if target is not None and (at == 0 or _middle(lines[number]) - _middle(lines[values[at - 1]]) > _NEARER * to_next):
            found[number] = target
    return found


def _middle(line: tuple[Row | None, Row | None]) -> float:
    return next((part.middle for part in reversed(line) if part is not None), 0.0)


def _pairs(table: Sequence[Sequence[Row | None]], width: int) -> bool:
    """Whether columns alternate between labels and values, as in a licence: labels are short words without figures."""
    if width not in {2, 4, 6}:
        return False
    labels = [part.text for parts in table for part in parts[::2] if part is not None]
    return bool(labels) and all(len(text) <= _LABEL_AT_MOST and not any(map(str.isdigit, text)) for text in labels)


def cut(row: Row) -> list[Row]:
    """A single line in pieces where it has very wide holes with words on both sides; else the line whole."""
    if not row.gaps or spaced_out(row):
        return [row]
    holes = [(left + right) / 2 for left, right in row.gaps if right - left >= _ONE_LINE * row.size]
    if not holes:
        return [row]
    edges = [float("-inf"), *holes, float("inf")]
    parts = [part for left, right in pairwise(edges) if (part := row.part(left, right)) is not None]
    return parts if all(len(part.text) > 1 for part in parts) else [row]
