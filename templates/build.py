"""Makes the Word templates anew:  python templates/build.py

The .docx files beside this script are what is used; a clerk may edit them in Word (the {{ … }} names are listed in the manifest of the
same name). This script documents where their wording and measures come from; the measures are in layout.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from layout import (
    DATE,
    FANGSONG,
    HEITI,
    KAITI,
    NUMBER_UNDER_RULE,
    SIGNATURE,
    SIZE_2,
    SIZE_3,
    XIAOBIAOSONG,
    blank,
    fill,
    letter,
    line,
    page_number,
    repeat_header,
    save,
    tag,
    whole_rows,
    widths,
)

HERE = Path(__file__).parent


def head(document: WordDocument, number_text: str = "{{ number }}") -> None:
    """Number at the right edge, title two lines under it, addressee one line under that (7.3.1, 7.3.2, 10.1)."""
    number = line(document, number_text, indent=False, align=WD_ALIGN_PARAGRAPH.RIGHT)
    number.paragraph_format.space_before = NUMBER_UNDER_RULE
    tag(document, "{%p if pending %}")
    line(document, "（草稿：尚有待核事项，由人工判定后再行印发）", KAITI, indent=False, align=WD_ALIGN_PARAGRAPH.CENTER)
    tag(document, "{%p else %}")
    line(document, "", indent=False)
    tag(document, "{%p endif %}")
    line(document, "", indent=False)
    title = line(document, "{{ title }}", XIAOBIAOSONG, indent=False, size=SIZE_2, align=WD_ALIGN_PARAGRAPH.CENTER)
    title.paragraph_format.keep_with_next = True
    line(document, "", indent=False)


def addressee(document: WordDocument) -> None:
    line(document, "{{ addressee }}：", indent=False)


def entries(document: WordDocument, name: str, remedy: str) -> None:
    tag(document, f"{{%p for entry in {name} %}}")
    line(document, "（{{ entry.number }}）{{ entry.title }}", KAITI).paragraph_format.keep_with_next = True
    for label, texts in (("核对情况", "standings"), ("问题", "problems"), ("位置", "places"), ("依据", "bases"), (remedy, "remedies")):
        tag(document, f"{{%p for text in entry.{texts} %}}")
        line(document, f"{label}：{{{{ text }}}}")
        tag(document, "{%p endfor %}")
    tag(document, "{%p endfor %}")


def foot(document: WordDocument) -> None:
    # 7.3.5.3: no page may hold the signature alone.
    for text in ("联系人：{{ contact }}　　联系电话：{{ phone }}", "特此通知。"):
        line(document, text).paragraph_format.keep_with_next = True
    signature(document)


def signature(document: WordDocument) -> None:
    """7.3.5.1: room for the seal, the signature centred on the date, the date four characters in (set when the letter is filled)."""
    line(document, "").paragraph_format.keep_with_next = True
    for style, text, gap in ((SIGNATURE, "（盖章）", 6), (SIGNATURE, "{{ agency }}", 2), (DATE, "{{ issued }}", 4)):
        paragraph = line(document, text, indent=False, align=WD_ALIGN_PARAGRAPH.RIGHT)
        paragraph.style = document.styles[style]
        paragraph.paragraph_format.right_indent = SIZE_3 * gap
        paragraph.paragraph_format.keep_together = True
        paragraph.paragraph_format.keep_with_next = style == SIGNATURE


def deadline(document: WordDocument, text: str) -> None:
    line(document, text)
    tag(document, "{%p if provisional %}")
    line(document, "（上述期限跨入尚未公布放假安排的年度，为暂定日期，以公布后的工作日为准。）", KAITI)
    tag(document, "{%p endif %}")


RECEIVED = (
    "你单位于{{ received }}提交的{{ application }}材料收悉。依据{{ regulations }}，{{ checked_on }}对申报材料进行了形式审查。经审查，"
)
SCOPE = "形式审查只核对申报材料是否齐全、是否符合规定形式、前后是否一致，不对材料的实质内容和智能工厂建设水平作出评价。"


def correction() -> WordDocument:
    document = letter()
    head(document)
    addressee(document)
    tag(document, "{%p if second %}")
    line(
        document,
        "你单位于{{ received }}重新提交的{{ application }}材料收悉。依据{{ regulations }}，{{ checked_on }}对补正后的材料进行了形式审查。"
        "经核对，下列{{ deficiencies | length }}项为前次告知而尚未补正的，或者由本次提交的材料引起。现按照{{ basis }}的规定告知如下。",
    )
    tag(document, "{%p if cured %}")
    line(document, "前次告知的下列内容已经补正：{{ cured | join('；') }}。")
    tag(document, "{%p endif %}")
    tag(document, "{%p else %}")
    line(
        document,
        RECEIVED + "下列{{ deficiencies | length }}项不齐全或者不符合规定形式。"
        "现按照{{ basis }}的规定，将需要补正的全部内容一次性告知如下。",
    )
    tag(document, "{%p endif %}")
    line(document, "一、需要补正的内容", HEITI)
    entries(document, "deficiencies", "补正要求")
    line(document, "二、补正期限和方式", HEITI)
    deadline(
        document,
        "请于{{ deadline }}前，按照上述要求补齐、更正材料，通过原申报渠道重新提交；"
        "涉及加盖公章的，依法使用的电子印章与实物印章具有同等效力。",
    )
    line(document, "三、说明", HEITI)
    line(document, SCOPE)
    foot(document)
    return document


def ineligible() -> WordDocument:
    document = letter()
    head(document)
    addressee(document)
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
    addressee(document)
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


def rectification() -> WordDocument:
    document = letter()
    head(document)
    addressee(document)
    line(
        document,
        "依据{{ rule }}，{{ checked_on }}对你单位提交的材料进行了核对。经核对，下列{{ deficiencies | length }}项未达到要求，请限期整改。",
    )
    line(document, "一、需要整改的内容", HEITI)
    entries(document, "deficiencies", "整改要求")
    line(document, "二、整改期限和方式", HEITI)
    deadline(document, "请于{{ deadline }}前完成整改，并将整改情况的书面报告和相应的证明材料报送本机关。")
    line(document, "三、说明", HEITI)
    line(document, "本通知依据材料所载情况作出。如认为与事实不符，可以在整改期限内向本机关书面说明情况并提交证明材料。")
    foot(document)
    return document


def receipt() -> WordDocument:
    """The slip that comes back with a letter: who received it and when; what is handed in for each numbered entry."""
    document = letter()
    head(document, "")
    small = Pt(12)
    rows = (
        ("收件单位", "{{ addressee }}"),
        ("申报事项", "{{ application }}"),
        ("所收文书", "{{ letter }}"),
        ("文　　号", "{{ number }}"),
        ("发文机关", "{{ agency }}"),
        ("收到日期", "　　　　年　　月　　日"),
        ("送达方式", "□当面　□邮寄　□电子送达"),
        ("签收人（签字）", ""),
        ("联系电话", ""),
    )
    table = document.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    table.autofit = False
    widths(table, 40, 116)
    for label, text in rows:
        row = table.add_row()
        whole_rows(row._tr)
        fill(row.cells[0], label, HEITI, small, 40)
        fill(row.cells[1], text, FANGSONG, small, 116)
    tag(document, "{%p if bars or deficiencies %}")
    line(document, "随本回执提交的材料（由收件单位逐项填写）", HEITI, indent=False, size=small)
    columns = (
        ("通知书所列事项", 66, "（{{ entry.number }}）{{ entry.title }}"),
        ("提交的材料（文件名、页码）", 72, ""),
        ("份数", 18, ""),
    )
    repeated(document, small, "entry in bars + deficiencies", columns)
    tag(document, "{%p endif %}")
    line(document, "请在收到文书后签收，并将本回执退回发文机关。收件单位（盖章）：", indent=False, size=small)
    return document


def repeated(document: WordDocument, size: Pt, loop: str, columns: Sequence[tuple[str, int, str]]) -> None:
    """A table with a row for each of what `loop` goes through; a column is its heading, its width in millimetres and its text."""
    table = document.add_table(rows=1, cols=len(columns))
    table.style = "Table Grid"
    table.autofit = False
    widths(table, *(width for _, width, _ in columns))
    for cell, (heading, width, _) in zip(table.rows[0].cells, columns, strict=True):
        fill(cell, heading, HEITI, size, width)
    repeat_header(table.rows[0]._tr)
    fill(table.add_row().cells[0], f"{{%tr for {loop} %}}", FANGSONG, size, columns[0][1])
    row = table.add_row()
    whole_rows(row._tr)
    for cell, (_, width, text) in zip(row.cells, columns, strict=True):
        fill(cell, text, FANGSONG, size, width)
    fill(table.add_row().cells[0], "{%tr endfor %}", FANGSONG, size, columns[0][1])


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
        ("审查内容", 40, "{{ row.title }}"),
        ("依据", 26, "{{ row.article }}"),
        ("结果", 18, "{{ row.outcome }}"),
        ("审查情况", 60, "{{ row.message }}"),
        ("材料位置与原文", 48, "{{ row.evidence }}"),
        ("审查人意见", 35, ""),
    )
    repeated(document, small, "row in rows", columns)
    tag(document, "{%p if round_counts %}")
    line(document, "第二轮对照：{{ round_counts }}", HEITI, indent=False, size=Pt(10.5))
    lines = (
        ("结果", 24, "{{ line.state }}"),
        ("内容", 55, "{{ line.what }}"),
        ("前次", 91, "{{ line.before }}"),
        ("本次", 91, "{{ line.now }}"),
    )
    repeated(document, small, "line in compared", lines)
    tag(document, "{%p endif %}")
    tag(document, "{%p if losses %}")
    line(document, "未能读取或需要留意的文件：", HEITI, indent=False, size=Pt(10.5))
    tag(document, "{%p endif %}")
    tag(document, "{%p for loss in losses %}")
    line(document, "{{ loss.path }}：{{ loss.what }}", indent=False, size=Pt(10.5))
    tag(document, "{%p endfor %}")
    line(document, "审查人：　　　　　　　　复核人：　　　　　　　　日期：　　　　年　　月　　日", indent=False, size=Pt(10.5))
    return document


TEMPLATES = {
    "notice-correction.docx": correction,
    "notice-passed.docx": passed,
    "notice-ineligible.docx": ineligible,
    "notice-rectification.docx": rectification,
    "notice-receipt.docx": receipt,
    "sheet.docx": sheet,
}

if __name__ == "__main__":
    for name, build in TEMPLATES.items():
        save(build(), HERE / name)
