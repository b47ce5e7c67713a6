"""Automatic numbers of a Word file (一、（一）1. …): they stand in no text run and are counted here as Word counts them.

ISO/IEC 29500-1 §17.9. A paragraph names a list (w:numId) and a level, itself or through its style; the list points to an
abstract list that holds the levels.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from lxml import etree

from docproc.readers.list_counting import LEVELS, Abstract, Level, NumberedList, count
from docproc.readers.word_parts import MC, W, number, on, value
from docproc.readers.word_styles import Styles, latin_font

_MOST: Final = 100_000  # a start value beyond that is damage


class Numbering:
    """The lists of one document, counting on as its paragraphs are read in order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self.lists: dict[str, NumberedList] = {} if root is None else _lists(root)
        self._of_style: dict[str, tuple[str, int] | None] = {}

    def label(self, paragraph: etree._Element) -> str:
        """The number that stands before this paragraph, with its space; nothing where it has none. Counts it."""
        place = self._place(paragraph.find(f"{W}pPr")) if self.lists else None
        if place is None:
            return ""
        found = self.lists.get(place[0])
        return "" if found is None else count(found, min(max(place[1], 0), LEVELS - 1))

    def numbers(self, style: str) -> bool:
        """Whether a paragraph style gives its paragraphs a number of its own."""
        return bool(self.lists) and self._inherited(style) is not None

    def _place(self, properties: etree._Element | None) -> tuple[str, int] | None:
        """The list and the level of a paragraph: its own properties go before its style's; list 0 is none."""
        own = properties.find(f"{W}numPr") if properties is not None else None
        style = value(properties.find(f"{W}pStyle")) if properties is not None else ""
        inherited = self._inherited(style)
        if own is None:
            return inherited
        wanted, level = own.find(f"{W}numId"), own.find(f"{W}ilvl")
        name = value(wanted) if wanted is not None else inherited[0] if inherited else ""
        if not name or name == "0":
            return None
        if level is None and inherited is not None and inherited[0] == name:
            return inherited
        return name, number(level, 0)

    def _inherited(self, style: str) -> tuple[str, int] | None:
        if style not in self._of_style:
            self._of_style[style] = self._by_style(style)
        return self._of_style[style]

    def _by_style(self, style: str) -> tuple[str, int] | None:
        name, level, chain = self._styles.numbering(style)
        if not name or name == "0":
            return None
        found = self.lists.get(name)
        for linked in chain if found is not None else ():
            for index in range(LEVELS):
                if found is not None and found.level(index).style == linked:
                    return name, index
        return name, level


def _lists(root: etree._Element) -> dict[str, NumberedList]:
    abstracts: dict[str, Abstract] = {}
    linked: dict[str, str] = {}  # numbering style -> the abstract list that defines it
    links: dict[str, str] = {}  # abstract list -> the numbering style that it borrows
    for element in root.findall(f"{W}abstractNum"):
        name = str(element.get(f"{W}abstractNumId", ""))
        abstracts[name] = Abstract(_Levels(element))
        style, link = value(element.find(f"{W}styleLink")), value(element.find(f"{W}numStyleLink"))
        if style:
            linked[style] = name
        if link:
            links[name] = link
    lists: dict[str, NumberedList] = {}
    for element in root.findall(f"{W}num"):
        name = value(element.find(f"{W}abstractNumId"))
        name = linked.get(links.get(name, ""), name)
        if name in abstracts:
            lists[str(element.get(f"{W}numId", ""))] = _overridden(element, abstracts[name])
    return lists


def _overridden(element: etree._Element, abstract: Abstract) -> NumberedList:
    found = NumberedList(abstract)
    for override in element.findall(f"{W}lvlOverride"):
        index = _index(override)
        own = override.find(f"{W}lvl")
        if own is not None:
            found.own[index] = _level(own)
        start = override.find(f"{W}startOverride")
        if start is not None:
            found.starts[index] = _start(start)
            found.own[index] = replace(found.level(index), start=found.starts[index])
    return found


class _Levels(Mapping[int, Level]):
    """The levels of an abstract list, read when a paragraph asks: a file brings dozens of lists and uses few."""

    def __init__(self, element: etree._Element) -> None:
        self._elements = {_index(level): level for level in element.iterchildren(f"{W}lvl")}
        self._read: dict[int, Level] = {}

    def __getitem__(self, index: int) -> Level:
        if index not in self._read:
            self._read[index] = _level(self._elements[index])
        return self._read[index]

    def __iter__(self) -> Iterator[int]:
        return iter(self._elements)

    def __len__(self) -> int:
        return len(self._elements)


def _index(element: etree._Element) -> int:
    text = str(element.get(f"{W}ilvl", "0"))
    return min(int(text), LEVELS - 1) if text.isascii() and text.isdecimal() and len(text) < 4 else 0


def _level(element: etree._Element) -> Level:
    writing = element.find(f"{W}numFmt")
    if writing is None:  # newer writings stand in a choice, with a custom format in it
        writing = element.find(f"{MC}AlternateContent/{MC}Choice/{W}numFmt")
    restart = element.find(f"{W}lvlRestart")
    vanish, legal = element.find(f"{W}rPr/{W}vanish"), element.find(f"{W}isLgl")
    return Level(
        text=value(element.find(f"{W}lvlText"))[:255],
        writing=value(writing, "decimal"),
        pattern="" if writing is None else str(writing.get(f"{W}format", "")),
        start=_start(element.find(f"{W}start")),
        restart=None if restart is None else number(restart, 0),
        legal=legal is not None and on(legal),
        hidden=vanish is not None and on(vanish),
        style=value(element.find(f"{W}pStyle")),
        font=latin_font(element.find(f"{W}rPr/{W}rFonts")),
    )


def _start(element: etree._Element | None) -> int:
    start = number(element, 1) if element is not None else 1
    return start if 0 <= start <= _MOST else 1
