"""Counts of one thing year by year: 安全事故：2022年0起；2023年1起（一般）；2024年0起, 2022、2023、2024年事故起数分别为0、1、0.

A zero denies its own years and nothing else, so that one year's zero must not answer for the year beside it. Several years may share
a zero (2023年、2024年无). What a count fell from is the former state (由3起降至1起), and of no year unless one is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from docproc.model import Span
from docproc.text.numerals import parse_number
from extractors.words.anchors import compiled
from extractors.words.per_text import once_a_text

NEAREST = 40  # code points between the noun and the first year of its tally
MOST_YEARS = 10
_NUMBER = r"\d{1,3}|[零〇一二两三四五六七八九十]{1,3}"
_UNIT = "起|宗|次|件|例|桩|条|项"
_NOTHING = "无|零|没有|未发生|未出现"
_YEAR = r"(?:19|20)\d\d"
_LINK = r"\s?(?:、|，|和|及|与|至|到|—|-|–|~|～)\s?"
_GAP = re.compile(r"[，,、；;]\s?")
_COUNTED_BY = re.compile(rf"(?:(?:{_UNIT})数)?[（(]\s?(?:单位[:：])?(?:{_UNIT})[^（()）]{{0,6}}[）)]|(?:{_UNIT})数")
_BARE = r"|(?P<bare>\d{1,3})(?![\d年月日.%])"  # a figure without its unit
_THING = re.compile("事故|事件|火灾|处罚")


@dataclass(frozen=True, slots=True)
class Entry:
    """One year's count, or one without a year. `span` holds its words, a bracket behind the figure included.

    `former`: the state before a change of which the text tells no year.
    """

    year: str | None
    count: int
    span: Span
    former: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts behind one noun. `span`: the words that are read with it."""

    noun: Span
    entries: tuple[Entry, ...]
    span: Span
    actual: bool = False  # the figure beside a target: 目标0起，实际0起

    @property
    def nothing(self) -> bool:
        """Whether all counts are zero."""
        return not any(entry.count for entry in self.entries)


def tallies(text: str, nouns: Iterable[Span], labels: Iterable[Span] = ()) -> list[Tally]:
    """The tallies of a text, by place. `nouns` are what may be counted; `labels` only name a topic, and need counts with their unit."""
    if not _may_tally(text):
        return []
    found: list[Tally] = []
    for noun, named in sorted([*((noun, True) for noun in nouns), *((label, False) for label in labels)]):
        if any(noun.start < known.span.end and known.span.start < noun.end for known in found):
            continue
        tally = _of(text, noun) if named else _labelled(text, noun)
        if tally is not None:
            found.append(tally)
    return found


def _of(text: str, noun: Span) -> Tally | None:
    reached = _reached().match(text, noun.end)
    if reached:
        entry = Entry(None, 0 if reached["number"] == "无" else _count(reached["number"]), Span(noun.start, reached.end()))
        return Tally(noun, (entry,), entry.span, actual=True)
    changed = _changed(text, noun)
    if changed:
        return Tally(noun, changed, Span(noun.start, changed[-1].span.end))
    entries = _listed(text, noun.end)
    if entries:
        return Tally(noun, entries, Span(noun.start, entries[-1].span.end))
    shared = _shared_out(text, noun)
    if any(entry.count for entry in shared):
        return Tally(noun, shared, Span(noun.start, shared[-1].span.end))
    led = _led(text, noun)
    return Tally(noun, led, Span(led[0].span.start, led[-1].span.end)) if led else None


def _labelled(text: str, label: Span) -> Tally | None:
    entries = _listed(text, label.end)
    counted = entries and re.search(rf"\d\s?(?:{_UNIT})", text[entries[0].span.start : entries[-1].span.end])
    return Tally(label, entries, Span(label.start, entries[-1].span.end)) if counted else None


@once_a_text
@lru_cache(maxsize=2)  # the same text is asked for by each family
def _may_tally(text: str) -> bool:
    return any(pattern().search(text) is not None for pattern in (_run, _spread, _change, _reached))


