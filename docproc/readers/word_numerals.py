"""A list number in the writing that a Word file asks for: 一, 壹, 甲, ①, IV, b … (ISO/IEC 29500-1 §17.18.59, ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Final

_DIGITS: Final = "〇一二三四五六七八九"
_PLACES: Final = ("", "十", "百", "千")
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"),
    (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST: Final = 9_999  # beyond that every writing falls back to plain digits


def _counting(number: int, digits: str, places: tuple[str, str, str, str], zero: str, *, bare_ten: bool) -> str:
    """A number up to 9,999 in words: 一百〇五. `bare_ten`: 10 to 19 without their leading one."""
    words, gap = "", False
    figures = str(number)
    for at, figure in enumerate(figures):
        if figure == "0":
            gap = True
            continue
        words += (zero if gap and words else "") + digits[int(figure)] + places[len(figures) - 1 - at]
        gap = False
    return words[1:] if bare_ten and 10 <= number < 20 else words


def _chinese(number: int) -> str:
    return _counting(number, _DIGITS, _PLACES, "〇", bare_ten=True)


def _thousand(number: int) -> str:
    return _counting(number, _DIGITS, _PLACES, "零", bare_ten=True)


def _legal(number: int) -> str:
    return _counting(number, "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟"), "零", bare_ten=False)


def _legal_traditional(number: int) -> str:
    return _counting(number, "零壹貳參肆伍陸柒捌玖", ("", "拾", "佰", "仟"), "零", bare_ten=False)


def _digital(number: int) -> str:
    return "".join(_DIGITS[int(figure)] for figure in str(number))


def _roman(number: int) -> str:
    words = ""
    for worth, sign in _ROMAN:
        words += sign * (number // worth)
        number %= worth
    return words


def _letter(number: int) -> str:
    """a … z, aa, bb …: Word repeats the letter."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _listed(signs: str) -> Callable[[int], str]:
    """Signs that stand for 1, 2, 3 …; beyond the last one plain digits."""

    def sign(number: int) -> str:
        return signs[number - 1] if number <= len(signs) else str(number)

    return sign


def _run(first: int, count: int) -> str:
    return "".join(chr(first + step) for step in range(count))


_CIRCLED: Final = _listed(_run(0x2460, 20) + _run(0x3251, 15) + _run(0x32B1, 15))
_STEMS: Final = _listed("甲乙丙丁戊己庚辛壬癸")
_BRANCHES: Final = _listed("子丑寅卯辰巳午未申酉戌亥")
_PARENTHESISED_HAN: Final = _listed(_run(0x3220, 10))
_CIRCLED_HAN: Final = _listed(_run(0x3280, 10))

_WRITINGS: Final = MappingProxyType(
    {
        "decimalZero": lambda number: f"{number:02d}",
        "decimalFullWidth": lambda number: "".join(chr(ord(figure) + 0xFEE0) for figure in str(number)),
        "decimalFullWidth2": lambda number: "".join(chr(ord(figure) + 0xFEE0) for figure in str(number)),
        "decimalEnclosedCircle": _CIRCLED,
        "decimalEnclosedCircleChinese": _CIRCLED,
        "decimalEnclosedParen": _listed(_run(0x2474, 20)),
        "decimalEnclosedFullstop": _listed(_run(0x2488, 20)),
        "chineseCounting": _chinese,
        "chineseCountingThousand": _thousand,
        "taiwaneseCounting": _chinese,
        "taiwaneseCountingThousand": _thousand,
        "japaneseCounting": _thousand,
        "ideographDigital": _digital,
        "japaneseDigitalTenThousand": _digital,
        "taiwaneseDigital": _digital,
        "chineseLegalSimplified": _legal,
        "ideographLegalTraditional": _legal_traditional,
        "ideographTraditional": _STEMS,
        "ideographZodiac": _BRANCHES,
        "ideographParenthesized": _PARENTHESISED_HAN,
        "ideographEnclosedCircle": _CIRCLED_HAN,
        "upperLetter": lambda number: _letter(number).upper(),
        "lowerLetter": _letter,
        "upperRoman": lambda number: _roman(number).upper(),
        "lowerRoman": _roman,
    }
)


def written(number: int, writing: str, pattern: str = "") -> str:
    """A list number as shown. `writing` is w:numFmt's value; `pattern` its w:format where that is `custom` («001, 002» pads to three)."""
    if writing == "none":
        return ""
    if writing == "custom":
        first = pattern.partition(",")[0].strip()
        return str(number).zfill(min(len(first), 9)) if first.isascii() and first.isdecimal() else str(number)
    write = _WRITINGS.get(writing)
    if write is None or not 1 <= number <= _MOST:
        return str(number)
    return write(number)
