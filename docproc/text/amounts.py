"""Sums of money in yuan: 1,200.50万元 · 壹亿贰仟万元整 · 3,560千元 · 人民币1.86亿元 · 2亿3千万 · ￥93,418,602.17.

A sum keeps its bound where the text gives one: 约 and 左右 are `about`, 近 and 不足 `below`, 超过, 余, 几 and 以上 `above`.
A loss that is written as one is negative: -320.5万元, 负320.5万元, the accountant's (1,234.56); 亏损320万元 is a sum of 320.
Sums in other currencies and prices a unit (元/吨) are no amounts here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from docproc.model import Span
from docproc.text.numerals import NumberMention, find_numbers, parse_number

Bound = Literal["about", "below", "above"]

_MAGNITUDES = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8, "十亿": 10**9}
_FOLD_UNIT = str.maketrans("萬億圓圆幣仟佰拾", "万亿元元币千百十")

_YUAN = r"(?:人民币|人民幣)?(?:元|圆|圓)(?:人民币|人民幣)?"
_MORE = r"(?:余|餘|多|几|幾|来|來)"
_MAGNITUDE_AT_END = re.compile(r"[十百千万萬亿億拾佰仟]+$")
_UNIT_AFTER = re.compile(
    rf"\s?(?P<more>{_MORE})?(?:[个個](?=[万萬亿億]))?(?P<magnitude>[十百千万萬亿億]*)(?P<more2>{_MORE})?\s?(?P<yuan>{_YUAN})(?P<rest>[整正])?"
)
# 1亿2, 3万5: the figure behind the great unit counts in its tenths
_TENTHS = re.compile(r"[1-9一二两三四五六七八九](?=\s*(?:[，。；、）)]|$|左右|上下))")
_UNIT_PRICE = re.compile(r"\s?(?:/(?!\s?[年a])|每[^年])")
_BARE_AFTER = re.compile(rf"(?P<more>{_MORE})?(?:[个個](?=[万萬亿億]))?(?P<magnitude>[万萬亿億])?")
_CHANGE = re.compile(
    r"\s?(?P<jiao>[0-9零一二三四五六七八九壹贰貳叁肆伍陆陸柒捌玖]+)角(?:(?P<fen>[0-9零一二三四五六七八九壹贰貳叁肆伍陆陸柒捌玖]+)分)?[整正]?"
)
_FOREIGN = re.compile(
    r"\s?(?:美元|美金|港元|港币|港幣|欧元|歐元|日元|日圆|日圓|英镑|英鎊|韩元|韓元|卢布|台币|臺幣|台幣|新台币|新臺幣|新台幣|澳元|加元|新加坡元)"
)
_PREFIX = re.compile(r"(?:人民币|人民幣|RMB|CNY|[¥￥])[：:]?\s?$", re.IGNORECASE)
_FOREIGN_PREFIX = re.compile(
    r"(?:US\$|USD|HK\$|HKD|NT\$|TWD|EUR|€|\$|美元|港币|港幣|新台币|新臺幣|新台幣|日元|欧元|歐元)\s?$", re.IGNORECASE
)
# What may follow a sum that ends with 万 or 亿 and names no 元; anything else is a counter (2亿只, 3万人).
_SUM_ENDS = re.compile(
    r"\s*(?:$|[（(](?!\s?(?:只|人|名|件|台|套|股|吨|千瓦|美元|港元|欧元))|[，,。；;、）)\]】？！?!~～—–\-\n\t：:]|以上|以下|左右|上下|以内|至|到|的|人民币|人民幣|规模|大关|級|级)"
)

_LINK = r"(?:了|到|达|達|为|為|是|于|於)?\s?(?:人民币|人民幣|RMB|CNY|[¥￥])?\s?$"
_BEFORE_WORDS: tuple[tuple[str, Bound], ...] = (
    ("不超过|不超過|未超过|未超過|不高于|不高於|不多于|不多於|至多|最多|未突破", "below"),
    ("不低于|不低於|不少于|不少於|不小于|不小於|不下|至少|最少", "above"),
    ("不足|不到|不满|不滿|未满|未滿|未达|未達|低于|低於|少于|少於|小于|小於|将近|將近|接近|逼近|临近|臨近", "below"),
    ("超过|超過|高于|高於|大于|大於|多于|多於|突破|(?<![高赶反])超(?!过|過)|逾|(?<!不)多达|多達", "above"),
    ("大约|大約|大概|约莫|約莫|大致|估计|估計|差不多|(?<![合契節节條条制預预簽签違违租特誓盟婚])[约約]", "about"),
    ("(?<![附最邻鄰靠亲親])近", "below"),
)
_BEFORE = tuple((re.compile(f"(?:{words}){_LINK}"), bound) for words, bound in _BEFORE_WORDS)
_BOUND_WORD = re.compile("|".join(words for words, _ in _BEFORE_WORDS))
_AFTER: tuple[tuple[re.Pattern[str], Bound], ...] = (
    (re.compile(r"\s?(?:左右|上下|许|許)"), "about"),
    (re.compile(r"\s?(?:及|或|（含）|\(含\))?以上"), "above"),
    (re.compile(r"\s?[余餘](?![万萬亿億额額款])"), "above"),
    (re.compile(r"\s?(?:及|或|（含）|\(含\))?(?:以下|以内|以內)"), "below"),
)
_REACH = 12
_SHARE = re.compile("[%％‰]|分之")
# 负 and a minus say less than nothing only where no range, code or compound word (自负, 2020-300) ends there.
_MINUS = re.compile(r"(?:(?<![0-9A-Za-z%％年月日号號元万萬亿億)）\]〕第/.\-－−—–~～])[-－−]|(?<![自担擔背肩胜勝欠抱承])[负負])(?:[¥￥])?$")
_ACCOUNTS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+")
_RANGE_LINK = re.compile(r"\s?(?:-|—|–|~|～|－|至|到)+\s?$")


class Amount(NamedTuple):
    """A sum of money in yuan, its place (number and unit, without the words of the bound before it) and its bound."""

    value: Decimal
    span: Span
    bound: Bound | None = None


@lru_cache(maxsize=1024)  # a table gives its unit with each of its figures
def unit_factor(unit: str) -> Decimal | None:
    """How many yuan a unit is: 万元 is 10000. Reads 单位：人民币万元 too. None where it is no unit of yuan.

    >>> unit_factor("（单位：万元）"), unit_factor("人民币百万元"), unit_factor("人")
    (Decimal('10000'), Decimal('1000000'), None)
    """
    plain = re.sub(r"[\s（）()【】\[\]]", "", unit).translate(_FOLD_UNIT)
    plain = re.sub(r"^(?:金额|货币|貨幣|金額)?(?:单位|單位)(?:为|為|是)?[：:]?", "", plain)
    if plain in ("人民币", "RMB", "CNY", "¥", "￥"):
        return Decimal(1)
    found = re.fullmatch(r"(?:人民币|RMB|CNY)?([十百千万亿]*)元?(?:人民币|RMB)?", plain)
    if found is None or not plain or ("元" not in plain and found[1] not in ("万", "亿")):
        return None
    factor = _MAGNITUDES.get(found[1])
    return None if factor is None else Decimal(factor)


def find_amounts(text: str, start: int = 0, end: int | None = None, unit: str | None = None) -> Iterator[Amount]:
    """The sums of money in text[start:end], in order.

    `unit` is the unit that a label, a column's head or a caption gives (万元): bare numbers then count in it. A number that has its
    own unit keeps it.
    """
    stop = len(text) if end is None else end
    given = unit_factor(unit) if unit else None
    waiting: Amount | None = None  # the bare first number of a range: 2000—3000万元
    reached = start
    for number in find_numbers(text, start, stop):
        if number.span.start < reached or _SHARE.search(number.text):
            continue
        first, sign, number_end = _signed(text, start, number)
        read = _read(text, number.value, number.text, Span(number.span.start, number_end), stop, given)
        before_range = _RANGE_LINK.search(text, max(start, number.span.start - 4), number.span.start)
        if read is None:
            after = text[number.span.end : number.span.end + 3]
            waits = re.match(r"\s?(?:-|—|–|~|～|－|至|到)", after)
            bound = _bound_before(text, start, first)
            waiting = Amount(sign * number.value, Span(first, number.span.end), bound) if waits else None
            continue
        value, last, factor, more = read
        if waiting is not None and before_range is not None and waiting.span.end == before_range.start() and factor > 1:
            yield Amount(waiting.value * factor, waiting.span, waiting.bound)
        waiting = None
        reached = last
        yield Amount(sign * value, Span(first, last), more or _bound(text, start, first, last, stop))


def _signed(text: str, start: int, number: NumberMention) -> tuple[int, int, int]:
    """Where a number begins with its sign, the sign, and where it ends with the accountant's bracket: (1,234.56) is less than nothing."""
    first, last = number.span
    if text[first - 1 : first] in ("(", "（") and text[last : last + 1] in (")", "）") and _ACCOUNTS.fullmatch(number.text):
        return first - 1, -1, last + 1
    minus = _MINUS.search(text, max(start, first - 3), first)
    return (minus.start(), -1, last) if minus else (first, 1, last)


