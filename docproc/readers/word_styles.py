"""What a Word file's styles say that matters for reading: outline level, list and hidden text, followed through basedOn."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from docproc.readers.word_parts import W, number, on, value

_HEADING_NAME = re.compile(r"^(?:heading|标题|標題)\s*([1-9])$", re.IGNORECASE)
_TITLE_NAMES = frozenset({"title", "标题", "標題"})
_BODY_LEVEL = 9  # w:outlineLvl 9 is body text (29500-1 §17.3.1.20)


@dataclass(frozen=True, slots=True)
class Style:
    """One style. `outline` counts from 0; None where the style says nothing."""

    name: str = ""
    based_on: str = ""
    outline: int | None = None
    hidden: bool | None = None
    font: str = ""
    list_name: str = ""  # w:numId
    list_level: int | None = None  # w:ilvl, from 0


class Styles:
    """The styles of a document by id."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}  # a file brings some hundred styles and uses ten
        self._styles: dict[str, Style] = {}
        self._default = ""
        for style in [] if root is None else root.iter(f"{W}style"):
            name = str(style.get(f"{W}styleId", ""))
            self._elements[name] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true", "on"}:
                self._default = name

    def level(self, paragraph: str, own: etree._Element | None) -> int | None:
        """The heading level (1–9) of a paragraph with this style and outline level of its own; 0 for a title; None for body text."""
        if own is not None:
            outline = number(own, _BODY_LEVEL)
            return outline + 1 if outline < _BODY_LEVEL else None
        chain = self._chain(paragraph or self._default)
        for style in chain:
            if style.outline is not None:
                return style.outline + 1 if style.outline < _BODY_LEVEL else None
            found = _HEADING_NAME.match(style.name)
            if found:
                return int(found.group(1))
        return 0 if chain and chain[0].name.lower() in _TITLE_NAMES else None

    def hidden(self, style: str) -> bool:
        """Whether text in this style is hidden."""
        return next((found.hidden for found in self._chain(style) if found.hidden is not None), False)

    def font(self, style: str) -> str:
        """The font a style gives to Latin characters, or nothing."""
        return next((found.font for found in self._chain(style) if found.font), "")

    def numbering(self, style: str) -> tuple[str, int, tuple[str, ...]]:
        """The list and the level that a paragraph style gives ("" for none), and the style with those it is based on."""
        names = tuple(self._names(style or self._default))
        chain = [self._style(name) for name in names]
        level = next((found.list_level for found in chain if found.list_level is not None), 0)
        return next((found.list_name for found in chain if found.list_name), ""), level, names

    def _chain(self, style: str) -> list[Style]:
        return [self._style(name) for name in self._names(style)]

    def _names(self, style: str) -> list[str]:
        """The style and those it is based on, nearest first."""
        names: list[str] = []
        while style in self._elements and style not in names:
            names.append(style)
            style = self._style(style).based_on
        return names

    def _style(self, name: str) -> Style:
        if name not in self._styles:
            self._styles[name] = _style(self._elements[name])
        return self._styles[name]


def _style(element: etree._Element) -> Style:
    outline = element.find(f"{W}pPr/{W}outlineLvl")
    vanish = element.find(f"{W}rPr/{W}vanish")
    level = element.find(f"{W}pPr/{W}numPr/{W}ilvl")
    return Style(
        name=value(element.find(f"{W}name")),
        based_on=value(element.find(f"{W}basedOn")),
        outline=None if outline is None else number(outline, _BODY_LEVEL),
        hidden=None if vanish is None else on(vanish),
        font=latin_font(element.find(f"{W}rPr/{W}rFonts")),
        list_name=value(element.find(f"{W}pPr/{W}numPr/{W}numId")),
        list_level=None if level is None else number(level, 0),
    )


def latin_font(fonts: etree._Element | None) -> str:
    """The font of a run's Latin characters."""
    return "" if fonts is None else str(fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "")
