"""Step: blanks inside words are removed (天 津 市, 营 业 执 照); blanks that separate are kept as one, or two where they were wide.

A wide blank is an ideographic one or several in a row: it separates columns (`□有　■无`, `法定代表人　邱若谷`). TAB and LF are not touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from docproc.text.align import Edit

BLANK = "[ \u3000\u00a0\u1680\u2000-\u200a\u205f]"
_SPACED_LABELS = frozenset(
    ("等级", "级别", "层级", "得分", "总分", "分数", "名称", "住所", "地址", "电话", "姓名", "日期", "单位", "结论", "结果", "类型", "规模")
)
_BORDER = re.compile(r"[\t\n]|\Z")
_RUN = re.compile(f"{BLANK}+")
_BETWEEN_WORDS = re.compile("[0-9A-Za-z] [0-9A-Za-z]")  # a single blank between Latin words or figures stays
_OPENING, _CLOSING = "（(《〈“‘「『【〔［", "，。、；：！？）)》〉”’」』】〕］％%"
_CLAUSE_MARKS = re.compile("[，。；、]")
_LONGEST_LABEL = 8
_FEW_BLANKS = 2  # more of them in a line are stray
_HAN = re.compile("[\u3400-\u9fff〇○]")
_BOX = re.compile("[\u2500-\u27bf√×]|^[)）]")  # a bracket that closes after a blank was opened to be ticked
_MARKS = re.compile(r"[^\w]|_")
_STRUCTURE = re.compile(
    r"(?:第[一二三四五六七八九十百零〇\d]{1,4}[编編篇章节節条條款项項部]|附[件表录錄][\d一二三四五六七八九十]*|[一二三四五六七八九十]{1,3}、?)$"
)
# What counts or measures: office programs print a blank between it and its number (造成 3 人死亡, 2025 年 3 月 14 日).
_UNIT = re.compile(
    "年(?!报|检|鉴)|月|日(?!常|期|志)|时|分钟|秒|小时|天|周(?!转|期|边)|岁|人(?!员|才|力|工|均|事|机)|名(?!称|单|录)|位(?!于|置)|[万亿千百萬億余]"
    "|元(?!件|素)|起(?!重|草|止|点)|次(?!品|日|数)|件(?!数)|项(?!目)|条(?!件|款|码|例)|號|号(?!码)|级(?!别)|分(?!析|类|公司|布|配|期|级|管|厂)"
    "|家(?!具|庭)|台(?!账|湾)|套(?!件|期)|个|期(?!间|末|初)|届|倍|吨|[%％]"
)
_BEFORE_UNIT = re.compile(f"{BLANK}?(?:{_UNIT.pattern})")
_FIGURE = re.compile(r"[\d,]*\d(?:\.\d+)?")
_DATED = re.compile(r"[年月]")
# A figure that a unit may follow; a code that ends in a digit is none (91120111MA06W2UX56 天津市)
_CODE = re.compile(r"[0-9A-Za-z]*[A-Za-z][0-9A-Za-z]{3,}|\d{13,}")
_CODE_END = re.compile(r"[0-9A-Za-z]+$")
_HEAD = re.compile("[\u3400-\u9fff]{2}[^\\d，。；！？]{0,28}")
_ROWS_UNDER_HEADS = 40
# A number that was pulled apart: 93, 418, 602. 17 元 · 2 021 年
_PULLED = re.compile(rf"[\d.,]{BLANK}[\d.,]")
_PULLED_GROUPS = re.compile(rf"(?<![\d.,])\d{{1,3}}(?:{BLANK}?,{BLANK}?\d{{3}})+(?:{BLANK}?\.{BLANK}?\d{{1,2}})?(?![\d])")
# one that was spaced out digit by digit: 1 5 6, 2 0 8, 3 3 0. 5 0; every digit stands apart, so that no two columns are meant
_PULLED_DIGITS = re.compile(
    rf"(?<![\d.,])(?<![\d.,]{BLANK})\d(?:{BLANK}\d){{0,2}}(?:{BLANK}?,{BLANK}?\d{BLANK}\d{BLANK}\d)+(?:{BLANK}?\.{BLANK}?\d(?:{BLANK}?\d)?)?(?!{BLANK}?\d)"
)
_PULLED_FRACTION = re.compile(rf"(?<![\d.,])\d+{BLANK}?\.{BLANK}?\d{{1,4}}(?={BLANK}?[万亿元%％分])")
# the same without a comma, of three digits or more before a unit: 3 1 2 人, 4 1 5 5 0 万元; or with two decimals apart: 2 . 9 6 分
_PULLED_PLAIN = re.compile(
    rf"(?<![\d.,])(?<![\d.,]{BLANK})(?:[1-9](?:{BLANK}\d){{2,8}}(?:{BLANK}?\.{BLANK}?\d(?:{BLANK}?\d){{0,3}})?(?={BLANK}?(?:[人名]|[百千]?[万亿萬億]?元))"
    rf"|\d(?:{BLANK}\d){{0,6}}{BLANK}?\.{BLANK}?\d(?:{BLANK}\d){{1,3}}(?={BLANK}?[万亿萬億元%％分]))"
)
# a whole answer that stands apart sign by sign: 1 . 9 4
_PULLED_DECIMAL = re.compile(rf"(?m)^{BLANK}*\d(?:{BLANK}\d){{0,2}}{BLANK}?[.．]{BLANK}\d(?:{BLANK}\d){{0,3}}(?={BLANK}*分?{BLANK}*$)")
_PULLED_YEAR = re.compile(rf"(?<!\d)(?:[12]{BLANK}?[09]{BLANK}?\d{BLANK}?\d)(?={BLANK}?年)")


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str
    starts_single: bool  # its first word, between marks, is one character, or it is a mark
    ends_single: bool


def close_up(text: str) -> Iterator[Edit]:
    blanks = [(blank.start(), blank.end()) for blank in _RUN.finditer(text)]
    pulled = list(_pulled_apart(text, blanks))
    taken = {position for edit in pulled for position in range(edit.start, edit.end)}
    edits = list(pulled)
    for start, end in _segments(text, blanks):
        edits += (edit for edit in _segment(text, start, end) if edit.start not in taken)
    yield from sorted(edits, key=lambda edit: edit.start)


def _pulled_apart(text: str, blanks: Iterable[tuple[int, int]]) -> Iterator[Edit]:
    seen = searched = 0
    for start, end in blanks:
        if start < searched or end - start > 1 or not _PULLED.match(text, start - 1):
            continue
        first, searched = _line(text, start)
        for found in sorted(
            (
                found
                for pattern in (_PULLED_DIGITS, _PULLED_GROUPS, _PULLED_PLAIN, _PULLED_FRACTION, _PULLED_DECIMAL, _PULLED_YEAR)
                for found in pattern.finditer(text, first, searched)
            ),
            key=lambda found: (found.start(), -found.end()),
        ):
            if found.start() < seen:
                continue
            seen = found.end()
            for blank in _RUN.finditer(text, found.start(), found.end()):
                yield Edit(blank.start(), blank.end(), "", "数字中的空格删去", "inferred")


def _line(text: str, place: int) -> tuple[int, int]:
    end = text.find("\n", place)
    return text.rfind("\n", 0, place) + 1, len(text) if end < 0 else end


def _segments(text: str, blanks: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Lines, and cells between TABs, that hold a blank which tells something."""
    reached = 0
    for first, last in blanks:
        if first < reached or (last - first == 1 and first and _BETWEEN_WORDS.match(text, first - 1)):
            continue
        start = max(text.rfind("\t", 0, first), text.rfind("\n", 0, first)) + 1
        border = _BORDER.search(text, last)
        reached = border.start() if border else len(text)
        yield start, reached


