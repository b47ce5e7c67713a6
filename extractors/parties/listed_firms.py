"""Lists of firms (推荐汇总表, 名单): which rows are the applicant's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docproc.model import Span, Status
from extractors.parties.firms import whole_firm

if TYPE_CHECKING:
    from spacy.tokens import Doc


def rows_of_others(doc: Doc) -> frozenset[Span]:
    """The labels of rows that are not the applicant's; where it is not known, those of all firms, if there are several.

    The applicant is known from the package, or where the text itself names one of the firms in the list as its own.
    """
    rows = {field.label_span: field.label for field in doc._.fields if field.column and whole_firm(field.label)}
    applicant = doc._.applicant or _named(doc, frozenset(rows.values()))
    if applicant:
        return frozenset(span for span, label in rows.items() if label != applicant)
    return frozenset(rows) if len(set(rows.values())) > 1 else frozenset()


def _named(doc: Doc, listed: frozenset[str]) -> str | None:
    """The one firm of the list that the text names as the applicant; None where it names none of them, or several."""
    named = {
        str(claim.value)
        for claim in doc._.claims
        if claim.name == "company.name" and claim.status is Status.ASSERTED and claim.value in listed
    }
    return named.pop() if len(named) == 1 else None