def _counts(bare: str) -> str:
    number = rf"(?P<number>{_NUMBER})\s?(?:{_UNIT})|(?P<nothing>{_NOTHING}){bare}"
    return rf"(?:均|都|皆|各|则|也|亦|共|计|为|是|：|:|发生|出现|记录)*(?:了)?\s?(?:{number})"


@cache
def _entry(bare: bool = False) -> re.Pattern[str]:
    """An entry: years, and their count. `bare`: a figure may stand without its unit, which the noun has."""
    counted = _counts(_BARE if bare else "")
    years = rf"(?P<years>(?:{_YEAR}年?{_LINK}){{0,9}}{_YEAR})年"
    return re.compile(rf"{years}(?:度|全年)?{counted}(?:[一-龥]{{0,6}}(?:事故|事件|处罚))?(?:[（(][^（()）\n]{{0,30}}[）)])?")


@cache
def _run() -> re.Pattern[str]:
    counted = re.sub(r"\?P<\w+>", "?:", _counts(_BARE))
    return compiled(rf"{_YEAR}年(?:度|全年)?{counted}")


@cache
def _spread() -> re.Pattern[str]:
    number = rf"(?:{_NUMBER})\s?(?:{_UNIT})?"
    return compiled(rf"(?:分别|依次)(?:为|是|发生|有)(?:了)?\s?(?P<counts>{number}(?:(?:、|，|,|和|及|/){number})+)")


@cache
def _change() -> re.Pattern[str]:
    number = rf"(?:{_NUMBER})\s?(?:{_UNIT})?"
    when = rf"(?:(?P<{{}}>{_YEAR})年(?:度|全年)?|[^，。；\n\d]{{{{0,8}}}}?)(?:的|约)?"
    verb = "(?:逐年|逐步|大幅|持续)?(?:下降|降低|减少|降|减|下滑|回落|压减|上升|增加|增长|升|增)(?:到了|至|到|为|成)?"
    return re.compile(
        rf"(?:由|从){when.format('before')}(?P<from>{number}){verb}{when.format('after')}(?P<to>{number}|零|无)(?![\d.%年月日])"
    )


@cache
def _reached() -> re.Pattern[str]:
    """目标0起，实际0起: what was reached, behind what was aimed at."""
    number = rf"(?:{_NUMBER})\s?(?:{_UNIT})?"
    return compiled(
        rf"(?:数|起数)?(?:[（(][^（()）\n]{{1,6}}[）)])?[：: ]?(?:控制|考核|年度|管控)?(?:目标|指标)(?:值|数)?"
        rf"[为是：: ]{{0,2}}(?:[≤＜<]\s?)?{number}[，,；;、/ ]{{1,2}}"
        rf"(?:实际|实绩|完成|达成)(?:发生|完成|值|数)?[为是：: ]{{0,2}}(?P<number>{_NUMBER}|无)\s?(?:{_UNIT})?(?![\d.%])"
    )


def _changed(text: str, noun: Span) -> tuple[Entry, ...]:
    """事故起数由2022年的3起降至2024年的0起: what holds now, and what was; 由3起降为0 says of no year what it was."""
    led = re.compile(r"(?:[^，。；\n]{0,16}，)?[^，。；\n]{0,12}?(?=由|从)").match(text, noun.end)
    change = _change().match(text, led.end()) if led else None
    if change is None or not re.search(f"{_UNIT}|数", text[noun.end : change.end()]):
        return ()
    start = max(text.rfind(mark, 0, noun.start) for mark in "。；\n") + 1
    ranged = re.search(rf"({_YEAR})年?\s?(?:至|到|—|-|–|~|～)\s?({_YEAR})年", text[start : noun.start])
    before, after = change["before"] or (ranged[1] if ranged else None), change["after"] or (ranged[2] if ranged else None)
    first = Entry(before, _count(change["from"]), Span(*change.span("from")), before is None)
    last = Entry(after, 0 if change["to"] == "无" else _count(change["to"]), Span(change.start(), change.end()))
    return first, last


