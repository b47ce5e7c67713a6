"""Every letter is found again as it was meant: on all samples, and on 300 made-up reports with hostile names.

The reading here is its own: paragraphs by python-docx, numbered entries by their headings. It shares nothing with the program's proof but
the rule of what may stand on a line.
"""

from __future__ import annotations

import io
import re
from collections import Counter

import docx
import openpyxl
import pytest

from docproc.demo import samples
from docproc.draft import draft_notice, draft_sheet, draft_workbook
from docproc.draft.deficiencies import chinese_number
from docproc.errors import DocprocError
from docproc.model import Outcome, PackageOutcome, Report, Script
from docproc.render.html import report_html
from docproc.render.terminal import summary
from docproc.text.outgoing import as_written
from tests.draft.hostile import hostile_report
from tests.draft.letters import OFFICE
from tests.test_samples import reviewed

GENERATED = 300
_BLOCKS = 10
_STEERING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ue0fe\ue0ff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ENTRY = re.compile("（([一二三四五六七八九十]+)）")


def plain(text: str | None) -> str:
    return " ".join(_STEERING.sub("", _CONTROL.sub(" ", text or "")).split())


def lines_of(data: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(data))
    cells = [p.text for table in document.tables for row in table.rows for cell in row.cells for p in cell.paragraphs]
    return [plain(text) for text in (*(p.text for p in document.paragraphs), *cells)]


def numbers_of(lines: list[str], report: Report) -> list[str]:
    """The numbers of the entries; the addressee's own name may begin like one."""
    name = plain(report.package.applicant)
    return [found[1] for line in lines if (found := _ENTRY.match(line)) and line not in (name, f"{name}：")]


def holds(report: Report, script: Script) -> None:
    """The default letter and its receipt hold every deficiency with citation, remedy and quotes, addressee and deadline, each once."""
    drafted = draft_notice(report, OFFICE, script=script)
    report = as_written(report, script)
    lines = lines_of(drafted.data)
    assert Counter(lines)[plain(report.package.applicant) + "："] == 1
    assert Counter(lines)[plain(OFFICE.number)] == 1
    wrong = [finding for finding in report.findings if finding.outcome in (Outcome.FAIL, Outcome.MISSING)]
    numbers = numbers_of(lines, report)
    assert numbers == [chinese_number(n) for n in range(1, len(numbers) + 1)]
    assert len(numbers) <= len(wrong)
    said = Counter(part for line in lines for part in {line, line.partition("：")[2]})
    if script is Script.HANS:
        for finding in wrong:
            for text in (finding.message, finding.remedy):
                assert said[plain(text)] >= 1, text
            article = finding.basis.article if finding.basis else "形式要求"
            assert any(line.startswith("依据：") and article in line for line in lines)
        body = "\n".join(lines)
        for finding in wrong:
            for entry in report.evidence_of(finding)[:3]:
                assert plain(entry.quote)[:59] in body
        assert body.count("2026年12月9日前") == (report.outcome is PackageOutcome.DEFICIENT)
    receipt = lines_of(draft_notice(report, OFFICE, kind="receipt", script=script).data)
    assert Counter(receipt)[plain(report.package.applicant)] == 1
    assert numbers_of(receipt, report) == numbers


@pytest.mark.parametrize("sample", [sample.id for sample in samples()])
def test_every_sample_s_letters_hold_all_that_they_should(sample: str) -> None:
    report = reviewed(sample).report
    if report.outcome is PackageOutcome.REVIEW:
        with pytest.raises(DocprocError, match="待核"):
            draft_notice(report, OFFICE)
        return
    holds(report, Script.HANS)
    holds(report, Script.HANT)


@pytest.mark.parametrize("block", range(_BLOCKS))
def test_letters_to_hostile_names_hold_all_that_they_should(block: int) -> None:
    for number in range(block, GENERATED, _BLOCKS):
        holds(hostile_report(number), Script.HANT if number % 7 == 3 else Script.HANS)


@pytest.mark.parametrize("block", range(_BLOCKS))
def test_sheets_pages_and_summaries_hold_every_item_of_hostile_reports(block: int) -> None:
    for number in range(block, 60, _BLOCKS):
        report = hostile_report(number)
        script = Script.HANT if number % 7 == 3 else Script.HANS
        rows = docx.Document(io.BytesIO(draft_sheet(report, script))).tables[0].rows
        sheet = openpyxl.load_workbook(io.BytesIO(draft_workbook(report, script))).worksheets[0]
        cells = [sheet.cell(row, 2).value for row in range(1, sheet.max_row + 1)]
        page, text = report_html(report, script), summary(report, width=100, colour=False, script=script)
        assert "<script" not in page
        assert not re.search("[\ue0fe\ue0ff]", page + text)
        assert not re.search("[\x00-\x08\x1b\u202a-\u202e]", text)
        for finding in report.findings:
            assert [row.cells[1].text for row in rows].count(finding.item) == 1
            assert cells.count(finding.item) == 1
            assert finding.item in page
            assert finding.item in text or finding.outcome in (Outcome.PASS, Outcome.NOT_APPLICABLE)
