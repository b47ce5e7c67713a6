"""Words that are a rule's, a definition's or a paper's name, not a report: what somebody must do, what follows from a case.

Each is asked where its own words or circumstances stand (`extractors.context`), in the order that is told there.
"""

from __future__ import annotations

import re

from docproc.extract import CueSpan
from docproc.model import Span
from extractors.assertion.ground import WORDS, Cues, Ground, Place
from extractors.words import shapes
from extractors.words.lexicon import one_of, words

_IS_A_FIRM = re.compile(r"[^，。；]{0,12}?(?:公司|单位|厂|我司|该企业)(?:系|是|为)(?![^，。；]{0,6}(?:面向|针对|服务))")
_BECAME = re.compile(r"[^，。；]{0,24}?(?:成为|改制为|改组为|变更为|登记为|注册为|转为|设立为)")
_DATED = re.compile(r"(?:19|20)\d\d[年.\-/]")
# 摘录：2023年4月6日，…: a day and what happened on it is taken from a record, not from a rule
_EXCERPT = re.compile("摘[录要编]$|[（(]摘[录要编][）)]$")
_DAY = re.compile(r"(?:19|20)\d\d(?:年\d{1,2}月\d{1,2}日|[.\-/]\d{1,2}[.\-/]\d{1,2})")
# 因未按排污许可证要求开展自行监测，被…处罚: what was not done as demanded is told of somebody
_FOLLOWED = re.compile("(?:未|没有|未能)(?:严格|完全|及时)?(?:按照?|依照|依据|根据|遵照|落实|执行)[^，。；]{0,20}\\Z")
_CASE = re.compile("的[，,]")
_CASE_CLOSED = re.compile(r"[^，。；]{0,30}的(?:(?:情况|情形|前提|条件)下)?[，：]")
_CLEFT = re.compile(r"(?<!就)是(?!否)[^，。；]*\Z")
# 对照“近三年未发生…”的条件，我公司符合: the applicant takes the words over
_MEETS = re.compile(
    "[^，。；]{0,4}，(?:我|本|全)?(?:公司|单位|企业|厂|司)(?:均|完全|全部|都|已|确)*(?:符合|满足|达到|具备)(?![^，。；]{0,4}(?:拟|将|计划))"
)
QUOTE_REACH = 60  # code points behind the words in which their quotation ends


def _own_here(ground: Ground, place: Place) -> bool:
    return ground.speakers.strong_own(place.clause.span.start, place.start)


def turned(ground: Ground, start: int, end: int) -> bool:
    """Whether the text turns to the applicant itself, now, between a rule or plan and the place."""
    return ground.speakers.strong_own(start, end) or bool(shapes.turn().search(ground.text, start, end))


# --- what must be done -------------------------------------------------------------------------------------------------


def modal_before(ground: Ground, place: Place) -> Cues:
    """应当建立台账: what must be done, said before the words in their clause or earlier in the sentence."""
    clause = place.clause
    modal = [cue for cue in ground.cues("modal", clause.span.start, place.start) if not _modifier(ground, cue, place.start)]
    if modal:
        return (modal[-1],)
    earlier = [cue for cue in ground.cues("modal", clause.sentence.start, clause.span.start) if not ground.suffered(cue)]
    return (earlier[-1],) if earlier and not turned(ground, earlier[-1].span.end, place.start) else ()


def modal_after(ground: Ground, place: Place) -> Cues:
    """事故应当上报: what must be done about the words."""
    if _own_here(ground, place):
        return ()
    after = ground.cues("modal", place.end, place.clause.span.end)
    return after[:1] if after and not ground.cues("negation", place.clause.span.start, place.start) else ()


def _modifier(ground: Ground, cue: CueSpan, position: int) -> bool:
    """应上报的事故: a modal inside a modifier of the place is no rule; nor is what was done to somebody (被…处以)."""
    if ground.word(cue) in words(WORDS, "sanctioned"):
        return ground.suffered(cue)
    between = ground.text[cue.span.end : position]
    return "的" in between and len(between) <= 8 and not re.match("[无未没不]", between)


def led(ground: Ground, place: Place) -> Cues:
    """申报企业应当满足下列条件：…: what leads in the list whose item this is."""
    lead = place.clause.lead
    if lead is None or ground.speakers.strong_own(*lead) or _own_here(ground, place):
        return ()
    return (ground.cues("modal", *lead) or ground.cues("condition", *lead))[:1]


def demanded(ground: Ground, place: Place) -> Cues:
    """A heading of conditions, or a paper that demands (通知要求…), unless the sentence speaks of the applicant."""
    headed = ground.headed(place.clause, "rule_headings", "not_rule_headings")
    if headed and place.clause.lead is not None and shapes.phrase("fulfilling").search(ground.text, *place.clause.lead):
        headed = ()
    sentence = place.clause.sentence
    if headed and _EXCERPT.search(place.clause.heading) and _DAY.search(ground.text, sentence.start, place.start):
        headed = ()
    if not headed and "demand" not in place.signs:
        return ()
    if ground.speakers.strong_own(sentence.start, place.start):
        return ()
    if headed:
        return headed
    demand = shapes.demand().search(ground.text, sentence.start, place.start)
    if demand and _FOLLOWED.search(ground.text[max(sentence.start, demand.start() - 24) : demand.start()]):
        return ()
    return (CueSpan("quotation", Span(*demand.span())),) if demand and not turned(ground, demand.end(), place.start) else ()


# --- what is only quoted -----------------------------------------------------------------------------------------------


