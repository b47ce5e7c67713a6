"""Factory levels in a form's fields: what the label or the column's head asks for, and what the answer or the box beside it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from docproc.extract import FormField, Match
from docproc.model import Span, Status
from extractors.changes import AFTER, BEFORE
from extractors.grades.applied_steps import Step, applied_step
from extractors.grades.conditions import condition_answered
from extractors.grades.factory_levels import FactoryLevel, asks_level, find_factory_levels, level_of, province_of, short_level
from extractors.grades.ladder import both_sought, none_chosen
from extractors.grades.level_labels import kind_by_note, kind_by_question, kind_of_label
from extractors.grades.levels_in_labels import certified_in_words, from_label
from extractors.grades.levels_in_prose import APPLICATION, RECOGNITION, SELF, held_level, kept, levels_in_prose, recognised
from extractors.grades.matters import Matter, matter_of
from extractors.grades.particulars import particulars
from extractors.grades.places import provinces
from extractors.grades.questions import question_before
from extractors.grades.reading import is_bound, read_grade
from extractors.grades.statements import Statement, title
from extractors.grades.states import of_one_column, read_note, read_state, refused_beside, state_beside
from extractors.grades.titles import names_application, title_province
from extractors.grades.unheld import not_held
from extractors.words.lexicon import one_of, patterns

if TYPE_CHECKING:
    from spacy.tokens import Doc

_NOTE = re.compile(r"[（(][^（()）]*[）)]")
_YEAR_COLUMN = re.compile(r"((?:19|20)\d\d)年?")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_TO_COME = re.compile("目标|(?:计划|规划)(?!申)|拟达|预期|下一|[明后来]年|远期")
_OF_APPLYING = re.compile("申|推荐|举荐|遴选|拟")
_INNER_LABEL = re.compile(r"((?:智能工厂)?(?:等级|级别|层级))[：:]")
_NOTE_BEHIND = re.compile(r"[”\"]?(?:智能工厂|智慧工厂)?[”\"]?[（(\[【][^（()）]*[）)\]】][。；]?\s*")


def levels_in_field(doc: Doc, statement: Statement, field: FormField) -> Iterator[Match]:
    """The claims of a field."""
    label = _NOTE.sub("", field.label).strip().removeprefix(AFTER)
    if label.startswith(BEFORE):
        return
    inner = _INNER_LABEL.match(field.value)  # 平台查询结果：等级：先进级
    label = inner[1] if inner and kind_of_label(label) is None else label
    asked = label, _NOTE.sub("", field.column).strip()
    kind = _kind_asked(doc, statement, field, asked)
    otherwise = _told_otherwise(doc, statement, field, label, kind)
    if otherwise is not None:
        yield from otherwise
        return
    kind = _kind_held_or_sought(doc, statement, field, asked, kind)
    if kind is None:
        return
    if kind is APPLICATION and not field.options and (step := applied_step(doc.text, field)) is not None:
        yield from _from_step(doc, statement, field, step)
        return
    yield from _from_answer(doc, statement, field, kind, short=asks_level(label) or asks_level(asked[1]))


def _kind_asked(doc: Doc, statement: Statement, field: FormField, asked: tuple[str, str]) -> str | None:
    """The claim that a field asks for: by its label and the head of its column (`asked`), else by what stands around it."""
    label, column = asked
    kind = kind_by_note(field.label) or kind_of_label(label) or (kind_of_label(column) if column else None)
    kind = kind or _kind_of_generic(doc, statement, column or label)
    kind = kind or (_kind_of_generic(doc, statement, label) if column else None)  # a row of years: 级别 under 2023年
    if kind is None and field.options and patterns("levels", "application_titles_patterns").search(label):
        kind = APPLICATION  # 智能工厂申报书（□基础级 ☑先进级）
    if kind in (None, RECOGNITION) and _of_application(doc, field, label):
        kind = APPLICATION
    if kind is None:
        kind = kind_by_question(question_before(statement), field.value)
    return RECOGNITION if kind is None and _tells_held(field) else kind


def _told_otherwise(doc: Doc, statement: Statement, field: FormField, label: str, kind: str | None) -> Iterator[Match] | None:
    """The claims of a field that is no label of a level with its answer: a question, a matter, a condition, a certificate, prose."""
    if _asks_for_level(field):
        return _from_question(doc, statement, field)
    boxed = any(level_of(option.text) for option in field.options)  # 申请类别：○基础级备案 ●先进级认定 is a choice of levels
    matter = None if boxed else matter_of(statement, label)
    if matter is not None:
        return _from_matter(doc, statement, matter)
    if kind is not None:
        return None
    answered = condition_answered(doc.text, statement)
    if answered is not None:
        row = Statement(answered.whole, None, statement.near, heading=statement.heading)
        told_beside = kept(**particulars(doc, row, answered.level))
        spans = (answered.level.span, answered.answer)
        return iter((Match(RECOGNITION, answered.level.value, told_beside, Status.ASSERTED, spans),))
    granted = certified_in_words(doc, statement, field)
    if granted is not None:
        return iter((granted,))
    return chain(from_label(doc, statement, field), levels_in_prose(doc, statement))


def _kind_held_or_sought(doc: Doc, statement: Statement, field: FormField, asked: tuple[str, str], kind: str | None) -> str | None:
    """The claim that a field makes after all, by what its answer and the fields beside it say; None where it makes none."""
    text, words_ = doc.text, "".join(asked)
    if _TO_COME.search(words_) or (kind is RECOGNITION and re.search("要求|条件|政策|奖励", asked[0])):
        return None
    if kind is APPLICATION and (refused_beside(statement) or _came_to_nothing(field) or _of_an_earlier_year(statement, field)):
        return None
    if kind is APPLICATION and not _OF_APPLYING.search(words_) and (_says_held(text, statement) or _granted_beside(statement)):
        kind = RECOGNITION
    if kind is RECOGNITION and not any(level_of(option.text) for option in field.options):
        state = read_note(text[slice(*field.value_span)]) or state_beside(statement)
        if state == "not held":
            return None
        kind = APPLICATION if state == "under way" else kind
    return kind


def _from_answer(doc: Doc, statement: Statement, field: FormField, kind: str, *, short: bool) -> Iterator[Match]:
    """The claims of the boxes or the words that answer a label. `short`: the label asks for a level, so 级 may be left out."""
    text = doc.text
    named: list[FactoryLevel] = []
    both = False
    if any(_chosen(option.text, short) for option in field.options):
        values = [(_chosen(option.text, short), option.span) for option in field.options if option.ticked]
    elif short and (told := short_level(field.value)) and level_of(field.value) is None:
        values = [(told, field.value_span)]
    else:
        named = list(find_factory_levels(text, *field.value_span))
        both = kind is APPLICATION and both_sought(text, field.value_span, named)
        if kind is APPLICATION and not both and none_chosen(text, field.value_span, named):
            return
        answer = text[slice(*field.value_span)]
        corrected = patterns("grades", "change_patterns").search(answer) is not None  # “先进级”有误，应为“卓越级”
        values = [(level.value, level.span) for level in (named if corrected or both else named[:1])]
        noted = both or (kind is APPLICATION and len(named) > 1 and _is_noted(text, field, named[0]))
        if not (noted or _is_plain_answer(answer)) and (
            kind is APPLICATION or level_of(answer[:12]) is None or re.match(r"[我本公该]", answer)
        ):
            yield from levels_in_prose(doc, statement)
            return
    for value, span in values:
        if value is not None and not is_bound(text, statement, span):
            yield from _claim(doc, statement, field, kind, FactoryLevel(value, span), alone=len(values) < 2)
    if kind is APPLICATION and not field.options:
        for other in named[2 if both else 1 :]:  # 先进级（已于2024年7月完成基础级备案）
            held = recognised(doc, statement, other, named)
            if held is not None:
                yield held


def _claim(doc: Doc, statement: Statement, field: FormField, kind: str, level: FactoryLevel, *, alone: bool) -> Iterator[Match]:
    """The claim that a field makes of one level of its answer; `alone`: whether it is the only one."""
    spans = (field.label_span, level.span)
    if kind is APPLICATION:
        reading = read_grade(doc, statement, level.span, plans=False)
        if reading.status in (Status.ASSERTED, Status.PLANNED):
            province = _programme_province(doc, statement, level.span)
            yield Match(APPLICATION, level.value, kept(province=province), Status.ASSERTED, spans)
    elif kind is SELF:
        province = province_of(doc.text, *field.value_span, level.span)
        yield Match(SELF, level.value, kept(province=province), read_grade(doc, statement, level.span).status or Status.QUOTED, spans)
    elif not not_held(doc.text, statement, level.span) and (alone or read_grade(doc, statement, level.span).asserted):
        own = held_level(doc, statement, level)
        year = _YEAR_COLUMN.fullmatch(field.column)
        if year is not None and "granted_on" not in own.qualifiers:
            own = replace(own, qualifiers={**own.qualifiers, "granted_on": year[1]})
        yield own


def _of_application(doc: Doc, field: FormField, label: str) -> bool:
    """Whether a label that only names a grade (梯度, 培育层级) stands in an application's form, which asks for its level nowhere else."""
    if field.column or patterns("levels", "form_grade_labels_patterns").search(label) is None or not names_application(doc.text):
        return False
    return not any(other is not field and re.search("申报|申请|推荐", other.label) and level_of(other.value) for other in doc._.fields)


