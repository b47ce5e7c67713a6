"""Levels of maturity that a later assessment has overtaken: 2023年一级，2025年复评二级."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from docproc.extract import Match
from docproc.model import Status
from extractors.grades.assessment import ByPlace
from extractors.grades.maturity_scale import LEVEL, SCORE
from extractors.grades.statements import line_end
from extractors.grades.told_times import earlier_score, earlier_told, is_aim
from extractors.words.lexicon import patterns

if TYPE_CHECKING:
    from spacy.tokens import Doc

LONGEST_CHANGE = 80  # code points between two levels over which the second takes the first one's place
PAST_REACH = 30  # code points before a level in which its clause says that it was the first (初自评一级)
# …；2025年1月16日经第三方评估，已提升至三级: the later clause tells the step as taken
_LIFTED = re.compile(
    r"(?:已|现|(?:19|20)\d\d年|今年)[^。；]{0,40}?(?:提升|晋升|晋级|跃升|升级|升格|升)(?:至|到|为)[^，。；\d]{0,10}$"
    r"|已经?(?:达到?|取得|获得?|通过|为|是|处于)[^，。；\d]{0,10}$"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_NEXT_YEAR = re.compile(r"(?:[（(][^（()）]*[）)])?[，,、；;][ ]?(?:19|20)\d\d年?(?:度)?(?:为|是|达到?|升至|提升至|提升到|[：:])?$")


def _differing_methods(first: Match, second: Match) -> bool:
    """A self-assessment and an assessor's finding stand side by side: neither takes the other's place."""
    methods = {first.qualifiers.get("method"), second.qualifiers.get("method")}
    return None not in methods and len(methods) == 2


def _risen(first: Match, second: Match, between: str) -> bool:
    """2023年一级，经两年改造，2025年二级; 2023年一级，2024年二级: two dated levels, the second higher, in one series."""
    dates = [entry.qualifiers.get("assessed_on") for entry in (first, second)]
    if not all(isinstance(date, str) for date in dates) or str(dates[0]) >= str(dates[1]):
        return False
    if int(first.value) >= int(second.value):
        return False
    return patterns("grades", "improved_patterns").search(between) is not None or _NEXT_YEAR.match(between) is not None


def _lifted(text: str, first: Match, second: Match, between: str) -> bool:
    """2023年为一级；2024年9月已达到二级: the clauses tell an earlier and a later year, the later one that the step was taken."""
    if int(first.value) >= int(second.value) or _LIFTED.search(between) is None or "级" in between[1:].replace("升级", ""):
        return False
    end = first.spans[-1].start
    years = _YEAR.findall(text, text.rfind("\n", 0, end) + 1, end)
    later = _YEAR.findall(between)
    return bool(years and later) and years[-1] < later[-1] and patterns("grades", "plan_patterns").search(between) is None


def without_earlier_states(doc: Doc, found: list[Match]) -> list[Match]:
    """Where a later assessment takes an earlier one's place (复评, 更正), the earlier level no longer holds.

    Two levels that merely differ both stay: a contradiction is the reader's to judge.
    """
    levels = [entry for entry in found if entry.name == LEVEL and entry.status is Status.ASSERTED]
    over: set[int] = set()
    aims: set[int] = set()
    gone = [entry for entry in found if entry.name == LEVEL and entry.status is Status.SUPERSEDED]
    behind = ByPlace(levels)
    gone_behind = ByPlace(gone)
    for first in levels:
        end = first.spans[-1].end
        for second in behind.between(end + 1, end + LONGEST_CHANGE + 1):
            if first.value == second.value:
                continue
            between = doc.text[first.spans[-1].end : second.spans[-1].start]
            if _risen(first, second, between) or _lifted(doc.text, first, second, between):
                over.add(id(first))
            if not _differing_methods(first, second) and (earlier := earlier_told(doc.text, first, second)) is not None:
                over.add(id(earlier))
            if is_aim(doc.text, first, second):
                aims.add(id(second))
            before = re.split(r"[，。；\n]", doc.text[max(0, first.spans[-1].start - PAST_REACH) : first.spans[-1].start])[-1]
            past = patterns("grades", "past_patterns").search(before) or re.search("(?:原|初)自评[^，。]{0,4}$", before)
            if _differing_methods(first, second) and not past:
                continue
            if patterns("grades", "again_patterns").search(between) or past:
                over.add(id(first))
        if any(entry.value == first.value for entry in gone_behind.between(end, line_end(doc.text, end) + 1)):
            over.add(id(first))  # a later step of the same paragraph (由一级到二级的提升) says that the level is over
    over.update(_earlier_scores(doc.text, [entry for entry in found if entry.name == SCORE and entry.status is Status.ASSERTED]))
    status = {**dict.fromkeys(aims, Status.PLANNED), **dict.fromkeys(over, Status.SUPERSEDED)}
    return [replace(entry, status=status[id(entry)]) if id(entry) in status else entry for entry in found]


def _earlier_scores(text: str, scores: list[Match]) -> Iterator[int]:
    behind = ByPlace(scores)
    for first in scores:
        end = first.spans[-1].end
        for second in behind.between(end + 1, end + LONGEST_CHANGE + 1):
            if first.value != second.value and not _differing_methods(first, second):
                earlier = earlier_score(text, first, second)
                if earlier is not None:
                    yield id(earlier)
