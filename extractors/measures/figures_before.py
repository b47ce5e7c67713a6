"""What stands before the sentence of a figure and gives it its year: the title above it, the sentences that led up to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.measures.years import years_in
from extractors.words.lexicon import rules

LONGEST_TITLE = 40
_HEADING = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]+[章节部分])")
SENTENCES_BACK = 12
LONGEST_PASSING = 200  # code points of a sentence without a year, over which 全年 still means the year named before
_rule = rules("figures")


class Before:
    """What the sentences of a text leave behind for those that follow: the year of their title, the year named last."""

    def __init__(self, text: str, spans: Sequence[tuple[int, int]]) -> None:
        self._text, self._spans = text, spans
        self._asked = -1  # the sentence for which a title was looked for last
        self._title: int | None = None

    def sentence(self, number: int) -> str:
        """The words of a sentence."""
        return self._text[slice(*self._spans[number])]

    def titled(self, number: int) -> int | None:
        """The year that the title above a sentence (or the sentence itself) gives; to be asked in order."""
        for place in range(number, self._asked, -1):
            start, end = self._spans[place]
            if end - start > LONGEST_TITLE:
                continue
            body = self._text[start:end]
            title = _year_of_title(body) if "年" in body else None
            if title is not None or _HEADING.match(body):
                self._title = title
                break
        self._asked = number
        return self._title

    def last_year(self, number: int) -> int | None:
        """The year named last in the few sentences before one; a long sentence or a row stands between what is said and its year."""
        for place in range(number - 1, max(0, number - SENTENCES_BACK) - 1, -1):
            body = self.sentence(place)
            named = years_in(body, 0, len(body)) if "年" in body or "20" in body else []
            if named:
                return named[-1].year
            if len(body) >= LONGEST_PASSING or "\t" in body:
                return None
        return None


def _year_of_title(line: str) -> int | None:
    """The year that a title or heading gives what stands below it: 关于2024年度经营情况的说明."""
    if len(line) > LONGEST_TITLE or re.search("[，；]", line):
        return None
    named = years_in(line, 0, len(line))
    return named[0].year if len(named) == 1 and not named[0].part and _rule("annual_title").search(line) else None
