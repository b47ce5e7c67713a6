"""Comments in a copy of a Word file stand at the very words, leave the text as it was, and open in LibreOffice."""

from __future__ import annotations

import io
import random
import subprocess
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from docproc.model import Content, Residue
from docproc.readers.unread import Unreadable
from docproc.readers.word import read
from docproc.render.annotate_word import annotate
from docproc.render.annotations import AUTHOR, Annotated, Note, dump
from tests.readers.word_files import NAMESPACES, paragraph, row, run, table

TICKED = '<w:r><w:rPr><w:rFonts w:ascii="Wingdings 2"/></w:rPr><w:sym w:font="Wingdings 2" w:char="F052"/><w:t>是</w:t></w:r>'
TEXT_BOX = (
    "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
    + paragraph("框内：先进级智能工厂")
    + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


def word_file(body: str) -> bytes:
    """A .docx as an office program would write it, with this body."""
    document = docx.Document()
    element = document.element.body
    for block in parse_xml(f"<w:body {NAMESPACES}>{body}</w:body>"):
        element.insert(len(element) - 1, block)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def noted(data: bytes, *quotes: str) -> tuple[Annotated, Content, Content]:
    """The copy with a note at each of these words, and what the reader makes of the file before and after."""
    before = read(data)
    notes = [_note(before.text, before.text.index(quote), len(quote)) for quote in quotes]
    copy = annotate(dump(notes), data)
    return copy, before, read(copy.data)


def _note(text: str, start: int, length: int) -> Note:
    return Note(text="【不符合】请改", outcome="fail", start=start, end=start + length, quote=text[start : start + length])


def commented(content: Content) -> list[str]:
    """The words that each comment is about, as the reader finds them."""
    return [content.text[trace.span.start : trace.span.end] for trace in content.traces if trace.residue is Residue.COMMENT]


@pytest.mark.parametrize(
    ("body", "quote"),
    [
        (paragraph("本公司成熟度等级为一级，拟于明年提升。"), "一级"),
        (paragraph(run("营业收入") + run("由2.71", "<w:b/>") + run("亿元增长")), "收入由2.71亿"),
        (table(row("统一社会信用代码", "911101155Y7"), row("注册地址", "北京市大兴区")), "统一社会信用代码\t911101155Y7"),
        (paragraph("<w:r><w:t>第一行</w:t><w:br/><w:t>第二行</w:t><w:tab/><w:t>末</w:t></w:r>"), "行\n第二"),
        (paragraph(run("规上企业：") + TICKED + run("□否")), "☑是"),
        (paragraph('<w:hyperlink w:anchor="x">' + run("见附件三的说明") + "</w:hyperlink>"), "附件三"),
        (paragraph("<w:ins w:author='甲'>" + run("新增的承诺") + "</w:ins>" + run("其余")), "承诺其"),
        (paragraph("<w:r><w:t>  前后有空格  </w:t></w:r>"), "后有"),
    ],
    ids=["in a run", "over runs", "over cells", "over a break", "a ticked box", "in a link", "in an insertion", "stripped blanks"],
)
def test_a_comment_stands_at_the_very_words(body: str, quote: str) -> None:
    copy, before, after = noted(word_file(paragraph("封面") + body + paragraph("末段")), quote)
    assert after.text == before.text
    assert commented(after) == [quote]
    assert (copy.placed, copy.notes) == (1, 1)


def test_words_in_a_text_box_are_commented_at_the_box() -> None:
    """Word takes no comment inside a text box."""
    copy, before, after = noted(word_file(paragraph(run("见右图") + TEXT_BOX)), "先进级智能工厂")
    assert after.text == before.text
    assert copy.placed == 0
    body = etree.fromstring(_part(copy.data, "word/document.xml"))
    (start,) = body.iter("{*}commentRangeStart")
    assert next(start.iterancestors("{*}txbxContent"), None) is None


def test_notes_without_a_place_stand_together_at_the_beginning() -> None:
    data = word_file(table(row("单位", "甲")) + paragraph("正文"))
    notes = [Note(text="【缺少】审计报告", outcome="missing"), Note(text="【待核】印章", outcome="review")]
    copy = annotate(dump(notes), data)
    comments = etree.fromstring(_part(copy.data, "word/comments.xml"))
    assert "".join(comments.itertext()) == "【缺少】审计报告【待核】印章"
    assert read(copy.data).text == read(data).text


def test_the_file_s_own_comments_stay() -> None:
    document = docx.Document()
    line = document.add_paragraph("原有批注的段落")
    document.add_comment(line.runs, "客户的批注", "客户")
    buffer = io.BytesIO()
    document.save(buffer)
    _, _, after = noted(buffer.getvalue(), "段落")
    assert sorted(trace.author for trace in after.traces) == sorted([AUTHOR, "客户"])
    assert "客户的批注" in [trace.text for trace in after.traces]


def test_the_same_notes_give_the_same_bytes() -> None:
    data = word_file(paragraph("成熟度等级为一级"))
    assert noted(data, "一级")[0] == noted(data, "一级")[0]


def test_another_file_than_the_one_reviewed_is_refused() -> None:
    note = Note(text="x", outcome="fail", start=0, end=2, quote="乙方")
    with pytest.raises(Unreadable):
        annotate(dump([note]), word_file(paragraph("甲方")))


@settings(max_examples=60)
@given(st.lists(st.text("营收一二3级\t（） ", min_size=1, max_size=7), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_any_places_of_any_runs(texts: list[str], chance: random.Random) -> None:
    """Several overlapping notes over runs of any length: each stands at its words and the text stays."""
    data = word_file(paragraph("".join(run(text) for text in texts)) + table(row(*texts)))
    before = read(data)
    ranges = [sorted(chance.sample(range(len(before.text) + 1), 2)) for _ in range(4)]
    notes = [_note(before.text, start, end - start) for start, end in ranges if before.text[start:end].strip("\t\n")]
    after = read(annotate(dump(notes), data).data)
    assert after.text == before.text
    assert sorted(text.strip("\t\n") for text in commented(after)) == sorted((note.quote or "").strip("\t\n") for note in notes)


@pytest.mark.program("soffice")
def test_libreoffice_shows_the_comments_at_their_words(tmp_path: Path) -> None:
    body = paragraph(run("本公司") + run("未发生", "<w:b/>") + run("重大事故。")) + table(row("等级", "一级（规划级）"))
    copy, _, _ = noted(word_file(body), "未发生重大", "一级")
    (tmp_path / "copy.docx").write_bytes(copy.data)
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "fodt"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(tmp_path / "copy.docx")], check=True, capture_output=True, timeout=120)
    root = etree.parse(tmp_path / "copy.fodt").getroot()
    assert [_annotated(root, each) for each in root.iter("{*}annotation")] == ["未发生重大", "一级"]
    assert {creator.text for creator in root.iter("{http://purl.org/dc/elements/1.1/}creator")} >= {AUTHOR}


def _annotated(root: etree._Element, annotation: etree._Element) -> str:
    """The words between an ODF annotation and its end."""
    office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
    name = annotation.get(f"{office}name")
    words: list[str] = []
    inside = False
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element is annotation or next(element.iterancestors(f"{office}annotation"), None) is not None:
            if event == "end" and element is annotation:
                inside = True
                words.append(element.tail or "")
        elif element.tag == f"{office}annotation-end" and element.get(f"{office}name") == name:
            break
        elif inside:
            words.append((element.text if event == "start" else element.tail) or "")
    return "".join("".join(words).split())


def _part(data: bytes, name: str) -> bytes:
    import zipfile

    return zipfile.ZipFile(io.BytesIO(data)).read(name)
