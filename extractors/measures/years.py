"""Which year a figure belongs to: years in words before it, lists and ranges of years, 上年, a statement's date, a column's head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from docproc.model import Span
from docproc.text.dates import find_dates, find_periods
from extractors.words.anchors import compiled
from extractors.words.lexicon import rules
from extractors.words.per_text import once_a_text

_YEAR_WORD = re.compile(r"^年(?:度)?")
_MAY_NAME_YEAR = re.compile(r"年|(?:19|20)\d\d|[０-９]")
_SHORT_IN_LIST = re.compile(r"(?<![\d.])(20[0-4]\d)(?=(?:[、\-—–~～至和及/]+20[0-4]\d){0,4}[、\-—–~～至和及/]+20[0-4]\d年)")
_FISCAL = re.compile(r"(?<!\d)(20[0-4]\d)(?=财年|财政年度|会计年度)")
_SEVERAL_YEARS = re.compile(r"(?>(?:19|20)\d\d年?|年)[\s\S]*?(?:(?:19|20)\d\d|年)|民|[０-９]")  # what every range and list of years holds
_BARE_LIST = re.compile(r"[（(]20[0-4]\d(?:[、，,/]\s?20[0-4]\d)+年?度?[）)]")
_TITLED = re.compile(r"[^\t\d]{2,16}表[ 　]*\t(?![^\n]*\t-?[\d,.]+(?:\t|$))")  # 利润表 | 2024年度 | 单位：千元
# 会计期间：2023年1月1日至2023年12月31日, 审计期间为2023年度
_DECLARED = compiled(
    r"(?:会计|报告|审计|核查|统计|财务|税款所属)(?:期间?|年度)(?:为|是|系|指|：|:|，)?[ 　]?(?:自|从)?"
    r"(?P<year>(?:19|20)\d\d)年(?:度|0?1月0?1日起?(?:至|到|止|—|-|–|~|～)+(?:(?P=year)年)?12月31日)"
)
_OF_STATEMENT = re.compile(r"年度|月31日|年\s?(?:$|[）)])|年末")
YEAR_REACH = 160  # code points around a metric in which its year is looked for
_rule = rules("figures")


class Year(NamedTuple):
    """A year named in a text. `part` where only a part of it is meant (2025年上半年)."""

    year: int
    span: Span
    part: bool = False


def years_in(text: str, start: int, end: int) -> Sequence[Year]:
    """The years named in a stretch, in order."""
    return _years_in(text, start, end) if _MAY_NAME_YEAR.search(text, start, end) else ()


@once_a_text
@lru_cache(maxsize=512)  # the same stretches of a sentence are asked about for each of its figures
def _years_in(text: str, start: int, end: int) -> tuple[Year, ...]:
    found: list[Year] = []
    for date in find_dates(text, start, end):
        tail = text[date.span.start + 4 : date.span.end + 12]
        month = int(date.iso[5:7]) if len(date.iso) > 4 else 12
        part = month != 12 or bool(_rule("part_year").match(_YEAR_WORD.sub("", tail)))
        found.append(Year(int(date.iso[:4]), date.span, part and not re.match(r"年1\s?[-—–~至到]\s?12月", tail)))
    for named in (_SHORT_IN_LIST, _FISCAL):
        for short in named.finditer(text[start:end]):
            found.append(Year(int(short[1]), Span(start + short.start(), start + short.end())))
    return tuple(sorted(found, key=lambda each: each.span))


def ranged(text: str, start: int, end: int) -> tuple[int, ...]:
    """The years of the last range or list in a stretch (2023年至2025年, 2023—2025年, 2023、2024和2025年); empty where there is none."""
    if _SEVERAL_YEARS.search(text, start, end) is None:
        return ()
    named: tuple[int, ...] = ()
    for period in find_periods(text, start, end):
        found = re.fullmatch(r"(\d{4})[-\d]*/(\d{4})[-\d]*", period.iso or "")
        if found and int(found[1]) < int(found[2]) <= int(found[1]) + 10:
            named = tuple(range(int(found[1]), int(found[2]) + 1))
    listed = _listed(text, years_in(text, start, end))
    for bare in _BARE_LIST.finditer(text, start, end):  # 营业收入（2022、2023、2024）：
        listed = tuple(int(year) for year in re.findall(r"\d{4}", bare.group()))
    return named if len(named) >= len(listed) else listed


def _listed(text: str, years: Sequence[Year]) -> tuple[int, ...]:
    """The last run of years that only list marks divide."""
    run: list[Year] = []
    for year in years:
        if run and re.fullmatch(r"(?:年度?)?[、，,和及与以\s/]*", text[run[-1].span.end : year.span.start]):
            run.append(year)
        else:
            run = [year]
    return tuple(year.year for year in run) if len(run) > 1 else ()


def year_of_column(column: str, base: int | None) -> int | None:
    """The year that a column's head names (2023年, 二零二四年, 2023年度, 2024.12.31), or one told by 本期 and 上期 from the base year."""
    year = year_of(column)
    if year is not None:
        return year
    if base is not None and _rule("column_before").search(column):
        return base - 1
    return base if _rule("column_now").search(column) else None


@lru_cache(maxsize=4096)
def year_of(words: str) -> int | None:
    """The single year that some words name; a bare 2023 counts too."""
    dates = list(find_dates(words))
    if dates:
        return int(dates[0].iso[:4])
    bare = re.search(r"(?<!\d)(20[0-4]\d)(?!\d)", words)
    return int(bare[1]) if bare else None


def base_year(text: str, position: int) -> int | None:
    """The year of the statement that holds a position: the nearest 2023年度 or 2023年12月31日 above it, in a line that is no row."""
    start = max(0, position - 2500)
    for line in reversed(text[start:position].split("\n")):
        if ("\t" in line and _TITLED.match(line) is None) or len(line) > 60:
            continue
        year = _statement_year(line)
        if year is not None:
            return year
    return None


@once_a_text
@lru_cache(maxsize=2)  # the same text is asked about for each of its figures
def declared_year(text: str) -> int | None:
    """The calendar year that a text declares to be the one that it reports on; None where it declares none, or several."""
    named = {int(found["year"]) for found in _DECLARED.finditer(text)}
    return named.pop() if len(named) == 1 else None


@lru_cache(maxsize=1024)  # the lines above a statement are looked at from each of its rows
def _statement_year(line: str) -> int | None:
    """The year of a statement that a line names."""
    years = [
        int(date.iso[:4])
        for date in find_dates(line)
        if date.iso[4:] in ("", "-12-31", "-12") and _OF_STATEMENT.search(line[date.span.start : date.span.end + 2])
    ]
    return years[-1] if years else None
