"""Claims `application.level`, `recognition.level`, `self_assessment.level`: the level applied for, held, reached by own judgement.

Which of the three a level is, its own clause decides: words of applying, words of holding (and, for 基础级, of filing), words of judging
oneself. A notice of proposed names, a pool of candidates, a rule about levels or a plan is none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from docproc.extract import FormField, Match
from docproc.model import Span, Status
from docproc.text.dates import find_dates
from extractors.firms import whole_firm
from extractors.grades.factory_levels import FactoryLevel, find_factory_levels, level_of, province_of
from extractors.grades.handed_in import without_earlier_filings
from extractors.grades.honours import is_honour, year_beside
from extractors.grades.ladder import in_enumeration, is_precondition, is_rule, none_chosen
from extractors.grades.particulars import is_signed, near_date, particulars
from extractors.grades.places import provinces
from extractors.grades.reading import is_bound, read_grade, unticked
from extractors.grades.records import has_held_state, not_yet, whole_record
from extractors.grades.statements import Statement, clause_before, statements, title
from extractors.grades.titles import title_level, title_province
from extractors.grades.unheld import after_other_levels, not_held
from extractors.lexicon import one_of, patterns

if TYPE_CHECKING:
    from spacy.tokens import Doc

_AIMS = re.compile(r"工作要点|任务|工作安排|目标|计划|规划|打算|设想|展望")
# 申请认定为……, 申报的是……: what looks like holding is what is applied for.
_FROM = re.compile("(?:由|从|自)[^，。；]{0,4}$")
_STEP = re.compile("(?:智能工厂|智慧工厂)?(?:水平)?(?:直接)?(?:升级|升|晋|提升|跃升|进阶)")
_COUNTED = re.compile(r"(?:有|其中)\d+(?:个|项|条|处)[^，。；]{0,6}(?:达到|符合|满足)[^，。；]{0,4}$")
_INNER_LABEL = re.compile(r"((?:智能工厂)?(?:等级|级别|层级))[：:]")
_APPLIED_THROUGH = re.compile(
    r"(?:申报|申请)[^，。；]{0,6}(?:认定|评定|备案)[为成]?[^，。；]{0,14}$|(?:申报|申请)的?(?:智能工厂)?(?:的)?(?:级别|等级|层级)?(?:是|为)[^，。]{0,8}$"
)
# 2022年获评先进级，2025年顺利晋升卓越级: a step that is dated or told as done.
_RISEN = re.compile(r"(?:已|顺利|成功|(?:19|20)\d\d年[^，。；]{0,6})(?:再)?(?:升级|晋升|晋级|跃升|升格)(?:为|至|到|成)?[^，。；]{0,10}$")
APPLICATION, RECOGNITION, SELF = "application.level", "recognition.level", "self_assessment.level"


def match(doc: Doc) -> list[Match]:
    """All levels applied for, held or reached by own judgement."""
    titled = title_level(doc.text)
    found = [Match(APPLICATION, titled[0].value, _kept(province=titled[1]), Status.ASSERTED, (titled[0].span,))] if titled else []
    rows_of_others = _rows_of_others(doc)
    for statement in statements(doc):
        if statement.field is not None and statement.field.label_span in rows_of_others:
            continue
        if statement.field is not None:
            found += _from_field(doc, statement, statement.field)
        else:
            found += _from_prose(doc, statement)
    found = without_earlier_filings(doc.text, found, APPLICATION)
    return found if not _lists_others(doc) else [replace(entry, status=Status.THIRD_PARTY) for entry in found]


def set_annotations(doc: Doc, matches: list[Match]) -> None:
    doc._.claims = [*doc._.claims, *matches]


def component(doc: Doc) -> Doc:
    set_annotations(doc, match(doc))
    return doc


# --- lists of firms ----------------------------------------------------------------------------------------------------


def _rows_of_others(doc: Doc) -> frozenset[Span]:
    """The rows of a list of firms (推荐汇总表, 名单) that are not the applicant's; where it is not known, all of several."""
    labels = {field.label: field.label_span for field in doc._.fields if field.column and whole_firm(field.label)}
    applicant = doc._.applicant
    if applicant:
        return frozenset(span for label, span in labels.items() if label != applicant)
    return frozenset(labels.values()) if len(labels) > 1 else frozenset()


def _lists_others(doc: Doc) -> bool:
    """Whether a paper is a list that the applicant does not stand on."""
    return bool(doc._.applicant) and re.search(r"名单|汇总表", title(doc.text)) is not None and doc._.applicant not in doc.text


