"""A column of marks beside options that stand one below the other, under a head that asks for the mark.

    申报类别              选择（√）
    智能工厂（基础级）
    智能工厂（先进级）    √
    智能工厂（卓越级）

The head beside the one that asks for the mark says what is asked; without a row of heads the caption does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from docproc.extract import FormField, Option
from docproc.model import Span
from extractors.forms.boxes import boxes
from extractors.forms.cells import Row
from extractors.forms.marks import asks_to_mark, is_mark
from extractors.forms.option_words import names_option
from extractors.forms.pieces import KEPT, Label, label_of
from extractors.words.lexicon import words

_IN_BRACKET = re.compile(r"[^（()）]{0,12}[（(](?P<option>[^（()）]{2,8})[）)]")
_CROSSES = frozenset(words("fields", "crosses"))
LONGEST_HEAD = 14


def ticked_rows(rows: Sequence[Row], first: int, caption: str, heading: str) -> tuple[FormField | None, int]:
    """The field of the rows from `first` on, and how many rows it takes: none and 0 where they are no options with marks beside them."""
    head = rows[first]
    marks = _mark_column(head)
    if marks is not None:
        options = 1 if marks == 0 else marks - 1
        label, begin = label_of(head[options]), first + 1
    elif caption and len(head) == 2 and _is_option(head[0].text) and _is_marked(head, 1):
        marks, options, begin = 1, 0, first
        label = Label(caption, Span(head[0].start, head[0].start))
    else:
        return None, 0
    last = begin
    while last < len(rows) and max(marks, options) <= len(rows[last]) and _is_entry(rows[last], options, marks):
        last += 1
    entries = [(row[options], row[marks].text if marks < len(row) else "") for row in rows[begin:last]]
    if len(entries) < 2 or not any(map(_ticked, (mark for _, mark in entries))):
        return None, 0
    chosen = tuple(Option(_option(cell.text), _ticked(mark), cell.span) for cell, mark in entries)
    ticked = "、".join(option.text for option in chosen if option.ticked)
    span = Span(chosen[0].span.start, max(rows[last - 1][-1].end, chosen[-1].span.end))
    return FormField(label.text, ticked, label.span, span, chosen, caption, label.unit, "", heading, label.required), last - first


def _mark_column(head: Row) -> int | None:
    """The column whose head asks for the mark, at either end; None where none does."""
    if not 2 <= len(head) <= 4:
        return None
    last = len(head) - 1
    place = last if _asks(head[last].text) else 0
    if not place and not _asks(head[0].text):
        return None
    other = head[place - 1 if place else 1].text
    return place if other and not _is_option(other) else None


@lru_cache(maxsize=KEPT)
def _asks(head: str) -> bool:
    return 0 < len(head) <= LONGEST_HEAD and asks_to_mark(head)


def _is_entry(row: Row, options: int, marks: int) -> bool:
    return options < len(row) and _is_option(row[options].text) and _is_marked(row, marks)


def _is_marked(row: Row, marks: int) -> bool:
    return marks >= len(row) or not row[marks].text or row[marks].text in _CROSSES or is_mark(row[marks])


@lru_cache(maxsize=KEPT)
def _is_option(text: str) -> bool:
    return names_option(_option(text))


@lru_cache(maxsize=KEPT)
def _option(text: str) -> str:
    """The option of a cell: 智能工厂（基础级） is 基础级."""
    found = _IN_BRACKET.fullmatch(text)
    return found["option"] if found and names_option(found["option"]) else text


def _ticked(mark: str) -> bool:
    """Whether a cell's mark chooses its option; beside ticks a cross does not."""
    return bool(mark) and mark not in _CROSSES and boxes(mark, 0, len(mark))[0].ticked
