"""Names, codes, addresses and figures are compared as a reviewer compares them (tests/data/compare.yaml)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from docproc.compare import Figure, figure, figure_of, fold, same_address, same_code, same_date, same_figure, same_name
from docproc.model import Claim, Evidence

CASES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "data" / "compare.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("one", "other", "same"), CASES["names"])
def test_names(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same
    assert same_name(other, one) is same


@pytest.mark.parametrize(("one", "other", "same"), CASES["codes"])
def test_codes(one: str, other: str, same: bool) -> None:
    assert same_code(one, other) is same


@pytest.mark.parametrize(("one", "other", "same"), CASES["addresses"])
def test_addresses(one: str, other: str, same: bool) -> None:
    assert same_address(one, other) is same
    assert same_address(other, one) is same


@pytest.mark.parametrize(("one", "other", "same"), CASES["figures"])
def test_figures(one: list[Any], other: list[Any], same: bool) -> None:
    left, right = figure(*one), figure(*other)
    assert left is not None
    assert right is not None
    assert same_figure(left, right) is same
    assert same_figure(right, left) is same


def test_dates_agree_as_far_as_the_coarser_goes() -> None:
    assert same_date("2006-08", "2006-08-03")
    assert not same_date("2006-08-03", "2006-08-04")


def test_a_claims_fineness_is_read_from_its_quote() -> None:
    claim = Claim(
        name="scale.revenue", value=56000000.0, qualifiers={"bound": "about"}, evidence=(Evidence(document="d1", quote="约0.56亿元"),)
    )
    assert figure_of(claim) == Figure(Decimal("56000000.0"), Decimal(1000000), "about")


@pytest.mark.parametrize("value", [None, True, "很多", float("nan"), float("inf"), []])
def test_what_is_no_number_is_no_figure(value: object) -> None:
    assert figure(value) is None


@given(st.text(max_size=40), st.text(max_size=40))
def test_comparing_is_symmetric_and_never_raises(one: str, other: str) -> None:
    assert same_name(one, one)
    assert same_address(one, other) is same_address(other, one)
    assert fold(fold(one)) == fold(one) or len(one) > 0


@given(st.integers(1, 10**12), st.sampled_from([1, 10, 100, 10000, 1000000]))
def test_a_figure_agrees_with_its_own_rounding(value: int, step: int) -> None:
    rounded = (Decimal(value) / step).quantize(Decimal(1)) * step
    assert same_figure(Figure(Decimal(value)), Figure(rounded, Decimal(step)))