def _segment(text: str, start: int, end: int) -> Iterator[Edit]:
    """The blanks of one line, or of one cell between TABs."""
    tokens = _tokens(text, start, end)
    at_start, at_end = start == 0 or text[start - 1] == "\n", end == len(text) or text[end] == "\n"
    if not tokens:
        if start < end:
            yield Edit(start, end, "", "删去空白")
        return
    if tokens[0].start > start:
        yield Edit(start, tokens[0].start, "", "删去行首空白" if at_start else "删去单元格内外侧空白")
    prose = _CLAUSE_MARKS.search(text, start, end) is not None
    spaced = _spaced_gaps(text, tokens)
    prose = prose and not _is_labelled(text, tokens, spaced)
    for index, (left, right) in enumerate(pairwise(tokens)):
        blank = text[left.end : right.start]
        words = prose and blank != "\u3000"  # a wide blank between a word and a number divides columns
        counted = len(blank) == 1 and _counts(text, left, right, prose=words, first=index == 0)
        new = "" if counted else _between(left, right, blank, prose=prose, spaced=index in spaced, first=index == 0)
        if new != blank:
            yield Edit(left.end, right.start, new, "删去字间空格" if not new else "空白统一为半角空格")
    if tokens[-1].end < end:
        yield Edit(tokens[-1].end, end, "", "删去行尾空白" if at_end else "删去单元格内外侧空白")


def _tokens(text: str, start: int, end: int) -> list[_Token]:
    tokens: list[_Token] = []
    position = start
    for blank in [*_RUN.finditer(text, start, end), None]:
        last = blank.start() if blank else end
        if last > position:
            tokens.append(_token(text[position:last], position, last))
        position = blank.end() if blank else end
    return tokens


