"""Claims `maturity.level` and `maturity.score`: the applicant's 智能制造能力成熟度 after GB/T 39116 and GB/T 39117.

A level is a numeral, a Roman figure or the level's own name; whether it is a level of this scale is told by the nearest name of a scale
before it (its statement, the field's label and neighbours, the paragraph, the heading). Elements' levels, thresholds, definitions and
sought levels are no claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from docproc.extract import FormField, Match
from docproc.model import Kind, Span, Status
from extractors.components import adds_claims
from extractors.grades.assessment import ByPlace, closing_note, of_one_assessment
from extractors.grades.checked import own_answer
from extractors.grades.maturity_scale import (
    HIGHEST_SCORE,
    Grade,
    bare_level,
    bare_name,
    find_levels,
    find_scores,
    has_other_scale,
    last_scale,
    may_score,
    of_domain,
)
from extractors.grades.method import assessed_on, method_of
from extractors.grades.reading import Reading, read_grade, unticked
from extractors.grades.sought import read_level
from extractors.grades.statements import Statement, line_end, statements, title
from extractors.lexicon import one_of, patterns, vocabulary, words

if TYPE_CHECKING:
    from spacy.tokens import Doc

LEVEL, SCORE = "maturity.level", "maturity.score"
_FULL_MARKS = re.compile(r"[（(][^（()）]*满分[^（()）]*[）)]")
_BARE_SCORE = re.compile(r"[0-5][.．]\d{1,3}(?:[ ]?[（(][^（()）]{0,6}级[^（()）]{0,3}[）)])?")  # 2.96（三级）
LINE_REACH = 80  # code points before a field on its line in which the scale may be named
LONGEST_CHANGE = 80  # code points between two levels over which the second takes the first one's place
_NEXT_YEAR = re.compile(r"(?:[（(][^（()）]*[）)])?[，,、；;][ ]?(?:19|20)\d\d年?(?:度)?(?:为|是|达到?|升至|提升至|提升到|[：:])?$")
_WHOLE_ROWS = frozenset(words("maturity", "whole_rows"))


def match(doc: Doc) -> list[Match]:
    """All levels and scores, with the method and the day of the assessment where the text tells them."""
    found: list[Match] = []
    for statement in _with_own_answers(doc):
        levels = list(_field_levels(doc, statement) if statement.field else _prose_levels(doc, statement))
        found += [_match(doc, statement, LEVEL, grade, reading) for grade, reading in _standing(levels)]
        scores = list(_field_scores(doc, statement) if statement.field else _prose_scores(doc, statement))
        found += [_match(doc, statement, SCORE, grade, reading) for grade, reading in scores]
    return of_one_assessment(doc.text, _without_earlier_states(doc, _each_once(found)))


component = adds_claims(match)


def _each_once(found: list[Match]) -> list[Match]:
    """Without a grade that is read twice at one place, as a field's answer and as prose: the one that says more stays."""
    kept: dict[tuple[str, Span], Match] = {}
    for entry in found:
        key = (entry.name, entry.spans[-1])
        known = kept.get(key)
        if known is None or (len(entry.qualifiers) > len(known.qualifiers) and entry.status is known.status):
            kept[key] = entry
    return list(kept.values())


def _with_own_answers(doc: Doc) -> Iterator[Statement]:
    for statement in statements(doc):
        yield statement
        own = own_answer(doc.text, statement)
        if own is not None:
            yield own


def _match(doc: Doc, statement: Statement, name: str, grade: Grade, reading: Reading) -> Match:
    assert reading.status is not None
    qualifiers: dict[str, str | None] = {"method": method_of(doc, statement, grade.span)}
    if name == LEVEL:
        qualifiers["assessed_on"] = assessed_on(doc, statement, grade.span)
    spans = (statement.field.label_span, grade.span) if statement.field and statement.field.label else (grade.span,)
    return Match(name, grade.value, {key: value for key, value in qualifiers.items() if value is not None}, reading.status, spans)


def _standing(levels: list[tuple[Grade, Reading]]) -> Iterator[tuple[Grade, Reading]]:
    yield from ((grade, reading) for grade, reading in levels if reading.status is not None)


# --- levels ------------------------------------------------------------------------------------------------------------


def _prose_levels(doc: Doc, statement: Statement) -> Iterator[tuple[Grade, Reading]]:
    text = doc.text
    for grade in find_levels(text, *statement.span):
        if unticked(text, statement, grade.span) or _defines(text, statement, grade) or of_domain(text, statement.span.start, grade.span):
            continue
        if _is_own_scale(doc, statement, grade):
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


