"""Figures that another figure of the same text takes the place of: filled in before a check, or in a paper that is said not to hold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docproc.extract import Match
from docproc.model import Status
from extractors.parties.clauses import clause_at, sentence_at
from extractors.words.anchored import anchored
from extractors.words.lexicon import rules

if TYPE_CHECKING:
    import re

LONGEST_CORRECTION = 160  # code points before it is said that a paper is wrong in which its figure stands
REPLACED_WITHIN = 120  # code points behind a figure in which the one that takes its place is told
_rule = rules("figures")


def without_replaced(text: str, found: list[Match]) -> list[Match]:
    """The figures; one that was filled in is superseded where a later one is what a check found: 原填报3.25亿元。经核对应为3.52亿元."""
    for holds in anchored(_rule("source_holds").pattern).finditer(text) if len(found) > 1 else ():
        found = _of_source(text, found, holds)
    for fails in anchored(_rule("source_fails").pattern).finditer(text) if len(found) > 1 else ():
        found = _of_failed(text, found, fails)
    if anchored(_rule("filled_before").pattern).search(text) is None:
        return found
    return [replace(each, status=Status.SUPERSEDED) if _is_replaced(text, each, found) else each for each in found]


def _of_source(text: str, found: list[Match], holds: re.Match[str]) -> list[Match]:
    """The figures, those superseded that stand beside one of the paper that holds: 自评报告为351人，花名册为349人，以花名册为准."""
    sentence = sentence_at(text, holds.start())
    near = [each for each in found if each.status is Status.ASSERTED and sentence.start <= each.spans[-1].start < holds.start()]
    backed = [each for each in near if holds["source"] in text[clause_at(text, each.spans[-1].start).start : each.spans[-1].start]]
    beaten = {
        id(each)
        for each in near
        if any(each.name == other.name and each.value != other.value for other in backed) and not any(each is other for other in backed)
    }
    return [replace(each, status=Status.SUPERSEDED) if id(each) in beaten else each for each in found]


def _of_failed(text: str, found: list[Match], fails: re.Match[str]) -> list[Match]:
    """The figures, those superseded that stand in the paper that is said to be wrong: 申报书：275人；…应为268人，申报书所填数有误."""
    start = max(0, fails.start() - LONGEST_CORRECTION)
    near = [each for each in found if each.status is Status.ASSERTED and start <= each.spans[-1].start < fails.start()]
    return [
        replace(each, status=Status.SUPERSEDED)
        if any(each is other for other in near)
        and fails["source"] in text[sentence_at(text, each.spans[-1].start).start : each.spans[-1].start]
        and any(
            other.name == each.name
            and other.value != each.value
            and each.spans[-1].end <= other.spans[-1].start
            and _rule("checked_since").search(text, each.spans[-1].end, other.spans[-1].end)
            for other in near
        )
        else each
        for each in found
    ]


def _is_replaced(text: str, each: Match, found: list[Match]) -> bool:
    place = each.spans[-1]
    sentence = sentence_at(text, place.start)
    if each.status is not Status.ASSERTED or _rule("filled_before").search(text, sentence.start, place.end) is None:
        return False
    stop = text.find("\n", place.end)
    stop = min(len(text) if stop < 0 else stop, place.end + REPLACED_WITHIN)
    years = (each.qualifiers.get("year"), None)
    return any(
        (other.name, other.qualifiers.get("kind")) == (each.name, each.qualifiers.get("kind"))
        and other.value != each.value
        and other.status is Status.ASSERTED
        and (other.qualifiers.get("year") in years or years[0] is None)
        and place.end <= other.spans[-1].start < stop
        and _rule("checked_since").search(text, place.end, other.spans[-1].end)
        for other in found
    )
