"""Whether two documents say the same: names, codes, addresses and figures, compared as a reviewer would compare them.

Names and addresses are compared after folding width, white space, script and brackets (CLAIMS: levels, addresses, names).
Two figures agree when the finer, rounded to the coarser one's printed digits, is the same (CHECKLISTS): so a figure is a value
*and* how finely it was printed, which only the quote tells: 5,607.71万元 is printed to the hundred, 0.56亿元 to the million.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from docproc.model import Claim

_BRACKETS = str.maketrans({"〔": "(", "〕": ")", "[": "(", "]": ")", "【": "(", "】": ")", "{": "(", "}": ")", "『": "(", "』": ")"})
_DASHES = re.compile(r"[‐-―−─﹘﹣－～~]+")
_SEPARATORS = re.compile(r"[,，、;；:：。.·•・]")
_DOTS = re.compile("[·•・‧∙⋅●]")
_SEAL_NOTE = re.compile(r"\((?:盖章|公章|盖公章|加盖公章|签章|章|签字|签名)\)")
_SMALL_NUMERAL = re.compile(r"[〇零一二三四五六七八九十百]+(?=(?:号|层|楼|室|栋|幢|座|单元|院|门|区|期|段))")
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}
_UNITS = {"十": 10, "百": 100}
_DIVISION = re.compile(r"[^省市区县盟旗州\d]{1,12}?(?:自治区|特别行政区|自治州|自治县|省|市|区|县|盟|旗|州)")
_DIVISION_MARKS = re.compile(r"自治区|特别行政区|自治州|自治县|[省市区县盟旗州]")
_PRINTED_NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?")
_ABOUT = Decimal("0.1")
_SHORT = 80  # code points of a label, a name or an address: these come again and again


def fold(text: str) -> str:
    """The text with width, white space, script, case, dashes and brackets folded: for comparing, never for showing."""
    return _folded_short(text) if len(text) <= _SHORT else _folded(text)


@lru_cache(maxsize=8192)
def _folded_short(text: str) -> str:
    return _folded(text)


def _folded(text: str) -> str:
    wide = unicodedata.normalize("NFKC", text)
    simple = _simplified("".join(wide.split()))
    return _DASHES.sub("-", simple.translate(_BRACKETS)).upper()


def same_name(one: str, other: str) -> bool:
    """Whether two names of a firm or a person are the same; （盖章） after a name is no part of it, and one dot is as good as another.

    A traditional character that may stand for two simplified ones (鉅: 巨 or 钜) agrees with either; the two do not agree with one another,
    since 巨升 and 钜升 may be two firms.
    """
    left, right = _plain_name(one), _plain_name(other)
    return left == right or _agrees_otherwise(one, left, right) or _agrees_otherwise(other, right, left)


def _plain_name(name: str) -> str:
    return _DOTS.sub("·", _SEAL_NOTE.sub("", fold(name)))


def _agrees_otherwise(written: str, plain: str, other: str) -> bool:
    """Whether a name is the other one where its traditional characters are read as the second simplified one that they may stand for."""
    if len(plain) != len(other):
        return False
    from docproc.text.script import two_ways

    source = "".join(unicodedata.normalize("NFKC", written).split())
    if len(source) < len(plain):
        return False
    places = [(was, here, there) for was, here, there in zip(source, plain, other, strict=False) if here != there]
    return all(was != here and there in two_ways(was) for was, here, there in places)


def same_code(one: str, other: str) -> bool:
    """Whether two credit codes are the same, character by character (width, case and blanks folded, nothing repaired)."""
    return re.sub(r"[-.]", "", fold(one)) == re.sub(r"[-.]", "", fold(other))


def same_address(one: str, other: str) -> bool:
    """Whether two addresses name the same place.

    What follows the administrative divisions must be the same. The divisions before it may be given more or less fully
    (大兴区… against 北京市大兴区…), as long as neither names one that contradicts the other.
    """
    left, right = _plain_address(one), _plain_address(other)
    if left == right:
        return True
    left_divisions, left_rest = _divisions(left)
    right_divisions, right_rest = _divisions(right)
    if not left_rest or left_rest != right_rest:
        return False
    return _is_subsequence(left_divisions, right_divisions) or _is_subsequence(right_divisions, left_divisions)


def same_date(one: str, other: str) -> bool:
    """Whether two ISO dates agree as far as the less exact one goes (2006-08 and 2006-08-03)."""
    return one.startswith(other) or other.startswith(one)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and how it was stated.

    `value` in yuan, persons or points; `step` the place of its last printed digit in the same unit (5,607.71万元: 100);
    `bound` as in CLAIMS: about, below, above, or None where it was stated exactly.
    """

    value: Decimal
    step: Decimal = Decimal(1)
    bound: str | None = None


