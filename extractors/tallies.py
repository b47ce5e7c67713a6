"""Counts of one thing year by year: 安全事故：2022年0起；2023年1起（一般）；2024年0起, 2022、2023、2024年事故起数分别为0、1、0.

A zero denies its own year and nothing else, so that one year's zero must not answer for the year beside it. A tally that is all zeros is
left to the readers of denials, which see its years as one period.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from docproc.model import Span
from docproc.text.numerals import parse_number
from extractors.anchors import compiled

NEAREST = 40  # code points between the noun and the first year of its tally
_NUMBER = r"\d{1,3}|[零〇一二两三四五六七八九十]{1,3}"
_UNIT = "起|宗|次|件|例|桩|条|项"
_NOTHING = "无|零|没有|未发生|未出现"


@dataclass(frozen=True, slots=True)
class Entry:
    """One year's count. `span` holds its words, a bracket behind the figure included."""

    year: str
    count: int
    span: Span


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts behind one noun, at least one of them not zero."""

    noun: Span
    entries: tuple[Entry, ...]

    @property
    def span(self) -> Span:
        return Span(self.noun.start, self.entries[-1].span.end)


def tallies(text: str, nouns: Iterable[Span]) -> list[Tally]:
    """The tallies of a text, by place. `nouns` are what may be counted."""
    if not _may_tally(text):
        return []
    found: list[Tally] = []
    for noun in nouns:
        entries = _listed(text, noun.end) or _shared_out(text, noun)
        if any(entry.count for entry in entries) and not any(noun.start < known.span.end for known in found):
            found.append(Tally(noun, entries))
    return found


@lru_cache(maxsize=2)  # the same text is asked for by each family
def _may_tally(text: str) -> bool:
    return _run().search(text) is not None or _spread().search(text) is not None


@cache
def _entry() -> re.Pattern[str]:
    counted = rf"(?:共|计|为|是|：|:|发生|出现|记录)*(?:了)?\s?(?:(?P<number>{_NUMBER})\s?(?:{_UNIT})|(?P<nothing>{_NOTHING}))"
    return re.compile(
        rf"(?P<year>(?:19|20)\d\d)年(?:度|全年)?{counted}(?:[一-龥]{{0,6}}(?:事故|事件|处罚))?(?:[（(][^（()）\n]{{0,30}}[）)])?"
    )


@cache
def _run() -> re.Pattern[str]:
    return compiled(rf"{_entry().pattern.replace('?P<year>', '?:').replace('?P<number>', '?:').replace('?P<nothing>', '?:')}[，,、；;]")


@cache
def _spread() -> re.Pattern[str]:
    number = rf"(?:{_NUMBER})\s?(?:{_UNIT})?"
    return compiled(rf"(?:分别|依次)(?:为|是|发生|有)(?:了)?\s?(?P<counts>{number}(?:(?:、|，|,|和|及|/){number})+)")


def _listed(text: str, position: int) -> tuple[Entry, ...]:
    """2022年0起；2023年1起（一般）: entries that only marks divide, the first close behind the noun on its line."""
    line_end = text.find("\n", position)
    line_end = len(text) if line_end < 0 else line_end
    first = _entry().search(text, position, min(line_end, position + NEAREST))
    if first is None or re.search(rf"[。；;]|\d\s?(?:{_UNIT})", text[position : first.start()]):
        return ()
    found: list[Entry] = []
    entry: re.Match[str] | None = first
    while entry is not None:
        found.append(Entry(entry["year"], _count(entry["number"]), Span(*entry.span())))
        gap = re.compile(r"[，,、；;]\s?").match(text, entry.end(), line_end)
        entry = _entry().match(text, gap.end(), line_end) if gap else None
    return tuple(found) if len(found) > 1 else ()


def _shared_out(text: str, noun: Span) -> tuple[Entry, ...]:
    """2022、2023、2024年度…分别为0、1、0: as many counts as years stand before the noun in its sentence."""
    led = re.compile(r"[^，。；\n]{0,8}?(?=分别|依次)").match(text, noun.end)
    shared = _spread().match(text, led.end() if led else noun.end)
    if shared is None:
        return ()
    start = max(text.rfind(mark, 0, noun.start) for mark in "。；\n") + 1
    before = text[start : noun.start]
    span = re.search(r"((?:19|20)\d\d)年?\s?(?:至|到|—|-|–|~|～)\s?((?:19|20)\d\d)年", before)
    years = [str(year) for year in range(int(span[1]), int(span[2]) + 1)] if span else re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", before)
    counts = re.split("[、，,和及/]", shared["counts"])
    if len(years) != len(counts):
        return ()
    place = Span(*shared.span("counts"))
    return tuple(Entry(year, _count(re.sub(rf"(?:{_UNIT})|\s", "", count)), place) for year, count in zip(years, counts, strict=True))


def _count(written: str | None) -> int:
    value = parse_number(written) if written else None
    return int(value) if value is not None else 0
