"""Kinds answered one by one behind a word for accidents: 近三年事故统计：安全0起，环境0起, 事故情况：⏎（1）生产安全类：近三年0起.

What leads in the list names accidents; its items name only their kinds, each with a count or a no.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from docproc.model import Span
from docproc.text.numerals import parse_number
from extractors.words.anchors import compiled
from extractors.words.lexicon import alternatives, words
from extractors.words.scanning import scan

WORDS = "accident"
LONGEST_LEAD = 24  # code points from the noun to the first item
_LEADS_ON = re.compile(
    r"[^，。；、：:\n\t未无没零]{0,14}?(?:[（(][^（()）\n]{1,8}[）)])?[ ]?(?:[：:][ 　]*\n?|\n|\t(?![^\t\n]*\n)|"
    r"[ ]?[\t|｜][^，。；\n\t|｜]{0,12}?(?:数|情况|结果|答复|填报)(?:[（(][^（()）\n]{1,6}[）)])?[ |｜]*\n(?:[-:：| ｜]+\n)?)"
)
_NO_LEAD = re.compile(
    "目标|指标|控制|考核|上限|预案|计划|分类|分级|定义|类型包括|应急|演练|预防|防范|损失|死亡|伤亡|重伤|轻伤|人数|费用|投入|物资|隐患|培训|率"
)
_ASKS = compiled(r"(?<!故障|异常|缺陷|报警)(?:发生|出现)(?P<asked>(?:情况|次数|起数))(?=[：:\n])")
_GAP = re.compile(r"[，、；;,。.\s　|｜]*")
_UNITS = "起|宗|次|件|例"


@dataclass(frozen=True, slots=True)
class KindAnswer:
    """One item: its kind's words, its count (0 for a no), and the words from the kind to the answer."""

    kind: Span
    count: int
    span: Span
    lead: Span


def kind_answers(text: str, nouns: Sequence[Span]) -> Iterator[KindAnswer]:
    """The items behind each noun that leads in such a list, in order."""
    reached = 0
    for noun in sorted([*nouns, *_asking(text)]):
        led = _LEADS_ON.match(text, noun.end) if noun.start >= reached else None
        if led is None:
            continue
        start = max(text.rfind(mark, 0, noun.start) for mark in "\n。；，\t") + 1
        if _NO_LEAD.search(text, start, led.end()):
            continue
        position = led.end()
        while item := _item().match(text, _gap_end(text, position)):
            number = parse_number(item["number"]) if item["number"] else None
            yield KindAnswer(Span(*item.span("kind")), int(number or 0), Span(item.start("kind"), item.end()), Span(start, led.end()))
            position = reached = item.end()


def _asking(text: str) -> Iterator[Span]:
    """近三年发生情况：火灾：未发生；…: what asks for kinds without a word for accidents."""
    return (Span(*found.span("asked")) for found in scan(_ASKS, text))


def _gap_end(text: str, position: int) -> int:
    found = _GAP.match(text, position)
    return found.end() if found else position


@cache
def _item() -> re.Pattern[str]:
    kinds = alternatives(words(WORDS, "listed_kinds"))
    when = "(?:最?近[三3]年(?:内|来|以来)?|报告期内|(?:19|20)\\d\\d年度?)?"
    nothing = "|".join((alternatives(words(WORDS, "listed_nothing")), *words("prompts", "denies_patterns")))
    return re.compile(
        rf"(?:[（(]?\d{{1,2}}[）).、．]|[①-⑧])?[ 　]*(?P<kind>{kinds})(?:类|方面|领域)?(?:类?(?:事故|事件))?(?:[（(][{_UNITS}][）)])?"
        rf"[ 　]*[：:|｜\t]?[ 　]*{when}(?:共|累计|均|为|发生|事故|事件)*[ 　]*"
        rf"(?:(?P<number>\d{{1,3}}|[零〇一二两三四五六七八九十]{{1,2}}(?=[{_UNITS.replace('|', '')}]))[ ]?(?:{_UNITS})?|{nothing})"
        rf"(?=[ 　]*(?:[，、；;。,\t\n|｜）)（(]|$)|[ 　]+(?:{kinds}))(?![ 　]*[\t|｜][ 　]*\d)"
    )
