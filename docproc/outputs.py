"""What `--out` leaves in a folder: report.json, report.html, the review sheet, the notice, the annotated copies, and the texts that
the evidence points into."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docproc.errors import DocprocError
from docproc.model import PackageOutcome, Report, Script
from docproc.review import Review

if TYPE_CHECKING:
    from docproc.draft import Office
    from docproc.readers.isolate import Isolation

REPORT_FILE = "report.json"
COPIES = "annotated"
MASKED = "已隐去身份证号和手机号；页面图片和批注副本无法隐去，没有写出。"


@dataclass(frozen=True, slots=True)
class Written:
    """The files of one package, in the order in which a person would open them, and what could not be written, in Chinese."""

    files: tuple[Path, ...]
    remarks: tuple[str, ...] = ()


def write_outputs(review: Review, folder: Path, script: Script = Script.HANS, isolation: Isolation | None = None) -> Written:
    """Writes everything that a finished review yields. A letter that cannot be drafted costs the letter alone, and is told.

    `isolation`: a child process for pictures and annotated copies, which the caller closes; otherwise one is started.
    """
    from docproc.draft import draft_sheet, draft_workbook
    from docproc.mask import mask_text
    from docproc.render.crops import evidence_pictures
    from docproc.render.html import report_html

    report = review.report
    folder.mkdir(parents=True, exist_ok=True)
    remove_old(folder)
    remarks: list[str] = []
    # A picture of a page shows what masking hides: pictures and annotated copies are left out then.
    pictures = {} if report.masked else evidence_pictures(report, review.package, isolation)
    written = [_write(folder / "report.html", report_html(report, script, pictures).encode())]
    office = report.precheck is None  # an enterprise that checks its own draft gets no papers of the office
    if report.checklist and office:
        written.append(_write(folder / "sheet.docx", draft_sheet(report, script)))
        written.append(_write(folder / "sheet.xlsx", draft_workbook(report, script)))
    if report.outcome is not PackageOutcome.REVIEW and report.checklist and office:
        try:
            written.append(write_notice(report, folder / "notice.docx", script)[0])
        except DocprocError as error:
            remarks.append(error.text)
    written.append(_write(folder / REPORT_FILE, report_bytes(report)))
    copies, untold = ([], [MASKED]) if report.masked else _write_copies(review, folder / COPIES, script, isolation)
    written += copies
    remarks += untold
    for document in review.documents:
        text = document.file.content.text
        _write(folder / "text" / f"{document.id}.txt", (mask_text(text) if report.masked else text).encode("utf-8", "surrogatepass"))
    return Written(tuple(written), tuple(remarks))


def report_bytes(report: Report) -> bytes:
    """The report as JSON text; the same report gives the same bytes."""
    return (json.dumps(report.to_json(), ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")


def load_report(path: Path) -> Report:
    """Reads a report.json back. Where the source texts lie beside it, every quote is looked up in them."""
    from pydantic import ValidationError

    if not path.is_file():
        raise DocprocError("path_not_found", path=path)
    try:
        report = Report.model_validate_json(path.read_bytes())
    except (ValidationError, ValueError) as error:
        first = error.errors()[0] if isinstance(error, ValidationError) else {"loc": (), "msg": str(error)}
        raise DocprocError("report_invalid", path=path, why=f"{'.'.join(map(str, first['loc']))} {first['msg']}".strip()) from error
    _check_quotes(report, path.parent / "text")
    return report


def load_texts(path: Path) -> dict[str, str]:
    """The source texts beside a report.json, by document id; empty where it was written without them."""
    return {file.stem: file.read_bytes().decode("utf-8", "surrogatepass") for file in sorted((path.parent / "text").glob("*.txt"))}


def write_notice(
    report: Report, target: Path, script: Script = Script.HANS, *, kind: str | None = None, office: Office | None = None
) -> tuple[Path, tuple[str, ...]]:
    """Drafts the letter into `target` (a file, or a folder where it is named after its kind).

    Returns the file and what a person must decide.
    """
    from docproc.draft import Office, draft_notice

    drafted = draft_notice(report, office or Office(), kind=kind, script=script)
    path = target / drafted.filename if target.is_dir() else target
    return _write(path, drafted.data), drafted.to_decide


def _write_copies(review: Review, folder: Path, script: Script, isolation: Isolation | None) -> tuple[list[Path], list[str]]:
    """The annotated copies, anew: those of an earlier run may say what no longer holds."""
    from docproc.render.copies import annotated_copies

    written: list[Path] = []
    remarks: list[str] = []
    for copy in annotated_copies(review.report, review.package, script, isolation):
        if copy.annotated is None:
            remarks.append(copy.remark)
        else:
            written.append(_write(folder / copy.name, copy.annotated.data))
    return written, remarks


def remove_old(folder: Path) -> None:
    """Papers of an earlier run must not lie beside a report that no longer supports them, nor copies that say what no longer holds."""
    for old in (folder / "notice.docx", folder / "sheet.docx", folder / "sheet.xlsx", *sorted((folder / COPIES).glob("*"))):
        old.unlink(missing_ok=True)


def _check_quotes(report: Report, texts: Path) -> None:
    cache: dict[str, str] = {}
    for owner, evidence in [(claim.id, e) for claim in report.claims for e in claim.evidence] + [
        (finding.item, e) for finding in report.findings for e in finding.evidence
    ]:
        if evidence.quote is None:
            continue
        file = texts / f"{evidence.document}.txt"
        if evidence.document not in cache:
            if not file.is_file():
                continue
            cache[evidence.document] = file.read_bytes().decode("utf-8", "surrogatepass")
        if cache[evidence.document][evidence.start : evidence.end] != evidence.quote:
            raise DocprocError("quote_not_found", where=f"{owner}，{evidence.document}，“{evidence.quote[:30]}”")


def _write(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".part")
    partial.write_bytes(data)
    partial.replace(path)
    return path
