"""States that a text tells as past: 2018年以前为分公司, 原系…, 改制前…; 2019年尚未入规，2021年入规, where a later year took their place."""

from __future__ import annotations

import re
from functools import cache

from docproc.model import Span
from extractors.parties.clauses import clauses, sentence_at
from extractors.words.anchors import compiled
from extractors.words.lexicon import rules

_rule = rules("past")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_SIGN = re.compile("前|过去|起初|最初|当初|原先")
LEAD_REACH = 60  # code points before a state in which a word says that it is over


@cache
def _before() -> re.Pattern[str]:
    return compiled(rf"[ 　“]*(?:{_rule('dated_before').pattern}|{_rule('before').pattern})")


def is_before(text: str, position: int) -> bool:
    """Whether a place stands behind a time that is over, in its own clause or in the bare one that leads it: 2020年以前，工厂处于…."""
    clause, led = _clauses_at(text, position)
    once = _rule("once").search(text, clause.start, position)
    if once is not None and not _rule("goes_on").search(text, once.start(), position):
        return True
    if _SIGN.search(text, max(0, position - LEAD_REACH), position) is None:
        return False
    for stretch in (clause, led):
        if stretch is None:
            continue
        found = _before().match(text, stretch.start, position)
        if found is None or _rule("goes_on").search(text, found.end(), position):
            continue
        if stretch is clause or not text[found.end() : stretch.end].strip():
            return True
    return False


def took_its_place(text: str, earlier: int, later: int) -> bool:
    """Whether what is told at `later` took the place of what the same sentence tells at `earlier`: of a year before, and not going on."""
    first, then = _clauses_at(text, earlier)[0], _clauses_at(text, later)[0]
    if _rule("goes_on").search(text, first.start, earlier):
        return False
    years, since = _YEAR.findall(text, first.start, earlier), _YEAR.findall(text, then.start, later)
    if not years:
        return False
    return int(since[-1]) > int(years[-1]) if since else _rule("holds_now").search(text, then.start, later) is not None


def _clauses_at(text: str, position: int) -> tuple[Span, Span | None]:
    """The clause that holds a place and the one before it."""
    before: Span | None = None
    sentence = sentence_at(text, position)
    for clause in clauses(text, sentence):
        if position <= clause.end:
            return clause, before
        before = clause
    return sentence, None
