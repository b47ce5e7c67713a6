"""The case before the checklist: one package's documents, what they say, and the day on which it is judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from docproc.model import Claim, Document, Evidence, Extraction, Fact, Kind, Problem, Span, Stage, Status

if TYPE_CHECKING:
    from docproc.text.view import View

#: What was not read at all. Editing traces, and pictures in a text that was read, are losses too, but hide no condition.
HIDING_LOSSES = frozenset({"unread_page", "embedded", "encrypted", "unsupported", "damaged", "too_large", "timeout", "crashed"})

#: Parts of a package that were not opened at all: files of unknown kind may lie in them.
HIDING_PROBLEMS = frozenset({"too_deep", "too_large", "unreadable", "unsafe_path", "link"})


_SHUT = frozenset({"encrypted", "damaged", "empty", "unsupported", "too_large", "timeout", "crashed"})
_SURE = 0.999  # recognised text (OCR) carries a confidence below this


@dataclass(frozen=True, slots=True)
class Foreign:
    """Another firm's name that a paper bears as its own: the claims made of it, or the place in the text."""

    name: str
    claims: tuple[Claim, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One package, ready to be judged. `extractions` go by document id; `claims` bear their ids (c1 …)."""

    documents: tuple[Document, ...]
    extractions: Mapping[str, Extraction]
    claims: tuple[Claim, ...]
    as_of: date
    facts: tuple[Fact, ...] = ()
    stage: Stage = Stage.CITY
    problems: tuple[Problem, ...] = ()
    finance_years: tuple[int, ...] = ()  # where a notice list names them; else the last three complete years
    inferred: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)  # where a document's text was put right by inference
    remembered: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)  # the applicant's name, once found
    foreign: dict[str, Foreign | None] = field(default_factory=dict, init=False, repr=False, compare=False)  # found once, ownership.py

    def asserted(self, *names: str) -> tuple[Claim, ...]:
        """The asserted claims of these names, in order."""
        return tuple(claim for claim in self.claims if claim.name in names and claim.status is Status.ASSERTED)

    def of_kind(self, *kinds: Kind) -> tuple[Document, ...]:
        return tuple(document for document in self.documents if document.kind in kinds)

    def document(self, identifier: str) -> Document:
        return next(document for document in self.documents if document.id == identifier)

    def source_of(self, claim: Claim) -> Document | None:
        """The document that a claim stands in."""
        return next((self.document(entry.document) for entry in claim.evidence), None)

    def claims_in(self, document: Document, *names: str) -> tuple[Claim, ...]:
        """The asserted claims of these names that stand in the document."""
        return tuple(claim for claim in self.asserted(*names) if any(entry.document == document.id for entry in claim.evidence))

    @property
    def window(self) -> tuple[date, date]:
        """近三年: the three years up to the day of the check."""
        return window(self.as_of)

    @property
    def years(self) -> tuple[int, ...]:
        """The years whose finances are asked for: those of the notice list, else the last three that ended before the day."""
        return self.finance_years or tuple(range(self.as_of.year - 3, self.as_of.year))

    def applicant(self) -> str:
        """The applicant's name as the form gives it, else as the next best document does; empty where nothing names it."""
        if "applicant" not in self.remembered:
            self.remembered["applicant"] = self._applicant()
        return self.remembered["applicant"]

    def _applicant(self) -> str:
        for kind in (Kind.FORM, Kind.LICENCE, Kind.COMMITMENT, Kind.MATURITY, Kind.CREDIT, Kind.SAFETY):
            for document in self.of_kind(kind):
                names = Counter[str]()
                for claim in self.claims_in(document, "company.name"):
                    names[str(claim.value)] += len(claim.evidence)
                if names:
                    return names.most_common(1)[0][0]
        return ""


def inferred_places(views: Mapping[str, View]) -> dict[str, tuple[Span, ...]]:
    """Where each document's text was put right by inference, not by proof: such words never let an item pass by themselves."""
    return {
        id_: tuple(Span(repair.start, repair.end) for repair in view.repairs if repair.certainty == "inferred")
        for id_, view in views.items()
    }


def window(as_of: date) -> tuple[date, date]:
    """The three years up to a day (29 February counts from 28 February)."""
    try:
        start = as_of.replace(year=as_of.year - 3)
    except ValueError:
        start = as_of.replace(year=as_of.year - 3, day=28)
    return start, as_of


def unread(document: Document) -> Iterator[tuple[int, ...]]:
    """The pages of each part of the document that was not read; none named where the format has no pages."""
    first, last = document.page_range or (1, max((page for loss in document.file.content.losses for page in loss.pages), default=1))
    for loss in document.file.content.losses:
        if loss.code not in HIDING_LOSSES:
            continue
        pages = tuple(page for page in loss.pages if first <= page <= last)
        if pages or not loss.pages:
            yield pages


def opened(document: Document) -> bool:
    """Whether anything of the document's file was seen: one that is locked, damaged or empty shows by its name alone what it may be."""
    content = document.file.content
    return bool(content.text.strip() or content.pages) or not any(loss.code in _SHUT and not loss.pages for loss in content.losses)


def certain(claims: Sequence[Claim]) -> bool:
    """Whether any of the claims stands in text that was read, not recognised: a difference in recognised text may be a misreading."""
    return any(was_read(claim.evidence) for claim in claims)


def was_read(places: Iterable[Evidence]) -> bool:
    """Whether all of the places stand in text that was read, not recognised."""
    return all(entry.confidence is None or entry.confidence > _SURE for entry in places)
