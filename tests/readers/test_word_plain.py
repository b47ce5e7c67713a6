"""The short ways through plain paragraphs and plain tables give what the full walk gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from docproc.readers import word_flow
from docproc.readers.word import read
from docproc.readers.word_plain import PlainParagraphs
from tests.readers.mutants import seeds
from tests.readers.word_files import cell, docx, paragraph, part, row, table

SAMPLES = sorted(Path(__file__).parents[2].joinpath("samples").rglob("*.docx"))
STYLES = part(
    "styles",
    '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="V"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="B"><w:rPr><w:rFonts w:ascii="Wingdings 2"/></w:rPr></w:style>',
)
BEGIN, END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
HIDDEN = '<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>显</w:t></w:r>'
TICKED = (
    '<w:r><w:rPr><w:rStyle w:val="B"/></w:rPr><w:t>R</w:t></w:r><w:r><w:t xml:space="preserve"> 是 </w:t></w:r><w:r><w:t> 否 </w:t></w:r>'
)
CONTROL = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
BODIES = [
    paragraph("一 句"),
    paragraph("标题", '<w:pStyle w:val="H"/>') + paragraph("藏", '<w:pStyle w:val="V"/>') + paragraph("显"),
    paragraph(TICKED),
    paragraph("<w:r><w:t>一\n二\t三</w:t><w:tab/><w:t>四</w:t></w:r>"),
    paragraph(HIDDEN),
    paragraph("一", "<w:rPr><w:del/></w:rPr>") + paragraph("二"),
    paragraph(BEGIN) + paragraph("指令里") + paragraph(END) + paragraph("后"),
    table(
        row(cell("甲", '<w:gridSpan w:val="2"/>'), "乙"),
        row(cell("丙", '<w:vMerge w:val="restart"/>'), "丁", ""),
        row(cell("", "<w:vMerge/>"), "戊", "己"),
    ),
    table(row(cell(table(row("内", "里"))), cell(paragraph("一") + paragraph("二")))),
    table(row(cell(paragraph("一") + paragraph(" ") + paragraph("三")), "", " "), row(), row("单")),
    table(
        row(cell("左", '<w:vMerge w:val="restart"/><w:gridSpan w:val="2"/>'), "右"),
        row(cell("", '<w:gridSpan w:val="2"/><w:vMerge/>'), "下"),
    ),
    table(row(cell("无上", "<w:vMerge/>"), "乙"), row(cell("", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"))),
    table(row("甲", properties='<w:gridBefore w:val="1"/>'), row("乙", properties="<w:ins/>"), row("丙", properties="<w:del/>")),
    table(row(cell(paragraph("藏", '<w:pStyle w:val="V"/>')), "乙"), row(cell(paragraph(TICKED)), cell(paragraph(HIDDEN)))),
    table(row(cell(paragraph("题", '<w:pStyle w:val="H"/>')), cell(paragraph(BEGIN + END)))) + paragraph("后"),
    table(row("一", "二")) + table(row(cell("<w:p><w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink></w:p>"))),
    table(CONTROL.format(f"<w:tr>{CONTROL.format(cell('控件'))}{cell('旁')}</w:tr>")),
]


@pytest.mark.parametrize("body", BODIES)
def test_both_ways_agree(body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    both(docx(body, styles=STYLES), monkeypatch)


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.name)
def test_both_ways_agree_on_the_samples(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    both(file.read_bytes(), monkeypatch)


def test_both_ways_agree_on_the_mutants_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    both(seeds()["申报书.docx"], monkeypatch)


def both(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    short = read(data)
    monkeypatch.setattr(PlainParagraphs, "read", lambda self, paragraph: None)
    monkeypatch.setattr(word_flow, "plain_rows", lambda table, plain: None)
    assert short.blocks
    assert read(data) == short
