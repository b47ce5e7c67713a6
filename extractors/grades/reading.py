"""How a grade in a statement is to be read: asserted, planned, demanded, denied, gone. None where it is no statement of a grade at all.

The assertion engine (`doc._.context`) is asked first who speaks; what it leaves asserted is looked at again with the words that mark
plans, bounds, changes and losses of grades.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docproc.model import Span, Status
from extractors.grades.compared import is_compared_with
from extractors.grades.listed import in_list_of_papers
from extractors.grades.planned import beyond_series
from extractors.grades.rounds import opens_final
from extractors.grades.statements import Statement, clause_after, clause_before
from extractors.grades.steps import stepped
from extractors.words.lexicon import alternatives, one_of, patterns, words
from extractors.words.shapes import whole_paper

if TYPE_CHECKING:
    from spacy.tokens import Doc

_EMPTY_BEFORE = re.compile(rf"(?:{alternatives(words('fields', 'empties'))}|[（(\[【][ 　_]*[）)\]】])[ 　]*$")
# What makes an accident a lesson (诊断, 管理, 模型) behind a grade is how it was graded, or the next thing named.
_OF_GRADING = frozenset(words("context", "lesson")) - frozenset(words("context", "exercise.cues"))
# A clause on something else than the grade: what was before (原申报书, 前次结果), another title, another grade.
_FORMER = re.compile(
    r"[，,；;。、（( ]?(?:同时|其中|而|并|该?企业|公司|我公司|(?:19|20)\d\d年度?的?)*"
    r"(?:原|旧|前述|此前|先前|之前|其余|其他|前次|上次|前一次|上一|历史)[^，。；]{0,20}$"
)
_OTHER_TITLE = re.compile("数字化车间|绿色工厂|专精特新|小巨人|单项冠军|高新技术|技术中心|示范车间|[5５]G工厂|许可证|承诺书|合同")
_GRADE = re.compile(
    r"[一二三四五1-5Ⅰ-Ⅴ][ ]?级|规划级|规范级|集成级|优化级|引领级|基础级|先进级|卓越级|领航级|(?<![\d.．])[0-5][.．]\d{1,3}(?![\d.．])"
)
_NOT_TAKEN = re.compile(r"(?:未|没有|没|不)(?:能|曾|再|予|会)?(?:成功|顺利|按期|如期)?$")  # 现为先进级，暂未升级为卓越级
_ADVISED = re.compile(r"(?:建议|提议|要求|责令|提请)[^，。；]*$")  # 专家组建议将三级调整为二级
_WRONG_GRADE = re.compile(rf"误[报填写选标录载印植登打记](?:为|成)?[“\"]?(?:{_GRADE.pattern})")  # 得分2.31（曾误报为3.21）
_TO_GRADE = re.compile(rf"[^，。；]{{0,14}}?(?:{_GRADE.pattern})(?![ ]?(?:[万亿千百元秒吨台倍个次%％米天小]|kW|mm))")
_FROM = re.compile(rf"(?:由|从|自)[^，。；]{{0,14}}?(?P<grade>\d[\d.．]*|{_GRADE.pattern})")
_GRANTS = re.compile(
    "(?:认定|授予|确认|命名|评定|(?:我公司|你公司|贵公司|其|该公司)?(?:继续)?(?:保留|延续|维持|恢复)|[^，。；]{0,24}(?:称号|资格)(?:继续|予以)*(?:保留|延续|有效)|将?(?:你|贵|我|该|本)(?:公司|单位|厂|企业)[^，。；]{0,6}(?:认定|评定|列|命名|确认|评)为|(?:(?!申请|申报|上报|推荐|报送|提交|开展|启动|公开|办理)[^，。；]){0,24}备案(?!申请|材料|条件|信息))"
)
_NOTE = re.compile(r"(?:智能工厂|智慧工厂|水平|等级)?[ ]?[（(]([^（()）]{1,10})[）)]")
_OWN_NOTE = re.compile(r"[（(][^（()）]+[）)]$")  # 1.68（已被替代） is one answer
_WOULD = re.compile(r"(?:^|[，。；])(?:如|若|倘|一旦)(?!下|期|图|表|实|何|今)[^。；]*$")  # 如发生重大事故，主管部门将取消该称号
_NOW = re.compile(r"[，,；;](?:现|实)$")
_ON_WHOSE_BASIS = re.compile("(?:根据|按照?|依据|依照|遵照|响应)[^，。；]{0,12}$")
_NOTED_NOW = re.compile(r"(?:水平|等级)?[（(](?:现状|现有|当前|目前|实际)[^（()）]{0,4}[）)]")  # 三级（目标），二级（现状）
_PLEDGE = re.compile("承诺|保证")
LONGEST_LEVEL = 5  # code points behind a word of mistakes in which the box that it is about may stand
_DOWNGRADE = re.compile(
    r"(?:我|本|该|你|贵)(?:公司|厂|企业|单位|司|方)[^，。；]{0,24}?(?:由|从)[^，。；]{1,10}?(?:下调|调降|降|核减|调低|退)"
)
_PAID = re.compile("(?:已|均|全部|业已)(?:经)?(?:足额)?(?:到账|拨付|兑现|到位|发放|领取|下达)")  # …奖励30万元已到账: no rule on rewards
LONGEST_ASIDE = 40  # code points of a bracket that stands between a label and its answer
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
    engine = _engine(doc, statement, span)
    if answers and engine is Status.QUOTED:
        engine = Status.ASSERTED
    if engine in _FOREIGN:
        return Reading(engine)
    if is_gone(text, statement, span) or is_compared_with(text, statement, span):
        return Reading(Status.SUPERSEDED)
    changed = step or _changed(text, statement, span)
    if changed is not None:
        return Reading(changed)
    governing = "" if _NOTED_NOW.match(after) else _since_present(sentence_before)
    if patterns("grades", "condition_patterns").search(governing):
        return Reading(Status.HYPOTHETICAL)
    if plans and patterns("grades", "plan_openings_patterns").search(_opening(statement, text)) and governing == sentence_before:
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
    return not _is_tick(statement, span) and patterns("grades", "bound_before_patterns").search(before) is not None  # 2—先进级


def unticked(text: str, statement: Statement, span: Span) -> bool:
    """Whether a grade is not chosen: an empty box stands before it, or it stands in the words of one (□同意推荐申报先进级)."""
    if statement.field is not None and any(
        not option.ticked and option.span.start <= span.start < option.span.end for option in statement.field.options
    ):
        return True
    return _EMPTY_BEFORE.search(text[max(0, span.start - 4) : span.start]) is not None


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
    return not _of_something_else(text, statement, span, lead, found.group())


def _of_something_else(text: str, statement: Statement, span: Span, lead: str, loss: str) -> bool:
    """达到二级，前次结果作废; 获评先进级，原基础级备案注销: what is gone is the subject of a clause of its own."""
    start = max(lead.rfind(mark) for mark in "，,；;。：") + 1
    if not start:
        return False
    clause = lead[start:]
    named = {found.group().replace(" ", "") for found in _GRADE.finditer(clause)}
    if named:
        return not any(grade in text[slice(*span)].replace(" ", "") for grade in named)
    if _OTHER_TITLE.search(clause):
        return True
    if not _FORMER.match(clause) or not patterns("grades", "replaced_patterns").search(loss):
        return False
    before = clause_before(text, statement, span.start)
    former = patterns("grades", "past_patterns").search(before)
    own = former is not None and _GRADE.search(before, former.start()) is None  # 前次自评估为一级，前次结果作废
    return not own and _GRADE.search(lead[:start]) is None


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
    told = statement.label + text[slice(*statement.span)]
    if one_of("grades", "own_subject").search(told) or _PAID.search(told):
        return False
    return patterns("grades", "rule_patterns").search(told) is not None


def _engine(doc: Doc, statement: Statement, span: Span) -> Status:
    """The assertion engine's answer; a bracket in a field's own label (如：二级) governs no answer."""
    context = doc._.context
    if context is None:
        return Status.ASSERTED
    assertion = context.assertion(span.start, span.end)
    if statement.field is not None and assertion.status in (Status.HYPOTHETICAL, Status.QUOTED) and assertion.cues:
        label = statement.field.label_span
        if all(label.start <= cue.span.start < label.end and _in_bracket(doc.text, label.start, cue.span.start) for cue in assertion.cues):
            return Status.ASSERTED
    if statement.field is not None and patterns("maturity", "own_part_labels_patterns").search(statement.label):
        start = statement.field.label_span.start  # 要求：…。企业情况：…: what was quoted before ends at the label of the own part
        if assertion.status is Status.QUOTED and all(cue.role.startswith("heading") or cue.span.end <= start for cue in assertion.cues):
            return Status.ASSERTED
        if assertion.status is Status.THIRD_PARTY and all(cue.role.startswith("heading") for cue in assertion.cues):
            return Status.ASSERTED  # 表1 同行业对比 / 本公司 | 二级: the applicant's own row among those of others
    if assertion.status is Status.HYPOTHETICAL and all(doc.text[slice(*cue.span)] in _OF_GRADING for cue in assertion.cues):
        return Status.ASSERTED
    if (
        assertion.status is Status.THIRD_PARTY
        and doc._.applicant is None
        and all(_is_addressee(doc.text, cue.span) for cue in assertion.cues)
    ):
        return Status.ASSERTED
    if _is_tick(statement, span) and assertion.status in (Status.HYPOTHETICAL, Status.QUOTED) and statement.field is not None:
        start, end = statement.field.value_span  # ☑先进级（须提交报告）: the form's note beside a box that is ticked
        if all(start <= cue.span.start < end for cue in assertion.cues):
            return Status.ASSERTED
    if assertion.status is Status.PLANNED and all(_takes_object(doc.text, cue.span) for cue in assertion.cues):
        return Status.ASSERTED
    if assertion.status is Status.PLANNED and all(_labels_another(statement, cue.span) for cue in assertion.cues):
        return Status.ASSERTED
    if assertion.status is Status.PLANNED and all(cue.role == "promise" for cue in assertion.cues) and _declares(doc.text, statement, span):
        return Status.ASSERTED
    if assertion.status is Status.SUPERSEDED and all(
        cue.span.start >= span.end
        and (
            _names_other_box(statement, span, doc.text[span.end : cue.span.end + LONGEST_LEVEL])
            or _WRONG_GRADE.match(doc.text, cue.span.start) is not None
            or _of_something_else(doc.text, statement, span, doc.text[span.end : cue.span.start], doc.text[slice(*cue.span)])
        )
        for cue in assertion.cues
    ):
        return Status.ASSERTED
    if assertion.status is Status.QUOTED and all(_bracketed_off(doc.text, cue.span, span) for cue in assertion.cues):
        return Status.ASSERTED
    status: Status = assertion.status
    return status


def _names_other_box(statement: Statement, span: Span, note: str) -> bool:
    """☑先进级 ☑卓越级（先进级误勾）: what was ticked by mistake is another box of the same choice, and not the one that stands."""
    options = statement.field.options if statement.field is not None else ()
    own = any(option.ticked and option.span == span and option.text not in note.partition("误")[0] for option in options)
    return own and any(not option.ticked and option.text in note for option in options)


def _labels_another(statement: Statement, cue: Span) -> bool:
    """目标得分：3.0　现得分：2.2: the plan is the label's of another field on the line."""
    return statement.field is not None and any(
        other.label_span != statement.field.label_span and other.label_span.start <= cue.start < other.label_span.end
        for other in statement.near
    )


