"""A reason is asked only where its sentence holds one of its words: that changes no answer."""

from __future__ import annotations

import numpy as np
import pytest

from docproc.extract import Assertion
from extractors import context
from extractors.assertion import ground
from extractors.assertion.signs import Signs, signs
from extractors.context import AssertionContext
from extractors.words import shapes
from tests.extractors.corpus import cases


class _Everywhere(Signs):
    """Has every reason asked everywhere."""

    def named(self, bits: int) -> frozenset[str]:
        return frozenset(self._names)


def _answers(text: str) -> list[Assertion]:
    context = AssertionContext(text)
    return [context.assertion(place, place + 2) for place in range(0, len(text), 3)]


def test_asking_every_reason_everywhere_gives_the_same_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [str(case.values[0]["text"]) for case in cases("context")]  # type: ignore[index, call-overload]
    answers = [_answers(text) for text in texts]
    everywhere = _Everywhere()
    monkeypatch.setattr(ground, "signs", lambda: everywhere)
    assert [_answers(text) for text in texts] == answers


def test_headings_and_circumstances_leave_out_no_reason_that_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [str(case.values[0]["text"]) for case in cases("context")]  # type: ignore[index, call-overload]
    answers = [_answers(text) for text in texts]
    monkeypatch.setattr(ground, "signs", lambda: _Everywhere())
    monkeypatch.setattr(context, "_possible", lambda signs, headings, circumstances: (context.REASONS, True))
    assert [_answers(text) for text in texts] == answers


def test_a_source_behind_a_sentence_is_looked_for_only_where_a_word_for_one_stands() -> None:
    texts = [str(case.values[0]["text"]) for case in cases("context")]  # type: ignore[index, call-overload]
    for text in texts:
        asked, everywhere = AssertionContext(text), AssertionContext(text)
        everywhere._taken_from = shapes.taken_from()
        places = range(0, len(text), 3)
        assert [asked.assertion(place, place + 2) for place in places] == [everywhere.assertion(place, place + 2) for place in places]


@pytest.mark.parametrize(
    ("sentence", "sign"),
    [
        ("近三年未发生安全事故", "denial"),
        ("计划明年建成", "plan"),
        ("应当建立台账", "modal"),
        ("如发生事故", "condition"),
        ("我公司承诺不瞒报", "promise"),
        ("是否发生事故？", "prompt"),
        ("收购前由原业主负责", "third_party"),
    ],
)
def test_a_word_of_a_reason_is_its_sign(sentence: str, sign: str) -> None:
    opening = "公司生产轴承。"
    text = f"{opening}{sentence}"
    before, told = signs().of_stretches(text, np.array([len(opening), len(text)]))
    assert sign in signs().named(told)
    assert sign not in signs().named(before)
