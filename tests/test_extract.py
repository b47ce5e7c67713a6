"""The machine: tokens, pieces, merging of places, order, and hostile texts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docproc import extract, pipeline
from docproc.errors import DocprocError
from docproc.model import Document, Kind
from docproc.text.view import view_of
from tests.material_files import pdf, word


@settings(deadline=None)
@given(st.text(max_size=60))
def test_tokens_join_to_the_text(text: str) -> None:
    plain = text.encode("utf-8", "replace").decode("utf-8")
    doc = extract.language().make_doc(plain)
    assert doc.text == plain


def test_numbers_and_latin_words_are_tokens_and_characters_else() -> None:
    doc = extract.language().make_doc("营收12,066.58万元 CMMM二级")
    assert [token.text for token in doc] == ["营", "收", "12,066.58", "万", "元", " ", "CMMM", "二", "级"]


def test_components_read_the_same_on_a_doc_with_tokens_and_on_one_without() -> None:
    text = "申报单位：天津甲乙机械有限公司\n指标\t2023年\t2024年\n营业收入（万元）\t3,200\t3,500\n近三年未发生安全事故。"
    tokenized, untokenized = extract.language().make_doc(text), extract.blank_doc(text)
    assert untokenized.text == text
    for component in pipeline.pipeline():
        tokenized, untokenized = component(tokenized), component(untokenized)
    assert len(untokenized._.claims) == 5
    assert untokenized._.claims == tokenized._.claims
    assert untokenized._.fields == tokenized._.fields


def test_extractors_that_do_not_say_otherwise_are_given_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "_packages", lambda: [object()])
    pipeline._reads_tokens.cache_clear()
    try:
        assert [token.text for token in extract.blank_doc("二级 A")] == ["二", "级", " ", "A"]
    finally:
        pipeline._reads_tokens.cache_clear()


@given(st.text(alphabet="字\t\n", max_size=40), st.integers(1, 25))
def test_pieces_cover_a_text_and_end_at_line_breaks(text: str, longest: int) -> None:
    spans = list(extract.pieces(text, longest))
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(end - start <= longest for start, end in spans)
    assert all(text[span.end - 1] == "\n" or "\n" not in text[span.start : span.end] for span in spans[:-1])


def test_a_text_is_cut_before_a_table_rather_than_inside_it() -> None:
    prose, table = "甲\n" * 480, "指标\t2024年\n营业收入\t5600\n"
    spans = list(extract.pieces(prose + table + prose, 974))
    assert [(prose + table + prose)[start:end] for start, end in spans][:2] == [prose, table + "甲\n" * 477]


def test_the_same_claim_at_two_places_is_one_with_two_pieces_of_evidence() -> None:
    text = "近三年未发生安全事故。\n公司简介。\n近三年未发生安全事故。"
    claims = [claim for claim in extract.extract_claims(text) if claim.name == "accident.record"]
    assert len(claims) == 1
    assert [entry.start for entry in claims[0].evidence] == sorted({entry.start for entry in claims[0].evidence})
    assert len(claims[0].evidence) == 2


def test_claims_of_a_text_longer_than_one_piece_keep_their_places(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "公司概况如下。\n" * 40 + "近三年未发生安全事故。\n"
    whole = extract.extract_claims(text)
    monkeypatch.setattr(extract, "LONGEST_DOC", 100)
    assert extract.extract_claims(text) == whole


@pytest.mark.parametrize(
    ("pages", "levels"),
    [
        (("一、智能制造水平\n智能制造能力成熟度等级\n1", "二、建设内容\n智能制造能力成熟度情况见附件。"), []),
        (("一、智能制造水平\n智能制造能力成熟度等级\n1\n评估方式\n自评估", "二、建设内容"), [1]),
        (("一、智能制造水平\n智能制造能力成熟度等级\n二级", "二、建设内容"), [2]),
        (("一、智能制造水平\n智能制造能力成熟度等级：2", "二、建设内容"), [2]),
        (("一、智能制造水平\n智能制造能力成熟度等级", "2\n二、建设内容"), []),
        (("智能制造能力成熟度等级\n1",), []),
    ],
)
def test_a_lone_figure_that_ends_a_page_may_be_its_number_and_is_no_level(pages: tuple[str, ...], levels: list[int]) -> None:
    document = Document("d1", pdf("申报书.pdf", *pages), Kind.FORM)
    found = extract.extract_document(document, view_of(document.file.content))
    assert [claim.value for claim in found.claims if claim.name == "maturity.level"] == levels


def test_a_lone_figure_below_its_label_is_a_level_where_there_are_no_pages() -> None:
    document = Document("d1", word("申报书.docx", "智能制造能力成熟度等级\n2"), Kind.FORM)
    found = extract.extract_document(document, view_of(document.file.content))
    assert [(claim.name, claim.value) for claim in found.claims] == [("maturity.level", 2)]


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.sampled_from("近三年未无发生事故经营异常名录行政处罚□☑是否：，。；\n\t（）1 \ud800\u200b\x00"), max_size=60))
def test_hostile_texts_yield_claims_whose_quotes_hold(text: str) -> None:
    for claim in extract.extract_claims(text):
        assert all(entry.quote == text[entry.start : entry.end] for entry in claim.evidence)


def test_without_extractors_the_machine_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "entry_points", lambda group: ())
    pipeline.pipeline.cache_clear()
    try:
        with pytest.raises(DocprocError, match="没有安装任何抽取器"):
            pipeline.pipeline()
    finally:
        pipeline.pipeline.cache_clear()


def test_cues_keep_their_places_in_the_source() -> None:
    text = "如发生安全事故1起，愿退出。"
    claims = [claim for claim in extract.extract_claims(text) if claim.name == "accident.record"]
    assert [(cue.role, cue.text, cue.start) for claim in claims for cue in claim.cues] == [
        ("condition", "如", 0),
        ("scope", "如发生安全事故1起，", 0),
    ]


def test_a_scope_is_the_clause_judged_and_long_ones_are_not_repeated() -> None:
    text = "我公司近三年未发生安全事故，\n产品远销海外。"
    (claim,) = [claim for claim in extract.extract_claims(text) if claim.name == "accident.record"]
    (scope,) = [cue for cue in claim.cues if cue.role == "scope"]
    assert text[scope.start : scope.end] == scope.text == "我公司近三年未发生安全事故，"
    longer = "我公司近三年未发生安全事故" + "且管理到位" * extract.LONGEST_SCOPE + "。"
    assert not [cue for claim in extract.extract_claims(longer) for cue in claim.cues if cue.role == "scope"]
