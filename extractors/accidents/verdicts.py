"""The grade that holds where a text tells of several: 初步定为较大，最终认定为一般 is 一般, 起初上报为一般，经调查认定为较大 is 较大.

What was first said of an accident yields to what it was found to be later, higher or lower. What it nearly came to is no grade of it.
"""

from __future__ import annotations

import re
from functools import cache

from docproc.model import Span
from extractors.accidents.harm import grades_in
from extractors.words.lexicon import one_of, patterns

WORDS = "accident"
_REACH = 16  # code points before a grade in which its verdict is told
_FROM_HERE = re.compile(r"^[^，。；\n]{0,4}?(?:及|或|级|等级)*以[上下]")
_AGAIN = re.compile("(?:又|再次|再|另|同年|此后|随后)[^，。；\n]{0,6}?发生|，(?:19|20)\\d\\d年[^，。；\n]{0,12}?发生")
_DENIED = re.compile("[未不没非无][^，。；\n]{0,8}$")


def settled_grade(text: str, region: Span, sentence: Span) -> str | None:
    """The grade of the last verdict on an accident told in `region` and its sentence; None where the text tells of no change of it."""
    end = max(region.end, sentence.end)
    again = _AGAIN.search(text, region.start + 1, end)
    end = again.start() if again else end
    provisional, found = False, None
    for place, grade in grades_in(text, region.start, end):
        before = text[max(region.start, place.start - _REACH) : place.start]
        before = before[max(before.rfind(mark) for mark in "，。；\n") + 1 :]
        if _FROM_HERE.match(text[place.end : place.end + 8]) or _DENIED.search(before) or one_of(WORDS, "near_misses").search(before):
            continue
        if _final().search(before):
            found = grade
        elif _provisional().search(before):
            provisional, found = True, None
        elif provisional and found is None:
            found = grade
    return found


@cache
def _provisional() -> re.Pattern[str]:
    return patterns(WORDS, "provisional_verdicts")


@cache
def _final() -> re.Pattern[str]:
    return patterns(WORDS, "final_verdicts")
