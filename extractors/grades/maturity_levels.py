"""Levels of maturity in a statement: in prose, in a field's answer, in a box that is ticked; none that is only defined or sought."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from docproc.extract import FormField
from docproc.model import Status
from extractors.grades.boxes import unticked
from extractors.grades.matters import certified
from extractors.grades.maturity_scale import Grade, bare_level, find_levels, last_scale, of_domain
from extractors.grades.own_scale import WHOLE_ROWS, bare_label, field_scale, is_element, is_own_scale, not_ours
from extractors.grades.questions import answers_elsewhere, asks_of_scale
from extractors.grades.reading import Reading
from extractors.grades.score_rules import in_score_rule
from extractors.grades.sought import read_level
from extractors.grades.statements import Statement
from extractors.words.lexicon import one_of, patterns, vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Doc

_ASKED = re.compile("是否(?:已|已经)?(?:自评估?|评估)?(?:达到?|达成|取得|获得|通过|处于|为)")
_YES = re.compile("(?:是(?!否)|已达到?|达到)(?![^，。；]{0,6}(?:目标|计划|预计))")


def maturity_levels(doc: Doc, statement: Statement) -> Iterator[tuple[Grade, Reading]]:
    """The levels of a statement with how each is to be read; a reading without a status makes no claim."""
    return _field_levels(doc, statement) if statement.field else _prose_levels(doc, statement)


def _prose_levels(doc: Doc, statement: Statement) -> Iterator[tuple[Grade, Reading]]:
    text = doc.text
    for grade in find_levels(text, *statement.span):
        if unticked(text, statement, grade.span) or _defines(text, statement, grade) or of_domain(text, statement.span.start, grade.span):
            continue
        if in_score_rule(text, statement.span, grade.span):
            continue
        if is_own_scale(doc, statement, grade):
            yield grade, read_level(doc, statement, grade.span)


def _defines(text: str, statement: Statement, grade: Grade) -> bool:
    """二级（规范级）：企业采用……, 三级为集成级, 分为五级: a level that is explained, of nobody."""
    if not text[statement.span.start : grade.span.start].strip('　 “"（(') and text[grade.span.end : grade.span.end + 1] in "：:":
        return True
    if one_of("grades", "own_subject").search(text, *statement.span):
        return False
    told = _called().match(text[grade.span.end : grade.span.end + 12])
    named = re.search(r"[一二三四五1-5]级(?:能力等级)?(?:为|是|即|称为|称|对应|叫)[“\"]?$", text[statement.span.start : grade.span.start])
    counted = re.search(r"(?:分为|分|共|设|划分为)$", text[statement.span.start : grade.span.start])
    return bool(told or named or counted)


@cache
def _called() -> re.Pattern[str]:
    names = "|".join(sorted(name for written in vocabulary("maturity")["named"].values() for name in written))
    return re.compile(rf"(?:能力等级)?(?:为|是|即|称为|称|对应|叫)[“\"]?(?:{names})")


def _field_levels(doc: Doc, statement: Statement) -> Iterator[tuple[Grade, Reading]]:
    field = statement.field
    assert field is not None
    text = doc.text
    asked = _asked_level(text, field)
    if asked is not None:
        yield asked, Reading(Status.ASSERTED)
        return
    held = _certified_level(text, field)
    if held is not None:
        reading = read_level(doc, statement, held.span)
        yield held, reading
        return
    if answers_elsewhere(statement):
        return
    if not field.options and bare_level(field.value) is None and next(find_levels(text, *field.value_span), None) is None:
        return
    if re.search(r"目标|计划|规划|预期|下一|路径|路线|步骤", bare_label(field.label)) or not_ours(field.label):
        return
    label = patterns("maturity", "assessor_labels_patterns").sub("", bare_label(field.label))
    if label and one_of("maturity", "level_label_stops").search(label) and last_scale(field.label) is not True:
        yield from _prose_levels(doc, statement) if last_scale(field.value) else ()
        return
    if one_of("maturity", "level_label_stops").search(field.column) or is_element(field):
        return
    if patterns("maturity", "former_columns_patterns").search(field.column):
        return  # 建设前: what the row next to it has changed
    if _sought(field.label):
        return
    if any(bare_level(option.text) is not None for option in field.options):
        if last_scale(field.label) is not False and field_scale(doc, statement):
            for option in field.options:
                value = bare_level(option.text)
                if option.ticked and value is not None:
                    yield Grade(value, option.span), read_level(doc, statement, option.span)
        return
    whole = bare_level(field.value)
    if whole is not None:
        own_part = patterns("maturity", "own_part_labels_patterns").search(field.label)
        if _may_number_page(doc, field):
            return
        if (_names_level(field) or own_part) and field_scale(doc, statement):
            yield Grade(whole, field.value_span), read_level(doc, statement, field.value_span)
        return
    for grade in find_levels(text, *field.value_span):
        if of_domain(text, field.value_span.start, grade.span) or not is_own_scale(doc, statement, grade):
            continue
        told = _names_level(field) or last_scale(text[field.value_span.start : grade.span.start])
        if told or asks_of_scale(statement) or patterns("maturity", "own_part_labels_patterns").search(field.label):
            yield grade, read_level(doc, statement, grade.span)


def _asked_level(text: str, field: FormField) -> Grade | None:
    """智能制造能力成熟度是否达到二级：是: the level of a question that is answered yes; 二级及以上 is a bound."""
    asked = _ASKED.search(field.label)
    if asked is None or last_scale(field.label) is not True:
        return None
    levels = list(find_levels(text, *field.label_span))
    rest = text[levels[0].span.end : field.label_span.end] if len(levels) == 1 else "以上"
    if re.search("以[上下]|目标|计划", rest + field.label) or not _YES.match((field.ticked or (field.value,))[0]):
        return None
    return levels[0]


def _certified_level(text: str, field: FormField) -> Grade | None:
    """智能制造能力成熟度三级（第三方评估）：CMMM-3-2025-0077: the level of a label that the number of its certificate answers."""
    if certified(field) is None or last_scale(field.label) is not True or not_ours(field.label):
        return None
    levels = list(find_levels(text, *field.label_span))
    return levels[0] if len(levels) == 1 else None


def _may_number_page(doc: Doc, field: FormField) -> bool:
    """Whether a bare figure below its label may as well be the number of a page: the last line of its page, or beyond the label's."""
    between = doc.text[field.label_span.end : field.value_span.start]
    if not field.value.isdecimal() or "\n" not in between or doc._.ends_page is None:
        return False
    return bool(doc._.ends_page(field.label_span) or doc._.ends_page(field.value_span))


def _sought(label: str) -> bool:
    return re.search(r"申请|申报|目标|拟|计划|要求|预期|下一", bare_label(label)) is not None


def _names_level(field: FormField) -> bool:
    named = one_of("maturity", "level_labels").search(field.label) or one_of("maturity", "level_labels").search(field.column)
    return bool(named) or field.label in WHOLE_ROWS or last_scale(field.label) is True
