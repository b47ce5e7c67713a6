"""Whether words are about those who were there before the applicant: 徐州分厂在收购前…; 前身为X厂，该厂1998年…."""

from __future__ import annotations

import re
from functools import cache

from docproc.extract import Clause, CueSpan
from docproc.model import Span
from extractors.words import shapes
from extractors.words.lexicon import one_of, vocabulary, words

_WORDS = "context"
_YEAR = re.compile(r"((?:19|20)\d\d)年")
_EARLIER = re.compile("(?:而)?(?:在)?(?:此前|这之前|此之前|那之前|之前)")
_THEN = re.compile(r"(?:于|在)?(?:19|20)\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:曾|被|受过|[^，。；]{0,6}?(?:发生|出现|受到)过?)")
# 租用的厂房2016年曾发生火灾，当时由另一家企业使用: who had the place then, told behind.
_HAD_THEN = re.compile(
    "，(?:当时|彼时|那时|其时|时)(?:尚|还|仍)?(?:由|归|属于?|系|为|是)(?![^，。；]{0,4}(?:我|本)[公厂司企单])[^，。；]{2,20}?(?:使用|租用|经营|所有|承租|占用|管理|租赁)"
)
_UNTIL = re.compile(r"((?:19|20)\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:以前|之前|前)")
_COMPANY = re.compile("[，；](?:而|但|后|之后|此后|现)?(?:公司|企业|本厂)")
REACH = 60  # code points before a sentence in which a predecessor may be named that it goes on about


def past_owner(text: str, clause: Clause, start: int, told: bool) -> CueSpan | None:
    """What says that the words at `start` are a past owner's; None where nothing does, or the takeover or the applicant stands between.

    `told`: whether the sentence may hold a word for a takeover.
    """
    had = _HAD_THEN.match(text, clause.span.end - 1) if text[clause.span.end - 1 : clause.span.end] == "，" else None
    if had:
        return CueSpan("third_party", Span(*had.span()))
    taken = None
    if told:
        stretch = (clause.sentence.start, start)
        taken = one_of(_WORDS, "takeovers").search(text, *stretch) or shapes.phrase("takeovers_of").search(text, *stretch)
        taken = taken or _acquired().search(text, *stretch)
    if taken is None and text.startswith(words(_WORDS, "pointing_back"), clause.span.start):
        taken = shapes.predecessor().search(text, max(0, clause.sentence.start - REACH), clause.span.start + 1)
        if taken and text[taken.end() : clause.span.start].strip():
            return None
    if taken is None and told:
        return _held_before(text, clause, start) or _bought_later(text, clause, start) or _before_that(text, clause, start)
    if taken is None:
        return None
    if taken.re is _acquired() and not _before_takeover(text, clause, taken):
        return None
    turned = one_of(_WORDS, "own").search(text, taken.end(), start) or one_of(_WORDS, "taken_over").search(text, taken.end(), start)
    return None if turned and taken.end() < clause.span.start else CueSpan("third_party", Span(*taken.span()))


def _held_before(text: str, clause: Clause, start: int) -> CueSpan | None:
    """该地块前身为X的仓库，2016年发生过…: who had the place before, told in the same sentence, and nobody since."""
    held = shapes.phrase("held_by_others").search(text, clause.sentence.start, clause.span.start)
    if held is None or one_of(_WORDS, "own").search(text, clause.sentence.start, held.start()):
        return None
    turned = bool(one_of(_WORDS, "own").search(text, held.end(), start) or one_of(_WORDS, "taken_over").search(text, held.end(), start))
    until = _UNTIL.search(held.group())
    if until is not None:  # 2018年以前由原业主经营，2020年发生…, …，公司2021年发生…: after their time
        since = _YEAR.findall(text, held.end(), start)
        turned = turned or _COMPANY.search(text, held.end() - 1, start) is not None or bool(since and int(since[-1]) >= int(until[1]))
    return None if turned else CueSpan("third_party", Span(*held.span()))


def _bought_later(text: str, clause: Clause, start: int) -> CueSpan | None:
    """该厂房2016年发生过…，我公司2019年购入: what happened in a place before the year in which the sentence says it was bought."""
    bought = shapes.phrase("bought").search(text, clause.span.end, clause.sentence.end)
    if bought is None or not shapes.phrase("premises").search(text, clause.sentence.start, start):
        return None
    years = _YEAR.findall(text, clause.sentence.start, start)
    return CueSpan("third_party", Span(*bought.span())) if years and int(years[-1]) < int(bought[1]) else None


def _before_that(text: str, clause: Clause, start: int) -> CueSpan | None:
    """我公司于2021年受让该车间，此前发生过…: what a clause says was before the takeover that the sentence tells first."""
    taken = one_of(_WORDS, "bought_verbs").search(text, clause.sentence.start, clause.span.start)
    before = _EARLIER.match(text, clause.span.start, start) if taken else None
    return CueSpan("third_party", Span(*before.span())) if before else None


@cache
def _acquired() -> re.Pattern[str]:
    return re.compile(str(vocabulary(_WORDS)["acquired"]))


def _before_takeover(text: str, clause: Clause, taken: re.Match[str]) -> bool:
    """Whether what is told of a plant that was taken over lies before: by its year, or where none is told by a word such as 曾."""
    since = _YEAR.findall(text, clause.sentence.start, taken.start())
    event = _YEAR.search(text, taken.end(), clause.sentence.end)
    if since and event:
        return int(event[1]) < int(since[-1])
    if "原" in taken.group() and _THEN.match(text, taken.end()):  # 并购的原宏达厂2018年发生过…
        return True
    return one_of(_WORDS, "before_acquired").match(text, taken.end()) is not None
