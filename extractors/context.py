"""The assertion engine: how the words at a place are to be read (whose statement, about when, denied or not).

After NegEx and ConText: cues with masks (longer words that only look like a cue), and a scope for each kind of cue. A denial
governs its own clause and what is coordinated with it; a condition, a plan and a rule govern what follows them in their sentence;
a list's lead-in and a heading govern the items below. Every answer carries the cues that led to it.

A reason is asked only where its sentence holds one of the reason's words (`extractors.assertion.signs`), a heading above speaks to it, or
a circumstance makes it possible: at most places none does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from docproc.extract import Assertion, Clause, CueSpan
from docproc.model import Span, Status
from extractors.assertion import rules
from extractors.assertion.denial import denial
from extractors.assertion.embedded import only_then, refuted, slogan, striven_for, unproved
from extractors.assertion.ground import WORDS, Cues, Ground, Place
from extractors.assertion.intents import conditional, exercise, planned, pledged
from extractors.assertion.moods import Moods
from extractors.assertion.voices import corrected, prompted, somebody_else
from extractors.parties.speakers import Speakers
from extractors.words import shapes
from extractors.words.anchored import anchored
from extractors.words.lexicon import alternatives, one_of, words

if TYPE_CHECKING:
    from spacy.tokens import Doc


class _Reason(NamedTuple):
    """A reason why words may not be asserted, and what makes it possible: a word in the sentence, a heading, a circumstance."""

    status: Status
    holds: Callable[[Ground, Place], Cues]
    words: frozenset[str] = frozenset()
    headings: frozenset[str] = frozenset()
    circumstances: int = 0


# Circumstances of a place that no word of its sentence tells.
_OTHERS = 1  # somebody else is named in the line
_POINTING = 2  # the clause points back to what was said before
_LED = 4  # a list's lead-in governs
_QUOTED = 8  # the place stands in quotation marks
_SOURCED = 16  # a source follows the sentence
_DENIED = 32
_ANYWHERE = 64  # the text holds something that governs whole stretches of it

# The gravest first.
REASONS = (
    _Reason(Status.SUPERSEDED, corrected, frozenset(("correction",))),
    _Reason(Status.SUPERSEDED, refuted, frozenset(("refuted", "reporting"))),
    _Reason(Status.THIRD_PARTY, somebody_else, frozenset(("third_party",)), frozenset(("third_party_headings",)), _OTHERS | _POINTING),
    _Reason(Status.QUOTED, prompted, frozenset(("prompt",))),
    _Reason(Status.QUOTED, rules.modal_before, frozenset(("modal",))),
    _Reason(Status.QUOTED, rules.led, circumstances=_LED),
    _Reason(Status.QUOTED, rules.taken_from, frozenset(("source",)), circumstances=_SOURCED),
    _Reason(Status.QUOTED, rules.named_paper, frozenset(("paper",))),
    _Reason(Status.QUOTED, rules.quoted_condition, circumstances=_QUOTED),
    _Reason(Status.QUOTED, slogan, circumstances=_QUOTED),
    _Reason(Status.QUOTED, unproved, frozenset(("unproved",))),
    _Reason(Status.QUOTED, rules.case, frozenset(("case",))),
    _Reason(Status.QUOTED, rules.anybody, frozenset(("generic",))),
    _Reason(Status.QUOTED, rules.modal_after, frozenset(("modal",))),
    _Reason(Status.QUOTED, rules.demanded, frozenset(("demand",)), frozenset(("rule_headings",))),
    _Reason(Status.HYPOTHETICAL, conditional, frozenset(("condition",))),
    _Reason(Status.HYPOTHETICAL, only_then, frozenset(("only", "conditioned"))),
    _Reason(Status.HYPOTHETICAL, exercise, frozenset(("exercise",)), frozenset(("exercise_headings",))),
    _Reason(Status.PLANNED, pledged, frozenset(("promise",)), circumstances=_DENIED),
    _Reason(Status.PLANNED, striven_for, circumstances=_DENIED),
    _Reason(Status.PLANNED, planned, frozenset(("plan",)), frozenset(("plan_headings",))),
)
_MOOD_WORDS = frozenset(("sample", "template", "rumour", "scale", "price", "others", "source"))


@lru_cache(maxsize=4096)
def _possible(signs: frozenset[str], headings: frozenset[str], circumstances: int) -> tuple[tuple[_Reason, ...], bool]:
    """The reasons that may hold at a place, and whether something may govern its whole stretch (`extractors.assertion.moods`)."""
    reasons = tuple(
        reason for reason in REASONS if reason.words & signs or reason.headings & headings or reason.circumstances & circumstances
    )
    return reasons, bool(_MOOD_WORDS & signs or "samples" in headings or circumstances & (_OTHERS | _ANYWHERE))


class AssertionContext:
    """Answers for one text (`docproc.extract.Context`)."""

    def __init__(self, text: str, applicant: str | None = None) -> None:
        self.text = text
        self._ground = Ground(text, applicant)
        self._moods = Moods(self._ground)
        self._anywhere = _ANYWHERE if self._moods.anywhere else 0
        self._pointing_back = words(WORDS, "pointing_back")
        sourced = anchored(alternatives(words(WORDS, "taken_from"))).search(text) is not None
        self._taken_from = shapes.taken_from() if sourced else None

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
        reasons, governable = self._possible(place)
        for reason in reasons:
            cues = reason.holds(ground, place)
            if cues:
                return Assertion(reason.status, negated, (*cues, *denials, *former))
        governed = self._moods.governing(place) if governable else None
        if governed is not None:
            return Assertion(governed[0], negated, (governed[1], *denials, *former))
        return Assertion(Status.ASSERTED, negated, (*denials, *former))

    def in_specimen(self, position: int) -> bool:
        """Whether a place stands where a text only shows how it is to be filled in."""
        return self._moods.specimen_at(position) is not None

    def of_whom(self, answer: Span, status: Status) -> Status:
        """The status of an answer: 未查询到X公司的记录 is another firm's where X is not the applicant."""
        if status is Status.THIRD_PARTY and self.answers_for_itself(answer):
            return Status.ASSERTED
        return Status.THIRD_PARTY if self.speakers.names_other(*answer) else status

    def answers_for_itself(self, answer: Span) -> bool:
        """Whether the applicant says of itself what a paper asks of 投标人: 满足。我司近三年未发生…."""
        found = shapes.phrase("own_answer").match(self.text, *answer)
        return found is not None and self.speakers.strong_own(*answer)

    def governing(self, start: int, end: int) -> tuple[Status, CueSpan] | None:
        """What governs the whole stretch that holds these words, whichever family reads them; None where nothing does."""
        place = self._place(start, end)
        listed = self._listed_rule(place)
        if listed:
            return Status.QUOTED, listed[0]
        _, governable = self._possible(place)
        return self._moods.governing(place) if governable else None

    def _possible(self, place: Place) -> tuple[tuple[_Reason, ...], bool]:
        return _possible(place.signs, shapes.heading_tells(place.clause.heading), self._circumstances(place))

    def _circumstances(self, place: Place) -> int:
        ground, clause = self._ground, place.clause
        found = self._anywhere
        if ground.speakers.any_other(place.line):
            found |= _OTHERS
        if ground.text.startswith(self._pointing_back, clause.span.start):
            found |= _POINTING
        if clause.lead is not None:
            found |= _LED
        if ground.quoted(place.start):
            found |= _QUOTED
        if self._taken_from is not None and self._taken_from.match(ground.text, clause.sentence.end):
            found |= _SOURCED
        return found | _DENIED if place.denials else found

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
