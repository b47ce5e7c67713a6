"""Of a state that a form gives for several periods, the one that holds now: 企业规模 | 上年度 小型 | 本年度 中型.

A figure belongs to its year, each to its own; a class or a standing holds now, and what it was before is a former state.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from docproc.extract import FormField
from docproc.model import Span, Status
from extractors.changes import AFTER, BEFORE
from extractors.measures.years import year_of
from extractors.words.lexicon import rules

_NOW, _BEFORE = 9999, 0  # the ranks of what is told to hold now, and before
_PERIOD_BEFORE_VALUE = re.compile(r"(?P<when>(?:上|本|去|今)(?:一)?年度?|(?:19|20)\d\d年度?|上期|本期)(?:为|是)?[：: 　]*")
_NOW_HEAD = re.compile(r"(?:本|今)年(?:度|末)?|现(?:状|在)|目前|当前")
_BEFORE_HEAD = re.compile(r"(?:上|去|前)一?年(?:度|末)?|原(?:来|先)?|以前|此前")
_BRACKET = re.compile(r"[（(][^（()）]*[）)]")
_DATED_LABEL = re.compile(r"[（(](?:19|20)\d\d年?(?:度|末|底)?[）)]")
_rule = rules("figures")


def standing(fields: Sequence[FormField]) -> dict[Span, Status]:
    """The status that its period leaves each value (by its place), of fields that ask about one state; one period alone leaves it open."""
    same: defaultdict[Span | str, list[tuple[int, FormField]]] = defaultdict(list)
    found: dict[Span, Status] = {}
    for field in fields:
        when = _when(field)
        rank = _rank(when)
        if rank is not None and _rule("plans").search(when):
            found[field.value_span] = Status.PLANNED
        elif rank is not None:
            same[_BRACKET.sub("", field.label) if when == field.label else field.label_span].append((rank, field))
    for entries in same.values():
        last = max(rank for rank, _ in entries)
        found.update({field.value_span: Status.SUPERSEDED for rank, field in entries if rank < last})
    return found


def without_period(answer: str) -> str:
    """上年度：小型 without when it holds."""
    led = _PERIOD_BEFORE_VALUE.match(answer)
    return answer[led.end() :] if led and led.end() < len(answer) else answer


def plain_topic(label: str) -> str:
    """变更后企业规模 asks about 企业规模."""
    return label.removeprefix(BEFORE).removeprefix(AFTER)


def _when(field: FormField) -> str:
    """The words that say when a value holds."""
    if field.column:
        return field.column
    led = _PERIOD_BEFORE_VALUE.match(field.value)
    if led is not None:
        return led["when"]
    if _DATED_LABEL.search(field.label):  # 企业规模（2024年）
        return field.label
    return next((when for when in (BEFORE, AFTER) if field.label.startswith(when)), "")


@lru_cache(maxsize=4096)
def _rank(when: str) -> int | None:
    if not when:
        return None
    if when == BEFORE or _rule("column_before").search(when) or _BEFORE_HEAD.fullmatch(when):
        return _BEFORE
    if when == AFTER or _NOW_HEAD.fullmatch(when):
        return _NOW
    year = year_of(when)
    return year if year is not None else _NOW if _rule("column_now").fullmatch(when) else None
