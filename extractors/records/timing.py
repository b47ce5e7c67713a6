"""When a statement holds: the years or period of a denial, the date of an event. Reads the clause, then what leads it in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docproc.extract import Clause
from docproc.model import Span
from docproc.text.dates import DateMention, Period, find_dates, find_periods
from docproc.text.numerals import parse_number

WINDOW = 24
_ENUMERATOR = re.compile(r"(?<=[；;，])\s?(?:[（(](?:[一二三四五六七八九十]{1,2}|\d{1,2})[）)]|[①-⑳]|[一二三四五六七八九]是)")
_paper = "(?:本|该)?(?:证明|报告|说明|承诺|声明|函|文件|申请|申报|填报|填表|材料)?"
_until_now = re.compile(rf"(?:起|开始)?[，]?(?:至|到|截至){_paper}[一-龥]{{0,4}}?(?:之)?(?:日|今|时)(?:止)?")
_damaged = re.compile(r"\d[A-Za-z]\Z")  # 2O21年以来 holds no 21 years
_as_of = re.compile(r"(?:截至|截止|截止到|截至到)\s*$")
_by_then = re.compile(r"(?:截至|截止|截止到|截至到|至|于)\s*$")
# 2023年度共投入…；全年未发生…: the year named before is meant
_of_that_year = re.compile("全年|当年|该年|年内(?![一-龥]{0,2}计划)|本年度|年度内")
_a_year = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)年(?!\d|以来|起|至|到|—|-|前|后|末)")
_since = re.compile(r"[^，。；\n]{0,10}?(?:之?后|以后)(?!续|勤|台|处理)")
_count = r"[一二两三四五六七八九十]{1,2}|\d{1,2}"
_years_back = re.compile(
    rf"(?:过往|以往|这|历时|往|前后|期满|此后|其后|之后|后的|保持(?:了|已|达|近|有)?|维持(?:了|已|达|近)?)(?P<count>{_count})年"
    rf"|止(?:的|之)?(?:前|过去|最近)?(?P<up>{_count})(?:个)?(?:会计|财务|完整)*年(?:度)?"
    rf"|(?P<anniversary>{_count})周年(?=(?:以来|来|内|间)?[，]?(?:实现|保持)?(?:安全|生产|环保|消防|质量)*(?:无|零|未|没))"
    rf"|(?<![\d一二三四五六七八九十百千第])(?P<within>{_count})(?:个)?年(?:之)?内(?=[，未没无从不概均]|是否|有无)"
)
_excepted = re.compile(r"\s*除[^，。；]{2,40}?(?:以外|之外|外)(?=[^，。；]{2}|，)")
_same_year = re.compile(r"(?P<which>同|次|翌|当)年(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>[12]\d|3[01]|0?[1-9])日)?")
_year = re.compile(r"((?:19|20)\d\d)(?=[年.\-/])")
YEAR_REACH = 160
_years_apart = re.compile(
    r"(?P<years>(?:(?:19|20)\d\d年?度?(?:、|和|及|与|以及)){1,5}(?:19|20)\d\d年)度?(?:[^，。；\n\d]{0,8}，)?[^，。；\n\d]{0,8}?(?:各自?|分别|均|都)"
)
_bare_year = re.compile(r"\s*((?:19|20)\d\d)\s*")
_not_a_span = re.compile(r"[^，。；]{0,2}(?:末|底|月末|初)")


@dataclass(frozen=True, slots=True)
class Time:
    """Years back from now, or an ISO interval; both null where the text names neither."""

    years: int | None = None
    period: str | None = None

    @property
    def named(self) -> bool:
        return self.years is not None or self.period is not None

    def qualifiers(self) -> dict[str, Any]:
        return {name: value for name, value in (("years", self.years), ("period", self.period)) if value is not None}


def stated_dates(text: str, start: int, end: int) -> list[DateMention]:
    """The dates of a stretch, found in a window of it: what a long text costs must not depend on its length."""
    first = max(0, start - WINDOW)
    found = find_dates(text[first : end + WINDOW], start - first, end - first)
    stated = [DateMention(date.iso, Span(date.span.start + first, date.span.end + first), date.possible) for date in found]
    pointed = list(_pointed_dates(text, start, end)) if text.find("年", start, end) >= 0 else []
    return sorted([*stated, *pointed], key=lambda date: date.span) if pointed else stated


def _pointed_dates(text: str, start: int, end: int) -> Iterator[DateMention]:
    """同年9月, 次年3月1日: a month of the year named last, or of the year after."""
    for match in _same_year.finditer(text, start, end):
        years = _year.findall(text, max(0, match.start() - YEAR_REACH), match.start())
        if years:
            year = int(years[-1]) + (match["which"] in "次翌")
            day = f"-{int(match['day']):02d}" if match["day"] else ""
            yield DateMention(f"{year}-{int(match['month']):02d}{day}", Span(*match.span()), True)


def _periods(text: str, start: int, end: int) -> list[Period]:
    first = max(0, start - WINDOW)
    found = find_periods(text[first : end + WINDOW], start - first, end - first)
    moved = [Period(period.iso, period.years, Span(period.span.start + first, period.span.end + first)) for period in found]
    return [
        period
        for period in moved
        if not (text[period.span.start].isdigit() and _damaged.search(text[max(0, period.span.start - 3) : period.span.start]))
    ]


def time_in(text: str, start: int, end: int) -> Time:
    """The time that a denial in text[start:end] covers. 截至2023年末 is the statement's own date and no period."""
    periods = _periods(text, start, end)
    dates = stated_dates(text, start, end)
    years = next((period.years for period in periods if period.years is not None), None)
    iso = next((period.iso for period in periods if period.iso is not None), None) or _open(text, dates, end)
    if iso is None and years is None:
        back = _years_back.search(text, start, end)
        number = parse_number(back["count"] or back["within"] or back["anniversary"] or back["up"]) if back else None
        years = int(number) if number is not None else None
    if iso is None and years is None:
        iso = _single(text, dates, periods)
    return Time(years, iso)


