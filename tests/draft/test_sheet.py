"""The review sheet holds every item once."""

from __future__ import annotations

import io

import docx

from docproc.draft import draft_sheet
from docproc.model import Outcome, PackageOutcome, Script
from tests.reports import deficient, finding, report


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
