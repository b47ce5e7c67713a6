"""An expression tried around its anchors finds what it finds when it is tried everywhere."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.words import anchored as room
from extractors.words.anchored import anchored
from extractors.words.per_text import forget
from tests.extractors.words.test_anchors import expressions, sentences

PIECES = ["注册", "注册地", "登记", "于", "天津", "公司", "\n", "，", "。", "不", "分公司", "为", "7", " ", "工厂", "法人", "资格"]
EXPRESSIONS = [
    r"(?:依法)?(?:登记)?注册(?:登记)?(?:于|在)",
    r"(?:公司|工厂){0,3}注册地(?!为)",
    r"注册(?=[于在]|$)",
    r"公司[^，。\n]*注册",
    r"公司[^，。]{0,4}注册",
    r"公司[^，。]*注册",
    r"(?:不\s?)*法人(?:资格)?(?=.{0,3}(?:公司|$))",
    r"\b7.注册|公司",
    r"法人(?=[^，]*公司)",
    r"(?<=[为于])天津|(?<!\n)公司",
    r"公司|分公司法人|分公司",
    r"(公司).*\1",
    r"^公司|公司$",
    r"(?s:公司.*注册)|(?:天津|注册[^，]{0,3}工厂)",
    r"公司.*注册|工厂\s{0,3}注册",
]


def test_all_expressions_of_the_vocabularies_find_the_same() -> None:
    texts = "".join(sentences())[:20_000]
    for expression in expressions():
        anchored(expression)
    forget()  # made now, all of them are looked for together
    for expression in expressions():
        everywhere = [match.span() for match in re.finditer(expression, texts)]
        assert [match.span() for match in anchored(expression).finditer(texts)] == everywhere, expression


@pytest.mark.parametrize("expression", EXPRESSIONS)
@settings(max_examples=80, deadline=None)
@given(words=st.lists(st.sampled_from(PIECES), max_size=24))
def test_bounds_and_looks_ahead_change_nothing(expression: str, words: list[str]) -> None:
    text = "".join(words)
    everywhere = [(match.span(), match.groups()) for match in re.finditer(expression, text)]
    assert [(match.span(), match.groups()) for match in anchored(expression).finditer(text)] == everywhere
    first = anchored(expression).search(text)
    assert (first and first.span()) == next((span for span, _ in everywhere), None)


@pytest.mark.parametrize("expression", EXPRESSIONS)
@settings(max_examples=60, deadline=None)
@given(words=st.lists(st.sampled_from(PIECES), max_size=24))
def test_lines_that_match_by_themselves_are_told(expression: str, words: list[str]) -> None:
    text = "".join(words)
    starts = [found.start() for found in re.finditer("^", text, re.MULTILINE)]
    matching = {start for start, line in zip(starts, text.split("\n"), strict=True) if re.search(expression, line)}
    told = list(anchored(expression).lines(text))
    assert matching <= set(told)
    assert told == sorted(set(told))


@settings(max_examples=200, deadline=None)
@given(words=st.lists(st.sampled_from(PIECES), max_size=24))
def test_anchors_found_together_are_those_found_one_by_one(words: list[str]) -> None:
    text = "".join(words)
    made = [anchored(expression) for expression in EXPRESSIONS]
    shortest, room.SHORTEST = room.SHORTEST, 0
    try:
        for each, expression in zip(made, EXPRESSIONS, strict=True):
            assert [match.span() for match in each.finditer(text)] == [match.span() for match in re.finditer(expression, text)], expression
    finally:
        room.SHORTEST = shortest
        forget()