def _open(text: str, dates: list[DateMention], end: int) -> str | None:
    """自2023年11月1日至本证明出具之日: open at the end; the statement's own date closes it."""
    for date in dates:
        if _until_now.match(text, date.span.end, end):
            return f"{date.iso}/.."
    return None


def _single(text: str, dates: list[DateMention], periods: list[Period]) -> str | None:
    """One year (2023年，2023年度) or month: the time the denial is about."""
    for date in dates:
        if any(period.span.start <= date.span.start < period.span.end for period in periods):
            continue
        if _by_then.search(text, max(0, date.span.start - 4), date.span.start) or _not_a_span.match(text, date.span.end):
            continue
        if _since.match(text, date.span.end):
            return f"{date.iso}/.."
        if len(date.iso) <= 7:
            return date.iso
    return None


def head_time(words: str) -> Time:
    """The time that a column's head or a group gives to the cells below it; there a bare year is one."""
    year = _bare_year.fullmatch(words)
    return Time(period=year[1]) if year else time_in(words, 0, len(words))


def years_in(heading: str) -> int | None:
    """The number of years that a heading gives to what stands below it: 近三年重大事项."""
    return time_in(heading, 0, len(heading)).years if heading and "年" in heading else None


def time_of(text: str, clause: Clause, end: int) -> Time:
    """The time of a denial in a clause: the clause's own, else what stands before it in its sentence, else the list's lead-in.

    What stands before gives years or a period; a single date there may be an event's, unless it is all that its clause holds.
    """
    excepted = _excepted.match(text, clause.span.start, clause.span.end)  # 除2022年7月一次外无处罚: the exception's date is its own
    own = time_in(text, excepted.end() if excepted else clause.span.start, max(end, clause.span.start))
    if own.named:
        return own
    if _of_that_year.search(text, clause.span.start, max(end, clause.span.start)):
        first = max(text.rfind(mark, 0, clause.span.start) for mark in "\n。") + 1
        named = list(_a_year.finditer(text, max(first, clause.span.start - YEAR_REACH), clause.span.start))
        if named:
            return Time(period=named[-1]["year"])
    aside = _excepted.match(text, clause.sentence.start, clause.span.start)  # 除2021年一起外，未…: the same in a clause of its own
    from_here = aside.end() if aside else clause.sentence.start
    before = time_in(text, from_here, clause.span.start)
    opening = re.match(r"[^，]{0,14}，|[^，。：]{0,40}：", text[from_here : clause.span.start])
    if before.years is not None or (before.period is not None and ("/" in before.period or opening)):
        return before
    start = max(text.rfind(mark, 0, clause.sentence.start) for mark in "\n\t。")
    if text[clause.sentence.start - 1 : clause.sentence.start] == " ":  # a column of its own
        start = clause.sentence.start - 1
    items = list(_ENUMERATOR.finditer(text, max(0, start), clause.sentence.start + 6))
    if items:  # （三）近三年，…；（五）…: what one item says of its time is not the next one's
        start = max(start, items[-1].start())
    earlier = time_in(text, start + 1, clause.sentence.start)
    if earlier.years is not None:
        return earlier
    if clause.lead is None:
        return own
    led = time_in(text, *clause.lead)
    return led if text[clause.lead.end - 1] in "：:" else Time(led.years)  # a title's year is the paper's, not the statement's


def years_apart(text: str, start: int, end: int) -> list[DateMention]:
    """2022年、2023年各发生一起: each year of a list in which something happened, which are no stretch of time."""
    listed = _years_apart.search(text, start, end)
    if listed is None:
        return []
    return [DateMention(year.group(), Span(*year.span()), True) for year in re.compile(r"\d{4}").finditer(text, *listed.span("years"))]


def dates_in(text: str, start: int, end: int) -> list[DateMention]:
    """Dates at which something happened: not 截至 dates, not the ends of a period."""
    dates = stated_dates(text, start, end)
    if not dates:
        return []
    spans = [period.span for period in _periods(text, start, end) if period.iso is not None]
    return [
        date
        for date in dates
        if date.possible
        and not any(span.start <= date.span.start < span.end for span in spans)
        and not _as_of.search(text, max(start, date.span.start - 4), date.span.start)
    ]
