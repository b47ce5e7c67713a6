"""The ledger: rows and counts, no cell that a spreadsheet would run, the same bytes for the same rows."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from docproc.ledger import cells, workbook
from docproc.ledger.files import FILES, write_ledger
from docproc.ledger.rows import FindingRow, Row
from docproc.ledger.similar import Likeness, Spot
from docproc.ledger.tallies import count

DAY = date(2026, 11, 22)
HOSTILE = ('=HYPERLINK("http://x","点我")', "+1", "-1+1", "@SUM(A1)", "\t=1", "＝1+1", " =cmd|' /C calc'!A0", "\r=1")


def finding(item: str, outcome: str, message: str = "说明") -> FindingRow:
    return FindingRow(item, f"{item}的内容", outcome, None if outcome == "pass" else True, "第六条", message, "请补正", "申报书.docx第3页")


def row(number: int, outcome: str = "deficient", district: str = "津南区", **more: object) -> Row:
    values: dict[str, object] = {
        "folder": f"甲{number}",
        "package": f"甲{number}.zip",
        "applicant": f"天津甲{number}有限公司",
        "code": "91120112000010276X",
        "province": "天津市",
        "district": district,
        "level": "先进级",
        "checklist": "tianjin-advanced",
        "as_of": DAY.isoformat(),
        "outcome": outcome,
        "counts": {"pass": 1, "fail": 1, "missing": 0, "review": 0, "not_applicable": 0},
        "final": 0,
        "documents": 3,
        "pages": 12,
        "losses": 0,
        "deadline": None,
        "problems": (),
        "findings": (finding("TJ-6-6", "fail"), finding("FORM-name", "pass")),
    }
    return Row(**{**values, **more})  # type: ignore[arg-type]


ROWS = (row(1), row(2, "pass", "西青区", findings=(finding("TJ-6-6", "pass"),)), row(3, "review", "", findings=(), problems=("打不开",)))
PAIRS = (Likeness("文字", Spot("甲1.zip", "申报书.docx第3页"), Spot("甲2.zip", "申报书.pdf第5页"), 2, "换型时间缩短"),)


def written(folder: Path, rows: tuple[Row, ...] = ROWS) -> Path:
    folder.mkdir(exist_ok=True)
    write_ledger(folder, lambda: iter(rows), PAIRS, DAY)
    return folder


def test_a_row_survives_its_json() -> None:
    assert all(Row.from_json(json.loads(json.dumps(each.to_json()))) == each for each in ROWS)


def test_the_workbook_has_its_sheets_filters_and_frozen_panes(tmp_path: Path) -> None:
    book = load_workbook(written(tmp_path) / "ledger.xlsx")
    assert book.sheetnames == ["总览", "台账", "全部结果", "按审查项", "按区", "材料相似"]
    assert len(book["总览"]._charts) == 2
    for name in book.sheetnames[1:]:
        assert book[name].freeze_panes is not None
        assert book[name].auto_filter.ref
    assert book["台账"]["C2"].value == "天津甲1有限公司"
    assert book["台账"]["B2"].hyperlink.target == "./%E7%94%B21/report.html"
    assert [cell.value for cell in book["材料相似"][3]][:2] == ["文字", "甲1.zip"]


def test_rows_have_room_for_what_wraps(tmp_path: Path) -> None:
    long = row(1, findings=(finding("TJ-6-6", "fail", "很长的说明。" * 20), finding("TJ-7", "pass", "短")))
    sheet = load_workbook(written(tmp_path, (long,)) / "ledger.xlsx")["全部结果"]
    assert sheet.row_dimensions[2].height == 60
    assert sheet.row_dimensions[3].height is None


def test_counts_by_item_and_district() -> None:
    tallies = count(ROWS)
    assert tallies.outcomes == {"pass": 1, "deficient": 1, "ineligible": 0, "review": 1}
    assert [(tally.item, tally.deficient) for tally in tallies.items] == [("TJ-6-6", 1), ("FORM-name", 0)]
    assert [tally.item for tally in tallies.most_frequent(5)] == ["TJ-6-6"]
    assert {tally.district: tally.packages for tally in tallies.districts} == {"津南区": 1, "西青区": 1, "（材料中未见）": 1}


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_becomes_a_formula(tmp_path: Path, text: str) -> None:
    hostile = row(1, package=text, applicant=text, code=text, problems=(text,), findings=(finding("TJ-6-6", "fail", text),))
    folder = written(tmp_path, (hostile,))
    book = load_workbook(folder / "ledger.xlsx")
    for sheet in book:
        for line in sheet.iter_rows():
            for cell in line:
                assert cell.data_type != "f", (sheet.title, cell.coordinate)
    shown = book["台账"]["C2"]
    assert shown.quotePrefix
    for name in ("ledger.csv", "ledger-findings.csv"):
        for line in csv.reader(io.StringIO((folder / name).read_text(encoding="utf-8-sig"), newline="")):
            assert not any(cells.is_formula(value) for value in line if not value.lstrip("-").isdigit())
    with ZipFile(folder / "ledger.xlsx") as archive:
        for name in (name for name in archive.namelist() if "worksheets" in name):
            assert b"<f>" not in archive.read(name)


def test_what_a_workbook_cannot_hold_is_left_out() -> None:
    assert cells.text("甲\x00乙\ud800\u202e丙") == "甲 乙 丙"
    assert len(cells.text("长" * 40_000)) == cells.LONGEST
    assert cells.harmless("=1") == "'=1"
    assert cells.harmless("第1条") == "第1条"


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    one, other = written(tmp_path / "一"), written(tmp_path / "二")
    assert [(one / name).read_bytes() for name in FILES] == [(other / name).read_bytes() for name in FILES]


def test_json_and_csv_say_the_same(tmp_path: Path) -> None:
    folder = written(tmp_path)
    data = json.loads((folder / "ledger.json").read_text(encoding="utf-8"))
    assert [entry["package"] for entry in data["packages"]] == ["甲1.zip", "甲2.zip", "甲3.zip"]
    assert data["by_item"][0]["deficient"] == 1
    assert data["similar"]["pairs"][0]["count"] == 2
    lines = list(csv.DictReader(io.StringIO((folder / "ledger.csv").read_text(encoding="utf-8-sig"))))
    assert [line["结论"] for line in lines] == ["需补正", "通过", "待核"]
    assert (folder / "ledger.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_findings_past_a_sheets_end_go_on_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    many = tuple(row(number) for number in range(4))
    book = load_workbook(written(tmp_path, many) / "ledger.xlsx")
    assert [name for name in book.sheetnames if name.startswith("全部结果")] == ["全部结果", "全部结果2", "全部结果3"]
    assert [book[name].max_row - 1 for name in ("全部结果", "全部结果2", "全部结果3")] == [3, 3, 2]


def test_an_empty_ledger_is_a_workbook_still(tmp_path: Path) -> None:
    def none() -> Iterator[Row]:
        return iter(())

    write_ledger(tmp_path, none, (), DAY)
    assert load_workbook(tmp_path / "ledger.xlsx")["台账"].max_row == 1
