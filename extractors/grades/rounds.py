"""Rounds of one assessment: 初评二级，终评三级; 送评等级为四级，最终判定为三级; 自评四级，经评审组核定为三级.

A first finding is over where a later round of the same assessment tells another grade; a grade that was only put forward is none. A firm's
own finding stands beside an assessor's, and gives way only to somebody who reviewed it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from enum import Enum

from docproc.extract import Match
from docproc.model import Status
from extractors.words.lexicon import patterns

REACH = 160  # code points between two rounds that are told together
LEAD_REACH = 40  # code points before a grade in which its clause tells the round
_CLAUSE_ENDS = re.compile(r"[，,；;。！？\n\t]")
_WORDS = "rounds"


class _Round(Enum):
    """Which word on a grade it is."""

    SOUGHT = "sought"
    FIRST = "first"
    OWN = "own"
    FINAL = "final"


def without_earlier_rounds(text: str, found: Sequence[Match]) -> list[Match]:
    """The matches: those superseded whose assessment goes on to another grade, those planned that were only put forward."""
    told = [(entry, _round(text, entry)) for entry in found if entry.status is Status.ASSERTED]
    status: dict[int, Status] = {}
    for entry, own in told:
        if own is _Round.SOUGHT or (own is _Round.FIRST and _is_pending(text, entry)):
            status[id(entry)] = Status.PLANNED
        elif own in (_Round.FIRST, _Round.OWN) and any(_replaces(text, entry, own, other) for other, last in told if last is _Round.FINAL):
            status[id(entry)] = Status.SUPERSEDED
    return [replace(entry, status=status[id(entry)]) if id(entry) in status else entry for entry in found]


def opens_final(before: str) -> bool:
    """Whether what stands before a grade begins a clause that tells the last word: 预评三级，正式评估二级."""
    return patterns(_WORDS, "opening_final_patterns").search(before) is not None


def _lead(text: str, entry: Match) -> str:
    """The words that tell of which round a grade is: its label and its clause up to it."""
    start = entry.spans[-1].start
    clause = _CLAUSE_ENDS.split(text[max(0, start - LEAD_REACH) : start])[-1]
    return text[slice(*entry.spans[0])] + clause if len(entry.spans) > 1 else clause


def _round(text: str, entry: Match) -> _Round | None:
    """The round that the nearest word before a grade tells."""
    lead = _lead(text, entry)
    if patterns(_WORDS, "sought_patterns").search(lead):
        return _Round.SOUGHT
    nearest: tuple[int, _Round] | None = None
    for key, name in (("own_patterns", _Round.OWN), ("first_patterns", _Round.FIRST), ("final_patterns", _Round.FINAL)):
        for word in patterns(_WORDS, key).finditer(lead):
            if nearest is None or word.end() > nearest[0]:
                nearest = (word.end(), name)
    return None if nearest is None else nearest[1]


def _replaces(text: str, entry: Match, own: _Round, other: Match) -> bool:
    """Whether the last word on an assessment takes the place of what was found before."""
    if entry.name != other.name or entry.value == other.value:
        return False
    first, second = sorted((entry.spans[-1], other.spans[-1]))
    if second.start - first.end > REACH or "\n\n" in text[first.end : second.start]:
        return False
    if own is _Round.FIRST:
        return True
    assessed = other.qualifiers.get("method") == "third_party"  # 自评二级，第三方核定一级: two findings, side by side
    return not assessed and patterns(_WORDS, "reviewed_patterns").search(_lead(text, other)) is not None


def _is_pending(text: str, entry: Match) -> bool:
    end = entry.spans[-1].end
    return patterns(_WORDS, "pending_patterns").search(text[end : end + REACH].split("\n\n")[0]) is not None
