"""Text files in any Chinese encoding, tables in text, web pages, workbooks."""

from __future__ import annotations

import codecs
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docproc.model import CellPlace, Content, Role
from docproc.readers import read_bytes
from docproc.readers.encoding import decode, decode_names, member_encoding
from tests.readers.word_files import zipped

SIMPLIFIED = "近三年经营和财务状况良好，未发生较大及以上安全、环保等事故。"
TRADITIONAL = "申報主體應為在本市註冊、具有獨立法人資格的企業，近三年經營和財務狀況良好。"
SHORT = "无事故证明"


def cells(content: Content) -> list[tuple[CellPlace | None, str]]:
    return [(block.cell, "\n".join(content.text[start:end] for start, end in block.spans)) for block in content.blocks]


@pytest.mark.parametrize("text", [SIMPLIFIED, SHORT, "ＡＢＣ－１２３", "营业收入：1,200.50万元\r\n利润：3万元", TRADITIONAL])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_of_the_mainland(text: str, encoding: str) -> None:
    content = read_bytes("说明.txt", text.encode(encoding))
    assert (content.text, content.problems) == (text.replace("\r\n", "\n"), ())


@pytest.mark.parametrize("text", [TRADITIONAL, "審計報告", "近三年無重大事故證明\n特此證明"])
@pytest.mark.parametrize("encoding", ["big5", "cp950", "big5hkscs"])
def test_big5(text: str, encoding: str) -> None:
    content = read_bytes("說明.txt", text.encode(encoding))
    assert (content.text, content.problems) == (text, ())


def test_broken_text_is_read_and_doubted() -> None:
    data = bytearray((SIMPLIFIED * 3).encode())
    del data[40:41]
    content = read_bytes("a.txt", bytes(data))
    assert [problem.code for problem in content.problems] == ["encoding_doubtful"]
    assert "未发生较大及以上安全" in content.text


@settings(deadline=None)
@given(st.lists(st.sampled_from("的企业年度报告安全环保财务管理一二三，。系统数据生产 0123A\n"), min_size=8).map("".join))
def test_any_ordinary_text_survives_gb18030_and_utf8(text: str) -> None:
    for encoding in ("gb18030", "utf-8"):
        decoded = decode(text.encode(encoding))
        assert decoded is not None
        assert decoded.text == text


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_bytes_never_crash(data: bytes) -> None:
    for name in ("a.txt", "a.csv", "a.html", "a.bin", "a.docx", "a.zip"):
        content = read_bytes(name, data)
        assert all(0 <= span.start <= span.end <= len(content.text) for block in content.blocks for span in block.spans)


def test_names_of_an_archive_are_decoded_together() -> None:
    assert decode_names(["營業執照.pdf".encode("cp950"), "審計報告.pdf".encode("cp950")]) == "cp950"
    assert decode_names(["营业执照.pdf".encode("gbk"), b"a.pdf"]) == "gb18030"
    assert decode_names(["营业执照.pdf".encode(), b"a.pdf"]) == "utf-8"


def test_paragraphs_and_markdown_headings() -> None:
    content = read_bytes("说明.md", "# 概况\n\n正文\n## 二级\n#不是标题".encode())
    assert [(block.role, block.level, content.text[slice(*block.spans[0])]) for block in content.blocks] == [
        (Role.HEADING, 1, "概况"), (Role.PARAGRAPH, None, "正文"), (Role.HEADING, 2, "二级"), (Role.PARAGRAPH, None, "#不是标题"),
    ]  # fmt: skip


def test_csv_cells_with_quotes_and_blanks() -> None:
    content = read_bytes("表.csv", '名称,"营收,万元",备注\n"甲\n公司",120,\n,"说""明"""\n'.encode("gbk"))
    assert cells(content) == [
        (CellPlace(0, 0, 0), "名称"), (CellPlace(0, 0, 1), "营收,万元"), (CellPlace(0, 0, 2), "备注"),
        (CellPlace(0, 1, 0), "甲\n公司"), (CellPlace(0, 1, 1), "120"), (CellPlace(0, 1, 2), ""),
        (CellPlace(0, 2, 0), ""), (CellPlace(0, 2, 1), '说""明""'),
    ]  # fmt: skip


