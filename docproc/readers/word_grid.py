"""The rows and cells of a Word table, also those inside content controls, and what their properties say of merging."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from docproc.readers.word_parts import W, number, value

_ROW, _ROW_PROPERTIES, _CELL, _CONTROL = (f"{W}{name}" for name in ("tr", "trPr", "tc", "sdt"))
_PROPERTIES, _SPAN, _DOWN, _RIGHT = (f"{W}{name}" for name in ("tcPr", "gridSpan", "vMerge", "hMerge"))
_WRAPPERS = frozenset({f"{W}sdt", f"{W}sdtContent", f"{W}customXml"})


def rows_of(table: etree._Element) -> Iterator[etree._Element]:
    """The table's own rows."""
    return (row for row, _ in _children(table, _ROW, None))


class Row(NamedTuple):
    """A row's properties (w:trPr), and its own cells, each with the content control around it, if any."""

    properties: etree._Element | None
    cells: list[tuple[etree._Element, etree._Element | None]]


def opened_row(row: etree._Element) -> Row:
    """What a row holds, in one pass."""
    properties = None
    cells: list[tuple[etree._Element, etree._Element | None]] = []
    for child in row:
        tag = child.tag
        if tag == _CELL:
            cells.append((child, None))
        elif tag == _ROW_PROPERTIES and properties is None:
            properties = child
        elif tag in _WRAPPERS:
            cells += _children(child, _CELL, child if tag == _CONTROL else None)
    return Row(properties, cells)


def _children(element: etree._Element, tag: str, control: etree._Element | None) -> Iterator[tuple[etree._Element, etree._Element | None]]:
    for child in element:
        kind = child.tag
        if kind == tag:
            yield child, control
        elif kind in _WRAPPERS:
            yield from _children(child, tag, child if kind == _CONTROL else control)


def bounded(count: int, least: int) -> int:
    """A number of columns as far as it can be meant: Word has at most 63."""
    return min(max(count, least), 1_000)


class Merging(NamedTuple):
    """How many columns a cell takes, and whether it goes on with the one above (vMerge) or to the left (hMerge)."""

    span: int = 1
    down: bool = False
    right: bool = False


_ALONE = Merging()


def opened(cell: etree._Element) -> tuple[Merging, list[etree._Element]]:
    """What a cell's properties say of merging, and what else it holds."""
    merged = _ALONE
    inside: list[etree._Element] = []
    for each in cell:
        if each.tag != _PROPERTIES:
            inside.append(each)
        elif not inside:
            merged = _merging(each)
    return merged, inside


def _merging(properties: etree._Element) -> Merging:
    span, down, right = 1, False, False
    for each in properties:
        tag = each.tag
        if tag == _SPAN:
            span = bounded(number(each, 1), 1)
        elif tag == _DOWN:
            down = value(each, "continue") == "continue"
        elif tag == _RIGHT:
            right = value(each, "continue") == "continue"
    return Merging(span, down, right) if down or right or span != 1 else _ALONE
