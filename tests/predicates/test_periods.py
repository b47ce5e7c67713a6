"""Dates as exact as they are stated, and what a set of periods leaves open."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.predicates.case import window
from docproc.predicates.periods import gaps, interval, months_before, period, years_after

DAYS = st.dates(date(2020, 1, 1), date(2027, 12, 31))
SPANS = st.tuples(DAYS, DAYS).map(lambda pair: (min(pair), max(pair)))


@pytest.mark.parametrize(
    ("as_of", "start"),
    [
        (date(2026, 11, 22), date(2023, 11, 22)),
        (date(2024, 2, 29), date(2021, 2, 28)),
        (date(2027, 2, 28), date(2024, 2, 28)),
    ],
)
def test_window(as_of: date, start: date) -> None:
    assert window(as_of) == (start, as_of)


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-3-4", date(2025, 3, 4), date(2025, 3, 4)),
    ],
)
def test_interval(iso: str, first: date, last: date) -> None:
    assert interval(iso) == (first, last)


@pytest.mark.parametrize("iso", ["2025-02-30", "2025-13", "", None, "去年", "0000-01-01"])
def test_no_interval(iso: object) -> None:
    assert interval(iso) is None


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        ("2023-11/..", date(2023, 11, 1), date(2026, 10, 12)),
        ("2021-01-01/2023-12-31", date(2021, 1, 1), date(2023, 12, 31)),
        ("2015/2018", date(2015, 1, 1), date(2018, 12, 31)),
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
    ],
)
def test_period(iso: str, first: date, last: date) -> None:
    assert period(iso, date(2026, 10, 12)) == (first, last)


@pytest.mark.parametrize("iso", ["2023-11/x", "x/2024", None, "/"])
def test_no_period(iso: object) -> None:
    assert period(iso, date(2026, 10, 12)) is None


def test_years_and_months() -> None:
    assert years_after(date(2024, 2, 29), 3) == date(2027, 2, 28)
    assert years_after(date(2023, 11, 22), 3) == date(2026, 11, 22)
    assert months_before(date(2023, 8, 31), 6) == date(2023, 2, 28)
    assert months_before(date(2023, 3, 1), 6) == date(2022, 9, 1)


@given(SPANS, st.lists(SPANS, max_size=5))
def test_each_day_is_covered_or_in_a_gap(asked: tuple[date, date], covered: list[tuple[date, date]]) -> None:
    found = gaps(asked, covered)
    day = asked[0]
    while day <= asked[1]:
        is_covered = any(first <= day <= last for first, last in covered)
        in_gap = any(first <= day <= last for first, last in found)
        assert is_covered != in_gap
        day += timedelta(days=29)
    assert list(found) == sorted(found)
