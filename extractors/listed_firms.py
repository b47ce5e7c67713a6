"""Lists of firms (推荐汇总表, 名单): which rows are the applicant's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docproc.model import Span
from extractors.firms import whole_firm

if TYPE_CHECKING:
    from spacy.tokens import Doc


def rows_of_others(doc: Doc) -> frozenset[Span]:
    """The labels of rows that are not the applicant's; where it is not known, those of all firms, if there are several."""
    labels = {field.label: field.label_span for field in doc._.fields if field.column and whole_firm(field.label)}
    applicant = doc._.applicant
    if applicant:
        return frozenset(span for label, span in labels.items() if label != applicant)
    return frozenset(labels.values()) if len(labels) > 1 else frozenset()