def _is_own_scale(doc: Doc, statement: Statement, grade: Grade) -> bool:
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
    if following:
        return last_scale(following.group()) is not False
    if statement.field is not None:
        return _field_scale(doc, statement)
    following_words = text[grade.span.end : statement.span.end]
    if last_scale(following_words) is True and re.search(r"成熟度|3911[67]", following_words):
        return True  # 得分1.75分，智能制造能力成熟度达到一级
    if has_other_scale(text[grade.span.start : grade.span.end + 6]):
        return False
    ends = _ends_line_above(text, grade)
    if ends is not None:
        return ends
    sentence = text[slice(*statement.span)]
    if not one_of("maturity", "grade_words").search(sentence) and not (statement.before and bare_level(sentence)):
        return False
    for context in (statement.before, closing_note(statement.after), statement.heading):
        scale = last_scale(context)
        if scale is not None:
            return scale
    return bool(doc._.kind is Kind.MATURITY or last_scale(title(text)))


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


def _field_scale(doc: Doc, statement: Statement) -> bool:
    """Whether a field without the scale's name in its answer is about this scale: label, group, neighbours, heading, title."""
    field = statement.field
    assert field is not None
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
    if field.label in _WHOLE_ROWS and len({other.label for other in statement.near if other.label in words("maturity", "domains")}) > 1:
        return True
    for context in (field.heading, statement.after, title(doc.text)):
        scale = last_scale(context)
        if scale is not None:
            return scale
    return doc._.kind is Kind.MATURITY


def _beside(text: str, field: FormField, other: FormField) -> bool:
    """Two statements on one line, this one with the words of a grading: 封面：成熟度三级；正文：得分2.63，等级二级."""
    first, second = sorted((field.value_span, other.value_span))
    graded = one_of("maturity", "grade_words").search(text, *field.value_span) or patterns("maturity", "own_part_labels_patterns").search(
        field.label
    )
    return bool(graded) and "\n" not in text[first.end : second.start] and "\t" not in text[first.end : second.start]


def _about_grades(field: FormField) -> bool:
    return (
        last_scale(field.label) is not None
        or one_of("maturity", "level_labels").search(field.label) is not None
        or "依据" in field.label
        or "模型" in field.label
    )


def _field_levels(doc: Doc, statement: Statement) -> Iterator[tuple[Grade, Reading]]:
    field = statement.field
    assert field is not None
    text = doc.text
    if not field.options and bare_level(field.value) is None and next(find_levels(text, *field.value_span), None) is None:
        return
    if re.search(r"目标|计划|规划|预期|下一", _bare(field.label)):
        return
    if field.label and one_of("maturity", "level_label_stops").search(_bare(field.label)) and last_scale(field.label) is not True:
        yield from _prose_levels(doc, statement) if last_scale(field.value) else ()
        return
    if one_of("maturity", "level_label_stops").search(field.column) or _is_element(field):
        return
    if patterns("maturity", "former_columns_patterns").search(field.column):
        return  # 建设前: what the row next to it has changed
    if _sought(field.label):
        return
    if _holds_levels(field.options):
        if last_scale(field.label) is not False and _field_scale(doc, statement):
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
        if (_names_level(field) or own_part) and _field_scale(doc, statement):
            yield Grade(whole, field.value_span), read_level(doc, statement, field.value_span)
        return
    for grade in find_levels(text, *field.value_span):
        if of_domain(text, field.value_span.start, grade.span) or not _is_own_scale(doc, statement, grade):
            continue
        told = _names_level(field) or last_scale(text[field.value_span.start : grade.span.start])
        if told or patterns("maturity", "own_part_labels_patterns").search(field.label):
            yield grade, read_level(doc, statement, grade.span)


def _may_number_page(doc: Doc, field: FormField) -> bool:
    """Whether a bare figure below its label may as well be the number of a page: the last line of its page, or beyond the label's."""
    between = doc.text[field.label_span.end : field.value_span.start]
    if not field.value.isdecimal() or "\n" not in between or doc._.ends_page is None:
        return False
    return bool(doc._.ends_page(field.label_span) or doc._.ends_page(field.value_span))


def _holds_levels(options: tuple[object, ...]) -> bool:
    return sum(bare_level(option.text) is not None for option in options) > 0  # type: ignore[attr-defined]


@lru_cache(maxsize=4096)
def _bare(label: str) -> str:
    return re.sub(r"[（(][^（()）]*[）)]", "", label)


def _sought(label: str) -> bool:
    return re.search(r"申请|申报|目标|拟|计划|要求|预期|下一", _bare(label)) is not None


def _names_level(field: FormField) -> bool:
    named = one_of("maturity", "level_labels").search(field.label) or one_of("maturity", "level_labels").search(field.column)
    return bool(named) or field.label in _WHOLE_ROWS or last_scale(field.label) is True


def _is_element(field: FormField) -> bool:
    """A row of the assessment's table about one element: 人员, 资源, 数据应用."""
    if field.column in words("maturity", "domains"):
        return True
    return field.label in words("maturity", "domains") or (
        bool(field.column)
        and field.label not in _WHOLE_ROWS
        and of_domain(field.label + "级", 0, Span(len(field.label), len(field.label) + 1))
    )


