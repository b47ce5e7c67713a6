"""Pieces of a text with their places: trimming, labels cleaned of colons, numbers, marks and units, blanks told from answers."""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import NamedTuple

from docproc.model import Span
from extractors.lines.enumerators import label_number_at
from extractors.words.lexicon import alternatives, patterns, words

KEPT = 4096  # cells and labels whose reading is remembered: tables say the same again and again
BLANKS = " \t\r\n\f　\u00a0"
_FRAME = re.compile(r"[_＿\s　/\\.．…—－\-年月日级分元万亿人起次个%（()）第份章]+")
_TO_FILL = re.compile(r"[_＿]|年[ 　]*月")
_STAND_IN = patterns("fields", "stand_ins")
_RULED = re.compile(r"[_＿]{2,}")
_BLANK_LINE = re.compile(r"[_＿\s]*")
_UNIT_WORD = alternatives(words("fields", "units"))
_PART = r"[：:，,、；;/ 　]"  # what divides the parts of a label's bracket: （2023年，万元）, （万元、2024年度）
_UNIT_BRACKET = re.compile(
    rf"[（(\[［](?P<lead>(?:[^（()）\[\]]{{0,40}}?{_PART})?)(?P<unit>{_UNIT_WORD})(?P<rest>(?:{_PART}[^（()）\[\]]{{0,40}})?)[）)\]］]"
)
_UNIT_SLASHED = re.compile(rf"(?<=[\u4e00-\u9fff])[/／](?P<unit>{_UNIT_WORD})$")  # 员工总数/人
_WHEN = re.compile(r"(?:19|20)\d\d|二[〇○零]|[近前本上去][一二三四五两\d]?个?[年月]|期[初末]|年[初末]")
_REQUIRED = re.compile(alternatives(words("fields", "required_marks")))
# 申报等级是（B）, 企业规模为：中型: the verb between a label and its answer; 变更为, 不良行为, 是否为 end otherwise
_COPULA = re.compile("(?:[级别称址所模况形果论型数额入码号期间态位业司人类次员产积率度地]|[得总评积]分)[是为]$")
_MARKS = ("-", "•", "·", "#", ">", "*")
_MARKUP = re.compile(r"^(?:[-•·#>*]+[ 　]+)?\**|\*+$")  # - **企业规模**
_TITLE_UNIT = re.compile(
    r"[\u4e00-\u9fff][（(](?P<unit>(?:人民币)?(?:百万|千万|千|万|亿)元(?:人民币)?)(?:[，,、；;][^（()）]{2,16}(?:除|另)[^（()）]{0,4})?[）)]$"
)
_CAPTION = re.compile(rf"(?:金额)?单位[:：]?(?:均?为)?(?P<unit>{_UNIT_WORD})(?![\u4e00-\u9fff])")


class Piece(NamedTuple):
    """A stretch of the text without outer blanks."""

    text: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        return tuple.__new__(Span, (self.start, self.end))


made = partial(tuple.__new__, Piece)  # of (text, start, end): a text is cut into thousands, and this takes half the constructor's time


class Label(NamedTuple):
    """A label as it is to be understood: without number, colon, mark of duty and unit; and where all of it stands."""

    text: str
    span: Span
    unit: str = ""
    required: bool | None = None


def piece(text: str, start: int, end: int) -> Piece:
    """The text between two places, trimmed of blanks."""
    if start >= end:
        return Piece("", start, end)
    whole = text[start:end]
    if whole[0] not in BLANKS and whole[-1] not in BLANKS:
        return Piece(whole, start, end)
    left = whole.lstrip(BLANKS)
    bare = left.rstrip(BLANKS)
    start = end - len(left)
    return Piece(bare, start, start + len(bare))


def label_of(source: Piece) -> Label:
    """Cleans a label: `*6.3 职工人数（人）：` is 职工人数, unit 人, required."""
    text, unit, required = label_parts(source.text)
    return Label(text, source.span, unit, required)


@lru_cache(maxsize=KEPT)
def label_parts(text: str) -> tuple[str, str, bool | None]:
    """A label's words, its unit and whether it is marked as required."""
    required = True if _REQUIRED.search(text) else None
    text = _REQUIRED.sub("", text).strip(BLANKS + "：:＝=")
    text = _MARKUP.sub("", text) if text[:1] in _MARKS else text
    text = text[label_number_at(text, 0, len(text)) :]
    unit = _UNIT_BRACKET.search(text)
    if unit:
        when = [part for part in re.split(_PART, unit["lead"] + " " + unit["rest"]) if _WHEN.search(part)]
        kept = f"（{'，'.join(when)}）" if when else ""
        text = (text[: unit.start()] + kept + text[unit.end() :]).strip(BLANKS)
        return text, bare_unit(unit["unit"]), required
    slashed = _UNIT_SLASHED.search(text)
    if slashed:
        return text[: slashed.start()], bare_unit(slashed["unit"]), required
    return without_copula(text.strip(BLANKS)), "", required


def without_copula(text: str) -> str:
    """A label without the verb that leads to its answer: 企业规模为：中型."""
    return text[:-1] if len(text) > 3 and text[-1] in "是为" and _COPULA.search(text) else text


def bare_unit(unit: str) -> str:
    """The unit without the currency's name: 人民币百万元 is 百万元."""
    bare = unit.removeprefix("人民币").removesuffix("人民币")
    return bare or "元"


def caption_unit(text: str) -> str:
    """The unit that a caption gives for its table: 单位：万元, 经营指标（人民币千元）. Empty where it gives none."""
    if "单位" not in text and text[-1:] not in ("）", ")"):
        return ""
    found = _CAPTION.search(text) if "单位" in text else _TITLE_UNIT.search(text)
    return bare_unit(found["unit"]) if found else ""


@lru_cache(maxsize=KEPT)
def value_of(text: str) -> str:
    """An answer without the line it was written on: `____` and `　　年　月　日` are blanks, `__2.1__分` is 2.1分."""
    if _TO_FILL.search(text) is None:
        bare = text.strip(BLANKS)
        return "" if bare.isspace() or _STAND_IN.fullmatch(bare) else bare
    if _FRAME.fullmatch(text):
        return ""
    bare = _RULED.sub("", text).strip(BLANKS)
    return "" if _BLANK_LINE.fullmatch(bare) else bare
