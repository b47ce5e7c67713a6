"""Holds every family to what governs a whole stretch: a claim inside it is no asserted claim of the applicant, whoever found it.

Runs after the families. Who the applicant is (its name, its code) is settled by its own family and left alone, except that a name
that the text gives to another firm than the one it designates as the applicant is that other firm's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from docproc.extract import CueSpan, Match
from docproc.model import Span, Status
from extractors.changes import BEFORE
from extractors.lines.demands import Demand, demanded_cells
from extractors.lines.enumerators import number_at
from extractors.lines.former_blocks import replaced_by_present
from extractors.parties.columns import cells_of_others, labels_of_others, lines_of_others
from extractors.parties.headed_cells import headed_cells
from extractors.parties.listed_firms import rows_of_others
from extractors.parties.particulars import lines_of_others_below
from extractors.records.states_by_period import of_now
from extractors.words.anchors import compiled
from extractors.words.lexicon import vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from extractors.context import AssertionContext

NAME = "company.name"
_TOPIC_ENDS = re.compile(r"[\u4e00-\u9fff]{0,8}(?:情况|概况|进展|计划|安排|时间)[ 　]*(?=\n|$)")
_ITEM_ALONE = re.compile(r"[ 　]*(?=\n[ 　]*[\u4e00-\u9fff]{2}(?!、))")  # a numbered line over one that goes on about it
_MARKED = re.compile(r"[，。；：,;:\t□■☐☑√]")
_TEMPLATE = compiled(str(vocabulary("identity")["placeholder"]))
SELF_SETTLED = ("company.name", "company.credit_code", "company.legal_representative", "company.established_on")

# What happened, what was granted and who one is by law is told of the past and holds all the same.
_OF_THE_PAST = (
    "accident.record",
    "credit.record",
    "violation.record",
    "recognition.level",
    "company.credit_code",
    "company.established_on",
)


def match(doc: Doc) -> list[Match]:
    """The claims found so far, each with the status that its stretch leaves it."""
    context: AssertionContext = doc._.context
    demanded = demanded_cells(context.text)
    others = cells_of_others(doc._.fields) | labels_of_others(doc._.fields)
    lines = frozenset(lines_of_others(context.text, doc._.applicant))
    listed = _lines_of(context.text, rows_of_others(doc))
    claims = [_of_whom(listed, _demanded(demanded, _titled(context.text, _judged(context, claim)))) for claim in doc._.claims]
    claims = [_beside(others, claim) for claim in claims] if others else claims
    claims = [_under_head(context.text, claim) for claim in claims] if "\t" in context.text or "|" in context.text else claims
    claims = [claim if claim.name in SELF_SETTLED else _beside(lines, claim) for claim in claims] if lines else claims
    claims = _below_others(context, claims, doc._.applicant)
    claims = of_now(claims, doc._.fields)
    former = frozenset(field.value_span for field in doc._.fields if field.label.startswith(BEFORE))
    return replaced_by_present(context.text, [*claims, *_designated(context, claims)], former, _OF_THE_PAST)


def set_annotations(doc: Doc, matches: list[Match]) -> None:
    doc._.claims = matches


def component(doc: Doc) -> Doc:
    set_annotations(doc, match(doc))
    return doc


def _designated(context: AssertionContext, claims: Sequence[Match]) -> list[Match]:
    """The name that the text gives the one that applies (本次申报单位系其子公司X), where no family has claimed it."""
    applicant = context.speakers.settled
    known = any(claim.name == NAME and claim.status is Status.ASSERTED and applicant.is_named(str(claim.value)) for claim in claims)
    if applicant.designated is None or known or _TEMPLATE.search(str(applicant.name)):
        return []
    return [Match(NAME, applicant.name, {}, Status.ASSERTED, (applicant.designated,))]


def _below_others(context: AssertionContext, claims: list[Match], applicant: str | None) -> list[Match]:
    """The claims; those on lines that hold the particulars of another firm, named above them, are that firm's."""
    own = {str(claim.value) for claim in claims if claim.name == NAME and claim.status is Status.ASSERTED}
    own |= {applicant} if applicant else set()
    lines = frozenset(lines_of_others_below(context.text, own, applicant))
    return [_beside(lines, claim) for claim in claims] if lines else claims


