"""Passages: the applicant's own words on the topics that experts judge (market, security, organisation, what has been built …).

A passage is a sentence of prose, or the answer beside a prompt, that states its topic of the applicant's own factory. Headings, prompts,
plans, quoted rules and words about others are no statements: the assertion engine says which. A sentence that only repeats a clause of
the regulation is kept and marked `verbatim`.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right, insort
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docproc.extract import FormField, PassageMatch
from docproc.model import Kind, Span, Status, as_span
from extractors.assertion.standing import in_title
from extractors.components import adds_passages
from extractors.lines.copies import is_copy
from extractors.lines.headings import Headings
from extractors.topics import Possible, State, Topic, any_label, asked_topics, possible, searched
from extractors.words.lexicon import one_of, patterns, words
from extractors.words.scanning import split

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from extractors.context import AssertionContext

SHORTEST_SENTENCE = 10  # code points below which a sentence states nothing
SHORTEST_ANSWER = 4  # code points below which an answer is a yes or a no
# Papers in which an authority, an auditor or an assessor speaks, or a scheme's own words: never the applicant describing its factory.
_NOT_THE_APPLICANTS = (Kind.AUDIT, Kind.MATURITY, Kind.LICENCE, Kind.CREDIT, Kind.FILING, Kind.RECOMMENDATION, Kind.PATENT)
_ENDING, _DIVIDING = "。！？；", "\n\t\f"  # what ends a sentence and is part of it; what only stands between two
_CLAUSE_ENDS = re.compile(r"[，。；](?<=[^，。；].)")


def match(doc: Doc) -> list[PassageMatch]:
    """All passages of a Doc, by topic and place."""
    if doc._.kind in _NOT_THE_APPLICANTS:
        return []
    found: dict[tuple[str, Span], PassageMatch] = {}
    text, fields = doc.text, doc._.fields
    page = _Page(text, doc._.context, Headings(text))
    labels = sorted({field.label_span for field in fields if field.label})
    sentences = list(_sentences(text))
    for sentence, sifted in zip(sentences, searched().sieve.sift(text, [end for _, end in sentences]), strict=True):
        may = possible(sifted)
        if not (may.topics or may.parts) or page.headings.holds(sentence.start) or _is_label(sentence, labels):
            continue
        for passage in _in_sentence(page, sentence, may):
            found[passage.topic, passage.spans[0]] = passage
    for field in fields:
        asked = asked_topics(field.label) if field.label else ()
        for passage in _in_answer(page, field, asked) if asked else ():
            if not any(topic == passage.topic and _within(span, passage.spans[0]) for topic, span in found):
                found[passage.topic, passage.spans[0]] = passage
    claimed = sorted(span.start for claim in doc._.claims for span in claim.spans)
    for passage in _unclear(page, sentences, found, claimed):
        found[passage.topic, passage.spans[0]] = passage
    return sorted(found.values(), key=lambda passage: (passage.spans, passage.topic))


component = adds_passages(match)


def _within(span: Span, whole: Span) -> bool:
    return whole.start <= span.start and span.end <= whole.end


@dataclass(frozen=True, slots=True)
class _Page:
    """A text with what is asked about its places."""

    text: str
    context: AssertionContext | None
    headings: Headings


# --- prose -------------------------------------------------------------------------------------------------------------


def _in_sentence(page: _Page, span: Span, may: Possible) -> Iterator[PassageMatch]:
    """The passages of a sentence, which `may` state or hint at some topics and name some parts of something built."""
    text = page.text[slice(*span)]
    if may.denials is not None and may.denials.search(text):
        return
    elsewhere = False
    for topic, states, hint, never in may.topics:
        places = _stated(states, text) or (_hinted(topic, hint, span, text, page.headings) if hint is not None else None)
        if not places:
            continue
        verbatim = is_copy(text, topic.rules)  # the rule's own words are of its topic, whatever else speaks of another
        if verbatim or never is None or not never.search(text):
            elsewhere |= topic.name in searched().content.other_topics
            status = _status_of(page, [Span(span.start + place.start, span.start + place.end) for place in places])
            yield PassageMatch(topic.name, status, verbatim, (span,))
    if may.parts and (not elsewhere or searched().content.links.search(text)):
        yield from _level_content(page, span, text, may)


def _stated(states: Sequence[State], text: str) -> list[Span] | None:
    """Where a sentence states a topic: the places of what is said, in the first state that holds."""
    for state in states:
        spans = _all_found(state.parts, text)
        if spans:
            return [span for span in spans if text[slice(*span)] not in words("passages", "filler")] or spans
    return None


def _all_found(parts: Sequence[re.Pattern[str]], text: str) -> list[Span]:
    """Where the parts of a state stand, if all of them do."""
    found: list[Span] = []
    for part in parts:
        place = part.search(text)
        if place is None:
            return []
        found.append(Span(*place.span()))
    return found


def _hinted(topic: Topic, hint: re.Pattern[str], span: Span, text: str, headings: Headings) -> list[Span] | None:
    """Under a heading that asks for the topic a full sentence needs only a word of it."""
    if not text.endswith("。"):
        return None
    heading = headings.above(span.start)
    if not heading or not topic.labels.search(heading):
        return None
    found = hint.search(text)
    return [Span(*found.span())] if found else None


def _level_content(page: _Page, span: Span, text: str, may: Possible) -> Iterator[PassageMatch]:
    """What has been built, by the parts that the levels name."""
    content = searched().content
    if not content.done.parts[0].search(text) or (may.no_content is not None and may.no_content.search(text)):
        return
    found = [(name, place) for name, part in may.parts if (place := part.search(text))]
    if not found:
        return
    first = min((place for _, place in found), key=lambda place: place.start())
    status = _status(page, Span(span.start + first.start(), span.start + first.end()))
    verbatim = is_copy(text, content.rules)
    for topic in ("construction", *(f"level_content.{name}" for name, _ in found if name)):
        yield PassageMatch(topic, status, verbatim, (span,))


# --- under headings ---------------------------------------------------------------------------------------------------


def _unclear(page: _Page, sentences: Sequence[Span], found: Collection[tuple[str, Span]], claimed: Sequence[int]) -> Iterator[PassageMatch]:
    """Under a heading that asks for a topic which nothing there states: the first full sentence of one's own, for a person to read.

    A sentence that states another topic, or in which something is claimed (`claimed`: the places, in order), is understood.
    """
    text = page.text
    starts = [start for start, _ in sentences]
    stating = {span.start for name, span in found if name in searched().content.other_topics}
    told: dict[str, list[int]] = {}
    for name, span in found:
        insort(told.setdefault(name, []), span.start)
    for start in any_label().lines(text):
        heading = page.headings.at(start)
        if heading is None:
            continue
        end = page.headings.end_of_section(start)
        body = sentences[bisect_right(starts, start + len(heading)) : bisect_right(starts, end - 1)]
        for topic in asked_topics(heading.strip()) if body else ():
            known = told.get(topic.name, [])
            if bisect_right(known, start) < bisect_right(known, end):
                continue
            unread = (
                each for each in body if each.start not in stating and bisect_left(claimed, each.start) == bisect_left(claimed, each.end)
            )
            own = next((span for span in unread if _is_own(page, topic, span)), None)
            if own is not None:
                yield PassageMatch(topic.name, Status.ASSERTED, False, (own,), unclear=True)


def _is_own(page: _Page, topic: Topic, span: Span) -> bool:
    """Whether a sentence states something of the applicant's own, whatever it is: no plan, no denial, no copy of the rule."""
    text = page.text[slice(*span)]
    if not text.endswith("。") or topic.never.parts[0].search(text) or searched().denials.parts[0].search(text):
        return False
    if is_copy(text, topic.rules):
        return False
    ends = [span.start + mark.start() for mark in _CLAUSE_ENDS.finditer(text)]
    told = {_status(page, Span(end - 1, end)) for end in ends}
    return Status.ASSERTED in told and not told & {Status.PLANNED, Status.HYPOTHETICAL}


