"""Every output in traditional characters: all that we say is converted, all that the package says stays."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner

from docproc.cli import main
from docproc.draft import Office, draft_notice, draft_sheet, draft_workbook
from docproc.draft.notice import KINDS
from docproc.draft.word import paragraphs
from docproc.model import Evidence, Kind, Outcome, PackageOutcome, Report, Script
from docproc.precheck import precheck
from docproc.render.html import report_html
from docproc.render.precheck import precheck_text
from docproc.render.terminal import summary
from docproc.rounds import second_round
from docproc.text.script import to_traditional
from tests.draft.letters import report_for
from tests.reports import finding, report
from tests.rounds.made import Round

SIMPLE = "叶县乡镇工厂"  # what stands in the package, and must stay


def latin(*findings: object, outcome: PackageOutcome = PackageOutcome.DEFICIENT) -> Report:
    """A report whose package speaks no Chinese: every Chinese word of an output is ours."""
    made = report(outcome, *findings, applicant="ACME Ltd")  # type: ignore[arg-type]
    documents = tuple(document.model_copy(update={"path": f"{document.id}.pdf", "owner": "ACME Ltd"}) for document in made.documents)
    package = made.package.model_copy(update={"name": "acme", "path": "acme"})
    return made.model_copy(update={"documents": documents, "package": package, "claims": (), "facts": ()})


def wrong() -> tuple[object, ...]:
    quoted = Evidence(document="d1", page=2, start=0, end=4, quote="XXXX")
    return (
        finding("TJ-5", Outcome.PASS, judgement=True),
        finding("TJ-M-finance", Outcome.MISSING, papers=(Kind.AUDIT,), title="近三年审计报告或财务报表"),
        finding("FORM-complete", Outcome.FAIL, title="申报书填写情况", evidence=(quoted,)),
        finding("TJ-2", Outcome.REVIEW, title="在天津市行政区域内"),
    )


def rounds() -> Report:
    one, two = Round(d1="XXXX. 1000. old."), Round(d1="2006. 1000. new.")
    first = one.report(finding("FORM-complete", Outcome.FAIL, evidence=(one.at("XXXX"),)), finding("TJ-5", Outcome.MISSING))
    now = two.report(finding("FORM-complete", Outcome.PASS), finding("TJ-5", Outcome.MISSING))
    found = second_round(first, now, one.texts, two.texts)
    return latin(*now.findings).model_copy(update={"second_round": found})


def converted(text: str) -> None:
    left = [line for line in text.splitlines() if to_traditional(line) != line]
    assert left == []
    assert re.search("[\u4e00-\u9fff]", text)


@pytest.mark.parametrize("made", [latin(*wrong()), rounds()], ids=["first round", "second round"])
def test_page_summary_and_sheets(made: Report) -> None:
    page = re.sub("<style>.*?</style>|<[^>]*>", " ", report_html(made, Script.HANT), flags=re.DOTALL)
    converted(page)
    converted(summary(made, [Path("out/report.html")], width=100, colour=False, script=Script.HANT))
    converted("\n".join(paragraphs(draft_sheet(made, Script.HANT))))
    book = openpyxl.load_workbook(io.BytesIO(draft_workbook(made, Script.HANT)))
    converted("\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value))
    converted("\n".join(book.sheetnames))


@pytest.mark.parametrize("kind", KINDS)
def test_letters(kind: str) -> None:
    lines = paragraphs(draft_notice(report_for(kind), Office(agency="Bureau", number="No 1"), kind=kind, script=Script.HANT).data)
    converted("\n".join(re.sub("天津范氏数控机床有限公司|天津范氏数控机床公司|1.申报书/申报书.pdf|“[^”]*”", "", line) for line in lines))


def test_the_second_letter_and_the_pre_check() -> None:
    lines = paragraphs(draft_notice(rounds(), script=Script.HANT).data)
    converted("\n".join(re.sub("“[^”]*”", "", line) for line in lines))  # a regulation is quoted as it stands
    made = latin(*wrong())
    made = made.model_copy(update={"precheck": precheck(made)})
    converted(precheck_text(made, width=100, colour=False, script=Script.HANT))
    converted(re.sub("<style>.*?</style>|<[^>]*>", " ", report_html(made, Script.HANT), flags=re.DOTALL))


def test_names_and_quotes_stay_as_they_stand() -> None:
    evidence = Evidence(document="d1", page=1, start=0, end=len(SIMPLE), quote=SIMPLE)
    made = latin(finding("FORM-name", Outcome.FAIL, message=f"申报书写作“{SIMPLE}”。", evidence=(evidence,)))
    made = made.model_copy(update={"package": made.package.model_copy(update={"applicant": SIMPLE})})
    for text in (
        report_html(made, Script.HANT),
        summary(made, width=100, colour=False, script=Script.HANT),
        "\n".join(paragraphs(draft_notice(made, script=Script.HANT).data)),
        "\n".join(p.text for p in docx.Document(io.BytesIO(draft_sheet(made, Script.HANT))).paragraphs),
    ):
        assert SIMPLE in text
        assert to_traditional(SIMPLE) not in text


def test_what_the_commands_say_is_converted_too(tmp_path: Path) -> None:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "form.txt").write_text("ACME Ltd\n天津市先進級智能工廠申報書\n申報單位：天津範氏機床有限公司\n", encoding="utf-8")
    out = tmp_path / "out"
    arguments = ["check", str(tmp_path / "acme"), "--checklist", "tianjin-advanced", "--as-of", "2026-11-22", "--script", "hant"]
    converted(CliRunner().invoke(main, [*arguments, "--out", str(out)]).output)
    converted(CliRunner().invoke(main, ["notice", str(out / "report.json"), "--script", "hant", "--out", str(out / "x.docx")]).output)
