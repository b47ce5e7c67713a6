"""Words inside a higher clause, whose status they take: what is only a condition, what nobody vouches for, what is said and refuted."""

from __future__ import annotations

import re

from docproc.extract import CueSpan
from docproc.model import Span
from extractors.assertion.ground import WORDS, Cues, Ground, Place
from extractors.words import shapes
from extractors.words.lexicon import words

_PENALTIES = re.compile("罚|违[法规]|名[单录]|失信|信用|记录|处分|警告")
_ZERO = "零"
_TAIL = 8  # code points of a clause behind the words that are refuted
_POINTS_BACK = re.compile('[”」』"]?[，,：:](?:但|然而|而)?[这那此该]')
_SAID = re.compile("[说称传指]")


def only_then(ground: Ground, place: Place) -> Cues:
    """只有近三年未发生事故，才能申报; 近三年未发生事故是申报的前提: the words are a condition of something."""
    clause, text = place.clause, ground.text
    if ground.speakers.strong_own(clause.sentence.start, place.start):
        return ()
    if "only" in place.signs:
        only = shapes.phrase("only").search(text, clause.sentence.start, place.start)
        then = only and shapes.phrase("only_then").match(text, place.end, clause.sentence.end)
        if only and then:
            return (CueSpan("condition", Span(*only.span())),)
    if "conditioned" not in place.signs:
        return ()
    named = shapes.phrase("named_condition").match(text, place.end, clause.span.end) or shapes.phrase("condition_named").search(
        text, clause.sentence.start, place.start
    )
    return (CueSpan("condition", Span(*named.span())),) if named else ()


def unproved(ground: Ground, place: Place) -> Cues:
    """无法证明近三年未发生事故: the denial is the object of what is denied itself."""
    if not place.negated:
        return ()
    start = place.clause.span.start
    found = shapes.phrase("unproved").search(ground.text, start, place.start)
    found = found or shapes.phrase("unverified").match(ground.text, place.end, place.clause.sentence.end)
    return (CueSpan("quotation", Span(*found.span())),) if found else ()


def refuted(ground: Ground, place: Place) -> Cues:
    """近三年未发生事故的说法不属实; 自称未发生事故，经查瞒报…: the same sentence tells the contrary.

    What is said to have happened is refuted only where the next clause points back at the saying: 说公司发生过爆炸，那是谣言.
    """
    text, sentence = ground.text, place.clause.sentence
    if not place.negated:
        said = (
            shapes.phrase("refuted_next").match(text, place.end, sentence.end) if "refuted" in place.signs and not place.denials else None
        )
        pointing = said is not None and _POINTS_BACK.match(said.group()) and _SAID.search(text, sentence.start, place.start)
        return (CueSpan("correction", Span(*said.span())),) if said is not None and pointing else ()
    if "refuted" in place.signs:
        saying = shapes.phrase("refuted_saying").match(text, place.end, sentence.end)
        behind = max(place.end, *(cue.span.end for cue in place.denials)) if place.denials else place.end  # 事故都没有，并不准确
        for key in () if saying else ("refuted_next", "record_broken"):
            saying = saying or shapes.phrase(key).match(text, behind, sentence.end)
        clause_ends = place.clause.span.end - 1
        if saying is None and 0 < clause_ends - behind <= _TAIL:  # 从未被处以|行政处罚，这并不属实
            saying = shapes.phrase("refuted_next").match(text, clause_ends, sentence.end)
        if saying:
            return (CueSpan("correction", Span(*saying.span())),)
    if "reporting" not in place.signs or not shapes.phrase("reporting").search(text, sentence.start, place.start):
        return ()
    found = shapes.phrase("disagreeing").search(text, place.end, sentence.end)
    answered = shapes.phrase("answering").search(text, place.end, sentence.end) if found is None else None
    if answered is not None:
        found = shapes.phrase("told_hidden").search(text, answered.end(), sentence.end)
        if found is None and shapes.phrase("boasting").search(text, sentence.start, place.start):
            penal = _PENALTIES.search(text, place.start, place.end)
            against = shapes.phrase("told_against_penalty" if penal else "told_against")
            found = against.search(text, answered.end(), sentence.end)
    return (CueSpan("correction", Span(*found.span())),) if found else ()


def slogan(ground: Ground, place: Place) -> Cues:
    """横幅写有“零事故…”: what is written up to spur people on."""
    if not ground.quoted(place.start):
        return ()
    carrier = shapes.phrase("slogan_carriers").search(ground.text, *place.clause.sentence)
    return (CueSpan("quotation", Span(*carrier.span())),) if carrier else ()


def striven_for(ground: Ground, place: Place) -> Cues:
    """打造零事故工厂: a name that is striven for."""
    if not place.denials or ground.word(place.denials[-1]) != _ZERO:
        return ()
    before = ground.text[place.clause.span.start : place.denials[-1].span.start].rstrip(shapes.OPENING_QUOTES)
    return place.denials[-1:] if before.endswith(tuple(words(WORDS, "building"))) else ()