# --- fields ------------------------------------------------------------------------------------------------------------


def _from_field(doc: Doc, statement: Statement, field: FormField) -> Iterator[Match]:
    text = doc.text
    label = re.sub(r"[（(][^（()）]*[）)]", "", field.label).strip()
    inner = _INNER_LABEL.match(field.value)  # 平台查询结果：等级：先进级
    label = inner[1] if inner and _kind_of_label(label) is None else label
    column = re.sub(r"[（(][^（()）]*[）)]", "", field.column).strip()
    kind = _kind_of_label(label) or (_kind_of_label(column) if column else None) or _kind_of_generic(doc, statement, column or label)
    if kind is None and field.options and patterns("levels", "application_titles_patterns").search(label):
        kind = APPLICATION  # 智能工厂申报书（□基础级 ☑先进级）
    if _asks_for_level(field):
        yield from _from_question(doc, statement, field)
        return
    if kind is None:
        yield from _from_label(doc, statement, field)
        yield from _from_prose(doc, statement)
        return
    if re.search(r"目标|计划|规划|拟达|预期|下一", label + column) or (kind is RECOGNITION and re.search("要求|条件|政策|奖励", label)):
        return
    if kind is APPLICATION and not re.search(r"申|推荐|拟", label + column) and (_says_held(text, statement) or _granted_beside(statement)):
        kind = RECOGNITION
    values: Sequence[tuple[str | None, Span]]
    named: list[FactoryLevel] = []
    if any(level_of(option.text) for option in field.options):
        values = [(level_of(option.text), option.span) for option in field.options if option.ticked]
    else:
        named = list(find_factory_levels(text, *field.value_span))
        if kind is APPLICATION and none_chosen(text, named):
            return
        values = [(level.value, level.span) for level in named[:1]]
        answer = text[slice(*field.value_span)]
        if not _is_plain_answer(answer) and (kind is APPLICATION or level_of(answer[:12]) is None or re.match(r"[我本公该]", answer)):
            yield from _from_prose(doc, statement)
            return
    for value, span in values:
        if value is None or is_bound(text, statement, span):
            continue
        if kind is APPLICATION:
            reading = read_grade(doc, statement, span, plans=False)
            if reading.status in (Status.ASSERTED, Status.PLANNED):
                yield Match(
                    APPLICATION, value, _kept(province=_programme_province(doc, statement, span)), Status.ASSERTED, (field.label_span, span)
                )
        elif kind is SELF:
            yield Match(
                SELF,
                value,
                _kept(province=province_of(text, *field.value_span, span)),
                read_grade(doc, statement, span).status or Status.QUOTED,
                (field.label_span, span),
            )
        elif not not_held(text, statement, span):
            yield _held(doc, statement, FactoryLevel(value, span))
    if kind is APPLICATION and not field.options:
        for other in named[1:]:  # 先进级（已于2024年7月完成基础级备案）
            held = _recognised(doc, statement, other, named)
            if held is not None:
                yield held


def _asks_for_level(field: FormField) -> bool:
    """是否已获评先进级智能工厂: a question on one level, whose answer is yes or no."""
    return re.search("是否|有无", field.label) is not None and level_of(field.label) is not None and level_of(field.value) is None


def _from_question(doc: Doc, statement: Statement, field: FormField) -> Iterator[Match]:
    answer = (field.ticked or (field.value,))[0]
    if not re.match("(?:是|有|已)(?!否)", answer):
        return
    level = next(find_factory_levels(doc.text, *field.label_span))
    held = one_of("levels", "question_held").search(field.label)
    if re.search("申报|申请", field.label) and not held:
        yield Match(APPLICATION, level.value, {}, Status.ASSERTED, (field.label_span, field.value_span))
    elif held:
        whole = Statement(Span(field.label_span.start, field.value_span.end), None, statement.near, heading=statement.heading)
        yield Match(
            RECOGNITION, level.value, _kept(**particulars(doc, whole, level)), Status.ASSERTED, (field.label_span, field.value_span)
        )


def _granted_beside(statement: Statement) -> bool:
    """智能工厂等级 beside 认定时间 or 备案日期: the level is one that is held."""
    labels = [field.label for field in statement.near]
    granted = any(patterns("levels", "date_labels_patterns").search(label) for label in labels)
    return granted and not any(re.search("申报|申请", label) for label in labels)


def _says_held(text: str, statement: Statement) -> bool:
    """智能工厂级别：基础级（已备案）: the answer itself says that the level is held."""
    answer = text[slice(*statement.span)]
    return bool(one_of("levels", "status_held").search(answer)) and not patterns("levels", "not_held_patterns").search(answer)


