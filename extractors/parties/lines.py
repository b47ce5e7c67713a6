"""Whose a line of a form is that names no party itself: that of the firm named in the lines above it.

评估机构：X            X's, not the applicant's
统一社会信用代码：…
受评估方：Y            from here on the applicant's
"""

from __future__ import annotations

import re

from extractors.parties.firms import find_firms
from extractors.parties.words import other_words, own_words
from extractors.words.lexicon import rules, words

LINES_ABOVE = 6
_LABEL = re.compile(
    r"[ 　]*(?:[(（]?\d{1,2}[)）.、．][ 　]*)?(?P<label>[\u4e00-\u9fff]{2,14}?)(?:名称|全称)?(?:[（(][^（()）\n]{1,12}[）)])?[ 　]*[：:\t]"
)
_rule = rules("identity")


def is_below_another(text: str, position: int, holds_own: re.Pattern[str]) -> bool:
    """Whether the line at a position stands below a line that names another firm, before the next line that names the applicant.

    `holds_own`: what the applicant's own line of the same kind holds. Where the applicant is named further above and that line has not come
    yet, the form only lists its firms before it, and the line is the applicant's.
    """
    line = text.rfind("\n", 0, position)
    if next(iter(find_firms(text, line + 1, position)), None) is not None:
        return False  # the line says itself whose it is
    another = False
    for _ in range(LINES_ABOVE):
        if line <= 0:
            break
        start = text.rfind("\n", 0, line) + 1
        if not text[start:line].strip():
            break
        label = _LABEL.match(text, start, line)
        if another and holds_own.search(text, start, line):
            return True
        if label is not None and next(iter(find_firms(text, label.end(), line)), None) is not None:
            if _is_own(label["label"]):
                return False
            another = another or other_words().fullmatch(label["label"]) is not None
        line = start - 1
    return another


def _is_own(label: str) -> bool:
    named = label in words("identity", "name_labels") or _rule("name_label").match(label) is not None
    return named or own_words().fullmatch(label) is not None