def _token(word: str, start: int, end: int) -> _Token:
    if _is_box(word):
        return _Token(start, end, word, False, False)
    if len(word) == 1:
        return _Token(start, end, word, True, True)
    parts = [part for part in _MARKS.split(word) if part] or [""]
    return _Token(start, end, word, len(parts[0]) <= 1, len(parts[-1]) <= 1)


def _is_box(word: str) -> bool:
    return _BOX.search(word) is not None


def _spaced_gaps(text: str, tokens: Sequence[_Token]) -> set[int]:
    """The gaps inside letter-spaced words: between two single characters, unless the gap is wider than others of its run."""
    gaps: set[int] = set()
    run: list[int] = []
    for index in range(len(tokens)):
        joined = index + 1 < len(tokens) and tokens[index].ends_single and tokens[index + 1].starts_single
        if joined:
            run.append(index)
            continue
        if run and sum(_HAN.search(tokens[gap].text) is not None for gap in (*run, run[-1] + 1)) > 1:
            widths = [_blank_width(text[tokens[gap].end : tokens[gap + 1].start]) for gap in run]
            narrowest = min(widths)
            split = {gap for gap, wide in zip(run, widths, strict=True) if wide > narrowest and _parts(run, gap)}
            gaps.update(gap for gap in run if gap not in split)
        run = []
    return gaps


def _is_labelled(text: str, tokens: Sequence[_Token], spaced: set[int]) -> bool:
    """Whether the first narrow blank between Chinese words, of few, parts a label from its value: 主导产品 化学发光试剂盒、质控品."""
    gaps = [
        index
        for index, (left, right) in enumerate(pairwise(tokens))
        if index not in spaced and right.start - left.end == 1 and _han(left.text[-1]) and _han(right.text[0])
    ]
    if not gaps or len(gaps) > _FEW_BLANKS or tokens[gaps[0] + 1].starts_single or any(index not in spaced for index in range(gaps[0])):
        return False
    label = _RUN.sub("", text[tokens[0].start : tokens[gaps[0]].end])
    return 2 <= len(label) <= _LONGEST_LABEL and all(map(_han, label))


def _blank_width(blank: str) -> int:
    return len(blank) + blank.count("\u3000")


def _parts(run: Sequence[int], gap: int) -> bool:
    """Whether a wider gap leaves two characters or more on either side: 姓 名　张 三."""
    return run[0] < gap < run[-1]


def _counts(text: str, left: _Token, right: _Token, *, prose: bool, first: bool) -> bool:
    """Whether the gap parts a number from its unit, or in prose (and inside a date) a word from the number that a unit follows.

    A line's first number may count the lines; it is left where it stands, unless it is a year."""
    if left.text[-1].isdigit():
        unit = _UNIT.match(text, right.start) if not first or len(left.text) > 3 else None
        if unit is None or ((tail := _CODE_END.search(left.text)) is not None and _CODE.fullmatch(tail.group())):
            return False
        return unit.end() == right.end or not _under_heads(text, left.start)
    if not _han(left.text[-1]) or not (prose or _DATED.match(left.text[-1])):
        return False
    figures = (pattern.match(text, right.start) for pattern in (_PULLED_GROUPS, _PULLED_FRACTION, _PULLED_YEAR, _FIGURE))
    return any(figure is not None and _BEFORE_UNIT.match(text, figure.end()) is not None for figure in figures)


def _under_heads(text: str, place: int) -> bool:
    """Whether a line is a row below a line of heads, as many words as they, so that blanks divide columns: 人数 住所 over 197 天津市…."""
    start, end = _line(text, place)
    count = len(text[start:end].split())
    for _ in range(_ROWS_UNDER_HEADS):
        if start == 0 or count < 2:
            return False
        start, end = _line(text, start - 1)
        words = text[start:end].split()
        if len(words) != count:
            return False
        if all(map(_HEAD.fullmatch, words)):
            return True
    return False


def _between(left: _Token, right: _Token, blank: str, *, prose: bool, spaced: bool, first: bool) -> str:
    one, two = left.text[-1], right.text[0]
    wide = len(blank) > 1 or blank == "\u3000"
    kept = "  " if len(blank) > 1 else " "
    if one in _OPENING and two in _CLOSING:
        return kept  # （　） is a box to tick
    if spaced or (first and not wide and len(left.text) == 1 and one + two in _SPACED_LABELS):
        return ""  # 等 级二级: a spaced label whose answer has run into it
    if one in _OPENING or (two in _CLOSING and not _is_box(left.text)):
        return ""
    if one in "：:，。；、" and not wide and (_han(two) or one not in ":,"):
        return ""
    if first and _STRUCTURE.match(left.text):
        return " "
    if _han(one) and _han(two) and not wide and prose:
        return ""
    return kept


def _han(character: str) -> bool:
    return _HAN.match(character) is not None
