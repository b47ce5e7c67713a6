"""Factory levels as they are written, and what belongs to a held one: the day it was granted, its number, the province."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from docproc.model import Span
from docproc.text.dates import find_dates
from extractors.grades.places import provinces
from extractors.words.lexicon import patterns, table, tree_of

_PROGRAMME_YEAR = re.compile(
    r"级?(?:(?:20\d\d|二[〇○零]..)年?度?)?(?:(?:首次|正式)?(?:认定|公布|评定|授予|备案|评选))?(?:[第首][一二三四五六七八九十]?批)?的?[“\"《〈]?"
)
_BODY = re.compile(
    r"(?:(?!申报|申请|获评|认定|入选|建设|建成|位于|公司|基地|工厂)[\u4e00-\u9fff]){0,8}?(?:工业和信息化|经济和信息化|工信|经信|经济信息化|制造强[省市]|(?:基础级|先进级|卓越级|领航级)?智能工厂)"
)
# 系首批卓越级智能工厂，2025年接待参观120批次: a clause of its own that grants nothing
_OTHER_MATTER = re.compile(
    r"(?:度|底|末|初|间|以来|起)?(?![^，。；]*(?:认定|备案|获评|获批|获得|发证|公布|印发|授予|颁|批准|评定|入选|通过|取得|证书|发布|名单))[\u4e00-\u9fff]{2,}[^，。；]*[，。；]"
)
_SAME_YEAR = re.compile(r"(?:同年|当年)(?P<month>1[0-2]|[1-9])月(?:(?P<day>[12]\d|3[01]|[1-9])日)?")
_PROGRAMME = re.compile(
    r"(?:(?!申报|申请|获评|认定|入选|建设|建成|位于|公司|基地|工厂)[\u4e00-\u9fff]){0,8}?(?:基础级|先进级|卓越级|领航级)?智能工厂"
)
_FILED_IN = re.compile(r"(?:完成|通过|办理|办结|取得|获得?|获评)?(?:了)?(?:基础级)?(?:智能工厂)?(?:备案|认定)")
_OF_A_FIRM = re.compile(r"(?:(?!认定|评定|评为|授予|公布|确认|批准|[局厅委部将])[\u4e00-\u9fff]){0,12}(?<![我本贵该])(?:有限)?公司")
_NUMBER_ALONE = re.compile(
    r"(?:智能工厂|智慧工厂)?(?:称号)?[”\"]?[（(](?P<number>(?=[^（()）]*\d{2})[A-Z]{1,6}[-—A-Z0-9]*\d[-0-9A-Z]*)[）)]"
)
_BRACKET = re.compile(r"(?:智能工厂|智慧工厂)?[^，。；（(]{0,4}[（(]([^（()）]*)[）)]")


LONGEST_SHORT = 12  # code points of an answer that may be a level without its 级


@dataclass(frozen=True, slots=True)
class FactoryLevel:
    """A level at a place: basic, advanced, excellent, leading."""

    value: str
    span: Span


@cache
def _by_word() -> dict[str, str]:
    return {word: value for value, written in table("levels", "levels").items() for word in written}


@cache
def level_words() -> re.Pattern[str]:
    """The names of all levels."""
    return re.compile(tree_of(_by_word()))


def find_factory_levels(text: str, start: int, end: int) -> Iterator[FactoryLevel]:
    """The levels named in text[start:end], in order; that of another thing (卓越级合作伙伴) is none."""
    for found in level_words().finditer(text, start, end):
        if patterns("levels", "other_titles_patterns").match(text, found.end(), end) is None:
            yield FactoryLevel(_by_word()[found.group()], Span(*found.span()))


@cache
def _by_short() -> dict[str, str]:
    return {word: value for value, written in table("levels", "short").items() for word in written}


@cache
def _short() -> re.Pattern[str]:
    return re.compile(rf"({tree_of(_by_short())})(?:型|类)?(?:智能工厂|智慧工厂)?")


@lru_cache(maxsize=1024)  # labels are the same again and again
def asks_level(label: str) -> bool:
    """Whether a label asks for a level, so that its answer may leave 级 out: 申报等级, 本次申报."""
    return patterns("levels", "asks_short_patterns").search(label) is not None


def short_level(answer: str) -> str | None:
    """The level that the answer of a field for levels names without its 级: 卓越, 先进智能工厂."""
    found = _short().fullmatch(answer.strip(' 　“”"。')) if len(answer) <= LONGEST_SHORT else None
    return None if found is None else _by_short()[found[1]]


def level_of(text: str) -> str | None:
    """The one level that an answer names, or None."""
    found = {level.value for level in find_factory_levels(text, 0, len(text))}
    return found.pop() if len(found) == 1 else None


def province_of(text: str, start: int, end: int, level: Span, *, bodies: bool = True) -> str | None:
    """The province that the programme or the recognising body names, never that of an address or of a firm's name.

    `bodies`: whether an authority's name counts (one that is applied to has recognised nothing yet).
    """
    before: str | None = None
    for province, span in provinces(text, start, end):
        if _FILED_IN.match(text, span.end) and text[span.start - 1 : span.start] in tuple("在于经"):
            return province  # 在江西省完成备案
        if span.end <= level.start:
            if _PROGRAMME_YEAR.fullmatch(text, span.end, level.start) or _is_programme(text, span, bodies=bodies):
                before = province
        elif before is None and (_is_programme(text, span, bodies=bodies) or _in_bracket(text, span, level, end)):
            return province
    return before


def _is_programme(text: str, span: Span, *, bodies: bool) -> bool:
    """Whether a province's name opens that of a recognising body or of the programme, not of a firm or an address."""
    return (_BODY if bodies else _PROGRAMME).match(text, span.end) is not None and _OF_A_FIRM.match(text, span.end) is None


