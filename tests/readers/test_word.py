"""What is shown in a Word file is read, in order and once; what is not shown is left out and said."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docproc.model import Content, Residue, Role
from docproc.readers.word import read
from tests.readers.word_files import cell, docx, paragraph, part, row, run, table


def lines(content: Content, role: Role | None = None) -> list[str]:
    return [
        "\n".join(content.text[span.start : span.end] for span in block.spans)
        for block in content.blocks
        if role is None or block.role is role
    ]


def places(content: Content) -> dict[str, tuple[int, int, int, int, int]]:
    return {
        text: (block.cell.table, block.cell.row, block.cell.column, block.cell.row_span, block.cell.column_span)
        for block, text in zip(content.blocks, lines(content), strict=True)
        if block.cell is not None
    }


def codes(content: Content) -> list[str]:
    return [loss.code for loss in content.losses]


# --- running text -----------------------------------------------------------------------------------------------------


def test_paragraphs_and_rows_by_lf_cells_by_tab() -> None:
    content = read(docx(paragraph("申报书") + table(row("企业名称", "甲公司"), row("注册资本", "")) + paragraph("结束")))
    assert content.text == "申报书\n企业名称\t甲公司\n注册资本\t\n结束"
    assert [block.role for block in content.blocks] == [Role.PARAGRAPH, *[Role.CELL] * 4, Role.PARAGRAPH]
    blank = content.blocks[4]
    assert blank.spans[0].start == blank.spans[0].end == content.text.index("\t\n") + 1


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<w:r><w:t>一</w:t><w:tab/><w:t>二</w:t><w:br/><w:t>三</w:t></w:r>", "一\t二\n三"),
        ("<w:r><w:t>GB</w:t><w:noBreakHyphen/><w:t>39116</w:t><w:softHyphen/></w:r>", "GB-39116"),
        ("<w:hyperlink>" + run("链接") + "</w:hyperlink>" + run("后"), "链接后"),
        ("<w:smartTag><w:smartTag>" + run("天津市") + "</w:smartTag></w:smartTag>", "天津市"),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + run("控件") + "</w:sdtContent></w:sdt>", "控件"),
        ("<w:r><w:ruby><w:rt>" + run("zhì") + "</w:rt><w:rubyBase>" + run("智") + "</w:rubyBase></w:ruby></w:r>", "智"),
        ("<m:oMath><m:f><m:fPr/><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>", "1/2"),
        ("<w:r><w:t>\n   有缩进  </w:t></w:r>" + run("的文字"), "有缩进的文字"),
        (
            "<w:r><mc:AlternateContent><mc:Choice><w:t>甲</w:t></mc:Choice><mc:Fallback><w:t>甲</w:t></mc:Fallback></mc:AlternateContent></w:r>",
            "甲",
        ),
    ],
)
def test_inline(inside: str, text: str) -> None:
    assert read(docx(paragraph(inside))).text == text


def test_tab_in_a_cell_is_a_space() -> None:
    assert read(docx(table(row(cell(paragraph("<w:r><w:t>一</w:t><w:tab/><w:t>二</w:t></w:r>")), "三")))).text == "一 二\t三"


def test_headings_by_style_and_by_outline_level() -> None:
    styles = part(
        "styles",
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="mine"><w:name w:val="我的标题"/><w:basedOn w:val="base"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="base"><w:name w:val="底"/><w:basedOn w:val="mine"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr>'
        "</w:style>",
    )
    body = (
        paragraph("第一章", '<w:pStyle w:val="1"/>')
        + paragraph("第一节", '<w:pStyle w:val="mine"/>')
        + paragraph("第一条", '<w:outlineLvl w:val="2"/>')
        + paragraph("不是标题", '<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>')
        + paragraph("", '<w:pStyle w:val="1"/>')
    )
    content = read(docx(body, styles=styles))
    assert [(block.role, block.level) for block in content.blocks] == [
        (Role.HEADING, 1), (Role.HEADING, 2), (Role.HEADING, 3), (Role.PARAGRAPH, None),
    ]  # fmt: skip


# --- tables -----------------------------------------------------------------------------------------------------------


def test_merged_cells_are_one_block_with_spans_and_text_once() -> None:
    restart, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    content = read(
        docx(
            table(
                row(cell("基本情况", restart), cell("名称"), cell("甲公司", '<w:gridSpan w:val="2"/>')),
                row(cell("", on), cell("年份"), cell("2024"), cell("2025")),
                row(cell("", on), cell("营收"), cell("1"), cell("2")),
                row(cell("其他"), cell("无", '<w:gridSpan w:val="3"/>')),
            )
        )
    )
    assert content.text == "基本情况\t名称\t甲公司\n\t年份\t2024\t2025\n\t营收\t1\t2\n其他\t无"
    assert places(content)["基本情况"] == (0, 0, 0, 3, 1)
    assert places(content)["甲公司"] == (0, 0, 2, 1, 2)
    assert places(content)["2025"] == (0, 1, 3, 1, 1)
    assert places(content)["无"] == (0, 3, 1, 1, 3)


def test_nested_table_comes_after_its_row_in_reading_order() -> None:
    inner = table(row("内一", "内二"))
    content = read(docx(table(row(cell(paragraph("标签") + inner + paragraph("后")), "值"), row("下", "行"))))
    assert lines(content) == ["标签\n后", "值", "内一", "内二", "下", "行"]
    assert places(content)["内二"] == (1, 0, 1, 1, 1)
    assert content.text == "标签\n内一\t内二\n后\t值\n下\t行"


def test_a_frame_around_tables_is_no_cell() -> None:
    content = read(docx(table(row(cell(paragraph("一、基本情况") + table(row("名称", "甲")) + paragraph("注：如实填写"))))))
    assert [(block.role, text) for block, text in zip(content.blocks, lines(content), strict=True)] == [
        (Role.PARAGRAPH, "一、基本情况"), (Role.CELL, "名称"), (Role.CELL, "甲"), (Role.PARAGRAPH, "注：如实填写"),
    ]  # fmt: skip


def test_rows_and_cells_in_content_controls() -> None:
    wrapped = (
        f"<w:sdt><w:sdtContent>{row(cell('名称'), '<w:sdt><w:sdtContent>' + cell('甲') + '</w:sdtContent></w:sdt>')}</w:sdtContent></w:sdt>"
    )
    assert read(docx(f"<w:sdt><w:sdtContent>{table(wrapped)}</w:sdtContent></w:sdt>")).text == "名称\t甲"


# --- boxes ------------------------------------------------------------------------------------------------------------

_BOX = (
    '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{state}"/></w14:checkbox></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'
)
_WINGDINGS = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
_WINGDINGS_2 = '<w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/>'
_FIELD = '<w:r><w:fldChar w:fldCharType="{kind}">{data}</w:fldChar></w:r>'


def _eq(code: str) -> str:
    return _FIELD.format(kind="begin", data="") + f"<w:r><w:instrText>{code}</w:instrText></w:r>" + _FIELD.format(kind="end", data="")


def _form_checkbox(inside: str) -> str:
    data = f"<w:ffData><w:checkBox>{inside}</w:checkBox></w:ffData>"
    code = "<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
    return _FIELD.format(kind="begin", data=data) + code + _FIELD.format(kind="end", data="")


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (_BOX.format(state="1", content=run("☒")) + run("是"), "☑是"),
        (_BOX.format(state="0", content=run("☐")) + run("否"), "☐否"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>', "☑"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F0A3"/></w:r>', "☐"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Wingdings" w:char="00A8"/></w:r>', "☑☐"),
        ('<w:r><w:sym w:font="Wingdings" w:char="zz"/></w:r>' + run("字"), "字"),
        (run("R", _WINGDINGS_2) + run("是") + run("£", _WINGDINGS_2) + run("否"), "☑是☐否"),
        (run("\uf052", _WINGDINGS_2) + run("\uf0a8", _WINGDINGS), "☑☐"),
        (run("R是", _WINGDINGS_2), "☑是"),
        (run("R是"), "R是"),
        (_form_checkbox('<w:default w:val="0"/><w:checked/>') + run("是"), "☑是"),
        (_form_checkbox('<w:default w:val="1"/>') + run("是"), "☑是"),
        (_form_checkbox('<w:checked w:val="0"/>') + run("否"), "☐否"),
        (_eq(" eq \\o\\ac(□,√) ") + run("是"), "☑是"),
        (_eq("eq \\o\\ac(○,3)") + run("项"), "③项"),
        (_eq("PAGE") + run("页"), "页"),
    ],
)
def test_boxes(inside: str, text: str) -> None:
    assert read(docx(paragraph(inside))).text == text


def test_checkbox_that_is_a_whole_paragraph_or_cell() -> None:
    block = _BOX.format(state="1", content=paragraph("☒"))
    alone = _BOX.format(state="1", content=cell("☒"))
    assert read(docx(block + table(row("符合", alone)))).text == "☑\n符合\t☑"


# --- fields -----------------------------------------------------------------------------------------------------------


def test_field_instruction_is_left_out_and_result_stays() -> None:
    inside = (
        run("第")
        + _FIELD.format(kind="begin", data="")
        + "<w:r><w:instrText>IF </w:instrText></w:r>"
        + _FIELD.format(kind="begin", data="")
        + "<w:r><w:instrText>MERGEFIELD x</w:instrText></w:r>"
        + _FIELD.format(kind="separate", data="")
        + run("条件的一部分")
        + _FIELD.format(kind="end", data="")
        + _FIELD.format(kind="separate", data="")
        + run("五")
        + _FIELD.format(kind="end", data="")
        + run("条")
    )
    assert read(docx(paragraph(inside) + paragraph('<w:fldSimple w:instr="DATE">' + run("今日") + "</w:fldSimple>"))).text == "第五条\n今日"


def test_field_never_closed_swallows_nothing() -> None:
    assert read(docx(paragraph(_FIELD.format(kind="begin", data="") + run("正文")) + paragraph("还在"))).text == "正文\n还在"


# --- traces of editing ------------------------------------------------------------------------------------------------


def test_insertions_stay_and_deletions_go_and_both_leave_traces() -> None:
    inside = (
        run("预算")
        + '<w:ins w:author="张三">' + run("二百") + "</w:ins>"
        + '<w:del w:author="李四"><w:r><w:delText>一百</w:delText></w:r></w:del>'
        + run("万元")
        + "<w:moveFrom>" + run("旧位") + "</w:moveFrom><w:moveTo>" + run("新位") + "</w:moveTo>"
    )  # fmt: skip
    content = read(docx(paragraph(inside)))
    assert content.text == "预算二百万元新位"
    found = {(trace.residue, trace.text, trace.author) for trace in content.traces}
    assert found == {
        (Residue.INSERTION, "二百", "张三"), (Residue.DELETION, "一百", "李四"),
        (Residue.DELETION, "旧位", ""), (Residue.INSERTION, "新位", ""),
    }  # fmt: skip
    assert all(trace.text == content.text[slice(*trace.span)] for trace in content.traces if trace.residue is Residue.INSERTION)
    assert codes(content) == ["revisions"]


def test_deleted_paragraph_mark_joins_paragraphs() -> None:
    gone = "<w:rPr><w:del/></w:rPr>"
    content = read(docx(paragraph("近三年未发生", gone) + paragraph("重大事故") + paragraph("末", gone)))
    assert content.text == "近三年未发生重大事故\n末"
    assert lines(content) == ["近三年未发生重大事故", "末"]
    assert {trace.residue for trace in content.traces} == {Residue.DELETION}


def test_deleted_row_is_left_out() -> None:
    content = read(docx(table(row("甲", "1"), row("乙", "2", properties='<w:del w:author="某"/>'), row("丙", "3", properties="<w:ins/>"))))
    assert content.text == "甲\t1\n丙\t3"
    assert [(trace.residue, trace.text) for trace in content.traces] == [(Residue.DELETION, "乙2"), (Residue.INSERTION, "丙\t3")]


def test_comments_are_traces_and_no_text() -> None:
    comments = part("comments", '<w:comment w:id="0" w:author="审核"><w:p><w:r><w:t>此处存疑</w:t></w:r></w:p></w:comment>')
    inside = (
        run("前")
        + '<w:commentRangeStart w:id="0"/>'
        + run("营收1亿")
        + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    )
    content = read(docx(paragraph(inside), comments=comments))
    assert content.text == "前营收1亿"
    assert [(trace.residue, trace.text, trace.author, tuple(trace.span)) for trace in content.traces] == [
        (Residue.COMMENT, "此处存疑", "审核", (1, 5))
    ]
    assert content.losses == ()


def test_hidden_text_is_known_but_not_running_text() -> None:
    styles = part("styles", '<w:style w:styleId="h"><w:name w:val="h"/><w:rPr><w:vanish/></w:rPr></w:style>')
    body = paragraph(run("公开") + run("内部备注", "<w:vanish/>") + run("文字", '<w:vanish w:val="0"/>')) + paragraph(
        run("整段") + run("例外", '<w:vanish w:val="false"/>'), '<w:pStyle w:val="h"/>'
    )
    content = read(docx(body, styles=styles))
    assert content.text == "公开文字\n例外\n内部备注\n整段"
    assert lines(content, Role.HIDDEN) == ["内部备注", "整段"]
    assert [(trace.residue, content.text[slice(*trace.span)]) for trace in content.traces] == [
        (Residue.HIDDEN_TEXT, "内部备注"), (Residue.HIDDEN_TEXT, "整段"),
    ]  # fmt: skip
    assert [(loss.code, loss.count) for loss in content.losses] == [("hidden_text", 2)]


# --- after the body ---------------------------------------------------------------------------------------------------


def _text_box(content: str) -> str:
    inside = f"<w:txbxContent>{content}</w:txbxContent>"
    new = f"<w:drawing><wp:anchor><a:graphic><wps:txbx>{inside}</wps:txbx></a:graphic></wp:anchor></w:drawing>"
    old = f"<w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict>"
    return f"<w:r><mc:AlternateContent><mc:Choice>{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"


def test_boxes_notes_headers_footers_follow_the_body_once() -> None:
    page = '<w:p><w:r><w:t>第</w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t>页</w:t></w:r></w:p>'
    art = '<w:p><w:r><w:pict><v:shape><v:textpath string="内部资料"/></v:shape></w:pict></w:r></w:p>'
    uses = [("header", "default", "header1"), ("header", "first", "header2"), ("footer", "default", "footer1")]
    uses.append(("header", "even", "header1"))
    references = "".join(f'<w:{kind}Reference w:type="{use}" r:id="{name}"/>' for kind, use, name in uses)
    body = paragraph(
        run("正文")
        + '<w:r><w:footnoteReference w:id="2"/></w:r>'
        + _text_box(paragraph("框中") + paragraph(_text_box(paragraph("框中框"))))
    )
    notes = '<w:footnote w:id="0" w:type="separator"><w:p><w:r><w:t>——</w:t></w:r></w:p></w:footnote>' + "".join(
        f'<w:footnote w:id="{number}">{paragraph(text)}</w:footnote>' for number, text in [(2, "脚注"), (3, "无人引用")]
    )
    content = read(
        docx(
            body,
            section=references,
            footnotes=part("footnotes", notes),
            header1=part("hdr", paragraph("天津市智能工厂") + art),
            header2=part("hdr", paragraph("天津市智能工厂") + art),
            footer1=part("ftr", page),
        )
    )
    assert content.text == "正文\n框中\n\n框中框\n脚注\n天津市智能工厂\n\n内部资料\n第1页"
    assert [block.role for block in content.blocks] == [
        Role.PARAGRAPH, Role.TEXTBOX, Role.TEXTBOX, Role.NOTE, Role.HEADER, Role.WATERMARK, Role.PAGE_NUMBER,
    ]  # fmt: skip


def test_damaged_side_part_costs_only_itself() -> None:
    content = read(docx(paragraph("正文"), section='<w:headerReference r:id="header1"/>', header1="<broken"))
    assert content.text == "正文"
    assert [problem.code for problem in content.problems] == ["damaged"]


# --- other writers, hostile files -------------------------------------------------------------------------------------


def test_strict_namespace() -> None:
    def strict(text: str) -> str:
        return text.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"
        ).replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships"
        )

    import zipfile

    data = docx(
        table(row(cell("名称", '<w:gridSpan w:val="2"/>'), "甲")),
        section='<w:headerReference r:id="header1"/>',
        header1=part("hdr", paragraph("眉")),
    )
    with zipfile.ZipFile(BytesIO(data)) as archive:
        files = {name: strict(archive.read(name).decode()) for name in archive.namelist()}
    from tests.readers.word_files import zipped

    content = read(zipped(dict(files)))
    assert content.text == "名称\t甲\n眉"
    assert places(content)["名称"] == (0, 0, 0, 1, 2)


def test_written_by_python_docx() -> None:
    import docx as python_docx

    document = python_docx.Document()
    document.add_heading("一、基本情况", 1)
    document.add_paragraph("甲公司")
    grid = document.add_table(2, 2)
    grid.cell(0, 0).merge(grid.cell(1, 0)).text = "合并"
    document.sections[0].header.paragraphs[0].text = "页眉"
    buffer = BytesIO()
    document.save(buffer)
    content = read(buffer.getvalue())
    assert content.text.startswith("一、基本情况\n甲公司\n合并")
    assert content.blocks[0].level == 1
    assert lines(content, Role.HEADER) == ["页眉"]


_BOMB = '<!DOCTYPE w:document [<!ENTITY a "哈哈哈哈"><!ENTITY b "&a;&a;&a;&a;">]>'
_LEAK = '<!DOCTYPE w:document [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("declaration", [_BOMB, _LEAK])
def test_entities_are_refused(declaration: str) -> None:
    from tests.readers.word_files import zipped

    body = part("document", "<w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body>")
    content = read(zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": declaration + body}))
    assert content.text == ""
    assert [problem.code for problem in content.problems] == ["damaged"]
    assert codes(content) == ["damaged"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"not a zip", docx(paragraph("文"))[:200]])
def test_damage_is_said(data: bytes) -> None:
    content = read(data)
    assert (content.text, codes(content)) == ("", ["damaged"])


def test_blank_document_is_empty() -> None:
    content = read(docx(paragraph("") + table(row("", " "))))
    assert (codes(content), [problem.code for problem in content.problems]) == (["empty"], ["empty"])


def test_table_in_a_text_box_has_cells() -> None:
    content = read(docx(paragraph(_text_box(table(row("名称", "甲"))))))
    assert [block.role for block in content.blocks] == [Role.CELL, Role.CELL]


def test_deep_nesting_is_no_crash() -> None:
    deep = paragraph("底")
    for _ in range(60):
        deep = table(row(cell(deep + paragraph(""))))
    assert codes(read(docx(deep))) in (["damaged"], [])


_WORDS = st.text("甲乙丙丁1.２ ", max_size=6)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(_WORDS, st.lists(st.lists(_WORDS, min_size=2, max_size=2), min_size=1, max_size=3)), max_size=6))
def test_text_is_the_join_and_blocks_stand_in_it(items: list[str | list[list[str]]]) -> None:
    body = "".join(paragraph(item) if isinstance(item, str) else table(*(row(*cells) for cells in item)) for item in items)
    content = read(docx(body))
    assert content.text == "\n".join(item if isinstance(item, str) else "\n".join("\t".join(cells) for cells in item) for item in items)
    for block in content.blocks:
        assert all(0 <= span.start <= span.end <= len(content.text) for span in block.spans)
    wanted = [cell for item in items if not isinstance(item, str) for cells in item for cell in cells]
    assert [text.strip() for text in lines(content, Role.CELL)] == [text.strip() for text in wanted]