def taken_from(ground: Ground, place: Place) -> Cues:
    """…。（摘自通知） or …（摘自通知）。: the sentence is taken from elsewhere."""
    source = shapes.taken_from().match(ground.text, place.clause.sentence.end)
    found = Span(*source.span(1)) if source else None
    if found is None and "source" in place.signs:
        inside = shapes.noted_source().search(ground.text, place.end, place.clause.sentence.end)
        found = Span(*inside.span()) if inside else None
    return (CueSpan("quotation", found),) if found and not _own_here(ground, place) else ()


def named_paper(ground: Ground, place: Place) -> Cues:
    """较大事故是指…, …事故的证明."""
    found = shapes.meant().match(ground.text, place.end, place.clause.span.end) or shapes.paper().match(
        ground.text, place.end, place.clause.sentence.end
    )
    if found is None and not _own_here(ground, place):
        found = shapes.defining().search(ground.text, place.clause.sentence.start, place.start)
    return (CueSpan("quotation", Span(*found.span(found.lastindex or 0))),) if found else ()


def quoted_condition(ground: Ground, place: Place) -> Cues:
    """“近三年无事故”的要求 and “零事故班组”竞赛: what stands in quotes is somebody's wording or a name."""
    if not ground.quoted(place.start):
        return ()
    closed = re.search(f"[{shapes.CLOSING_QUOTES}]", ground.text[place.end : place.end + QUOTE_REACH])
    named = closed and shapes.quoted_tail().match(ground.text, place.end + closed.end())
    if named and _MEETS.match(ground.text, named.end(), place.clause.sentence.end):
        return ()
    return (CueSpan("quotation", Span(place.start, place.end)),) if named else ()


# --- cases and what follows from them ----------------------------------------------------------------------------------


def case(ground: Ground, place: Place) -> Cues:
    """…的，处…罚款: the law's own form, a case that ends in 的 and what it threatens."""
    own_here = _own_here(ground, place)
    if not own_here and not _CLEFT.search(ground.text[place.clause.span.start : place.start]):
        closed = _closed(ground, place)
        if closed is not None:
            return (CueSpan("quotation", closed),)
    return _threatened(ground, place) or (() if own_here else _threatens(ground, place))


def _closed(ground: Ground, place: Place) -> Span | None:
    """Where 的 or 者 behind the words makes a case of them: by what follows from it, or because nobody and no day is named."""
    text, body, sentence = ground.text, place.clause.span, place.clause.sentence
    at_once = shapes.case_follows().match(text, place.end, body.end)
    if at_once:
        return Span(*at_once.span(at_once.lastindex or 0))
    closed = _CASE_CLOSED.match(text[place.end : body.end]) or shapes.case_of_persons().match(text, place.end, body.end)
    if closed is None or _CLEFT.search(closed.group()[:-1]):
        return None
    anybody = not ground.speakers.own(sentence.start, place.end) and not _DATED.search(text, sentence.start, place.end)
    if anybody or _consequence(text, body.end, sentence.end) or shapes.case_leads_to().match(text, body.end, sentence.end):
        return Span(body.end - 2, body.end - 1)
    return None


def _consequence(text: str, start: int, end: int) -> bool:
    return bool(shapes.sanction().match(text, start, end))


def _threatened(ground: Ground, place: Place) -> Cues:
    """What is threatened in the clauses behind the case."""
    body, sentence = place.clause.span, place.clause.sentence
    if body.start == sentence.start:
        return ()
    cases = [found for found in _CASE.finditer(ground.text, sentence.start, body.start) if _consequence(ground.text, found.end(), body.end)]
    if not cases and not _DATED.search(ground.text, sentence.start, place.end):
        cases = list(shapes.addressed().finditer(ground.text, sentence.start, body.start))
    if not cases or ground.speakers.strong_own(sentence.start, body.start):
        return ()
    return (CueSpan("quotation", Span(*cases[0].span())),)


def _threatens(ground: Ground, place: Place) -> Cues:
    """受到罚款处罚，…，拒不改正的，可以按日连续处罚: the case that ends in 的 may end in a later clause of the sentence."""
    sentence = place.clause.sentence
    if ground.text.find("的，", place.end, sentence.end) < 0:  # what every case of the shape sought below ends in
        return ()
    dated = _DATED.search(ground.text, sentence.start, place.end)  # a day or year, which no law tells of its cases
    if dated or ground.speakers.strong_own(sentence.start, place.end):
        return ()
    found = shapes.threatened_case().search(ground.text, place.end, sentence.end)
    return (CueSpan("quotation", Span(*found.span())),) if found else ()


def anybody(ground: Ground, place: Place) -> Cues:
    """…的企业 without a name: anybody of that kind."""
    clause = place.clause
    generic = shapes.generic_head().match(ground.text, place.end, clause.span.end)
    if generic is None or _own_here(ground, place):
        return ()
    if _IS_A_FIRM.match(ground.text, clause.span.start, place.start):  # 该公司系依法成立、具有独立法人资格的企业
        return ()
    if _BECAME.match(ground.text, clause.span.start, place.start) and ground.speakers.strong_own(clause.sentence.start, place.start):
        return ()  # 我单位原为分公司，2018年改制后成为具有独立法人资格的有限责任公司
    return () if place.negated and _existence(ground.text, place, generic[1]) else (CueSpan("quotation", Span(*generic.span(1))),)


def _existence(text: str, place: Place, head: str) -> bool:
    """不存在被列入…的情形, 不属于…中的企业: what is denied is the whole, so nobody else is described by it."""
    denied = one_of(WORDS, "whole_denials").search(text, place.clause.span.start, place.start)
    return denied is not None and (head in words(WORDS, "situations") or denied.group() in words(WORDS, "memberships"))
