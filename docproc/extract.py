"""What an extractor is, and how a document's text becomes claims.

An extractor is a spaCy pipeline component over a `Doc` whose text is *normalised* text. It reads what earlier components left
(`doc._.fields`, `doc._.context`) and appends `Match` objects to `doc._.claims`. The package that provides extractors is found
by the entry-point group `docproc.extractors`; it names a `PIPELINE`: a sequence of callables `Doc -> Doc` in running order. Where none of
its components reads tokens it says `READS_TOKENS = False`, and is given Docs that hold only the text: making tokens takes longer than most
families of claims do.
"""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from docproc.errors import DocprocError
from docproc.evidence import last_of_its_page, locate
from docproc.model import Claim, Cue, Document, Evidence, Extraction, FilledField, Kind, Passage, Span, Status

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from docproc.text.view import View

Component = Callable[["Doc"], "Doc"]

ENTRY_POINT_GROUP = "docproc.extractors"
BARE_TEXT = "text"  # the document's id in evidence of `extract_claims`
LONGEST_SCOPE = 200  # code points; a longer clause is not quoted with every claim in it
LONGEST_DOC = 200_000  # code points; a longer text is cut at line breaks, so that memory stays bounded


class CueSpan(NamedTuple):
    """A word that decided how something is to be read: its role (negation, plan, quotation …) and its place in the Doc's text.

    The role `scope` is the clause that was judged, not a word."""

    role: str
    span: Span


@dataclass(frozen=True, slots=True)
class Match:
    """A claim found in a Doc, before it has evidence: spans are into the Doc's (normalised) text."""

    name: str
    value: Any
    qualifiers: Mapping[str, Any] = field(default_factory=dict)
    status: Status = Status.ASSERTED
    spans: tuple[Span, ...] = ()
    cues: tuple[CueSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """A box of a form with its words: ☑是 / □否."""

    text: str
    ticked: bool
    span: Span


class FormField(NamedTuple):
    """A label with its value: a table's cells, `标签：值` on a line, a prompt with boxes, a ledger's column.

    `label` and `value` are cleaned texts (no colon, no outer blanks); an empty value is a blank left unfilled. `group` is the
    governing label above (a table's section or first-column group, a caption), `unit` a unit that the label, the column's head
    or the caption gives (万元, 人, 起 …), `column` the head of the value's column where there is one (2023年, 本期金额).
    """

    label: str
    value: str
    label_span: Span
    value_span: Span
    options: tuple[Option, ...] = ()
    group: str = ""
    unit: str = ""
    column: str = ""
    heading: str = ""  # the heading the field stands under, e.g. 申报条件, 自查表
    required: bool | None = None  # where the form itself marks it (＊, 必填), else null

    @property
    def ticked(self) -> tuple[str, ...]:
        """The words of the ticked boxes."""
        return tuple(option.text for option in self.options if option.ticked)


class PassageMatch(NamedTuple):
    """The applicant's words on a judgement topic, before they have evidence. `verbatim`: only a copy of the rule's own words."""

    topic: str
    status: Status
    verbatim: bool
    spans: tuple[Span, ...]


class Clause(NamedTuple):
    """A stretch of prose between clause marks, inside a sentence (a table's cell ends one too).

    `heading` holds the governing headings and labels, the outermost first, joined by ` / `; `lead` is the sentence that leads in
    the list whose item this is (`下列情形均未发生：`), where there is one.
    """

    span: Span
    sentence: Span
    heading: str = ""
    lead: Span | None = None


@dataclass(frozen=True, slots=True)
class Assertion:
    """How a place in the text is to be read."""

    status: Status
    negated: bool = False
    cues: tuple[CueSpan, ...] = ()


class Context(Protocol):
    """The assertion engine's answer sheet for one Doc (`doc._.context`)."""

    clauses: Sequence[Clause]

    def clause_at(self, position: int) -> Clause:
        """The clause that holds this character."""
        ...

    def assertion(self, start: int, end: int) -> Assertion:
        """How the words at start:end are to be read: whose statement, about when, denied or not."""
        ...


# --- the pipeline ------------------------------------------------------------------------------------------------------


class PlainTokenizer:
    """Numbers, Latin words, single blanks, else one character a token, so that `doc.text == text` and characters are tokens."""

    _token = re.compile(r"\d+(?:[,.]\d+)*|[A-Za-z]+|\s|.", re.DOTALL)

    def __init__(self, vocab: Any) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words = self._token.findall(text)
        doc: Doc = _doc_class()(self.vocab, words=words, spaces=[False] * len(words))
        doc.joined_text = text  # type: ignore[attr-defined]
        return doc

    def untokenized(self, text: str) -> Doc:
        """A Doc that holds the text and what components hang on it, and no tokens."""
        doc: Doc = _doc_class()(self.vocab)
        doc.joined_text = text  # type: ignore[attr-defined]
        return doc


@cache
def _doc_class() -> Any:
    """A Doc that remembers its text: spaCy joins it anew from the tokens at each look, which takes longer than the rules themselves."""
    from spacy.tokens import Doc

    class PlainDoc(Doc):  # type: ignore[misc, unused-ignore]
        joined_text: str

        @property
        def text(self) -> str:
            return self.joined_text

    return PlainDoc


def register_extensions() -> None:
    """Names what components hang on a Doc. Safe to call more than once."""
    from spacy.tokens import Doc

    for name, default in (
        ("claims", []),
        ("fields", []),
        ("passages", []),
        ("context", None),
        ("kind", None),
        ("applicant", None),
        ("ends_page", None),
    ):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)


