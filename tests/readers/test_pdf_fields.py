"""Fields, ticked boxes and typewriter text of a PDF stand behind their labels; comments are traces; a dynamic form is a loss."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Text
from pypdf.generic import BooleanObject, NameObject, NumberObject, StreamObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas

from docproc.model import Content, Residue
from docproc.readers.pdf import read
from tests.readers.drawing import A4, lines, pdf, put, sheet

NAME = "天津恒岭机床有限公司"


def form(canvas: Canvas) -> None:
    put(canvas, 72, 100, "企业名称：")
    canvas.acroForm.textfield(name="name", x=150, y=A4[1] - 108, width=200, height=20, value="?", fontName="Helvetica")
    put(canvas, 72, 140, "是否规上：")
    for number, (word, ticked) in enumerate((("是", True), ("否", False))):
        canvas.acroForm.checkbox(name=word, x=150 + 50 * number, y=A4[1] - 145, checked=ticked, size=14)
        put(canvas, 170 + 50 * number, 140, word)
    put(canvas, 72, 180, "申报级别：")
    canvas.acroForm.choice(name="level", x=150, y=A4[1] - 190, width=120, height=20, value="B", options=["A", "B"], fontName="Helvetica")
    put(canvas, 72, 220, "空白项：")
    canvas.acroForm.textfield(name="blank", x=150, y=A4[1] - 228, width=200, height=20, value="", fontName="Helvetica")


def filled_in(data: bytes, flags: int = 0) -> bytes:
    """The form filled in by a program that leaves the drawing of the fields to the viewer."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    for each in writer.pages[0]["/Annots"]:  # type: ignore[attr-defined]
        field = each.get_object()
        if field.get("/T") == "name":
            field[NameObject("/V")] = TextStringObject(NAME)
            field.pop("/AP", None)
            if flags:
                field[NameObject("/F")] = NumberObject(flags)
    writer._root_object["/AcroForm"][NameObject("/NeedAppearances")] = BooleanObject(True)  # type: ignore[index]
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def rows(content: Content) -> list[str]:
    found: dict[tuple[int, int], list[str]] = {}
    for block in content.blocks:
        if block.cell is not None:
            found.setdefault((block.cell.table, block.cell.row), []).append("".join(content.text[a:b] for a, b in block.spans))
    return ["|".join(cells) for cells in found.values()]


def test_values_stand_behind_their_labels() -> None:
    content = read(filled_in(pdf(form)))
    assert rows(content) == [f"企业名称：|{NAME}", "是否规上：|☑是☐否", "申报级别：|B"]
    assert content.losses == ()
    page = content.pages[0]
    assert len(page.char_boxes) == 4 * (page.end - page.start)


def test_what_is_hidden_is_not_shown() -> None:
    assert NAME not in read(filled_in(pdf(form), flags=2)).text


def test_on_a_turned_page_the_value_is_where_it_is_seen() -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(filled_in(pdf(form)))))
    writer.pages[0].rotate(90)
    content = read(written(writer))
    at = content.text.index(NAME)
    x0, y0, x1, y1 = content.pages[0].char_boxes[4 * at : 4 * at + 4]
    assert 0 <= x0 < x1 <= A4[1]
    assert 0 <= y0 < y1 <= A4[0]


def test_typewriter_text_is_read_and_a_comment_is_a_trace() -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf(lines("企业名称：", "正文")))))
    writer.add_annotation(0, FreeText(text=f"{NAME}\n第二行", rect=(150, A4[1] - 130, 350, A4[1] - 90), font_size="12pt"))
    note = Text(text="请核对", rect=(400, 700, 420, 720))
    note[NameObject("/T")] = TextStringObject("审核人")
    writer.add_annotation(0, note)
    content = read(written(writer))
    assert NAME in content.text
    assert "第二行" in content.text
    assert "请核对" not in content.text
    assert [(trace.residue, trace.text, trace.author) for trace in content.traces] == [(Residue.COMMENT, "请核对", "审核人")]
    assert all(trace.span.end <= len(content.text) for trace in content.traces)


def test_fields_over_a_scan_lose_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docproc.readers.ocr.engine.available", lambda: False)

    def scanned(canvas: Canvas) -> None:
        from reportlab.lib.utils import ImageReader

        canvas.drawImage(ImageReader(sheet(20)), 0, 0, *A4)
        canvas.acroForm.textfield(name="name", x=150, y=A4[1] - 108, width=200, height=20, value="Hengling", fontName="Helvetica")

    content = read(pdf(scanned))
    assert content.text.strip() == "Hengling"
    assert [(loss.code, loss.pages) for loss in content.losses] == [("unread_page", (1,))]


def test_a_dynamic_form_is_a_loss() -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf(form))))
    packet = StreamObject()
    packet.set_data(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>")
    writer._root_object["/AcroForm"][NameObject("/XFA")] = writer._add_object(packet)  # type: ignore[index]
    writer._root_object[NameObject("/NeedsRendering")] = BooleanObject(True)
    assert [loss.code for loss in read(written(writer)).losses] == ["unsupported"]
