"""Cells of a table that its heads keep from being the applicant's present state: 要求, 2027年目标, 变更前, 供应商.

    项目     | 变更前 | 变更后          项目     | 申报要求
    企业规模 | 大型   | 中型            经营异常 | 无

The first head names what the rows are (项目, 指标, behind a running number or not); every other head that says whose, when or
by what rule its column is holds for all of its cells, however the answers in them are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from docproc.model import Span, Status
from extractors.words.lexicon import alternatives, patterns, words
from extractors.words.per_text import once_a_text

_WORDS = "parties"
_DIVIDES = re.compile("[\t|｜]")
_OUTER = " 　*"
_INDEX = frozenset(words("fields", "index_heads"))
_NUMBER = frozenset(words("fields", "number_heads"))
_BRACKET = re.compile(r"[（(][^（()）]*[）)]")
LONGEST_HEAD = 14
LONGEST_DEMAND = 6  # 无, 三级, 小型企业
_STATES = re.compile("[无未不已应须需达]|近[三3]|发生|具有|具备|完成|通过|符合|以上")
_MARK = re.compile("[□■☐☑√✓✔○●]")


class HeadedCell(NamedTuple):
    """A cell, and what the head over it makes of the claims that end in it."""

    span: Span
    status: Status


@once_a_text
@lru_cache(maxsize=2)  # as the other readings of a whole text
def headed_cells(text: str) -> tuple[HeadedCell, ...]:
    """The cells of all tables under such heads, in order."""
    return tuple(_cells(text)) if _DIVIDES.search(text) else ()


def _cells(text: str) -> Iterator[HeadedCell]:
    columns: dict[int, Status] = {}
    count = start = 0
    for line in text.split("\n"):
        cells = _row(line, start)
        start += len(line) + 1
        if len(cells) < 2:
            columns = {}
            continue
        heads = [line_text for line_text, _ in cells]
        if _names_rows(heads):
            columns, count = _columns(tuple(heads)), len(cells)
        elif columns and len(cells) == count and not any(_takes_over(cell) for cell, _ in cells):
            yield from (HeadedCell(cells[place][1], status) for place, status in columns.items() if _is_kept(cells[place][0], status))


def _is_kept(cell: str, status: Status) -> bool:
    """Whether a cell is no statement of the rule's, which `extractors.lines.demands` reads together with its answer."""
    return status is not Status.QUOTED or len(cell) <= LONGEST_DEMAND or _MARK.search(cell) is not None or not _STATES.search(cell)


def _row(line: str, start: int) -> list[tuple[str, Span]]:
    """The cells of a line with TABs or bars, without its outer bars; none of another line."""
    if not ("\t" in line or "|" in line or "｜" in line):
        return []
    mark = "\t" if "\t" in line else "[|｜]"
    found: list[tuple[str, Span]] = []
    begin = 0
    for end in [*(hit.start() for hit in re.finditer(mark, line)), len(line)]:
        found.append((line[begin:end].strip(_OUTER), Span(start + begin, start + end)))
        begin = end + 1
    if mark != "\t":
        found = found[not found[0][0] : len(found) - (not found[-1][0])]
    return found


def _names_rows(heads: Sequence[str]) -> bool:
    """Whether a row is one of heads: it begins with what the rows are, behind a running number or not."""
    return heads[0] in _NUMBER | _INDEX and any(0 < len(head) <= LONGEST_HEAD and _status(head) for head in heads[1:])


@lru_cache(maxsize=256)
def _columns(heads: tuple[str, ...]) -> dict[int, Status]:
    """The columns whose head says that they are not of the applicant now; a relative's only beside the applicant's own."""
    first = 2 if heads[0] in _NUMBER and len(heads) > 2 else 1
    told = {place: status for place, head in enumerate(heads) if place >= first and (status := _status(head)) is not None}
    if any(patterns(_WORDS, "heads_judging").search(head) for head in heads[first:]):
        told = {place: status for place, status in told.items() if status is not Status.QUOTED}
    if any(_is(head, "heads_own") for head in heads[first:]):
        related = (place for place, head in enumerate(heads) if place >= first and _is(head, "heads_related") and not _names_own(head))
        told |= dict.fromkeys(related, Status.THIRD_PARTY)
    return told


@lru_cache(maxsize=1024)
def _status(head: str) -> Status | None:
    if _names_own(head):
        return None
    for key, status in (
        ("heads_limit", Status.QUOTED),
        ("heads_aim", Status.PLANNED),
        ("heads_former", Status.SUPERSEDED),
        ("heads_other", Status.THIRD_PARTY),
    ):
        if _is(head, key):
            return status
    return None


def _names_own(head: str) -> bool:
    """Whether a bracket names the applicant: 子公司（申报单位）."""
    return any(re.search(f"(?:{alternatives(words(_WORDS, 'own'))})", inner) for inner in _BRACKET.findall(head))


def _is(head: str, key: str) -> bool:
    return patterns(_WORDS, key).fullmatch(_BRACKET.sub("", head)) is not None


def _takes_over(cell: str) -> bool:
    """Whether an answer takes the rule's words over: 符合."""
    return patterns(_WORDS, "takes_over").fullmatch(cell) is not None
