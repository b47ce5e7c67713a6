"""Conditions on a level that the applicant answers: 要求：已完成基础级备案。 / 自查：2025年4月已备案，符合。

The condition's words are the rule's; that they hold is said by the answer, which stands in the same row, in the field below, or in the
sentence behind. An answer that only says that the filing is under way, or nothing at all, makes no level held.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from docproc.extract import FormField
from docproc.model import Span
from extractors.grades.factory_levels import FactoryLevel, find_factory_levels
from extractors.grades.reading import is_bound
from extractors.grades.statements import Statement, clause_before
from extractors.grades.states import read_state
from extractors.words.lexicon import one_of, patterns

_WORDS = "levels"
_NEXT = re.compile(r"[。；;\s]*")
_REMARKS = re.compile("说明|备注|佐证|证明|材料|依据")
_OWN_CLAUSE = re.compile(r"[，,；;](?P<given>(?:对此|目前|现|而|其中)*(?:我|本)(?:公司|企业|单位|厂|司|集团)[^。]*)")
_RULES = re.compile("必?须|应[当先具获完]|应$|需[先要完具]|要求|前提|条件|规定|方可|方能|才能")
FARTHEST = 12  # code points between a condition and the label of its answer


class Answered(NamedTuple):
    """A level that a condition asks for and the applicant's answer confirms."""

    level: FactoryLevel
    whole: Span  # from the condition to the end of the answer
    answer: Span


def condition_answered(text: str, statement: Statement) -> Answered | None:
    """The level of a condition that the applicant meets; None where the statement is no condition, or nothing says that it is met."""
    field = statement.field
    if field is None:
        return _of_sentence(text, statement)
    if _conditions(field.label) and not _is_answer(field.label):
        told = _level_in(text, field.value_span)
        answer = next((other for other in statement.near if _answers(text, field, other)), None)
        if told is None or answer is None or not _met(_given(answer), own=True):
            return None
        return Answered(told, Span(field.value_span.start, answer.value_span.end), answer.value_span)
    told = _level_in(text, field.label_span)
    if told is None or not (_met(_given(field), own=False) or _granted(field)):
        return None
    return Answered(told, Span(field.label_span.start, field.value_span.end), field.value_span)


def _of_sentence(text: str, statement: Statement) -> Answered | None:
    """条件：已完成基础级备案。符合，2025年4月完成。"""
    within = _within_sentence(text, statement)
    if within is not None:
        return within
    opened = re.compile(r"[ 　\d一二三四五六七八九十.、（）()]*([^：:，。；]{2,8})[：:]").match(text, *statement.span)
    if opened is None or not _conditions(opened[1]) or not statement.after:
        return None
    told = _level_in(text, Span(opened.end(), statement.span.end))
    answer = re.match(r"[ 　]*(?:(?P<label>[^：:，。；]{2,8})[：:])?(?P<given>[^。；]*)", statement.after)
    if told is None or answer is None or (answer["label"] and not _is_answer(answer["label"])):
        return None
    if not _met(answer["given"], own=answer["label"] is not None):
        return None
    end = statement.span.end
    return Answered(told, Span(opened.end(), end + answer.end()), Span(end + answer.start("given"), end + answer.end()))


def _within_sentence(text: str, statement: Statement) -> Answered | None:
    """申报先进级须先完成基础级备案，我公司已于2024年5月备案: the rule, and the applicant's answer in a clause of its own."""
    own = _OWN_CLAUSE.search(text, *statement.span)
    if own is None or next(find_factory_levels(text, *own.span()), None) is not None:
        return None
    rule = Span(statement.span.start, own.start())
    told = _level_in(text, rule) if _RULES.search(text, *rule) else None
    if told is None or not _met(own["given"], own=True):
        return None
    return Answered(told, Span(told.span.start, own.end()), Span(*own.span("given")))


def _level_in(text: str, span: Span) -> FactoryLevel | None:
    """The one level that a condition asks to be held, in a clause that says so: 已完成基础级备案."""
    start = span.start
    for level in find_factory_levels(text, *span):
        whole = Statement(Span(start, span.end))
        words = clause_before(text, whole, level.span.start) + text[level.span.start : span.end]
        start = level.span.end
        asked = patterns(_WORDS, "condition_held_patterns").search(words)
        if asked and not patterns(_WORDS, "condition_stops_patterns").search(words) and not is_bound(text, whole, level.span):
            return level
    return None


def _answers(text: str, condition: FormField, other: FormField) -> bool:
    """Whether a field is the answer right behind a condition."""
    gap = text[condition.value_span.end : other.label_span.start] if other.label_span.start >= condition.value_span.end else None
    return gap is not None and len(gap) <= FARTHEST and _NEXT.fullmatch(gap) is not None and _is_answer(other.label)


def _given(field: FormField) -> str:
    return field.ticked[0] if field.options and field.ticked else "" if field.options else field.value


@lru_cache(maxsize=4096)
def _conditions(label: str) -> bool:
    return patterns(_WORDS, "condition_labels_patterns").search(label) is not None


@lru_cache(maxsize=4096)
def _is_answer(label: str) -> bool:
    return (
        patterns("maturity", "own_part_labels_patterns").search(label) is not None
        or one_of("grades", "answering_headings").search(label) is not None
    )


def _granted(condition: FormField) -> bool:
    """Whether a condition asks for a grant and nothing further, and its answer tells of one: 完成基础级备案 | 已完成，备案号…."""
    answer = _given(condition)
    if _REMARKS.search(condition.column):
        return False  # 符合 | 2024年8月备案: the answer stands in a column of its own
    if read_state(answer) is not None or patterns(_WORDS, "condition_unmet_patterns").search(answer):
        return False
    asked = patterns(_WORDS, "condition_granted_patterns").search(condition.label)
    return asked is not None and patterns(_WORDS, "condition_granted_told_patterns").search(answer) is not None


def _met(answer: str, *, own: bool) -> bool:
    """Whether an answer says that a condition holds; `own`: one that the applicant gives in its words (2025年4月已备案)."""
    if read_state(answer) is not None or patterns(_WORDS, "condition_unmet_patterns").search(answer):
        return False
    return patterns(_WORDS, "condition_met_told_patterns" if own else "condition_met_patterns").search(answer) is not None