def _bracketed_off(text: str, cue: Span, span: Span) -> bool:
    """（须达二级及以上） 三级: a demand in a bracket that is closed before the grade."""
    if cue.end > span.start or span.start - cue.end > LONGEST_ASIDE:
        return False
    lead = text[max(0, cue.start - LONGEST_ASIDE) : cue.start]
    return (
        max(lead.rfind("（"), lead.rfind("(")) > max(lead.rfind("）"), lead.rfind(")"))
        and re.search("[）)]", text[cue.end : span.start]) is not None
    )


def _is_addressee(text: str, cue: Span) -> bool:
    """Where no applicant is known, the firm to whom a certificate is given or for whom a report is written is the one spoken of."""
    return patterns("grades", "addressing_patterns").search(text[max(0, cue.start - 12) : cue.start]) is not None


def _is_tick(statement: Statement, span: Span) -> bool:
    return statement.field is not None and any(option.ticked and option.span == span for option in statement.field.options)


def _declares(text: str, statement: Statement, span: Span) -> bool:
    """承诺自评估结果（二级）真实有效: a pledge that vouches for what is, with nothing in it that is still to be reached."""
    pledge = max((found.end() for found in _PLEDGE.finditer(text, statement.span.start, span.start)), default=statement.span.start)
    lead = text[pledge : span.start]
    if patterns("grades", "plan_patterns").search(lead) or patterns("grades", "pledged_patterns").search(lead):
        return False
    return patterns("grades", "vouched_patterns").search(text, pledge, statement.span.end) is not None


