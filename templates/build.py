"""Makes the Word templates anew:  python templates/build.py

The .docx files beside this script are what is used; a clerk may edit them in Word (the {{ … }} names are listed in manifest.yaml). This
script documents where their measures come from: GB/T 9704-2012《党政机关公文格式》, 5 (page), 7 (elements) and 10.1 (letter format).
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

HERE = Path(__file__).parent
# 5.2.1: page margins that leave a type area of 156 × 225 mm; 5.2.2: 22 lines of 28 characters of size 3 (16 pt).
TOP, LEFT, RIGHT, BOTTOM = Mm(37), Mm(28), Mm(26), Mm(35)
LINE = 580  # twips: 225 mm / 22
CHARACTER_SPACING = -5  # twips: 156 mm / 28 is 15.79 pt, a little less than the 16 pt of size 3
LINE_SPACING = Pt(28.95)
SIZE_3, SIZE_2, SIZE_4 = Pt(16), Pt(22), Pt(14)
FANGSONG, XIAOBIAOSONG, HEITI, KAITI, SONGTI = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"
# Word substitutes these where the official faces are not installed.
FALLBACKS = {FANGSONG: "仿宋", XIAOBIAOSONG: "宋体", HEITI: "SimHei", KAITI: "楷体", SONGTI: "SimSun"}
RED = RGBColor(0xFF, 0, 0)


def letter() -> WordDocument:
    """A page of the letter format (10.1): mark 30 mm from the top edge, double red lines of 170 mm, no page number on the first page."""
    document = blank()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin, section.right_margin, section.bottom_margin = TOP, LEFT, RIGHT, BOTTOM
    section.header_distance, section.footer_distance = Mm(30), Mm(20)
    grid(section)
    section.different_first_page_header_footer = True
    document.settings.odd_and_even_pages_header_footer = True
    mark = section.first_page_header.paragraphs[0]
    mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(mark, "{{ agency }}", XIAOBIAOSONG, Pt(30), colour=RED)
    red_line(mark, "bottom", "thickThinSmallGap")
    red_line(section.first_page_footer.paragraphs[0], "bottom", "thinThickSmallGap")
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
    return document


def grid(section: object) -> None:
    element = section._sectPr.find(qn("w:docGrid"))  # type: ignore[attr-defined]
    if element is None:
        element = OxmlElement("w:docGrid")
        section._sectPr.append(element)  # type: ignore[attr-defined]
    # The lines by the grid, the characters by their spacing: a grid narrower than the characters gives each two cells in LibreOffice.
    for name, value in (("type", "lines"), ("linePitch", str(LINE))):
        element.set(qn(f"w:{name}"), value)


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


def red_line(paragraph: Paragraph, side: str, style: str) -> None:
    """170 mm wide, centred on the page: 8 mm beyond the type area on the left, 6 mm on the right."""
    borders = OxmlElement("w:pBdr")
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", style), ("sz", "24"), ("space", "11" if side == "bottom" else "1"), ("color", "FF0000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)
    paragraph.paragraph_format.left_indent, paragraph.paragraph_format.right_indent = Mm(-8), Mm(-6)


def page_number(paragraph: Paragraph, side: WD_ALIGN_PARAGRAPH) -> None:
    """— 1 — in size 4, one character in from the outer edge (7.5)."""
    paragraph.alignment = side
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
    if size == SIZE_3:
        paragraph.paragraph_format.line_spacing = LINE_SPACING
    write(paragraph, text, face, size)
    return paragraph


def head(document: WordDocument) -> None:
    line(document, "{{ number }}", indent=False, align=WD_ALIGN_PARAGRAPH.RIGHT)
    tag(document, "{%p if pending %}")
    line(document, "（草稿：尚有待核事项，由人工判定后再行印发）", KAITI, indent=False, align=WD_ALIGN_PARAGRAPH.CENTER)
    tag(document, "{%p endif %}")
    line(document, "", indent=False)
    title = line(document, "{{ title }}", XIAOBIAOSONG, indent=False, size=SIZE_2, align=WD_ALIGN_PARAGRAPH.CENTER)
    title.paragraph_format.keep_with_next = True
    line(document, "", indent=False)
    line(document, "{{ addressee }}：", indent=False)


def tag(document: WordDocument, text: str) -> None:
    write(document.add_paragraph(), text)


def entries(document: WordDocument, name: str, remedy: str) -> None:
    tag(document, f"{{%p for entry in {name} %}}")
    line(document, "（{{ entry.number }}）{{ entry.title }}", KAITI).paragraph_format.keep_with_next = True
    line(document, "问题：{{ entry.problem }}")
    tag(document, "{%p if entry.where %}")
    line(document, "位置：{{ entry.where }}")
    tag(document, "{%p endif %}")
    line(document, "依据：{{ entry.basis }}")
    if remedy:
        tag(document, "{%p if entry.remedy %}")
        line(document, f"{remedy}：{{{{ entry.remedy }}}}")
        tag(document, "{%p endif %}")
    tag(document, "{%p endfor %}")


def foot(document: WordDocument) -> None:
    # 7.3.5.3: no page may hold the signature alone.
    for text in ("联系人：　　　　　　　　联系电话：", "特此通知。", ""):
        line(document, text).paragraph_format.keep_with_next = True
    # 7.3.5: signature and date right, leaving room for the seal over both.
    for text, gap in (("{{ agency }}（盖章）", 2), ("{{ issued }}", 4)):
        paragraph = line(document, text, indent=False, align=WD_ALIGN_PARAGRAPH.RIGHT)
        paragraph.paragraph_format.right_indent = SIZE_3 * gap
        paragraph.paragraph_format.keep_together = True
        if gap == 2:
            paragraph.paragraph_format.keep_with_next = True


RECEIVED = (
    "你单位于{{ received }}提交的{{ application }}材料收悉。依据{{ regulations }}，{{ checked_on }}对申报材料进行了形式审查。经审查，"
)
SCOPE = "形式审查只核对申报材料是否齐全、是否符合规定形式、前后是否一致，不对材料的实质内容和智能工厂建设水平作出评价。"


def correction() -> WordDocument:
    document = letter()
    head(document)
    line(
        document,
        RECEIVED + "下列{{ deficiencies | length }}项不齐全或者不符合规定形式。"
        "现按照《优化营商环境条例》（国务院令第722号）第三十六条的规定，将需要补正的全部内容一次性告知如下。",
    )
    line(document, "一、需要补正的内容", HEITI)
    entries(document, "deficiencies", "补正要求")
    line(document, "二、补正期限和方式", HEITI)
    line(
        document,
        "请于{{ deadline }}前，按照上述要求补齐、更正材料，通过原申报渠道重新提交；"
        "涉及加盖公章的，依法使用的电子印章与实物印章具有同等效力。",
    )
    tag(document, "{%p if provisional %}")
    line(document, "（上述期限跨入尚未公布放假安排的年度，为暂定日期，以公布后的工作日为准。）", KAITI)
    tag(document, "{%p endif %}")
    line(document, "三、说明", HEITI)
    line(document, SCOPE)
    foot(document)
    return document


def ineligible() -> WordDocument:
    document = letter()
    head(document)
    line(
        document,
        RECEIVED + "申报材料所载情况与下列{{ bars | length }}项申报条件不符，且不能通过补正材料改变。",
    )
    line(document, "一、不符合的申报条件", HEITI)
    entries(document, "bars", "说明")
    tag(document, "{%p if deficiencies %}")
    line(document, "二、材料中的其他问题", HEITI)
    line(document, "下列问题一并告知，供今后申报时改进：")
    tag(document, "{%p endif %}")
    entries(document, "deficiencies", "改进要求")
    line(document, "如认为上述认定与事实不符，可以向本机关书面说明情况并提交证明材料。" + SCOPE)
    foot(document)
    return document


def passed() -> WordDocument:
    document = letter()
    head(document)
    line(
        document,
        RECEIVED + "申报材料齐全、符合规定形式，共核对{{ passed }}项，均未发现问题，形式审查通过。",
    )
    tag(document, "{%p if judgements %}")
    line(document, "下列事项材料中已有说明，其实质内容由专家在后续评审中评判：{{ judgements | join('；') }}。")
    tag(document, "{%p endif %}")
    line(document, SCOPE + "本通知不代表已被认定或者备案，后续程序按照有关规定进行。")
    foot(document)
    return document


def sheet() -> WordDocument:
    """The review sheet: a landscape table, one row an item."""
    document = blank()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin = section.right_margin = Mm(18)
    page_number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    small = Pt(9)
    line(document, "形式审查表", XIAOBIAOSONG, indent=False, size=SIZE_2, align=WD_ALIGN_PARAGRAPH.CENTER)
    for text in (
        "申报单位：{{ applicant }}　　材料：{{ package }}",
        "申报事项：{{ application }}　　审查基准日：{{ checked_on }}　　近三年：{{ window }}",
        "审查结论：{{ outcome }}（{{ counts }}）",
    ):
        line(document, text, indent=False, size=Pt(10.5))
    tag(document, "{%p if note %}")
    line(document, "注意：{{ note }}", indent=False, size=Pt(10.5))
    tag(document, "{%p endif %}")
    columns = (
        ("序号", 10, "{{ row.number }}"),
        ("编号", 24, "{{ row.item }}"),
        ("审查内容", 46, "{{ row.title }}"),
        ("依据", 26, "{{ row.article }}"),
        ("结果", 18, "{{ row.outcome }}"),
        ("审查情况", 60, "{{ row.message }}"),
        ("材料位置与原文", 50, "{{ row.evidence }}"),
        ("审查人意见", 27, ""),
    )
    table = document.add_table(rows=1, cols=len(columns))
    table.style = "Table Grid"
    table.autofit = False
    for column, (_, width, _) in zip(table.columns, columns, strict=True):
        column.width = Mm(width)
    for cell, (title, width, _) in zip(table.rows[0].cells, columns, strict=True):
        fill(cell, title, HEITI, small, width)
    repeat_header(table.rows[0]._tr)
    fill(table.add_row().cells[0], "{%tr for row in rows %}", FANGSONG, small, columns[0][1])
    for cell, (_, width, text) in zip(table.add_row().cells, columns, strict=True):
        fill(cell, text, FANGSONG, small, width)
    fill(table.add_row().cells[0], "{%tr endfor %}", FANGSONG, small, columns[0][1])
    tag(document, "{%p if losses %}")
    line(document, "未能读取或需要留意的文件：", HEITI, indent=False, size=Pt(10.5))
    tag(document, "{%p endif %}")
    tag(document, "{%p for loss in losses %}")
    line(document, "{{ loss.path }}：{{ loss.what }}", indent=False, size=Pt(10.5))
    tag(document, "{%p endfor %}")
    line(document, "审查人：　　　　　　　　复核人：　　　　　　　　日期：　　　　年　　月　　日", indent=False, size=Pt(10.5))
    return document


def fill(cell: _Cell, text: str, face: str, size: Pt, width: int) -> None:
    cell.width = Mm(width)
    write(cell.paragraphs[0], text, face, size)


def repeat_header(row: object) -> None:
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    row.get_or_add_trPr().append(header)  # type: ignore[attr-defined]


TEMPLATES = {"notice-correction.docx": correction, "notice-ineligible.docx": ineligible, "notice-passed.docx": passed, "sheet.docx": sheet}

if __name__ == "__main__":
    for name, build in TEMPLATES.items():
        build().save(str(HERE / name))
