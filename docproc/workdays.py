"""Deadlines in working days (工作日) of mainland China, with holidays and make-up working days (调休).

Source: the State Council's yearly notice, as `chinesecalendar` carries it; an office may add a year that the library does not know yet
as `checklists/holidays/<year>.yaml` (`holidays:` and `workdays:`, lists of dates, and `source:`, the notice's name). A year that nobody
has published is never guessed: the deadline is then counted by weekdays alone and marked as provisional.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from docproc.errors import DocprocError
from docproc.library import item
from docproc.strict_yaml import Location, YamlSource, read_yaml

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day. `provisional` where a year on the way has no published holidays."""

    day: date
    provisional: bool


def deadline(start: date, working_days: int) -> Deadline:
    """The `working_days`-th working day after `start` (the day of issue does not count: 民法典 第二百零一条)."""
    day, left, provisional = start, working_days, False
    if working_days < 1:
        raise DocprocError("deadline_impossible", why=f"工作日数应为正数，而不是{working_days}")
    while left:
        if day == date.max:
            raise DocprocError("deadline_impossible", why=f"从{start}起算超出了历法的范围")
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
    """The office's own file for a year. Raises DocprocError("deadline_impossible") with file and line where it cannot be right."""
    path = item("checklists", f"holidays/{year}.yaml")
    if not path.is_file():
        return None
    source = read_yaml(path)
    data = source.data if isinstance(source.data, dict) else {}
    for key in sorted(map(str, set(data) - {"holidays", "workdays", "source"})):
        raise _wrong(source, (key,), f"没有“{key}”这个键，只能写 holidays、workdays 和 source")
    holidays, workdays = (_days(source, name, data.get(name) or [], year) for name in ("holidays", "workdays"))
    for day in sorted(holidays & workdays):
        raise _wrong(source, ("workdays",), f"{day} 既写作放假又写作上班")
    return holidays, workdays


def _days(source: YamlSource, name: str, days: object, year: int) -> frozenset[date]:
    for number, day in enumerate(days if isinstance(days, list) else [days]):
        if not isinstance(day, date) or day.year != year:
            raise _wrong(source, (name, number), f"“{day}”不是{year}年的日期，应写成 {year}-01-01 的样子")
    return frozenset(days) if isinstance(days, list) else frozenset()


def _wrong(source: YamlSource, place: Location, why: str) -> DocprocError:
    return DocprocError("deadline_impossible", why=f"放假安排文件“{source.path.name}”第 {source.line(place)} 行有误：{why}")
