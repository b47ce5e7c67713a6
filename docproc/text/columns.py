"""Rows whose cells wide blanks or bars divide, as plain text and markup set tables, read as rows: their cells are divided by TAB.

For searching only. A table has at least two lines one below the other with as many cells each; a line with a colon, a box or a full stop
is a form's line or a sentence and keeps its blanks. Single blanks divide only what stands in three columns and more under a line of heads,
figures among it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from docproc.model import Span
from docproc.text.align import Edit
from docproc.text.lines import holds_box

REASON = "表格分栏"
_GAP = re.compile(r"(?<=\S)(?:[ 　]*　[ 　]*| {2,})(?=\S)")
_NARROW_GAP = re.compile(r"(?<=\S) +(?=\S)")
_BAR = re.compile(r"(?<=\S)[ 　]*[|｜][ 　]*(?=\S)")
_NO_ROW = re.compile(r"^[ 　]*[|｜]|[。：:\t]|[（(][ 　]*[√×]?[ 　]*[）)]")
_NO_NARROW = re.compile(r"(?<![\d.,])\d{1,3} \d{3}(?![\d,])|[A-Za-z] [A-Za-z]|[，；|｜]")  # thousands parted by blanks, Latin words, prose
_HEAD = re.compile(r"[^\d\n]*[\u3400-\u9fff][^\d\n]*|(?:19|20)\d\d年[末底度]?")
_DIGIT = re.compile(r"\d")
_FEWEST_NARROW = 2
_LONGEST = 200  # code points of a line
_FEWEST_LINES = 2


def part_columns(text: str) -> Iterator[Edit]:
    """One edit a gap between two cells."""
    if " " not in text and "　" not in text and "|" not in text and "｜" not in text:
        return
    apart = list(_tables(text, _gaps))
    yield from (Edit(*gap, "\t", REASON) for gap in apart)
    taken = {gap.start for gap in apart}
    yield from (Edit(*gap, "\t", REASON) for gap in _tables(text, _narrow_gaps) if gap.start not in taken)


def _tables(text: str, gaps_of: Callable[[str, int, str], Sequence[Span]]) -> Iterator[Span]:
    """The gaps of lines that stand one below the other with as many each."""
    table: list[Sequence[Span]] = []
    start = 0
    for line in (*text.split("\n"), ""):
        gaps = gaps_of(text, start, line)
        if table and len(gaps) != len(table[0]):
            yield from _of_table(text, table)
            table = []
        if gaps:
            table.append(gaps)
        start += len(line) + 1


def _of_table(text: str, table: Sequence[Sequence[Span]]) -> Iterator[Span]:
    if len(table) < _FEWEST_LINES:
        return
    wide = any(_is_wide(text, gap) for gap in table[0])
    figures = _DIGIT.search(text, table[0][-1].end, text.find("\n", table[-1][-1].end) + 1 or len(text))
    if wide or (figures and _are_heads(text, table[0])):
        yield from (gap for gaps in table for gap in gaps)


def _is_wide(text: str, gap: Span) -> bool:
    return text[slice(*gap)] != " "


def _are_heads(text: str, gaps: Sequence[Span]) -> bool:
    start = text.rfind("\n", 0, gaps[0].start) + 1
    end = text.find("\n", gaps[-1].end)
    cells = zip((start, *(gap.end for gap in gaps)), (*(gap.start for gap in gaps), end), strict=True)
    return all(_HEAD.fullmatch(text, *cell) for cell in cells)


def _gaps(text: str, start: int, line: str) -> Sequence[Span]:
    """The gaps between the cells of a line; none where it is no row."""
    barred = "|" in line or "｜" in line
    if not (barred or "　" in line or "  " in line) or len(line) > _LONGEST or _NO_ROW.search(line) or holds_box(line):
        return ()
    pattern = _BAR if barred else _GAP
    return [Span(*found.span()) for found in pattern.finditer(text, start, start + len(line))]


def _narrow_gaps(text: str, start: int, line: str) -> Sequence[Span]:
    """The blanks of a line that single ones divide into three cells and more, where none may part the thousands of a figure."""
    if line.count(" ") < _FEWEST_NARROW or len(line) > _LONGEST or _NO_ROW.search(line) or holds_box(line) or _NO_NARROW.search(line):
        return ()
    return [Span(*found.span()) for found in _NARROW_GAP.finditer(text, start, start + len(line))]