def _takes_object(text: str, cue: Span) -> bool:
    """工业和信息化厅将我公司认定为…: 将 as 把, no plan. 同意认定你公司为…: an authority grants by these words."""
    if text[slice(*cue)] in ("同意", "准予"):
        return _GRANTS.match(text, cue.end) is not None
    if text[slice(*cue)] != "将":
        return False
    if re.compile(r"(?:我|本|该|你|贵)(?:公司|厂|企业|单位|司|方)[^，。；]{0,16}(?:认定|评定|确定|列|命名|确认|评)为").match(text, cue.end):
        return True
    if _DOWNGRADE.match(text, cue.end):
        return True  # 评估机构将我公司成熟度等级由三级下调为二级: no grade that is planned
    clause = text[max(text.rfind(mark, 0, cue.start) for mark in "，。；\n") + 1 : cue.start]
    return (
        re.search(r"[厅局委部府]$", clause) is not None
        and re.compile(r"[^，。；]{1,24}(?:认定|评定|确定|列|命名|确认|评)为").match(text, cue.end) is not None
    )


def _in_bracket(text: str, start: int, position: int) -> bool:
    lead = text[start:position]
    return lead.count("（") + lead.count("(") > lead.count("）") + lead.count(")")


def _quoted(statement: Statement, text: str) -> bool:
    """Whether the heading, the label or the opening words say that these are a rule's or a form's own words."""
    if one_of("grades", "own_subject").search(text, *statement.span):
        return False
    heading = whole_paper(statement.heading.split("\n")[-1])
    if one_of("grades", "quoting_headings").search(heading) and not one_of("grades", "answering_headings").search(heading):
        return True
    opening = _opening(statement, text)
    quoting = one_of("grades", "quoting_openings").search(opening)
    if quoting is not None and _ON_WHOSE_BASIS.search(opening, 0, quoting.start()):
        return False  # 根据通知要求，申报…: what the firm does, on what it is asked
    return quoting is not None or patterns("grades", "quoting_opening_patterns").match(opening) is not None


