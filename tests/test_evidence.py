"""Evidence: quotes stand where they say, none crosses a page, a rectangle a line."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from docproc.evidence import holds, locate, whole_document
from docproc.model import Content, Document, Kind, Page, SourceFile, Span

LINES = ("第一行文字", "第二行文字")


def paged(*pages: str) -> Document:
    """A PDF of these pages: characters 10 points wide, lines 20 points apart."""
    text, made = "\f".join(pages), []
    start = 0
    for number, page in enumerate(pages, start=1):
        boxes = array("f")
        x, y = 0, 0
        for character in page:
            if character == "\n":
                x, y = 0, y + 20
                boxes.extend((0, 0, 0, 0))
                continue
            boxes.extend((x, y, x + 10, y + 12))
            x += 10
        made.append(Page(number, start, start + len(page), 595, 842, char_boxes=boxes))
        start += len(page) + 1
    return Document("d1", SourceFile("申报书.pdf", "", Content("pdf", text, pages=tuple(made))), Kind.FORM)


def test_a_rectangle_a_line() -> None:
    (evidence,) = locate(paged("\n".join(LINES)), [Span(3, 8)])
    assert evidence.quote == "文字\n第二"
    assert evidence.boxes == ((30, 0, 50, 12), (0, 20, 20, 32))
    assert evidence.box == (0, 0, 50, 32)
    assert evidence.page == 1


def test_no_quote_crosses_a_page() -> None:
    document = paged(*LINES)
    assert [(entry.page, entry.quote) for entry in locate(document, [Span(3, 8)])] == [(1, "文字"), (2, "第二")]


def test_outer_blanks_are_no_part_of_a_quote() -> None:
    (evidence,) = locate(paged("天津 \n市"), [Span(0, 4)])
    assert evidence.quote == "天津"


def test_nothing_to_quote_is_no_evidence() -> None:
    assert locate(paged(" \n "), [Span(0, 3)]) == ()


def test_a_word_file_has_no_pages_and_no_boxes() -> None:
    document = Document("d1", SourceFile("申报书.docx", "", Content("docx", "天津市")), Kind.FORM)
    (evidence,) = locate(document, [Span(0, 2)])
    assert (evidence.page, evidence.box, evidence.quote) == (None, None, "天津")


def test_a_document_as_a_whole_has_no_place() -> None:
    evidence = whole_document(paged(*LINES))
    assert (evidence.start, evidence.quote) == (None, None)
    assert holds(paged(*LINES), evidence)


@given(st.lists(st.text(alphabet="天津市 \n企业", max_size=12), min_size=1, max_size=5), st.data())
def test_every_quote_stands_in_the_source(pages: list[str], data: st.DataObject) -> None:
    document = paged(*pages)
    length = len(document.file.content.text)
    start = data.draw(st.integers(0, length))
    end = data.draw(st.integers(start, length))
    for evidence in locate(document, [Span(start, end)]):
        assert holds(document, evidence)
        assert "\f" not in (evidence.quote or "")
        page = document.file.content.pages[(evidence.page or 0) - 1]
        assert page.start <= (evidence.start or 0) <= (evidence.end or 0) <= page.end


def turned(*lines: str, down: bool) -> Document:
    """A page on which writing runs down (a page turned to the right) or up; the lines 20 points apart."""
    boxes = array("f")
    for number, line in enumerate(lines):
        if number:
            boxes.extend((0, 0, 0, 0))
        for at in range(len(line)):
            y = 100 + 10 * at if down else 700 - 10 * at
            boxes.extend((300 - 20 * number, y, 312 - 20 * number, y + 10))
    text = "\n".join(lines)
    page = Page(1, 0, len(text), 595, 842, char_boxes=boxes)
    return Document("d1", SourceFile("申报书.pdf", "", Content("pdf", text, pages=(page,))), Kind.FORM)


def test_a_rectangle_a_line_on_a_turned_page() -> None:
    (evidence,) = locate(turned(*LINES, down=True), [Span(0, 11)])
    assert evidence.boxes == ((300, 100, 312, 150), (280, 100, 292, 150))
    (evidence,) = locate(turned(*LINES, down=False), [Span(3, 8)])
    assert evidence.boxes == ((300, 660, 312, 680), (280, 690, 292, 710))


def test_a_short_line_over_a_long_one_is_not_taken_for_turned_writing() -> None:
    (evidence,) = locate(paged("一\n二三四"), [Span(0, 5)])
    assert evidence.boxes == ((0, 0, 10, 12), (0, 20, 30, 32))
