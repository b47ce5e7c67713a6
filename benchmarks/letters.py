"""Prints how long a letter takes, drafted and proved, after start-up:  python -m benchmarks.letters"""

from __future__ import annotations

import statistics
import time
from datetime import date

from docproc.demo import samples
from docproc.draft import Office, draft_notice, draft_sheet, draft_workbook
from docproc.draft.notice import KINDS
from docproc.errors import DocprocError
from docproc.model import PackageOutcome, Report, Script
from docproc.render.html import report_html
from docproc.review import review

RUNS = 15
GOAL = 150  # milliseconds a letter
OFFICE = Office(agency="某市工业和信息化局", number="某工信〔2026〕12号", issued=date(2026, 11, 25), due_in=10)


def main() -> None:
    """Processor time in milliseconds: the first of its kind (templates and rules are read), the median and the slowest of the others."""
    for outcome in (PackageOutcome.DEFICIENT, PackageOutcome.PASS, PackageOutcome.INELIGIBLE):
        report = _longest(outcome)
        for kind in KINDS:
            try:
                first, *warm = [_milliseconds(report, kind) for _ in range(RUNS)]
            except DocprocError:
                continue  # a letter that this outcome does not support
            print(
                f"{outcome:<12}{kind:<15}first {first:6.0f} ms   median {statistics.median(warm):6.0f} ms   "
                f"slowest {max(warm):6.0f} ms   goal {GOAL}"
            )
    for name, draw in (("sheet.docx", draft_sheet), ("sheet.xlsx", draft_workbook), ("report.html", report_html)):
        times = []
        for _ in range(RUNS):
            start = time.process_time()
            draw(report, Script.HANS)
            times.append((time.process_time() - start) * 1000)
        print(f"{name:<27}first {times[0]:6.0f} ms   median {statistics.median(times[1:]):6.0f} ms")


def _longest(outcome: PackageOutcome) -> Report:
    """Of the samples that come out so, the report with most wrong."""
    reports = [review(sample.path, as_of=sample.as_of).report for sample in samples() if sample.outcome == outcome]
    return max((r for r in reports if r.outcome is outcome), key=lambda report: len([f for f in report.findings if f.remedy]))


def _milliseconds(report: Report, kind: str) -> float:
    start = time.process_time()
    draft_notice(report, OFFICE, kind=kind)
    return (time.process_time() - start) * 1000


if __name__ == "__main__":
    main()
