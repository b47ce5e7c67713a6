"""Factory levels in a form's fields: what the label or the column's head asks for, and what the answer or the box beside it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from docproc.extract import FormField, Match
from docproc.model import Span, Status
from docproc.text.dates import find_dates
from extractors.changes import AFTER, BEFORE
from extractors.grades.applied_steps import Step, applied_step
from extractors.grades.conditions import condition_answered
from extractors.grades.factory_levels import FactoryLevel, asks_level, find_factory_levels, level_of, province_of, short_level
from extractors.grades.ladder import none_chosen
from extractors.grades.level_labels import kind_by_note, kind_of_label
from extractors.grades.levels_in_prose import APPLICATION, RECOGNITION, SELF, held_level, kept, levels_in_prose, recognised
from extractors.grades.matters import Matter, certified, certified_label, is_asked_number, is_granted, matter_of
from extractors.grades.particulars import near_date, particulars
from extractors.grades.places import provinces
from extractors.grades.reading import is_bound, read_grade
from extractors.grades.statements import Statement, title
from extractors.grades.states import of_one_column, read_note, read_state, refused_beside, state_beside
from extractors.grades.titles import names_application, title_province
from extractors.grades.unheld import not_held
from extractors.words.lexicon import one_of, patterns

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BEHIND = re.compile(r"(?<=\d)[ ]?[（(](?:基础级|先进级|卓越级|领航级)(?:智能工厂|智慧工厂)?[）)]$")
_CERTIFIES = re.compile("(?:兹|特|现|特此|经审核|经评审)*(?:认定|授予|确认|命名|评定)")
_CERTIFIED = re.compile("(?:公司|集团|厂|企业|单位)[ 　]*(?:为|系)?")
_YEAR_COLUMN = re.compile(r"((?:19|20)\d\d)年?")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_TO_COME = re.compile("目标|(?:计划|规划)(?!申)|拟达|预期|下一|[明后来]年|远期")
_OF_APPLYING = re.compile("申|推荐|举荐|遴选|拟")
_INNER_LABEL = re.compile(r"((?:智能工厂)?(?:等级|级别|层级))[：:]")
_NOTE_BEHIND = re.compile(r"[”\"]?(?:智能工厂|智慧工厂)?[”\"]?[（(\[【][^（()）]*[）)\]】][。；]?\s*")

# 先进级申报主体：近三年无…事故: what is asked of whoever applies, not who does
_IS_CONDITION = re.compile(r"^(?:近|最近|须|应|需|具[有备]|无|未|不|符合|满足|达到|在[^，。；]{2,10}(?:注册|登记))")


def levels_in_field(doc: Doc, statement: Statement, field: FormField) -> Iterator[Match]:
    """The claims of a field."""
    text = doc.text
    label = re.sub(r"[（(][^（()）]*[）)]", "", field.label).strip().removeprefix(AFTER)
    if label.startswith(BEFORE):
        return
    inner = _INNER_LABEL.match(field.value)  # 平台查询结果：等级：先进级
    label = inner[1] if inner and kind_of_label(label) is None else label
    column = re.sub(r"[（(][^（()）]*[）)]", "", field.column).strip()
    kind = kind_by_note(field.label) or kind_of_label(label) or (kind_of_label(column) if column else None)
    kind = kind or _kind_of_generic(doc, statement, column or label)
    kind = kind or (_kind_of_generic(doc, statement, label) if column else None)  # a row of years: 级别 under 2023年
    if kind is None and field.options and patterns("levels", "application_titles_patterns").search(label):
        kind = APPLICATION  # 智能工厂申报书（□基础级 ☑先进级）
    if kind in (None, RECOGNITION) and _of_application(doc, field, label):
        kind = APPLICATION
    if kind is None and _tells_held(field):
        kind = RECOGNITION
    if _asks_for_level(field):
        yield from _from_question(doc, statement, field)
        return
    matter = matter_of(statement, label)
    if matter is not None:
        yield from _from_matter(doc, statement, matter)
        return
    answered = condition_answered(text, statement) if kind is None else None
    if answered is not None:
        row = Statement(answered.whole, None, statement.near, heading=statement.heading)
        told_beside = kept(**particulars(doc, row, answered.level))
        yield Match(RECOGNITION, answered.level.value, told_beside, Status.ASSERTED, (answered.level.span, answered.answer))
        return
    if kind is None and (granted := _certified(doc, statement, field)) is not None:
        yield granted
        return
    if kind is None:
        yield from _from_label(doc, statement, field)
        yield from levels_in_prose(doc, statement)
        return
    if _TO_COME.search(label + column) or (kind is RECOGNITION and re.search("要求|条件|政策|奖励", label)):
        return
    if kind is APPLICATION and (refused_beside(statement) or _came_to_nothing(field) or _of_an_earlier_year(statement, field)):
        return
    if kind is APPLICATION and not _OF_APPLYING.search(label + column) and (_says_held(text, statement) or _granted_beside(statement)):
        kind = RECOGNITION
    if kind is RECOGNITION and not any(level_of(option.text) for option in field.options):
        state = read_note(text[slice(*field.value_span)]) or state_beside(statement)
        if state == "not held":
            return
        kind = APPLICATION if state == "under way" else kind
    if kind is APPLICATION and not field.options and (step := applied_step(text, field)) is not None:
        yield from _from_step(doc, statement, field, step)
        return
    values: Sequence[tuple[str | None, Span]]
    named: list[FactoryLevel] = []
    short = asks_level(label) or asks_level(column)
    if any(_chosen(option.text, short) for option in field.options):
        values = [(_chosen(option.text, short), option.span) for option in field.options if option.ticked]
    elif short and (told := short_level(field.value)) and level_of(field.value) is None:
        values = [(told, field.value_span)]
    else:
        named = list(find_factory_levels(text, *field.value_span))
        if kind is APPLICATION and none_chosen(text, named):
            return
        answer = text[slice(*field.value_span)]
        corrected = patterns("grades", "change_patterns").search(answer) is not None  # “先进级”有误，应为“卓越级”
        values = [(level.value, level.span) for level in (named if corrected else named[:1])]
        noted = kind is APPLICATION and len(named) > 1 and _is_noted(text, field, named[0])
        if not (noted or _is_plain_answer(answer)) and (
            kind is APPLICATION or level_of(answer[:12]) is None or re.match(r"[我本公该]", answer)
        ):
            yield from levels_in_prose(doc, statement)
            return
    for value, span in values:
        if value is None or is_bound(text, statement, span):
            continue
        if kind is APPLICATION:
            reading = read_grade(doc, statement, span, plans=False)
            if reading.status in (Status.ASSERTED, Status.PLANNED):
                yield Match(
                    APPLICATION, value, kept(province=_programme_province(doc, statement, span)), Status.ASSERTED, (field.label_span, span)
                )
        elif kind is SELF:
            yield Match(
                SELF,
                value,
                kept(province=province_of(text, *field.value_span, span)),
                read_grade(doc, statement, span).status or Status.QUOTED,
                (field.label_span, span),
            )
        elif not not_held(text, statement, span) and (len(values) < 2 or read_grade(doc, statement, span).asserted):
            own = held_level(doc, statement, FactoryLevel(value, span))
            year = _YEAR_COLUMN.fullmatch(field.column)
            yield (
                own
                if year is None or "granted_on" in own.qualifiers
                else replace(own, qualifiers={**own.qualifiers, "granted_on": year[1]})
            )
    if kind is APPLICATION and not field.options:
        for other in named[1:]:  # 先进级（已于2024年7月完成基础级备案）
            held = recognised(doc, statement, other, named)
            if held is not None:
                yield held


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


def _from_label(doc: Doc, statement: Statement, field: FormField) -> Iterator[Match]:
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


def _certified(doc: Doc, statement: Statement, field: FormField) -> Match | None:
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


def _day_in_row(doc: Doc, statement: Statement) -> str | None:
    """The day in the cell under 时间 of the same row."""
    for other in statement.near:
        if other.label == other.column and other.label_span == other.value_span and re.search("时间|日期", other.label):
            return next((mention.iso for mention in find_dates(doc.text, *other.value_span) if mention.possible), None)
    return None


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
