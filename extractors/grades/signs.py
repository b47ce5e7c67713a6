"""What a stretch or a field must hold to be looked at for a grade at all: a sign of a level or a score, or a label that asks for one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from docproc.extract import FormField
from docproc.model import Span
from extractors.words.anchors import compiled
from extractors.words.lexicon import alternatives, one_of, patterns, table, vocabulary, words
from extractors.words.occurrences import Occurrences

# 二级, Level 3, L3; 得分为2.05, 总分, 2.05分, S=1.96
_SIGNS = (
    r"[级极圾L]|[Ll]evel|得|总分|分数|评分|分值|成绩|总评|[Ss]core|[\d０-９零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖][ ]?分|S[ ]?[=＝]"
    r"|综合[值为得是：: ]{0,2}[0-5][.．]"
)
_BRACKETED = re.compile(r"[（(][^（()）]*[）)]")


@cache
def _sign() -> re.Pattern[str]:
    """The signs, with the names of levels that hold none of them."""
    named = [name for written in vocabulary("maturity")["named"].values() for name in written]
    named += [name for written in table("levels", "levels").values() for name in written]
    others = [name for name in named if not re.search(_SIGNS, name)]
    return compiled("|".join([_SIGNS, *([alternatives(others)] if others else [])]))


def _may_grade(words_: str) -> bool:
    """Whether words may hold a level or a score."""
    return _sign().search(words_) is not None


class Signs:
    """Where a text may hold a level or a score: found in one pass for all that ask."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found = Occurrences(_sign(), text)
        self.any_in = self._found.any_in  # whether text[start:end] may hold one

    def lines(self) -> Iterator[Span]:
        """The lines that may hold one, in order."""
        reached = 0
        for sign in self._found.places:
            if sign.start >= reached:
                end = self._text.find("\n", sign.start)
                reached = len(self._text) if end < 0 else end
                yield Span(self._text.rfind("\n", 0, sign.start) + 1, reached)

    def about(self, field: FormField) -> bool:
        """Whether a field may hold one: its words or its options do, or its label or its column's head asks for one."""
        if field.options:
            return True
        (start, between), (behind, end) = field.label_span, field.value_span
        beside = between <= behind <= between + 2  # side by side, as most are: one look for both
        if (not beside or self.any_in(start, end)) and (self.any_in(behind, end) or self.any_in(start, between)):
            return True
        if _asks(field.label, field.column):
            return True
        return not self._text.startswith(field.value, behind) and _may_grade(field.value)


def stretch_of(field: FormField) -> tuple[int, int]:
    """From the first character of a field's label and value to the last."""
    (start, first_end), (other, last_end) = field.label_span, field.value_span
    if start <= other and first_end <= last_end:
        return start, last_end
    return min(start, other), max(first_end, last_end)


@lru_cache(maxsize=4096)
def _asks(label: str, column: str) -> bool:
    """Whether a bare number under these words may be a level or a score."""
    if _may_grade(label) or label in words("maturity", "whole_rows"):
        return True
    for name in (label, column):
        if one_of("maturity", "level_labels").search(name) or patterns("maturity", "own_part_labels_patterns").search(name):
            return True
        if patterns("maturity", "score_labels_patterns").search(_BRACKETED.sub("", name)):
            return True
    return any(patterns("maturity", key).search(label) for key in ("own_patterns", "bare_patterns"))
