"""Whether a level or a score is one of this scale (GB/T 39116): the nearest name of a scale tells it.

It is looked for before the figure, behind it, in the field's label and neighbours, in the paragraph, the heading and the title. A row of
the assessment's table about one element (人员, 资源) tells nothing of the whole.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from docproc.extract import FormField
from docproc.model import Kind, Span
from extractors.grades.assessment import closing_note
from extractors.grades.corrections import corrected_before
from extractors.grades.maturity_scale import Grade, bare_level, bare_name, has_other_scale, last_scale, of_domain
from extractors.grades.questions import asks_of_scale
from extractors.grades.statements import Statement, clause_before, line_end, title
from extractors.grades.told_above import of_this_scale
from extractors.words.lexicon import one_of, patterns, words

if TYPE_CHECKING:
    from spacy.tokens import Doc

_ENDS_ELEMENT = re.compile(r"(?:能力)?(?:要素|子域|域|维度)?(?:得分|评分|分值|分数|等级)?$")
_APPLICANTS = re.compile("^(?:[本我]单位|申[报请](?:单位|企业|主体|人|方)的?)(?=.)")  # asks for no 单位 and is nothing applied for
LINE_REACH = 80  # code points before a field on its line in which the scale may be named
NOTE_REACH = 80  # code points at the end of a field's line in which a note may say of what scale all of it is
_NAMES_SCALE = re.compile(
    r"(?:的是?|填[报写]|上报|水平|等级|证书)?(?:[（(][^（()）]*[）)])?[（(]?(?:国家标准|国标|企业)?(?:智能|智慧|能力|成熟)"
)
PROGRAMME_REACH = 200  # code points around a statement in which the programme and other scales are looked for
_FORMER_NEXT = re.compile(r"[ ]?(?:此前|之前|原先|先前|在此之前|上一?年度?)[^。；\n]{0,40}")
_BY_STANDARD_NEXT = re.compile(r"[ ]?(?:根据|按照?|依据|依照|对照|参照)[^，。；\n]{0,16}(?:GB/?T\s*3911[67]|成熟度)[^，。；\n]{0,12}")
# …现予更正。智能制造能力成熟度以更正后为准。
_SETTLED_NEXT = re.compile(
    r"[ ]?[^，。；\n]{0,8}?(?:(?:智能|智慧)制造[^，。；\n]{0,4})?成熟度(?:等级|得分|水平|级别|结果)?"
    r"(?:均|一律|应|请)?[以按][^，。；\n]{1,12}(?:为准|执行|更新)"
)
_ASSESSED = re.compile(
    r"^(?:[我本该其]|公司|企业|单位|工厂|厂|司|目前|当前|现时?|已|经|由|通过|完成|开展|组织|今年|本次|本年度|(?:19|20)\d\d年度?|\d{1,2}[月日]"
    r"|[的并且了 　])*(?:自评估|自评价|自诊断|第三方评估)(?:结果|结论|等级|达到?|为|是|处于|已经?|至|仅|[：:])*$"
)
_PROGRAMME = re.compile("(?:基础|先进|卓越|领航)级|智能工厂|智慧工厂")
WHOLE_ROWS = frozenset(words("maturity", "whole_rows"))


def is_own_scale(doc: Doc, statement: Statement, grade: Grade) -> bool:
    """Whether a figure of a statement is of this scale. The nearest name of any scale decides: another's makes it another's."""
    text = doc.text
    before = text[statement.span.start : grade.span.start]
    scale = last_scale(before)
    if scale is not None:
        return scale
    if bare_name(text, grade.span) and patterns("maturity", "of_manufacturing_patterns").search(before):
        return True  # 智能制造达到引领级水平
    if patterns("maturity", "scored_beside_patterns").search(before):
        return True
    following = re.match(r"(?:的|水平)?[\u4e00-\u9fff（）()]{0,8}?(?:能力)?成熟度", text[grade.span.end : grade.span.end + 20])
    if following and (scale := last_scale(following.group())) is not None:
        return scale and _NAMES_SCALE.match(following.group()) is not None
    if statement.field is not None:
        return field_scale(doc, statement)
    following_words = text[grade.span.end : statement.span.end]
    if last_scale(following_words) is True and re.search(r"成熟度|3911[67]", following_words):
        return not isinstance(grade.value, int) or _found_before_scale(text, statement, grade)  # 得分1.75分，智能制造能力成熟度达到一级
    if has_other_scale(text[grade.span.start : grade.span.end + 6]):
        return False
    ends = _ends_line_above(text, grade)
    if ends is not None:
        return ends
    sentence = text[slice(*statement.span)]
    closing = closing_note(statement.after)
    bare = (statement.before or closing) and bare_level(sentence)
    scored = closing and not isinstance(grade.value, int)
    if not (bare or scored or one_of("maturity", "grade_words").search(sentence)):
        return False
    corrected = corrected_before(text, grade.span)
    former = _FORMER_NEXT.match(statement.after)  # 2025年晋升为三级。此前智能制造能力成熟度为二级
    by_standard = _BY_STANDARD_NEXT.match(statement.after)  # 自评估总分2.95；根据GB/T 39117，…
    settled = _SETTLED_NEXT.match(statement.after)
    told_next = [found.group() for found in (former, by_standard, settled) if found]
    for context in (statement.before, *told_next, closing, corrected, statement.heading):
        scale = last_scale(context)
        if scale is not None:
            return scale
    return bool(doc._.kind is Kind.MATURITY or last_scale(title(text)) or of_this_scale(text, statement.span.start)) or _of_programme(
        text, statement, grade
    )


def _of_programme(text: str, statement: Statement, grade: Grade) -> bool:
    """我公司自评估已达三级，具备申报卓越级条件: beside the programme's levels, what is assessed is of the scale it asks for.

    Only where it names no other scale, and where the clause itself tells who assessed.
    """
    if not isinstance(grade.value, int) or _ASSESSED.search(clause_before(text, statement, grade.span.start)) is None:
        return False
    near = text[max(0, statement.span.start - PROGRAMME_REACH) : statement.span.end + PROGRAMME_REACH]
    return _PROGRAMME.search(near) is not None and not has_other_scale(near)


def _found_before_scale(text: str, statement: Statement, grade: Grade) -> bool:
    """经评估为二级，依据智能制造能力成熟度模型: a level that the scale is named behind, which its own clause tells as a finding.

    Whatever else is graded in a clause before (抗震设防三级, 三级部门) has a scale of its own.
    """
    behind = text[grade.span.end : statement.span.end]
    if patterns("maturity", "told_of_scale_patterns").match(behind):
        return True
    clause = clause_before(text, statement, grade.span.start)
    found = patterns("maturity", "own_finding_before_patterns").search(clause) is not None
    return found and patterns("maturity", "own_finding_after_patterns").match(behind) is not None


def _ends_line_above(text: str, grade: Grade) -> bool | None:
    """A certificate sets the level on a line of its own: 经评估，符合…《智能制造能力成熟度模型》 / 二级（规范级）.

    False where the line above demands the level, None where it leaves none open.
    """
    start, end = text.rfind("\n", 0, grade.span.start) + 1, text.find("\n", grade.span.end)
    above = text[:start].rstrip()
    above = above[above.rfind("\n") + 1 :]
    if bare_level(text[start : end if end >= 0 else len(text)]) is None or above[-1:] in "。；;！：:":
        return None
    if patterns("maturity", "open_findings_patterns").search(above) is None or last_scale(above) is not True:
        return None
    return patterns("grades", "demand_patterns").search(above) is None


def field_scale(doc: Doc, statement: Statement) -> bool:
    """Whether a field without the scale's name in its answer is about this scale: label, group, neighbours, heading, title."""
    field = statement.field
    assert field is not None
    if asks_of_scale(statement):
        return has_other_scale(field.value) is False
    for context in (field.label, field.column, doc.text[slice(*field.value_span)], field.group):
        scale = last_scale(context)
        if scale is not None:
            return scale
    for other in statement.near:
        scale = last_scale(other.label + " " + other.value)
        if scale is not None and (_about_grades(other) or _beside(doc.text, field, other)):
            return scale
    start = doc.text.rfind("\n", 0, field.label_span.start) + 1
    scale = last_scale(doc.text[max(start, field.label_span.start - LINE_REACH) : field.label_span.start])
    graded = one_of("maturity", "grade_words").search(field.label) or patterns("maturity", "own_part_labels_patterns").search(field.label)
    if scale is not None and graded:
        return scale  # 第三方评估：智能制造能力成熟度三级；自评估：三级
    if field.label in WHOLE_ROWS and len({other.label for other in statement.near if other.label in words("maturity", "domains")}) > 1:
        return True
    rest = doc.text[field.value_span.end : line_end(doc.text, field.value_span.end)]
    for context in (closing_note(rest[-NOTE_REACH:]), field.heading, statement.after, title(doc.text)):
        scale = last_scale(context)
        if scale is not None:
            return scale
    return doc._.kind is Kind.MATURITY or (graded is not None and of_this_scale(doc.text, field.label_span.start))


