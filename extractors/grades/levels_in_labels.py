"""Factory levels that a field's label names itself: 基础级备案号：JC-2025-009, 先进级申报单位：某公司, 基础级 | 已备案 | 2024-03."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docproc.extract import FormField, Match
from docproc.model import Span, Status
from docproc.text.dates import find_dates
from extractors.grades.factory_levels import FactoryLevel, find_factory_levels, level_of
from extractors.grades.honours import below_honours
from extractors.grades.levels_in_prose import APPLICATION, RECOGNITION, held_level, kept
from extractors.grades.matters import certified, certified_label, is_asked_number, is_granted
from extractors.grades.particulars import near_date, particulars
from extractors.grades.reading import read_grade
from extractors.grades.statements import Statement
from extractors.grades.unheld import not_held
from extractors.words.lexicon import one_of, patterns

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BEHIND = re.compile(r"(?<=\d)[ ]?[（(](?:基础级|先进级|卓越级|领航级)(?:智能工厂|智慧工厂)?[）)]$")
_UNCERTAIN_HEAD = re.compile("计划|目标|拟|预计|申报|完成|有效")
LONGEST_HEAD = 24  # code points of a line that may stand over a row
_GRANT_DAY = re.compile(
    r"(?:于)?(?:19|20)\d\d[年.\-/]?[^，。；]{0,8}?(?P<granted>颁发|授予|获得|取得|认定|获评|评定|公布|授牌|获批|入选)?[。；]?"
)
_CERTIFIES = re.compile("(?:兹|特|现|特此|经审核|经评审)*(?:认定|授予|确认|命名|评定)")
_CERTIFIED = re.compile("(?:公司|集团|厂|企业|单位)[ 　]*(?:为|系)?")
# 先进级申报主体：近三年无…事故: what is asked of whoever applies, not who does
_IS_CONDITION = re.compile(r"^(?:近|最近|须|应|需|具[有备]|无|未|不|符合|满足|达到|在[^，。；]{2,10}(?:注册|登记))")


def from_label(doc: Doc, statement: Statement, field: FormField) -> Iterator[Match]:
    """A label that names the level itself: 基础级备案号：JC-2025-009, 先进级申报单位：某公司."""
    if not field.value.strip("/无— -"):
        return
    if level_of(field.label) is None:
        yield from _numbered(doc, statement, field)
        return
    answer = (field.ticked or (field.value,))[0]
    filed = re.search("(?:备案|认定)(?:情况|状态)?$", field.label.strip()) and re.match(
        "(?:已|业已)(?:备案|认定|完成|通过|取得|获)", answer
    )
    for level in list(find_factory_levels(doc.text, *field.label_span))[:1]:
        certificate = certified(field)
        if field.column and certificate is None:
            if one_of("levels", "status_labels").search(field.column):
                yield from _from_status(doc, statement, field, level)
            elif patterns("levels", "date_labels_patterns").search(field.column) and not not_held(doc.text, statement, level.span):
                row = Statement(Span(field.label_span.start, field.value_span.end), None, statement.near, heading=statement.heading)
                yield Match(RECOGNITION, level.value, kept(**particulars(doc, row, level)), Status.ASSERTED, (field.label_span,))
        elif filed:  # 基础级备案：■已备案（2024年6月28日）
            whole = Statement(Span(field.label_span.start, field.value_span.end), None, statement.near, heading=statement.heading)
            yield Match(
                RECOGNITION, level.value, kept(**particulars(doc, whole, level)), Status.ASSERTED, (field.label_span, field.value_span)
            )
        elif (patterns("levels", "label_applied_patterns").search(field.label) and _IS_CONDITION.search(answer) is None) or (
            patterns("levels", "label_filing_patterns").search(field.label.strip())
            and patterns("levels", "handed_in_answers_patterns").match(answer)
        ):
            yield Match(APPLICATION, level.value, {}, Status.ASSERTED, (field.label_span,))
        elif is_asked_number(field.value) and certified_label(field.label):
            yield Match(APPLICATION, level.value, {}, Status.ASSERTED, (field.label_span, field.value_span))
        elif certificate is not None and not not_held(doc.text, statement, level.span) and read_grade(doc, statement, level.span).asserted:
            told = kept(**{**particulars(doc, statement, level), "number": certificate})
            yield Match(RECOGNITION, level.value, told, Status.ASSERTED, (field.label_span, field.value_span))
        elif _honoured(doc.text, statement, field) and not not_held(doc.text, statement, level.span):
            row = Statement(Span(field.label_span.start, field.value_span.end), None, statement.near, heading=statement.heading)
            yield Match(
                RECOGNITION, level.value, kept(**particulars(doc, row, level)), Status.ASSERTED, (field.label_span, field.value_span)
            )
        elif is_granted(field) or (patterns("levels", "label_held_patterns").search(field.label) and re.search(r"\d", field.value)):
            day, number = near_date(doc.text, statement), None
            for mention in find_dates(doc.text, *field.value_span):
                if mention.possible and not patterns("levels", "no_grant_date_patterns").search(
                    doc.text, field.value_span.start, mention.span.start
                ):
                    day = mention.iso
            if patterns("levels", "number_labels_patterns").search(field.label):
                number = re.split(r"[，,；;]", field.value)[0]
            yield Match(RECOGNITION, level.value, kept(granted_on=day, number=number), Status.ASSERTED, (field.label_span,))


def certified_in_words(doc: Doc, statement: Statement, field: FormField) -> Match | None:
    """兹认定：X公司为江苏省先进级智能工厂: a certificate whose words have run into one line behind its verb."""
    level = next(find_factory_levels(doc.text, *field.value_span), None)
    if level is None or field.column or not _CERTIFIES.fullmatch(field.label) or not_held(doc.text, statement, level.span):
        return None
    if _CERTIFIED.search(doc.text, field.value_span.start, level.span.start) is None:
        return None
    whole = Statement(Span(field.label_span.start, field.value_span.end), None, statement.near, heading=statement.heading)
    return held_level(doc, whole, level)


def _numbered(doc: Doc, statement: Statement, field: FormField) -> Iterator[Match]:
    """认定证书编号：XJ-2024-055（先进级智能工厂）: the number of a grant, with the level behind it in a bracket."""
    behind = _BEHIND.search(field.value)
    if behind is None or field.column or not patterns("levels", "label_held_patterns").search(field.label):
        return
    for level in list(find_factory_levels(doc.text, *field.value_span))[:1]:
        if not not_held(doc.text, statement, level.span):
            told = kept(**particulars(doc, statement, level))
            if patterns("levels", "number_labels_patterns").search(field.label):
                told["number"] = field.value[: behind.start()].strip()
            yield Match(RECOGNITION, level.value, told, Status.ASSERTED, (field.label_span, level.span))


def _from_status(doc: Doc, statement: Statement, field: FormField, level: FactoryLevel) -> Iterator[Match]:
    """The row of a ledger under 状态: 基础级 | 已备案 | 2024-03."""
    if patterns("levels", "applying_states_patterns").match(field.value):
        yield Match(APPLICATION, level.value, {}, Status.ASSERTED, (field.label_span, field.value_span))
    elif one_of("levels", "status_held").search(field.value) and not patterns("levels", "not_held_patterns").search(field.value):
        row = Statement(Span(field.label_span.start, field.value_span.end), None, statement.near, heading=statement.heading)
        told = particulars(doc, row, level)
        yield Match(
            RECOGNITION,
            level.value,
            kept(**{**told, "granted_on": told["granted_on"] or _day_in_row(doc, statement)}),
            Status.ASSERTED,
            (field.label_span, field.value_span),
        )


def _honoured(text: str, statement: Statement, field: FormField) -> bool:
    """国家卓越级智能工厂 | 2025年颁发: a row of a list of honours, or one that says of its day that the level was granted then."""
    day = _GRANT_DAY.fullmatch(field.value)
    if day is None or _uncertain(text, field):
        return False
    head = re.match(r"[^ 　：:]{2,10}(?=[ 　：:])", field.label)
    listed = head is not None and patterns("levels", "honour_heads_patterns").search(head[0]) is not None
    if listed or day["granted"] is not None or below_honours(text, field.label_span.start):
        return True
    heads = (other for other in statement.near if not _UNCERTAIN_HEAD.search(other.label + other.value))
    return any(patterns("levels", "date_labels_patterns").search(other.value) for other in heads)  # 证书名称 | 发证日期


def _uncertain(text: str, field: FormField) -> bool:
    """Whether the label, its heading or the line above speaks of an aim or of somebody else."""
    start = text.rfind("\n", 0, field.label_span.start)
    above = text[text.rfind("\n", 0, max(start, 0)) + 1 : max(start, 0)]
    around = (field.label, field.heading, field.group, above if len(above) <= LONGEST_HEAD else "")
    return any(patterns("levels", "uncertain_labels_patterns").search(words) for words in around)


def _day_in_row(doc: Doc, statement: Statement) -> str | None:
    """The day in the cell under 时间 of the same row."""
    for other in statement.near:
        if other.label == other.column and other.label_span == other.value_span and re.search("时间|日期", other.label):
            return next((mention.iso for mention in find_dates(doc.text, *other.value_span) if mention.possible), None)
    return None
