"""Statements of one assessment: a level and the score that gives it tell their method once for both.

总分3.55，成熟度等级三级，自评估报告编号…: the score lies in the level's range (GB/T 39117), so the one who found the level gave the score.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from docproc.extract import Match
from docproc.model import Status
from extractors.grades.scale_ranges import level_of_score

REACH = 160  # code points between a score and its level
_NOTE = re.compile(r"[（(]([^（()）]*)[）)][。；]?\s*$")


def closing_note(after: str) -> str:
    """The bracket that closes a paragraph and says of what scale its levels are: （均为智能制造能力成熟度）."""
    found = _NOTE.search(after)
    return found[1] if found else ""


def of_one_assessment(text: str, found: Sequence[Match]) -> list[Match]:
    """The matches, where one lacks its method with that of the level or score of the same assessment beside it."""
    return [entry if "method" in entry.qualifiers else _with_method(text, entry, found) for entry in found]


def _with_method(text: str, entry: Match, found: Sequence[Match]) -> Match:
    methods = {other.qualifiers["method"] for other in found if "method" in other.qualifiers and _of_one(text, entry, other)}
    return replace(entry, qualifiers={**entry.qualifiers, "method": methods.pop()}) if len(methods) == 1 else entry


def _of_one(text: str, first: Match, second: Match) -> bool:
    if first.name == second.name or Status.ASSERTED is not first.status or first.status is not second.status:
        return False
    level, score = (first, second) if isinstance(first.value, int) else (second, first)
    start, end = sorted((first.spans[-1], second.spans[-1]))
    if end.start - start.end > REACH or "\n\n" in text[start.end : end.start]:
        return False
    return bool(level_of_score(Decimal(score.value)) == level.value)
