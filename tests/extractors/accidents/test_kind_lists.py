"""Kinds answered one by one behind a word for accidents, and the grade that holds of several."""

from __future__ import annotations

import pytest

from docproc.model import Span
from extractors.accidents.harm import nouns_in
from extractors.accidents.kind_lists import kind_answers
from extractors.accidents.verdicts import settled_grade


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("近三年事故统计：安全0起，环境1起。", [("安全", 0), ("环境", 1)]),
        ("事故情况：\n（1）生产安全类：近三年0起；\n（2）火灾类：无", [("生产安全", 0), ("火灾", 0)]),
        ("事故类别\t近三年起数\n生产安全\t0\n火灾\t2", [("生产安全", 0), ("火灾", 2)]),
        ("2025年事故控制指标：安全0起", []),
        ("事故损失：安全 0，环保 3", []),
        ("近三年未发生事故：安全0起", [("安全", 0)]),
        ("事故管理：安全0容忍", []),
    ],
)
def test_items_of_a_list(text: str, answers: list[tuple[str, int]]) -> None:
    found = [(text[slice(*item.kind)], item.count) for item in kind_answers(text, list(nouns_in(text)))]
    assert found == answers


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("初步定为较大事故，最终认定为一般事故", "general"),
        ("起初上报为一般事故，经调查组认定为较大事故", "larger"),
        ("由较大事故改定为一般事故", "general"),
        ("险些酿成较大事故，最终认定为一般事故", "general"),
        ("发生一般事故1起", None),
        ("未发生较大及以上事故，最终以核查为准", None),
    ],
)
def test_the_last_verdict_holds(text: str, grade: str | None) -> None:
    whole = Span(0, len(text))
    assert settled_grade(text, whole, whole) == grade
