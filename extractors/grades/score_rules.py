"""Stretches of a sentence that only say which scores give which level: 2.8分及以上、3.8分以下对应三级, 1.8（含）至2.8的为二级.

They are the standard's words wherever they stand. What is told before and behind them in the same sentence is the applicant's own.
"""

from __future__ import annotations

import re
from functools import lru_cache

from docproc.model import Span
from extractors.words.per_text import once_a_text

_SCORE = r"[0-5](?:[.．]\d{1,2})?[ ]?分?"
_EDGE = r"(?:[（(](?:不?含|包含|不包含|不包括|包括)(?:本数|[0-5][.．]\d{1,2}分?)?[）)]|(?:及?以上|及?以下|含以上))"
_FROM = r"(?:大于(?:或?等于)?|不低于|高于(?:或等于)?|不小于|不少于|达到|超过|[≥＞>≧]=?)?[ ]?"
_NAME = r"(?:综合|总|评估|自评估?)?(?:得分|总分|分数|评分|分值|[SXx])"
_BETWEEN = rf"(?:[、，,]?(?:且|并|而|但)?|[ ]?(?:至|到|[—–～~-]{{1,2}})[ ]?|[ ]?[≤≦<＜]=?[ ]?{_NAME}[ ]?)"
_TO = r"(?:小于(?:或?等于)?|低于|不足|不满|未达到?|不到|不超过|不大于|[≤＜<≦]=?)?[ ]?"
_RANGE = (
    rf"(?:{_NAME}(?:在|为)?[ ]?)?[\[［（(【]?{_FROM}{_SCORE}{_EDGE}*{_BETWEEN}"
    rf"{_TO}{_SCORE}{_EDGE}*[\])］）】]?(?:之间|范围内?|区间内?|以内)?"
)
_LEVEL = (
    r"(?:成熟度|能力)*(?:等级|级别|水平)?(?:为)?[“\"]?(?:[一二三四五1-5ⅠⅡⅢⅣⅤ][ ]?级|(?:规划|规范|集成|优化|引领)级)"
    r"(?:[（(][^（()）]{1,6}[）)])?[”\"]?"
)
_GIVES = r"(?:分)?的?(?:者|企业)?[ ]?(?:则|即|均|可)?(?:对应(?:的?是|为|于)?|为|属于?|是|即|评定?为|判定?为|定为|确定为|[：:→])"
_DECIMAL = re.compile(r"[0-5][.．]\d")
_MEASURED = r"(?:得分|分值|评分|分数)"
_RULE = re.compile(
    rf"(?:的?(?:{_MEASURED}|等级)?(?:区间|范围|标准)(?:划分|规定|要求)?[，,：:]?)?{_RANGE}{_GIVES}{_LEVEL}"
    rf"|{_LEVEL}的?(?:对应的?)?{_MEASURED}*(?:区间|范围)?(?:(?<=区间)|(?<=范围)|对应)(?:[：:]|[是为])?{_RANGE}"
)
_OWN = re.compile(r"(?:处于|处在|落在|落入|位于|介于|正在|已在|现在|[，,]在|属于)[ ]?$")
_PLACED = re.compile(rf"(?:处于|处在|落在|落入|位于|介于|[，,]在|属于)[ ]?{_RANGE}(?:[，,]|(?=[^，。；]{{0,8}}级))")


def _may_range(text: str, start: int, end: int) -> bool:
    """Whether two decimals stand in text[start:end]: the cheap look first, as most sentences have none."""
    first = _DECIMAL.search(text, start, end)
    return first is not None and _DECIMAL.search(text, first.end(), end) is not None


@once_a_text
@lru_cache(maxsize=64)  # every grade of a sentence asks
def score_rules(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Where text[start:end] says which scores give which level, and of no score of anybody's (处于1.8至2.8之间的为二级) that it does."""
    if "级" not in text[start:end]:
        return ()
    return tuple(
        Span(*found.span())
        for found in _RULE.finditer(text, start, end)
        if not _OWN.search(text, max(start, found.start() - 4), found.start())
    )


def in_score_rule(text: str, statement: Span, span: Span) -> bool:
    """Whether a grade of a statement stands in such a stretch."""
    return any(rule.start < span.end and span.start < rule.end for rule in score_rules(text, *statement))


def in_score_range(text: str, statement: Span, span: Span) -> bool:
    """Whether words of a statement stand in such a stretch, or in the range in which it says that its own score lies."""
    if in_score_rule(text, statement, span):
        return True
    return any(placed.start() < span.end and span.start < placed.end() for placed in _PLACED.finditer(text, *statement))


def without_score_rules(text: str, statement: Span) -> str:
    """The words of a statement without such stretches, and without the range in which it says that its own score lies."""
    if not _may_range(text, *statement):
        return text[slice(*statement)]
    kept, position = [], statement.start
    for rule in score_rules(text, *statement):
        kept.append(text[position : rule.start])
        position = rule.end
    return _PLACED.sub("，", "".join([*kept, text[position : statement.end]]))
