from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from docproc.text import normalise
from docproc.text.normal_form import replay
from tests.text.corpus import cases
from tests.text.damage import damaged


@pytest.mark.parametrize("case", cases("normalise"), ids=lambda case: case["why"])
def test_normal_form(case: dict[str, Any]) -> None:
    normal = normalise(case["source"])
    assert normal.text == (case["source"] if case.get("same") else case["text"])
    assert replay(normal.source, normal.repairs) == normal.text
    if case.get("same"):
        assert not normal.repairs


@pytest.mark.parametrize("case", cases("normalise"), ids=lambda case: case["why"])
def test_the_normal_form_is_stable(case: dict[str, Any]) -> None:
    once = normalise(case["source"]).text
    assert normalise(once).text == once


@pytest.mark.parametrize("case", cases("lost"), ids=lambda case: case["source"])
def test_what_is_lost_is_reported_with_its_place(case: dict[str, Any]) -> None:
    normal = normalise(case["source"])
    assert [each.text for each in normal.unrepaired] == case["lost"]
    for each in normal.unrepaired:
        assert normal.source[each.start : each.end] == each.text
        assert each.reason


@given(damaged)
@settings(max_examples=150)
def test_any_text_can_be_replayed_and_led_back(source: str) -> None:
    normal = normalise(source)
    assert replay(source, normal.repairs) == normal.text
    before = 0
    for position in range(len(normal.text)):
        place = normal.to_source(position, position + 1)
        assert 0 <= place.start < place.end <= len(source)
        assert place.start >= before
        before = place.start
    for repair in normal.repairs:
        assert 0 <= repair.start <= repair.end <= len(source)
        assert repair.reason


@given(damaged)
@settings(max_examples=60)
def test_the_same_text_gives_the_same_result(source: str) -> None:
    assert normalise(source) == normalise(source)


def test_offsets_lead_back_through_changes_of_length() -> None:
    normal = normalise("企業(yè)近 三 年無２次。")
    start = normal.text.index("近三年")
    assert normal.source[slice(*normal.to_source(start, start + 3))] == "近 三 年"
    assert normal.to_source(0, 2) == (0, 2)
    assert normal.source[slice(*normal.to_source(1, 3))] == "業(yè)近"


def test_repairs_say_how_sure_they_are() -> None:
    certainty = {
        repair.step: repair.certainty for repair in normalise("發(fā)展，发(fa)生２次，隨著").repairs if repair.step != "drop_pinyin"
    }
    assert certainty == {"narrow_letters": "exact", "simplify": "exact", "fold_variants": "inferred"}
