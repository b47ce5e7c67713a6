"""The whole job in one function: read, normalise, extract, evaluate; a package goes in, a report comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from docproc.contents import Contents, Progress, contents_of, silent
from docproc.errors import DocprocError
from docproc.model import Document, PackageEntry, PackageOutcome, ProblemEntry, Report, SourcePackage, Stage
from docproc.provenance import made_by
from docproc.report_entries import checklist_entry, document_entry, package_entry

if TYPE_CHECKING:
    from docproc.checklist import Checklist
    from docproc.readers.isolate import Isolation
    from docproc.text.view import View


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
    progress: Progress = silent,
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
    progress: Progress = silent,
    undetermined_ok: bool = False,
) -> Review:
    """`review` of a package that has been read."""
    from docproc.checklist import load
    from docproc.choose import choose

    rules = load(checklist) if checklist else None
    contents = contents_of(package, progress)
    if rules is None:
        try:
            rules = load(choose(contents.claims, contents.documents, contents.views))
        except DocprocError as error:
            if not undetermined_ok or error.code != "checklist_undetermined":
                raise
            return _of(contents, _undetermined(contents, error))
    progress("对照清单", 0, 1)
    report = _judged(contents, rules, as_of or date.today(), stage)
    progress("完成", 1, 1)
    return _of(contents, report)


def _of(contents: Contents, report: Report) -> Review:
    return Review(report, contents.package, contents.documents, contents.views)


def _judged(contents: Contents, rules: Checklist, day: date, stage: Stage) -> Report:
    from docproc.coverage import cover
    from docproc.duplicate_scans import scan_and_text, scanned_twice
    from docproc.duplicates import in_words, repeated
    from docproc.evaluate import evaluate, overall, window
    from docproc.predicates.ownership import attributed

    documents, views = contents.documents, contents.views
    case = contents.case(day, stage)
    findings = evaluate(rules, case)
    twice = repeated(documents, views)
    texts = {document.id: views[document.id].text for document in documents}
    pointers = (*in_words(documents, twice), *scanned_twice(documents, twice), *scan_and_text(documents, texts, twice))
    return Report(
        package=package_entry(contents.package, contents.applicant, pointers),
        checklist=checklist_entry(rules, day, window(day), stage),
        outcome=overall(findings),
        documents=tuple(document_entry(each, views[each.id], contents.extractions[each.id], twice.get(each.id)) for each in documents),
        claims=attributed(case),
        facts=contents.facts,
        findings=findings,
        coverage=cover(documents, contents.extractions),
        made_by=made_by(rules),
    )


def _undetermined(contents: Contents, error: DocprocError) -> Report:
    """The report of a package that was read, but whose checklist a person must tell."""
    entry = package_entry(contents.package, contents.applicant)
    return Report(
        package=entry.model_copy(update={"problems": (*entry.problems, ProblemEntry(code=error.code, message=error.text))}),
        checklist=None,
        outcome=PackageOutcome.REVIEW,
        documents=tuple(document_entry(each, contents.views[each.id], contents.extractions[each.id]) for each in contents.documents),
        claims=contents.claims,
        facts=contents.facts,
        made_by=made_by(None),
    )


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
