"""Automatic numbers of a Word file (一、（一）1. …): they stand in no text run and are counted here as Word counts them.

ISO/IEC 29500-1 §17.9. A paragraph names a list (w:numId) and a level, itself or through its style; the list points to an
abstract list that holds the levels. All lists of one abstract list count on together, save where one says that it starts anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from docproc.readers.word_numerals import written
from docproc.readers.word_parts import MC, W, number, on, value
from docproc.readers.word_styles import Styles, latin_font
from docproc.readers.word_symbols import CROSSED, EMPTY, TICKED, in_font

_LEVELS: Final = 9
_MOST: Final = 100_000  # a start value beyond that is damage
_PLACEHOLDER: Final = re.compile(r"%([1-9])")
_BOXES: Final = frozenset({EMPTY, TICKED, CROSSED, "□", "■", "○"})
_CLOSING: Final = "、，。．：；）》】〕”’　"  # full-width marks bring their own space


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how it counts and what it shows."""

    text: str = ""
    writing: str = "decimal"
    pattern: str = ""
    start: int = 1
    restart: int | None = None  # the level (from 1) whose step makes this one start anew; 0 never; None any higher one
    legal: bool = False  # all numbers shown here as plain digits
    hidden: bool = False
    style: str = ""
    font: str = ""


@dataclass(slots=True)
class _Abstract:
    levels: dict[int, Level]
    counters: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class _List:
    """A w:num: its abstract list, with levels of its own and start values that hold from its first use on."""

    abstract: _Abstract
    own: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)
    begun: bool = False

    def level(self, index: int) -> Level:
        return self.own.get(index) or self.abstract.levels.get(index) or Level()


class Numbering:
    """The lists of one document, counting on as its paragraphs are read in order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {} if root is None else _lists(root)
        self._of_style: dict[str, tuple[str, int] | None] = {}

    def label(self, paragraph: etree._Element) -> str:
        """The number that stands before this paragraph, with its space; nothing where it has none. Counts it."""
        if not self._lists:
            return ""
        place = self._place(paragraph.find(f"{W}pPr"))
        if place is None:
            return ""
        found = self._lists.get(place[0])
        return "" if found is None else _count(found, min(max(place[1], 0), _LEVELS - 1))

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
        found = self._lists.get(name)
        for linked in chain if found is not None else ():
            for index in range(_LEVELS):
                if found is not None and found.level(index).style == linked:
                    return name, index
        return name, level


def _count(found: _List, index: int) -> str:
    """Counts one paragraph at this level of the list, and what it shows."""
    counters = found.abstract.counters
    if not found.begun:
        found.begun = True
        for started in found.starts:
            counters.pop(started, None)
    level = found.level(index)
    counters[index] = counters[index] + 1 if index in counters else found.starts.get(index, level.start)
    for higher in range(index):
        counters.setdefault(higher, found.starts.get(higher, found.level(higher).start))
    for lower in [other for other in counters if other > index]:
        restart = found.level(lower).restart
        if restart is None or (restart and index < restart):
            del counters[lower]
    return _shown(found, level, counters)


def _shown(found: _List, level: Level, counters: dict[int, int]) -> str:
    if level.hidden:
        return ""
    if level.writing == "bullet":
        # A box before an option is part of the form; every other bullet is an ornament.
        sign = in_font(level.font, level.text)
        return sign if sign in _BOXES else ""

    def filled(match: re.Match[str]) -> str:
        index = int(match.group(1)) - 1
        shown = found.level(index)
        count = counters.get(index, shown.start)
        return str(count) if level.legal else written(count, shown.writing, shown.pattern)

    text = _PLACEHOLDER.sub(filled, level.text).strip()
    return text if not text or text[-1] in _CLOSING else f"{text} "


def _lists(root: etree._Element) -> dict[str, _List]:
    abstracts: dict[str, _Abstract] = {}
    linked: dict[str, str] = {}  # numbering style -> the abstract list that defines it
    links: dict[str, str] = {}  # abstract list -> the numbering style that it borrows
    for element in root.findall(f"{W}abstractNum"):
        name = str(element.get(f"{W}abstractNumId", ""))
        abstracts[name] = _Abstract(_levels(element))
        style, link = value(element.find(f"{W}styleLink")), value(element.find(f"{W}numStyleLink"))
        if style:
            linked[style] = name
        if link:
            links[name] = link
    lists: dict[str, _List] = {}
    for element in root.findall(f"{W}num"):
        name = value(element.find(f"{W}abstractNumId"))
        name = linked.get(links.get(name, ""), name)
        if name in abstracts:
            lists[str(element.get(f"{W}numId", ""))] = _overridden(element, abstracts[name])
    return lists


def _overridden(element: etree._Element, abstract: _Abstract) -> _List:
    found = _List(abstract)
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


def _levels(element: etree._Element) -> dict[int, Level]:
    return {_index(level): _level(level) for level in element.findall(f"{W}lvl")}


def _index(element: etree._Element) -> int:
    text = str(element.get(f"{W}ilvl", "0"))
    return min(int(text), _LEVELS - 1) if text.isascii() and text.isdecimal() and len(text) < 4 else 0


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