def figure(value: object, printed: str = "", bound: str | None = None) -> Figure | None:
    """A claim's number as a Figure, its fineness read from the words it stands in; None where the value is no number."""
    number = _decimal(value)
    return None if number is None else _figure(str(number), printed, bound)


@lru_cache(maxsize=8192)
def _figure(number: str, printed: str, bound: str | None) -> Figure:
    """Remembered: each figure is held against every other of its kind, in facts and in predicates."""
    value = Decimal(number)
    return Figure(value, _step(value, printed), bound)


def figure_of(claim: Claim) -> Figure | None:
    """The figure that a claim states, with the fineness of its own quote and its bound."""
    printed = " ".join(entry.quote for entry in claim.evidence if entry.quote)
    bound = claim.qualifiers.get("bound")
    return figure(claim.value, printed, bound if isinstance(bound, str) else None)


def same_figure(one: Figure, other: Figure) -> bool:
    """Whether two figures agree: the finer, rounded to the coarser one's printed digits, is the same.

    A half may have been rounded either way. 约 agrees within a tenth, 近 and 不足 from below within a tenth, 超过 and 余 with all above.
    """
    if abs(one.value - other.value) <= max(one.step, other.step) / 2:
        return True
    if max(one.step, other.step) == min(one.step, other.step) and one.bound is None and other.bound is None:
        return one.value == other.value
    return _within_bound(one, other.value) or _within_bound(other, one.value)


def _within_bound(stated: Figure, value: Decimal) -> bool:
    reach = abs(stated.value) * _ABOUT
    if stated.bound == "about":
        return abs(stated.value - value) <= reach
    if stated.bound == "below":
        return stated.value - reach <= value <= stated.value
    return stated.bound == "above" and value >= stated.value


@lru_cache(maxsize=4096)
def _simplified(text: str) -> str:
    from docproc.text import normalise

    return normalise(text).text


def _plain_address(text: str) -> str:
    """An address without separators and with the small numerals of house numbers as digits (六号 and 6号, 3#楼 and 3号楼)."""
    plain = _SEPARATORS.sub("", _SEAL_NOTE.sub("", fold(text)).replace("#", "号"))
    plain = _SMALL_NUMERAL.sub(lambda found: str(_small_number(found.group())), plain)
    return re.sub(r"[()]", "", plain)


def _small_number(text: str) -> int:
    """The value of a Chinese numeral below a thousand; digits in a row (六二) are read one by one."""
    if not any(character in _UNITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    total, digit = 0, 0
    for character in text:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


def _divisions(address: str) -> tuple[str, str]:
    """The leading administrative divisions, joined and without their marks, and the rest of the address."""
    position = 0
    while found := _DIVISION.match(address, position):
        position = found.end()
    return _DIVISION_MARKS.sub("", address[:position]), address[position:]


def _is_subsequence(short: str, long: str) -> bool:
    characters: Iterator[str] = iter(long)
    return all(character in characters for character in short)


def _decimal(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _step(value: Decimal, printed: str) -> Decimal:
    """The place of the last printed digit.

    The printed number that gives the value up to a power of ten is the one; its unit need not stand beside it (it may stand in a
    table's caption), since the power tells it. Where no digits give the value, Chinese numerals do: their last place counts.
    """
    own = _exponent(value)
    steps = []
    for token in _PRINTED_NUMBER.findall(unicodedata.normalize("NFKC", printed)):
        digits = token.replace(",", "").replace("，", "")
        number = Decimal(digits)
        if number and value and number.normalize().as_tuple().digits == value.normalize().as_tuple().digits:
            decimals = len(digits.partition(".")[2])
            steps.append(Decimal(1).scaleb(_exponent(value.normalize()) - _exponent(number.normalize()) - decimals))
    if steps:
        return min(steps)
    if value and re.search(r"[一二三四五六七八九十壹贰叁肆伍陆柒捌玖两兩]", printed) and re.search(r"[十百千万亿拾佰仟萬億]", printed):
        return Decimal(1).scaleb(max(_exponent(value.normalize()), 0))
    return Decimal(1).scaleb(min(own, 0))


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
