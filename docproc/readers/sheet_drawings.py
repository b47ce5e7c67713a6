"""What is drawn over the cells of an .xlsx: text boxes, titles of charts, diagrams (their words are read), pictures (counted).

A chart's figures stand in the workbook's cells already and are not repeated. For .xls there is xls_drawings.py, for .ods ods_parts.py; an
.xlsb keeps its drawings in a way of its own, which is not read.
"""

from __future__ import annotations

from dataclasses import dataclass

from docproc.readers.chart import paragraphs, read_chart
from docproc.readers.sheet_parts import SheetParts
from docproc.readers.unread import Unreadable
from docproc.readers.word_graphics import diagram_lines, graphics, holds_text
from docproc.readers.word_parts import Parts


@dataclass(frozen=True, slots=True)
class Drawn:
    """What lies over one sheet: its words, a line each; how many pictures are large enough for text, how many charts were not read (of a
    kind that keeps them in a file of its own), and how many drawings are damaged."""

    lines: tuple[str, ...] = ()
    pictures: int = 0
    unread: int = 0
    charts: int = 0


def drawings(book: SheetParts) -> dict[int, Drawn]:
    """What is drawn on each sheet, by the sheet's place in the workbook from 0."""
    found = {number: _drawn(book.parts, sheet) for number, sheet in book.names.items()}
    return {number: drawn for number, drawn in found.items() if drawn != Drawn()}


def _drawn(parts: Parts, sheet: str) -> Drawn:
    try:
        name = parts.related(sheet, "drawing")
        root = None if name is None else parts.xml(name)
    except Unreadable:
        return Drawn(unread=1)
    if name is None or root is None:
        return Drawn()
    lines = list(paragraphs(root))
    hung = graphics(root)
    unread = 0
    for relation in hung.charts:
        try:
            chart = read_chart(parts, parts.relations(name).get(relation, ("", ""))[1])
        except Unreadable:
            unread += 1
        else:
            lines += () if chart is None else chart.lines
    for relation in hung.diagrams:
        try:
            lines += diagram_lines(parts, name, relation)
        except Unreadable:
            unread += 1
    pictures = sum(holds_text(parts, name, picture) for picture in dict.fromkeys(hung.pictures))
    return Drawn(tuple(lines), pictures, unread)