def _read(
    text: str, value: Decimal, written: str, span: Span, stop: int, given: Decimal | None
) -> tuple[Decimal, int, Decimal, Bound | None] | None:
    """Value in yuan, where the sum ends, the factor of its unit, and a bound inside it (2000余万元); None where it is no sum."""
    if _FOREIGN.match(text, span.end, stop) or _FOREIGN_PREFIX.search(text, max(0, span.start - 6), span.start):
        return None
    magnitude_word = _MAGNITUDE_AT_END.search(written)
    found = _UNIT_AFTER.match(text, span.end, stop)
    if found is not None:
        factor = _MAGNITUDES.get(found["magnitude"].translate(_FOLD_UNIT))
        if factor is None or _UNIT_PRICE.match(text, found.end()):
            return None
        more: Bound | None = "above" if found["more"] or found["more2"] else None
        total, last = value * factor, found.end()
        change = _CHANGE.match(text, last, stop)
        if change is not None and not found["rest"]:
            jiao, fen = parse_number(change["jiao"]), parse_number(change["fen"] or "0")
            if jiao is not None and fen is not None:
                total, last = total + jiao / 10 + fen / 100, change.end()
        shared = magnitude_word[0].translate(_FOLD_UNIT) if magnitude_word else ""
        return total, last, Decimal(factor) * _MAGNITUDES.get(shared, 1), more
    tenths = _TENTHS.match(text, span.end, stop) if written[-1:] in "万萬亿億" else None
    if tenths is not None and (digit := parse_number(tenths.group())) is not None:
        unit = Decimal(10**8 if written[-1] in "亿億" else 10**4)
        return value + digit * unit / 10, tenths.end(), Decimal(1), None
    bare = _BARE_AFTER.match(text, span.end, stop)
    magnitude = (bare["magnitude"] or "") if bare else ""
    bare_end = bare.end() if bare and bare["magnitude"] else span.end
    if _FOREIGN.match(text, bare_end, stop):
        return None
    factor = _MAGNITUDES[magnitude.translate(_FOLD_UNIT)]
    more = "above" if bare and bare["more"] and magnitude else None
    prefixed = _PREFIX.search(text, max(0, span.start - 5), span.start) is not None
    has_great_unit = bool(magnitude) or (magnitude_word is not None and magnitude_word[0][-1] in "万萬亿億")
    if prefixed or (has_great_unit and _SUM_ENDS.match(text, bare_end, stop)):
        return value * factor, bare_end, Decimal(factor), more
    if given is not None and not has_great_unit and _counts_nothing(text, span.end, stop):
        return value * given, span.end, given, None
    return None


def _counts_nothing(text: str, end: int, stop: int) -> bool:
    """Whether no counter follows a bare number, so that the column's unit may count it."""
    return end >= stop or not re.match(r"\s?(?:[年月日号號人名家台套件个個起次项項%％]|[A-Za-z])", text[end:stop])


def _bound(text: str, start: int, first: int, last: int, stop: int) -> Bound | None:
    for pattern, bound in _AFTER:
        if pattern.match(text, last, stop):
            return bound
    return _bound_before(text, start, first)


def _bound_before(text: str, start: int, first: int) -> Bound | None:
    before = text[max(start, first - _REACH) : first]
    if not _BOUND_WORD.search(before):
        return None
    for before_pattern, before_bound in _BEFORE:
        if before_pattern.search(before):
            return before_bound
    return None
