"""Classes of size by 工信部联企业〔2011〕300号: both limits, and what one figure leaves open."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.size_classes import CLASSES, above_fits, class_fits, classes_for


@pytest.mark.parametrize(
    ("staff", "revenue", "classes"),
    [
        (1000, "400000000", ("large",)),
        (999, "400000000", ("medium",)),
        (1000, "399999999.99", ("medium",)),
        (299, "900000000", ("small",)),
        (300, "20000000", ("medium",)),
        (300, "19999999", ("small",)),
        (19, "50000000", ("micro",)),
        (20, "3000000", ("small",)),
        (500, "2999999", ("micro",)),
        (640, None, ("micro", "small", "medium")),
        (None, "100000000", ("micro", "small", "medium")),
        (5, None, ("micro",)),
        (None, None, CLASSES),
    ],
)
def test_both_limits_count(staff: int | None, revenue: str | None, classes: tuple[str, ...]) -> None:
    assert classes_for(staff, None if revenue is None else Decimal(revenue)) == classes


def test_a_stated_class_fits_or_not_or_is_left_open() -> None:
    assert class_fits("medium", 640, Decimal(510_000_000)) is True
    assert class_fits("large", 640, Decimal(510_000_000)) is False
    assert class_fits("medium", 640, None) is None
    assert class_fits("large", 640, None) is False
    with pytest.raises(ValueError, match="huge"):
        class_fits("huge", 1, None)


def test_above_designated_size_goes_by_revenue() -> None:
    assert above_fits(True, Decimal(20_000_000)) is True
    assert above_fits(True, Decimal(19_999_999)) is False
    assert above_fits(False, Decimal(30_000_000)) is False
    assert above_fits(True, None) is None


@given(st.integers(0, 5000), st.integers(0, 2_000_000_000))
def test_figures_give_one_class_and_less_never_a_greater(staff: int, revenue: int) -> None:
    (name,) = classes_for(staff, Decimal(revenue))
    (less,) = classes_for(staff // 2, Decimal(revenue // 2))
    assert CLASSES.index(less) <= CLASSES.index(name)
    assert name in classes_for(staff, None)
    assert name in classes_for(None, Decimal(revenue))
