"""What is drawn over the cells of an .ods, and its cells of per cent."""

from __future__ import annotations

import pytest

from docproc.model import Role
from docproc.readers import read_bytes
from docproc.readers.ods_parts import drawings, percent_cells, tables_of
from docproc.readers.sheet_drawings import Drawn
from tests.readers.word_files import zipped

_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = " ".join(
    f'xmlns:{short}="{_ODF}:{name}:1.0"'
    for short, name in (("office", "office"), ("table", "table"), ("text", "text"), ("draw", "drawing"), ("svg", "svg-compatible"))
)


def ods(*sheets: str) -> bytes:
    tables = "".join(f'<table:table table:name="{number}">{sheet}</table:table>' for number, sheet in enumerate(sheets))
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": manifest,
            "content.xml": f"<office:document-content {_NAMES}><office:body><office:spreadsheet>{tables}</office:spreadsheet>"
            "</office:body></office:document-content>",
        }
    )


def number(value: str, kind: str = "float", repeated: int = 1) -> str:
    return (
        f'<table:table-cell office:value-type="{kind}" office:value="{value}" table:number-columns-repeated="{repeated}">'
        "<text:p>x</text:p></table:table-cell>"
    )


def row(*cells: str, repeated: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}</table:table-row>'


def frame(inside: str, width: str = "8cm", height: str = "60mm") -> str:
    return f'<table:shapes><draw:frame svg:width="{width}" svg:height="{height}">{inside}</draw:frame></table:shapes>'


def test_words_drawn_over_a_sheet_and_cells_of_per_cent() -> None:
    box = frame("<draw:text-box><text:p>近三年 未发生</text:p><text:p/></draw:text-box>")
    content = read_bytes("表.ods", ods(row(number("0.5", "percentage"), number("0.5")), box + row(number("3"))))
    assert content.text == "50%\t0.5\f3\n近三年 未发生"
    assert [block.role for block in content.blocks if block.cell is None] == [Role.TEXTBOX]
    assert content.losses == ()


@pytest.mark.parametrize(("width", "height", "count"), [("8cm", "6cm", 1), ("1cm", "6mm", 0), ("", "", 1), ("2in", "200pt", 1)])
def test_pictures_are_counted(width: str, height: str, count: int) -> None:
    tables = tables_of(ods(frame("<draw:image/>", width, height)))
    assert drawings(tables).get(0, Drawn()).pictures == count


def test_charts_are_named_as_not_read() -> None:
    content = read_bytes("表.ods", ods(frame("<draw:object/><draw:image/>") + row(number("3"))))
    assert [(loss.code, loss.count) for loss in content.losses] == [("chart", 1)]


def test_repeated_cells_count() -> None:
    tables = tables_of(ods(row(number("1"), repeated=2) + row(number("1", repeated=3), number("0.1", "percentage", 2))))
    assert percent_cells(tables) == {0: frozenset({(2, 3), (2, 4)})}


def test_the_empty_rest_of_a_sheet_is_not_walked() -> None:
    assert percent_cells(tables_of(ods(row(number("0.1", "percentage", 16384), repeated=1048576)))) == {}


def test_another_file_has_no_tables() -> None:
    assert tables_of(b"PK") == []
    assert tables_of(zipped({"a": "b"})) == []
