"""Grades in a change that a sentence tells, 由二级提升至三级: which one is over and which one holds, or is only planned or asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from docproc.model import Span, Status
from extractors.grades.gone import GRADE
from extractors.grades.statements import Statement, opening_words
from extractors.words.lexicon import one_of, patterns

_NOT_TAKEN = re.compile(r"(?:未|没有|没|不)(?:能|曾|再|予|会)?(?:成功|顺利|按期|如期)?$")  # 现为先进级，暂未升级为卓越级
_ADVISED = re.compile(r"(?:建议|提议|要求|责令|提请)[^，。；]*$")  # 专家组建议将三级调整为二级
_TO_GRADE = re.compile(rf"[^，。；]{{0,14}}?(?:{GRADE.pattern})(?![ ]?(?:[万亿千百元秒吨台倍个次%％米天小]|kW|mm))")
_FROM = re.compile(rf"(?:由|从|自)[^，。；]{{0,14}}?(?P<grade>\d[\d.．]*|{GRADE.pattern})")
# The noun that a clause says has changed, where it is no grade.
_OTHER_SUBJECT = re.compile(
    r"(?:(?![年月日级经]|得分|总分|评[分估]|分值|等级|水平|能力|成熟|智能|结果|现|已|将|拟|计划|力争|预计|争取|本[轮次期]|今|由|从)[\u4e00-\u9fff]){2,16}"
    r"(?:率|数|比|值|量|度|时间|周期|成本|收入|利润|时长|OEE)"
)


def changed_status(text: str, statement: Statement, span: Span) -> Status | None:
    """由二级提升至三级: the first is over where the change has happened, else it still holds and the second is a plan."""
    sentence = text[slice(*statement.span)]
    told = chain(patterns("grades", "change_patterns").finditer(sentence), _verified(sentence))
    changes = [found for found in told if _changes_grade(text, statement, span, found)]
    if not changes:
        return None
    first = text.rfind("，", statement.span.start, span.start) + 1 - statement.span.start  # of several the one of the grade's own clause
    own = [found for found in changes if found.start() >= first and "，" not in text[span.end : statement.span.start + found.start()]]
    change = own[0] if own else changes[0]
    at = statement.span.start + change.start()
    lead = sentence[: change.start()]
    planned = bool(patterns("grades", "plan_patterns").search(re.sub(r"规划级", "", sentence[: change.end()]))) or bool(
        patterns("grades", "plan_openings_patterns").match(opening_words(statement, text))
    )
    if span.start > at and "级" in text[at : max(at, text.rfind("，", at, span.start))]:
        return None  # 应为二级，填报三级有误: the change led to another grade, in a clause before
    planned = planned or _ADVISED.search(lead) is not None
    if asked_step(sentence[: change.end()]) and not patterns("grades", "step_granted_after").match(text[span.end : statement.span.end]):
        if span.start > at and "，" in text[at : span.start]:
            return None  # 申请升级为卓越级未通过，现仍为先进级: told in a clause of its own
        planned = True
    arrow = change.group().strip() in ("→", "=>", "⇒")
    planned = planned or (arrow and re.search(r"[（(](?:计划|目标|拟|预计|规划)", sentence[change.end() :]) is not None)
    origin = (
        arrow
        or re.search(r"(?:由|从|自)[^，。]{0,24}$", text[statement.span.start : span.start]) is not None
        or one_of("grades", "present").search(lead)
    )
    if span.end <= at:
        if not planned:
            return Status.SUPERSEDED
        return Status.ASSERTED if origin else None
    return Status.PLANNED if planned else Status.ASSERTED


def _verified(sentence: str) -> Iterator[re.Match[str]]:
    """原写三级，经核实系二级: what a check found takes the place of what had been written, where the sentence says that something had."""
    written = patterns("grades", "written_before_patterns").search(sentence)
    return iter(()) if written is None else patterns("grades", "verified_patterns").finditer(sentence, written.end())


def _changes_grade(text: str, statement: Statement, span: Span, change: re.Match[str]) -> bool:
    """Whether a change leads to a grade, and not from another one of its own clause: 得分2.31，占比由3.2提升至4.5 leaves the score."""
    at = statement.span.start + change.start()
    if _NOT_TAKEN.search(text[max(statement.span.start, at - 8) : at]):
        return False
    if span.start < at and _TO_GRADE.match(text, statement.span.start + change.end(), statement.span.end) is None:
        return False
    start = max(text.rfind(mark, statement.span.start, at) for mark in "，；,;") + 1
    if start > span.end and _OTHER_SUBJECT.fullmatch(text, start, at):
        return False  # 得分2.05，设备综合效率指数提升到4.2
    origin = _FROM.search(text, start, at) if start > span.end else None
    return origin is None or origin["grade"].replace(" ", "") in text[slice(*span)].replace(" ", "")


def asked_step(before: str) -> bool:
    """申请升级为, 恳请准予由先进级晋升至: a step to the level behind these words that is only asked for."""
    return patterns("grades", "asked_step_patterns").search(before) is not None
