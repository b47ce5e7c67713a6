"""Counts: 1起 · 两起 · 三十余家 · 3至5次 · 若干项. A number with a counter word, or a word that stands for a number nobody gives.

若干, 多, 几, 数 and 两三 give no value: a reader may ask, nothing may be concluded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from docproc.model import Span
from docproc.text.amounts import Bound
from docproc.text.numerals import NumberMention, find_numbers

COUNTERS = "起次件宗例家户戶人名位台臺套项項个個条條座辆輛处處份批笔筆种種期所栋棟"

_AFTER = re.compile(rf"(?P<more>[余餘多几幾])?\s?(?P<counter>[{COUNTERS}])(?P<more2>[余餘多])?(?P<bound>以上|以下|以内|左右)?(?![月])")
_BEFORE = re.compile(r"(?:(?P<below>不足|不到|未满|近|至多|不超过)|(?P<above>超过|逾|至少|不少于)|(?P<about>大约|约))\s?$")
_VAGUE = re.compile(
    rf"(?P<words>若干|(?<![0-9十百千万亿余])多|好?几|幾|数[十百千万]?|數[十百千萬]?|[一两二三四五六七八][二两三四五六七八九])(?P<great>[十百千万萬])?\s?(?P<counter>[{COUNTERS}])"
)
_REACH = 4
_RANGE = re.compile(r"\s?[-—–~～－至到]\s?")
_BOUND_AFTER: dict[str, Bound] = {"以上": "above", "以下": "below", "以内": "below", "左右": "about"}


@dataclass(frozen=True, slots=True)
class Count:
    """How many, of what (the counter word), where it stands; `value` is None where the text names no number (若干, 多, 两三)."""

    value: Decimal | None
    counter: str
    span: Span
    bound: Bound | None = None


def find_counts(text: str, start: int = 0, end: int | None = None, counters: str = COUNTERS) -> Iterator[Count]:
    """The counts in text[start:end], in order; `counters` limits the counter words asked for."""
    stop = len(text) if end is None else end
    found = [*_numbered(text, start, stop), *_vague(text, start, stop)]
    reached = start
    for count in sorted(found, key=lambda each: (each.span.start, -each.span.end)):
        if count.span.start >= reached and count.counter in counters:
            reached = count.span.end
            yield count


def _numbered(text: str, start: int, stop: int) -> Iterator[Count]:
    waiting: NumberMention | None = None  # the first number of a range: 3至5次
    for number in find_numbers(text, start, stop):
        lower, waiting = waiting, number if _RANGE.match(text, number.span.end, stop) else None
        after = _AFTER.match(text, number.span.end, stop)
        if after is None or number.value != number.value.to_integral_value() or text[number.span.start - 1 : number.span.start] == "第":
            continue
        if lower is not None and _RANGE.fullmatch(text, lower.span.end, number.span.start):
            yield Count(lower.value, after["counter"], lower.span, _bound_before(text, start, lower.span.start))
        bound: Bound | None = "above" if after["more"] or after["more2"] else _BOUND_AFTER.get(after["bound"] or "")
        place = Span(number.span.start, after.end("counter"))
        yield Count(number.value, after["counter"], place, bound or _bound_before(text, start, place.start))


def _bound_before(text: str, start: int, first: int) -> Bound | None:
    before = _BEFORE.search(text, max(start, first - _REACH), first)
    if before is None:
        return None
    return "below" if before["below"] else "above" if before["above"] else "about"


def _vague(text: str, start: int, stop: int) -> Iterator[Count]:
    for found in _VAGUE.finditer(text, start, stop):
        if text[found.start() - 1 : found.start()] != "第":
            yield Count(None, found["counter"], Span(found.start(), found.end()))
