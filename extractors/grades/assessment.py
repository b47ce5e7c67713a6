"""Statements of one assessment: a level and the score that gives it tell their method once for both.

总分3.55，成熟度等级三级，自评估报告编号…: the score lies in the level's range (GB/T 39117), so the one who found the level gave the score.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from docproc.extract import Match
from docproc.model import Status
from extractors.grades.scale_ranges import level_of_score

REACH = 160  # code points between a score and its level
_NOTE = re.compile(r"[（(]([^（()）]*)[）)][。；]?\s*$")

_SAID_OF = re.compile(
    r"(?:^|[。；;\s])(?:以上|上述|前述|此即|这)(?:数据|得分|分值|分数|结果|各项|内容|均|皆|都|即|就)*(?:为|是|系)([^。；]*)"
)
_MODEL = re.compile(r"(?:^|[；;，,。])[ ]?(?:评估|所用|采用)?(?:模型|依据|标准|评估标准|评估依据|体系)(?:为|是|[：:])([^，。；]*)")
# 以上为智能制造能力成熟度第三方评估结果
_ABOVE = re.compile(r"(?:^|[。；;\n])[ 　]*(?:以上|上述)(?:[^，。；：]{0,6}?)(?:均|皆|都)?(?:为|系|是|属于?)([^，。；\n]*)")


class ByPlace:
    """Some matches in the order of their places, to be asked for those that begin in a stretch."""

    def __init__(self, found: Iterable[Match]) -> None:
        self._found = sorted(found, key=_start)
        self.longest = max((entry.spans[-1].end - entry.spans[-1].start for entry in self._found), default=0)

    def between(self, start: int, end: int) -> Sequence[Match]:
        """Those that begin in start:end."""
        return self._found[bisect_left(self._found, start, key=_start) : bisect_left(self._found, end, key=_start)]


def _start(entry: Match) -> int:
    return entry.spans[-1].start


def closing_note(after: str) -> str:
    """What closes a paragraph and says of what scale its levels are: （均为智能制造能力成熟度）, 模型：智能制造能力成熟度, 以上为…."""
    found = _NOTE.search(after) or _MODEL.search(after) or _SAID_OF.search(after) or _ABOVE.search(after)
    return found[1] if found else ""


def of_one_assessment(text: str, found: Sequence[Match]) -> list[Match]:
    """The matches, where one lacks its method with that of the level or score of the same assessment beside it."""
    told = ByPlace([entry for entry in found if "method" in entry.qualifiers and entry.status is Status.ASSERTED])
    return [entry if "method" in entry.qualifiers else _with_method(text, entry, told) for entry in found]


def _with_method(text: str, entry: Match, told: ByPlace) -> Match:
    """The match with the method of those that tell it of the same assessment, where they agree."""
    if entry.status is not Status.ASSERTED:
        return entry
    start, end = entry.spans[-1]
    near = told.between(start - REACH - told.longest, end + REACH + 1)
    methods = {other.qualifiers["method"] for other in near if other.name != entry.name and _of_one(text, entry, other)}
    return replace(entry, qualifiers={**entry.qualifiers, "method": methods.pop()}) if len(methods) == 1 else entry


def _of_one(text: str, first: Match, second: Match) -> bool:
    level, score = (first, second) if isinstance(first.value, int) else (second, first)
    before, behind = sorted((first.spans[-1], second.spans[-1]))
    if behind.start - before.end > REACH or text.find("\n\n", before.end, behind.start) >= 0:
        return False
    same: bool = level_of_score(Decimal(score.value)) == level.value
    return same
