"""Pictures, pasted sheets and embedded files of a Word file: what may hold text that was not read is said."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from docproc.model import Content
from docproc.readers.word import read
from tests.readers.word_files import docx, paragraph


@pytest.fixture(autouse=True)
def _without_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docproc.readers.ocr.engine.available", lambda: False)


def codes(content: Content) -> list[str]:
    return [loss.code for loss in content.losses]


def _picture(pixels: tuple[int, int], centimetres: tuple[float, float], words: str = "正文" * 60) -> Content:
    buffer = BytesIO()
    Image.linear_gradient("L").resize(pixels).save(buffer, "PNG")
    extent = f'<wp:extent cx="{int(centimetres[0] * 360_000)}" cy="{int(centimetres[1] * 360_000)}"/>'
    drawing = f'<w:r><w:drawing><wp:inline>{extent}<a:graphic><a:blip r:embed="image1"/></a:graphic></wp:inline></w:drawing></w:r>'
    return read(docx(paragraph(words) + paragraph(drawing) + paragraph(drawing), image1=buffer.getvalue()))


def test_picture_large_enough_for_text_is_a_loss_counted_once() -> None:
    assert [(loss.code, loss.count) for loss in _picture((1200, 800), (14, 9)).losses] == [("picture", 1)]


def test_pasted_scan_is_an_unread_page() -> None:
    assert codes(_picture((1200, 1700), (15, 21), "营业执照")) == ["unread_page"]


@pytest.mark.parametrize(
    ("centimetres", "found"),
    [
        ((14.6, 10.3), "unread_page"),  # paper on its side, as wide as the text
        ((16.0, 22.0), "unread_page"),
        ((14.6, 10.95), "picture"),  # a photograph
        ((14.6, 9.73), "picture"),
        ((14.6, 8.2), "picture"),  # a screen
        ((9.9, 7.0), "picture"),
    ],
)
def test_pasted_sheet_beside_full_text_is_an_unread_page(centimetres: tuple[float, float], found: str) -> None:
    assert [(loss.code, loss.count) for loss in _picture((1200, 900), centimetres, "正文" * 400).losses] == [(found, 1)]


@pytest.mark.parametrize(("pixels", "centimetres"), [((90, 60), (14, 9)), ((500, 500), (4.2, 4.2)), ((1200, 300), (2.5, 0.6))])
def test_ornament_and_stamp_are_no_loss(pixels: tuple[int, int], centimetres: tuple[float, float]) -> None:
    assert _picture(pixels, centimetres).losses == ()


def test_embedded_file_is_a_loss() -> None:
    body = paragraph('<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12" r:id="x"/></w:object></w:r>')
    equation = paragraph('<w:r><w:object><o:OLEObject ProgID="Equation.3" r:id="x"/></w:object></w:r>')
    assert codes(read(docx(body + equation))) == ["embedded", "formula"]


def test_embedded_workbook_is_read_as_tables_of_its_own() -> None:
    from tests.readers.mutants import seeds
    from tests.readers.word_files import row, table

    embedded = '<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12" r:id="{name}"/></w:object></w:r>'
    body = table(row("企业名称", "甲公司")) + paragraph(embedded.format(name="package1"))
    content = read(docx(body, package1=seeds()["台账.xlsx"]))
    assert content.text == "企业名称\t甲公司\n\n年份\t2024"
    assert [(block.cell.table, content.text[slice(*block.spans[0])]) for block in content.blocks if block.cell is not None] == [
        (0, "企业名称"), (0, "甲公司"), (1, "年份"), (1, "2024"),
    ]  # fmt: skip
    assert codes(content) == []
    broken = read(docx(body, package1=seeds()["台账.xlsx"][:300]))
    assert (broken.text.strip(), codes(broken)) == ("企业名称\t甲公司", ["embedded"])
