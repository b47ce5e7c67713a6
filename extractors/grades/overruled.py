"""What the assertion engine (`doc._.context`) says of a grade, and where its cue does not govern the grade after all.

A bracket in a label, a note beside a ticked box, a plan told in another field, a pledge that vouches for what is: such cues say nothing
of the grade.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from docproc.extract import CueSpan
from docproc.model import Span, Status
from extractors.grades.boxes import is_tick
from extractors.grades.gone import GRADE, of_something_else
from extractors.grades.score_rules import in_score_range
from extractors.grades.statements import Statement
from extractors.words.lexicon import patterns, words

if TYPE_CHECKING:
    from spacy.tokens import Doc

# What makes an accident a lesson (诊断, 管理, 模型) behind a grade is how it was graded, or the next thing named.
_OF_GRADING = frozenset(words("context", "lesson")) - frozenset(words("context", "exercise.cues"))
_WRONG_GRADE = re.compile(rf"误[报填写选标录载印植登打记](?:为|成)?[“\"]?(?:{GRADE.pattern})")  # 得分2.31（曾误报为3.21）
_GRANTS = re.compile(
    "(?:认定|授予|确认|命名|评定|(?:我公司|你公司|贵公司|其|该公司)?(?:继续)?(?:保留|延续|维持|恢复)|[^，。；]{0,24}(?:称号|资格)(?:继续|予以)*(?:保留|延续|有效)|将?(?:你|贵|我|该|本)(?:公司|单位|厂|企业)[^，。；]{0,6}(?:认定|评定|列|命名|确认|评)为|(?:(?!申请|申报|上报|推荐|报送|提交|开展|启动|公开|办理)[^，。；]){0,24}备案(?!申请|材料|条件|信息))"
)
_PLEDGE = re.compile("承诺|保证")
_REACHES = re.compile("(?<![应须需可未不])(?:达到?|符合|满足|处于|属于?)了?[^，。；：]{0,10}$")
_ITS_GRADE = re.compile(rf"的[^，。；：]{{0,8}}?(?:{GRADE.pattern})")
_BASIS = re.compile("(?:依据|标准|规范|方法|模型)(?:文件|名称|编号)?$")
LONGEST_LEVEL = 5  # code points behind a word of mistakes in which the box that it is about may stand
_DOWNGRADE = re.compile(
    r"(?:我|本|该|你|贵)(?:公司|厂|企业|单位|司|方)[^，。；]{0,24}?(?:由|从)[^，。；]{1,10}?(?:下调|调降|降|核减|调低|退)"
)
LONGEST_ASIDE = 40  # code points of a bracket that stands between a label and its answer


def engine_status(doc: Doc, statement: Statement, span: Span) -> Status:
    """The assertion engine's answer of a grade, asserted where its cues govern something else."""
    if doc._.context is None:
        return Status.ASSERTED
    assertion = doc._.context.assertion(span.start, span.end)
    status: Status = assertion.status
    overruled = _OVERRULED.get(status)
    if overruled is None or not overruled(doc, statement, span, assertion.cues):
        return status
    return Status.ASSERTED


def _not_hypothetical(doc: Doc, statement: Statement, span: Span, cues: Sequence[CueSpan]) -> bool:
    return (
        _in_label_bracket(doc.text, statement, cues)
        or all(doc.text[slice(*cue.span)] in _OF_GRADING for cue in cues)
        or _beside_tick(statement, span, cues)
    )


def _not_quoted(doc: Doc, statement: Statement, span: Span, cues: Sequence[CueSpan]) -> bool:
    if _in_label_bracket(doc.text, statement, cues) or _beside_tick(statement, span, cues):
        return True
    start = _own_part(statement)  # 要求：…。企业情况：…: what was quoted before ends at the label of the own part
    if start is not None and all(cue.role.startswith("heading") or cue.span.end <= start for cue in cues):
        return True
    return all(
        _bracketed_off(doc.text, cue.span, span)
        or _reached(doc.text, cue.span, span)
        or in_score_range(doc.text, statement.span, cue.span)
        or _names_basis(doc.text, statement, cue)
        for cue in cues
    )


