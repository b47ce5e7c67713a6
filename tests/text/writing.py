"""Writes numbers as documents do: the other way round, to be read back."""

from __future__ import annotations

_DIGITS = {"chinese": "零一二三四五六七八九", "financial": "零壹贰叁肆伍陆柒捌玖", "traditional": "零壹貳參肆伍陸柒捌玖"}
_SMALL = {"chinese": ("", "十", "百", "千"), "financial": ("", "拾", "佰", "仟"), "traditional": ("", "拾", "佰", "仟")}
_GREAT = {"chinese": ("", "万", "亿", "万亿"), "financial": ("", "万", "亿", "万亿"), "traditional": ("", "萬", "億", "萬億")}
STYLES = ("plain", "commas", "full_width", "chinese", "financial", "traditional", "mixed", "digits")


def written(value: int, style: str) -> str:
    if style == "plain":
        return str(value)
    if style == "commas":
        return f"{value:,}"
    if style == "full_width":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))
    if style == "digits":
        return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(value))
    if style == "mixed":
        return _mixed(value)
    return _in_characters(value, style)


def _mixed(value: int) -> str:
    """2亿3000万 where it is whole in 万, 1.23456789亿 else."""
    if value % 10**4 == 0 and value >= 10**8:
        rest = value % 10**8 // 10**4
        return f"{value // 10**8}亿" + (f"{rest}万" if rest else "")
    return f"{value // 10**4}.{value % 10**4:04d}万"


def _in_characters(value: int, style: str) -> str:
    if value == 0:
        return "零"
    groups: list[int] = []
    while value:
        groups.append(value % 10**4)
        value //= 10**4
    text, gap = "", False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            gap = bool(text)
            continue
        if text and (gap or group < 1000):
            text += "零"
        # 万亿 is said once: 三万零五亿 for 30005亿
        unit = _GREAT[style][place]
        if place == 3 and groups[2]:
            unit = unit[0]
        text += _group(group, style) + unit
        gap = False
    return text


def _group(group: int, style: str) -> str:
    text, zero = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit:
            text += ("零" if zero and text else "") + _DIGITS[style][digit] + _SMALL[style][place]
            zero = False
        else:
            zero = True
    return text
