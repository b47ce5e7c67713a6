"""Grades that the text goes on to take away: withdrawn, run out, replaced by a later one, noted as former in their row."""

from __future__ import annotations

import re

from docproc.model import Span
from extractors.grades.statements import Statement, clause_before
from extractors.words.lexicon import one_of, patterns

# A clause on something else than the grade: what was before (原申报书, 前次结果), another title, another grade.
_FORMER = re.compile(
    r"[，,；;。、（( ]?(?:同时|其中|而|并|该?企业|公司|我公司|(?:19|20)\d\d年度?的?)*"
    r"(?:原|旧|前述|此前|先前|之前|其余|其他|前次|上次|前一次|上一|历史)[^，。；]{0,20}$"
)
_OTHER_TITLE = re.compile("数字化车间|绿色工厂|专精特新|小巨人|单项冠军|高新技术|技术中心|示范车间|[5５]G工厂|许可证|承诺书|合同")
GRADE = re.compile(
    r"[一二三四五1-5Ⅰ-Ⅴ][ ]?级|规划级|规范级|集成级|优化级|引领级|基础级|先进级|卓越级|领航级|(?<![\d.．])[0-5][.．]\d{1,3}(?![\d.．])"
)
_OWN_NOTE = re.compile(r"[（(][^（()）]+[）)]$")  # 1.68（已被替代） is one answer
_WOULD = re.compile(r"(?:^|[，。；])(?:如|若|倘|一旦)(?!下|期|图|表|实|何|今)[^。；]*$")  # 如发生重大事故，主管部门将取消该称号


def is_gone(text: str, statement: Statement, span: Span) -> bool:
    """Whether the text goes on to say that the grade was withdrawn or has run out."""
    if _gone_by_row(statement):
        return True
    note = _OWN_NOTE.search(text, *span)
    rest = text[note.start() if note else span.end : statement.span.end] + statement.after[:60]
    lost = list(patterns("grades", "loss_patterns").finditer(rest))
    if not lost or one_of("grades", "renewed").search(rest):
        return False
    return any(_takes_away(text, statement, span, rest, found) for found in lost)


def _takes_away(text: str, statement: Statement, span: Span, rest: str, found: re.Match[str]) -> bool:
    """Whether words of loss in what follows a grade take this grade, neither a condition's nor those of something else."""
    lead = rest[: found.start()]
    if _WOULD.search(lead):
        return False
    if patterns("grades", "not_lost_patterns").search(lead) or re.match(r"[^。]*(?:的，|者，)", lead):
        return False
    return not of_something_else(text, statement, span, lead, found.group())


def of_something_else(text: str, statement: Statement, span: Span, lead: str, loss: str) -> bool:
    """达到二级，前次结果作废; 获评先进级，原基础级备案注销: what is gone is the subject of a clause of its own."""
    start = max(lead.rfind(mark) for mark in "，,；;。：") + 1
    if not start:
        return False
    clause = lead[start:]
    named = {found.group().replace(" ", "") for found in GRADE.finditer(clause)}
    if named:
        return not any(grade in text[slice(*span)].replace(" ", "") for grade in named)
    if _OTHER_TITLE.search(clause):
        return True
    if not _FORMER.match(clause) or not patterns("grades", "replaced_patterns").search(loss):
        return False
    before = clause_before(text, statement, span.start)
    former = patterns("grades", "past_patterns").search(before)
    own = former is not None and GRADE.search(before, former.start()) is None  # 前次自评估为一级，前次结果作废
    return not own and GRADE.search(lead[:start]) is None


def _gone_by_row(statement: Statement) -> bool:
    """2023-05 | 一级 | 已失效: a cell of the same row says that what the row tells is over."""
    field = statement.field
    if field is None or not field.column:
        return False
    return any(
        patterns("grades", "gone_cell_patterns").fullmatch(other.value) is not None
        for other in statement.near
        if other.column == field.column or (other.label == other.column and other.label_span == other.value_span)
    )
