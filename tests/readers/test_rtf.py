"""RTF: characters in every code page, tables, fields and what was edited; nothing that is not shown is read as text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docproc.model import Content, Residue, Role
from docproc.readers import read_bytes
from docproc.readers.rtf import read

_FONTS = r"{\fonttbl{\f0\fcharset134 \'cb\'ce\'cc\'e5;}{\f1\fcharset2 Wingdings 2;}{\f2\fcharset136 x;}{\f3\fcharset0 Times;}}"


def rtf(body: str, head: str = r"\ansi\ansicpg936\deff0\uc1") -> bytes:
    return b"{\\rtf1" + head.encode() + _FONTS.encode() + hexed(body) + b"}"


def hexed(body: str, encoding: str = "gb18030") -> bytes:
    """The body with Chinese characters as RTF writes them: \\'xx a byte."""
    return b"".join(
        char.encode() if char < "\x7f" else b"".join(f"\\'{byte:02x}".encode() for byte in char.encode(encoding)) for char in body
    )


def lines(content: Content, role: Role | None = None) -> list[str]:
    return ["\n".join(content.text[slice(*span)] for span in block.spans) for block in content.blocks if role is None or block.role is role]


def codes(content: Content) -> list[str]:
    return [loss.code for loss in content.losses]


def row(*texts: str, define: str = "") -> str:
    define = define or "".join(rf"\cellx{2000 * (at + 1)}" for at in range(len(texts)))
    return rf"\trowd{define}" + "".join(rf"\pard\intbl {text}\cell" for text in texts) + r"\row\pard "


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("企业名称", "企业名称"),
        (r"\u20225?\u-255 ?", "企！"),
        (r"\uc2\u22825\'cc\'ec\u27941\'bd\'f2", "天津"),
        (r"{\uc0\u22825}津", "天津"),
        (r"\u-10174?\u-8265?", "𠮷"),
        (r"{\f2\'a4\'d1}", "天"),
        (r"{\f3 caf\'e9}", "café"),
        (r"\'8a@", "夽"),
        (r"a\tab b\line c\emdash d\~e\_f\{g\}\\h", "a\tb\nc—d\xa0e-f{g}\\h"),
        (r"{\f1 R}是{\f1\'a3}否{\f1\u-4014?}", "☑是☐否☑"),
        (r"{\*\unknown 看不见}看得见{\*\bkmkstart 书签}", "看得见"),
        (r"{\info{\title 题}}正文{\pict\bin5 }}}}}}后", "正文后"),
        (r"{\listtext\pard\plain 一、\tab}总则", "一、总则"),
        (r"{\listtext 1.1\tab}目的{\pntext\f1\'b7\tab}", "1.1 目的"),
        (r"{\shpinst{\sp{\sn x}{\sv y}}}后", "后"),
    ],
)
def test_inline(body: str, text: str) -> None:
    assert read(rtf(body)).text == text


def test_paragraphs_headings_and_tables() -> None:
    body = rf"\pard\outlinelevel0 申报书\par {row('企业名称', '甲公司')}{row('注册资本', '')}\pard 结束\par\par"
    content = read(rtf(body))
    assert content.text == "申报书\n企业名称\t甲公司\n注册资本\t\n结束"
    assert [(block.role, block.level) for block in content.blocks] == [(Role.HEADING, 1), *[(Role.CELL, None)] * 4, (Role.PARAGRAPH, None)]


def test_merged_and_nested_cells() -> None:
    upper, lower = r"\clvmgf\cellx2000\cellx4000\cellx6000", r"\clvmrg\cellx2000\clmgf\cellx4000\clmrg\cellx6000"
    content = read(rtf(row("基本", "甲", "乙", define=upper) + row("", "丙", "", define=lower)))
    found = {text: block.cell for block, text in zip(content.blocks, lines(content), strict=True) if block.cell is not None}
    assert (found["基本"].row_span, found["丙"].column_span) == (2, 2)
    inner = r"\itap2 内一\nestcell 内二\nestcell{\*\nesttableprops\trowd\cellx1\nestrow}{\nonesttables\par}"
    assert read(rtf(rf"\trowd\cellx2000\cellx4000\pard\intbl{inner}\pard\intbl\itap1 外\cell 值\cell\row")).text == "内一\t内二\n外\t值"


