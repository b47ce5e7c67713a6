"""What a stretch or a field must hold to be looked at for a grade at all: a sign of a level or a score, or a label that asks for one."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from docproc.extract import FormField
from extractors.anchors import compiled
from extractors.lexicon import alternatives, one_of, patterns, table, vocabulary, words

# 二级, Level 3, L3; 得分为2.05, 总分, 2.05分, S=1.96
_SIGNS = r"[级极L]|[Ll]evel|得|总分|分数|评分|分值|成绩|[\d０-９零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖][ ]?分|S[ ]?[=＝]"
_BRACKETED = re.compile(r"[（(][^（()）]*[）)]")


@cache
def _sign() -> re.Pattern[str]:
    """The signs, with the names of levels that hold none of them."""
    named = [name for written in vocabulary("maturity")["named"].values() for name in written]
    named += [name for written in table("levels", "levels").values() for name in written]
    others = [name for name in named if not re.search(_SIGNS, name)]
    return compiled("|".join([_SIGNS, *([alternatives(others)] if others else [])]))


def may_grade(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] may hold a level or a score."""
    return _sign().search(text, start, end) is not None


def may_be_graded(text: str, field: FormField) -> bool:
    """Whether a field may hold a level or a score: its words or its options do, or its label or its column's head asks for one."""
    if field.options or may_grade(text, *field.value_span) or may_grade(text, *field.label_span):
        return True
    return _asks(field.label, field.column) or may_grade(field.value, 0, len(field.value))


@lru_cache(maxsize=4096)
def _asks(label: str, column: str) -> bool:
    """Whether a bare number under these words may be a level or a score."""
    if may_grade(label, 0, len(label)) or label in words("maturity", "whole_rows"):
        return True
    for name in (label, column):
        if one_of("maturity", "level_labels").search(name) or patterns("maturity", "own_part_labels_patterns").search(name):
            return True
        if patterns("maturity", "score_labels_patterns").search(_BRACKETED.sub("", name)):
            return True
    return any(patterns("maturity", key).search(label) for key in ("own_patterns", "bare_patterns"))
