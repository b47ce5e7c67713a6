"""Accidents called by their day: 我公司“12·5”机械伤害事故, 自2020年“5·11”较大事故以来.

A name presupposes what it names. Others' accidents are named so as well (响水“3·21”), so that the applicant must stand right before
the name, or the sentence must say that it has not happened again since.
"""

from __future__ import annotations

import re

from docproc.model import Span
from docproc.text.dates import DateMention
from docproc.text.numerals import parse_number

_NAME = r"[“\"‘「『](?P<month>1[0-2]|0?[1-9])[·.•・．‧∙](?P<day>3[01]|[12]\d|0?[1-9])[”\"’」』]"
_OWN = re.compile(
    rf"(?:[我本]?(?:公司|企业|单位)|我司|[我本]厂)(?:的|于|在|发生的)*(?:(?:19|20)\d\d年)?{_NAME}(?:较大|一般|重大)?[^，。；、：“”《》]{{0,16}}\Z"
)
_SINCE = re.compile(
    rf"(?:自|从|继)(?:[我本]?公司)?(?:发生)?(?:(?:19|20)\d\d年{_NAME}|(?:19|20)\d\d年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?(?:那起|那次|的)?(?=一般|较大|重大|特别重大))"
    r"[^，。；、：“”]{0,16}\Z"
)
_AGAIN = re.compile(
    r"(?:发生|之)?(?:以来|以后|之后|后|至今)[^。；\n]{0,40}?(?:(?:未|没有|没|无|不)(?:曾|有)?(?:再|重复)|再(?:也)?(?:未|没|无))"
)
_FOLLOWING = re.compile(_NAME)
_YEAR_BEFORE = re.compile(r"(?:19|20)\d\d年\Z")
# 吸取我公司2021年…事故教训: whose accident it was and when, in either order, and what was learned from it
_OWN_LESSON = re.compile(
    rf"(?:[我本](?:公司|企业|单位|厂|司)[^，。；、]{{0,12}}?(?:(?:19|20)\d\d年|{_NAME})|(?:19|20)\d\d年[^，。；、]{{0,14}}?[我本](?:公司|企业|单位|厂|司))(?:(?!组织|开展|举办|完成|进行|召开|安排|举行)[^，。；、]){{0,16}}\Z"
)
_LESSON = re.compile("的?(?:深刻|惨痛|沉痛)?(?:经验)?教训")
# 2021年出过一次，3月份，叉车撞人: a clause that is no more than the month
_MONTH_ALONE = re.compile(
    r"[，,][ ]?(?:大概|大约|好像|是|就在|在)?(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:份)?(?:的)?"
    r"(?:(?P<day>3[01]|[12]\d|0?[1-9])[日号])?(?=[，,。；])"
)
REACH = 44  # code points before an accident's noun in which its name and its owner stand


def called_by_day(text: str, start: int, noun: Span, end: int) -> bool:
    """Whether the accident at `noun`, of the clause that begins at `start`, is told of as known: by its day, or as the last one."""
    before = text[max(start, noun.start - REACH) : noun.start]
    if _OWN.search(before):
        return True
    return _SINCE.search(before) is not None and _AGAIN.match(text, noun.end, end) is not None


def own_lesson(text: str, start: int, noun: Span, end: int) -> bool:
    """Whether a lesson is drawn from an accident of the applicant's own, of a year that is told: it took place."""
    return _LESSON.match(text, noun.end, max(end, noun.end)) is not None and _OWN_LESSON.search(text[start : noun.start]) is not None


def with_day(text: str, date: DateMention, noun: Span) -> DateMention:
    """2021年“3·7”: the year's date with the month and day that the name behind it tells."""
    if len(date.iso) != 4 or not _YEAR_BEFORE.search(text[date.span.start : date.span.end]):
        return date
    named = _FOLLOWING.match(text, date.span.end, noun.start)
    if named is None:
        return date
    return DateMention(f"{date.iso}-{int(named['month']):02d}-{int(named['day']):02d}", Span(date.span.start, named.end()), date.possible)


def with_month(text: str, date: DateMention, stop: int) -> DateMention:
    """The date of an event of which the sentence tells the year first, and the month in a clause of its own."""
    if len(date.iso) != 4 or not _YEAR_BEFORE.search(text[date.span.start : date.span.end]):
        return date
    end = re.compile("[。；\n]").search(text, date.span.end, stop)
    alone = _MONTH_ALONE.search(text, date.span.end, end.end() if end else stop)
    if alone is None or "年" in text[date.span.end : alone.start()]:
        return date
    month, day = parse_number(alone["month"]), alone["day"]
    iso = f"{date.iso}-{int(month or 0):02d}" + (f"-{int(day):02d}" if day else "")
    return DateMention(iso, Span(date.span.start, alone.end()), date.possible)