def _tells_held(field: FormField) -> bool:
    """是否获评过智能工厂 / 有的，2024年的先进级: a question whether any level is held, answered with which."""
    if "智" not in field.label or level_of(field.label) is not None or re.match("[是有获评取](?!无)", field.value) is None:
        return False
    return re.search("是否|有无|有没有", field.label) is not None and one_of("levels", "question_held").search(field.label) is not None


def _from_step(doc: Doc, statement: Statement, field: FormField, step: Step) -> Iterator[Match]:
    """The level that is applied for, and the one from which the step is taken, where that is held."""
    province = _programme_province(doc, statement, step.second.span)
    yield Match(APPLICATION, step.second.value, kept(province=province), Status.ASSERTED, (field.label_span, step.second.span))
    if step.held:
        yield replace(held_level(doc, statement, step.first), spans=(step.first.span,))


def _from_matter(doc: Doc, statement: Statement, matter: Matter) -> Iterator[Match]:
    """办理事项：基础级智能工厂备案, with the state that the form tells beside it."""
    level = next(find_factory_levels(doc.text, *statement.span), None)
    if level is None or matter == "none":
        return
    if matter == "held":
        yield held_level(doc, statement, level)
        return
    label = statement.field.label_span if statement.field else level.span
    province = _programme_province(doc, statement, level.span)
    yield Match(APPLICATION, level.value, kept(province=province), Status.ASSERTED, (label, level.span))


