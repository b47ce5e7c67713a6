"""The short way through a paragraph that holds nothing but words in runs, as nine of ten do.

It asks each element for its name once and leaves everything else (fields, revisions, drawings, automatic numbers, hidden words, symbol
fonts) to the walk of word_flow.py, which gives the same for a plain paragraph, in several times the time.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from docproc.readers.word_numbering import Numbering
from docproc.readers.word_parts import W, value
from docproc.readers.word_styles import Styles, latin_font
from docproc.readers.word_symbols import is_symbol_font

_R: Final = f"{W}r"
_T: Final = f"{W}t"
_RUN_PROPERTIES: Final = f"{W}rPr"
_PROPERTIES: Final = f"{W}pPr"
_STYLE: Final = f"{W}pStyle"
_RUN_STYLE: Final = f"{W}rStyle"
_FONTS: Final = f"{W}rFonts"
_VANISH: Final = f"{W}vanish"
_TELLING: Final = frozenset(f"{W}{name}" for name in ("numPr", "outlineLvl"))
_REVISED: Final = frozenset(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
_MARKS: Final = frozenset(f"{W}{name}" for name in ("bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd"))
_SILENT: Final = frozenset({f"{W}lastRenderedPageBreak"})
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


class PlainParagraphs:
    """Reads plain paragraphs of one file. What the styles say is looked up once a style."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles, self._numbering = styles, numbering
        self._levels: dict[str, tuple[bool, int | None]] = {}
        self._run_styles: dict[str, bool] = {}

    def read(self, paragraph: etree._Element) -> tuple[str, int | None] | None:
        """Its words and its level as a heading; None where it is not plain."""
        words = style = ""
        for child in paragraph:
            tag = child.tag
            if tag == _R:
                for part in child:
                    kind = part.tag
                    if kind == _T:
                        words += characters(part)
                    elif kind == _RUN_PROPERTIES:
                        if not self._plain_run(part):
                            return None
                    elif kind not in _SILENT:
                        return None
            elif tag == _PROPERTIES:
                for each in child:
                    kind = each.tag
                    if kind == _STYLE:
                        style = value(each)
                    elif kind in _TELLING or (kind == _RUN_PROPERTIES and any(mark.tag in _REVISED for mark in each)):
                        return None
            elif tag not in _MARKS:
                return None
        known = self._levels.get(style)
        plain, level = self._of_style(style) if known is None else known
        return (words, level) if plain else None

    def style(self, name: str) -> bool:
        """Whether a paragraph in this style may be plain."""
        known = self._levels.get(name)
        return (self._of_style(name) if known is None else known)[0]

    def run_style(self, name: str) -> bool:
        """Whether a run in this style may be plain."""
        if name not in self._run_styles:
            self._run_styles[name] = not self._styles.hidden(name) and not is_symbol_font(self._styles.font(name))
        return self._run_styles[name]

    def font(self, fonts: etree._Element) -> bool:
        """Whether letters in these fonts are letters."""
        return not is_symbol_font(latin_font(fonts))

    def _plain_run(self, properties: etree._Element) -> bool:
        for each in properties:
            kind = each.tag
            if kind == _VANISH or (kind == _FONTS and not self.font(each)):
                return False
            if kind == _RUN_STYLE and not self.run_style(value(each)):
                return False
        return True

    def _of_style(self, style: str) -> tuple[bool, int | None]:
        """Whether a paragraph in this style may be plain, and its level as a heading."""
        plain = not self._styles.hidden(style) and not self._numbering.numbers(style)
        self._levels[style] = plain, self._styles.level(style, None)
        return self._levels[style]


def characters(element: etree._Element) -> str:
    """The words of w:t: line breaks in the XML are spaces, and outer blanks count only where the file says so."""
    text = element.text
    if not text:
        return ""
    words: str = text
    if "\n" in words or "\t" in words or "\r" in words:
        words = words.replace("\t", " ").replace("\n", " ").replace("\r", " ")
    if (words[0] == " " or words[-1] == " ") and element.get(_SPACE) != "preserve":
        return words.strip(" ")
    return words
