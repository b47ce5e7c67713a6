"""Who assessed, and when: `method` self or third_party, `assessed_on`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from docproc.extract import FormField
from docproc.model import Kind, Span
from docproc.text.dates import find_dates
from extractors.grades.maturity_scale import find_levels, last_scale
from extractors.grades.statements import Statement, clause_after, clause_before, line_end, title
from extractors.grades.told_above import assessment_above, sealed_by_assessor
from extractors.words.lexicon import one_of, patterns

if TYPE_CHECKING:
    from spacy.tokens import Doc

_COMMA = re.compile("[，,]")
_TELLS_METHOD = re.compile("自评|第三方|(?:机构|单位|项目|内容|对象|备注|说明)$")
_NAMED_DAY = re.compile(r"(?:评估|自评|评价|诊断|测评)(?:完成)?(?:的)?(?:日期|时间)(?:为|是|：|:)?")
_AS_PLANNED = re.compile("(?:按|依|照|如)(?:照)?(?:原)?(?:计划|规划)|(?:计划|规划)(?:完成|执行)")
_OWN_YEAR = re.compile("度?(?:时)?(?:的|为|是|达到?|评为)?第?")  # 2025年的二级
_DONE = re.compile(r"[^，。；]{0,3}完成(?![^，。；]{0,14}(?:备案|申报|认定|改造|建设|注册|投产|验收))")
_REPORTED = re.compile(r"[^，。；审]{0,4}(?:出具|签发|提交|发布|印发)(?:了|的)?[^，。；审]{0,8}(?:报告|结论|意见)")
_DAY_BY_NAME = re.compile(
    r"(?:评估|自评|评价|诊断|测评|认证|完成)[^，。；]{0,6}(?:时间|日期|日|于)(?:为|是)?[:：]?[ ]?$"
    r"|assess(?:ed|ment)(?: on| date)?[:：]?[ ]?$"
)
EARLIER_REACH = 160  # code points before a statement in which a sentence tells when the assessment was done
_CARRIED_OUT = re.compile(
    r"[，,]?(?:[^，。；\n]{0,16}?(?:组织|开展|完成|实施|进行|委托|接受)(?:了|并完成)?|对[^，。；\n]{2,16}(?:实施|开展|进行)?(?:了)?)[^，。；\n]{0,16}?(?:自评|自诊断|(?<!能源)(?<!安全)(?<!环境)(?<!影响)(?<!风险)(?<!信用)(?<!资产)评估|测评|现场评审)"
)
_MAY_BE_TOLD = re.compile(
    r"[年.\-/]\d{0,2}[月日]?[^。；\n]{0,20}?(?:组织|开展|完成|实施|进行|委托|接受|对)[^，。；\n]{0,32}?(?:自评|诊断|评估|测评|评审)"
)
NAME_REACH = 20  # code points before a day in which it is named
# 由自评估的三级核定为二级: the firm's own finding, which others put right
_REVISED = re.compile(
    r"(?:^|[，。；]|由|从|将|把)(?P<first>[^，。；]{0,20}?(?:[一二三四五1-5Ⅰ-Ⅴ][ ]?级|(?:规划|规范|集成|优化|引领)级))"
    r"(?:[（(][^（()）]*[）)])?"
    r"[^，。；]{0,6}?(?:核定|核减|核降|核准|审定|评定|认定|复核|调整|调减|下调|修正|更正|改)(?:为|至)[^，。；]{0,4}$"
)
_FOUND_ANEW = re.compile("复核|核定|复评|复审|重新|专家")  # by others, or another time, than the sentence above tells
SELF, THIRD = "self", "third_party"


def method_of(doc: Doc, statement: Statement, span: Span) -> str | None:
    """Who assessed: told in the statement, else by the fields around, the paragraph, the heading, the report's title."""
    text = doc.text
    revised = _REVISED.search(text[statement.span.start : span.start])
    if revised and patterns("maturity", "self_patterns").search(revised["first"]):
        others = (text[statement.span.start : statement.span.start + revised.start()], clause_after(text, statement, span.end))
        return THIRD if any(patterns("maturity", "reviewed_patterns").search(words_) for words_ in others) else None
    stretch = _since_gone(text, _own_stretch(text, statement, span), span)
    clause = Span(span.start - len(clause_before(text, statement, span.start)), span.end + len(clause_after(text, statement, span.end)))
    own = next(
        (
            found
            for part in (clause, stretch)
            if (found := _nearest(text[part.start : statement.span.end], span.start - part.start, part.end - part.start))
        ),
        None,
    )
    own = own or _of_all(text[stretch.start : statement.span.end])
    if own:
        return own
    if statement.field is not None:
        for words_ in (statement.field.label, statement.field.column, statement.field.group):
            if found := _nearest(words_, len(words_)):
                return found
        if found := _from_neighbours(statement.near, statement.field.label_span):
            return found
    for words_ in (statement.before, statement.after[:100], statement.heading):
        if found := _nearest(words_, len(words_)):
            return found
    return _of_report(doc) or _told_around(text, statement)


