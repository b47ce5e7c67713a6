"""The measures of GB/T 9704-2012《党政机关公文格式》 (5 page, 7 elements, 10.1 letter format) and the pieces of Word that carry them."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

# 5.2.1: page margins that leave a type area of 156 × 225 mm; 5.2.2: 22 lines of 28 characters of size 3 (16 pt).
TOP, LEFT, RIGHT, BOTTOM = Mm(37), Mm(28), Mm(26), Mm(35)
LINE = 579  # twips: 225 mm / 22, rounded down: with 580 LibreOffice finds room for 21 lines only
CHARACTER_SPACING = -5  # twips: 156 mm / 28 is 15.79 pt, a little less than the 16 pt of size 3
LINE_SPACING = Pt(28.95)
SIZE_3, SIZE_2, SIZE_4, MARK = Pt(16), Pt(22), Pt(14), Pt(30)
# 10.1: the mark's upper edge 30 mm from the page's, the double line 4 mm under it (characters stand a hair above their line's middle).
MARK_TOP = Mm(30.4)
RULE_GAP = 10  # points
RULE_LEFT, RULE_WIDTH, LOWER_RULE = 20.0, 170.0, 277.0  # mm: 170 mm long, centred; the lower one 20 mm above the page's lower edge
NUMBER_UNDER_RULE = Pt(8.4)  # with the line's own lead: seven eighths of a character
PAGE_NUMBER = Mm(25.5)  # 7.5: its dashes 7 mm under the type area
FANGSONG, XIAOBIAOSONG, HEITI, KAITI, SONGTI = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"
# What Word takes where the official faces are not installed (written into the font table).
FALLBACKS = {FANGSONG: "仿宋", XIAOBIAOSONG: "华文中宋", HEITI: "SimHei", KAITI: "楷体", SONGTI: "SimSun"}
RED = RGBColor(0xFF, 0, 0)
SIGNATURE, DATE = "署名", "成文日期"  # styles by which the program finds the two lines it has to centre on one another
_KEPT_STYLES = {"Normal", "Default Paragraph Font", "Normal Table", "No List", "header", "footer", "Table Grid", SIGNATURE, DATE}
_DROPPED_PARTS = ("word/stylesWithEffects.xml", "docProps/thumbnail.jpeg", "customXml/")
_RULE = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"><w:pict>'
    '<v:rect style="position:absolute;margin-left:{left:.2f}pt;margin-top:{top:.2f}pt;width:{width:.2f}pt;height:{height:.2f}pt;'
    "mso-position-horizontal-relative:page;mso-position-vertical-relative:page;z-index:1"
    '" fillcolor="#FF0000" stroked="f"/></w:pict></w:r>'
)
_MM = 72 / 25.4


def letter() -> WordDocument:
    """A page of the letter format (10.1): mark 30 mm from the top edge, double red lines of 170 mm, no page number on the first page."""
    document = blank()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin, section.right_margin, section.bottom_margin = TOP, LEFT, RIGHT, BOTTOM
    section.header_distance, section.footer_distance = MARK_TOP, PAGE_NUMBER
    grid(section)
    section.different_first_page_header_footer = True
    document.settings.odd_and_even_pages_header_footer = True
    mark = section.first_page_header.paragraphs[0]
    mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
    mark.paragraph_format.line_spacing = MARK
    write(mark, "{{ agency }}", XIAOBIAOSONG, MARK, colour=RED)
    upper_rule(mark)
    lower_rule(section.first_page_footer.paragraphs[0])
    for other in (section.header, section.even_page_header):  # empty, and no taller than nothing: they must not push the text down
        other.paragraphs[0].paragraph_format.line_spacing = Pt(1)
        off_grid(other.paragraphs[0])
    page_number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    page_number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)
    return document


def blank() -> WordDocument:
    """An empty document with fixed properties, so that the same script gives the same template."""
    document = Document()
    for paragraph in list(document.paragraphs):
        paragraph._p.getparent().remove(paragraph._p)
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.title = "docproc"
    properties.created = properties.modified = datetime(2026, 1, 1)
    style = document.styles["Normal"]
    style.font.size = SIZE_3
    style.font.name = "Times New Roman"
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FANGSONG)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
    for name in (SIGNATURE, DATE):
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = style
    for element in list(document.styles.element):
        if element.tag == qn("w:latentStyles") or (
            element.tag == qn("w:style") and element.find(qn("w:name")).get(qn("w:val")) not in _KEPT_STYLES
        ):
            document.styles.element.remove(element)
    return document


def save(document: WordDocument, path: Path) -> None:
    """Writes the template with its fallback fonts, at a fixed time, without what python-docx's own template has and no letter needs."""
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            if name.startswith(_DROPPED_PARTS):
                continue
            content = source.read(name)
            if name.endswith((".rels", "[Content_Types].xml")):
                content = _without_dropped(content)
            if name == "word/fontTable.xml":
                content = _with_fallbacks(content)
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)