def _not_third_party(doc: Doc, statement: Statement, span: Span, cues: Sequence[CueSpan]) -> bool:
    if _own_part(statement) is not None and all(cue.role.startswith("heading") for cue in cues):
        return True  # 表1 同行业对比 / 本公司 | 二级: the applicant's own row among those of others
    return doc._.applicant is None and all(_is_addressee(doc.text, cue.span) for cue in cues)


def _not_planned(doc: Doc, statement: Statement, span: Span, cues: Sequence[CueSpan]) -> bool:
    return (
        all(_takes_object(doc.text, cue.span) for cue in cues)
        or all(_labels_another(statement, cue.span) for cue in cues)
        or (all(cue.role == "promise" for cue in cues) and _declares(doc.text, statement, span))
    )


def _not_superseded(doc: Doc, statement: Statement, span: Span, cues: Sequence[CueSpan]) -> bool:
    text = doc.text
    return all(
        cue.span.start >= span.end
        and (
            _names_other_box(statement, span, text[span.end : cue.span.end + LONGEST_LEVEL])
            or _WRONG_GRADE.match(text, cue.span.start) is not None
            or of_something_else(text, statement, span, text[span.end : cue.span.start], text[slice(*cue.span)])
        )
        for cue in cues
    )


_OVERRULED = {
    Status.HYPOTHETICAL: _not_hypothetical,
    Status.QUOTED: _not_quoted,
    Status.THIRD_PARTY: _not_third_party,
    Status.PLANNED: _not_planned,
    Status.SUPERSEDED: _not_superseded,
}


def _names_basis(text: str, statement: Statement, cue: CueSpan) -> bool:
    """评估依据：GB/T 39117-2020 / 二级: the label of another field, which only asks by what was assessed."""
    return _BASIS.search(text[slice(*cue.span)].rstrip("：: \n")) is not None and _labels_another(statement, cue.span)


def _in_label_bracket(text: str, statement: Statement, cues: Sequence[CueSpan]) -> bool:
    """A bracket in a field's own label (如：二级) governs no answer."""
    if statement.field is None or not cues:
        return False
    label = statement.field.label_span
    return all(label.start <= cue.span.start < label.end and _in_bracket(text, label.start, cue.span.start) for cue in cues)


def _beside_tick(statement: Statement, span: Span, cues: Sequence[CueSpan]) -> bool:
    """☑先进级（须提交报告）: the form's note beside a box that is ticked."""
    if statement.field is None or not is_tick(statement, span):
        return False
    start, end = statement.field.value_span
    return all(start <= cue.span.start < end for cue in cues)


def _own_part(statement: Statement) -> int | None:
    """Where the label begins of a part of a paper that is the applicant's own (企业情况)."""
    if statement.field is None or not patterns("maturity", "own_part_labels_patterns").search(statement.label):
        return None
    return statement.field.label_span.start


def _reached(text: str, cue: Span, span: Span) -> bool:
    """达到了国家标准规定的二级: what a paper sets is the grade's attribute, and the sentence says that it is reached."""
    if cue.end > span.start or _ITS_GRADE.match(text, cue.end) is None:
        return False
    return _REACHES.search(text, max(0, cue.start - 16), cue.start) is not None


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
    if re.compile(r"(?:我|本|该|你|贵)(?:公司|厂|企业|单位|司|方)[^，。；]{0,16}(?:认定|评定|确定|列|命名|确认|评|备案|登记|公布)为").match(
        text, cue.end
    ):
        return True
    if _DOWNGRADE.match(text, cue.end):
        return True  # 评估机构将我公司成熟度等级由三级下调为二级: no grade that is planned
    clause = text[max(text.rfind(mark, 0, cue.start) for mark in "，。；\n") + 1 : cue.start]
    return (
        re.search(r"[厅局委部府]$", clause) is not None
        and re.compile(r"[^，。；]{1,24}(?:认定|评定|确定|列|命名|确认|评|备案|登记|公布)为").match(text, cue.end) is not None
    )


def _in_bracket(text: str, start: int, position: int) -> bool:
    lead = text[start:position]
    return lead.count("（") + lead.count("(") > lead.count("）") + lead.count(")")
