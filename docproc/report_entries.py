"""What a report lists besides findings: the package, its documents, the checklist."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from docproc.contents import asserted_value
from docproc.model import (
    ChecklistEntry,
    DateEntry,
    Document,
    DocumentEntry,
    Extraction,
    LossEntry,
    PackageEntry,
    ProblemEntry,
    SealEntry,
    SignatureEntry,
    SourcePackage,
    Stage,
)

if TYPE_CHECKING:
    from docproc.checklist import Checklist
    from docproc.text.view import View


def package_entry(package: SourcePackage, applicant: str | None, duplicates: Sequence[str] = ()) -> PackageEntry:
    return PackageEntry(
        name=package.name,
        path=package.path,
        applicant=applicant,
        sha256=package.sha256,
        problems=(
            *(ProblemEntry(code=problem.code, message=problem.message) for problem in package.problems),
            *(ProblemEntry(code="duplicate", message=sentence) for sentence in duplicates),
        ),
        skipped=package.skipped,
    )


def document_entry(document: Document, view: View, extraction: Extraction, same_as: str | None = None) -> DocumentEntry:
    """A document as the report lists it. `same_as`: the id of an earlier one that it repeats."""
    from docproc.text.script import detect

    content, span = document.file.content, document.span
    first, last = document.page_range or (1, len(content.pages))
    losses = [loss for loss in content.losses if not loss.pages or any(first <= page <= last for page in loss.pages)]
    return DocumentEntry(
        id=document.id,
        path=document.file.path,
        kind=document.kind,
        pages=last - first + 1 if content.pages else None,
        page_range=document.page_range,
        script=detect(content.text[span.start : span.end]),
        year=document.year,
        title=document.title,
        owner=asserted_value(extraction.claims, "company.name"),
        dates=tuple(DateEntry(role=each.role, date=each.iso, possible=each.possible) for each in document.dates),
        same_as=same_as,
        reason=document.reason,
        sha256=document.file.sha256,
        text_sha256=sha256(content.text.encode("utf-8", "surrogatepass")).hexdigest(),
        problems=tuple(ProblemEntry(code=problem.code, message=problem.message) for problem in content.problems),
        losses=tuple(LossEntry(code=loss.code, message=loss.message, count=loss.count, pages=loss.pages) for loss in losses),
        seals=tuple(
            SealEntry(
                page=seal.page,
                box=seal.box,
                confidence=seal.confidence,
                shape=seal.shape,
                text=seal.text,
                text_confidence=seal.text_confidence,
                picture=b64encode(seal.picture).decode("ascii"),
            )
            for seal in content.seals
            if first <= seal.page <= last
        ),
        signatures=tuple(
            SignatureEntry(signer=signature.signer, page=signature.page)
            for signature in content.signatures
            if signature.page is None or first <= signature.page <= last
        ),
    )


def checklist_entry(rules: Checklist, day: date, window: tuple[date, date], stage: Stage) -> ChecklistEntry:
    return ChecklistEntry(
        id=rules.id,
        title=rules.title,
        as_of=day,
        in_force=rules.in_force(day),
        window=window,
        stage=stage,
        deadline=rules.notice.deadline if rules.notice else None,
        notice_list=rules.notice.title if rules.notice else "",
        note=rules.note_on(day),
        regulation=rules.regulation.title,
        valid_from=rules.valid_from,
        valid_to=rules.valid_to,
    )