def _listed(text: str, position: int) -> tuple[Entry, ...]:
    """2022年0起；2023年1起（一般）: entries that only marks divide, the first close behind the noun on its line."""
    line_end = text.find("\n", position)
    line_end = len(text) if line_end < 0 else line_end
    entry = _entry(_COUNTED_BY.match(text, position, line_end) is not None)
    first = entry.search(text, position, min(line_end, position + NEAREST))
    if first is None or re.search(rf"[。；;]|(?:{_NUMBER})\s?(?:{_UNIT})", text[position : first.start()]):
        return ()
    found = tuple(_entries(text, first, entry, line_end))
    return found if len(found) > 1 else ()


def _entries(text: str, first: re.Match[str], entry: re.Pattern[str], line_end: int) -> Iterator[Entry]:
    """The entries from one on, years that share a count apart."""
    found: re.Match[str] | None = first
    while found is not None:
        groups = found.groupdict()
        count = _count(groups["number"] or groups.get("bare"))
        years = _years(found["years"])
        apart = not count or len(years) == 1 or re.search("[均都皆各]", text[found.end("years") : found.end()])
        for year in years if apart else (None,):
            yield Entry(year, count, Span(*found.span()))
        gap = _GAP.match(text, found.end(), line_end)
        found = entry.match(text, gap.end(), line_end) if gap else None


def _years(written: str) -> list[str | None]:
    """2023年、2024: each; 2022—2024: those between as well."""
    named: list[int] = [int(year) for year in re.findall(_YEAR, written)]
    if len(named) == 2 and re.search("[至到—–~～-]", written) and 0 < named[1] - named[0] <= MOST_YEARS:
        named = list(range(named[0], named[1] + 1))
    return [str(year) for year in named]


def _led(text: str, noun: Span) -> tuple[Entry, ...]:
    """2022年发生一般事故1起，2023年、2024年未发生: years without, behind a count whose year stands before the noun."""
    line_end = text.find("\n", noun.end)
    line_end = len(text) if line_end < 0 else line_end
    counted = re.compile(rf"[^，。；\n]{{0,6}}?(?:(?:{_NUMBER})\s?(?:{_UNIT}))?(?:[（(][^（()）\n]{{0,40}}[）)])?[，,；;]\s?").match(
        text, noun.end, line_end
    )
    first = _entry().match(text, counted.end(), line_end) if counted else None
    if first is None or (first["number"] and _count(first["number"])):
        return ()
    start = max(text.rfind(mark, 0, noun.start) for mark in "。；\n") + 1
    if not re.search(rf"{_YEAR}年[^，。；]{{0,24}}$", text[start : noun.start]) or not re.search(
        rf"(?:{_NUMBER})\s?(?:{_UNIT})", text[start : counted.end() if counted else 0]
    ):
        return ()
    entries = tuple(_entries(text, first, _entry(), line_end))
    if any(entry.count or _THING.search(text, *entry.span) for entry in entries):
        return ()  # told with the thing's own name, and read there
    return entries


def _shared_out(text: str, noun: Span) -> tuple[Entry, ...]:
    """2022、2023、2024年度…分别为0、1、0: as many counts as years stand before the noun in its sentence."""
    led = re.compile(r"[^，。；\n]{0,8}?(?=分别|依次)").match(text, noun.end)
    shared = _spread().match(text, led.end() if led else noun.end)
    if shared is None:
        return ()
    start = max(text.rfind(mark, 0, noun.start) for mark in "。；\n") + 1
    before = text[start : noun.start]
    span = re.search(rf"({_YEAR})年?\s?(?:至|到|—|-|–|~|～)\s?({_YEAR})年", before)
    years = [str(year) for year in range(int(span[1]), int(span[2]) + 1)] if span else re.findall(rf"(?<!\d)({_YEAR})(?!\d)", before)
    counts = re.split("[、，,和及/]", shared["counts"])
    if len(years) != len(counts):
        return ()
    place = Span(*shared.span("counts"))
    return tuple(Entry(year, _count(count), place) for year, count in zip(years, counts, strict=True))


def _count(written: str | None) -> int:
    value = parse_number(re.sub(rf"(?:{_UNIT})|\s", "", written)) if written else None
    return int(value) if value is not None else 0
