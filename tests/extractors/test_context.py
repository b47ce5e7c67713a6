"""The assertion engine on its corpus: whose statement, about when, denied or not; and its places."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.model import Status
from extractors.context import AssertionContext
from tests.extractors.corpus import cases


@pytest.mark.parametrize("case", cases("context"))
def test_words_are_read_in_their_context(case: dict[str, Any]) -> None:
    text, words = case["text"], case["at"]
    start = text.index(words)
    assertion = AssertionContext(text).assertion(start, start + len(words))
    assert (assertion.status, assertion.negated) == (Status(case["status"]), case["negated"])
    assert any(cue.role == "void" for cue in assertion.cues) == case.get("void", False)


@given(st.text(alphabet="近三年公司未发生无如若应不得承诺供应商事故，。；：！？\n\t“”（）1 的", max_size=80), st.integers(0, 80))
def test_any_place_of_any_text_has_an_answer_with_cues_in_the_text(text: str, position: int) -> None:
    context = AssertionContext(text)
    assertion = context.assertion(position, position + 1)
    assert assertion.status in Status
    assert all(0 <= cue.span.start <= cue.span.end <= len(text) for cue in assertion.cues)


@given(st.text(alphabet="一、二（）1.条件附件公司事故，。；：\n\t 年2", max_size=120))
def test_clauses_stand_in_order_and_hold_every_word(text: str) -> None:
    clauses = AssertionContext(text).clauses
    held = {place for clause in clauses for place in range(*clause.span)}
    assert all(place in held for place, character in enumerate(text) if not character.isspace())
    assert all(before.span.end <= after.span.start for before, after in pairwise(clauses))
    assert all(clause.sentence.start <= clause.span.start <= clause.span.end <= clause.sentence.end for clause in clauses)


def test_the_applicant_by_name_is_its_own_and_another_firm_is_not() -> None:
    text = "天津甲字机械有限公司发生火灾事故。"
    place = text.index("火灾")
    assert AssertionContext(text, "天津甲字机械有限公司").assertion(place, place + 2).status is Status.ASSERTED
    assert AssertionContext(text, "天津乙字设备有限公司").assertion(place, place + 2).status is Status.THIRD_PARTY
