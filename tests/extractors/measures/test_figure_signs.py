"""What the readers of figures pass over at a glance holds nothing: with the glance put off they find the same."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docproc.extract import Match, process
from extractors import figures
from extractors.measures import metrics, years
from extractors.measures import sentences as figure_sentences
from extractors.measures import tables as figure_tables
from extractors.measures.metrics import metric_of_label
from extractors.measures.years import ranged
from extractors.words.anchors import Sieve
from tests.extractors.corpus import cases
from tests.extractors.test_field_signs import texts

ANYTHING, NOTHING = re.compile(""), re.compile("(?!)")
WORDS = [
    *(
        "营业",
        "收入",
        "主营业务收入",
        "资产总额",
        "总资产",
        "职工",
        "人数",
        "从业人员",
        "公司现有",
        "2023年",
        "二〇二三年",
        "2022—2024年",
        "20",
    ),
    *(
        "民国113年",
        "至",
        "、",
        "近三年",
        "上年",
        "本期",
        "分别为",
        "约",
        "12,066.58",
        "318",
        "万元",
        "人",
        "（",
        "）",
        "（万元）",
        " ",
        "　",
    ),
    *("：", "，", "；", "。", "\n", "\t", "\t", "其中：", "增长率", "２０２３年"),
]
CELLS = [
    *(
        "项目",
        "2023年",
        "2024 年度",
        "本（审定）期",
        "上年",
        "营业收入",
        "营业 收入（万元）",
        "资产（总）额",
        "职工人数",
        "备注",
        "（万元）",
    ),
    *("1,234.50", "318", "-5", "", " 2 023年", "12人", "合计"),
]


def _figures(text: str) -> list[Match]:
    return [claim for claim in process(text)._.claims if claim.name.startswith("scale.")]


def _slowly(text: str) -> list[Match]:
    """The figures with nothing passed over."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figure_sentences, "_sieve", lambda: Sieve([""]))
        patch.setattr(figure_sentences, "own_metric", lambda: ANYTHING)
        patch.setattr(figure_sentences, "_SIGN_OF_LINES", ANYTHING)
        patch.setattr(figure_tables, "_sign_of_row", lambda: ANYTHING)
        patch.setattr(figure_tables, "_is_period", figure_tables._is_period.__wrapped__)
        patch.setattr(figure_tables, "_sign_of_period", lambda: ANYTHING)
        patch.setattr(figures, "_PLAIN", NOTHING)
        patch.setattr(figures.Coverage, "leaves_number", lambda *_: True)
        patch.setattr(years, "_SEVERAL_YEARS", ANYTHING)
        return _figures(text)


def test_nothing_is_lost_in_the_projects_own_cases() -> None:
    kept = [case.values[0] for case in cases("scale")]
    corpus = [str(entry["text"]) for entry in kept if isinstance(entry, dict) and "text" in entry]
    assert [text for text in (*corpus, *texts()[::2]) if _figures(text) != _slowly(text)] == []


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=2, max_size=24).map("".join))
def test_nothing_is_lost_in_sentences_of_any_kind(text: str) -> None:
    assert _figures(text) == _slowly(text)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.sampled_from(CELLS), min_size=2, max_size=4).map("\t".join), min_size=1, max_size=5).map("\n".join))
def test_nothing_is_lost_in_tables_of_any_kind(text: str) -> None:
    assert _figures(text) == _slowly(text)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map("".join))
def test_labels_without_a_word_of_a_metric_name_none(label: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(metrics, "label_sign", lambda: ANYTHING)
        slowly = metric_of_label.__wrapped__(label)
    assert metric_of_label(label) == slowly


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map("".join))
def test_a_stretch_of_one_year_holds_no_range(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(years, "_SEVERAL_YEARS", ANYTHING)
        slowly = ranged(text, 0, len(text))
    assert ranged(text, 0, len(text)) == slowly


@given(
    st.one_of(st.from_regex(r"-?[0-9]{1,3}(,[0-9]{3}){0,3}(\.[0-9]{1,4})?", fullmatch=True), st.from_regex("[0-9,.]{1,9}", fullmatch=True)),
    st.sampled_from(["", "元", "万元", "人民币万元", "亿元", "人", "吨"]),
)
def test_a_plain_figure_is_read_as_any_other(written: str, unit: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "_PLAIN", NOTHING)
        patch.setattr(figures.Coverage, "leaves_number", lambda *_: True)
        slowly = figures._number(written, unit), figures._money_bound(written, unit)
    assert (figures._number(written, unit), figures._money_bound(written, unit)) == slowly
