"""How a text or a document of a package becomes claims, passages and filled fields with their evidence.

What extractors find is in `docproc.matches`, how they are run in `docproc.pipeline`; the names that they need are found here as well.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from docproc.evidence import last_of_its_page, locate
from docproc.matches import Assertion, Clause, Context, CueSpan, FormField, Match, Option, PassageMatch
from docproc.model import Claim, Cue, Document, Evidence, Extraction, FilledField, Kind, Passage, Span
from docproc.pipeline import LONGEST_DOC, EndsPage, blank_doc, encodable, language, pipeline, process

if TYPE_CHECKING:
    from docproc.text.view import View

__all__ = [
    "LONGEST_DOC",
    "Assertion",
    "Clause",
    "Context",
    "CueSpan",
    "FormField",
    "Match",
    "Option",
    "PassageMatch",
    "blank_doc",
    "extract_claims",
    "extract_document",
    "language",
    "pieces",
    "pipeline",
    "plain",
    "process",
]

BARE_TEXT = "text"  # the document's id in evidence of `extract_claims`
LONGEST_SCOPE = 200  # code points; a longer clause is not quoted with every claim in it


def extract_claims(text: str) -> list[Claim]:
    """The claims of a bare text, by place. Evidence names the document `text` and quotes the text as it was given."""
    from docproc.text.normal_form import FOR_SEARCHING, STEPS, normalise

    whole = encodable(text)
    normalised = normalise(whole, (*STEPS, FOR_SEARCHING))

    def locate_in_text(span: Span) -> tuple[Evidence, ...]:
        start, end = normalised.to_source(span.start, span.end)
        if start >= end or whole[start:end] != text[start:end]:  # a quote that cannot be written down is no evidence
            return ()
        return (Evidence(document=BARE_TEXT, start=start, end=end, quote=text[start:end]),)

    def source_of(span: Span) -> Span:
        return Span(*normalised.to_source(span.start, span.end))

    docs = list(_docs(normalised.text, None, None))
    return _claims(_by_place(match for doc in docs for match in doc.claims), locate_in_text, source_of)


def extract_document(document: Document, view: View, applicant: str | None = None) -> Extraction:
    """Everything found in one document of a package, by place: claims (without ids), passages, fields of its forms.

    `view` is the document's normalised running text; `applicant` the applicant's name where it is known already.
    """

    def locate_in_document(span: Span) -> tuple[Evidence, ...]:
        return locate(document, view.spans(span.start, span.end))

    def source_of(span: Span) -> Span | None:
        return next(iter(view.spans(span.start, span.end)), None)

    def ends_page(span: Span) -> bool:
        return last_of_its_page(document.file.content, view.spans(span.start, span.end)[-1].end)

    docs = list(_docs(view.text, document.kind, applicant, ends_page))
    passages = sorted((passage for doc in docs for passage in doc.passages), key=lambda passage: (passage.spans, passage.topic))
    return Extraction(
        claims=tuple(_claims(_by_place(match for doc in docs for match in doc.claims), locate_in_document, source_of)),
        passages=tuple(
            Passage(passage.topic, passage.status, passage.verbatim, _evidence_of(passage.spans, locate_in_document), passage.unclear)
            for passage in passages
        ),
        fields=tuple(
            FilledField(field.label, field.value, _evidence_of((field.value_span,), locate_in_document), field.required)
            for doc in docs
            for field in doc.fields
        ),
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """What the components left on the Doc of one piece, with spans into the whole text."""

    claims: tuple[Match, ...]
    passages: tuple[PassageMatch, ...]
    fields: tuple[FormField, ...]


def _docs(text: str, kind: Kind | None, applicant: str | None, ends_page: EndsPage | None = None) -> Iterator[_Found]:
    for start, end in pieces(text, LONGEST_DOC):
        doc = process(text[start:end], kind, applicant, _moved(ends_page, start) if ends_page else None)
        yield _Found(
            tuple(_shift_match(_with_scope(match, doc._.context), start) for match in doc._.claims),
            tuple(passage._replace(spans=_shift_all(passage.spans, start)) for passage in doc._.passages),
            tuple(_shift_field(field, start) for field in doc._.fields),
        )


def _with_scope(match: Match, context: Context | None) -> Match:
    """The match whose reading cues decided, with the clause in which its words were judged as a last cue (`scope`)."""
    if not match.cues or not match.spans or context is None:
        return match
    clause = context.clause_at(match.spans[-1].start).span
    shown = 0 < clause.end - clause.start <= LONGEST_SCOPE
    return replace(match, cues=(*match.cues, CueSpan("scope", clause))) if shown else match


def _moved(ends_page: EndsPage, by: int) -> EndsPage:
    return lambda span: ends_page(_shift(span, by))


def pieces(text: str, longest: int) -> Iterator[Span]:
    """Cuts a text at a line break before `longest` code points, outside of tables where it can; inside a line where it has none."""
    start = 0
    while len(text) - start > longest:
        cut = _last_break(text, start, start + longest) or start + longest
        yield Span(start, cut)
        start = cut
    if start < len(text):
        yield Span(start, len(text))


def _last_break(text: str, start: int, end: int) -> int:
    """Behind the last line break of text[start:end], or behind one in its last tenth that parts no rows of a table. 0: there is none."""
    last = place = text.rfind("\n", start, end)
    while place > end - (end - start) // 10:
        above, below = max(text.rfind("\n", start, place) + 1, start), text.find("\n", place + 1)
        if "\t" not in text[above:place] or "\t" not in text[place : below if below >= 0 else len(text)]:
            return place + 1
        place = above - 1
    return last + 1


def _claims(
    matches: Iterable[Match], evidence_of: Callable[[Span], tuple[Evidence, ...]], source_of: Callable[[Span], Span | None]
) -> list[Claim]:
    """One claim for each (name, value, qualifiers, status), with all its places; a match whose words cannot be quoted is none."""
    found: dict[str, Claim] = {}
    places: dict[str, dict[_Place, Evidence]] = {}  # of each claim, so that a figure with a thousand places is put together once
    for match in matches:
        evidence = _evidence_of(match.spans, evidence_of)
        if not evidence:
            continue
        value, qualifiers = plain(match.value), {name: plain(entry) for name, entry in match.qualifiers.items() if entry is not None}
        key = json.dumps([match.name, value, qualifiers, match.status], ensure_ascii=False, sort_keys=True)
        if key not in found:
            cues = tuple(_cue(cue, evidence_of, source_of) for cue in match.cues)
            found[key] = Claim(name=match.name, value=value, qualifiers=qualifiers, status=match.status, evidence=evidence, cues=cues)
        known = places.setdefault(key, {})
        for entry in evidence:
            known.setdefault((entry.document, entry.start, entry.end), entry)
    return [claim.model_copy(update={"evidence": tuple(places[key].values())}) for key, claim in found.items()]


_Place = tuple[str, int | None, int | None]


def _evidence_of(spans: Iterable[Span], evidence_of: Callable[[Span], tuple[Evidence, ...]]) -> tuple[Evidence, ...]:
    return tuple(evidence for span in spans for evidence in evidence_of(span))


def _cue(cue: CueSpan, evidence_of: Callable[[Span], tuple[Evidence, ...]], source_of: Callable[[Span], Span | None]) -> Cue:
    place = source_of(cue.span)
    quote = "".join(entry.quote or "" for entry in evidence_of(cue.span))
    return Cue(role=cue.role, text=quote, start=place.start if place else None, end=place.end if place else None)


def plain(value: Any) -> Any:
    """A value as JSON knows it: Decimal as int or float, tuples as lists."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    return value


def _by_place(matches: Iterable[Match]) -> list[Match]:
    return sorted(matches, key=lambda match: (match.spans[:1], match.name, repr(match.value), match.spans))


def _shift_all(spans: Iterable[Span], by: int) -> tuple[Span, ...]:
    return tuple(Span(span.start + by, span.end + by) for span in spans)


def _shift(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _shift_match(match: Match, by: int) -> Match:
    if not by:
        return match
    cues = tuple(cue._replace(span=_shift(cue.span, by)) for cue in match.cues)
    return replace(match, spans=_shift_all(match.spans, by), cues=cues)


def _shift_field(field: FormField, by: int) -> FormField:
    if not by:
        return field
    options = tuple(replace(option, span=_shift(option.span, by)) for option in field.options)
    return field._replace(label_span=_shift(field.label_span, by), value_span=_shift(field.value_span, by), options=options)
