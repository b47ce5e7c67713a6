"""Takes a package's row of the ledger from its report."""

from __future__ import annotations

from docproc.ledger.rows import FindingRow, Row
from docproc.model import Claim, Evidence, Finding, Kind, Outcome, Report, Status
from docproc.render.words import OUTCOME_ORDER, word

# Whose word is taken for code and district: the licence's, then the form's, then any paper's.
_TELLING = (Kind.LICENCE, Kind.FORM)


def row_of(report: Report, folder: str, package: str, pages: int) -> Row:
    """The ledger's row of a report. `folder` is where its files lie, `package` its name in the inbox, `pages` how many were read."""
    code = _claim(report, "company.credit_code")
    address = _claim(report, "registration.address") or _claim(report, "factory.address")
    level, deadline = _level_and_deadline(report)
    return Row(
        folder=folder,
        package=package,
        applicant=report.package.applicant or "",
        code=str(code.value) if code else "",
        province=str(address.qualifiers.get("province") or "") if address else "",
        district=str(address.qualifiers.get("district") or "") if address else "",
        level=level,
        checklist=report.checklist.id if report.checklist else "",
        as_of=report.checklist.as_of.isoformat() if report.checklist else "",
        outcome=report.outcome.value,
        counts={outcome.value: sum(finding.outcome is outcome for finding in report.findings) for outcome in OUTCOME_ORDER},
        final=sum(finding.outcome is Outcome.FAIL and finding.correctable is False for finding in report.findings),
        documents=len(report.documents),
        pages=pages,
        losses=sum(loss.count for document in report.documents for loss in document.losses),
        deadline=deadline,
        problems=tuple(problem.message for problem in report.package.problems),
        findings=tuple(_finding_row(report, finding) for finding in report.findings),
    )


def _level_and_deadline(report: Report) -> tuple[str, str | None]:
    """The level applied for, in words, and the last day that the year's notice gives."""
    from docproc.checklist import load

    if report.checklist:
        rules = load(report.checklist.id)
        due = rules.notice.deadline if rules.notice else None
        return rules.level_name, due.isoformat() if due else None
    stated = _claim(report, "application.level")
    return (word("values", str(stated.value)) if stated else ""), None


def _claim(report: Report, name: str) -> Claim | None:
    """The asserted claim of that name that the most telling paper makes."""
    ranks = {document.id: _rank(document.kind) for document in report.documents}
    stated = [claim for claim in report.claims if claim.name == name and claim.status is Status.ASSERTED and claim.evidence]
    return min(stated, key=lambda claim: min(ranks.get(entry.document, len(_TELLING)) for entry in claim.evidence), default=None)


def _rank(kind: Kind) -> int:
    return _TELLING.index(kind) if kind in _TELLING else len(_TELLING)


def _finding_row(report: Report, finding: Finding) -> FindingRow:
    places = report.evidence_of(finding)
    more = f"等{len(places)}处" if len(places) > 1 else ""
    return FindingRow(
        item=finding.item,
        title=finding.title,
        outcome=finding.outcome.value,
        correctable=finding.correctable,
        article=f"{finding.basis.article}" if finding.basis else "形式要求",
        message=finding.message,
        remedy=finding.remedy,
        where=_place(report, places[0]) + more if places else "",
    )


def _place(report: Report, evidence: Evidence) -> str:
    path = next((document.path for document in report.documents if document.id == evidence.document), evidence.document)
    return path + (f"第{evidence.page}页" if evidence.page else "")