def _told_around(text: str, statement: Statement) -> str | None:
    """What a sentence above tells of the assessment as made; else that an assessor wrote or sealed the paper."""
    start = statement.field.label_span.start if statement.field else statement.span.start
    above = assessment_above(text, start)
    if above is not None and (found := _nearest(text[slice(*above)], above.end - above.start)):
        return found if _FOUND_ANEW.search(text, *statement.span) is None else None
    return THIRD if sealed_by_assessor(text, statement.span.end) else None


def _own_stretch(text: str, statement: Statement, span: Span) -> Span:
    """A statement up to the next level in it: what is said behind that belongs to that one."""
    for level in find_levels(text, span.end, statement.span.end):
        comma = text.rfind("，", span.end, level.span.start)
        if comma >= 0 and level.span.start > span.end + 2:
            return Span(statement.span.start, comma + 1)
    return statement.span


def _since_gone(text: str, stretch: Span, span: Span) -> Span:
    """A statement from behind what it says is over: 原三级证书已注销，重新评估后为二级."""
    start = stretch.start
    for comma in _COMMA.finditer(text[stretch.start : span.start]):
        if patterns("grades", "loss_patterns").search(text, start, stretch.start + comma.start()):
            return Span(stretch.start + comma.end(), stretch.end)
    return stretch


def _of_all(statement: str) -> str | None:
    """均为自评估: said of every level of the statement."""
    found = re.search(r"(?:均|都|皆)(?:为|是|由|系|经|采用)?[^，。；]{0,12}$", statement.rstrip("。；"))
    return _nearest(found.group(), 0) if found else None


def _from_neighbours(near: Sequence[FormField], own: Span | None = None) -> str | None:
    """The nearest neighbour that says how, names the assessor, or names the assessment in its label."""
    for field in near:
        found = _from_neighbour(field, own)
        if found:
            return found
    return None


def _from_neighbour(field: FormField, own: Span | None) -> str | None:
    if field.label_span == own and (found := _nearest(field.value, 0)):
        return found  # another cell of the same row: 二级 | 自评估
    tells = _told_by(field.label)
    if tells.method and (found := _nearest(field.value, 0)):
        return found  # 自评/第三方：第三方
    if field.options and field.ticked and (found := _nearest("、".join(field.ticked), 0)):
        return found
    if tells.assessor and field.value.strip("/无— -"):
        return SELF if _nearest(field.value, 0) == SELF else THIRD
    if field.label.endswith("编号"):
        return _nearest(field.label, 0)  # 自评估编号：C3M-25-0018
    if tells.assessment:
        return _nearest(field.label, 0) or _nearest(field.value, 0)
    return None


class _Told(NamedTuple):
    """What a label asks for."""

    method: bool
    assessor: bool
    assessment: bool


@lru_cache(maxsize=4096)  # the same labels stand around all grades of a form
def _told_by(label: str) -> _Told:
    return _Told(
        one_of("maturity", "method_labels").search(label) is not None or _TELLS_METHOD.search(label) is not None,
        one_of("maturity", "assessor_labels").search(label) is not None,
        bool(last_scale(label)) or re.search(r"得分|等级|封面|正文|首页|扉页|报告(?!编?号)", label) is not None,
    )


def _of_report(doc: Doc) -> str | None:
    """What an assessment report says of itself: its title, or that it names an assessor."""
    head = title(doc.text)
    if doc._.kind is not Kind.MATURITY and not (last_scale(head) and "报告" in head):
        return None
    found = _nearest(head, len(head))
    if found:
        return found
    fields: list[FormField] = doc._.fields
    return _from_neighbours(fields)


@lru_cache(maxsize=1024)  # asked of the same fields around several grades
def _nearest(text: str, position: int, stop: int | None = None) -> str | None:
    """The method named nearest to a place, one before it first; none that is named behind `stop`."""
    best: tuple[bool, int, str] | None = None
    for name, key in ((SELF, "self_patterns"), (THIRD, "third_patterns")):
        for found in patterns("maturity", key).finditer(text):
            if (stop is not None and found.end() > stop) or patterns("maturity", "not_done_after_patterns").match(text, found.end()):
                continue  # 第三方评估：未开展
            after = found.start() >= position
            entry = (after, found.start() - position if after else position - found.end(), name)
            best = entry if best is None or entry < best else best
    return best[2] if best else None