def _beside(text: str, field: FormField, other: FormField) -> bool:
    """Two statements on one line, this one with the words of a grading: 封面：成熟度三级；正文：得分2.63，等级二级."""
    first, second = sorted((field.value_span, other.value_span))
    graded = one_of("maturity", "grade_words").search(text, *field.value_span) or patterns("maturity", "own_part_labels_patterns").search(
        field.label
    )
    return bool(graded) and "\n" not in text[first.end : second.start] and "\t" not in text[first.end : second.start]


def _about_grades(field: FormField) -> bool:
    """Whether a neighbouring field speaks for the whole table: its label names a scale, a level, or what is assessed by (评估依据)."""
    return (
        last_scale(field.label) is not None
        or one_of("maturity", "level_labels").search(field.label) is not None
        or "依据" in field.label
        or "模型" in field.label
    )


@lru_cache(maxsize=4096)
def bare_label(label: str) -> str:
    """A label without its brackets and without who applies: 成熟度得分（满分5分） is 成熟度得分, 申报单位成熟度 is 成熟度."""
    return _APPLICANTS.sub("", re.sub(r"[（(][^（()）]*[）)]", "", label))


@lru_cache(maxsize=4096)
def not_ours(label: str) -> bool:
    """Whether a label asks for what was before or for what others have: 上一轮得分, 行业平均成熟度."""
    return patterns("maturity", "not_ours_labels_patterns").search(bare_label(label)) is not None


def is_element(field: FormField) -> bool:
    """A row of the assessment's table about one element: 人员, 资源, 数据应用, 人员得分."""
    if field.column in words("maturity", "domains"):
        return True
    return _ENDS_ELEMENT.sub("", bare_label(field.label)) in words("maturity", "domains") or (
        bool(field.column)
        and field.label not in WHOLE_ROWS
        and of_domain(field.label + "级", 0, Span(len(field.label), len(field.label) + 1))
    )


def speaks_of_scale(doc: Doc, field: FormField) -> bool:
    """Whether a field's answer names the scale itself, or its label speaks of an assessment."""
    return last_scale(doc.text[slice(*field.value_span)]) is True or one_of("maturity", "level_labels").search(field.label) is not None
