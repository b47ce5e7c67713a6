"""Dates as exact as they are stated, periods, and what a set of periods leaves open."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

Interval = tuple[date, date]

_ISO = re.compile(r"^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


def interval(iso: object) -> Interval | None:
    """The days that an ISO date as exact as stated may mean: 2025 → all of 2025; None where it is no possible date."""
    match = _ISO.match(str(iso)) if iso else None
    if match is None:
        return None
    year, month, day = int(match[1]), match[2], match[3]
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            return date(year, int(month), 1), date(year, int(month), monthrange(year, int(month))[1])
        exact = date(year, int(month), int(day))
    except ValueError:
        return None
    return exact, exact


def period(iso: object, closes: date) -> Interval | None:
    """The days of an ISO interval such as 2021-01/2023-12, 2015/2018, 2023 or 2023-11/.., the last closed by `closes`."""
    if not iso:
        return None
    first, _, last = str(iso).partition("/")
    start = interval(first)
    if start is None:
        return None
    if not last:
        return start
    if last == "..":
        return start[0], max(closes, start[0])
    end = interval(last)
    return None if end is None else (start[0], end[1])


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def months_before(day: date, months: int) -> date:
    """The day so many months earlier; the last of the month where it has no such day."""
    total = day.year * 12 + day.month - 1 - months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def years_after(day: date, years: int) -> date:
    """The day so many years later; 29 February counts to 28 February."""
    return months_before(day, -12 * years)


def gaps(asked: Interval, covered: Iterable[Interval]) -> tuple[Interval, ...]:
    """The stretches of `asked` that no interval covers, in order."""
    open_from, end = asked
    found: list[Interval] = []
    for first, last in sorted(covered):
        if first > end:
            break
        if first > open_from:
            found.append((open_from, first - timedelta(days=1)))
        open_from = max(open_from, last + timedelta(days=1))
    if open_from <= end:
        found.append((open_from, end))
    return tuple(found)


def inside(event: Interval, span: Interval) -> bool:
    """Whether all of the event's possible days lie in the span."""
    return span[0] <= event[0] and event[1] <= span[1]


def touches(event: Interval, span: Interval) -> bool:
    """Whether any of the event's possible days lies in the span."""
    return event[0] <= span[1] and span[0] <= event[1]


def in_words(span: Interval) -> str:
    """A stretch of time for people."""
    first, last = span
    return chinese(first) if first == last else f"{chinese(first)}至{chinese(last)}"


def chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
