"""Terminal and HTML: everything is shown, nothing from the package is taken for markup."""

from __future__ import annotations

import json
import re

import jsonschema
import pytest

from docproc.model import Evidence, Outcome, PackageOutcome, Report, Script
from docproc.render.html import report_html
from docproc.render.terminal import claims_text, summary
from docproc.schema import SCHEMA_FILE, report_schema
from tests.reports import APPLICANT, deficient, finding, report

HOSTILE = "<script>alert(1)</script>[bold red]&乙\x1b[31m"


def hostile() -> Report:
    evidence = Evidence(document="d1", page=1, start=0, end=len(HOSTILE), quote=HOSTILE)
    made = report(PackageOutcome.DEFICIENT, finding("FORM-name", Outcome.FAIL, message=HOSTILE, title=HOSTILE, evidence=(evidence,)))
    return made.model_copy(update={"package": made.package.model_copy(update={"applicant": HOSTILE, "name": HOSTILE})})


def test_the_summary_fits_eighty_columns_and_names_what_needs_attention() -> None:
    text = summary(deficient(), width=80, colour=False)
    assert "结论：需补正" in text
    assert text.index("FORM-name") < text.index("TJ-M-finance") < text.index("共 3 项")
    assert "未读全：2.证照/营业执照.pdf" in text
    assert "\x1b" not in text
    assert max(sum(2 if ord(c) > 0x2E7F else 1 for c in line) for line in text.splitlines()) <= 80


def test_no_text_of_a_package_is_taken_for_markup_or_control() -> None:
    text = summary(hostile(), width=200, colour=False)
    assert "[bold red]" in text
    assert "\x1b" not in text


def test_claims_are_listed_with_their_words() -> None:
    text = claims_text(deficient().claims, width=100, colour=False)
    assert "单位名称" in text
    assert APPLICANT in text
    assert "共 1 条" in text


def test_the_page_is_self_contained_and_escaped() -> None:
    page = report_html(hostile())
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert not re.search(r'(?:src|href)="(?!#)', page)
    assert "http" not in re.sub(r'http-equiv="[^"]*"', "", page)


@pytest.mark.parametrize("made", [deficient(), hostile(), report(PackageOutcome.PASS, finding("TJ-5", Outcome.PASS, judgement=True))])
def test_every_finding_is_on_the_page(made: Report) -> None:
    page = report_html(made)
    for entry in made.findings:
        assert entry.item in page


def test_a_traditional_page_keeps_names() -> None:
    page = report_html(deficient(), Script.HANT)
    assert "形式審查報告" in page
    assert APPLICANT in page
    assert "\ue0fe" not in page


def test_the_published_schema_is_current_and_reports_follow_it() -> None:
    published = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    assert published == report_schema()
    jsonschema.validate(json.loads(deficient().model_dump_json()), published)
