"""Scores of an assessment of maturity in a statement, 0 to 5 points (GB/T 39117); none of one element, no full marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors.grades.maturity_scale import HIGHEST_SCORE, Grade, find_scores, last_scale, may_score, of_domain
from extractors.grades.own_scale import WHOLE_ROWS, bare_label, is_element, is_own_scale, not_ours, speaks_of_scale
from extractors.grades.questions import answers_elsewhere, asks_of_scale
from extractors.grades.reading import Reading, read_grade
from extractors.grades.score_rules import in_score_rule
from extractors.grades.statements import Statement
from extractors.words.lexicon import one_of, patterns

if TYPE_CHECKING:
    from spacy.tokens import Doc

_FULL_MARKS = re.compile(r"[（(][^（()）]*满分[^（()）]*[）)]")
_BARE_SCORE = re.compile(
    r"[0-5][.．]\d{1,3}(?:[ ]?[/／][ ]?5(?:[.．]0{1,2})?)?(?:[ ]?[（(][^（()）]{0,6}级[^（()）]{0,3}[）)])?"
)  # 2.96（三级）


def maturity_scores(doc: Doc, statement: Statement) -> Iterator[tuple[Grade, Reading]]:
    """The scores of a statement with how each is to be read; a reading without a status makes no claim."""
    return _field_scores(doc, statement) if statement.field else _prose_scores(doc, statement)


def _reached(text: str, scores: Iterator[Grade]) -> list[Grade]:
    """Scores without the full marks told beside them: 总分5分，本企业得3.06分."""
    found = list(scores)
    return [grade for grade in found if len(found) < 2 or grade.value != HIGHEST_SCORE or not text.startswith("总分", grade.span.start)]


def _prose_scores(doc: Doc, statement: Statement) -> Iterator[tuple[Grade, Reading]]:
    if not may_score(doc.text, *statement.span):
        return
    for grade in _reached(doc.text, find_scores(doc.text, *statement.span)):
        if of_domain(doc.text, statement.span.start, grade.span, score=True) or not is_own_scale(doc, statement, grade):
            continue
        if in_score_rule(doc.text, statement.span, grade.span):
            continue
        yield grade, read_grade(doc, statement, grade.span)


def _field_scores(doc: Doc, statement: Statement) -> Iterator[tuple[Grade, Reading]]:
    field = statement.field
    assert field is not None
    if not may_score(doc.text, *field.value_span) or answers_elsewhere(statement):
        return
    label = _FULL_MARKS.sub("", field.label).replace("加权平均", "加权")
    if is_element(field) or any(one_of("maturity", "score_label_stops").search(name) or not_ours(name) for name in (label, field.column)):
        return
    named = any(patterns("maturity", "score_labels_patterns").search(bare_label(name)) for name in (label, field.column) if name)
    named = named or patterns("maturity", "own_part_labels_patterns").search(field.label) is not None or asks_of_scale(statement)
    if not named and field.label not in WHOLE_ROWS and last_scale(field.label) is not True and not speaks_of_scale(doc, field):
        return
    alone = last_scale(field.label) is True and _BARE_SCORE.fullmatch(field.value) is not None
    for grade in _reached(doc.text, find_scores(doc.text, *field.value_span, bare=named or alone)):
        if not of_domain(doc.text, field.value_span.start, grade.span, score=True) and is_own_scale(doc, statement, grade):
            yield grade, read_grade(doc, statement, grade.span)
