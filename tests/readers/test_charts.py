"""Charts and drawings of Office files: their words and figures are read, and what cannot be read is counted."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.drawing.image import Image as Inserted
from PIL import Image

from docproc.model import Content, Residue, Role
from docproc.readers.sheet import read as read_sheet
from docproc.readers.word import read
from tests.readers.word_files import docx, paragraph

_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_CX = "http://schemas.microsoft.com/office/drawing/2014/chartex"
_STRICT = "http://purl.oclc.org/ooxml/drawingml/chart"


def _drawing(number: int = 1, namespace: str = _C) -> str:
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="4000000" cy="3000000"/><a:graphic><a:graphicData>'
        f'<c:chart xmlns:c="{namespace}" r:id="chart{number}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def _rich(words: str) -> str:
    return f"<c:tx><c:rich><a:p><a:r><a:t>{words}</a:t></a:r></a:p></c:rich></c:tx>"


def _points(*values: str) -> str:
    return "".join(f'<c:pt idx="{index}"><c:v>{value}</c:v></c:pt>' for index, value in enumerate(values) if value)


def _names(*values: str) -> str:
    return f"<c:strRef><c:f>Sheet1!A1</c:f><c:strCache>{_points(*values)}</c:strCache></c:strRef>"


def _figures(code: str, *values: str) -> str:
    return f"<c:numRef><c:numCache><c:formatCode>{code}</c:formatCode>{_points(*values)}</c:numCache></c:numRef>"


def _series(name: str, categories: str, values: str) -> str:
    return f"<c:ser><c:tx>{_names(name)}</c:tx><c:cat>{categories}</c:cat><c:val>{values}</c:val></c:ser>"


def _chart(*series: str, title: str = "近三年营业收入", axis: str = "万元", namespace: str = _C) -> str:
    return (
        f'<c:chartSpace xmlns:c="{namespace}" xmlns:a="{_A}"><c:chart><c:title>{_rich(title)}</c:title><c:plotArea><c:barChart>'
        f"{''.join(series)}</c:barChart><c:valAx><c:title>{_rich(axis)}</c:title></c:valAx></c:plotArea></c:chart></c:chartSpace>"
    )


_YEARS = _names("2023年", "2024年", "2025年")
_REVENUE = _series("营业收入", _YEARS, _figures("General", "12066.58", "13334.560000000001", "13886.06"))
_SHARE = _series("研发占比", _YEARS, _figures("0.0%", "0.051", "", "0.065"))


def _cells(content: Content) -> list[tuple[int, int, str]]:
    return [
        (block.cell.row, block.cell.column, "".join(content.text[slice(*span)] for span in block.spans))
        for block in content.blocks
        if block.cell is not None
    ]


def test_a_chart_is_its_titles_and_a_table() -> None:
    content = read(docx(paragraph("正文") + paragraph(_drawing()), chart1=_chart(_REVENUE, _SHARE)))
    lines = [
        "正文",
        "",
        "近三年营业收入",
        "万元",
        "\t营业收入\t研发占比",
        "2023年\t12066.58\t5.1%",
        "2024年\t13334.56\t",
        "2025年\t13886.06\t6.5%",
    ]
    assert content.text.split("\n") == lines
    assert {(2, 1, "13334.56"), (2, 2, "")} <= set(_cells(content))
    assert [block.role for block in content.blocks][1:3] == [Role.TEXTBOX, Role.TEXTBOX]
    assert not content.losses


def test_series_over_other_categories_are_another_table() -> None:
    other = _series("用户数", _names("一期", "二期"), _figures("General", "3", "5"))
    content = read(docx(paragraph(_drawing()), chart1=_chart(_REVENUE, other)))
    assert {block.cell.table for block in content.blocks if block.cell is not None} == {0, 1}
    assert content.text.endswith("\t用户数\n一期\t3\n二期\t5")


def test_categories_in_two_levels() -> None:
    levels = (
        f"<c:multiLvlStrRef><c:multiLvlStrCache><c:lvl>{_points('一季度', '二季度', '一季度')}</c:lvl>"
        '<c:lvl><c:pt idx="0"><c:v>2024年</c:v></c:pt><c:pt idx="2"><c:v>2025年</c:v></c:pt></c:lvl>'
        "</c:multiLvlStrCache></c:multiLvlStrRef>"
    )
    content = read(docx(paragraph(_drawing()), chart1=_chart(_series("产值", levels, _figures("General", "1", "2", "3")))))
    assert content.text.endswith("2024年 一季度\t1\n2024年 二季度\t2\n2025年 一季度\t3")


@pytest.mark.parametrize(
    ("code", "stored", "shown"),
    [
        ("yyyy/m/d", "45658", "2025-01-01"),
        ('yyyy"年"m"月"d"日"', "45658", "2025-01-01"),
        ("0%", "0.7", "70%"),
        ("General", "1e3", "1000"),
        ('0.00"台%"', "5", "5"),
        ("General", "#N/A", "#N/A"),
        ("0%", "nan", "nan"),
        ("General", "1e400", "1e400"),
        ("yyyy/m/d", "99999999999", "99999999999"),
    ],
)
def test_figures_as_their_format_shows_them(code: str, stored: str, shown: str) -> None:
    content = read(docx(paragraph(_drawing()), chart1=_chart(_series("值", _names("甲"), _figures(code, stored)))))
    assert content.text.endswith(f"甲\t{shown}")


def test_a_strict_file_and_a_newer_kind_of_chart() -> None:
    strict = read(docx(paragraph(_drawing(namespace=_STRICT)), chart1=_chart(_REVENUE, namespace=_STRICT)))
    assert strict.text.endswith("2025年\t13886.06")
    newer = (
        f'<cx:chartSpace xmlns:cx="{_CX}" xmlns:a="{_A}"><cx:chartData><cx:data id="0"><cx:strDim type="cat"><cx:lvl ptCount="2">'
        '<cx:pt idx="0">线索</cx:pt><cx:pt idx="1">合同</cx:pt></cx:lvl></cx:strDim><cx:numDim type="val"><cx:lvl formatCode="0%">'
        '<cx:pt idx="0">1</cx:pt><cx:pt idx="1">0.4</cx:pt></cx:lvl></cx:numDim></cx:data></cx:chartData><cx:chart><cx:title><cx:tx>'
        "<cx:txData><cx:v>转化</cx:v></cx:txData></cx:tx></cx:title><cx:plotArea><cx:plotAreaRegion><cx:series><cx:tx><cx:txData>"
        '<cx:v>比例</cx:v></cx:txData></cx:tx><cx:dataId val="0"/></cx:series></cx:plotAreaRegion></cx:plotArea></cx:chart></cx:chartSpace>'
    )
    content = read(docx(paragraph(_drawing(namespace=_CX)), chart1=newer))
    assert content.text.strip() == "转化\n\t比例\n线索\t100%\n合同\t40%"


@pytest.mark.parametrize(
    "part", ["<c:chartSpace", "", f'<c:chartSpace xmlns:c="{_C}"/>', _chart(*[_series("多", _YEARS, _figures("0", *"1" * 3000))] * 7)]
)
def test_a_chart_that_cannot_be_read_is_counted(part: str) -> None:
    content = read(docx(paragraph("正文") + paragraph(_drawing()), **({"chart1": part} if part else {})))
    assert [(loss.code, loss.count) for loss in content.losses] == [("chart", 1)]
    assert content.text.startswith("正文")


def test_a_chart_in_a_header_is_in_the_header() -> None:
    from tests.readers.word_files import part

    body = docx(
        paragraph("正文"),
        section='<w:headerReference r:id="header1"/>',
        header1=part("hdr", paragraph(_drawing())),
        chart1=_chart(_REVENUE),
    )
    content = read(_with(body, "word/_rels/header1.xml.rels", "chart1"))
    assert {block.role for block in content.blocks} == {Role.PARAGRAPH, Role.HEADER}
    assert not [trace for trace in content.traces if trace.residue is Residue.HIDDEN_TEXT]


def _with(data: bytes, name: str, relation: str) -> bytes:
    buffer = BytesIO()
    buffer.write(data)
    with zipfile.ZipFile(buffer, "a") as archive:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
        archive.writestr(
            name,
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="{relation}" Type="{kind}" Target="{relation}.xml"/></Relationships>',
        )
    return buffer.getvalue()


def _workbook() -> Workbook:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("年度", "营业收入"), ("2024年", 13334.56), ("2025年", 13886.06)):
        sheet.append(row)
    chart = BarChart()
    chart.title = "近两年营业收入（万元）"
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    sheet.add_chart(chart, "E2")
    return book


def test_words_drawn_over_a_sheet_follow_its_cells() -> None:
    book = _workbook()
    book.create_sheet("第二张")["A1"] = "下一页"
    buffer = BytesIO()
    book.save(buffer)
    content = read_sheet(buffer.getvalue())
    assert content.text == "年度\t营业收入\n2024年\t13334.56\n2025年\t13886.06\n近两年营业收入（万元）\f下一页"
    assert next(block.role for block in content.blocks if block.cell is None) is Role.TEXTBOX
    assert not content.losses


def test_pictures_in_a_workbook_are_counted() -> None:
    book = _workbook()
    sheet = book.active
    assert sheet is not None
    picture, buffer = BytesIO(), BytesIO()
    Image.new("RGB", (800, 600), "white").save(picture, "PNG")
    sheet.add_image(Inserted(picture), "A9")
    book.save(buffer)
    content = read_sheet(buffer.getvalue())
    assert [(loss.code, loss.count) for loss in content.losses] == [("picture", 1)]


def test_a_damaged_drawing_costs_no_cell() -> None:
    buffer = BytesIO()
    _workbook().save(buffer)
    broken = BytesIO()
    with zipfile.ZipFile(buffer) as whole, zipfile.ZipFile(broken, "w") as archive:
        for name in whole.namelist():
            archive.writestr(name, b"<xdr" if name.startswith("xl/drawings/drawing") else whole.read(name))
    content = read_sheet(broken.getvalue())
    assert content.text.startswith("年度\t营业收入")
    assert [loss.code for loss in content.losses] == ["damaged"]
