"""Quantities in running text: amounts of money, numbers of people, with what bounds them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from docproc.model import Span
from docproc.text.amounts import find_amounts
from docproc.text.numerals import find_numbers, parse_number
from extractors.measures.years import years_in

_PEOPLE = re.compile(
    r"\s?(?P<great>万)?(?P<more>余|多|来|几)?\s?(?P<counter>人|名|位|(?<=[来多几])号人?)(?!次|/|·|均|日|天|年|民|力|工|才|机|气)(?P<tail>左右|以上)?"
)
_YEARS_BEFORE = re.compile(r"(?<!\d)20[0-4]\d[\t 　、/]+20[0-4]\d$")
_HEADS = re.compile(r"\s?(?P<great>)(?P<more>余|多|来|几)?(?P<counter>个)(?P<tail>左右|以上)?(?=[，。；、,;）)]|\s*$)")
_RIGHT_BEHIND = re.compile(r"\s?(?:共|总共|总计|合计|约|近|有|为|是|：|:){0,2}\s?")
_CHAIN = re.compile(r"(?:\d[\d,，]*(?:\.\d+)?/)+$")
_ROUND = re.compile(r"(?P<lead>将近|近|不足|超过|逾|超|上|约)(?P<number>[百千万])人(?!次|/|·|均|日|天|年|民|力|工|才)")
_ROUNDS = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10000)}

_PARTED = re.compile(r" [0-9]{3}(?<=[0-9] ...)")  # in this order: the blank is looked for first, which is fast
# thousands that a blank divides: 1 124名, 12 860.5万元; not two figures side by side, nor what follows a month or a number of its own
_SPACED = re.compile(
    r"(?<![\d.,，%/月日第表图附-])(?<!\d )(?:[1-9]\d? (?:\d{3} )*\d{3}(?=\s?(?:余|多)?\s?(?:[万亿千百]*元|[人名位](?!次|/|·|均|天|年)))"
    r"|[1-9]\d? (?:\d{3} )*\d{3}\.\d{1,4}(?![\d.]| \d)|[1-9]\d{0,2}(?: \d{3})+\.\d{2}(?=\s?元)|[1-9]\d\d(?: \d{3})+(?=\s?元))"
)


class Quantity(NamedTuple):
    value: Decimal
    span: Span
    bound: str | None


def with_commas(text: str) -> str:
    """A text of the same length in which blanks inside a figure are commas: 1 124名 is 1,124名."""
    if _PARTED.search(text) is None:
        return text
    return _SPACED.sub(lambda figure: figure.group().replace(" ", ","), text)


def money(text: str, start: int, stop: int, unit: str | None = None) -> Iterator[Quantity]:
    """Amounts of money; of several that slashes divide (1.1/1.3/1.6亿元) each, with the unit of the last."""
    for amount in find_amounts(text, start, stop, unit):
        chain = _CHAIN.search(text, start, amount.span.start)
        if chain is not None:
            number = re.match(r"[\d,，.]+", text[amount.span.start : amount.span.end])
            last = parse_number(number.group()) if number else None
            for part in re.finditer(r"[\d,，.]+", chain.group()):
                value = parse_number(part.group())
                if last and value is not None:
                    yield Quantity(value * amount.value / last, _shifted(part, chain), None)
        yield Quantity(amount.value, amount.span, amount.bound)


def people(text: str, start: int, stop: int, counted: bool = False) -> Iterator[Quantity]:
    """Numbers of people, also 近千人. `counted`: the label says （人）, so that a bare number counts them."""
    for round_ in _ROUND.finditer(text, start, stop):
        bound: str | None = "below" if round_["lead"] in ("近", "将近", "不足") else "about" if round_["lead"] == "约" else "above"
        yield Quantity(_ROUNDS[round_["number"]], Span(round_.start("number"), round_.end()), bound)
    for number in find_numbers(text, start, stop):
        counter = _PEOPLE.match(text, number.span.end) or _heads(text, start, number.span)
        again = re.compile(r"[（(][\d,]+[）)]").match(text, number.span.end)  # 五百六十三（563）人
        counter = counter or (_PEOPLE.match(text, again.end()) if again else None)
        if number.value != number.value.to_integral_value() and not (counter and counter["great"]):
            continue  # 占职工总数的18%
        if counted and counter is None and _is_year_in_row(text, number.span):
            continue
        if counted and counter is None and re.match(r"\s?(?:[，。；、,;（(\n]|$)", text[number.span.end : number.span.end + 2]):
            yield Quantity(number.value, number.span, None)
        if counter is None or counter.end() > stop + 1:
            continue
        value = number.value * (10000 if counter["great"] else 1)
        if value != value.to_integral_value():
            continue
        before = text[max(start, number.span.start - 4) : number.span.start]
        bound = "about" if re.search(r"(?:约|大约)$", before) or counter["tail"] == "左右" else None
        bound = "above" if counter["more"] or re.search(r"(?:超过|逾|超|不少于|不低于)$", before) or counter["tail"] == "以上" else bound
        bound = "below" if re.search(r"(?:近|不足|将近)$", before) else bound
        chain = _CHAIN.search(text, start, number.span.start)
        for part in re.finditer(r"[\d,，]+", chain.group()) if chain else ():  # 201/215/233人
            yield Quantity(Decimal(re.sub("[,，]", "", part.group())), _shifted(part, chain), None)
        yield Quantity(value, Span(number.span.start, counter.end("counter")), bound)


def _is_year_in_row(text: str, number: Span) -> bool:
    """职工人数(人) 2022 2023 2024: the last of several years beside each other is no head count."""
    return _YEARS_BEFORE.search(text, max(0, number.start - 8), number.end) is not None


def _heads(text: str, start: int, number: Span) -> re.Match[str] | None:
    """正式职工98个: a head count right behind the staff's name, and nothing that is counted behind it."""
    return _HEADS.match(text, number.end) if _RIGHT_BEHIND.fullmatch(text, start, number.start) else None


def _shifted(part: re.Match[str], whole: re.Match[str] | None) -> Span:
    by = whole.start() if whole else 0
    return Span(by + part.start(), by + part.end())


# a bracket behind a figure, and what else it may say behind a comma: （2024年度，经审计）
_YEAR_BRACKET = re.compile(r"\s?(?:人|名|元)?[”’』]?\s?[（(]((?:截至|截止|至)?[^（()），,；;]{4,16})(?:[，,；;][^（()）]{1,16})?[）)]")


def bracketed_year(text: str, position: int) -> int | None:
    """The year in a bracket right behind a figure: 320人（2023年）, 12.8亿元（2024年12月31日）, 三百二十名（截至二零二四年底）."""
    bracket = _YEAR_BRACKET.match(text, position)
    if bracket is None:
        return None
    named = years_in(text, *bracket.span(1))
    rest = re.sub(r"[截至止末底度年\s]", "", text[bracket.start(1) : bracket.end(1)])
    return (
        named[0].year if len(named) == 1 and len(rest) <= 12 and not re.search("[^\\d〇零○一二三四五六七八九十月日.\\-/]", rest) else None
    )