def _from_label(doc: Doc, statement: Statement, field: FormField) -> Iterator[Match]:
    """A label that names the level itself: 基础级备案号：JC-2025-009, 先进级申报单位：某公司."""
    if not field.value.strip("/无— -") or level_of(field.label) is None:
        return
    answer = (field.ticked or (field.value,))[0]
    filed = re.search("(?:备案|认定)(?:情况|状态)?$", field.label.strip()) and re.match(
        "(?:已|业已)(?:备案|认定|完成|通过|取得|获)", answer
    )
    for level in list(find_factory_levels(doc.text, *field.label_span))[:1]:
        if field.column:
            if patterns("levels", "date_labels_patterns").search(field.column) and not not_held(doc.text, statement, level.span):
                row = Statement(Span(field.label_span.start, field.value_span.end), None, statement.near, heading=statement.heading)
                yield Match(RECOGNITION, level.value, _kept(**particulars(doc, row, level)), Status.ASSERTED, (field.label_span,))
        elif filed:  # 基础级备案：■已备案（2024年6月28日）
            whole = Statement(Span(field.label_span.start, field.value_span.end), None, statement.near, heading=statement.heading)
            yield Match(
                RECOGNITION, level.value, _kept(**particulars(doc, whole, level)), Status.ASSERTED, (field.label_span, field.value_span)
            )
        elif patterns("levels", "label_applied_patterns").search(field.label) or (
            patterns("levels", "label_filing_patterns").search(field.label.strip())
            and patterns("levels", "handed_in_answers_patterns").match(answer)
        ):
            yield Match(APPLICATION, level.value, {}, Status.ASSERTED, (field.label_span,))
        elif patterns("levels", "label_held_patterns").search(field.label) and re.search(r"\d", field.value):
            day, number = near_date(doc.text, statement), None
            for mention in find_dates(doc.text, *field.value_span):
                day = mention.iso if mention.possible else day
            if patterns("levels", "number_labels_patterns").search(field.label):
                number = re.split(r"[，,；;]", field.value)[0]
            yield Match(RECOGNITION, level.value, _kept(granted_on=day, number=number), Status.ASSERTED, (field.label_span,))


def _is_plain_answer(value: str) -> bool:
    return len(value) <= 24 or "□" in value or "☑" in value


def _kind_of_label(label: str) -> str | None:
    for kind, key in (
        (SELF, "self_labels_patterns"),
        (RECOGNITION, "holding_labels_patterns"),
        (APPLICATION, "application_labels_patterns"),
    ):
        if patterns("levels", key).search(label):
            return kind
    return None


def _kind_of_generic(doc: Doc, statement: Statement, label: str) -> str | None:
    """级别 alone: held where the neighbours or the line say that it is filed or granted."""
    if not patterns("levels", "generic_labels_patterns").search(label):
        return None
    lead = doc.text[max(0, statement.span.start - 60) : statement.span.start]
    held = one_of("levels", "status_held").search(lead.split("\n")[-1])
    for field in statement.near:
        held = held or patterns("levels", "date_labels_patterns").search(field.label)
        if one_of("levels", "status_labels").search(field.label):
            if one_of("levels", "status_held").search(field.value) and not patterns("levels", "not_held_patterns").search(field.value):
                return RECOGNITION
            return None
        if patterns("levels", "application_labels_patterns").search(field.label) or re.search(r"申报|申请", field.label):
            return RECOGNITION if held else APPLICATION
    return RECOGNITION if held and not patterns("levels", "not_held_patterns").search(lead) else None


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


# --- prose -------------------------------------------------------------------------------------------------------------


def _from_prose(doc: Doc, statement: Statement) -> Iterator[Match]:
    text = doc.text
    levels = list(find_factory_levels(text, *statement.span))
    if in_enumeration(text, levels) or is_rule(text, statement):
        return
    for level in levels:
        if unticked(text, level.span) or is_bound(text, statement, level.span) or is_precondition(text, statement, level.span):
            continue
        found = _applied(doc, statement, level) or _self(doc, statement, level) or _recognised(doc, statement, level, levels)
        if found is not None:
            yield found


