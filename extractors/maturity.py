"""Claims `maturity.level` and `maturity.score`: the applicant's 智能制造能力成熟度 after GB/T 39116 and GB/T 39117.

A level is a numeral, a Roman figure or the level's own name; whether it is a level of this scale is told by the nearest name of a scale
before it (its statement, the field's label and neighbours, the paragraph, the heading). Elements' levels, thresholds, definitions and
sought levels are no claims.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docproc.extract import Match
from docproc.model import Span
from extractors.components import adds_claims
from extractors.grades.aims_below import without_aims
from extractors.grades.assessment import of_one_assessment
from extractors.grades.checked import own_answer
from extractors.grades.corrections import without_corrected
from extractors.grades.earlier_states import without_earlier_states
from extractors.grades.maturity_levels import maturity_levels
from extractors.grades.maturity_scale import LEVEL, SCORE, Grade
from extractors.grades.maturity_scores import maturity_scores
from extractors.grades.method import assessed_on, method_of
from extractors.grades.reading import Reading
from extractors.grades.rounds import without_earlier_rounds
from extractors.grades.statements import Statement, statements
from extractors.grades.states import state_beside, tells_state
from extractors.lines.former_blocks import without_former

if TYPE_CHECKING:
    from spacy.tokens import Doc

_STATES = "assessment_state_labels_patterns"


def match(doc: Doc) -> list[Match]:
    """All levels and scores, with the method and the day of the assessment where the text tells them."""
    found: list[Match] = []
    told_states = tells_state(doc._.fields, _STATES)
    for statement in _with_own_answers(doc):
        told: list[tuple[str, Grade, Reading]] = []
        for name, grades in ((LEVEL, maturity_levels(doc, statement)), (SCORE, maturity_scores(doc, statement))):
            told += [(name, grade, reading) for grade, reading in grades if reading.status is not None]
        if told and not (told_states and state_beside(statement, _STATES)):
            found += [_match(doc, statement, name, grade, reading) for name, grade, reading in told]
    found = without_earlier_rounds(doc.text, without_earlier_states(doc, _each_once(found)))
    found = without_former(doc.text, found, (LEVEL, SCORE))
    return of_one_assessment(doc.text, without_corrected(doc.text, without_aims(doc.text, found)))


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