def _without_dropped(content: bytes) -> bytes:
    from lxml import etree

    root = etree.fromstring(content)
    for element in list(root):
        target = (element.get("Target") or element.get("PartName") or "").removeprefix("../").lstrip("/")
        if any(f"word/{target}".startswith(part) or target.startswith(part) for part in _DROPPED_PARTS):
            root.remove(element)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _with_fallbacks(content: bytes) -> bytes:
    from lxml import etree

    root = etree.fromstring(content)
    for face, fallback in FALLBACKS.items():
        font = etree.SubElement(root, qn("w:font"), {qn("w:name"): face})
        etree.SubElement(font, qn("w:altName"), {qn("w:val"): fallback})
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def grid(section: object) -> None:
    element = section._sectPr.find(qn("w:docGrid"))  # type: ignore[attr-defined]
    if element is None:
        element = OxmlElement("w:docGrid")
        section._sectPr.append(element)  # type: ignore[attr-defined]
    # The lines by the grid, the characters by their spacing: a grid narrower than the characters gives each two cells in LibreOffice.
    for name, value in (("type", "lines"), ("linePitch", str(LINE))):
        element.set(qn(f"w:{name}"), value)


def off_grid(paragraph: Paragraph) -> None:
    """The paragraph's lines are as high as they say, not as the grid's."""
    element = OxmlElement("w:snapToGrid")
    element.set(qn("w:val"), "0")
    properties = paragraph._p.get_or_add_pPr()
    spacing = properties.find(qn("w:spacing"))
    properties.insert(properties.index(spacing) if spacing is not None else len(properties), element)


def write(
    paragraph: Paragraph, text: str, face: str = FANGSONG, size: Pt = SIZE_3, colour: RGBColor | None = None, bold: bool = False
) -> Run:
    run = paragraph.add_run(text)
    run.font.size, run.font.bold = size, bold
    run.font.name = "Times New Roman"
    run._r.rPr.rFonts.set(qn("w:eastAsia"), face)
    if size == SIZE_3:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), str(CHARACTER_SPACING))
        run._r.rPr.append(spacing)
    if colour is not None:
        run.font.color.rgb = colour
    return run


def upper_rule(paragraph: Paragraph) -> None:
    """The double line under the mark, thick over thin, 8 mm beyond the type area on the left, 6 mm on the right; it follows a long mark."""
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "thickThinSmallGap"), ("sz", "24"), ("space", str(RULE_GAP)), ("color", "FF0000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)
    paragraph.paragraph_format.left_indent, paragraph.paragraph_format.right_indent = Mm(-8), Mm(-6)


def lower_rule(paragraph: Paragraph) -> None:
    """The double line 20 mm above the lower edge, thin over thick, fixed on the page."""
    for top, height in ((LOWER_RULE * _MM - 3.75, 0.75), (LOWER_RULE * _MM - 2.25, 2.25)):
        paragraph._p.append(parse_xml(_RULE.format(left=RULE_LEFT * _MM, top=top, width=RULE_WIDTH * _MM, height=height)))


def page_number(paragraph: Paragraph, side: WD_ALIGN_PARAGRAPH) -> None:
    """— 1 — in size 4, one character in from the outer edge (7.5)."""
    paragraph.alignment = side
    paragraph.paragraph_format.line_spacing = SIZE_4
    if side == WD_ALIGN_PARAGRAPH.RIGHT:
        paragraph.paragraph_format.right_indent = SIZE_4
    else:
        paragraph.paragraph_format.left_indent = SIZE_4
    write(paragraph, "— ", SONGTI, SIZE_4)
    run = write(paragraph, "", SONGTI, SIZE_4)
    for kind in ("begin", None, "end"):
        if kind is None:
            element = OxmlElement("w:instrText")
            element.text = "PAGE"
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)
    write(paragraph, " —", SONGTI, SIZE_4)


def line(
    document: WordDocument,
    text: str,
    face: str = FANGSONG,
    *,
    indent: bool = True,
    size: Pt = SIZE_3,
    align: WD_ALIGN_PARAGRAPH | None = None,
) -> Paragraph:
    paragraph = document.add_paragraph()
    if indent:
        paragraph.paragraph_format.first_line_indent = SIZE_3 * 2
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY if align is None else align
    if size in (SIZE_3, SIZE_2):
        paragraph.paragraph_format.line_spacing = LINE_SPACING
    write(paragraph, text, face, size)
    return paragraph


def tag(document: WordDocument, text: str) -> None:
    write(document.add_paragraph(), text)


def fill(cell: _Cell, text: str, face: str, size: Pt, width: int) -> None:
    cell.width = Mm(width)
    write(cell.paragraphs[0], text, face, size)


def widths(table: Table, *columns: int) -> None:
    """The widths of a table's columns in mm."""
    for column, width in zip(table.columns, columns, strict=True):
        column.width = Mm(width)


def repeat_header(row: object) -> None:
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    row.get_or_add_trPr().append(header)  # type: ignore[attr-defined]


def whole_rows(row: object) -> None:
    """A row is not broken across pages."""
    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # type: ignore[attr-defined]