def _in_bracket(text: str, span: Span, level: Span, end: int) -> bool:
    """先进级智能工厂（2024年，山东省）."""
    bracket = _BRACKET.match(text, level.end, end)
    return bracket is not None and span.end <= bracket.end() and not re.search(r"公司|区|路|镇", bracket[1])


def granted_on(text: str, start: int, end: int, level: Span) -> str | None:
    """The day on which the level was granted or filed: the nearest date in reach that is not one of notice, expiry or filling in."""
    best: tuple[int, int, str] | None = None
    mentions = list(find_dates(text, start, end))
    for later_in_year in _SAME_YEAR.finditer(text, start, level.start):
        years = [mention.iso[:4] for mention in mentions if mention.span.end <= later_in_year.start()]
        if years:
            return "-".join([years[-1], *(f"{int(part):02d}" for part in later_in_year.groups() if part)])
    for mention in mentions:
        before, after = (
            text[max(start, mention.span.start - 14) : mention.span.start],
            text[mention.span.end : min(end, mention.span.end + 16)],
        )
        if not mention.possible or patterns("levels", "no_grant_date_patterns").search(before):
            continue
        if patterns("levels", "not_grant_after_patterns").search(after) or _names_round(text, mention.span, after):
            continue
        later = mention.span.start > level.end
        if later and _OTHER_MATTER.match(text, mention.span.end, end) and re.search("[，,；]", text[level.end : mention.span.start]):
            continue
        gap = mention.span.start - level.end if later else level.start - mention.span.end
        told = re.match(r"[^，。；]{0,8}(?:认定|备案|获评|发证|公布|印发|授予|获批|颁)", after) or re.search(
            r"(?:认定|备案|获评|发证|公布|印发|授予|获批|颁发|颁证|授牌)(?:日期|时间|于|日)?(?:为|是)?[:：]?[ ]?$", before
        )
        if told and any(
            mention.span.end <= other.span.start < level.start and "，" in text[mention.span.end : other.span.start] for other in mentions
        ):
            told = None  # 2023年被认定为省级智能工厂，2025年转为先进级: the level's own clause has a day
        entry = (0 if told else 1, gap, mention.iso)
        best = entry if best is None or entry < best else best
    return best[2] if best else None


def _names_round(text: str, date: Span, after: str) -> bool:
    """2024年度天津市先进级智能工厂: the year is that of the round, not of the grant."""
    yearly = text[date.start : date.end].endswith("度") or after.startswith("度")
    return yearly and patterns("levels", "round_patterns").match(after) is not None


def number_of(text: str, start: int, end: int, level: Span) -> str | None:
    """The number of the filing or the certificate that stands nearest to the level, after it first."""
    best: tuple[bool, int, str] | None = None
    for found in patterns("levels", "number_patterns").finditer(text, start, end):
        number = found["number"].strip("-—：: ")
        before = found.start() < level.start
        if not re.search(r"\d", number) or number.endswith(("的", "为")):
            continue
        number = _balanced(text, found.start("number"), end, number)
        entry = (before, abs(found.start() - level.start), number)
        best = entry if best is None or entry < best else best
    return best[2] if best else _bracketed_number(text, level, end)


def _bracketed_number(text: str, level: Span, end: int) -> str | None:
    """A number alone in the bracket right behind the level: 先进级智能工厂（TJ-XJ-2024-017）."""
    found = _NUMBER_ALONE.match(text, level.end, end)
    return found["number"] if found else None


def _balanced(text: str, start: int, end: int, number: str) -> str:
    """A document number whose bracket was cut short is completed: 天智工备〔2025〕020, 津工信（2025）12号."""
    if number.count("（") + number.count("(") > number.count("）") + number.count(")"):
        longer = re.match(r"[A-Za-z\u4e00-\u9fff]*[（(]\d{4}[）)][第]?[\dA-Za-z\-]+号?", text[start:end])
        return longer.group() if longer else re.split(r"[（(]", number)[0]
    return number
