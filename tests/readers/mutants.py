"""Damaged files of every format, the same ones for the same seed: bytes changed, cut, doubled and moved, in the file or inside its zip."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO

from tests.readers.doc_files import Word97, cells, doc, line, listed
from tests.readers.ofd_files import grid, layer, ofd, page, root, text
from tests.readers.test_other_archives import rar, tar
from tests.readers.word_files import cell, docx, paragraph, part, row, table, zipped

_TEMPLATE = root("Page", layer(text("发票号码：", 10, 20)))
_LIST = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
_NUMBERING = part(
    "numbering", f'<w:abstractNum w:abstractNumId="0">{_LIST}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def seeds() -> dict[str, bytes]:
    """A sound file of each format, by name."""
    return {
        "申报书.docx": _docx(),
        "旧表.doc": doc(
            Word97([line("总则", style=1), listed("细"), *cells("企业名称", "甲公司"), line("\x13 PAGE \x141\x15")], levels=((37, "\0、"),))
        ),
        "旧表.rtf": _rtf(),
        "发票.ofd": ofd(
            page(text("正文的文字", 10, 20), grid([10, 40, 90], [10, 20, 30]), template='<ofd:Template TemplateID="7"/>'),
            **{"Tpls__7.xml": _TEMPLATE},
        ),
        "报告.pdf": _pdf(),
        "台账.xlsx": _xlsx(),
        "说明.txt": "近三年未发生较大及以上安全事故。\n".encode("gb18030") * 5,
        "表.csv": '年份,营收\n2024,"1,200"\n'.encode() * 3,
        "网页.html": "<html><body><p>企业名称</p><table><tr><td>甲<td>乙</table></body></html>".encode(),
        "执照.png": _png(),
        "附件.zip": zipped({"甲.txt": "甲", "乙.docx": docx(paragraph("乙"))}),
        "附件.tar": tar({"甲.txt": "甲".encode(), "乙.csv": b"1,2"}),
        "附件.tgz": tar({"甲.txt": "甲".encode()}, "w:gz"),
    }


def slow_seeds() -> dict[str, bytes]:
    """Formats of which each file costs a process of its own."""
    return {"附件.rar": rar({"甲.txt": "甲".encode()})}


def mutants(count: int, seed: int, sound: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """So many damaged files, with names of their own."""
    chance = random.Random(seed)
    names = list(sound)
    for number in range(count):
        name = names[number % len(names)]
        data = sound[name]
        inside = zipfile.is_zipfile(BytesIO(data)) and chance.random() < 0.75
        yield f"{number:04d}{name}", _rezipped(data, chance) if inside else mutated(data, chance)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The bytes after one to four kinds of damage."""
    body = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        if not body:
            break
        chance.choice(_DAMAGES)(body, chance)
    return bytes(body)


def _change(body: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 12)):
        body[chance.randrange(len(body))] = chance.randrange(256)


def _extreme(body: bytearray, chance: random.Random) -> None:
    """A number made as large or as small as it goes."""
    at = chance.randrange(len(body))
    body[at : at + 4] = chance.choice([b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", b"\0\0\0\x80", b"9999"])


def _cut(body: bytearray, chance: random.Random) -> None:
    del body[chance.randrange(len(body)) :]


def _drop(body: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(body))
    del body[at : at + chance.randint(1, 64)]


def _double(body: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(body))
    piece = body[at : at + chance.randint(1, 200)]
    body[at:at] = piece * chance.randint(1, 20)


def _swap(body: bytearray, chance: random.Random) -> None:
    one, other = sorted(chance.randrange(len(body)) for _ in range(2))
    body[one : one + 32], body[other : other + 32] = body[other : other + 32], body[one : one + 32]


_DAMAGES: tuple[Callable[[bytearray, random.Random], None], ...] = (_change, _change, _extreme, _cut, _drop, _double, _swap)


def _rezipped(data: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        files: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(files))
    content = files[name]
    if chance.random() < 0.1:
        del files[name]
    elif isinstance(content, bytes):
        files[name] = mutated(content, chance)
    return zipped(files)


def _docx() -> bytes:
    merged = table(row(cell("基本情况", '<w:vMerge w:val="restart"/>'), "名称"), row(cell("", "<w:vMerge/>"), "甲公司"))
    numbered = paragraph("总则", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    edited = "<w:ins><w:r><w:t>二百</w:t></w:r></w:ins><w:del><w:r><w:delText>一百</w:delText></w:r></w:del>"
    heading = part("hdr", paragraph("智能工厂"))
    body = numbered + merged + paragraph(edited)
    return docx(body, section='<w:headerReference w:type="default" r:id="header1"/>', header1=heading, numbering=_NUMBERING)


def _rtf() -> bytes:
    fonts = rb"{\fonttbl{\f0\fcharset134 \'cb\'ce;}{\f1\fcharset2 Wingdings 2;}}"
    grid_row = rb"\trowd\cellx2000\cellx4000\pard\intbl \'c6\'f3\cell \u20225?\cell\row\pard "
    return (
        rb"{\rtf1\ansi\ansicpg936\deff0" + fonts + grid_row + rb"{\field{\*\fldinst PAGE}{\fldrslt 1}}{\f1 R}{\deleted x}\par{\footnote y}}"
    )


def _pdf() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for number in range(2):
        canvas.drawString(72, 700, f"GB/T 39116-2020 page {number}")
        canvas.grid([72, 172, 272], [500, 550, 600])
        canvas.drawString(80, 560, "cell")
        canvas.acroForm.textfield(name=f"name{number}", x=180, y=555, width=80, height=20, value="GB/T", fontName="Helvetica")
        canvas.acroForm.checkbox(name=f"box{number}", x=80, y=510, checked=True)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _xlsx() -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    def relations(name: str, target: str) -> str:
        entry = f'<Relationship Id="a" Type="{kind}/{name}" Target="{target}"/>'
        return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{entry}</Relationships>'

    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>年份</t></is></c><c r="B1"><v>2024</v></c></row>'
    book = f'<workbook xmlns="{_SHEET}" xmlns:r="{kind}"><sheets><sheet name="一" sheetId="1" r:id="a"/></sheets></workbook>'
    return zipped(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": relations("officeDocument", "xl/workbook.xml"),
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": relations("worksheet", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SHEET}"><sheetData>{rows}</sheetData></worksheet>',
        }
    )


def _png() -> bytes:
    from PIL import Image

    buffer = BytesIO()
    Image.new("RGB", (60, 40), (200, 30, 30)).save(buffer, "PNG")
    return buffer.getvalue()
