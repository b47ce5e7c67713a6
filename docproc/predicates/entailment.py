"""Whether one statement on accidents carries what a rule asks: 近三年未发生较大及以上安全、环保等事故.

A denial covers the rule where it reaches its grade, each of its kinds and all of its time. 未发生重大事故 does not show that there was no
较大 one; a denial without a period covers no time. What is missing is named, so that a letter can ask for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from docproc.model import Claim
from docproc.predicates.periods import Interval, first_of_month, gaps, inside, interval, months_before, period, touches

GRADES = ("general", "larger", "major", "extraordinary")
ACCIDENTS = "accident.record"


class Answer(StrEnum):
    """What a statement says to a rule."""

    COVERS = "covers"
    DOES_NOT_COVER = "does_not_cover"
    CONTRADICTS = "contradicts"
    CANNOT_TELL = "cannot_tell"


class Aspect(StrEnum):
    """In what a statement falls short of a rule, or leaves it open."""

    KIND = "kind"
    GRADE = "grade"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing: a kind, a grade, or a stretch of time that the statement does not reach (null where it names none)."""

    aspect: Aspect
    value: str | None = None
    stretch: Interval | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a rule asks: the lowest grade that bars, the kinds that it names, the days that it looks back on.

    `counted_as`: kinds of a claim that count as one of the rule's (a fire as a safety accident).
    """

    grade: str
    kinds: tuple[str, ...]
    window: Interval
    counted_as: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Entailment:
    """The answer, and what is missing for `covers` (or, of an event, what leaves it open whether it bars)."""

    answer: Answer
    missing: tuple[Missing, ...] = ()


def entails(claim: Claim, asked: Asked, stated_on: date, covered: Interval | None = None) -> Entailment:
    """What one `accident.record` claim says to a rule. `stated_on`: the statement's own date, which closes an open period.

    `covered`: the days that a denial speaks of, where words around it tell them (从未, 自投产以来) that its qualifiers do not hold.

    Raises ValueError where the claim is another one or the rule's grade is none of `GRADES`.
    """
    if claim.name != ACCIDENTS or asked.grade not in GRADES:
        raise ValueError(f"{claim.name}, {asked.grade}: no statement on accidents, or no grade of them")
    return _of_denial(claim, asked, stated_on, covered) if claim.value == "none" else _of_event(claim, asked, stated_on)


def together(answers: Iterable[Entailment]) -> Answer:
    """What several statements say: one that contradicts decides, then one that covers, then one that leaves it open."""
    found = {each.answer for each in answers}
    order = (Answer.CONTRADICTS, Answer.COVERS, Answer.CANNOT_TELL, Answer.DOES_NOT_COVER)
    return next((answer for answer in order if answer in found), Answer.CANNOT_TELL)


def kinds_of(claim: Claim, asked: Asked) -> set[str]:
    """The kinds that a statement names, each as the rule counts it; none where it names no kind."""
    stated = claim.qualifiers.get("kinds")
    named: Sequence[object] = stated if isinstance(stated, list | tuple) else [stated] if stated else []
    return {asked.counted_as.get(str(kind), str(kind)) for kind in named}


def grade_of(claim: Claim, name: str = "severity") -> str | None:
    """The grade that a statement has under a qualifier; nothing where it has none, or none of `GRADES`."""
    grade = claim.qualifiers.get(name)
    return str(grade) if grade in GRADES else None


def denies_grade(denial: Claim, grade: str) -> bool:
    """Whether a denial reaches down to a grade; one that names no grade denies them all."""
    named = denial.qualifiers.get("severity")
    return not named or (named in GRADES and GRADES.index(str(named)) <= GRADES.index(grade))


def happened(event: Claim, asked: Asked, stated_on: date) -> Interval | None:
    """The days in which an event lies, as exact as stated; 近三年 and less are the rule's own window."""
    found = interval(event.qualifiers.get("date")) or period(event.qualifiers.get("period"), stated_on)
    years = event.qualifiers.get("years")
    return found or (asked.window if isinstance(years, int) and 0 < years <= 3 else None)


def _of_denial(claim: Claim, asked: Asked, stated_on: date, told: Interval | None) -> Entailment:
    missing: list[Missing] = []
    kinds = kinds_of(claim, asked)
    if kinds:  # a denial without a kind is one of all kinds
        missing += [Missing(Aspect.KIND, kind) for kind in asked.kinds if kind not in kinds]
    if not denies_grade(claim, asked.grade):
        missing.append(Missing(Aspect.GRADE, asked.grade))
    covered = told or _covered(claim, asked, stated_on)
    if covered is None:
        missing.append(Missing(Aspect.PERIOD))
    else:
        start = first_of_month(asked.window[0])
        end = max(min(stated_on, asked.window[1]), start)
        missing += [Missing(Aspect.PERIOD, stretch=stretch) for stretch in gaps((start, end), [covered])]
    if not missing:
        return Entailment(Answer.COVERS)
    unsaid = [each for each in missing if each.aspect is Aspect.PERIOD and each.stretch is None]
    answer = Answer.CANNOT_TELL if len(unsaid) == len(missing) else Answer.DOES_NOT_COVER
    return Entailment(answer, tuple(missing))


def _of_event(claim: Claim, asked: Asked, stated_on: date) -> Entailment:
    """An event of the rule's grade and kind within its time contradicts; one below it or outside says nothing to it."""
    kinds, grade, when = kinds_of(claim, asked), grade_of(claim), happened(claim, asked, stated_on)
    if (grade and GRADES.index(grade) < GRADES.index(asked.grade)) or (when is not None and not touches(when, asked.window)):
        return Entailment(Answer.DOES_NOT_COVER)
    if kinds and not kinds & set(asked.kinds):
        return Entailment(Answer.CANNOT_TELL, (Missing(Aspect.KIND),))
    missing: list[Missing] = []
    if not kinds:
        missing.append(Missing(Aspect.KIND))
    if grade is None:
        missing.append(Missing(Aspect.GRADE))
    if when is None or not inside(when, asked.window):
        missing.append(Missing(Aspect.PERIOD, stretch=when))
    return Entailment(Answer.CANNOT_TELL, tuple(missing)) if missing else Entailment(Answer.CONTRADICTS)


def _covered(claim: Claim, asked: Asked, stated_on: date) -> Interval | None:
    """The days that a denial speaks of: a period, or a number of years back from the statement; three years are the window."""
    years = claim.qualifiers.get("years")
    named = period(claim.qualifiers.get("period"), stated_on)
    if isinstance(years, int) and not isinstance(years, bool):
        if years >= 3:
            return first_of_month(asked.window[0]), max(stated_on, asked.window[1])
        return months_before(stated_on, 12 * years), stated_on
    return named
