"""What each document of a package is: its kind, the parts of a bound file, the year of an audit report, the dates it gives about itself.

A document's kind comes from its content (docproc.recognise); the file name is the weaker hint, and decides only where the content
cannot be read. Which words tell a kind is data: checklists/materials.yaml.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docproc.document_dates import dates_of, report_years, year_in_name
from docproc.model import Content, Document, Kind, PageQuality, SourceFile, Span
from docproc.parts import Part, split
from docproc.recognise import recognise, speaker

if TYPE_CHECKING:
    from docproc.text.view import View


@dataclass(frozen=True, slots=True)
class Identified:
    """The documents of a package, d1, d2 … in package order, and the text of each (computed once)."""

    documents: tuple[Document, ...]
    views: Mapping[str, View]


def identify(files: Sequence[SourceFile]) -> Identified:
    """Tells what each file of a package is, and which documents are bound into one."""
    documents: list[Document] = []
    views: dict[str, View] = {}
    for file, part in _pieces(files):
        document, view = _document(f"d{len(documents) + 1}", file, part)
        documents.append(document)
        views[document.id] = view
    return Identified(tuple(documents), views)


def _pieces(files: Sequence[SourceFile]) -> Iterator[tuple[SourceFile, Part | None]]:
    from docproc.text.view import view_of

    def text_of(content: Content, span: Span) -> str:
        return view_of(content, span).text

    for file in files:
        parts = split(file.content, text_of)
        if not parts:
            yield file, None
        for part in parts:
            yield file, part


def _document(identifier: str, file: SourceFile, part: Part | None) -> tuple[Document, View]:
    from docproc.text.view import view_of

    content = file.content
    pages = (part.first, part.last) if part else None
    span = Span(content.pages[pages[0] - 1].start, content.pages[pages[1] - 1].end) if pages else Span(0, len(content.text))
    view = view_of(content, span)
    found = recognise(view.text, "" if part else file.path, readable=_readable(content))
    kind, reason = found.kind, found.reason
    placed = part is not None and part.kind is not None and not found.another_matter
    if part is not None and part.kind is not None and placed:
        kind, reason = part.kind, part.reason
    years = _years(view.text, file.path, part) if kind is Kind.AUDIT else ()
    document = Document(
        id=identifier,
        file=file,
        kind=kind,
        page_range=pages,
        year=years[-1] if years else None,
        years=years,
        title=found.title,
        dates=dates_of(view, kind),
        reason=reason,
        speaker=speaker(kind, view.text),
        by_name=not view.text.strip() if placed else found.by_name,
    )
    return document, view


def _years(text: str, path: str, part: Part | None) -> tuple[int, ...]:
    """The years that an audit report covers: by its own words, else by the catalogue or the file's name."""
    hint = part.year if part else year_in_name(path.rsplit("/", 1)[-1])
    return report_years(text) or (() if hint is None else (hint,))


def _readable(content: Content) -> bool:
    return not any(page.quality in {PageQuality.PICTURE, PageQuality.GARBLED} for page in content.pages) and not content.problems
