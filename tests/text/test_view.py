from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from docproc.model import Block, CellPlace, Content, Role, Span
from docproc.text.view import View, view_of
from tests.text.damage import damaged


class Page:
    """Writes a source text and its blocks side by side."""

    def __init__(self, kind: str = "pdf") -> None:
        self.format = kind
        self.text = ""
        self.blocks: list[Block] = []

    def put(self, *lines: str, role: Role = Role.PARAGRAPH, page: int = 1, cell: CellPlace | None = None) -> Page:
        spans = []
        for line in lines:
            self.text += "\n" if self.text else ""
            spans.append(Span(len(self.text), len(self.text) + len(line)))
            self.text += line
        self.blocks.append(Block(role, tuple(spans), page, cell))
        return self

    def cell(self, row: int, column: int, *lines: str, row_span: int = 1) -> Page:
        return self.put(*lines, role=Role.CELL, cell=CellPlace(0, row, column, row_span))

    def view(self, span: Span | None = None) -> View:
        return view_of(Content(format=self.format, text=self.text, blocks=tuple(self.blocks)), span)


def quote(view: View, words: str) -> tuple[str, ...]:
    start = view.text.index(words)
    return view.source_slices(start, start + len(words))


def test_what_runs_round_the_text_is_left_out() -> None:
    page = Page().put("公司简介", role=Role.HEADING).put("申报书", role=Role.HEADER).put("第一段。").put("- 1 -", role=Role.PAGE_NUMBER)
    page.put("样本", role=Role.WATERMARK).put("暗", role=Role.HIDDEN).put("注：略", role=Role.NOTE).put("框内", role=Role.TEXTBOX)
    assert page.view().text == "公司简介\n第一段。\n注：略\n框内"


def test_a_row_is_one_line_and_its_cells_are_parted_by_tabs() -> None:
    page = Page().cell(0, 0, "企业", "名称").cell(0, 1, "天津滨海\t重工", "有限公司").cell(1, 0, "等级").cell(1, 1, "")
    view = page.view()
    assert view.text == "企业名称\t天津滨海 重工有限公司\n等级\t"
    assert quote(view, "重工有限公司") == ("重工\n有限公司",)
    assert quote(view, "企业名称\t天津滨海") == ("企业\n名称\n天津滨海",)


def test_lines_of_their_own_in_a_cell_stay_apart() -> None:
    view = Page().cell(0, 0, "申报级别").cell(0, 1, "□基础级", "☑先进级").view()
    assert view.text == "申报级别\t□基础级  ☑先进级"


def test_a_merged_cell_stands_once_in_its_first_row() -> None:
    page = Page().cell(0, 0, "基本信息", row_span=2).cell(0, 1, "名称").cell(0, 2, "甲").cell(1, 1, "地址").cell(1, 2, "乙")
    assert page.view().text == "基本信息\t名称\t甲\n地址\t乙"


def test_the_lines_of_a_paragraph_are_joined() -> None:
    view = Page().put("近三年未发生较大及以上安", "全、环保等事故。").put("第二段。").view()
    assert view.text == "近三年未发生较大及以上安全、环保等事故。\n第二段。"
    assert quote(view, "安全") == ("安\n全",)


def test_a_sentence_goes_on_over_the_page() -> None:
    page = Page().put("近三年，公司未发生").put("- 1 -", role=Role.PAGE_NUMBER).put("任何事故。", page=2).put("下一段。", page=2)
    view = page.view()
    assert view.text == "近三年，公司未发生任何事故。\n下一段。"
    assert quote(view, "未发生任何事故") == ("未发生", "任何事故")


def test_lines_of_a_text_file_are_joined() -> None:
    view = Page("txt").put("近三年来，公司未发").put("生较大及以上安全、环").put("保等事故。").view()
    assert view.text == "近三年来，公司未发生较大及以上安全、环保等事故。"
    assert quote(view, "安全、环保") == ("安全、环\n保",)


def test_paragraphs_of_a_word_file_are_paragraphs() -> None:
    assert Page("docx").put("近三年，公司未发").put("生事故。").view().text == "近三年，公司未发\n生事故。"


def test_without_blocks_the_source_itself_is_read() -> None:
    view = view_of(Content(format="pdf", text="天 津 市\f北 京 市"))
    assert view.text == "天津市\n北京市"
    assert quote(view, "北京") == ("北 京",)


def test_a_part_holds_only_its_own_blocks() -> None:
    page = Page().put("甲方。").put("乙方。")
    first = page.blocks[1].spans[0].start
    view = page.view(Span(first, len(page.text)))
    assert view.text == "乙方。"
    assert view.spans(0, 2) == (Span(first, first + 2),)


def test_a_separator_alone_has_an_empty_place() -> None:
    view = Page().put("甲").put("乙").view()
    assert view.spans(1, 2) == (Span(1, 1),)


def test_repairs_stand_in_the_source() -> None:
    page = Page().put("略", role=Role.HEADER).put("營業執法")
    (repair,) = page.view().repairs
    assert page.text[repair.start : repair.end] == repair.old == "營業執"


@given(st.lists(st.tuples(damaged, st.sampled_from([Role.PARAGRAPH, Role.HEADING, Role.HEADER, Role.CELL])), max_size=8))
@settings(max_examples=60)
def test_every_span_of_any_view_lies_in_blocks_that_are_shown(parts: list[tuple[str, Role]]) -> None:
    page = Page()
    for number, (text, role) in enumerate(parts):
        page.put(text, role=role, cell=CellPlace(0, number // 2, number % 2) if role is Role.CELL else None)
    view = page.view()
    hidden = {at for block in page.blocks if block.role is Role.HEADER for span in block.spans for at in range(*span)}
    for position, character in enumerate(view.text):
        spans = view.spans(position, position + 1)
        assert spans
        for span in spans:
            assert 0 <= span.start <= span.end <= len(page.text)
            if not character.isspace():
                assert not hidden.intersection(range(*span))
