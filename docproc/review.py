"""The whole job in one function: read, normalise, extract, evaluate; a package goes in, a report comes out."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from docproc.errors import DocprocError
from docproc.model import (
    ChecklistEntry,
    Claim,
    DateEntry,
    Document,
    DocumentEntry,
    Extraction,
    Fact,
    Kind,
    LossEntry,
    PackageEntry,
    PackageOutcome,
    ProblemEntry,
    Report,
    SealEntry,
    SignatureEntry,
    SourcePackage,
    Stage,
    Status,
)
from docproc.provenance import made_by

if TYPE_CHECKING:
    from docproc.checklist import Checklist
    from docproc.materials import Identified
    from docproc.readers.isolate import Isolation
    from docproc.text.view import View

Progress = Callable[[str, int, int], None]
"""Told the stage in Chinese, how many steps are done and of how many."""

# The applicant is named by its form; where there is none, by the next best paper.
_NAMING_ORDER = (Kind.FORM, Kind.LICENCE, Kind.COMMITMENT, Kind.MATURITY, Kind.AUDIT, Kind.CREDIT)


def _silent(stage: str, done: int, total: int) -> None:
    """The progress of a caller that wants none."""


@dataclass(frozen=True, slots=True)
class Review:
    """A report together with what it was made from: needed to write the source texts and pictures beside it."""

    report: Report
    package: SourcePackage
    documents: tuple[Document, ...]
    views: Mapping[str, View]


def check(path: str | Path, checklist: str | None = None, as_of: date | None = None, *, stage: Stage = Stage.CITY) -> Report:
    """The report of one package (a folder, an archive or a single document).

    Without `checklist` it is chosen from the package itself. `as_of` (default today) is the day on which periods and expiry are judged.
    Raises DocprocError where the package cannot be read at all or the checklist cannot be told.
    """
    return review(path, checklist, as_of, stage=stage).report


def review(
    path: str | Path,
    checklist: str | None = None,
    as_of: date | None = None,
    *,
    stage: Stage = Stage.CITY,
    progress: Progress = _silent,
    isolation: Isolation | None = None,
    undetermined_ok: bool = False,
) -> Review:
    """Like `check`, with the documents and their texts.

    `isolation` is a reader process to use, which the caller closes; otherwise one is started for this package. With `undetermined_ok` a
    package whose checklist cannot be told gets a report with that problem, its documents and claims, and the outcome `review`.
    """
    from docproc.checklist import load
    from docproc.readers import read_package

    if checklist:
        load(checklist)  # an unknown name is told before anything is read
    progress("读取材料", 0, 1)
    package = read_package(Path(path), isolation=isolation, progress=pages_told(progress))
    return review_of(package, checklist, as_of, stage=stage, progress=progress, undetermined_ok=undetermined_ok)


def pages_told(progress: Progress) -> Progress:
    """A reader's progress (a file's name, pages read, of how many) told to a progress of the whole."""
    return lambda name, done, total: progress(f"读取材料：{name}（第 {done} 页）", done, total)


def review_of(
    package: SourcePackage,
    checklist: str | None = None,
    as_of: date | None = None,
    *,
    stage: Stage = Stage.CITY,
    progress: Progress = _silent,
    undetermined_ok: bool = False,
) -> Review:
    """`review` of a package that has been read."""
    from docproc.checklist import load
    from docproc.choose import choose
    from docproc.coverage import cover
    from docproc.duplicate_scans import scan_and_text, scanned_twice
    from docproc.duplicates import in_words, repeated
    from docproc.evaluate import Case, evaluate, inferred_places, overall, window
    from docproc.facts import collect
    from docproc.materials import identify

    day = as_of or date.today()
    rules = load(checklist) if checklist else None
    identified = identify(package.files)
    documents, views = identified.documents, identified.views
    extractions, applicant = extract_all(documents, views, progress)
    claims, extractions = number_claims(documents, extractions)
    facts = collect(documents, extractions)
    if rules is None:
        try:
            rules = load(choose(claims, documents, views))
        except DocprocError as error:
            if not undetermined_ok or error.code != "checklist_undetermined":
                raise
            return Review(_undetermined(package, applicant, identified, extractions, claims, facts, error), package, documents, views)
    progress("对照清单", 0, 1)
    case = Case(
        documents=documents,
        extractions=extractions,
        claims=claims,
        facts=facts,
        as_of=day,
        stage=stage,
        problems=package.problems,
        inferred=inferred_places(views),
    )
    findings = evaluate(rules, case)
    twice = repeated(documents, views)
    texts = {document.id: views[document.id].text for document in documents}
    pointers = (*in_words(documents, twice), *scanned_twice(documents, twice), *scan_and_text(documents, texts, twice))
    report = Report(
        package=_package_entry(package, applicant, pointers),
        checklist=_checklist_entry(rules, day, window(day), stage),
        outcome=overall(findings),
        documents=tuple(
            document_entry(document, views[document.id], extractions[document.id], twice.get(document.id)) for document in documents
        ),
        claims=claims,
        facts=facts,
        findings=findings,
        coverage=cover(documents, extractions),
        made_by=made_by(rules),
    )
    progress("完成", 1, 1)
    return Review(report, package, documents, views)


def masked(done: Review) -> Review:
    """The review with a masked report."""
    from docproc.mask import mask_report

    return replace(done, report=mask_report(done.report, texts_of(done)))


def texts_of(done: Review) -> dict[str, str]:
    """The source texts by document id."""
    return {document.id: document.file.content.text for document in done.documents}


def unprocessed(path: Path, error: DocprocError) -> Report:
    """The report of a package that could not be processed at all: it names the package and what is wrong, and leaves it to a person."""
    problem = ProblemEntry(code=error.code, message=error.text)
    return Report(
        package=PackageEntry(name=path.name, path=str(path), problems=(problem,)),
        checklist=None,
        outcome=PackageOutcome.REVIEW,
        made_by=made_by(None),
    )


def _undetermined(
    package: SourcePackage,
    applicant: str | None,
    identified: Identified,
    extractions: Mapping[str, Extraction],
    claims: tuple[Claim, ...],
    facts: tuple[Fact, ...],
    error: DocprocError,
) -> Report:
    """The report of a package that was read, but whose checklist a person must tell."""
    entry = _package_entry(package, applicant)
    return Report(
        package=entry.model_copy(update={"problems": (*entry.problems, ProblemEntry(code=error.code, message=error.text))}),
        checklist=None,
        outcome=PackageOutcome.REVIEW,
        documents=tuple(document_entry(each, identified.views[each.id], extractions[each.id]) for each in identified.documents),
        claims=claims,
        facts=facts,
        made_by=made_by(None),
    )


def extract_all(
    documents: Sequence[Document], views: Mapping[str, View], progress: Progress = _silent
) -> tuple[dict[str, Extraction], str | None]:
    """What each document says, and the applicant's name. The document that names the applicant is read first: the others are read
    knowing whom they ought to be about, so that a list of many firms is not taken for the applicant's own names."""
    from docproc.extract import extract_document

    order = {kind: rank for rank, kind in enumerate(_NAMING_ORDER)}
    queue = sorted(documents, key=lambda document: order.get(document.kind, len(order)))
    found: dict[str, Extraction] = {}
    applicant: str | None = None
    for done, document in enumerate(queue):
        progress(f"提取要点：{document.file.path}", done, len(queue))
        found[document.id] = extract_document(document, views[document.id], applicant)
        if applicant is None and document.kind in order:
            applicant = _asserted_value(found[document.id].claims, "company.name")
    return {document.id: found[document.id] for document in documents}, applicant


def number_claims(documents: Sequence[Document], extractions: Mapping[str, Extraction]) -> tuple[tuple[Claim, ...], dict[str, Extraction]]:
    """Ids c1, c2 … in the package's order, the same in the list and in each document's extraction."""
    claims: list[Claim] = []
    numbered: dict[str, Extraction] = {}
    for document in documents:
        extraction = extractions[document.id]
        own = tuple(claim.model_copy(update={"id": f"c{number}"}) for number, claim in enumerate(extraction.claims, start=len(claims) + 1))
        claims.extend(own)
        numbered[document.id] = replace(extraction, claims=own)
    return tuple(claims), numbered


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
        owner=_asserted_value(extraction.claims, "company.name"),
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


def _asserted_value(claims: Sequence[Claim], name: str) -> str | None:
    return next((str(claim.value) for claim in claims if claim.name == name and claim.status is Status.ASSERTED), None)


def _package_entry(package: SourcePackage, applicant: str | None, duplicates: Sequence[str] = ()) -> PackageEntry:
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


def _checklist_entry(rules: Checklist, day: date, window: tuple[date, date], stage: Stage) -> ChecklistEntry:
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
