"""Deadlines in working days (工作日) of mainland China, with holidays and make-up working days (调休).

Source: the State Council's yearly notice, as `chinesecalendar` carries it; an office may add a year that the library does not know yet
as `checklists/holidays/<year>.yaml` (`holidays:` and `workdays:`, lists of dates). A year that nobody has published is never guessed:
the deadline is then counted by weekdays alone and marked as provisional.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from docproc.library import shelf

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day. `provisional` where a year on the way has no published holidays."""

    day: date
    provisional: bool


def deadline(start: date, working_days: int) -> Deadline:
    """The `working_days`-th working day after `start` (the day of issue does not count: 民法典 第二百零一条)."""
    day, left, provisional = start, working_days, False
    while left:
        day += timedelta(days=1)
        working, known = is_working_day(day)
        provisional |= not known
        left -= working
    return Deadline(day, provisional)


def is_working_day(day: date) -> tuple[bool, bool]:
    """Whether people work that day, and whether that is known (published) or only taken from the weekday."""
    own = _own_year(day.year)
    if own is not None:
        holidays, workdays = own
        return (day in workdays or (day.weekday() < SATURDAY and day not in holidays)), True
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day)), True
    except NotImplementedError:
        return day.weekday() < SATURDAY, False


@lru_cache(maxsize=8)
def _own_year(year: int) -> tuple[frozenset[date], frozenset[date]] | None:
    import yaml

    path = shelf("checklists") / "holidays" / f"{year}.yaml"
    if not path.is_file():
        return None
    data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    return frozenset(data.get("holidays", ())), frozenset(data.get("workdays", ()))
