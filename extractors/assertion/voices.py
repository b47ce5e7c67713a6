"""Words that are not the applicant's own report: taken back, said of somebody else, asked for."""

from __future__ import annotations

import re

from docproc.extract import CueSpan
from docproc.model import Span
from extractors.assertion.denial import answer, reported_answer
from extractors.assertion.ground import WORDS, Cues, Ground, Place
from extractors.parties.mentions import Party
from extractors.parties.past_owners import past_owner
from extractors.words import shapes
from extractors.words.lexicon import one_of

_FIRST_FOUND = re.compile("[，；](?:原|起初|初步|最初|当初)(?:先|来|本)?(?:被|拟)?(?:定|认定|判定|判断|评定|定性|上报)")


def corrected(ground: Ground, place: Place) -> Cues:
    """Words that the same sentence takes back: what stands before the cue and not behind `应为`."""
    if "correction" not in place.signs:
        return ()
    sentence, start = place.clause.sentence, place.start
    cues = ground.cues("correction", start, sentence.end) or _correction_above(ground, place) or _beaten(ground, place)
    if not cues:
        return ()
    if _FIRST_FOUND.search(ground.text, place.end, cues[0].span.start):  # 发生事故，原定一般事故，后更正为较大事故: the grade is put right
        return ()
    own = start < cues[0].span.start < place.clause.span.end  # 应为二级，填报三级有误: what was put right stands in another clause
    instead = one_of(WORDS, "corrected").search(ground.text, place.clause.span.start if own else sentence.start, start)
    at_cue = ground.segments.clause_at(cues[0].span.start)
    elsewhere = shapes.other_paper().match(ground.text, at_cue.span.start, cues[0].span.start)
    if elsewhere and place.clause.span.start < elsewhere.start():  # 员工655人，申报书有误: another paper is wrong
        return ()
    return () if instead else cues[:1]


def _beaten(ground: Ground, place: Place) -> Cues:
    """“近三年无…”与附件台账不一致，以台账为准; “…”应为“…”: what the quotation says does not hold."""
    closing, end = f"[{shapes.CLOSING_QUOTES}]", place.clause.sentence.end
    closed = re.compile(closing).search(ground.text, place.start, end) if ground.quoted(place.start) else None
    instead = shapes.quoted_instead().match(ground.text, closed.start()) if closed else None
    beaten = shapes.beaten().match(ground.text, closed.end()) if closed and instead is None else instead
    return (CueSpan("correction", Span(*beaten.span())),) if beaten else ()


def _correction_above(ground: Ground, place: Place) -> Cues:
    """原填“…”有误 may stand first: 更正：将“甲”更正为“乙” is found by the cue before its object."""
    sentence, start = place.clause.sentence, place.start
    before = ground.cues("correction", sentence.start, start)
    if not before or one_of(WORDS, "corrected").search(ground.text, sentence.start, start):
        return ()
    replaced = ground.quoted(start) or one_of(WORDS, "corrected").search(ground.text, start, sentence.end)
    return before if replaced else ()


def somebody_else(ground: Ground, place: Place) -> Cues:
    """Another party whom the words are about: the one that they modify, a past owner, the subject, or the heading's."""
    clause = place.clause
    if "third_party" in place.signs:
        follows = shapes.modified_party().match(ground.text, place.end, clause.span.end)
        if follows and not ground.speakers.own(follows.start(1), follows.end(1)):
            return (CueSpan("third_party", Span(*follows.span(1))),)
    before = past_owner(ground.text, clause, place.start, "third_party" in place.signs)
    if before is not None:
        return (before,)
    headed = ground.headed(clause, "third_party_headings", None, last=True)
    if not headed and not ground.speakers.any_other(place.line):
        return ()
    subject = ground.speakers.subject(place.start)
    if subject is not None:
        return (CueSpan("third_party", subject.span),) if subject.party is Party.OTHER else ()
    return () if headed and _own_row(ground, place) else headed


def _own_row(ground: Ground, place: Place) -> bool:
    """Under 同行业对比, the row whose first cell is 本公司: the heading is about others, the row is not."""
    line = place.line.span
    cell = ground.text.find("\t", line.start, place.start)
    return cell >= 0 and ground.speakers.strong_own(line.start, cell)


def prompted(ground: Ground, place: Place) -> Cues:
    """A question, unless the text answers it at once."""
    if "prompt" not in place.signs:
        return ()
    sentence = place.clause.sentence
    mark = sentence.end - 1
    if ground.text[mark : mark + 1] in ("？", "?"):
        return () if answer(ground.text, place.clause) else (CueSpan("prompt", Span(mark, mark + 1)),)
    if place.negated and reported_answer(ground.text, place.clause, place.start, place.end) is not None:
        return ()
    box = shapes.empty_box().match(ground.text, *sentence)
    ticks = one_of(WORDS, "ticked_boxes").finditer(ground.text, *sentence) if box else ()
    if box and all(shapes.is_named_mark(ground.text, tick.start()) for tick in ticks):
        return (CueSpan("prompt", Span(*box.span())),)
    return ground.cues("prompt", place.clause.span.start, place.start)[:1]
