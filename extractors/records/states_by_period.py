"""Of a state that a form gives for several periods, the one that holds now: 企业规模 | 上年度 小型 | 本年度 中型.

A figure belongs to its year, each to its own; a class or a standing holds now, and what it was before is a former state.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from docproc.extract import FormField, Match
from docproc.model import Span, Status
from extractors.changes import AFTER, BEFORE
from extractors.measures.years import year_of
from extractors.words.lexicon import rules

STATES = (
    "scale.size_class",
    "scale.above_designated_size",
    "company.legal_person",
    "factory.in_operation",
    "registration.address",
    "factory.address",
)
_NOW, _BEFORE = 9999, 0  # the ranks of what is told to hold now, and before
_PERIOD_BEFORE_VALUE = re.compile(r"(?P<when>(?:上|本|去|今)(?:一)?年度?|(?:19|20)\d\d年度?|上期|本期)(?:为|是)?[：: 　]*")
_NOW_HEAD = re.compile(r"(?:本|今)年(?:度|末)?|现(?:状|在)|目前|当前")
_BEFORE_HEAD = re.compile(r"(?:上|去|前)一?年(?:度|末)?|原(?:来|先)?|以前|此前")
_BRACKET = re.compile(r"[（(][^（()）]*[）)]")
_DATED_LABEL = re.compile(r"[（(](?:19|20)\d\d年?(?:度|末|底)?[）)]")
_rule = rules("figures")


def of_now(claims: Sequence[Match], fields: Sequence[FormField]) -> list[Match]:
    """The claims; a state that its form gives for a period before the last is superseded, one for a period to come is planned."""
    ends = {claim.spans[-1].end for claim in claims if claim.name in STATES and claim.status is Status.ASSERTED and claim.spans}
    topics = {field.label_span for field in fields if field.value_span.end in ends} if ends else ()
    told = _standing([field for field in fields if field.label_span in topics]) if topics else {}
    if not told:
        return list(claims)
    return [
        replace(claim, status=told[claim.spans[-1].end])
        if claim.name in STATES and claim.status is Status.ASSERTED and claim.spans and claim.spans[-1].end in told
        else claim
        for claim in claims
    ]


def _standing(fields: Sequence[FormField]) -> dict[int, Status]:
    """The status that its period leaves each value (by its end), of fields that ask about states; one period alone leaves it open."""
    same: defaultdict[Span | str, list[tuple[int, FormField]]] = defaultdict(list)
    found: dict[int, Status] = {}
    for field in fields:
        when = _when(field)
        rank = _rank(when)
        if rank is not None and (_rule("plans").search(when) or _rule("horizon").match(f"到{rank}年")):
            found[field.value_span.end] = Status.PLANNED
        elif rank is not None:
            same[_BRACKET.sub("", field.label) if when == field.label else field.label_span].append((rank, field))
    for entries in same.values():
        last = max(rank for rank, _ in entries)
        found.update({field.value_span.end: Status.SUPERSEDED for rank, field in entries if rank < last})
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
