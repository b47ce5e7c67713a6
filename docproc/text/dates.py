"""Dates and periods: 2025年4月29日 · 二〇二五年四月 · 2025.04.29 · 2025/4/29 · 民国114年3月 · 近三年 · 2022—2024年 · 自2023年11月至今.

A date is as exact as it is stated: `2025`, `2025-04` or `2025-04-29`. An impossible one (2025年2月30日) is found and marked, since a
form that gives it has a mistake. A period is an ISO 8601 interval, open with `..` (CLAIMS: `period`), or a number of years up to now.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from docproc.model import Span
from docproc.text.numerals import parse_number

_HALF = str.maketrans("０１２３４５６７８９", "0123456789")
_FULL_DIGIT = re.compile("[０-９]")
FIRST_YEAR, LAST_YEAR = 1900, 2100

_ZERO = "零〇○◯0OＯ"  # a keyboard has no 〇: 二0二四年, 二O二四年
_ZEROS = str.maketrans(dict.fromkeys("◯0OＯ", "〇"))
_ZH_DIGIT = f"[{_ZERO}一二三四五六七八九]"
_ZH_SMALL = "[一二三四五六七八九十廿卅]{1,3}"
_S = r"[ 　]?"
_REPUBLIC_YEAR = rf"\d{{1,3}}|元|一百[零〇○一二三四五六七八九十]{{0,3}}|[一二][〇零○一二三四五六七八九]{{2}}|{_ZH_SMALL}"  # 元年 is 1912
_REPUBLIC = rf"(?P<roc>民[国國](?:前)?){_S}(?P<rocyear>{_REPUBLIC_YEAR})"
_YEAR = rf"(?:{_REPUBLIC}|(?P<year>(?:19|20)\d\d|[12一二][9九{_ZERO}]{_ZH_DIGIT}{{2}}|二千[零〇○]?{_ZH_SMALL}))"
_MONTH = rf"(?P<month>\d{{1,2}}|{_ZH_SMALL})"
_DAY = rf"(?P<day>\d{{1,2}}|{_ZH_SMALL})"
# the same year in another reckoning, between a year and its month: 民國一一一年（2022年）六月, 2022年（壬寅年）6月
_GLOSS = r"(?:[ 　]?[（(](?![近前最过過])[^（()），。；\n]{1,10}年[）)])?"
_WRITTEN = re.compile(
    r"(?=[民12一二])(?:"  # what a date begins with, looked at first
    rf"(?<![0-9]){_YEAR}{_S}年(?:度)?(?:{_GLOSS}{_S}{_MONTH}{_S}月(?:份)?(?:{_S}{_DAY}{_S}[日号號])?)?"
    r"|(?<![0-9A-Za-z/.])(?P<y>(?:19|20)\d\d)(?P<sep>[-./])[ ]?(?P<m>\d{1,2})(?P=sep)[ ]?(?P<d>\d{1,2})(?![0-9])(?!(?P=sep)[0-9])"
    r"|(?<![0-9A-Za-z/.\-])(?P<y2>(?:19|20)\d\d)[-./](?P<m2>0[1-9]|1[0-2])(?![0-9年%％])(?![-./,][0-9])"
    r"|(?:(?<=日期)|(?<=时间)|(?<=時間)|(?<=日期[：:\s])|(?<=时间[：:\s])|(?<=時間[：:\s]))(?P<y8>(?:19|20)\d\d)(?P<m8>\d\d)(?P<d8>\d\d)(?![0-9]))"
)


# what every date and every period holds: most stretches that are asked about hold neither
_MAY_DATE = re.compile(r"年|(?:19|20)\d\d[-./\d]")
_MAY_PERIOD = re.compile(r"[年月]|(?:19|20)\d\d")
_YEAR_NUMBER = re.compile(r"(?:19|20)\d\d")


class DateMention(NamedTuple):
    """A date as stated. `possible` is false where the calendar has no such day (2025-02-30); `iso` then repeats what is written."""

    iso: str
    span: Span
    possible: bool = True


class Period(NamedTuple):
    """A stretch of time: an ISO interval (`2021/2023`, `2023-11/..`) where dates are named, or a number of `years` back from now."""

    iso: str | None
    years: int | None
    span: Span


def find_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[DateMention]:
    """The dates in text[start:end], in order. A year alone counts only with 年 (2024年, 2024年度)."""
    stop = len(text) if end is None else end
    text = _half_width(text, start, stop)
    if _MAY_DATE.search(text, start, stop) is None:
        return
    for found in _WRITTEN.finditer(text, start, stop):
        mention = _date(found)
        if mention is not None:
            yield mention


def _half_width(text: str, start: int, stop: int) -> str:
    """Looks only where it is asked: callers go through a long text piece by piece."""
    return text.translate(_HALF) if _FULL_DIGIT.search(text, start, stop) else text


def _date(found: re.Match[str]) -> DateMention | None:
    part = found.groupdict()
    if part["y"]:
        if found.start() and found.string[found.start() - 1] == part["sep"]:
            return None  # 2505-2024-11-08: a number in groups
        parts = (part["y"], part["m"], part["d"])
    elif part["y2"]:
        parts = (part["y2"], part["m2"], None)
    elif part["y8"]:
        parts = (part["y8"], part["m8"], part["d8"])
    elif part["rocyear"]:
        since = Decimal(1) if part["rocyear"] == "元" else parse_number(part["rocyear"].replace("○", "〇"))
        if since is None or "前" in (part["roc"] or "") or not 1 <= int(since) <= LAST_YEAR - 1911:
            return None
        parts = (str(1911 + int(since)), part["month"], part["day"])
    else:
        year = _year(part["year"])
        if year is None:
            return None
        parts = (year, part["month"], part["day"])
    numbers = [int(number) for piece in parts if piece is not None and (number := parse_number(piece)) is not None]
    if not FIRST_YEAR <= numbers[0] <= LAST_YEAR:
        return None
    iso = f"{numbers[0]:04d}" + "".join(f"-{number:02d}" for number in numbers[1:])
    return DateMention(iso, Span(found.start(), found.end()), _possible(numbers))


def _year(written: str) -> str | None:
    value = parse_number(written if written.isascii() else written.translate(_ZEROS))
    return None if value is None else str(int(value))


def _possible(numbers: list[int]) -> bool:
    if len(numbers) > 1 and not 1 <= numbers[1] <= 12:
        return False
    return len(numbers) < 3 or 1 <= numbers[2] <= monthrange(numbers[0], numbers[1])[1]


# --- periods -----------------------------------------------------------------------------------------------------------

_COUNT = r"(?P<count>\d{1,3}|[一二两兩三四五六七八九十]{1,3})"
_BACK = re.compile(
    rf"(?:(?P<lead>最近|近|过去|過去|前|以往|此前|连续|連續|持续|持續){_S}(?:的)?{_S}{_COUNT}{_S}(?P<unit>个?(?:会计|會計|完整)*年度|個?(?:会计|會計|完整)*年度|个?自然年度?|年|周年|[个個]?月)"
    rf"(?:多|余|餘)?(?:期)?(?:以来|以來|来|來|间|間|内|內|之内|之內)?"
    rf"|(?<![第十百千一二三四五六七八九零〇\d]){_COUNT.replace('count', 'count2')}"
    rf"{_S}(?P<unit2>年|[个個]月)(?:多|余|餘)?(?:以来|以來|来|來|间|間))"
)
_OPEN_TAIL = re.compile(
    r"(?P<between>[^。；;！？\n\t，,]{0,16}?)(?:至今|迄今|到现在|到現在|到目前|至目前|以来|以來|起至今"
    r"|[至到](?:本[^。；;，,\n\t]{0,6}?)?(?:填[报報表]|申[报報请請]|提交|[签簽]署|出具|[声聲]明|承[诺諾])之?日)"
)
_RANGE = re.compile(rf"{_S}(?:[（(][^）)]{{0,6}}[）)])?(?:起|开始|開始)?{_S}(?:-|—|–|－|~|～|―|至|到)+{_S}")
# Ranges whose second date leaves out what the first one says: 民国110年至113年, 民国110至113年.
_REPUBLIC_REST = rf"{_S}年(?:度)?(?:{_S}(?:\d{{1,2}}|{_ZH_SMALL}){_S}月(?:{_S}(?:\d{{1,2}}|{_ZH_SMALL}){_S}[日号號])?)?"
_REPUBLIC_RANGE = re.compile(
    rf"(?P<begin>[自从從由]?)民[国國]{_S}(?P<one>(?:{_REPUBLIC_YEAR}))(?P<rest>{_REPUBLIC_REST})?{_RANGE.pattern}"
    rf"(?P<two>(?:{_REPUBLIC_YEAR}){_REPUBLIC_REST})"
)
# 2022.1-2024.12: a month of one figure after a point is a month only beside another.
_DOTTED_MONTHS = re.compile(
    rf"(?<![0-9A-Za-z/.\-])((?:19|20)\d\d)([./])(\d{{1,2}}){_RANGE.pattern}((?:19|20)\d\d)\2(\d{{1,2}})(?![0-9A-Za-z/\-]|\.\d)"
)
_SHORT_START = re.compile(r"(?<![0-9A-Za-z/.\-〔\[])(?P<year>(?:19|20)\d\d)(?=[ 　]?(?:-|—|–|－|~|～|―|至|到)+[ 　]?(?:19|20)\d\d[ 　]?年)")
_TAIL = re.compile(rf"(?:{_MONTH}{_S}月(?:份)?(?:{_S}{_DAY}{_S}[日号號])?)|{_DAY.replace('day', 'lone')}{_S}[日号號]")
_BARE_YEARS = re.compile(
    r"(?<![0-9A-Za-z/.\-〔\[号號])((?:19|20)\d\d)[ 　]?(?:-|—|–|－|~|～|―|至|到)+[ 　]?((?:19|20)\d\d)(?![0-9A-Za-z/.\-]|[ 　]?年)"
)
_LONGEST_BARE = 15  # years; a longer range of bare numbers is something else
_STANDARD = re.compile(r"[A-Z](?:/[TZ])?[ 　]?$")
_MONTHS = re.compile(rf"{_S}(\d{{1,2}}){_S}(?:-|—|–|－|~|～|―|至|到)+{_S}(\d{{1,2}}){_S}月")
_YEAR_LIST = re.compile(r"(?<![0-9])((?:19|20)\d\d)年?(?:度)?(?:[、，,和及与與 ]{1,2}((?:19|20)\d\d)年?(?:度)?){1,9}(?<=[年度])")


def find_periods(text: str, start: int = 0, end: int | None = None) -> Iterator[Period]:
    """The periods in text[start:end], in order of their starts. 报告期内 names no time and gives none."""
    stop = len(text) if end is None else end
    text = _half_width(text, start, stop)
    if _MAY_PERIOD.search(text, start, stop) is None:
        return
    found = [*_back(text, start, stop), *_intervals(text, start, stop)]
    reached = start
    for period in sorted(found, key=lambda each: (each.span.start, -each.span.end)):
        if period.span.start >= reached:
            reached = period.span.end
            yield period


def _back(text: str, start: int, stop: int) -> Iterator[Period]:
    for found in _BACK.finditer(text, start, stop):
        if found["lead"] == "近" and text[found.start() - 1 : found.start()] in ("附", "邻", "鄰", "靠", "接", "将", "將"):
            continue
        count = parse_number(found["count"] or found["count2"])
        unit = found["unit"] or found["unit2"]
        if count is None or count == 0:
            continue
        number = int(count)
        if unit.endswith("月"):
            if number % 12:
                yield Period(None, None, Span(found.start(), found.end()))
                continue
            number //= 12
        yield Period(None, number, Span(found.start(), found.end()))


def _intervals(text: str, start: int, stop: int) -> Iterator[Period]:
    dates = list(find_dates(text, start, stop))
    by_start = {date.span.start: date for date in dates}
    if _YEAR_NUMBER.search(text, start, stop) is not None:
        for found in _SHORT_START.finditer(text, start, stop):
            by_start.setdefault(found.start(), DateMention(found["year"], Span(found.start(), found.end())))
        yield from _of_year_numbers(text, start, stop)
    if text.find("民", start, stop) >= 0:
        yield from _of_the_republic(text, start, stop)
    for first in sorted(by_start.values(), key=lambda each: each.span.start):
        link = _RANGE.match(text, first.span.end, stop)
        begin = first.span.start - 1 if text[first.span.start - 1 : first.span.start] in ("自", "从", "從", "由") else first.span.start
        if link is not None:
            last = by_start.get(link.end()) or _tail(text, first, link.end(), stop)
            if last is not None and last.iso[: len(first.iso)] >= first.iso[: len(last.iso)]:
                yield Period(f"{first.iso}/{last.iso}", None, Span(begin, last.span.end))
                continue
        months = _MONTHS.match(text, first.span.end, stop)
        if months is not None and len(first.iso) == 4:
            one, two = int(months[1]), int(months[2])
            if 1 <= one <= two <= 12:
                yield Period(f"{first.iso}-{one:02d}/{first.iso}-{two:02d}", None, Span(begin, months.end()))
                continue
        tail = _OPEN_TAIL.match(text, first.span.end, stop)
        if tail is not None and not re.search(r"(?:19|20)\d\d[年./-]", tail["between"]):
            yield Period(f"{first.iso}/..", None, Span(begin, tail.end()))
        elif begin < first.span.start and text[first.span.end : first.span.end + 1] in ("起", "始"):
            yield Period(f"{first.iso}/..", None, Span(begin, first.span.end + 1))


def _of_year_numbers(text: str, start: int, stop: int) -> Iterator[Period]:
    """Lists and ranges of bare years, and ranges of months of one figure: 2021、2022年, 2022-2024, 2022.1-2024.12."""
    for found in _YEAR_LIST.finditer(text, start, stop):
        years = [int(year) for year in re.findall(r"\d{4}", found[0])]
        if len(years) > 1 and years == list(range(years[0], years[0] + len(years))):
            yield Period(f"{years[0]}/{years[-1]}", None, Span(found.start(), found.end()))
    for found in _BARE_YEARS.finditer(text, start, stop):
        one, two = int(found[1]), int(found[2])
        if one < two <= one + _LONGEST_BARE and not _STANDARD.search(text, max(start, found.start() - 6), found.start()):
            yield Period(f"{one}/{two}", None, Span(found.start(), found.end()))
    for found in _DOTTED_MONTHS.finditer(text, start, stop):
        first, last = int(found[3]), int(found[5])
        begin, end = f"{found[1]}-{first:02d}", f"{found[4]}-{last:02d}"
        if 1 <= first <= 12 and 1 <= last <= 12 and begin <= end:
            yield Period(f"{begin}/{end}", None, Span(found.start(), found.end()))


def _of_the_republic(text: str, start: int, stop: int) -> Iterator[Period]:
    """民国110年至113年: two dates only together."""
    for found in _REPUBLIC_RANGE.finditer(text, start, stop):
        dates = [_WRITTEN.fullmatch(f"民国{written}") for written in (found["one"] + (found["rest"] or "年"), found["two"])]
        one, two = (_date(date) if date is not None else None for date in dates)
        if one is not None and two is not None and one.iso[: len(two.iso)] <= two.iso[: len(one.iso)]:
            yield Period(f"{one.iso}/{two.iso}", None, Span(found.start(), found.end()))


def _tail(text: str, first: DateMention, position: int, stop: int) -> DateMention | None:
    """The end of a range that leaves out the year or the month: 2023年1月至6月, 2024年11月4日至8日."""
    found = _TAIL.match(text, position, stop)
    if found is None:
        return None
    year, *rest = first.iso.split("-")
    if found["lone"]:
        if len(rest) < 2:
            return None
        pieces = [year, rest[0], found["lone"]]
    else:
        pieces = [year, found["month"]] + ([found["day"]] if found["day"] else [])
    numbers = [int(number) for piece in pieces if (number := parse_number(piece)) is not None]
    iso = f"{numbers[0]:04d}" + "".join(f"-{number:02d}" for number in numbers[1:])
    return DateMention(iso, Span(found.start(), found.end()), _possible(numbers))