def test_fields_and_boxes() -> None:
    body = (
        r"{\field{\*\fldinst HYPERLINK x}{\fldrslt 链接}}{\field{\*\fldinst eq \\o\\ac(□,√)}{\fldrslt}}是"
        r"{\field{\*\fldinst{\*\formfield{\fftype1\ffres1\ffdefres0{\*\ffname a}}}FORMCHECKBOX}{\fldrslt}}有"
        r"{\field{\*\fldinst{\*\formfield{\fftype1\ffres25\ffdefres1}}FORMCHECKBOX}{\fldrslt}}无"
    )
    assert read(rtf(body)).text == "链接☑是☑有☑无"


def test_traces_of_editing() -> None:
    body = r"预算{\revised 二百}{\deleted 一百}万元{\v 内部}\plain{\*\atnid X}{\*\annotation\pard 此处存疑}"
    content = read(rtf(body))
    assert content.text == "预算二百万元\n内部"
    assert {(trace.residue, trace.text) for trace in content.traces} == {
        (Residue.INSERTION, "二百"), (Residue.DELETION, "一百"), (Residue.HIDDEN_TEXT, "内部"), (Residue.COMMENT, "此处存疑"),
    }  # fmt: skip
    assert codes(content) == ["revisions", "hidden_text"]


def test_boxes_notes_and_margins_follow_the_body() -> None:
    body = (
        r"{\header\pard 智能工厂\par}{\headerf\pard 智能工厂\par}{\footer\pard 第{\field{\*\fldinst PAGE}{\fldrslt 1}}页\par}"
        r"正文{\footnote\pard 脚注}{\shp{\*\shpinst{\shptxt\pard 框中\par}}{\shprslt 框中}}\par"
    )
    content = read(rtf(body))
    assert [(block.role, text) for block, text in zip(content.blocks, lines(content), strict=True)] == [
        (Role.PARAGRAPH, "正文"), (Role.TEXTBOX, "框中"), (Role.NOTE, "脚注"), (Role.HEADER, "智能工厂"), (Role.PAGE_NUMBER, "第1页"),
    ]  # fmt: skip


def test_pictures_and_objects_are_losses() -> None:
    words = "正文" * 100
    large, small = r"{\pict\picwgoal9000\pichgoal5000 ffd8}", r"{\pict\picwgoal900\pichgoal500 ffd8}"
    assert codes(read(rtf(words + large + small))) == ["picture"]
    assert codes(read(rtf("扫描" + large))) == ["unread_page"]
    assert codes(read(rtf(words + r"{\object{\*\objdata 00}{\result{\pict 00}}}"))) == ["embedded"]


def test_cut_off_and_blank() -> None:
    cut = read(rtf(r"正文{\b 后")[:-1])
    assert (cut.text, codes(cut), [problem.code for problem in cut.problems]) == ("正文后", ["damaged"], ["damaged"])
    assert codes(read(rtf(""))) == ["empty"]
    assert codes(read(rtf(r"{\*\secret 文")[:-2])) == ["damaged"]
    assert read_bytes("申报书.doc", rtf("正文")).text == "正文"


def test_raw_bytes_and_unknown_code_page() -> None:
    assert read(b"{\\rtf1\\ansi\\ansicpg936 " + "企业名称".encode("gbk") + b"}").text == "企业名称"
    assert read(rb"{\rtf1\ansicpg99999 abc}").text == "abc"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*r"{}\*'", "\\u22825?", "\\cell", "\\row", "\\trowd", "\\cellx9", "\\intbl", "\\par", "\\field", "文",
    "\\fldinst", "\\fldrslt", "\\itap3", "\\nestcell", "\\header", "\\pict", "\\listtext", "\\v", "\\deleted", "\\bin3", "\\fonttbl",
    "\\f1",
    "\\fcharset2", "\\uc9", "\\u-99999", " ", "1", "\\annotation", "\\shptxt", "\\outlinelevel99"]), max_size=60))  # fmt: skip
def test_any_tokens_never_raise(pieces: list[str]) -> None:
    content = read(b"{\\rtf1" + hexed("".join(pieces)) + b"}")
    for block in content.blocks:
        assert all(0 <= span.start <= span.end <= len(content.text) for span in block.spans)