# --- scores ------------------------------------------------------------------------------------------------------------


def _reached(text: str, scores: Iterator[Grade]) -> list[Grade]:
    """Scores without the full marks told beside them: 总分5分，本企业得3.06分."""
    found = list(scores)
    return [grade for grade in found if len(found) < 2 or grade.value != HIGHEST_SCORE or not text.startswith("总分", grade.span.start)]


def _prose_scores(doc: Doc, statement: Statement) -> Iterator[tuple[Grade, Reading]]:
    if not may_score(doc.text, *statement.span):
        return
    for grade in _reached(doc.text, find_scores(doc.text, *statement.span)):
        if of_domain(doc.text, statement.span.start, grade.span, score=True) or not _is_own_scale(doc, statement, grade):
            continue
        reading = read_grade(doc, statement, grade.span)
        if reading.status is not None:
            yield grade, reading


def _field_scores(doc: Doc, statement: Statement) -> Iterator[tuple[Grade, Reading]]:
    field = statement.field
    assert field is not None
    if not may_score(doc.text, *field.value_span):
        return
    if (
        _is_element(field)
        or one_of("maturity", "score_label_stops").search(_FULL_MARKS.sub("", field.label))
        or one_of("maturity", "score_label_stops").search(field.column)
    ):
        return
    named = any(patterns("maturity", "score_labels_patterns").search(_bare(name)) for name in (field.label, field.column) if name)
    named = named or patterns("maturity", "own_part_labels_patterns").search(field.label) is not None
    if not named and field.label not in _WHOLE_ROWS and last_scale(field.label) is not True and not find_any_scale(doc, field):
        return
    alone = last_scale(field.label) is True and _BARE_SCORE.fullmatch(field.value) is not None
    for grade in _reached(doc.text, find_scores(doc.text, *field.value_span, bare=named or alone)):
        if not of_domain(doc.text, field.value_span.start, grade.span, score=True) and _is_own_scale(doc, statement, grade):
            reading = read_grade(doc, statement, grade.span)
            if reading.status is not None:
                yield grade, reading


def find_any_scale(doc: Doc, field: FormField) -> bool:
    """Whether a field's answer names the scale itself, or its label speaks of an assessment."""
    return last_scale(doc.text[slice(*field.value_span)]) is True or one_of("maturity", "level_labels").search(field.label) is not None


# --- several states ----------------------------------------------------------------------------------------------------


def _differing_methods(first: Match, second: Match) -> bool:
    """A self-assessment and an assessor's finding stand side by side: neither takes the other's place."""
    methods = {first.qualifiers.get("method"), second.qualifiers.get("method")}
    return None not in methods and len(methods) == 2


def _risen(first: Match, second: Match, between: str) -> bool:
    """2023年一级，经两年改造，2025年二级; 2023年一级，2024年二级: two dated levels, the second higher, in one series."""
    dates = [entry.qualifiers.get("assessed_on") for entry in (first, second)]
    if not all(isinstance(date, str) for date in dates) or str(dates[0]) >= str(dates[1]):
        return False
    if int(first.value) >= int(second.value):
        return False
    return patterns("grades", "improved_patterns").search(between) is not None or _NEXT_YEAR.match(between) is not None


def _without_earlier_states(doc: Doc, found: list[Match]) -> list[Match]:
    """Where a later assessment takes an earlier one's place (复评, 更正), the earlier level no longer holds.

    Two levels that merely differ both stay: a contradiction is the reader's to judge.
    """
    levels = [entry for entry in found if entry.name == LEVEL and entry.status is Status.ASSERTED]
    over: set[int] = set()
    gone = [entry for entry in found if entry.name == LEVEL and entry.status is Status.SUPERSEDED]
    behind = ByPlace(levels)
    gone_behind = ByPlace(gone)
    for first in levels:
        end = first.spans[-1].end
        for second in behind.between(end + 1, end + LONGEST_CHANGE + 1):
            if first.value == second.value:
                continue
            between = doc.text[first.spans[-1].end : second.spans[-1].start]
            if _risen(first, second, between):
                over.add(id(first))
            before = re.split(r"[，。；\n]", doc.text[max(0, first.spans[-1].start - 30) : first.spans[-1].start])[-1]
            past = patterns("grades", "past_patterns").search(before) or re.search("(?:原|初)自评[^，。]{0,4}$", before)
            if _differing_methods(first, second) and not past:
                continue
            if patterns("grades", "again_patterns").search(between) or past:
                over.add(id(first))
        if any(entry.value == first.value for entry in gone_behind.between(end, line_end(doc.text, end) + 1)):
            over.add(id(first))  # a later step of the same paragraph (由一级到二级的提升) says that the level is over
    return [
        Match(entry.name, entry.value, entry.qualifiers, Status.SUPERSEDED, entry.spans, entry.cues) if id(entry) in over else entry
        for entry in found
    ]