def _chosen(option: str, short: bool) -> str | None:
    """The level of an option; `short`: also one without its 级."""
    return level_of(option) or (short_level(option) if short else None)


def _asks_for_level(field: FormField) -> bool:
    """是否已获评先进级智能工厂: a question on one level, whose answer is yes or no."""
    return re.search("是否|有无", field.label) is not None and level_of(field.label) is not None and level_of(field.value) is None


def _from_question(doc: Doc, statement: Statement, field: FormField) -> Iterator[Match]:
    answer = (field.ticked or (field.value,))[0]
    if not re.match("(?:是|有|已|同意)(?!否)", answer):
        return
    level = next(find_factory_levels(doc.text, *field.label_span))
    held = one_of("levels", "question_held").search(field.label)
    if re.search("申报|申请", field.label) and not held:
        yield Match(APPLICATION, level.value, {}, Status.ASSERTED, (field.label_span, field.value_span))
    elif held:
        whole = Statement(Span(field.label_span.start, field.value_span.end), None, statement.near, heading=statement.heading)
        yield Match(RECOGNITION, level.value, kept(**particulars(doc, whole, level)), Status.ASSERTED, (field.label_span, field.value_span))


def _granted_beside(statement: Statement) -> bool:
    """智能工厂等级 beside 认定时间 or 备案日期: the level is one that is held."""
    labels = [field.label for field in statement.near]
    granted = any(patterns("levels", "date_labels_patterns").search(label) for label in labels)
    return granted and not any(re.search("申报|申请", label) for label in labels)