def test_web_page() -> None:
    page = (
        "<html><head><title>x</title><meta charset=gb2312></head><body><h1>信用报告</h1>"
        "<script>bad()</script><p>查询<b>结果</b>：正常<br>第二行</p>"
        "<table><tr><th rowspan=2>名称</th><td>甲</td></tr><tr><td>乙</td></tr></table>尾</body></html>"
    )
    content = read_bytes("信用报告.html", page.encode("gb18030"))
    assert content.text == "信用报告\n查询结果：正常\n第二行\n名称\t甲\n乙\n尾"
    assert [(place, text) for place, text in cells(content) if place] == [
        (CellPlace(0, 0, 0, 2, 1), "名称"), (CellPlace(0, 0, 1), "甲"), (CellPlace(0, 1, 1), "乙"),
    ]  # fmt: skip


_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def _workbook() -> bytes:
    """A workbook part by part: a date is a number with a date's style, a whole number a float."""

    def words(place: str, text: str) -> str:
        return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'

    first = (
        f"<row r='1'>{words('A1', '名称')}{words('B1', '数量')}{words('C1', '日期')}</row>"
        f"<row r='2'>{words('A2', '机床')}<c r='B2'><v>3</v></c><c r='C2' s='1'><v>45776</v></c></row>"
        f"<row r='3'>{words('A3', '合计')}<c r='B3'><v>12066.58</v></c></row>"
    )
    sheets = ((1, "设备清单", "", first, '<mergeCells><mergeCell ref="B3:C3"/></mergeCells>'),
              (2, "内部", ' state="hidden"', f"<row r='1'>{words('A1', '不公开')}</row>", ""))  # fmt: skip
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    overrides = "".join(f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kind}.worksheet+xml"/>' for n, *_ in sheets)
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(f'<Relationship Id="r{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n, *_ in sheets)
        + f'<Relationship Id="s" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>'
        + "".join(f'<sheet name="{name}" sheetId="{n}"{state} r:id="r{n}"/>' for n, name, state, *_ in sheets)
        + "</sheets></workbook>",
        "xl/styles.xml": f'<styleSheet xmlns="{_SHEET}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    }
    for number, _, _, rows, after in sheets:
        files[f"xl/worksheets/sheet{number}.xml"] = f'<worksheet xmlns="{_SHEET}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    return zipped(files)


def test_workbook() -> None:
    content = read_bytes("清单.xlsx", _workbook())
    assert content.text == "名称\t数量\t日期\n机床\t3\t2025-04-29\n合计\t12066.58\t\f不公开"
    assert (CellPlace(0, 2, 1, 1, 2), "12066.58") in cells(content)
    assert [block.role for block in content.blocks][-1] is Role.HIDDEN
    assert [loss.code for loss in content.losses] == ["hidden_text"]
    assert [entry.title for entry in content.outline] == ["设备清单", "内部"]


def test_damaged_workbook() -> None:
    content = read_bytes("清单.xlsx", _workbook()[:700])
    assert [loss.code for loss in content.losses] == ["damaged"]


class PanicException(BaseException):
    """What a panic of Rust is to Python: no Exception."""


@pytest.mark.parametrize("where", ["open", "sheet"])
def test_an_accident_of_the_library_costs_the_workbook_or_the_sheet(monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    import python_calamine

    def fail(*_: object) -> None:
        raise PanicException

    if where == "open":
        monkeypatch.setattr(python_calamine, "CalamineWorkbook", SimpleNamespace(from_filelike=fail))
    else:
        sheets = [SimpleNamespace(name="一", visible="Visible")]
        book = SimpleNamespace(sheets_metadata=sheets, get_sheet_by_index=fail)
        monkeypatch.setattr(python_calamine, "CalamineWorkbook", SimpleNamespace(from_filelike=lambda _: book))
    assert [loss.code for loss in read_bytes("清单.xlsx", _workbook()).losses] == ["damaged"]


def test_an_interruption_is_no_accident(monkeypatch: pytest.MonkeyPatch) -> None:
    import python_calamine

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(python_calamine, "CalamineWorkbook", SimpleNamespace(from_filelike=stop))
    with pytest.raises(KeyboardInterrupt):
        read_bytes("清单.xlsx", _workbook())


def test_bom_alone_is_empty() -> None:
    assert [problem.code for problem in read_bytes("a.txt", codecs.BOM_UTF8).problems] == ["empty"]


@pytest.mark.parametrize(
    ("name", "packed", "common", "read"),
    [
        ("证明.txt", "utf-8", "gb18030", "utf-8"),  # another tool added it
        ("許功蓋.txt", "cp950", "gb18030", "cp950"),
        ("蔚蓝.pdf", "gb18030", "gb18030", "gb18030"),  # rare, and yet possible
        ("誠信證明.pdf", "gb18030", "gb18030", "gb18030"),
        ("report.pdf", "ascii", "gb18030", "gb18030"),
        ("營業執照.pdf", "cp950", "cp950", "cp950"),
    ],
)
def test_one_name_may_be_in_another_encoding(name: str, packed: str, common: str, read: str) -> None:
    assert member_encoding(name.encode(packed), common) == read


def test_a_web_page_is_what_it_shows() -> None:
    page = (
        "<html><body><p>是否获评：<input type=checkbox checked>是<input type='radio'>否</p>"
        "<p>名称<input value='甲公司'><input type=hidden value='x'></p>"
        "<p>等级<select><option>先进级<option selected>卓越级</select>，<select><option>市级<option>国家级</select></p>"
        "<p style='display: none'>近三年<b>无</b>事故</p><table><tr><td hidden>暗<td>明 <input checked type=CHECKBOX></table>"
        "<img width=600 height=400><img width=1 height=1><img src=a.png><iframe src=b></iframe></body></html>"
    )
    content = read_bytes("表.html", page.encode())
    assert content.text == "是否获评：☑是☐否\n名称甲公司\n等级卓越级，市级\n明 ☑\n近三年无事故\n暗"
    assert [(loss.code, loss.count) for loss in content.losses] == [("unread_page", 2), ("hidden_text", 2), ("embedded", 1)]
    assert [block.role for block in content.blocks][-2:] == [Role.HIDDEN, Role.HIDDEN]
    assert [content.text[slice(*trace.span)] for trace in content.traces] == ["近三年无事故", "暗"]


def test_numbers_of_lists_are_shown() -> None:
    page = (
        "<html><body><ol start=3><li>甲<li value=7><p>乙</p><li>丙</ol><ol type=A><li>丁</ol><ol style='list-style:none'><li>戊</ol>"
        "<ul><li>己</ul></body></html>"
    )
    assert read_bytes("表.html", page.encode()).text.split("\n") == ["3. 甲", "7. 乙", "8. 丙", "A. 丁", "戊", "己"]


def test_tables_of_a_text_file() -> None:
    text = "# 概况\n\n| 指标 | 2024年 |\n|:---|---:|\n| 营业收入 | 12,066.58 |\n| 备注 \\| 说明 |\n正文 | 一行\n"
    content = read_bytes("说明.md", text.encode())
    assert cells(content)[1:-1] == [
        (CellPlace(0, 0, 0), "指标"), (CellPlace(0, 0, 1), "2024年"), (CellPlace(0, 1, 0), "营业收入"), (CellPlace(0, 1, 1), "12,066.58"),
        (CellPlace(0, 2, 0), "备注 \\| 说明"), (CellPlace(0, 3, 0), "正文"),
    ]  # fmt: skip
    content = read_bytes("表.txt", "名称\t甲公司\n等级\t\n\n\t缩进的\t一行\n\t又一行\t二\n只有\t一行\n".encode())
    assert cells(content) == [
        (CellPlace(0, 0, 0), "名称"), (CellPlace(0, 0, 1), "甲公司"), (CellPlace(0, 1, 0), "等级"), (CellPlace(0, 1, 1), ""),
        (None, "\t缩进的\t一行"), (None, "\t又一行\t二"), (None, "只有\t一行"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["a | b\n--- | x\n", "甲 | 乙\n丙 | 丁\n", "| 一 | 二 |\n|---|\n", "|\n-\n"])
def test_bars_without_a_ruled_line_are_words(text: str) -> None:
    assert all(block.cell is None for block in read_bytes("说明.md", text.encode()).blocks)


def test_utf8_with_signs_of_a_symbol_font_is_utf8() -> None:
    content = read_bytes("说明.txt", ("<p>" + "form text " * 30 + "\uf0fe yes").encode())
    assert "\uf0fe yes" in content.text
    assert not content.problems
