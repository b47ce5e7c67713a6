"""An expression tried only where its first two characters stand finds the same as one tried everywhere."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.words import scanning
from extractors.words.anchors import compiled, first_pairs, third_characters
from extractors.words.scanning import inside_lines, lines_without, places_of, scan, scan_any, split
from tests.extractors.words.test_anchors import expressions, sentences


def test_every_expression_of_the_vocabularies_finds_the_same() -> None:
    texts = "".join(sentences())[:20_000]
    for expression in expressions():
        pattern = compiled(expression)
        assert [found.span() for found in scan(pattern, texts)] == [found.span() for found in pattern.finditer(texts)], expression


_EXPRESSIONS = [
    "公司|公.{1,3}厂",
    r"[\d零〇][ ]?分",
    "(?<!我)公司(?:甲)?",
    r"(?m)^第\d条",
    r"级$|得分",
    r"\s级|级\b",
    "[一-三]级|五",
    "(?:甲|乙)?丙",
    "\U0001f600公|公\U0001f600",
    r"公+司",
    "(?i)mes|系统",
    "[^公]司",
    "公司甲|公[司厂]乙|我厂(?=得)|我厂?丙",
    "(?:公司|我.)级(?:一|三)|公司(?!得)",
    "",
]


@pytest.mark.parametrize("expression", _EXPRESSIONS)
@given(text=st.text(alphabet="公司我厂甲乙丙0３٣ 分得级第条一三五系统msMS\n\U0001f600𝟛", max_size=60))
def test_any_text_is_read_the_same(expression: str, text: str) -> None:
    shortest, scanning.SHORTEST = scanning.SHORTEST, 0
    try:
        pattern = re.compile(expression)
        assert [found.span() for found in scan(pattern, text)] == [found.span() for found in pattern.finditer(text)]
    finally:
        scanning.SHORTEST = shortest


@given(text=st.text(alphabet="公司我厂甲乙丙0３ 分得级\n\U0001f600", max_size=40))
def test_several_expressions_are_one_choice(text: str) -> None:
    parts = ["(?P<firm>公司甲)", "(?P<own>我[公厂]|公司)", "(?P<score>[\\d].?分)", "(?P<any>(?:.|\\n)级)"]
    found = [(match.span(), match.lastgroup) for match in scan_any([re.compile(part) for part in parts], text)]
    assert found == [(match.span(), match.lastgroup) for match in re.finditer("|".join(parts), text)]


def test_case_told_from_outside_is_minded() -> None:
    text = "Mes " * scanning.SHORTEST
    assert len(list(scan(re.compile("mes", re.IGNORECASE), text))) == scanning.SHORTEST


@given(text=st.text(alphabet="公司。；\n\t 　\U0001f600", max_size=40), shortest=st.integers(1, 5))
def test_stretches_between_marks_are_those_of_the_expression(text: str, shortest: int) -> None:
    found = [found.span() for found in re.finditer("[^。；\n\t]+[。；]?", text)]
    assert split(text, "。；", "\n\t", shortest) == [(start, end) for start, end in found if end - start >= shortest]


@given(text=st.text(alphabet="公司。；\n\t \U0001f600", max_size=40))
def test_places_of_characters_are_those_of_expressions(text: str) -> None:
    assert places_of("。；\U0001f600", text) == [found.start() for found in re.finditer("[。；\U0001f600]", text)]
    running = {found.start() for found in re.finditer("[。；](?=.)", text)}
    assert [bool(each) for each in inside_lines("。；", text)] == [place in running for place in range(len(text))]
    assert lines_without("。\t", text) == [found.span() for found in re.finditer("^[^。\t\n]+$", text, re.MULTILINE)]


def test_what_an_expression_begins_with() -> None:
    assert first_pairs("甲[乙丙]|丁") == {ord("甲"): {ord("乙"), ord("丙")}, ord("丁"): None}
    assert first_pairs("甲?乙") == {ord("甲"): {ord("乙")}, ord("乙"): None}
    assert first_pairs("(?<=某)甲.") == {ord("甲"): None}
    assert first_pairs("[一-龥]司") is None
    assert first_pairs("甲*") is None


def test_what_follows_two_characters() -> None:
    assert third_characters("甲乙丙|甲[乙丁]戊") == {"甲乙": "丙戊", "甲丁": "戊"}
    assert third_characters("甲乙?丙|丁戊.") == {"甲乙": "丙"}
    assert third_characters("甲乙丙|甲.戊") == {}
    assert third_characters("甲乙(?=丙)|甲乙丁") == {}
