"""What a package holds: its documents by kind, their texts, and what they claim. A package goes in, a case to be judged comes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from docproc.extract import extract_document
from docproc.facts import collect
from docproc.materials import identify
from docproc.model import Claim, Document, Extraction, Fact, Kind, SourcePackage, Stage, Status
from docproc.predicates.case import Case, inferred_places
from docproc.text.view import View

Progress = Callable[[str, int, int], None]
"""Told the stage in Chinese, how many steps are done and of how many."""

# The applicant is named by its form; where there is none, by the next best paper.
_NAMING_ORDER = (Kind.FORM, Kind.LICENCE, Kind.COMMITMENT, Kind.MATURITY, Kind.AUDIT, Kind.CREDIT)


def silent(stage: str, done: int, total: int) -> None:
    """The progress of a caller that wants none."""


@dataclass(frozen=True, slots=True)
class Contents:
    """A package that was read and understood, and not judged yet. `views` and `extractions` go by document id; `claims` bear their ids
    (c1 …) in the package's order, here and in the extractions."""

    package: SourcePackage
    documents: tuple[Document, ...]
    views: Mapping[str, View]
    extractions: Mapping[str, Extraction]
    claims: tuple[Claim, ...]
    facts: tuple[Fact, ...]
    applicant: str | None

    def case(self, as_of: date, stage: Stage = Stage.CITY) -> Case:
        """What the checklist is run on."""
        return Case(
            documents=self.documents,
            extractions=self.extractions,
            claims=self.claims,
            facts=self.facts,
            as_of=as_of,
            stage=stage,
            problems=self.package.problems,
            inferred=inferred_places(self.views),
        )


def contents_of(package: SourcePackage, progress: Progress = silent) -> Contents:
    """Identifies a package's documents and extracts what they say."""
    identified = identify(package.files)
    documents, views = identified.documents, identified.views
    extracted, applicant = _extract_all(documents, views, progress)
    claims, extractions = _numbered(documents, extracted)
    return Contents(package, documents, views, extractions, claims, collect(documents, extractions), applicant)


def _extract_all(documents: Sequence[Document], views: Mapping[str, View], progress: Progress) -> tuple[dict[str, Extraction], str | None]:
    """What each document says, and the applicant's name. The document that names the applicant is read first: the others are read
    knowing whom they ought to be about, so that a list of many firms is not taken for the applicant's own names."""
    order = {kind: rank for rank, kind in enumerate(_NAMING_ORDER)}
    queue = sorted(documents, key=lambda document: order.get(document.kind, len(order)))
    found: dict[str, Extraction] = {}
    applicant: str | None = None
    for done, document in enumerate(queue):
        progress(f"提取要点：{document.file.path}", done, len(queue))
        found[document.id] = extract_document(document, views[document.id], applicant)
        if applicant is None and document.kind in order:
            applicant = asserted_value(found[document.id].claims, "company.name")
    return {document.id: found[document.id] for document in documents}, applicant


def _numbered(documents: Sequence[Document], extractions: Mapping[str, Extraction]) -> tuple[tuple[Claim, ...], dict[str, Extraction]]:
    """Ids c1, c2 … in the package's order, the same in the list and in each document's extraction."""
    claims: list[Claim] = []
    numbered: dict[str, Extraction] = {}
    for document in documents:
        extraction = extractions[document.id]
        own = tuple(claim.model_copy(update={"id": f"c{number}"}) for number, claim in enumerate(extraction.claims, start=len(claims) + 1))
        claims.extend(own)
        numbered[document.id] = replace(extraction, claims=own)
    return tuple(claims), numbered


def asserted_value(claims: Sequence[Claim], name: str) -> str | None:
    """The first value that is asserted under a name."""
    return next((str(claim.value) for claim in claims if claim.name == name and claim.status is Status.ASSERTED), None)
