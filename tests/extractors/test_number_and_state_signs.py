"""A number of an item, a state beside a level: with the glance before it put off the same is found."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.extract import process
from extractors import maturity
from extractors.lines import enumerators
from extractors.lines.enumerators import label_number_at, number_at
from tests.extractors.test_field_signs import texts

_WORDS = st.lists(
    st.sampled_from([*"（()）、.．:：1９20年月级第一二十①⑳•· 　\t\n某A×", "2024", "企业", "（一）", "（3）", "1."]), max_size=8
).map("".join)
_STATES = [
    "智能制造能力成熟度等级\t二级\n评估状态\t审核中\n",
    "自评估等级：三级\n评估状态：已退回\n评估日期：2024-05-06\n",
    "成熟度等级：二级\n评估日期：待定\n",
    "成熟度等级：二级\n评估日期：2024年5月\n",
]


@given(_WORDS, st.integers(0, 6))
def test_a_letter_that_is_no_numeral_begins_no_number(text: str, start: int) -> None:
    start = min(start, len(text))
    found = enumerators._OF_SENTENCE.match(text, start, len(text))
    assert number_at(text, start, len(text)) == (found.end() if found else start)


@given(_WORDS, st.integers(0, 6))
def test_a_labels_number_begins_with_what_numbers_begin_with(text: str, start: int) -> None:
    start = min(start, len(text))
    found = enumerators._OF_LABEL.match(text, start, len(text))
    assert label_number_at(text, start, len(text)) == (found.end() if found and found.end() < len(text) else start)


def _claims(text: str) -> list[Any]:
    claims: list[Any] = process(text)._.claims
    return claims


def test_no_state_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    forms = [*_STATES, *texts()[::6]]
    glanced = [_claims(text) for text in forms]
    monkeypatch.setattr(maturity, "tells_state", lambda *_: True)
    assert [text for text, found in zip(forms, glanced, strict=True) if _claims(text) != found] == []
    assert glanced[0] != glanced[3]
