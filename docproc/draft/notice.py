"""The notice: chosen by the report's outcome, filled from its findings, proved by reading the written file back.

Basis of the correction notice: 《优化营商环境条例》（国务院令第722号）第三十六条, what is to be corrected is told in one go
(一次性告知). Recognition programmes are no licences: 《行政许可法》 is not cited. Neither regulation gives a number of days, so that
without `due_in` the deadline stays blank.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from docproc.draft.deficiencies import application, deficiencies, open_findings
from docproc.draft.proof import prove
from docproc.draft.word import clean, render
from docproc.errors import DocprocError
from docproc.model import Finding, Outcome, PackageOutcome, Report, Script
from docproc.render.words import word
from docproc.text.outgoing import names_of, shield, shield_within
from docproc.workdays import deadline

BLANK_DATE = "　　　　年　　月　　日"
BLANK_NAME = "　　　　　　　　"
_BY_OUTCOME = {PackageOutcome.DEFICIENT: "correction", PackageOutcome.PASS: "passed", PackageOutcome.INELIGIBLE: "ineligible"}
_TITLES = {
    "correction": "补正通知书",
    "passed": "形式审查通过通知书",
    "ineligible": "不符合申报条件告知书",
    "rectification": "限期整改通知书",
    "receipt": "回执",
}


@dataclass(frozen=True, slots=True)
class Drafted:
    """A drafted notice.

    `to_decide` is what a person must settle before it goes out, in Chinese; `provisional` marks an uncertain deadline.
    """

    kind: str
    filename: str
    data: bytes
    to_decide: tuple[str, ...] = ()
    provisional: bool = False


def draft_notice(
    report: Report,
    *,
    kind: str | None = None,
    number: str = "",
    agency: str = "",
    issued: date | None = None,
    due_in: int | None = None,
    script: Script = Script.HANS,
) -> Drafted:
    """The notice of a report as a Word file.

    Raises DocprocError: `notice_refused` for an outcome that a person must decide first, `notice_kind_mismatch` for a kind that the outcome
    does not support, `notice_incomplete` without an addressee, `notice_unproved` where the written file does not hold what it must.
    """
    chosen = _kind(report, kind)
    if not report.package.applicant:
        raise DocprocError("notice_incomplete", what="申报单位名称（主送单位）")
    undecided = tuple(
        f"{finding.item} {finding.title}：{clean(finding.message)}" for finding in report.findings if finding.outcome is Outcome.REVIEW
    )
    findings = sorted(open_findings(report), key=lambda finding: not _bars(finding))
    entries = deficiencies(report, findings)
    barring = sum(map(_bars, findings)) if chosen == "ineligible" else 0
    due = deadline(issued, due_in) if issued and due_in else None
    due_text = _date(due.day) if due else BLANK_DATE
    context: dict[str, Any] = {
        "agency": clean(agency) or BLANK_NAME,
        "number": clean(number),
        "title": _TITLES[chosen],
        "addressee": shield(clean(report.package.applicant)),
        "application": shield_within(application(report), names_of(report)),
        "received": BLANK_DATE,
        "checked_on": _date(report.checklist.as_of) if report.checklist else BLANK_DATE,
        "deadline": due_text,
        "provisional": bool(due and due.provisional),
        "issued": _date(issued) if issued else BLANK_DATE,
        "pending": bool(undecided),
        "bars": entries[:barring],
        "deficiencies": entries[barring:],
        "passed": sum(finding.outcome is Outcome.PASS for finding in report.findings),
        "judgements": [
            shield_within(clean(finding.title), ()) for finding in report.findings if finding.judgement and finding.outcome is Outcome.PASS
        ],
        "regulations": _regulations(report),
    }
    data = render(f"notice-{chosen}.docx", context, script)
    prove(data, context, script)
    return Drafted(chosen, f"{_TITLES[chosen]}.docx", data, undecided, bool(due and due.provisional))


def _kind(report: Report, kind: str | None) -> str:
    if report.outcome is PackageOutcome.REVIEW or report.checklist is None:
        items = "；".join(f"{finding.item} {finding.title}" for finding in report.findings if finding.outcome is Outcome.REVIEW)
        raise DocprocError("notice_refused", items=items or "；".join(problem.message for problem in report.package.problems))
    natural = _BY_OUTCOME[report.outcome]
    if kind in (None, natural):
        return natural
    raise DocprocError("notice_kind_mismatch", outcome=word("package_outcomes", report.outcome), kind=_TITLES[str(kind)])


def _bars(finding: Finding) -> bool:
    """Whether a finding ends the application: what no correction of the materials can cure."""
    return finding.outcome is Outcome.FAIL and finding.correctable is False


def _regulations(report: Report) -> str:
    titles = dict.fromkeys(
        finding.basis.regulation.strip("《》") for finding in report.findings if finding.basis and not finding.basis.note
    )
    return "、".join(f"《{title}》" for title in titles)


def _date(day: date) -> str:
    """A date as official letters write it: Arabic numerals without padding (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"