def assessed_on(doc: Doc, statement: Statement, span: Span) -> str | None:
    """The day of the assessment, as exact as stated; never a day of filling in, of issue, of expiry."""
    text = doc.text
    found = _in_sentence(text, statement, span)
    if found:
        return found
    labelled = _in_label(text, statement)
    if labelled:
        return labelled
    for field in statement.near:
        same_row = statement.field is not None and field.label_span == statement.field.label_span
        dated = same_row and not field.column and any(mention.span == field.value_span for mention in find_dates(text, *field.value_span))
        if dated or patterns("maturity", "date_labels_patterns").search(field.label):
            for mention in find_dates(text, *field.value_span):
                return mention.iso if mention.possible else None
    return _said_after(text, statement) or _said_before(doc, statement, span) or _report_date(doc)


def _in_label(text: str, statement: Statement) -> str | None:
    """自评估（2024年6月）：三级, and rows that a date opens under 自评估."""
    field = statement.field
    if field is None or not patterns("maturity", "assessing_patterns").search(field.label + field.column):
        return None
    for mention in find_dates(text, *field.label_span):
        if mention.possible and mention.span == field.label_span and field.column:
            return mention.iso
        if mention.possible and text[mention.span.start - 1 : mention.span.start] in tuple("（(") and text[mention.span.end] in "）)":
            return mention.iso
    return None


def _said_after(text: str, statement: Statement) -> str | None:
    """A later sentence of the paragraph that gives the day by name: 评估日期为2025年1月6日."""
    last = line_end(text, statement.span.end)
    for found in _NAMED_DAY.finditer(text, statement.span.end, last):
        for mention in find_dates(text, found.end(), last):
            if mention.possible and mention.span.start - found.end() <= 1:
                return mention.iso
    for found in _NAMED_DAY.finditer(statement.after):  # a note below: 以上为自诊断结果，诊断日期2025年2月26日
        for mention in find_dates(statement.after, found.end(), len(statement.after)):
            if mention.possible and mention.span.start - found.end() <= 1:
                return mention.iso
    return None


def _said_before(doc: Doc, statement: Statement, span: Span) -> str | None:
    """The day of the sentence before that tells that the assessment was done: 公司于2025年3月6日组织自评估。…综合得分2.21，达到二级."""
    text: str = doc.text
    start = max(0, statement.span.start - EARLIER_REACH)
    start = max(start, text.rfind("\n\n", start, statement.span.start))
    if _MAY_BE_TOLD.search(text, start, statement.span.start) is None:
        return None  # the cheap look first: most statements have no such sentence before them
    days = [mention for mention in find_dates(text, start, statement.span.start) if mention.possible]
    if not days or next(find_levels(text, days[0].span.end, statement.span.start), None) is not None:
        return None
    done = [mention for mention in days if _CARRIED_OUT.match(text, mention.span.end)]
    if len(done) != 1 or _planned_day(text, Statement(Span(start, statement.span.start)), done[0].span):
        return None
    end = next((at for mark in "。；\n" if (at := text.find(mark, done[0].span.end)) >= 0), statement.span.start)
    told = _nearest(text[done[0].span.end : end], 0)
    return done[0].iso if told is None or method_of(doc, statement, span) in (None, told) else None


