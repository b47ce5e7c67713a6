"""Rows of comma-separated values as exports write them (RFC 4180): 企业名称,职工人数 over 天津某某有限公司,327.

Nothing in a row says by itself that it is none of prose: what it needs is a line of heads above it with as many cells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from docproc.model import Span

_CELL = re.compile(r'"(?P<quoted>(?:[^"\n]|"")*)"[ ]*(?=,|$)|(?P<plain>(?!")[^,\n]*)')
_FULL_WIDTH = re.compile("，")
_HEAD = re.compile(
    r"[ ]*(?:(?:19|20)\d\d年?(?:度|末)?"
    r"|(?![^,]*[的了在于我])(?:(?:19|20)\d\d年(?:度|末)?)?"
    r"[\u3400-\u9fffA-Za-z/、]{1,16}(?:[（(][^（()）,]{1,10}[)）])?(?:[\u3400-\u9fff]{1,6})?)[ ]*"
)
_PROSE = re.compile("[。！？；]")
LEAST_FULL_WIDTH = 3  # cells of a row that full-width commas divide: two are any clause and the next
LONGEST = 600  # of a row
FARTHEST = 300  # rows above one in which its heads are looked for


@lru_cache(maxsize=4096)  # a row is asked about from each of those below it
def cells(line: str) -> tuple[Span, ...]:
    """Where the cells of a row stand in its line, without their quotation marks; empty where the line is no row."""
    if len(line) > LONGEST or _PROSE.search(line):
        return ()
    if "，" in line:  # an export that an editor has typed over: 企业名称，职工人数，资产总额（万元）
        ends = [found.start() for found in _FULL_WIDTH.finditer(line)] + [len(line)]
        starts = [0, *(end + 1 for end in ends[:-1])]
        return tuple(map(Span, starts, ends)) if len(ends) >= LEAST_FULL_WIDTH else ()
    if "," not in line:
        return ()
    found: list[Span] = []
    position = 0
    while position <= len(line):
        cell = _CELL.match(line, position)
        if cell is None:
            return ()
        found.append(Span(*cell.span("plain" if cell["quoted"] is None else "quoted")))
        position = cell.end() + 1
        if position <= len(line) and line[position - 1] != ",":
            return ()
    return tuple(found)


@lru_cache(maxsize=4096)
def are_heads(line: str) -> bool:
    """Whether a row holds nothing but heads: words without figures and sentences, or years."""
    places = cells(line)
    return len(places) > 1 and all(_HEAD.fullmatch(line, *place) for place in places)


def is_row_below(above: Sequence[str], line: str) -> bool:
    """Whether a line is a row under the heads that the lines right above it (from the top down) begin with."""
    width = len(cells(line)) if above else 0
    if width < 2 or len(cells(above[-1])) != width:
        return False
    for other in reversed(above[-FARTHEST:]):
        if len(cells(other)) != width:
            return False
        if are_heads(other):
            return True
    return False
