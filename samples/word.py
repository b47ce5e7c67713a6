"""Prints papers as Word files: tables with merged cells, boxes as characters or controls, and what a hurried author leaves."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import datetime
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from lxml import etree
from papers.blocks import Break, Paper, Space, Table, Text

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
NAMES = f'xmlns:w="{W}" xmlns:w14="{W14}"'
DAY = "2026-10-16T09:00:00Z"
AUTHOR = "莫须友"
FOOT = "虚构材料，仅供软件演示"
ALIGN = {"centre": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT, "left": WD_ALIGN_PARAGRAPH.LEFT}
SIZES = {"cover": 26, "title": 18, "h1": 15, "h2": 13, "h3": 12, "rule": 14, "small": 9}


def print_paper(paper: Paper, show: Callable[[str], str], manner: Mapping[str, Any]) -> bytes:
    """A .docx, the same bytes each time. `manner`: controls (boxes as content controls), revise ({old: new}), comment ({at, text})."""
    document = docx.Document()
    _page(document, paper, show)
    for block in paper.blocks:
        match block:
            case Text():
                _line(document.add_paragraph(), show(block.text), block.style, manner)
            case Table():
                _table(document, block, show, manner)
            case Space():
                document.add_paragraph().paragraph_format.space_after = Mm(min(block.height, 20))
            case Break():
                document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    for old, new in (manner.get("revise") or {}).items():
        _revise(document, show(old), show(new))
    if "comment" in manner:
        _comment(document, show(manner["comment"]["at"]), show(manner["comment"]["text"]))
    document.core_properties.title = show(paper.running)
    document.core_properties.author = AUTHOR
    document.core_properties.created = document.core_properties.modified = datetime(2026, 10, 16, 9)
    buffer = BytesIO()
    document.save(buffer)
    return _same_each_time(buffer.getvalue())


def _page(document: Any, paper: Paper, show: Callable[[str], str]) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "宋体", Pt(12)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(26)
    section.header.paragraphs[0].text = show(paper.running)
    section.header.paragraphs[0].alignment = ALIGN["centre"]
    foot = section.footer.paragraphs[0]
    foot.alignment = ALIGN["centre"]
    foot.add_run(show(FOOT)).font.size = Pt(7.5)
    foot._p.append(parse_xml(f'<w:fldSimple {NAMES} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'))


def _line(paragraph: Paragraph, text: str, style: str, manner: Mapping[str, Any]) -> None:
    if style in ("h1", "h2", "h3"):
        paragraph.style = f"Heading {style[1]}"
    if style in ("cover", "title", "centre"):
        paragraph.alignment = ALIGN["centre"]
    elif style == "right":
        paragraph.alignment = ALIGN["right"]
    elif style == "body":
        paragraph.paragraph_format.first_line_indent = Pt(24)
    if style == "rule" and "：" in text:
        label, value = text.split("：", 1)
        _run(paragraph, label + "：", 14)
        _run(paragraph, value, 14).underline = True
        return
    _boxed(paragraph, text, SIZES.get(style, 12), manner, bold=style in ("cover", "title", "h1", "h2"))


def _run(paragraph: Paragraph, text: str, size: float, *, bold: bool = False) -> Any:
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold
    run.font.name = "黑体" if bold else "宋体"
    run._r.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), "黑体" if bold else "宋体")
    return run.font


def _boxed(paragraph: Paragraph, text: str, size: float, manner: Mapping[str, Any], *, bold: bool = False) -> None:
    """The text, its boxes as content controls where the author used those."""
    if not manner.get("controls"):
        _run(paragraph, text, size, bold=bold)
        return
    for part in re.split("([☑☐□])", text):
        if part in ("☑", "☐", "□"):
            paragraph._p.append(parse_xml(_control(part == "☑")))
        elif part:
            _run(paragraph, part, size, bold=bold)


def _control(ticked: bool) -> str:
    box = "☑" if ticked else "☐"
    states = '<w14:checkedState w14:val="2611" w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/>'
    properties = f'<w:sdtPr><w14:checkbox><w14:checked w14:val="{int(ticked)}"/>{states}</w14:checkbox></w:sdtPr>'
    return f"<w:sdt {NAMES}>{properties}<w:sdtContent><w:r><w:t>{box}</w:t></w:r></w:sdtContent></w:sdt>"


def _table(document: Any, block: Table, show: Callable[[str], str], manner: Mapping[str, Any]) -> None:
    printed = document.add_table(rows=len(block.rows), cols=len(block.widths), style="Table Grid")
    printed.autofit = False
    for column, width in zip(printed.columns, block.widths, strict=True):
        column.width = Mm(width)
    covered: set[tuple[int, int]] = set()
    for r, row in enumerate(block.rows):
        column = 0
        for cell in row:
            while (r, column) in covered:
                column += 1
            place: _Cell = printed.cell(r, column)
            if cell.across > 1 or cell.down > 1:
                place = place.merge(printed.cell(r + cell.down - 1, column + cell.across - 1))
            place.width = Mm(sum(block.widths[column : column + cell.across]))
            paragraph = place.paragraphs[0]
            paragraph.alignment = ALIGN[cell.align]
            _boxed(paragraph, show(cell.text), 10.5, manner, bold=cell.head)
            covered.update((r + down, column + right) for down in range(cell.down) for right in range(cell.across))
            column += cell.across
    document.add_paragraph()


def _find(document: Any, words: str) -> tuple[Paragraph, Any]:
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            if words in run.text:
                return paragraph, run
    raise ValueError(f"words to mark are not in the text: {words}")


def _split(run: Any, words: str) -> Any:
    """Splits a run so that the words are a run of their own, and returns it."""
    before, after = run.text.split(words, 1)
    element = run._r
    tail, middle = deepcopy(element), deepcopy(element)
    for piece, text in ((element, before), (middle, words), (tail, after)):
        piece.find(qn("w:t")).text = text
        piece.find(qn("w:t")).set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    element.addnext(middle)
    middle.addnext(tail)
    return middle


def _revise(document: Any, old: str, new: str) -> None:
    """Leaves a tracked change: `old` struck out, `new` put in."""
    middle = _split(_find(document, old)[1], old)
    marks = f'w:author="{AUTHOR}" w:date="{DAY}"'
    deleted = parse_xml(f'<w:del {NAMES} w:id="901" {marks}/>')
    inserted = parse_xml(f'<w:ins {NAMES} w:id="902" {marks}/>')
    addition = deepcopy(middle)
    addition.find(qn("w:t")).text = new
    inserted.append(addition)
    middle.addprevious(deleted)
    deleted.append(middle)
    middle.find(qn("w:t")).tag = qn("w:delText")
    deleted.addnext(inserted)


def _comment(document: Any, at: str, text: str) -> None:
    paragraph, run = _find(document, at)
    middle = _split(run, at)
    marked = next(candidate for candidate in paragraph.runs if candidate._r is middle)
    comment = document.add_comment(marked, text=text, author=AUTHOR, initials="莫")
    comment._comment_elm.set(qn("w:date"), DAY)


def _same_each_time(data: bytes) -> bytes:
    """The package written again with fixed times, its parts in order of name; [Content_Types].xml first."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            part = source.read(name)
            if name.endswith("thumbnail.jpeg"):
                part = b""
            elif name.endswith(".xml"):
                part = etree.tostring(etree.fromstring(part), xml_declaration=True, encoding="UTF-8", standalone=True)
            target.writestr(zipfile.ZipInfo(name, (2026, 10, 16, 9, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