def _came_to_nothing(field: FormField) -> bool:
    """申报级别：先进级，结果：未通过: the answer itself says what became of it."""
    return not field.options and any(
        patterns("levels", "application_refused_patterns").match(part.strip()) for part in re.split("[，,；;：:（()）]", field.value)[1:]
    )


def _of_an_earlier_year(statement: Statement, field: FormField) -> bool:
    """2024年申报级别 beside 2025年申报级别."""
    own = _YEAR.match(field.label)
    years = [found[0] for other in statement.near if (found := _YEAR.match(other.label)) and re.search("申报|申请", other.label)]
    return own is not None and any(year > own[0] for year in years)


def _says_held(text: str, statement: Statement) -> bool:
    """智能工厂级别：基础级（已备案）: the answer itself says that the level is held."""
    answer = text[slice(*statement.span)]
    held = one_of("levels", "status_held").search(answer) or patterns("levels", "held_since_patterns").search(answer)
    return held is not None and not patterns("levels", "not_held_patterns").search(answer)


def _is_noted(text: str, field: FormField, level: FactoryLevel) -> bool:
    """先进级（现为基础级，备案编号JC-2024-117）: the level asked for, with a note on another one in a bracket, and nothing else."""
    start, end = field.value_span
    return not text[start : level.span.start].strip(' “"') and _NOTE_BEHIND.fullmatch(text, level.span.end, end) is not None


def _is_plain_answer(value: str) -> bool:
    return len(value) <= 24 or "□" in value or "☑" in value


def _kind_of_generic(doc: Doc, statement: Statement, label: str) -> str | None:
    """级别 alone: held where the neighbours or the line say that it is filed or granted."""
    if not patterns("levels", "generic_labels_patterns").search(label):
        return None
    lead = doc.text[max(0, statement.span.start - 60) : statement.span.start]
    held = one_of("levels", "status_held").search(lead.split("\n")[-1])
    for field in of_one_column(statement):
        held = held or patterns("levels", "date_labels_patterns").search(field.label)
        if one_of("levels", "status_labels").search(field.label):
            if one_of("levels", "status_held").search(field.value) and not patterns("levels", "not_held_patterns").search(field.value):
                return RECOGNITION
            if patterns("levels", "applying_states_patterns").match(field.value):
                return APPLICATION
            if re.fullmatch("认定|备案|获评|获批|授牌", field.value.strip()) and _granted_beside(statement):
                return RECOGNITION  # 状态=认定 | 认定时间=2025-01-10
            return APPLICATION if read_state(field.value) == "under way" else None
        if patterns("levels", "application_labels_patterns").search(field.label) or re.search(r"申报|申请", field.label):
            return RECOGNITION if held else APPLICATION
    if held:
        return None if patterns("levels", "not_held_patterns").search(lead) else RECOGNITION
    if any(
        patterns("levels", "purpose_labels_patterns").search(field.label)
        and patterns("levels", "purpose_applying_patterns").search(field.value)
        for field in statement.near
    ):
        return APPLICATION  # 级别选择：☑先进级 / 用途：2025年度智能工厂申报
    return _kind_of_answer(doc, statement)


def _kind_of_answer(doc: Doc, statement: Statement) -> str | None:
    """智能工厂等级 alone says nothing of whether its level is sought or held: its answer may, or the form that asks for it."""
    answer = doc.text[slice(*statement.span)]
    if _says_held(doc.text, statement):
        return RECOGNITION
    if patterns("levels", "sought_answers_patterns").search(answer) or read_note(answer) == "under way":
        return APPLICATION
    field = statement.field
    papers = (title(doc.text), field.heading if field else "")
    return APPLICATION if any(patterns("levels", "application_titles_patterns").search(paper) for paper in papers) else None


def _programme_province(doc: Doc, statement: Statement, span: Span) -> str | None:
    text = doc.text
    own = province_of(text, *statement.span, span, bodies=False)
    if own:
        return own
    for words_ in (statement.field.group if statement.field else "", statement.field.heading if statement.field else ""):
        for province, place in provinces(words_, 0, len(words_)):
            if re.search(r"智能工厂", words_[place.end :]) and not re.search(r"公司", words_):
                return province
    return title_province(text)