def _named(context: AssertionContext, claim: Match) -> Match:
    """A name that is an indefinite firm's, or another firm's than the designated applicant's, is not the applicant's."""
    applicant = context.speakers.settled
    other = applicant.designated is not None and not applicant.is_named(str(claim.value))
    if other or context.speakers.indefinite(*claim.spans[-1]):
        return replace(claim, status=Status.THIRD_PARTY)
    return claim


def _titled(text: str, claim: Match) -> Match:
    """What a heading only names is not stated: （十一）获评先进级智能工厂情况. A denial in one is: 无安全事故情况."""
    if claim.status is not Status.ASSERTED or claim.value == "none" or not claim.spans or claim.name in SELF_SETTLED:
        return claim
    end = claim.spans[-1].end
    start = text.rfind("\n", 0, claim.spans[0].start) + 1
    tail = _TOPIC_ENDS.match(text, end) or (_ITEM_ALONE.match(text, end) if number_at(text, start, end) > start else None)
    if tail is None or _MARKED.search(text, start, end):
        return claim
    return replace(claim, status=Status.QUOTED, cues=(*claim.cues, CueSpan("heading", Span(end, tail.end()))))


def _demanded(cells: Sequence[Demand], claim: Match) -> Match:
    """A claim that stands altogether in a cell of the rule's words is the rule's."""
    if claim.status is not Status.ASSERTED or not cells or not claim.spans or claim.name in SELF_SETTLED:
        return claim
    first, last = min(span.start for span in claim.spans), max(span.end for span in claim.spans)
    holding = next((demand for demand in cells if demand.start <= first and last <= demand.cell.end), None)
    if holding is None or holding.agreed:
        return claim
    return replace(claim, status=Status.QUOTED, cues=(*claim.cues, CueSpan("heading:demand", holding.cell)))


def _beside(others: Collection[Span], claim: Match) -> Match:
    """A claim whose value stands under another's head, beside the applicant's own, is that other's."""
    place = claim.spans[-1] if claim.status is Status.ASSERTED and claim.spans else None
    holding = next((cell for cell in others if place and cell.start < place.end and place.end <= cell.end), None)
    return claim if holding is None else replace(claim, status=Status.THIRD_PARTY, cues=(*claim.cues, CueSpan("third_party", holding)))


def _under_head(text: str, claim: Match) -> Match:
    """A claim that ends in a cell whose head says that it is demanded, aimed at, over or another's."""
    if claim.status is not Status.ASSERTED or not claim.spans:
        return claim
    end = max(span.end for span in claim.spans)
    under = next((cell for cell in headed_cells(text) if cell.span.start < end <= cell.span.end), None)
    if under is None or (under.status is Status.SUPERSEDED and claim.name in ("accident.record", "violation.record")):
        return claim
    return replace(claim, status=under.status, cues=(*claim.cues, CueSpan(f"column:{under.status.value}", under.span)))


def _lines_of(text: str, labels: Iterable[Span]) -> Sequence[Span]:
    """The lines on which the rows of other firms stand in a list of firms."""
    found: list[Span] = []
    for label in labels:
        end = text.find("\n", label.end)
        found.append(Span(text.rfind("\n", 0, label.start) + 1, len(text) if end < 0 else end))
    return found


def _of_whom(listed: Sequence[Span], claim: Match) -> Match:
    """A claim that stands in another firm's row of a list is that firm's."""
    if claim.status is not Status.ASSERTED or not listed or not claim.spans:
        return claim
    line = next((line for line in listed if line.start <= claim.spans[-1].start < line.end), None)
    return claim if line is None else replace(claim, status=Status.THIRD_PARTY, cues=(*claim.cues, CueSpan("third_party", line)))


def _judged(context: AssertionContext, claim: Match) -> Match:
    if claim.status is Status.ASSERTED and claim.spans and context.in_specimen(claim.spans[-1].start):
        return replace(claim, status=Status.QUOTED)
    if claim.name == NAME and claim.status is Status.ASSERTED and claim.spans:
        return _named(context, claim)
    if claim.status is not Status.ASSERTED or not claim.spans or claim.name in SELF_SETTLED:
        return claim
    place = claim.spans[-1]
    governed = context.governing(place.start, place.end)
    if governed is None:
        return claim
    status, cue = governed
    return replace(claim, status=status, cues=(*claim.cues, CueSpan(cue.role, cue.span)))
