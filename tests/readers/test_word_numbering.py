"""Automatic numbers stand before their paragraphs as Word shows them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.model import Content
from docproc.readers.word import read
from docproc.readers.word_numerals import written
from tests.readers.word_files import cell, docx, paragraph, part, row, run, table


def level(index: int, writing: str, text: str, more: str = "", start: int = 1) -> str:
    return f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{writing}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


OFFICIAL = (
    level(0, "chineseCounting", "%1、") + level(1, "chineseCounting", "（%2）") + level(2, "decimal", "%3.") + level(3, "decimal", "(%4)")
)


def numbering(*abstracts: str, lists: str = "") -> str:
    bodies = "".join(f'<w:abstractNum w:abstractNumId="{at}">{body}</w:abstractNum>' for at, body in enumerate(abstracts))
    default = "".join(f'<w:num w:numId="{at + 1}"><w:abstractNumId w:val="{at}"/></w:num>' for at in range(len(abstracts)))
    return part("numbering", bodies + (lists or default))


def item(text: str, index: int = 0, number: int = 1, mark: str = "") -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{index}"/><w:numId w:val="{number}"/></w:numPr>{mark}')


def shown(body: str, *abstracts: str, lists: str = "", **parts: str) -> list[str]:
    return read(docx(body, numbering=numbering(*abstracts, lists=lists), **parts)).text.split("\n")


def test_levels_count_and_start_anew_under_a_higher_one() -> None:
    body = (
        item("基本情况") + item("企业概况", 1) + item("名称", 2) + item("地址", 2) + paragraph("天津市") + item("人员", 2)
        + item("财务", 1) + item("营收", 2) + item("建设内容") + item("场景", 1)
    )  # fmt: skip
    assert shown(body, OFFICIAL) == [
        "一、基本情况", "（一）企业概况", "1. 名称", "2. 地址", "天津市", "3. 人员", "（二）财务", "1. 营收", "二、建设内容", "（一）场景",
    ]  # fmt: skip


def test_several_levels_in_one_number_and_legal_ones() -> None:
    levels = level(0, "chineseCounting", "第%1章") + level(1, "decimal", "%1.%2", "<w:isLgl/>") + level(2, "lowerLetter", "%1.%2.%3", "")
    body = item("总则") + item("目的", 1) + item("范围", 1) + item("甲", 2) + item("附则") + item("解释", 1)
    assert shown(body, levels) == ["第一章 总则", "1.1 目的", "1.2 范围", "一.2.a 甲", "第二章 附则", "2.1 解释"]


def test_level_used_without_the_higher_one_shows_its_start() -> None:
    assert shown(item("甲", 1) + item("乙", 1), level(0, "decimal", "%1") + level(1, "decimal", "%1.%2")) == ["1.1 甲", "1.2 乙"]


def test_restart_never_and_by_a_certain_level() -> None:
    never = level(0, "decimal", "%1.") + level(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>')
    body = item("一") + item("甲", 1) + item("二") + item("乙", 1)
    assert shown(body, never) == ["1. 一", "(1) 甲", "2. 二", "(2) 乙"]
    by_first = level(0, "decimal", "%1.") + level(1, "decimal", "%2.") + level(2, "decimal", "(%3)", '<w:lvlRestart w:val="1"/>')
    body = item("一") + item("甲", 1) + item("子", 2) + item("乙", 1) + item("丑", 2) + item("二") + item("寅", 2)
    assert [line[:3] for line in shown(body, by_first) if line.startswith("(")] == ["(1)", "(2)", "(1)"]


def test_lists_of_one_abstract_list_count_on_unless_one_starts_anew() -> None:
    lists = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    body = item("甲") + item("乙", number=2) + item("丙", number=3) + item("丁", number=3)
    assert shown(body, OFFICIAL, lists=lists) == ["一、甲", "二、乙", "五、丙", "六、丁"]


def test_level_overridden_by_the_list() -> None:
    roman = level(0, "upperRoman", "%1)", start=4)
    own = f'<w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">{roman}</w:lvlOverride></w:num>'
    assert shown(item("甲") + item("乙"), OFFICIAL, lists=own) == ["IV) 甲", "V) 乙"]


_STYLES = part(
    "styles",
    '<w:style w:type="paragraph" w:styleId="h1"><w:name w:val="heading 1"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="h2"><w:name w:val="heading 2"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="h3"><w:name w:val="heading 3"/><w:basedOn w:val="h2"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="2"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="numbering" w:styleId="公文"><w:name w:val="公文"/></w:style>',
)


def test_numbers_by_style_its_ancestors_and_the_level_that_names_it() -> None:
    levels = (
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="h1"/>')
        + level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="h2"/>')
        + level(2, "decimal", "%3.", "")
    )
    body = "".join(paragraph(text, f'<w:pStyle w:val="{style}"/>') for text, style in [("总", "h1"), ("分", "h2"), ("分", "h2")])
    none = paragraph("无号", '<w:pStyle w:val="h1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    content = read(docx(body + none, numbering=numbering(levels), styles=_STYLES))
    assert content.text.split("\n") == ["一、总", "（一）分", "（二）分", "无号"]
    assert [block.level for block in content.blocks] == [1, 2, 2, 1]
    assert shown(paragraph("细", '<w:pStyle w:val="h3"/>'), level(2, "decimal", "%3."), styles=_STYLES) == ["1. 细"]


def test_list_that_borrows_a_numbering_style() -> None:
    bodies = ('<w:numStyleLink w:val="公文"/>', '<w:styleLink w:val="公文"/>' + OFFICIAL)
    assert shown(item("甲") + item("乙", number=2), *bodies, styles=_STYLES) == ["一、甲", "二、乙"]


def test_what_shows_nothing_has_no_number_but_counts() -> None:
    grid = table(row(cell(item("", 2)), "甲"), row(cell(item("", 2)), "乙"))
    assert shown(item("一") + item("") + item("三") + grid, OFFICIAL) == ["一、一", "", "三、三", "\t甲", "\t乙"]


@pytest.mark.parametrize(
    ("text", "font", "line"),
    [("\uf0a8", "Wingdings", "☐是"), ("\uf06c", "Wingdings", "是"), ("□", "宋体", "□是"), ("•", "", "是"), ("\uf0fc", "Wingdings", "是")],
)
def test_bullets_are_ornaments_boxes_are_not(text: str, font: str, line: str) -> None:
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>'
    assert shown(item("是"), level(0, "bullet", text, fonts)) == [line]


def test_hidden_number_and_number_of_hidden_words() -> None:
    assert shown(item("甲"), level(0, "decimal", "%1.", "<w:rPr><w:vanish/></w:rPr>")) == ["甲"]
    assert shown(item("甲"), level(0, "none", "")) == ["甲"]


def test_joined_paragraphs_have_one_number() -> None:
    body = item("前", mark="<w:rPr><w:del/></w:rPr>") + item("后") + item("末")
    assert shown(body, OFFICIAL) == ["一、前后", "二、末"]
    plain = paragraph("前", "<w:rPr><w:del/></w:rPr>") + item("后")
    assert shown(plain, OFFICIAL) == ["一、前后"]


def test_traces_still_stand_where_they_stood() -> None:
    inserted = '<w:ins w:author="某">' + run("新增") + "</w:ins>"
    content: Content = read(docx(item(inserted + run("文字")), numbering=numbering(OFFICIAL)))
    assert content.text == "一、新增文字"
    assert [(trace.text, content.text[slice(*trace.span)]) for trace in content.traces] == [("新增", "新增")]
    assert content.blocks[0].spans[0].start == 0


@pytest.mark.parametrize(
    "damage",
    [
        '<w:num w:numId="1"><w:abstractNumId w:val="9"/></w:num>',
        '<w:num w:numId="1"/>',
        '<w:num/><w:num w:numId="x"><w:abstractNumId w:val="0"/></w:num>',
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="-7"><w:startOverride w:val="x"/></w:lvlOverride></w:num>',
    ],
)
def test_damaged_numbering_costs_no_words(damage: str) -> None:
    body = item("甲") + paragraph("乙", '<w:numPr><w:ilvl w:val="-3"/><w:numId w:val="1"/></w:numPr>') + paragraph("丙", "<w:numPr/>")
    lines = shown(body, '<w:lvl><w:start w:val="-99999999999"/><w:lvlText w:val="%1%9"/></w:lvl>', lists=damage)
    assert [line[-1] for line in lines] == ["甲", "乙", "丙"]
    assert read(docx(item("甲"), numbering="<broken")).text == "甲"


@pytest.mark.parametrize(
    ("number", "writing", "text"),
    [
        (1, "decimal", "1"), (12, "chineseCounting", "十二"), (20, "chineseCounting", "二十"),
        (105, "chineseCounting", "一百〇五"), (110, "chineseCountingThousand", "一百一十"),
        (1005, "chineseCountingThousand", "一千零五"), (12, "chineseLegalSimplified", "壹拾贰"),
        (3, "ideographLegalTraditional", "參"), (2, "ideographTraditional", "乙"),
        (11, "ideographTraditional", "11"), (12, "ideographZodiac", "亥"), (10, "ideographDigital", "一〇"),
        (3, "decimalEnclosedCircleChinese", "③"), (21, "decimalEnclosedCircle", "㉑"),
        (2, "decimalEnclosedParen", "⑵"), (2, "decimalEnclosedFullstop", "⒉"), (12, "decimalFullWidth", "１２"),
        (7, "decimalZero", "07"), (28, "upperLetter", "BB"), (27, "lowerLetter", "aa"),
        (1994, "upperRoman", "MCMXCIV"), (4, "lowerRoman", "iv"), (5, "none", ""), (5, "unheard-of", "5"),
        (0, "chineseCounting", "0"), (99_999, "upperRoman", "99999"), (3, "ideographEnclosedCircle", "㊂"),
        (3, "ideographParenthesized", "㈢"),
    ],
)  # fmt: skip
def test_writings(number: int, writing: str, text: str) -> None:
    assert written(number, writing) == text


def test_custom_writing_pads() -> None:
    assert (written(7, "custom", "001, 002, 003, ..."), written(7, "custom", "a, b")) == ("007", "7")


@given(st.integers(1, 9_999))
def test_chinese_numbers_are_read_back(number: int) -> None:
    from docproc.text.numerals import parse_number

    for writing in ("chineseCounting", "chineseCountingThousand", "chineseLegalSimplified"):
        assert parse_number(written(number, writing)) == number
