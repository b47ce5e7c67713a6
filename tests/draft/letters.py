"""One letter of each kind, as its own outcome calls for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from docproc.draft import Drafted, Office, draft_notice
from docproc.draft.notice import KINDS
from docproc.model import Outcome, PackageOutcome, Report
from tests.reports import deficient, finding, report

AGENCY = "天津市工业和信息化局"
OFFICE = Office(
    agency=AGENCY,
    number="津工信形补〔2026〕12号",
    issued=date(2026, 11, 25),
    received=date(2026, 11, 18),
    due_in=10,
    contact="张某某",
    phone="022-00000000",
)


def report_for(kind: str) -> Report:
    """A report that supports a letter of that kind."""
    if kind == "passed":
        return report(PackageOutcome.PASS, finding("TJ-5", Outcome.PASS, judgement=True), finding("TJ-6-2b", Outcome.PASS))
    if kind == "ineligible":
        return report(PackageOutcome.INELIGIBLE, finding("TJ-6-6", Outcome.FAIL, correctable=False), finding("TJ-6-2b", Outcome.MISSING))
    return deficient()


def letter(kind: str, **changes: Any) -> Drafted:
    """A letter with everything that an office fills in."""
    return draft_notice(report_for(kind), replace(OFFICE, **changes), kind=kind)


__all__ = ["AGENCY", "KINDS", "OFFICE", "letter", "report_for"]
