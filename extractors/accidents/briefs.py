"""Accidents that a paper of their own tells of: 事故简报, 质量事故登记表, with labels behind its title or on the lines below.

事故简报                                     质量事故登记表　编号ZL-2022-03　发生日期2022年7月18日　等级：较大质量事故
时间：2023年9月14日
类型：物体打击
后果：1人死亡
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from docproc.model import Span
from docproc.text.dates import DateMention
from extractors.accidents.harm import grades_in, harm_in, kinds_in, merged_kinds
from extractors.accidents.ledgers import Record
from extractors.records.timing import stated_dates
from extractors.words.anchored import anchored
from extractors.words.anchors import compiled
from extractors.words.per_text import once_a_text

MOST_LINES = 12
_TITLE = compiled(
    r"[ 　]*[^，。；：:\n\t《“]{0,14}?(?:事故|事件|火灾|火情)(?:情况|信息|处理)?"
    r"(?:[简快速通续]报|登记|报告|记录|档案)(?:表|卡片|卡|簿|单|书|册)?"
    r"(?:[（(](?P<note>[^（()）\n]{1,16})[）)])?(?=[ 　]*(?:\n|$)|[ 　]+[^\s　])"
)
_HINT = anchored("(?:事故|事件|火灾|火情)(?:情况|信息|处理)?(?:[简快速通续]报|登记|报告|记录|档案)")
_NO_EVENT = re.compile("样[例表张本]|示[例范]|模板|演练|演习|警示|案例|学习|培训|制度|规定|流程|办法|预案|未遂|险兆|空白|无")
_LABELLED = compiled(r"[ 　]*(?:[（(]?[一二三四五六七八九十\d]{1,2}[）)]?[、.．]?)?[ 　]*[^，。；：:\n\t\d]{2,10}[：:][ 　]*[^\n\t]*")
_DAY = re.compile("(?:时间|日期|年月|发生于|事发)[：:]?[ 　]*(?=(?:19|20)\\d\\d)")
_EVENT_DAY = re.compile("(?:发生|事故|事件|事发|起火)[^，。；：:\\n]{0,4}$")
_PAPER_DAY = re.compile("(?:填[报表写]|报告|上报|登记|编制|记录|签发|审核|打印|结案|整改|处理|完成)[^，。；：:\\n]{0,4}$")
_WHO = re.compile("(?:事故|事件|发生|涉及|责任|事发)?(?:单位|企业|公司|厂家|地点|部门|场所|部位)[：:]?[ 　]*(?P<who>[^，。；\\s　]{2,30})")
_NOTHING = re.compile("[：:][ 　]*(?:无事故|未发生|没有发生|无(?=[ 　]*(?:\\n|$)))")
_UNHURT_LABEL = re.compile("(?:伤亡|死亡|受伤|重伤|人员|损失)[^，。；：:\\n]{0,4}[：:][ 　]*无")


@dataclass(frozen=True, slots=True)
class Brief:
    """A record with the words that say whose works it befell, where it says so."""

    record: Record
    who: tuple[Span, ...]


@once_a_text
@lru_cache(maxsize=2)
def briefs(text: str) -> tuple[Brief, ...]:
    """The accidents of a text's briefs, in order."""
    return tuple(found for start, end in _lines(text) if (found := _brief(text, start, end)) is not None)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """The lines that may be titles of briefs."""
    reached = -1
    for hint in _HINT.finditer(text):
        start = text.rfind("\n", 0, hint.start()) + 1
        end = text.find("\n", hint.end())
        if start > reached:
            reached = len(text) if end < 0 else end
            yield start, reached


def _brief(text: str, start: int, end: int) -> Brief | None:
    title = _TITLE.match(text, start, end)
    if title is None or _NO_EVENT.search(title.group()):
        return None
    stop = end if text[title.end() : end].strip() else _below(text, end)
    body = Span(title.end(), stop)
    told = text[body.start : body.end]
    if _NOTHING.search(_UNHURT_LABEL.sub("", told)):
        return None
    day = _day(text, body)
    if day is None:
        return None
    kinds = kinds_in(text, start, title.end()) or kinds_in(text, *body)
    grades, harm = grades_in(text, *body), harm_in(text, *body)
    if not grades and not harm.stated and not kinds_in(text, *body):
        return None
    who = tuple(Span(*found.span("who")) for found in _WHO.finditer(text, *body))
    record = Record(Span(start, stop), day, tuple(merged_kinds(kinds)), grades[0][1] if grades else None, harm, None)
    return Brief(record, who)


def _below(text: str, end: int) -> int:
    """The end of the lines of labels below a title."""
    reached = end
    for _ in range(MOST_LINES):
        stop = text.find("\n", reached + 1)
        stop = len(text) if stop < 0 else stop
        if reached + 1 >= len(text) or not _LABELLED.fullmatch(text, reached + 1, stop):
            break
        reached = stop
    return reached


def _day(text: str, body: Span) -> DateMention | None:
    """The day of the event: the one whose label says so, else the first that is not the paper's own."""
    days = [
        found for found in _DAY.finditer(text, *body) if not _PAPER_DAY.search(text[max(body.start, found.start() - 6) : found.start()])
    ]
    named = next((found for found in days if _EVENT_DAY.search(text[max(body.start, found.start() - 6) : found.start()])), None)
    chosen = named or next(iter(days), None)
    if chosen is None:
        return None
    stop = text.find("\n", chosen.end(), body.end)
    return next(iter(stated_dates(text, chosen.end(), stop if stop >= 0 else body.end)), None)
