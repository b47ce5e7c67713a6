"""Dates by which an authority must act: shown, never judged."""

from __future__ import annotations

from datetime import date

from docproc.predicates.case import Case
from docproc.predicates.periods import chinese
from docproc.predicates.predicate import Parameters, Predicate, Verdict, situation


class DeadlineParameters(Parameters):
    """The day of the month, and the months in which it comes."""

    day: int
    months: tuple[int, ...]


def judge(case: Case, parameters: DeadlineParameters) -> Verdict:
    day = next_deadline(case.as_of, parameters)
    return Verdict("shown", {"next": chinese(day)}, trace=(f"审查日期之后最近的报送期限：{chinese(day)}",))


def next_deadline(as_of: date, parameters: DeadlineParameters) -> date:
    """The first such day on or after `as_of`."""
    days = [date(year, month, parameters.day) for year in (as_of.year, as_of.year + 1) for month in sorted(parameters.months)]
    return next(day for day in days if day >= as_of)


PREDICATE = Predicate(
    name="deadline",
    meaning="A recurring date by which an authority must act; the message names the next one.",
    parameters=DeadlineParameters,
    situations={"shown": situation("not_applicable", "nothing for the applicant to show", "next")},
    judge=judge,
)
