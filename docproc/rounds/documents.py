"""Which document of the first round became which of the second."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping

from docproc.model import DocumentEntry, Evidence, Report
from docproc.model.rounds import DocumentPair, DocumentState, Place

PAGE_BREAK = "\f"
# From the surest sign to the weakest: the same bytes, the same place in the package, the same kind and year, the same kind in turn.
_SIGNS: tuple[Callable[[DocumentEntry], Hashable], ...] = (
    lambda document: (document.sha256, document.page_range, document.kind) if document.sha256 else None,
    lambda document: (document.path, document.kind, document.year),
    lambda document: (document.path, document.kind),
    lambda document: (document.kind, document.year, document.title),
    lambda document: (document.kind, document.year),
    lambda document: document.kind,
)


def pairs(previous: Report, report: Report, texts_before: Mapping[str, str], texts_now: Mapping[str, str]) -> tuple[DocumentPair, ...]:
    """Every document of both rounds once: those of the first in its order, then those added."""
    before, now = list(previous.documents), list(report.documents)
    partner: dict[str, DocumentEntry] = {}
    for sign in _SIGNS:
        waiting: dict[Hashable, list[DocumentEntry]] = {}
        taken = {document.id for document in partner.values()}
        for document in now:
            if document.id not in taken and sign(document) is not None:
                waiting.setdefault(sign(document), []).append(document)
        for document in before:
            if document.id not in partner and waiting.get(sign(document)):
                partner[document.id] = waiting[sign(document)].pop(0)
    paired = {document.id for document in partner.values()}
    return (
        *(_pair(document, partner.get(document.id), texts_before, texts_now) for document in before),
        *(_pair(None, document, texts_before, texts_now) for document in now if document.id not in paired),
    )


def places(report: Report, evidence: Iterable[Evidence]) -> tuple[Place, ...]:
    """Evidence as places by path, each once, the first few."""
    paths = {document.id: document.path for document in report.documents}
    found: dict[Place, None] = {}
    for entry in evidence:
        place = Place(
            path=paths.get(entry.document, ""),
            page=entry.page,
            start=entry.start,
            end=entry.end,
            quote=entry.quote,
        )
        found[place] = None
    return tuple(found)[:5]


def pages(text: str, page_range: tuple[int, int] | None) -> str:
    """The text of these pages (they are joined by form feeds); all of it where no range is given."""
    return text if page_range is None else PAGE_BREAK.join(text.split(PAGE_BREAK)[page_range[0] - 1 : page_range[1]])


def _pair(
    before: DocumentEntry | None, now: DocumentEntry | None, texts_before: Mapping[str, str], texts_now: Mapping[str, str]
) -> DocumentPair:
    if before is None or now is None:
        state = DocumentState.ADDED if before is None else DocumentState.REMOVED
    else:
        same = before.sha256 == now.sha256 and before.page_range == now.page_range
        # A part of a bound file is the same where its own words are: the file around it may have changed.
        part = pages(texts_now.get(now.id, ""), now.page_range) if now.page_range and before.page_range else ""
        same = same or (bool(part.strip()) and part == pages(texts_before.get(before.id, ""), before.page_range))
        state = DocumentState.UNCHANGED if same else DocumentState.CHANGED
    either = now or before
    assert either is not None
    return DocumentPair(
        kind=either.kind,
        state=state,
        before=before.path if before else None,
        now=now.path if now else None,
        before_id=before.id if before else None,
        now_id=now.id if now else None,
    )