# --- answers -----------------------------------------------------------------------------------------------------------


def _in_answer(page: _Page, field: FormField, asked: Sequence[Topic]) -> Iterator[PassageMatch]:
    """The answer beside a prompt that asks for some topics; a column of proofs (佐证材料) is no answer."""
    if one_of("passages", "unanswering_columns").search(field.column):
        return
    answer = field.value.strip()
    bare = answer.strip("。；;，, ")
    for topic in asked:
        if topic.never.parts[0].search(answer):
            continue
        empty = bare in words("passages", "empty_answers")
        ticked = [option for option in field.options if option.ticked]
        if field.options:
            if ticked and ticked[0].text not in words("passages", "denying_options"):
                yield from _answer(page, topic, field, True)  # a tick beside the rule's words asserts them and adds nothing
        elif not empty and len(bare) >= SHORTEST_ANSWER and not searched().denials.parts[0].search(bare):
            yield from _answer(page, topic, field, is_copy(answer, topic.rules))
        elif bare in words("passages", "affirming_answers"):
            yield from _answer(page, topic, field, True)


def _answer(page: _Page, topic: Topic, field: FormField, verbatim: bool) -> Iterator[PassageMatch]:
    status = _status(page, field.value_span)
    yield PassageMatch(topic.name, status, verbatim, (field.value_span,))


