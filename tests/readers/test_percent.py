"""A cell formatted as per cent reads as it shows."""

from __future__ import annotations

import struct
from io import BytesIO

import pytest
from openpyxl import Workbook

from docproc.readers.percent import is_percent, shown
from docproc.readers.sheet import read
from docproc.readers.xls_records import percent_cells, records_of
from tests.readers.compound_files import compound
from tests.readers.test_xls_drawings import END, begin, record


@pytest.mark.parametrize(
    ("code", "wanted"),
    [("0%", True), ("0.00%;[Red]-0.00%", True), ('0.0"%"', False), ("0\\\\%", False), ("General", False), ("_%0", False)],
)
def test_formats(code: str, wanted: bool) -> None:
    assert is_percent(code.replace("\\\\", "\\")) is wanted


@pytest.mark.parametrize(
    ("number", "words"), [(0.65, "65%"), (0.825, "82.5%"), (1, "100%"), (-0.031, "-3.1%"), (0.07, "7%"), (1e-9, "1e-07%")]
)
def test_figures(number: float, words: str) -> None:
    assert shown(number) == words


def test_xlsx() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["数控化率", 0.825, 0.5, "0.5", True])
    for column in (2, 4, 5):
        sheet.cell(1, column).number_format = "0.0%"
    other = book.create_sheet("二")
    other["C3"] = 0.9
    other["C3"].number_format = "0%"
    buffer = BytesIO()
    book.save(buffer)
    assert read(buffer.getvalue()).text == "数控化率\t82.5%\t0.5\t0.5\t是\f\t\t\n\t\t\n\t\t90%"


def test_xls() -> None:
    used = b"".join(record(0xE0, struct.pack("<HH", 0, number)) for number in (0, 9, 170, 10))
    formats = record(0x41E, struct.pack("<HHB", 170, 6, 0) + b"0.000%")
    formats += record(0x41E, struct.pack("<HHB", 10, 3, 1) + "元0".encode("utf-16-le"))
    cells = record(0x203, struct.pack("<HHHd", 4, 2, 1, 0.5)) + record(0x27E, struct.pack("<HHHL", 5, 0, 0, 0))
    cells += record(0xBD, struct.pack("<HHHLHLHLH", 7, 3, 0, 0, 2, 0, 3, 0, 5)) + record(0x06, struct.pack("<HHHd8x", 9, 9, 2, 0.1))
    named = record(0x85, struct.pack("<LHBB", 0, 0, 1, 0) + b"x")
    at = len(begin(0x05) + used + formats + named + END)
    named = record(0x85, struct.pack("<LHBB", at, 0, 1, 0) + b"x")
    stream = begin(0x05) + used + formats + named + END + begin(0x10) + cells + END
    assert percent_cells(records_of(compound({"Workbook": stream}))) == {0: frozenset({(4, 2), (7, 4), (9, 9)})}
