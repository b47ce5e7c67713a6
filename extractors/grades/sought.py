"""Levels that are only assessed for: 申请三级评估, 签订三级评估合同, 三级评估，现场评审未通过.

A level that names an assessment is held by who passed it. What is done about the assessment (applied for, commissioned, taken part in) says
nothing of its outcome; that stands further on in the sentence, or nowhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docproc.model import Span, Status
from extractors.grades.reading import NONE, Reading, read_grade
from extractors.grades.statements import Statement, clause_before
from extractors.words.lexicon import patterns

if TYPE_CHECKING:
    from spacy.tokens import Doc

_WORDS = "grades"
OUTCOME_REACH = 80  # code points behind the level in which the outcome is told


def read_level(doc: Doc, statement: Statement, span: Span) -> Reading:
    """The reading of a level of maturity (`read_grade`), where one that is only assessed for is none that is held."""
    reading = read_grade(doc, statement, span)
    if not reading.asserted:
        return reading
    if patterns(_WORDS, "partial_patterns").search(doc.text, *statement.span) or _failed(doc.text, statement, span):
        return NONE
    return Reading(Status.PLANNED) if _sought(doc.text, statement, span) else reading


def _failed(text: str, statement: Statement, span: Span) -> bool:
    """Whether a level names an assessment that was not passed."""
    if not _named(text, statement, span) or _obtained(clause_before(text, statement, span.start)):
        return False
    rest = _rest(text, statement, span)
    failed = patterns(_WORDS, "failed_after").match(rest)
    return failed is not None and not _passed(rest[failed.end() :])


def _sought(text: str, statement: Statement, span: Span) -> bool:
    """Whether a level is applied for, or named as that of an assessment whose outcome is not told."""
    before = clause_before(text, statement, span.start)
    if patterns(_WORDS, "assessment_errand_after").match(text[span.end : statement.span.end]):  # 三级评估费用
        return not _passed(_rest(text, statement, span))
    asked = patterns(_WORDS, "assessment_sought_before").search(before) if _named(text, statement, span) else None
    asked = asked or patterns(_WORDS, "level_sought_before").search(before)
    if asked is None or _passed(_rest(text, statement, span)):
        return False
    modifier = "的" in asked.group() and _obtained(before[: asked.start()])  # 通过工信部组织的三级认证
    return not modifier and not _obtained(asked.group())


def _named(text: str, statement: Statement, span: Span) -> bool:
    return patterns(_WORDS, "assessment_named_after").match(text[span.end : statement.span.end]) is not None


def _obtained(before: str) -> bool:
    return patterns(_WORDS, "obtained_before").search(before) is not None


def _rest(text: str, statement: Statement, span: Span) -> str:
    return text[span.end : min(statement.span.end, span.end + OUTCOME_REACH)]


def _passed(rest: str) -> bool:
    """Whether what follows says that the assessment was passed, and not that it is to be."""
    for told in patterns(_WORDS, "passed_after").finditer(rest):
        clause = rest[max(rest.rfind(mark, 0, told.start()) for mark in "，。；") + 1 : told.start()]
        if patterns(_WORDS, "not_passed_yet").search(clause) is None:
            return True
    return False
