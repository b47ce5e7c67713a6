"""The rows and cells of a Word table, also those inside content controls, and what their properties say of merging."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from docproc.readers.word_parts import W, value

_WRAPPERS = frozenset({f"{W}sdt", f"{W}sdtContent", f"{W}customXml"})


def rows(element: etree._Element) -> Iterator[etree._Element]:
    """The table's own rows."""
    yield from _children(element, f"{W}tr")


def cells(element: etree._Element) -> Iterator[etree._Element]:
    """The row's own cells."""
    yield from _children(element, f"{W}tc")


def _children(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, tag)


def bounded(count: int, least: int) -> int:
    """A number of columns as far as it can be meant: Word has at most 63."""
    return min(max(count, least), 1_000)


def continues(properties: etree._Element | None, name: str) -> bool:
    """Whether the cell goes on with the one above (vMerge) or to the left (hMerge)."""
    merge = properties.find(f"{W}{name}") if properties is not None else None
    return merge is not None and value(merge, "continue") == "continue"
