"""The quick way through a table of a Word file whose cells hold nothing but plain words, as in most forms.

Of all elements in the table lxml hands over only rows, cells, paragraphs, words and those that would make it anything else than plain
(fields, revisions, drawings, numbers, hidden words, symbol fonts, nested tables). At the first of these the table is left to the walk
of word_flow.py, which gives the same for a plain table, in two to three times the time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from lxml import etree

from docproc.readers.word_grid import bounded
from docproc.readers.word_parts import MC, M, W, number, value
from docproc.readers.word_plain import PlainParagraphs, characters

_ROW, _CELL, _PARAGRAPH, _TEXT = (f"{W}{name}" for name in ("tr", "tc", "p", "t"))
_SPAN, _DOWN, _STYLE, _RUN_STYLE, _FONTS = (f"{W}{name}" for name in ("gridSpan", "vMerge", "pStyle", "rStyle", "rFonts"))
_TELLING: Final = [
    "br", "cr", "noBreakHyphen", "tab", "ptab", "sym", "delText", "instrText", "fldChar", "fldSimple", "footnoteReference",
    "endnoteReference", "drawing", "pict", "object", "ruby", "commentReference", "commentRangeStart", "commentRangeEnd", "ins", "del",
    "moveTo", "moveFrom", "hyperlink", "smartTag", "customXml", "dir", "bdo", "sdt", "subDoc", "altChunk", "vanish", "numPr", "hMerge",
    "gridBefore", "tbl",
]  # fmt: skip
_ASKED_FOR: Final = (
    *(_ROW, _CELL, _PARAGRAPH, _TEXT, _SPAN, _DOWN, _STYLE, _RUN_STYLE, _FONTS),
    *(f"{W}{name}" for name in _TELLING),
    *(f"{M}oMath", f"{M}oMathPara", f"{MC}AlternateContent"),
)


class PlainCell(NamedTuple):
    """A cell's paragraphs, how many columns it takes, and whether it goes on with the one above."""

    paragraphs: list[str]
    span: int
    down: bool


def plain_rows(table: etree._Element, plain: PlainParagraphs) -> list[list[PlainCell]] | None:
    """The cells of each row; None where the table is not plain."""
    if not plain.style(""):
        return None
    rows: list[list[PlainCell]] = []
    words: list[str] = []
    span, down = 1, False
    elements: Iterator[etree._Element] = table.iter(*_ASKED_FOR)
    next(elements)  # the table itself
    for element in elements:
        tag = element.tag
        if tag == _TEXT:
            if not words:
                return None
            words[-1] += characters(element)
        elif tag == _PARAGRAPH:
            words.append("")
        elif tag == _CELL:
            if not rows:
                return None
            words, span, down = [], 1, False
            rows[-1].append(PlainCell(words, span, down))
        elif tag == _ROW:
            words = []
            rows.append([])
        elif tag in (_SPAN, _DOWN):
            if words or not rows or not rows[-1]:
                return None
            if tag == _SPAN:
                span = bounded(number(element, 1), 1)
            else:
                down = value(element, "continue") == "continue"
            rows[-1][-1] = PlainCell(words, span, down)
        elif tag == _FONTS:
            if not plain.font(element):
                return None
        elif not (tag == _STYLE and plain.style(value(element))) and not (tag == _RUN_STYLE and plain.run_style(value(element))):
            return None
    return rows
