"""What numbers or marks an item: 1. （一） ② •. It is none of the words behind it.

Before a sentence a number needs its mark, for a sentence may begin with a figure (3 名员工, 2022年). A label begins with none: there a
chapter's number (6.3), a form's code (A12.) and a figure without a mark number it as well.
"""

from __future__ import annotations

import re

HAN_NUMERALS = "一二三四五六七八九十"  # the only letters that a sentence's enumerator begins with
_HAN_NUMBER = f"[{HAN_NUMERALS}]{{1,3}}"
_BRACKETED = rf"[（(](?:{_HAN_NUMBER}|\d{{1,2}})[）)]"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_OF_SENTENCE = re.compile(
    rf"\s*(?:{_BRACKETED}[、.．]?|{_HAN_NUMBER}[、．]|\d{{1,2}}(?:[、．]|\.(?!\d)|[）)])|[{_CIRCLED}]|[•·])"
    r"\s*(?=[^\s\d：:]|(?:19|20)\d\d)"
)
_OF_LABEL = re.compile(
    rf"(?:第?{_HAN_NUMBER}[、.．]|{_BRACKETED}"
    rf"|\d{{1,2}}(?:[.．]\d{{1,2}}){{0,3}}(?:[、．)）]|[.．](?!\d)|[ 　]+(?=[^\d\s])|(?=[\u4e00-\u9fff])(?!\d*[年月日级]))|[{_CIRCLED}]"
    r"|[A-Z]\d{2,3}(?:[、.．：:]|[ 　]+)(?=[\u4e00-\u9fff]))[ 　]*"
)
_NUMERALS = frozenset(HAN_NUMERALS)
_ITEM_OF_ROW = re.compile(rf"{_HAN_NUMBER}、[ 　]*")
_LABEL_NUMBER_OPENS = frozenset(f"第{HAN_NUMERALS}（({_CIRCLED}ABCDEFGHIJKLMNOPQRSTUVWXYZ")  # and digits


def number_at(text: str, start: int, end: int) -> int:
    """Where the number ends that an item's sentence begins with; the place itself where it begins with none."""
    first = text[start : start + 1]
    if first.isalpha() and first not in HAN_NUMERALS:
        return start
    found = _OF_SENTENCE.match(text, start, end)
    return found.end() if found else start


def label_number_at(text: str, start: int, end: int) -> int:
    """Where the number ends that a label begins with, such as 6.3, （一）, ③; the place itself where it begins with none."""
    if start >= end or not (text[start] in _LABEL_NUMBER_OPENS or text[start].isdecimal()):
        return start
    found = _OF_LABEL.match(text, start, end)
    if found is not None and text[found.end() : found.end() + 1] in _NUMERALS:
        found = _ITEM_OF_ROW.match(text, found.end(), end) or found  # 1 一、营业收入
    return found.end() if found and found.end() < end else start