# --- how to read -------------------------------------------------------------------------------------------------------


def _status_of(page: _Page, places: Sequence[Span]) -> Status:
    """The reading of a statement in several places: a rule's word makes all of it the rule's; else one place that is asserted suffices."""
    found = [_status(page, place) for place in places]
    return next((status for status in (Status.QUOTED, Status.ASSERTED) if status in found), found[0])


def _status(page: _Page, span: Span) -> Status:
    if page.context is None:
        return Status.ASSERTED
    assertion = page.context.assertion(span.start, span.end)
    if assertion.status is Status.ASSERTED:
        return Status.ASSERTED
    if assertion.status is Status.HYPOTHETICAL and all(cue.role == "exercise" for cue in assertion.cues):
        return Status.ASSERTED  # 制定应急预案, 开展演练 is what the topic asks for, not a made-up case
    if assertion.cues and all(_is_noun(page.text, cue.span) or in_title(page.text, cue.span) for cue in assertion.cues):
        return Status.ASSERTED  # 统筹规划、组织机制 and 计划调度 are names of things, 《数据安全管理规定》 is a paper's: no cues
    return assertion.status


def _is_noun(text: str, cue: Span) -> bool:
    """Whether a cue is part of a compound that names a thing of the topic: 统筹规划, 组织机制, 计划调度."""
    return any(
        found.start() <= cue.start and cue.end <= found.end()
        for found in patterns("passages", "noun_compounds").finditer(text, max(0, cue.start - 8), min(len(text), cue.end + 8))
    )


def _sentences(text: str) -> Iterator[Span]:
    """Where the sentences stand that are long enough to state anything."""
    for start, end in split(text, _ENDING, _DIVIDING, SHORTEST_SENTENCE):
        first = start
        while first < end and text[first] in " 　":
            first += 1
        if end - first >= SHORTEST_SENTENCE:
            yield as_span((first, end))


def _is_label(sentence: Span, labels: Sequence[Span]) -> bool:
    """Whether a sentence is a field's label. `labels` are sorted; the last that begins before the sentence's end is the one to look at."""
    place = bisect_right(labels, (sentence.start, sys.maxsize)) - 1
    return place >= 0 and labels[place].start <= sentence.start and sentence.end <= labels[place].end + 1
