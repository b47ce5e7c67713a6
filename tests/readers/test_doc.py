"""Word 97-2003 files: the same order and signs as for .docx, by their own piece table."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docproc.model import Content, Residue, Role
from docproc.readers import read_bytes
from docproc.readers.doc import read
from docproc.readers.doc_runs import Stretches
from tests.readers.compound_files import compound
from tests.readers.doc_files import DELETED, HIDDEN, INSERTED, Run, Word97, cells, doc, line, listed, streams, symbol


def lines(content: Content, role: Role | None = None) -> list[str]:
    return ["\n".join(content.text[slice(*span)] for span in block.spans) for block in content.blocks if role is None or block.role is role]


def codes(content: Content) -> list[str]:
    return [loss.code for loss in content.losses]


def places(content: Content) -> dict[str, tuple[int, int, int, int, int]]:
    return {
        text: (block.cell.table, block.cell.row, block.cell.column, block.cell.row_span, block.cell.column_span)
        for block, text in zip(content.blocks, lines(content), strict=True)
        if block.cell is not None
    }


def test_paragraphs_headings_and_tables() -> None:
    content = read(
        doc([line("申报书", style=1), *cells("企业名称", "甲公司"), *cells("注册资本", ""), line("结束", sprms=b"\x40\x26\x02")])
    )
    assert content.text == "申报书\n企业名称\t甲公司\n注册资本\t\n结束"
    assert [(block.role, block.level) for block in content.blocks if block.cell is None] == [(Role.HEADING, 1), (Role.HEADING, 3)]
    assert len([block for block in content.blocks if block.cell is not None]) == 4
    assert (codes(content), content.problems) == ([], ())


def test_text_of_one_byte_a_character() -> None:
    assert read(doc(Word97([line("GB/T 39116 – 2020")], compressed=True))).text == "GB/T 39116 – 2020"


def test_characters_beyond_two_bytes() -> None:
    assert read(doc([line("𠮷野家"), line("后")])).text == "𠮷野家\n后"


def test_merged_cells() -> None:
    rows = [
        *cells("基本情况", "名称", "甲公司", edges=(0, 2000, 4000, 8000), flags=(0x60, 0, 0)),
        *cells("", "年份", "2024", "2025", edges=(0, 2000, 4000, 6000, 8005), flags=(0x20, 0, 0, 0)),
        *cells("其他", "无", "", edges=(0, 2000, 4000, 8000), flags=(0, 1, 2)),
    ]
    content = read(doc(rows))
    assert content.text == "基本情况\t名称\t甲公司\n\t年份\t2024\t2025\n其他\t无\t"
    found = places(content)
    assert found["基本情况"] == (0, 0, 0, 2, 1)
    assert found["甲公司"] == (0, 0, 2, 1, 2)
    assert found["2025"] == (0, 1, 3, 1, 1)
    assert found["无"] == (0, 2, 1, 1, 3)


def test_cell_of_two_paragraphs_and_a_tab_in_it() -> None:
    row = cells("标签", "值")
    row.insert(1, line("一\t二", sprms=row[0].sprms))
    content = read(doc([*row, line("后")]))
    assert content.text == "标签\t一 二\n值\n后"


def test_fields_show_their_results_and_boxes_their_state() -> None:
    state = struct.pack("<LHHHH", 0xFFFF_FFFF, 1 | 1 << 2, 0, 0, 0) + b"\0\0" + struct.pack("<H", 0)
    untouched = struct.pack("<LHHHH", 0xFFFF_FFFF, 1 | 25 << 2, 0, 1, 1) + "a".encode("utf-16-le") + b"\0\0" + struct.pack("<H", 0)
    data = b"".join(struct.pack("<LH62x", 68 + len(form), 68) + form for form in (state, untouched))
    second = 68 + len(state)

    def box(place: int) -> tuple[str | Run, ...]:
        return ("\x13 FORMCHECKBOX ", Run("\x01", struct.pack("<HLHB", 0x6A03, place, 0x0806, 1)), "\x14\x15")

    content = read(doc(Word97([
        line("第\x13 IF \x13 MERGEFIELD x \x14条件\x15 \x14五\x15条"), line(*box(0), "是", *box(second), "否"),
        line("\x13 eq \\o\\ac(□,√) \x15是"), line(symbol(1, 0xF052), "有", symbol(1, 0xA3), "无"),
        line(Run("R", struct.pack("<HH", 0x4A4F, 1)), "字R"),
    ], data=data)))  # fmt: skip
    assert content.text.split("\n") == ["第五条", "☑是☐否", "☑是", "☑有☐无", "☑字R"]


def test_field_never_closed_swallows_nothing() -> None:
    assert read(doc([line("\x13 PAGE "), line("还在")])).text == " PAGE \n还在"


def test_traces_of_editing() -> None:
    content = read(doc(Word97([
        line("预算", Run("二百", INSERTED), Run("一百", DELETED), "万元\x05"),
        line("近三年未发生", mark_sprms=DELETED), line("重大事故"), line("公开", Run("内部", HIDDEN)),
    ], comments=["此处存疑"])))  # fmt: skip
    assert content.text == "预算二百万元\n近三年未发生重大事故\n公开\n内部"
    found = {(trace.residue, trace.text, content.text[slice(*trace.span)]) for trace in content.traces}
    assert found == {
        (Residue.INSERTION, "二百", "二百"), (Residue.DELETION, "一百", ""), (Residue.COMMENT, "此处存疑", ""),
        (Residue.HIDDEN_TEXT, "内部", "内部"),
    } | {found for found in found if found[1] == "\r"}  # fmt: skip
    assert codes(content) == ["revisions", "hidden_text"]
    assert lines(content, Role.HIDDEN) == ["内部"]


def test_stories_follow_the_body() -> None:
    page = line("第\x13 PAGE \x141\x15页")
    heads = [[]] * 6 + [[], [line("智能工厂申报书")], [], [page], [line("智能工厂申报书")], []]
    content = read(doc(Word97([line("正文\x02")], footnotes=[line("\x02 脚注")], headers=heads, boxes=[line("框中")])))
    assert [(block.role, text.strip()) for block, text in zip(content.blocks, lines(content), strict=True)] == [
        (Role.PARAGRAPH, "正文"), (Role.TEXTBOX, "框中"), (Role.NOTE, "脚注"), (Role.HEADER, "智能工厂申报书"), (Role.PAGE_NUMBER, "第1页"),
    ]  # fmt: skip


def test_automatic_numbers_direct_and_by_style() -> None:
    levels = ((37, "\0、"), (37, "（\1）"), (0, "\2."))
    by_style = struct.pack("<HBHH", 0x260A, 1, 0x460B, 1)
    word = Word97(
        [listed("总"), line("分", style=2), line("分", style=3), listed("细", 2), listed(""), listed("末")],
        levels=levels, styles=((0x0FFF, b""), (0x0FFF, b""), (0, by_style), (2, b"")),
    )  # fmt: skip
    assert read(doc(word)).text == "一、总\n（一）分\n（二）分\n1. 细\n\n三、末"


def test_picture_and_embedded_file_are_losses() -> None:
    def picture(width: int) -> bytes:
        return struct.pack("<LH22xhhHH", 100, 68, width, width, 1000, 1000).ljust(68, b"\0")

    at = struct.pack("<HL", 0x6A03, 0)
    content = read(doc(Word97([line("正文" * 100, Run("\x01", at))], data=picture(5000))))
    assert [(loss.code, loss.count) for loss in content.losses] == [("picture", 1)]
    assert codes(read(doc(Word97([line("正文" * 100, Run("\x01", at))], data=picture(500))))) == []
    assert codes(read(doc(Word97([line("扫描", Run("\x01", at))], data=picture(5000))))) == ["unread_page"]
    assert codes(read(doc([line("正文" * 100, "\x13 EMBED Excel.Sheet.8 \x14", Run("\x01", at), "\x15")]))) == ["embedded"]
    assert codes(read(doc([line("正文" * 100, "\x13 EMBED Equation.3 \x14", Run("\x01", at), "\x15")]))) == ["formula"]
    assert codes(read(doc([line("正文" * 100 + "\x08")]))) == ["picture"]


def test_encrypted_blank_and_named_wps() -> None:
    assert codes(read(doc(Word97([line("密")], flags=0x0300)))) == ["encrypted"]
    assert codes(read(doc([line("")]))) == ["empty"]
    content = read_bytes("申报书.wps", doc([line("正文")]))
    assert (content.format, content.text, content.problems) == ("wps", "正文", ())


@pytest.mark.parametrize("size", [100, 512, 1500, 3000, 5000])
def test_cut_file_is_damaged_or_read(size: int) -> None:
    content = read_bytes("a.doc", doc([line("正文" * 50)])[:size])
    assert content.text or codes(content) == ["damaged"] or codes(content) == ["unsupported"]


def test_streams_that_are_missing_or_no_words() -> None:
    whole = streams(Word97([line("正文")]))
    assert codes(read(compound({"WordDocument": whole["WordDocument"]}))) == ["damaged"]
    assert codes(read(compound({**whole, "WordDocument": bytes(5000)}))) == ["damaged"]
    assert codes(read(compound({**whole, "1Table": bytes(5000)}))) == ["damaged"]
    assert codes(read(b"no compound file")) == ["damaged"]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 30))
def test_mutated_files_never_raise(seed: int, times: int) -> None:
    import random

    chance = random.Random(seed)
    data = bytearray(
        doc(Word97([line("总", style=1), listed("细"), *cells("甲", "乙"), line("\x13 PAGE \x141\x15")], levels=((37, "\0、"),)))
    )
    for _ in range(times):
        data[chance.randrange(512, len(data))] = chance.randrange(256)
    content = read_bytes("a.doc", bytes(data))
    for block in content.blocks:
        assert all(0 <= span.start <= span.end <= len(content.text) for span in block.spans)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 12), st.integers(1, 9))), st.integers(0, 30), st.integers(0, 20))
def test_stretches_cover_every_range_once(made: list[tuple[int, int, int]], start: int, length: int) -> None:
    stretches = Stretches([(low, low + size, known) for low, size, known in made], 0)
    pieces = list(stretches.between(start, start + length))
    assert [place for low, high, _ in pieces for place in range(low, high)] == list(range(start, start + length))
