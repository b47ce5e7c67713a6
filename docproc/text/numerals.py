"""Numbers as Chinese documents write them: 12,066.58 · 一亿二千万 · 壹仟贰佰万 · 1.2亿 · 2亿3千万 · 二〇二五 · 百分之三十 · ⑵.

Values are `Decimal`: nothing is rounded. Text is normalised text, but traditional and full-width forms are read as well, so that
the same functions serve the source. A run of digits (二〇二五) is a number read digit by digit; a run with units is added up.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from docproc.model import Span

_DIGITS = {"零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_SMALL_UNITS = {"十": 10, "百": 100, "千": 1000}
_GREAT_UNITS = {"万": 10**4, "亿": 10**8}

# Every written form of a numeral character, beside the plain one (GB/T 15835; the financial forms are those of 支付结算办法 annex 1).
_FOLD = str.maketrans(
    "〇○Ｏ壹壱弌贰貳弍叁叄參参肆伍陆陸柒捌玖拾佰仟萬億两兩廿点點．，０１２３４５６７８９",
    "零零零一一一二二二三三三三四五六六七八九十百千万亿二二廿点点.,0123456789",
)

_ARABIC = r"(?:[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?![0-9０-９])|[0-9０-９]+)(?:[.．][0-9０-９]+)?"
_UNIT_CHARS = "十拾百佰千仟万萬亿億"
_PLAIN_DIGITS = "零〇○一二两兩三四五六七八九"
_FINANCIAL_DIGITS = "壹壱贰貳叁叄參参肆伍陆陸柒捌玖"
_CHINESE_CHARS = _PLAIN_DIGITS + _FINANCIAL_DIGITS + _UNIT_CHARS + "廿卅"
NUMERALS = re.compile(f"[0-9０-９{_CHINESE_CHARS}]+")  # what every number in a text holds
_POINT = f"(?:[点點][{_PLAIN_DIGITS}]+)?"

_PLAIN_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_NUMBER = re.compile(
    rf"(?=[0-9０-９{_CHINESE_CHARS}])(?:"  # most characters begin no number, which need not be tried way by way
    rf"(?P<percent>[百千万萬]分之(?:[{_CHINESE_CHARS}]+{_POINT}|{_ARABIC})|{_ARABIC}\s?[%％‰])"
    rf"|(?P<fraction>[{_CHINESE_CHARS}]+分之[{_CHINESE_CHARS}]+)"
    # Arabic digits with units after them: 1.2亿, 2亿3千万, 2亿零800万, 12.8百万
    rf"|(?P<mixed>{_ARABIC}\s?[{_UNIT_CHARS}]+(?:零?(?:{_ARABIC}|零)[{_UNIT_CHARS}]+)*)"
    rf"|(?P<arabic>{_ARABIC})"
    rf"|(?P<chinese>[{_CHINESE_CHARS}]+{_POINT}))"
)

# Words in which a numeral character counts nothing. Looked up around a found numeral of one or two characters.
_NO_NUMBERS = re.compile(
    "统一|一般|一定|一致|一切|一直|一些|一律|一旦|一同|一并|一经|一贯|一向|一体|一流|一线|一站式|唯一|单一|同一|万一|逐一|专一|十分|百度|"
    "百分|千方百计|四川|三亚|九江|六安|三维|三方|百强|一汽|三一|四方|五金|七台河|六盘水|四平|三明|三门峡|三河|八达岭|万科|万达|万象|万华|千瓦|千克|千米|"
    "万能|万向|百货|千里|万全|万州|万宁|千山|三峡|九龙|五洲|四维|一级建造师|二级建造师"
)
# One character that is a number: ① ⑴ ⒈ ㈠ ㊀ ❶ Ⅱ. The value is that of the Unicode Character Database.
_ONE_CHARACTER = re.compile("[\u2150-\u218b\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3220-\u3229\u3248-\u325f\u3280-\u3289\u32b1-\u32bf]")
_IN_BRACKETS = re.compile(f"[（(]([{_PLAIN_DIGITS}十百]{{1,4}})[）)]")  # （三）; (3) may be the accountant's -3
_SHARE_OF = {"百": 100, "千": 1000, "万": 10**4}
_ABOUT = re.compile("一[两二]|[两二]三|三[四五]|四五|五六|六七|七八|八九")  # 两三起 is a few, not 23
_WORD_REACH = 4
_LONGEST_IN_WORD = 2


class NumberMention(NamedTuple):
    """A number in a text: its value, its place, and how it is written."""

    value: Decimal
    span: Span
    text: str


@lru_cache(maxsize=4096)
def parse_number(text: str) -> Decimal | None:
    """The value of a text that is one number and nothing else, or None. A percentage is its fraction: 百分之三十 is 0.3.

    ①, ⑴, ㈠, （三） and Ⅱ are read too; (3) is not: in accounts it is -3.

    >>> parse_number("一亿二千万"), parse_number("12,066.58"), parse_number("二〇二五")
    (Decimal('120000000'), Decimal('12066.58'), Decimal('2025'))
    """
    if _ONE_CHARACTER.fullmatch(text.strip()):
        single = unicodedata.numeric(text.strip())
        return Decimal(int(single)) if single == int(single) else None
    written = re.sub(r"\s+", "", text)
    bracketed = _IN_BRACKETS.fullmatch(written)
    written = (bracketed[1] if bracketed else written).translate(_FOLD).replace("廿", "二十").replace("卅", "三十").rstrip("整正")
    if not written:
        return None
    if written[0] in "-－−负負":
        value = _unsigned(written[1:])
        return None if value is None else -value
    return _unsigned(written)


def _unsigned(written: str) -> Decimal | None:
    if written.endswith(("%", "％", "‰")):
        value = _arabic(written[:-1])
        return None if value is None else value / (1000 if written[-1] == "‰" else 100)
    whole, of, part = written.partition("分之")
    if not of:
        return _numeral(written)
    value, base = _numeral(part), _SHARE_OF.get(whole) or _numeral(whole)
    return None if value is None or not base else _exact(value, Decimal(base))


def _exact(value: Decimal, base: Decimal) -> Decimal | None:
    """A fraction where it has an end: 四分之一 is 0.25; 三分之一 is no decimal."""
    quotient = value / base
    return quotient if quotient * base == value else None


def find_numbers(text: str, start: int = 0, end: int | None = None) -> Iterator[NumberMention]:
    """The numbers in text[start:end], in order. Numerals inside words that count nothing (统一, 一般) are passed over.

    Digits inside an identifier (MA01DGNT6P, L2) are no number either.
    """
    stop = len(text) if end is None else end
    for found in _NUMBER.finditer(text, start, stop):
        if found.lastgroup in ("arabic", "mixed", "percent") and _in_identifier(text, found.start(), found.end()):
            continue
        if found.lastgroup == "chinese":
            place = _chinese_place(text, found.start(), found.end())
            if place is None:
                continue
        else:
            place = Span(found.start(), found.end())
        written = text[place.start : place.end]
        value = parse_number(written)
        if value is not None:
            yield NumberMention(value, place, written)


def _in_identifier(text: str, start: int, end: int) -> bool:
    before = text[start - 1 : start]
    if before.isascii() and (before.isalpha() or before == "_"):
        return True
    after = text[end : end + 2]
    return len(after) == 2 and after.isascii() and after[0].isalpha() and after[1].isdigit()


def _chinese_place(text: str, start: int, end: int) -> Span | None:
    """Where in a run of numeral characters the number stands; None where the run counts nothing."""
    run = text[start:end]
    if not any(character in _PLAIN_DIGITS + _FINANCIAL_DIGITS + "十拾廿卅" for character in run):
        return None  # 百万, 千: a unit with no number
    if _ABOUT.fullmatch(run) and text[start - 1 : start] not in ("第", "之"):
        return None
    if text[start - 1 : start] in ("数", "几", "幾", "數", "若") and run[0] in _UNIT_CHARS:
        return None
    if run[0] in "参參陆陸伍" and len(run) > 1 and run[1] not in _UNIT_CHARS:
        start, run = start + 1, run[1:]  # 参二 of 参加二人 does not occur, but 队伍二十人 does
    if all(character in _FINANCIAL_DIGITS for character in run):
        # 大陆, 队伍, 参加: financial digits without a unit of their own are a number only before a unit of money or a counter.
        return Span(start, end) if text[end : end + 1] in tuple("元圆圓角分人起次件名台套项項宗") and len(run) == 1 else None
    if len(run) > 1 and run[0] in "百佰千仟万萬亿億":
        return None
    return _outside_words(text, start, end) if len(run) <= _LONGEST_IN_WORD else Span(start, end)


def _outside_words(text: str, start: int, end: int) -> Span | None:
    """What is left of a short run after the words that count nothing: 唯一一家 has one 一 that counts."""
    for word in _NO_NUMBERS.finditer(text, max(0, start - _WORD_REACH), min(len(text), end + _WORD_REACH)):
        if word.start() <= start < word.end():
            start = word.end()
        elif start < word.start() < end:
            end = word.start()
    return Span(start, end) if start < end else None


def _arabic(written: str) -> Decimal | None:
    if _PLAIN_NUMBER.fullmatch(written) is None:
        return None
    return Decimal(written.replace(",", ""))


_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|[零一二三四五六七八九十百千万亿]")


def _numeral(written: str) -> Decimal | None:
    """A folded numeral: Arabic, Chinese, mixed, or digit by digit."""
    plain = _arabic(written)
    if plain is not None:
        return plain
    whole, point, fraction = written.partition("点")
    if point:
        if not fraction or any(character not in _DIGITS for character in fraction):
            return None
        front = _numeral(whole) if whole else None
        if front is None:
            return None
        return front + Decimal("0." + "".join(str(_DIGITS[character]) for character in fraction))
    if written and all(character in _DIGITS for character in written):
        return Decimal("".join(str(_DIGITS[character]) for character in written))
    tokens = _TOKEN.findall(written)
    if "".join(tokens) != written:
        return None
    return _added_up(tokens)


def _added_up(tokens: list[str]) -> Decimal | None:
    """Adds up a numeral with units: `total` of finished 亿, `section` under the next great unit, `digit` waiting for its unit."""
    total, section = Decimal(0), Decimal(0)
    digit: Decimal | None = None
    last_unit, after_zero, last_great = 1, False, 10**16
    for token in tokens:
        if token in _SMALL_UNITS:
            unit = _SMALL_UNITS[token]
            if digit is None and section == 0 and token != "十":
                return None
            if digit is None and section:  # 12.8百万 keeps its digit; 一百十 is 110
                digit = Decimal(1)
            section += (Decimal(1) if digit is None else digit) * unit
            digit, last_unit, after_zero = None, unit, False
        elif token in _GREAT_UNITS:
            unit = _GREAT_UNITS[token]
            if digit is None and section == 0 and total == 0:
                return None  # a unit with no number
            section += digit or Decimal(0)
            if unit > last_great:  # 一万亿
                section, total = section + total, Decimal(0)
            if section == 0:
                section, total = total, Decimal(0)
            total += section * unit
            section, digit, last_unit, last_great, after_zero = Decimal(0), None, unit, unit, False
        elif token == "零":
            if digit is not None:
                return None
            after_zero = True
        else:
            value = Decimal(_DIGITS[token]) if token in _DIGITS else _arabic(token)
            if value is None or digit is not None:
                return None
            digit = value
    if digit is not None:
        # 一万二 is 12000 and 三百五 350: a last digit without a unit stands one place below the unit before it.
        colloquial = last_unit >= 100 and not after_zero and tokens[-1] in _DIGITS
        section += digit * (last_unit // 10 if colloquial else 1)
    return total + section
