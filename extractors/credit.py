"""Claims `credit.record`: on no list of bad credit, or on one; by lists (严重失信主体, 经营异常名录, 重大税收违法 …).

One claim a negated clause or table row: lists coordinated under one verb make one claim. A lifted listing keeps `removed` (and
`removed_on`); where the same line goes on to deny the present, it is `superseded`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from docproc.extract import FormField, Match
from docproc.model import Span, Status
from extractors.context import AssertionContext
from extractors.denials import Anchor, Denial, sort_out
from extractors.lexicon import alternatives, one_of, table, words
from extractors.prompts import Reply, Verdict, replies, unanswered
from extractors.timing import dates_in

if TYPE_CHECKING:
    from spacy.tokens import Doc

NAME = "credit.record"
WORDS = "credit"
KINDS = ("dishonest", "abnormal", "tax", "other")
_zero = re.compile(r"(?:（[^）]*）|\([^)]*\))?[名单录信息记列]{0,6}[\s：:]*0(?![\d.])")
_number = re.compile(r"(?:（[^）]*）|\([^)]*\))?[名单录信息记列]{0,6}[\s：:]*[1-9]\d{0,2}\s?条")


def match(doc: Doc) -> list[Match]:
    """The credit claims of a Doc: forms and tables first, then the running text."""
    text, context = doc.text, doc._.context
    answered = replies(text, doc._.fields, _about)
    taken = [span for reply in answered for span in (reply.prompt, reply.value, reply.note)] + unanswered(text)
    found = [claim for reply in answered if (claim := _from_reply(context, reply)) is not None]
    recorded = list(_records(text, doc._.fields))
    found += recorded
    taken += [span for claim in recorded for span in claim.spans]
    denials, others = sort_out(context, _nouns(text), taken)
    denials = [denial for denial in denials if not _lifting(text, denial)]
    found += [_from_denial(context, denial) for denial in denials]
    return found + [_overtaken(text, claim, denials) for claim in _from_anchors(context, others)]


def set_annotations(doc: Doc, matches: list[Match]) -> None:
    doc._.claims = [*doc._.claims, *matches]


def component(doc: Doc) -> Doc:
    set_annotations(doc, match(doc))
    return doc


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, str], frozenset[str]]:
    kinds = {word: kind for kind, entries in table(WORDS, "lists").items() for word in entries}
    masks = frozenset(words(WORDS, "not_nouns"))
    return re.compile(alternatives([*kinds, *words(WORDS, "general"), *masks])), kinds, masks


def _nouns(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    pattern, _, masks = _pattern()
    for found in pattern.finditer(text, start, len(text) if end is None else end):
        if found.group() not in masks:
            yield Span(*found.span())


def _about(text: str, start: int, end: int) -> bool:
    return next(_nouns(text, start, end), None) is not None


def _lists(text: str, nouns: Sequence[Span]) -> dict[str, Any]:
    """The lists named, by kind and as written; a bracket (含失信被执行人) explains the list before it."""
    _, kinds, _ = _pattern()
    named = [text[noun.start : noun.end] for noun in nouns if text[noun.start : noun.end] in kinds]
    found = {kinds[name] for name in named}
    if not found:
        return {}
    return {"lists": [kind for kind in KINDS if kind in found], "list_names": list(dict.fromkeys(named))}


def _lifting(text: str, denial: Denial) -> bool:
    """至今未移出…名录 denies the lifting, not the listing."""
    return bool(one_of(WORDS, "removed").search(text, denial.cue.span.end, denial.nouns[0].start)) and not denial.behind


def _from_denial(context: AssertionContext, denial: Denial) -> Match:
    return Match(NAME, "none", _lists(context.text, denial.nouns), denial.assertion.status, (denial.place,), denial.assertion.cues)


def _from_anchors(context: AssertionContext, anchors: Sequence[Anchor]) -> Iterator[Match]:
    """Listings: one a clause, with all the lists that it names."""
    text = context.text
    by_clause: dict[Span, list[Anchor]] = {}
    for anchor in anchors:
        by_clause.setdefault(anchor.clause.span, []).append(anchor)
    for group in by_clause.values():
        first, nouns = group[0], [anchor.noun for anchor in group]
        if _zero.match(text, nouns[-1].end):
            place = Span(nouns[0].start, nouns[-1].end + 1)
            yield Match(NAME, "none", _lists(text, nouns), _own(first.assertion.status), (place,), first.assertion.cues)
        elif _is_listing(text, first, nouns):
            yield _listing(context, first, nouns)


def _records(text: str, fields: Sequence[FormField]) -> Iterator[Match]:
    """Listings on record: 列入日期 with a date, under a title or label that names the list; with 移出日期 where there is one."""
    for index, field in enumerate(fields):
        dates = dates_in(text, *field.value_span)
        if not dates or not one_of(WORDS, "record_dates").fullmatch(field.column or field.label):
            continue
        title = " ".join((field.group, field.heading, field.column, field.label))
        nouns = list(_nouns(title))
        lists = _lists(title, nouns) or _lists(text, list(_nouns(text, max(0, field.label_span.start - 120), field.label_span.start))[-1:])
        if not lists:
            continue
        near = fields[max(0, index - 6) : index + 7]
        lifted = [
            mate for mate in near if one_of(WORDS, "record_removed").fullmatch(mate.column or mate.label) and _row(mate) == _row(field)
        ]
        removed = [date for mate in lifted for date in dates_in(text, *mate.value_span)]
        if removed:
            lists |= {"removed": True, "removed_on": removed[0].iso}
        yield Match(
            NAME,
            "listed",
            lists,
            Status.ASSERTED,
            (field.value_span if field.column else Span(field.label_span.start, field.value_span.end),),
        )


def _row(field: FormField) -> Span | None:
    return field.label_span if field.column else None


def _overtaken(text: str, claim: Match, denials: Sequence[Denial]) -> Match:
    """A lifted listing is history where the same line goes on to deny the present (已移出，目前未列入任何名单)."""
    end = claim.spans[-1].end
    later = (denial for denial in denials if denial.nouns[0].start > end and "\n" not in text[end : denial.nouns[0].start])
    if claim.qualifiers.get("removed") and claim.status is Status.ASSERTED and any(later):
        return replace(claim, status=Status.SUPERSEDED)
    return claim


def _own(status: Status) -> Status:
    return Status.THIRD_PARTY if status is Status.THIRD_PARTY else Status.ASSERTED


def _is_listing(text: str, anchor: Anchor, nouns: Sequence[Span]) -> bool:
    """Whether the clause says that somebody is on the list; a title (列入经营异常名录信息) says nothing."""
    clause = anchor.clause
    if any(cue.role == "double_negation" for cue in anchor.assertion.cues) or _number.match(text, nouns[-1].end):
        return True
    listed = one_of(WORDS, "listed").search(text, clause.span.start, nouns[0].start)
    behind = re.match(r"[^，。；]{0,8}(?:在列|[1-9]\d*条|[一二两三四五]条)", text[nouns[-1].end : clause.span.end])
    dated = bool(dates_in(text, clause.sentence.start, clause.span.end))
    fact = bool(one_of(WORDS, "facts").search(text, clause.sentence.start, clause.span.end))
    return bool(behind) or bool(listed and (dated or fact))


def _listing(context: AssertionContext, anchor: Anchor, nouns: Sequence[Span]) -> Match:
    text, sentence = context.text, anchor.clause.sentence
    line_end = text.find("\n", sentence.start)
    line_end = len(text) if line_end < 0 else line_end
    reach = min(line_end, nouns[-1].end + 120)
    qualifiers = _lists(text, nouns)
    status = anchor.assertion.status
    lifted = one_of(WORDS, "removed").search(text, nouns[-1].end, reach)
    if lifted and not one_of(WORDS, "not_removed").search(text, nouns[-1].end, reach):
        qualifiers["removed"] = True
        dates = dates_in(text, nouns[-1].end, lifted.end() + 16)
        if dates:
            qualifiers["removed_on"] = dates[-1].iso if dates[-1].span.start < lifted.start() else dates[0].iso
    start = max(anchor.clause.span.start, nouns[0].start - 40)
    return Match(NAME, "listed", qualifiers, status, (Span(start, nouns[-1].end),), anchor.assertion.cues)


def _from_reply(context: AssertionContext, reply: Reply) -> Match | None:
    if reply.verdict is Verdict.OPEN:
        return None
    text = context.text
    reading = context.assertion(*reply.prompt)
    nouns = list(_nouns(text, *reply.prompt)) or list(_nouns(text, *reply.note))
    value = "none" if reply.verdict is Verdict.NONE else "listed"
    return Match(NAME, value, _lists(text, nouns), _own(reading.status), (reply.whole,), reading.cues)