@cache
def language() -> Language:
    """The blank Chinese language with the own tokenizer and the Doc extensions; made once a process."""
    import spacy

    register_extensions()
    nlp = spacy.blank("zh")
    nlp.tokenizer = PlainTokenizer(nlp.vocab)
    nlp.max_length = LONGEST_DOC + 1
    return nlp


@cache
def pipeline() -> tuple[Component, ...]:
    """The components of every installed package of extractors, in running order.

    Raises DocprocError `extractors_missing` where none is installed: silence would look like a package without claims.
    """
    components = tuple(component for package in _packages() for component in package.PIPELINE)
    if not components:
        raise DocprocError("extractors_missing", group=ENTRY_POINT_GROUP)
    return components


def _packages() -> list[Any]:
    return [import_module(point.module) for point in sorted(entry_points(group=ENTRY_POINT_GROUP), key=lambda point: point.name)]


@cache
def _reads_tokens() -> bool:
    return any(getattr(package, "READS_TOKENS", True) for package in _packages())


def blank_doc(text: str) -> Doc:
    """The Doc that the installed components are run on: with tokens where one of them reads any."""
    nlp = language()
    return nlp.make_doc(text) if _reads_tokens() else PlainTokenizer(nlp.vocab).untokenized(text)


EndsPage = Callable[[Span], bool]  # whether a stretch of the text is the last of its page; what stands there may be the page's number


def process(text: str, kind: Kind | None = None, applicant: str | None = None, ends_page: EndsPage | None = None) -> Doc:
    """Runs the pipeline over one normalised text of at most LONGEST_DOC code points."""
    doc = blank_doc(_encodable(text))
    doc._.kind = kind
    doc._.applicant = applicant
    doc._.ends_page = ends_page
    for component in pipeline():
        doc = component(doc)
    _keep_what_is_loaded()
    return doc


@cache
def _keep_what_is_loaded() -> None:
    """Once a process, behind the first text: vocabularies and libraries stay, so the collector need not walk over them again and again.

    With them it takes a tenth of the time of a text. What a later text leaves behind is collected as ever.
    """
    gc.freeze()


# --- from text to claims -----------------------------------------------------------------------------------------------


def extract_claims(text: str) -> list[Claim]:
    """The claims of a bare text, by place. Evidence names the document `text` and quotes the text as it was given."""
    from docproc.text.normal_form import FOR_SEARCHING, STEPS, normalise

    whole = _encodable(text)
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
            Passage(passage.topic, passage.status, passage.verbatim, _evidence_of(passage.spans, locate_in_document))
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
    """Cuts a text at its last line break before `longest` code points; inside a line only where there is no break."""
    start = 0
    while len(text) - start > longest:
        cut = text.rfind("\n", start, start + longest) + 1 or start + longest
        yield Span(start, cut)
        start = cut
    if start < len(text):
        yield Span(start, len(text))


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


def _encodable(text: str) -> str:
    """Lone surrogates (broken decoding) as U+FFFD, one to one: spaCy stores its strings as UTF-8."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)