def _in_sentence(text: str, statement: Statement, span: Span) -> str | None:
    """The day that a statement gives the grade at `span`: one it names as such, else one in a bracket, else the nearest before it."""
    best: tuple[int, str] | None = None
    in_bracket: tuple[int, str] | None = None
    for mention in find_dates(text, *statement.span):
        lead = re.split("[，。；]", text[max(statement.span.start, mention.span.start - 8) : mention.span.start])[-1]
        after = text[mention.span.end : min(statement.span.end, mention.span.end + 40)]
        stretch = re.split(r"[；。]", after)[0]
        if not mention.possible or mention.span.start > span.end + 20 or _dates_a_factory_level(text, statement, mention.span, span):
            continue
        if (
            _planned_day(text, statement, mention.span)
            or patterns("maturity", "no_assessing_date_patterns").search(lead)
            or re.match(r"(?:底|末|初)?(?:前|之前|以前|至|—|到)|度|版", after)
            or _of_failure(text, mention.span, span)
        ):
            continue
        if _DAY_BY_NAME.search(text[max(statement.span.start, mention.span.start - NAME_REACH) : mention.span.start]):
            return mention.iso
        told = re.search(r"(?:评估|自评|自诊断|测评|评价)[，,][ ]?$", text[statement.span.start : mention.span.start])
        if told and re.match(r"[ ]?(?:[，,。；）)]|$)", after):
            return mention.iso  # 三级，第三方评估，2024年7月5日
        bracketed = _in_bracket(text, mention.span, span, after)
        if bracketed and patterns("maturity", "assessing_patterns").search(statement.label + text[slice(*statement.span)]):
            entry = (abs(span.start - mention.span.start), mention.iso)
            in_bracket = entry if in_bracket is None or entry < in_bracket else in_bracket
            continue
        other = patterns("maturity", "other_days_patterns").search(stretch)
        assessing = _assessing(text, statement, mention.span, span, stretch)
        if assessing is None or (other is not None and other.start() < assessing.start()):
            continue
        entry = (abs(span.start - mention.span.start) + (1000 if mention.span.start > span.end else 0), mention.iso)
        best = entry if best is None or entry < best else best
    chosen = in_bracket or best
    return chosen[1] if chosen else None


def _in_bracket(text: str, date: Span, grade: Span, after: str) -> bool:
    """Whether a day stands in a bracket of its own, or in one that opens right behind the grade: 三级（2024年7月5日完成评估）."""
    own = re.search(r"[^》][（(]$", text[: date.start][-2:]) is not None
    if own and text[date.end : date.end + 1] in tuple("）)"):
        return True
    behind = re.match(r"[（(][^（()）]*$", text[grade.end : date.start])
    return behind is not None and re.match(r"[）)，,]|完成|评估", after) is not None


def _assessing(text: str, statement: Statement, date: Span, grade: Span, stretch: str) -> re.Match[str] | None:
    """The words behind a day (`stretch`) that say that the assessment was then, or that the grade was that year's (2025年的二级)."""
    assessing = patterns("maturity", "assessing_patterns").search(stretch) or _DONE.match(stretch)
    if assessing is None and (reported := _REPORTED.match(stretch)) and _of_assessor(text, statement, date, reported.end()):
        return reported
    if assessing is None and date.end <= grade.start and patterns("maturity", "assessing_patterns").search(text, *statement.span):
        return _OWN_YEAR.fullmatch(text, date.end, grade.start)
    return assessing


def _of_failure(text: str, date: Span, grade: Span) -> bool:
    """2024年三级评估未通过，现仍为二级: the day of an assessment that was not passed, told in a clause before the grade's."""
    comma = text.find("，", date.end, grade.start) if date.end < grade.start else -1
    return comma >= 0 and patterns("grades", "failed_after").match(text[date.end : comma]) is not None


def _planned_day(text: str, statement: Statement, date: Span) -> bool:
    """预计2026年通过第三方评估: a day to come."""
    lead = clause_before(text, statement, date.start)
    return _AS_PLANNED.search(lead) is None and patterns("maturity", "planned_day_patterns").search(lead) is not None


def _of_assessor(text: str, statement: Statement, date: Span, reach: int) -> bool:
    """第三方评估机构2025年1月22日出具的报告: whose report it is stands before its day."""
    return _nearest(clause_before(text, statement, date.start) + text[date.start : date.end + reach], 0) is not None


def _dates_a_factory_level(text: str, statement: Statement, date: Span, grade: Span) -> bool:
    """获评先进级智能工厂（2024年11月），成熟度三级: the day of a clause of its own, which grants and assesses nothing."""
    start = max((text.rfind(mark, statement.span.start, date.start) + 1 for mark in "，。；,"), default=0)
    stop = re.compile("[，。；,]").search(text, date.end, grade.start) if grade.start > date.end else None
    clause = text[max(start, statement.span.start) : stop.start() if stop else date.end]
    return (
        grade.start > date.end and re.search("智能工厂|智慧工厂|基础级|先进级|卓越级|领航级", clause) is not None and "成熟度" not in clause
    )


def _report_date(doc: Doc) -> str | None:
    """The date that an assessment report's own head states for the assessment."""
    head = title(doc.text)
    if doc._.kind is not Kind.MATURITY and not (last_scale(head) and "报告" in head):
        return None
    for field in doc._.fields:
        if patterns("maturity", "date_labels_patterns").search(field.label):
            for mention in find_dates(doc.text, *field.value_span):
                return mention.iso if mention.possible else None
    return None
