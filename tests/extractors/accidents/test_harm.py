"""Figures of accidents and the grades they give."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.accidents.harm import GRADES, Harm, derived_grade, grades_in, harm_in, kinds_in, merged_kinds, nouns_in


@pytest.mark.parametrize(
    ("kinds", "harm", "grade"),
    [
        # 国务院令第493号 art. 3: 3, 10, 30 deaths; 10, 50, 100 seriously injured; 10, 50, 100 million yuan
        (("safety",), Harm(deaths=2, serious_injuries=9, loss=Decimal(9_999_999)), "general"),
        (("safety",), Harm(deaths=3), "larger"),
        (("fire",), Harm(serious_injuries=10), "larger"),
        (("safety",), Harm(loss=Decimal(10_000_000)), "larger"),
        (("safety",), Harm(deaths=10), "major"),
        (("safety",), Harm(serious_injuries=50), "major"),
        (("safety",), Harm(loss=Decimal(50_000_000)), "major"),
        (("fire",), Harm(deaths=30), "extraordinary"),
        (("safety",), Harm(serious_injuries=100), "extraordinary"),
        (("safety",), Harm(loss=Decimal(100_000_000)), "extraordinary"),
        # 国办函〔2014〕119号 annex 1: 5, 20, 100 million yuan
        (("environment",), Harm(loss=Decimal(4_999_999)), "general"),
        (("environment",), Harm(loss=Decimal(5_000_000)), "larger"),
        (("environment",), Harm(loss=Decimal(20_000_000)), "major"),
        (("environment",), Harm(loss=Decimal(100_000_000)), "extraordinary"),
        # other kinds have no scale; a kind that is not named counts as work safety; of several the highest holds
        (("quality",), Harm(deaths=3), None),
        (("network",), Harm(loss=Decimal(10**9)), None),
        ((), Harm(deaths=3), "larger"),
        (("safety", "environment"), Harm(loss=Decimal(5_000_000)), "larger"),
        (("safety",), Harm(), None),
        (("safety",), Harm(deaths=0), "general"),
    ],
)
def test_grades_follow_the_scale_of_the_kind(kinds: tuple[str, ...], harm: Harm, grade: str | None) -> None:
    assert derived_grade(kinds, harm) == grade


@given(st.integers(0, 60), st.integers(0, 200), st.integers(0, 2 * 10**8), st.sampled_from(["safety", "environment", "fire"]))
def test_more_harm_never_gives_a_lower_grade(deaths: int, injuries: int, loss: int, kind: str) -> None:
    grade = derived_grade((kind,), Harm(deaths, injuries, Decimal(loss)))
    worse = derived_grade((kind,), Harm(deaths + 1, injuries + 1, Decimal(loss + 1_000_000)))
    assert grade is not None
    assert worse is not None
    assert GRADES.index(worse) >= GRADES.index(grade)


@pytest.mark.parametrize(
    ("text", "harm"),
    [
        ("造成3人死亡、2人受伤，直接经济损失约460万元", Harm(3, None, Decimal(4_600_000))),
        ("死亡十一人，重伤四人", Harm(11, 4, None)),
        ("亡3人，直接损失捌佰陆拾万元", Harm(3, None, Decimal(8_600_000))),
        ("未造成人员死亡，直接经济损失3,560千元", Harm(0, None, Decimal(3_560_000))),
        ("两名员工不幸身亡，另有九人重伤", Harm(2, 9, None)),
        ("直接经济损失5,600万元，保险已赔付3,100万元，间接经济损失8,000万元", Harm(None, None, Decimal(56_000_000))),
        ("死亡赔偿限额80万元", Harm()),
        ("一名操作工右手被压，构成重伤", Harm(None, 1, None)),
        ("死亡、重伤各2人", Harm(2, 2, None)),
        ("无人员伤亡", Harm(0, 0, None)),
    ],
)
def test_figures_are_read(text: str, harm: Harm) -> None:
    assert harm_in(text, 0, len(text)) == harm


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("安全、环保等事故", ["safety", "environment"]),
        ("网络安全事件", ["network"]),
        ("消防安全事故", ["fire"]),
        ("食品安全事故", ["other"]),
        ("产品质量事故", ["quality"]),
        ("发生产品质量事故", ["quality"]),
        ("突发环境事件", ["environment"]),
        ("火灾爆炸事故", ["safety", "fire"]),
        ("事故", []),
    ],
)
def test_kinds_are_named(text: str, kinds: list[str]) -> None:
    assert merged_kinds(kinds_in(text, 0, len(text))) == kinds


def test_technical_terms_are_no_accidents() -> None:
    text = "设450立方米事故应急池、事故油池、事故照明与事故排风，火灾自动报警系统，编制事故应急预案"
    assert list(nouns_in(text)) == []


def test_words_that_only_look_like_grades_are_none() -> None:
    text = "重大危险源、重大变更、一般工业固废、较大提升"
    assert grades_in(text, 0, len(text)) == []
