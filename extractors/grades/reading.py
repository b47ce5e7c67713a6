"""How a grade in a statement is to be read: asserted, planned, demanded, denied, gone. None where it is no statement of a grade at all.

The assertion engine (`doc._.context`) is asked first who speaks; what it leaves asserted is looked at again with the words that mark
plans, bounds, changes and losses of grades.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docproc.model import Span, Status
from extractors.grades.boxes import is_tick
from extractors.grades.changed import changed_status
from extractors.grades.compared import is_compared_with, is_of_others
from extractors.grades.gone import is_gone
from extractors.grades.listed import in_list_of_papers
from extractors.grades.overruled import engine_status
from extractors.grades.planned import beyond_series
from extractors.grades.rounds import opens_final
from extractors.grades.score_rules import without_score_rules
from extractors.grades.statements import Statement, clause_after, clause_before, opening_words
from extractors.grades.steps import stepped
from extractors.words.lexicon import one_of, patterns
from extractors.words.shapes import whole_paper

if TYPE_CHECKING:
    from spacy.tokens import Doc

_NOTE = re.compile(r"(?:智能工厂|智慧工厂|水平|等级)?[ ]?[（(]([^（()）]{1,10})[）)]")
_NOW = re.compile(r"[，,；;](?:现|实)$")
_ON_WHOSE_BASIS = re.compile(
    "(?:根据|按照?|依据|依照|遵照|遵循|执行|参照|对照|响应|(?<![应须需可])(?:达到?|符合|满足|处于|属于?)了?)[^，。；：）)]{0,20}$"
)
_NOTED_NOW = re.compile(r"(?:水平|等级)?[（(](?:现状|现有|当前|目前|实际)[^（()）]{0,4}[）)]")  # 三级（目标），二级（现状）
_PAID = re.compile("(?:已|均|全部|业已)(?:经)?(?:足额)?(?:到账|拨付|兑现|到位|发放|领取|下达)")  # …奖励30万元已到账: no rule on rewards
_FOREIGN = (Status.THIRD_PARTY, Status.QUOTED, Status.HYPOTHETICAL)


@dataclass(frozen=True, slots=True)
class Reading:
    """The status of a grade, or none where it is denied or only a bound."""

    status: Status | None

    @property
    def asserted(self) -> bool:
        return self.status is Status.ASSERTED


NONE = Reading(None)


def read_grade(doc: Doc, statement: Statement, span: Span, *, plans: bool = True) -> Reading:
    """The reading of a grade at a place of a statement. `plans`: whether words of planning count (an application is no plan)."""
    text = doc.text
    before, after = clause_before(text, statement, span.start), clause_after(text, statement, span.end)
    if patterns("grades", "average_patterns").search(before) or _measures(text, statement, span):
        return NONE
    if patterns("grades", "service_after_patterns").match(text[span.end : statement.span.end]):
        return NONE
    step = stepped(text, statement.span, span)
    if step is None and (is_bound(text, statement, span) or patterns("grades", "denial_patterns").search(before)):
        return NONE
    if in_list_of_papers(text, span):
        return NONE
    sentence_before = text[statement.span.start : span.start]
    answers = _answers_rule(text, statement)
    if (_quoted(statement, text) and not answers) or _is_hearsay(text, statement, span):
        return Reading(Status.QUOTED)
    engine = engine_status(doc, statement, span)
    if answers and engine is Status.QUOTED:
        engine = Status.ASSERTED
    if engine in _FOREIGN:
        return Reading(engine)
    if is_gone(text, statement, span) or is_compared_with(text, statement, span):
        return Reading(Status.SUPERSEDED)
    if is_of_others(text, statement, span):
        return Reading(Status.THIRD_PARTY)
    changed = step or changed_status(text, statement, span)
    if changed is not None:
        return Reading(changed)
    governing = "" if _NOTED_NOW.match(after) else _since_present(sentence_before)
    if patterns("grades", "condition_patterns").search(governing):
        return Reading(Status.HYPOTHETICAL)
    if plans and patterns("grades", "plan_openings_patterns").search(opening_words(statement, text)) and governing == sentence_before:
        return Reading(Status.PLANNED)
    if plans and (_is_noted_as_plan(text, span) or patterns("grades", "under_way_after").match(after)):
        return Reading(Status.PLANNED)
    if plans and (patterns("grades", "plan_patterns").search(governing) or beyond_series(statement)):
        return Reading(Status.PLANNED)
    if patterns("grades", "demand_patterns").search(before) or re.match(r"的?(?:目标|要求的)", after):
        return Reading(Status.QUOTED)
    if patterns("grades", "gate_after").match(after) or _is_demanded_cell(statement):
        return Reading(Status.QUOTED)
    if engine is Status.SUPERSEDED:
        return Reading(engine)
    if engine is Status.PLANNED and plans and governing == sentence_before:
        return Reading(engine)
    return Reading(Status.ASSERTED)


def _is_noted_as_plan(text: str, span: Span) -> bool:
    """三级（目标）: the bracket right behind a grade, or at the end of an answer that is one, says that it is still to be reached."""
    note = _NOTE.match(text, span.end) or _NOTE.search(text, max(span.start, span.end - 14), span.end)
    unheld = patterns("grades", "note_unheld_patterns")
    return note is not None and any(unheld.fullmatch(part.strip()) for part in re.split("[，,、；]", note[1]))


def is_bound(text: str, statement: Statement, span: Span) -> bool:
    """Whether a grade only bounds or counts: 二级及以上, 不低于二级, 一级至五级, 三级得15分."""
    after = text[span.end : statement.span.end]
    before = text[statement.span.start : span.start]
    if patterns("grades", "points_after_patterns").match(after):
        return True
    if patterns("grades", "bound_after_patterns").search(after):
        return True
    return not is_tick(statement, span) and patterns("grades", "bound_before_patterns").search(before) is not None  # 2—先进级


def _answers_rule(text: str, statement: Statement) -> bool:
    """要求：成熟度二级及以上。自评估二级，得分2.05。 A bound, then in a sentence of its own what the assessment came to."""
    sentence = text[slice(*statement.span)]
    return (
        patterns("grades", "answer_openings_patterns").match(sentence) is not None
        and patterns("grades", "answer_stops_patterns").search(sentence) is None
        and patterns("grades", "rule_before_answer_patterns").search(statement.before) is not None
    )


def _is_demanded_cell(statement: Statement) -> bool:
    """A cell under 要求 or 条件, where the answer has a column of its own."""
    return (
        statement.field is not None
        and re.fullmatch(r"(?:申报|认定|指标|具体|基本)?(?:要求|条件|标准|目标值?)", statement.field.column) is not None
    )


def _is_hearsay(text: str, statement: Statement, span: Span) -> bool:
    """Whether a grade is only told by others, up to where the sentence says how it really is."""
    told = patterns("grades", "rumour_patterns").search(text, *statement.span)
    return told is not None and not re.search("实际|事实上|实为|其实", text[min(told.end(), span.start) : span.start])


def _measures(text: str, statement: Statement, span: Span) -> bool:
    """Whether a grade is a yardstick, or stands in a rule on who is graded how."""
    before, after = clause_before(text, statement, span.start), text[span.end : statement.span.end]
    if patterns("grades", "yardstick_before").search(before) and patterns("grades", "yardstick_after").match(after):
        return True
    told = statement.label + without_score_rules(text, statement.span)
    if one_of("grades", "own_subject").search(told) or _PAID.search(told):
        return False
    return patterns("grades", "rule_patterns").search(told) is not None


def _quoted(statement: Statement, text: str) -> bool:
    """Whether the heading, the label or the opening words say that these are a rule's or a form's own words."""
    if one_of("grades", "own_subject").search(text, *statement.span):
        return False
    heading = whole_paper(statement.heading.split("\n")[-1])
    if one_of("grades", "quoting_headings").search(heading) and not one_of("grades", "answering_headings").search(heading):
        return True
    opening = opening_words(statement, text)
    quoting = one_of("grades", "quoting_openings").search(opening)
    if quoting is not None and _ON_WHOSE_BASIS.search(opening, 0, quoting.start()):
        return False  # 根据通知要求，申报…: what the firm does, on what it is asked
    return quoting is not None or patterns("grades", "quoting_opening_patterns").match(opening) is not None


def _since_present(before: str) -> str:
    """What of a sentence's beginning still governs: from the last word on that says now."""
    now = _NOW.search(before)  # 目标得分3.0，现得分2.2: the grade's own words begin behind it
    if now is not None:
        return before[now.start() + 1 :]
    if opens_final(before):
        return ""
    once = patterns("grades", "once_planned_patterns").search(before)
    before = before[once.end() :] if once else before
    marks = list(one_of("grades", "present").finditer(before))
    return before[marks[-1].start() :] if marks else before
