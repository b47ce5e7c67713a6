"""The review sheet 形式审查表: every item with its outcome and evidence, and a column for the reviewer."""

from __future__ import annotations

from typing import Any

from docproc.draft.deficiencies import application, citation, places, quoted
from docproc.draft.word import clean, render
from docproc.model import Finding, Outcome, Report, Script
from docproc.render.words import word
from docproc.text.outgoing import names_of, shield, shield_within


def draft_sheet(report: Report, script: Script = Script.HANS) -> bytes:
    """The sheet as a Word file."""
    names = tuple(names_of(report))
    context: dict[str, Any] = {
        "applicant": shield(clean(report.package.applicant or "（材料中未见申报单位名称）")),
        "package": shield(clean(report.package.name)),
        "application": shield_within(application(report), names),
        "checked_on": str(report.checklist.as_of) if report.checklist else "",
        "window": " 至 ".join(map(str, report.checklist.window)) if report.checklist and report.checklist.window else "",
        "note": report.checklist.note if report.checklist else "",
        "outcome": word("package_outcomes", report.outcome),
        "counts": "，".join(f"{word('outcomes', outcome)}{_count(report, outcome)}项" for outcome in Outcome),
        "rows": [_row(report, finding, number, names) for number, finding in enumerate(report.findings, start=1)],
        "losses": [
            {
                "path": shield(clean(document.path)),
                "what": "；".join([p.message for p in document.problems] + [loss.message for loss in document.losses]),
            }
            for document in report.documents
            if document.problems or document.losses
        ],
    }
    return render("sheet.docx", context, script)


def _row(report: Report, finding: Finding, number: int, names: tuple[str, ...]) -> dict[str, str]:
    said = "；".join(shield(f"“{quote}”") for quote in quoted(report.evidence_of(finding))[:2])
    place = places(report, report.evidence_of(finding))
    return {
        "number": str(number),
        "item": finding.item,
        "title": shield_within(clean(finding.title), names),
        "article": shield_within(citation(finding) if finding.basis is None else finding.basis.article, names),
        "outcome": word("outcomes", finding.outcome) + ("（专家评判）" if finding.judgement and finding.outcome is Outcome.PASS else ""),
        "message": shield_within(clean(finding.message), names),
        "evidence": "　".join(part for part in (place, said) if part),
    }


def _count(report: Report, outcome: Outcome) -> int:
    return sum(finding.outcome is outcome for finding in report.findings)
