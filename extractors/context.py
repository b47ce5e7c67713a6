"""The assertion engine: how the words at a place are to be read (whose statement, about when, denied or not).

After NegEx and ConText: cues with masks (longer words that only look like a cue), and a scope for each kind of cue. A denial
governs its own clause and what is coordinated with it; a condition, a plan and a rule govern what follows them in their sentence;
a list's lead-in and a heading govern the items below. Every answer carries the cues that led to it.

A reason is asked only where its sentence holds one of the reason's words (`extractors.assertion.signs`): most sentences hold none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from docproc.extract import Assertion, Clause, CueSpan
from docproc.model import Status
from extractors.assertion.denial import denial
from extractors.assertion.ground import WORDS, Cues, Ground, Place
from extractors.assertion.intents import conditional, exercise, planned, pledged
from extractors.assertion.rules import ruled
from extractors.assertion.voices import corrected, prompted, somebody_else
from extractors.lexicon import one_of
from extractors.moods import Moods
from extractors.speakers import Speakers

if TYPE_CHECKING:
    from spacy.tokens import Doc

# The reasons why words may not be asserted, the gravest first.
_REASONS: tuple[tuple[Status, Callable[[Ground, Place], Cues]], ...] = (
    (Status.SUPERSEDED, corrected),
    (Status.THIRD_PARTY, somebody_else),
    (Status.QUOTED, prompted),
    (Status.QUOTED, ruled),
    (Status.HYPOTHETICAL, conditional),
    (Status.HYPOTHETICAL, exercise),
    (Status.PLANNED, pledged),
    (Status.PLANNED, planned),
)


class AssertionContext:
    """Answers for one text (`docproc.extract.Context`)."""

    def __init__(self, text: str, applicant: str | None = None) -> None:
        self.text = text
        self._ground = Ground(text, applicant)
        self._moods = Moods(self._ground)

    @property
    def clauses(self) -> Sequence[Clause]:
        """All clauses of the text, in order."""
        return self._ground.segments.all()

    @property
    def speakers(self) -> Speakers:
        """The parties of the text."""
        return self._ground.speakers

    def clause_at(self, position: int) -> Clause:
        """The clause that holds this character; of a text without clauses an empty one."""
        return self._ground.segments.clause_at(position)

    def cues(self, role: str, start: int, end: int) -> Cues:
        """The cues of a role that begin in this stretch of a line."""
        return self._ground.cues(role, start, end)

    def assertion(self, start: int, end: int) -> Assertion:
        """How the words at start:end are to be read. The first reason that holds decides the status, the gravest first."""
        ground = self._ground
        place = self._place(start, end)
        clause = place.clause
        negated, denials = denial(ground, place)
        if denials:
            place = Place(start, end, place.line, clause, place.signs, negated, denials)
        former = ground.cues("former", clause.span.start, start) if "former" in place.signs else ()
        for status, reason in _REASONS:
            cues = reason(ground, place)
            if cues:
                return Assertion(status, negated, (*cues, *denials, *former))
        governed = self._moods.governing(place)
        if governed is not None:
            return Assertion(governed[0], negated, (governed[1], *denials, *former))
        return Assertion(Status.ASSERTED, negated, (*denials, *former))

    def governing(self, start: int, end: int) -> tuple[Status, CueSpan] | None:
        """What governs the whole stretch that holds these words, whichever family reads them; None where nothing does."""
        place = self._place(start, end)
        listed = self._listed_rule(place)
        return (Status.QUOTED, listed[0]) if listed else self._moods.governing(place)

    def _place(self, start: int, end: int) -> Place:
        line = self._ground.segments.line_at(start)
        clause = line.clause_at(start)
        return Place(start, end, line, clause, self._ground.signs(clause.sentence))

    def _listed_rule(self, place: Place) -> Cues:
        """有下列情形之一的，不予受理：…: what leads in a list of cases governs every item of it."""
        clause, ground = place.clause, self._ground
        if clause.lead is None or clause.lead.end > place.start or ground.speakers.strong_own(*clause.lead):
            return ()
        if ground.speakers.strong_own(clause.span.start, place.start) or not one_of(WORDS, "points_on").search(ground.text, *clause.lead):
            return ()
        return ground.cues("modal", *clause.lead) or ground.cues("condition", *clause.lead)


def match(doc: Doc) -> AssertionContext:
    """The assertion engine over a Doc's text."""
    return AssertionContext(doc.text, doc._.applicant)


def set_annotations(doc: Doc, context: AssertionContext) -> None:
    """Hangs the engine on the Doc, where the families ask it."""
    doc._.context = context


def component(doc: Doc) -> Doc:
    set_annotations(doc, match(doc))
    return doc