def _opening(statement: Statement, text: str) -> str:
    """The label and the words that open the paragraph, as far as it is remembered."""
    return (statement.label or "") + (statement.before + text[slice(*statement.span)])[:24]


def _changed(text: str, statement: Statement, span: Span) -> Status | None:
    """由二级提升至三级: the first is over where the change has happened, else it still holds and the second is a plan."""
    sentence = text[slice(*statement.span)]
    changes = [found for found in patterns("grades", "change_patterns").finditer(sentence) if _changes_grade(text, statement, span, found)]
    if not changes:
        return None
    first = text.rfind("，", statement.span.start, span.start) + 1 - statement.span.start  # of several the one of the grade's own clause
    own = [found for found in changes if found.start() >= first and "，" not in text[span.end : statement.span.start + found.start()]]
    change = own[0] if own else changes[0]
    at = statement.span.start + change.start()
    lead = sentence[: change.start()]
    planned = bool(patterns("grades", "plan_patterns").search(re.sub(r"规划级", "", sentence[: change.end()]))) or bool(
        patterns("grades", "plan_openings_patterns").match(_opening(statement, text))
    )
    if span.start > at and "级" in text[at : max(at, text.rfind("，", at, span.start))]:
        return None  # 应为二级，填报三级有误: the change led to another grade, in a clause before
    planned = planned or _ADVISED.search(lead) is not None
    if asked_step(sentence[: change.end()]) and not patterns("grades", "step_granted_after").match(text[span.end : statement.span.end]):
        if span.start > at and "，" in text[at : span.start]:
            return None  # 申请升级为卓越级未通过，现仍为先进级: told in a clause of its own
        planned = True
    arrow = change.group().strip() in ("→", "=>", "⇒")
    planned = planned or (arrow and re.search(r"[（(](?:计划|目标|拟|预计|规划)", sentence[change.end() :]) is not None)
    origin = (
        arrow
        or re.search(r"(?:由|从|自)[^，。]{0,24}$", text[statement.span.start : span.start]) is not None
        or one_of("grades", "present").search(lead)
    )
    if span.end <= at:
        if not planned:
            return Status.SUPERSEDED
        return Status.ASSERTED if origin else None
    return Status.PLANNED if planned else Status.ASSERTED


# The noun that a clause says has changed, where it is no grade.
_OTHER_SUBJECT = re.compile(
    r"(?:(?![年月日级经]|得分|总分|评[分估]|分值|等级|水平|能力|成熟|智能|结果|现|已|将|拟|计划|力争|预计|争取|本[轮次期]|今|由|从)[\u4e00-\u9fff]){2,16}"
    r"(?:率|数|比|值|量|度|时间|周期|成本|收入|利润|时长|OEE)"
)


def _changes_grade(text: str, statement: Statement, span: Span, change: re.Match[str]) -> bool:
    """Whether a change leads to a grade, and not from another one of its own clause: 得分2.31，占比由3.2提升至4.5 leaves the score."""
    at = statement.span.start + change.start()
    if _NOT_TAKEN.search(text[max(statement.span.start, at - 8) : at]):
        return False
    if span.start < at and _TO_GRADE.match(text, statement.span.start + change.end(), statement.span.end) is None:
        return False
    start = max(text.rfind(mark, statement.span.start, at) for mark in "，；,;") + 1
    if start > span.end and _OTHER_SUBJECT.fullmatch(text, start, at):
        return False  # 得分2.05，设备综合效率指数提升到4.2
    origin = _FROM.search(text, start, at) if start > span.end else None
    return origin is None or origin["grade"].replace(" ", "") in text[slice(*span)].replace(" ", "")


def asked_step(before: str) -> bool:
    """申请升级为, 恳请准予由先进级晋升至: a step to the level behind these words that is only asked for."""
    return patterns("grades", "asked_step_patterns").search(before) is not None


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
