"""Holds every family to what governs a whole stretch: a claim inside it is no asserted claim of the applicant, whoever found it.

Runs after the families. Who the applicant is (its name, its code) is settled by its own family and left alone, except that a name
that the text gives to another firm than the one it designates as the applicant is that other firm's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docproc.extract import CueSpan, Match
from docproc.model import Status

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from extractors.context import AssertionContext

SELF_SETTLED = ("company.name", "company.credit_code", "company.legal_representative", "company.established_on")


def match(doc: Doc) -> list[Match]:
    """The claims found so far, each with the status that its stretch leaves it."""
    context: AssertionContext = doc._.context
    return [_judged(context, claim) for claim in doc._.claims]


def set_annotations(doc: Doc, matches: list[Match]) -> None:
    doc._.claims = matches


def component(doc: Doc) -> Doc:
    set_annotations(doc, match(doc))
    return doc


def _judged(context: AssertionContext, claim: Match) -> Match:
    if claim.status is not Status.ASSERTED or not claim.spans or claim.name in SELF_SETTLED:
        return claim
    place = claim.spans[-1]
    governed = context.governing(place.start, place.end)
    if governed is None:
        return claim
    status, cue = governed
    return replace(claim, status=status, cues=(*claim.cues, CueSpan(cue.role, cue.span)))
