"""What one statement on accidents says to 近三年无较大及以上安全、环保事故: the four answers, and what is missing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.extract import extract_claims
from docproc.model import Claim
from docproc.predicates.entailment import GRADES, Answer, Asked, Aspect, Entailment, entails, together

ASKED = Asked("larger", ("safety", "environment"), (date(2023, 11, 22), date(2026, 11, 22)), {"fire": "safety"})
TODAY = date(2026, 11, 22)


def _said(value: str, **qualifiers: Any) -> Entailment:
    return entails(Claim(name="accident.record", value=value, qualifiers=qualifiers), ASKED, TODAY)


BOTH = ["safety", "environment"]


@pytest.mark.parametrize(
    ("qualifiers", "answer", "missing"),
    [
        ({"kinds": BOTH, "severity": "larger", "years": 3}, Answer.COVERS, []),
        ({"severity": "general", "years": 5}, Answer.COVERS, []),  # 近五年无事故: of no kind, so of every kind
        ({"kinds": BOTH, "severity": "major", "years": 3}, Answer.DOES_NOT_COVER, [(Aspect.GRADE, "larger")]),
        ({"kinds": ["safety"], "severity": "general", "years": 3}, Answer.DOES_NOT_COVER, [(Aspect.KIND, "environment")]),
        ({"kinds": ["fire"], "severity": "general", "years": 3}, Answer.DOES_NOT_COVER, [(Aspect.KIND, "environment")]),
        ({"kinds": BOTH, "severity": "larger"}, Answer.CANNOT_TELL, [(Aspect.PERIOD, None)]),
        ({"kinds": ["safety"], "severity": "larger"}, Answer.DOES_NOT_COVER, [(Aspect.KIND, "environment"), (Aspect.PERIOD, None)]),
        ({"kinds": BOTH, "severity": "larger", "years": 1}, Answer.DOES_NOT_COVER, [(Aspect.PERIOD, None)]),
        ({"kinds": BOTH, "severity": "larger", "period": "2015/2018"}, Answer.DOES_NOT_COVER, [(Aspect.PERIOD, None)]),
        ({"kinds": BOTH, "severity": "larger", "period": "2023-11/.."}, Answer.COVERS, []),
    ],
)
def test_a_denial(qualifiers: dict[str, Any], answer: Answer, missing: list[tuple[Aspect, str | None]]) -> None:
    found = _said("none", **qualifiers)
    assert (found.answer, [(each.aspect, each.value) for each in found.missing]) == (answer, missing)


def test_a_period_that_falls_short_names_the_days_that_are_open() -> None:
    found = _said("none", kinds=BOTH, severity="larger", period="2024/2025")
    assert [each.stretch for each in found.missing] == [
        (date(2023, 11, 1), date(2023, 12, 31)),
        (date(2026, 1, 1), date(2026, 11, 22)),
    ]


@pytest.mark.parametrize(
    ("qualifiers", "answer"),
    [
        ({"kinds": ["safety"], "severity": "larger", "date": "2024-05"}, Answer.CONTRADICTS),
        ({"kinds": ["fire"], "severity": "major", "years": 3}, Answer.CONTRADICTS),
        ({"kinds": ["safety"], "severity": "general", "date": "2024-05"}, Answer.DOES_NOT_COVER),
        ({"kinds": ["safety"], "severity": "larger", "date": "2019-05"}, Answer.DOES_NOT_COVER),
        ({"kinds": ["safety"], "date": "2024-05"}, Answer.CANNOT_TELL),
        ({"severity": "larger", "date": "2024-05"}, Answer.CANNOT_TELL),
        ({"kinds": ["safety"], "severity": "larger"}, Answer.CANNOT_TELL),
        ({"kinds": ["safety"], "severity": "larger", "date": "2023"}, Answer.CANNOT_TELL),  # before or within the window
        ({"kinds": ["quality"], "severity": "larger", "date": "2024"}, Answer.CANNOT_TELL),
    ],
)
def test_an_event(qualifiers: dict[str, Any], answer: Answer) -> None:
    assert _said("occurred", **qualifiers).answer is answer


def test_a_sentence_that_says_no_less_than_the_rule() -> None:
    claims = extract_claims("近三年，公司未发生较大及以上安全、环保事故；2024年6月发生一般生产安全事故1起。")
    answers = [entails(claim, ASKED, TODAY) for claim in claims if claim.name == "accident.record"]
    assert sorted(each.answer for each in answers) == [Answer.COVERS, Answer.DOES_NOT_COVER]
    assert together(answers) is Answer.COVERS


def test_an_event_that_bars_beats_a_denial() -> None:
    denial = _said("none", kinds=BOTH, severity="general", years=3)
    event = _said("occurred", kinds=["safety"], severity="larger", date="2025-01-02")
    assert together([denial, event]) is Answer.CONTRADICTS
    assert together([]) is Answer.CANNOT_TELL


def test_other_claims_and_grades_are_refused() -> None:
    with pytest.raises(ValueError, match="credit"):
        entails(Claim(name="credit.record", value="none"), ASKED, TODAY)
    with pytest.raises(ValueError, match="huge"):
        entails(Claim(name="accident.record", value="none"), Asked("huge", (), ASKED.window, {}), TODAY)


@given(
    st.sampled_from(["none", "occurred"]),
    st.fixed_dictionaries(
        {},
        optional={
            "kinds": st.lists(st.sampled_from(["safety", "environment", "fire", "quality"]), max_size=3),
            "severity": st.sampled_from(GRADES),
            "years": st.integers(1, 9),
            "period": st.sampled_from(["2023", "2023/2026", "2024-01/..", "x"]),
            "date": st.sampled_from(["2024", "2022-12-31", "2030"]),
        },
    ),
)
def test_only_what_covers_or_contradicts_leaves_nothing_missing(value: str, qualifiers: dict[str, Any]) -> None:
    found = _said(value, **qualifiers)
    if found.answer in (Answer.COVERS, Answer.CONTRADICTS):
        assert not found.missing
    if found.answer is Answer.CANNOT_TELL:
        assert found.missing
    assert value == "occurred" or found.answer is not Answer.CONTRADICTS