def _applied(doc: Doc, statement: Statement, level: FactoryLevel) -> Match | None:
    text = doc.text
    before, after = clause_before(text, statement, level.span.start), text[level.span.end : statement.span.end]
    lead = text[statement.span.start : level.span.start]
    if _FROM.search(before) and _STEP.match(after):
        return None  # 由先进级升级申报卓越级
    verbs = _applying(before)
    tail = patterns("levels", "applied_tail_patterns").search(after)
    if not verbs and _corrected(before):
        verbs = _applying(text[statement.span.start : level.span.start])
    if not verbs and tail is None:
        return None
    if tail is None and verbs and re.search(r"(?:条件|要求|通知|指南|办法|标准)", before[verbs[-1].end() :]):
        return None
    if patterns("levels", "after_application_patterns").search(after):
        return None
    since = lead[-60:] if verbs else before
    if _AIMS.search(statement.label) or _AIMS.search(_lead_in(statement.before)):
        return None
    if patterns("levels", "other_application_patterns").search(_own_clauses(since)) or patterns("grades", "denial_patterns").search(before):
        return None
    if patterns("levels", "outsider_patterns").search(before) or re.match(r"(?:智能工厂|智慧工厂)?(?:年度|期满)?复核", after):
        return None
    if tail is not None and not verbs and (_filed(text, statement, level) or re.search(r"(?:认定|评定|评|授予)为?$", before)):
        return None
    if level.value == "basic" and patterns("levels", "filing_patterns").search(after) and not not_held(text, statement, level.span):
        return None
    reading = read_grade(doc, statement, level.span, plans=False)
    recommended = reading.status is Status.THIRD_PARTY and re.search(r"推荐|同意", lead) is not None
    if reading.status not in (Status.ASSERTED, Status.PLANNED) and not recommended:
        return None
    province = province_of(text, after_other_levels(text, statement, level.span), statement.span.end, level.span, bodies=False)
    province = province or title_province(text)
    return Match(APPLICATION, level.value, _kept(province=province), Status.ASSERTED, (level.span,))


def _corrected(before: str) -> bool:
    """申报等级填写为卓越级，现更正为先进级: what is put right in a clause of its own."""
    return re.search(r"^(?:现|应|予以|一并|统一|本次)*(?:更正|修改|订正|调整|变更|改|改填|改报)为[^，。；]{0,6}$", before) is not None


def _lead_in(before: str) -> str:
    """What opens a paragraph as its heading: 目标：…, 一、总体目标。…"""
    found = re.match(r"[^：]{1,40}：|[^，。；]{1,14}[。；]", before)
    return found.group() if found else ""


def _applying(before: str) -> list[re.Match[str]]:
    """The words of applying that govern what follows a clause's beginning; a word of holding in between takes their place."""
    verbs = list(patterns("levels", "applying_patterns").finditer(before))
    holding = list(patterns("levels", "holding_patterns").finditer(before))
    if verbs and holding and holding[-1].start() >= verbs[-1].end() and not _APPLIED_THROUGH.search(before):
        return []
    return verbs


def _own_clauses(lead: str) -> str:
    """From the last word that says now on: 2022年曾申报先进级未通过，现申报先进级."""
    marks = list(patterns("levels", "now_patterns").finditer(lead))
    return lead[marks[-1].start() :] if marks else lead


def _self(doc: Doc, statement: Statement, level: FactoryLevel) -> Match | None:
    text = doc.text
    lead, after = text[statement.span.start : level.span.start], text[level.span.end : statement.span.end]
    before = clause_before(text, statement, level.span.start)
    passed = re.search(r"通过(?:了)?[^，。；]{0,6}$", before) and re.match(r"(?:智能工厂|智慧工厂)?的?自(?:建自)?评", after)
    judged = patterns("levels", "self_patterns").search(lead) if not _COUNTED.search(before) else None
    if not passed and (judged is None or not patterns("levels", "self_reached_patterns").search(before)):
        return None
    if re.search(r"(?:被|获|经[^，。]{0,20}(?:局|厅|委|部门))[^，。；]{0,12}(?:认定|评)为?[^，。；]{0,6}$", before) or _filed(
        text, statement, level
    ):
        return None
    if re.search(r"准予备案|(?:已|并)[^，。；]{0,12}完成(?:了)?备案", after):
        return None
    reading = read_grade(doc, statement, level.span)
    return (
        Match(SELF, level.value, _kept(province=province_of(text, *statement.span, level.span)), reading.status, (level.span,))
        if reading.status
        else None
    )


def _filed(text: str, statement: Statement, level: FactoryLevel) -> bool:
    """Whether the statement says that the level is filed and done (备案 is how 基础级 is held)."""
    sentence = text[slice(*statement.span)]
    return bool(patterns("levels", "filing_patterns").search(sentence)) and not patterns("levels", "not_held_patterns").search(sentence)


