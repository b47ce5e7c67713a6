"""The case before the checklist: one package's documents, what they say, and the day on which it is judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from docproc.model import Claim, Document, Evidence, Extraction, Fact, Kind, Problem, Span, Stage, Status

if TYPE_CHECKING:
    from docproc.text.view import View

#: What was not read at all. Editing traces, and pictures in a text that was read, are losses too, but hide no condition.
HIDING_LOSSES = frozenset({"unread_page", "encrypted", "unsupported", "damaged", "too_large", "timeout", "crashed"})

#: Parts of a package that were not opened at all: files of unknown kind may lie in them.
HIDING_PROBLEMS = frozenset({"too_deep", "too_large", "unreadable", "unsafe_path", "link"})


_SURE = 0.999  # recognised text (OCR) carries a confidence below this


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

    def losses_in(self, kinds: Iterable[Kind]) -> tuple[str, ...]:
        """What was not read in documents of these kinds or of unknown kind, in words; empty where everything was read."""
        wanted = {*kinds, Kind.UNKNOWN}
        skipped = ("材料包中没有读取的文件",) if any(problem.code in HIDING_PROBLEMS for problem in self.problems) else ()
        return (*(words for document in self.documents if document.kind in wanted for words in unread(document)), *skipped)

    def applicant(self) -> str:
        """The applicant's name as the form gives it, else as the next best document does; empty where nothing names it."""
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


def unread(document: Document) -> Iterator[str]:
    """What of the document was not read, in words."""
    for loss in document.file.content.losses:
        if loss.code not in HIDING_LOSSES:
            continue
        pages = [page for page in loss.pages if document.page_range is None or document.page_range[0] <= page <= document.page_range[1]]
        if loss.pages and not pages:
            continue
        where = f"第{'、'.join(map(str, pages[:6]))}页" if pages else ""
        yield f"{name_of(document)}{where}"


def name_of(document: Document) -> str:
    """The document's file name for people, in 《》."""
    return f"《{PurePosixPath(document.file.path).name or document.id}》"


def place(case: Case, entries: Sequence[Evidence]) -> str:
    """A place for people: file, page and the words that stand there; pieces of one page (a label and its value) are joined."""
    first = entries[0]
    name = name_of(case.document(first.document))
    if first.quote is None:
        return name
    page = f"第{first.page}页" if first.page is not None else ""
    pieces = [entry.quote for entry in entries if entry.quote and (entry.document, entry.page) == (first.document, first.page)]
    quote = " ".join(" ".join(pieces[:4]).split())
    return f"{name}{page}“{quote if len(quote) <= 60 else quote[:59] + '…'}”"


def places(case: Case, claims: Sequence[Claim] = (), evidence: Sequence[Evidence] = (), most: int = 3) -> str:
    """Where the claims and the evidence stand, at most `most` places; the rest are counted."""
    seen: list[str] = []
    for entries in [*(claim.evidence for claim in claims if claim.evidence), *((entry,) for entry in evidence)]:
        words = place(case, entries)
        if words not in seen:
            seen.append(words)
    more = f"等{len(seen)}处" if len(seen) > most else ""
    return "、".join(seen[:most]) + more


def certain(claims: Sequence[Claim]) -> bool:
    """Whether any of the claims stands in text that was read, not recognised: a difference in recognised text may be a misreading."""
    return any(all(entry.confidence is None or entry.confidence > _SURE for entry in claim.evidence) for claim in claims)


def stated_at(case: Case, claim: Claim) -> str:
    """The claim's place and words; for a name, a code or an address the value itself."""
    document = case.source_of(claim)
    if document is None:
        return f"“{claim.value}”"
    if not isinstance(claim.value, str):
        return place(case, claim.evidence)
    page = next((entry.page for entry in claim.evidence if entry.page is not None), None)
    return f"{name_of(document)}{f'第{page}页' if page else ''}“{claim.value}”"
