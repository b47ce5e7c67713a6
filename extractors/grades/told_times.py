"""Which of two levels holds now where the text gives both their time: 2025年为三级，上年为二级; 2022年为一级，2024年为二级.

The clause of a level tells its time by a year or by a word (此前, 上年, 今年, 目前), or a bracket behind the level does. Whichever is told
first, the later state holds.
"""

from __future__ import annotations

import re

from docproc.extract import Match

_WHEN = re.compile(
    r"(?P<year>(?:19|20)\d\d)年|(?P<past>此前|先前|原先|早先|早前|(?<!在此)之前(?!述)|上一?年度?|去年|前年|往年|上一?次|前次|上一?期|上一?轮|前一?[次轮期]"
    r"|(?:首次|初次|第一次)(?:自?评估?|自?诊断|测评|评价)时?|初评|(?:改造|建设|实施|升级|整改)前)"
    r"|(?P<now>现(?![场代状])|目前|当前|今年|本年度?|本次|此次|本期|如今|最新|[本此这]轮|复评|(?:改造|建设|实施|升级|整改)后)"
)
_YEAR_BEHIND = re.compile(r"(?:水平)?[ ]?[（(]?(?P<year>(?:19|20)\d\d)年?(?:度|评估|自评估?)?[）)]")
_CLAUSE_ENDS = re.compile(r"[，,。；;\n\t]")
_AND = re.compile(r"[ ]?(?:[、和及与到至]|以及)[ ]?")
_ONE_BY_ONE = re.compile(r"(?:先后|陆续|依次|相继|逐级|逐步)[^，。；]*$")
_AIM = re.compile(r"(?:(?:19|20)\d\d年|年内|年度内)[^，。；]{0,10}(?:达到?|升至|提升至|提升到|升级到|实现)[^，。；\d]{0,10}$")
_REACHED = re.compile("已|经|获|通过|取得|评估|评定|完成")
_SCORED = re.compile(r"得分|总分|分数|\d[.．]\d")
PAST, NOW = -1, 10_000  # before and after every year
LEAD_REACH = 40  # code points before a level in which its clause tells its time


def earlier_told(text: str, first: Match, second: Match) -> Match | None:
    """The one of two levels (`second` stands behind `first`) that the other has followed; None where the text does not tell."""
    between = text[first.spans[-1].end : second.spans[-1].start]
    if "\n\n" in between:
        return None
    lead = text[max(0, first.spans[-1].start - LEAD_REACH) : first.spans[-1].start]
    if _AND.fullmatch(between) and _ONE_BY_ONE.search(lead):
        return first if int(first.value) < int(second.value) else None
    told, then = _when(text, first), _when(text, second)
    if told is None or then is None or told == then:
        return None
    if _SCORED.search(between) and {told, then}.isdisjoint((PAST, NOW)):
        return None  # 2022年评估得分1.72（一级），2024年评估得分2.31（二级）: two findings, each with its own score
    early, late = (first, second) if told < then else (second, first)
    return early if PAST in (told, then) or int(early.value) < int(late.value) else None


def earlier_score(text: str, first: Match, second: Match) -> Match | None:
    """The one of two scores that is of before, where words tell so: 得分去年为1.52，今年为2.31."""
    between = text[first.spans[-1].end : second.spans[-1].start]
    told, then = _when(text, first), _when(text, second)
    if "\n" in between or told == then or PAST not in (told, then):
        return None
    return first if told == PAST else second


def is_aim(text: str, first: Match, second: Match) -> bool:
    """目前为二级，2026年达到三级: a higher level in a year, with nothing that says it was reached, beside one that holds now."""
    if int(second.value) <= int(first.value) or _when(text, first) != NOW:
        return False
    lead = _CLAUSE_ENDS.split(text[max(0, second.spans[-1].start - LEAD_REACH) : second.spans[-1].start])[-1]
    return _AIM.search(lead) is not None and _REACHED.search(lead) is None


def _when(text: str, entry: Match) -> int | None:
    """The time of a level: its year, `PAST` or `NOW`; None where its clause tells none."""
    span = entry.spans[-1]
    if behind := _YEAR_BEHIND.match(text, span.end):
        return int(behind["year"])
    lead = _CLAUSE_ENDS.split(text[max(0, span.start - LEAD_REACH) : span.start])[-1]
    told = None
    for found in _WHEN.finditer(lead):
        told = int(found["year"]) if found["year"] else PAST if found["past"] else NOW
    return told
