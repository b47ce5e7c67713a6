"""What repeats round the text of a PDF's pages: running headers and footers, page numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from docproc.model import Role
from docproc.readers.pdf_lines import Row

_EDGE = 0.10  # of the page's height: where a header, footer or page number may stand
_OUTER = 0.075  # where no body text stands
_SAME_PLACE = 4.0
_PAGE_NUMBER = re.compile(
    r"[-—–―－·•~\s]*(?:"
    r"\d{1,3}|[ivxlcIVXLC]{1,6}"
    r"|第?[\d一二三四五六七八九十百]{1,5}[页頁](?:[/／,，、]?[共总總全]?[\d一二三四五六七八九十百]{1,5}[页頁])?"
    r"|\d{1,4}[/／]\d{1,4}|[Pp]age\d{1,4}(?:of\d{1,4})?"
    r")[-—–―－·•~\s]*"
)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Margins:
    """The free lines of one page (from top to bottom), its height, and the size of its body text in points."""

    rows: Sequence[Row]
    height: float
    body: float


def running(pages: Sequence[Margins]) -> list[dict[int, Role]]:
    """For each page, the roles of those of its lines (by position) that are not part of its text."""
    result: list[dict[int, Role]] = []
    edges = [{position: edge for position, row in enumerate(page.rows) if (edge := _edge(page, row)) is not None} for page in pages]
    keys = [
        [(_DIGITS.sub("#", page.rows[position].text), page.rows[position]) for position in edge]
        for page, edge in zip(pages, edges, strict=True)
    ]
    for number, page in enumerate(pages):
        neighbours = [key for at in (number - 2, number - 1, number + 1, number + 2) if 0 <= at < len(pages) for key in keys[at]]
        roles: dict[int, Role] = {}
        for position, edge in edges[number].items():
            row = page.rows[position]
            if _PAGE_NUMBER.fullmatch(row.text):
                roles[position] = Role.PAGE_NUMBER
            elif _repeats(page, row, neighbours):
                roles[position] = edge
        result.append(_outermost(page, roles) if roles else {})
    return result


def _edge(page: Margins, row: Row) -> Role | None:
    middle = row.middle
    if middle < _EDGE * page.height:
        return Role.HEADER
    return Role.FOOTER if middle > (1 - _EDGE) * page.height else None


def _repeats(page: Margins, row: Row, neighbours: Sequence[tuple[str, Row]]) -> bool:
    """Whether a page nearby has the same line at the same place; a heading (larger than the body) is none."""
    outer = min(row.middle, page.height - row.middle) < _OUTER * page.height
    if row.size > page.body + 0.4 or not (outer or row.size < page.body - 0.4):
        return False
    key = _DIGITS.sub("#", row.text)
    return any(
        key == text and abs(row.middle - other.middle) < _SAME_PLACE and abs(row.size - other.size) < 0.6 for text, other in neighbours
    )


def _outermost(page: Margins, roles: dict[int, Role]) -> dict[int, Role]:
    """Only lines with no text between them and the page's edge; small print in the outer margin is passed over."""
    kept: dict[int, Role] = {}
    for positions in (range(len(page.rows)), range(len(page.rows) - 1, -1, -1)):
        for position in positions:
            if position in roles:
                kept[position] = roles[position]
            elif not _small_print(page, page.rows[position]):
                break
    return kept


def _small_print(page: Margins, row: Row) -> bool:
    return row.size < page.body - 0.4 and min(row.middle, page.height - row.middle) < _OUTER * page.height
