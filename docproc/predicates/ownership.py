"""Whose document it is: the applicant's, or another firm's that got into the package by mistake."""

from __future__ import annotations

from collections.abc import Iterator

from docproc.compare import fold, same_name
from docproc.model import Claim, Document, Kind, Status
from docproc.predicates.case import Case

#: Kinds whose papers speak of one firm: the one that is audited, assessed, licensed, queried.
OF_ONE_FIRM = (
    Kind.LICENCE,
    Kind.AUDIT,
    Kind.MATURITY,
    Kind.CREDIT,
    Kind.SAFETY,
    Kind.COMMITMENT,
    Kind.FILING,
    Kind.RECOMMENDATION,
    Kind.PATENT,
)
_MAY_BE_LISTS = (Kind.FILING, Kind.RECOMMENDATION)
_SLIPS = 2  # characters in which two spellings of one name may differ


def belongs_to_another(case: Case, document: Document) -> bool:
    """Whether the document names a firm as its own, and neither that name nor any word of it is the applicant's."""
    return bool(foreign_names(case, document))


def foreign_names(case: Case, document: Document) -> tuple[Claim, ...]:
    """The names by which the document speaks of another firm as its own; none where the applicant's name stands in it too."""
    applicant = case.applicant()
    if not applicant or document.kind not in OF_ONE_FIRM:
        return ()
    names = tuple(_names(case, document))
    if document.kind in _MAY_BE_LISTS and len({fold(str(claim.value)) for claim in names}) > 1:
        return ()  # firms that are merely listed
    if not names or any(_close(str(claim.value), applicant) for claim in names) or mentions(document, applicant):
        return ()
    return names


def variants(case: Case, document: Document) -> tuple[Claim, ...]:
    """The asserted names in the document that differ from the applicant's and are no other firm's."""
    applicant = case.applicant()
    if belongs_to_another(case, document):
        return ()
    return tuple(claim for claim in case.claims_in(document, "company.name") if not same_name(str(claim.value), applicant))


def mentions(document: Document, name: str) -> bool:
    """Whether the name stands anywhere in the document's text."""
    text = document.file.content.text[document.span.start : document.span.end]
    wanted = fold(name)
    return bool(wanted) and (name in text or wanted in fold(text))


def _names(case: Case, document: Document) -> Iterator[Claim]:
    for claim in case.claims:
        named = claim.name == "company.name" and claim.status in (Status.ASSERTED, Status.THIRD_PARTY)
        if named and any(entry.document == document.id for entry in claim.evidence):
            yield claim


def _close(one: str, other: str) -> bool:
    """Whether two names may be spellings of one: the same but for a slip or two."""
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(fold(one), fold(other)) <= _SLIPS
