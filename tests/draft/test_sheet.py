"""The review sheet holds every item once."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import docx
import openpyxl
import pytest

from docproc.draft import draft_sheet, draft_workbook
from docproc.model import Outcome, PackageOutcome, Script
from docproc.rounds import second_round
from tests.reports import deficient, finding, report
from tests.rounds.made import FORM, Round


def rows(data: bytes) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in docx.Document(io.BytesIO(data)).tables[0].rows]


def test_every_item_has_one_row() -> None:
    table = rows(draft_sheet(deficient()))
    assert [row[1] for row in table[1:]] == [entry.item for entry in deficient().findings]
    assert table[2][4] == "缺少"
    assert table[1][4] == "符合（专家评判）"
    assert table[3][6].startswith("1.申报书/申报书.pdf第2页")


def test_a_package_to_be_reviewed_gets_its_sheet() -> None:
    assert rows(draft_sheet(report(PackageOutcome.REVIEW, finding("TJ-2", Outcome.REVIEW))))[1][4] == "待核"


def test_unread_files_are_named() -> None:
    text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(draft_sheet(deficient()))).paragraphs)
    assert "2.证照/营业执照.pdf：第1页是扫描图像" in text


def test_traditional_and_deterministic() -> None:
    assert draft_sheet(deficient()) == draft_sheet(deficient())
    assert rows(draft_sheet(deficient(), Script.HANT))[0][2] == "審查內容"


def book(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_the_workbook_has_a_row_an_item_frozen_heads_and_filters() -> None:
    sheet = book(draft_workbook(deficient())).worksheets[0]
    head = next(row for row in sheet.iter_rows() if row[0].value == "序号")
    assert [cell.value for cell in head][-1] == "审查人意见"
    assert [sheet.cell(head[0].row + n, 2).value for n in range(1, 4)] == [entry.item for entry in deficient().findings]
    assert sheet.freeze_panes == f"D{head[0].row + 1}"
    assert sheet.auto_filter.ref == f"A{head[0].row}:H{head[0].row + 3}"
    assert sheet.print_title_rows == f"${head[0].row}:${head[0].row}"
    assert book(draft_workbook(deficient())).sheetnames == ["形式审查表", "未读取的内容"]


@pytest.mark.parametrize("text", ["=1+1", "+cmd|'/c calc'!A1", "-2", "@SUM(A1)", "\t=1", "\x00=1", "＝HYPERLINK(1)", "'=1", "=" * 40_000])
def test_no_cell_is_a_formula(text: str) -> None:
    made = report(PackageOutcome.DEFICIENT, finding("FORM-name", Outcome.FAIL, message=text, title=text), applicant=text)
    for sheet in book(draft_workbook(made)).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n", "inlineStr"), cell.coordinate
                assert cell.value is None or cell.quotePrefix


def test_the_workbook_is_traditional_on_request_and_deterministic() -> None:
    assert draft_workbook(deficient()) == draft_workbook(deficient())
    assert book(draft_workbook(deficient(), Script.HANT)).sheetnames[0] == "形式審查表"


def test_the_second_round_stands_beside_the_first_in_both_sheets() -> None:
    one, two = Round(d1=FORM), Round(d1=FORM.replace("第一", "第三"))
    first = one.report(finding("FORM-complete", Outcome.FAIL, evidence=(one.at("XXX"),)))
    now = two.report(finding("FORM-complete", Outcome.PASS))
    made = now.model_copy(update={"second_round": second_round(first, now, one.texts, two.texts)})
    lines = [[cell.value for cell in row] for row in book(draft_workbook(made)).worksheets[1].iter_rows()]
    assert [line[0] for line in lines[-2:]] == ["已补正", "未要求而改动"]
    assert lines[-1][2:4] == ["公司产品在华北市场占有率第一。", "公司产品在华北市场占有率第三。"]
    table = docx.Document(io.BytesIO(draft_sheet(made))).tables[1]
    assert [row.cells[0].text for row in table.rows] == ["结果", "已补正", "未要求而改动"]
    assert len(docx.Document(io.BytesIO(draft_sheet(deficient()))).tables) == 1


@pytest.mark.program("soffice")
def test_the_workbook_opens_in_libreoffice(tmp_path: Path) -> None:
    (tmp_path / "sheet.xlsx").write_bytes(draft_workbook(deficient()))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += ["--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(tmp_path / "sheet.xlsx")], check=True, capture_output=True, timeout=300)
    text = (tmp_path / "sheet.csv").read_text(encoding="utf-8")
    for entry in deficient().findings:
        assert entry.item in text


def test_a_sheet_is_written_while_somebody_holds_the_elements(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dask's profiler, or a debugger, looks at the frames of other threads, and holds what they hold for a moment."""
    from docxtpl import DocxTemplate

    held: list[object] = []
    mend = DocxTemplate.fix_tables

    def holding(self: object, xml: str) -> object:
        held.append(mend(self, xml))
        return held[-1]

    plain = draft_sheet(deficient())
    monkeypatch.setattr(DocxTemplate, "fix_tables", holding)
    assert draft_sheet(deficient()) == plain
    assert held