def _recognised(doc: Doc, statement: Statement, level: FactoryLevel, levels: list[FactoryLevel]) -> Match | None:
    text = doc.text
    statement = whole_record(text, statement, level.span)
    before, after = clause_before(text, statement, level.span.start), text[level.span.end : statement.span.end]
    if not_held(text, statement, level.span) or not_yet(text, statement, level.span):
        return None
    lead = text[statement.span.start : level.span.start]
    verbs = list(patterns("levels", "holding_patterns").finditer(before)) or list(
        patterns("levels", "recognised_before_patterns").finditer(lead)
    )
    tail = patterns("levels", "held_tail_patterns").search(after)
    filed = (level.value == "basic" and _filed(text, statement, level)) or _is_granting_paper(text, statement)
    said = bool(verbs) or tail is not None or filed or has_held_state(text, statement, level.span)
    honour = not said and is_honour(doc, statement, level)
    if not (said or honour) or _is_gap(after):
        return None
    if not verbs and tail is not None and "名单" in tail.group() and not _names_own(doc, text[slice(*statement.span)]):
        return None  # a list was published; nobody says that the applicant stands on it
    only = patterns("levels", "reached_only_patterns").search(after)
    if only and not filed and not re.search(r"认定|获评|授予|准予备案", after[only.end() :]):
        return None
    if (
        verbs
        and tail is None
        and not filed
        and re.fullmatch(r"通过|完成|具有|获|纳入|列入|成为|保持", verbs[-1].group())
        and not re.match(
            r"(?:智能工厂|智慧工厂)?(?:年度|期满)?(?:(?:备案|认定|评审)(?!材料|申请|申报)|称号|名单|复核(?!中|申请|材料|未|工作))", after
        )
    ):
        return None
    reading = read_grade(doc, statement, level.span)
    if reading.status is None:
        return None
    if reading.asserted and _replaced(text, statement, level, levels):
        return None
    found = _held(doc, statement, level)
    if honour and "granted_on" not in found.qualifiers and (year := year_beside(doc, statement)):
        found = replace(found, qualifiers={**found.qualifiers, "granted_on": year})
    consented = reading.status is Status.PLANNED and _is_granting_paper(text, statement)  # 关于同意…备案的通知 promises nothing
    return Match(found.name, found.value, found.qualifiers, Status.ASSERTED if consented else reading.status, found.spans)


def _is_gap(after: str) -> bool:
    """先进级由（ ）认定: a blank to be filled in an exercise."""
    return re.match(r"[^，。；]{0,4}[（(][ 　_]*[）)]", after) is not None


def _names_own(doc: Doc, sentence: str) -> bool:
    """Whether a sentence, or the paper it stands in, puts the applicant on the list it speaks of."""
    if doc._.applicant and doc._.applicant in doc.text:
        return True
    if one_of("grades", "own_subject").search(sentence) or re.search(r"[一-龥]{4,}(?:有限公司|股份公司|集团公司|有限责任公司)", sentence):
        return True
    return re.search(r"(?<!家)(?:公司|企业|工厂)[^，。；]{0,8}(?:在列|在内|榜上有名|入选|名列其中|入列|上榜)", sentence) is not None


def _is_granting_paper(text: str, statement: Statement) -> bool:
    """A plaque (its line, an authority's name, a day) or a letter whose title grants the level."""
    line = text[statement.span.start : statement.span.end].strip()
    if patterns("levels", "granting_titles_patterns").fullmatch(line):
        return True
    return patterns("levels", "plaque_patterns").fullmatch(line) is not None and is_signed(text, statement.span.end)


def _replaced(text: str, statement: Statement, level: FactoryLevel, levels: list[FactoryLevel]) -> bool:
    """由基础级升为先进级: only what holds now."""
    gaps = [text[level.span.end : other.span.start] for other in levels if other.span.start > level.span.end]
    if any(_RISEN.search(gap) and not patterns("grades", "plan_patterns").search(gap) for gap in gaps):
        return True
    stepped = any(re.search(r"(?:升级|晋升|升|跃升|提升|晋级)(?:为|至|到|成)", gap) for gap in gaps)
    return stepped and bool(re.search(r"(?:由|从)[^，。]{0,10}$", text[statement.span.start : level.span.start]))


def _held(doc: Doc, statement: Statement, level: FactoryLevel) -> Match:
    spans = (statement.field.label_span, level.span) if statement.field else (level.span,)
    return Match(RECOGNITION, level.value, _kept(**particulars(doc, statement, level)), Status.ASSERTED, spans)


def _kept(**qualifiers: str | None) -> dict[str, str]:
    return {name: value for name, value in qualifiers.items() if value}
