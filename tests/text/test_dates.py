from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.text.dates import find_dates, find_periods
from tests.text.corpus import cases
from tests.text.writing import written


@pytest.mark.parametrize(("text", "dates"), cases("dates"))
def test_find_dates(text: str, dates: list[str]) -> None:
    assert [found.iso + ("" if found.possible else "?") for found in find_dates(text)] == [str(each) for each in dates]


@pytest.mark.parametrize(("text", "periods"), cases("periods"))
def test_find_periods(text: str, periods: list[list[object]]) -> None:
    found = [[each.iso or each.years, text[each.span.start : each.span.end]] for each in find_periods(text)]
    assert found == periods


def _chinese(day: date) -> str:
    year = written(day.year, "digits")
    return f"{year}年{_short(day.month)}月{_short(day.day)}日"


def _short(number: int) -> str:
    return written(number, "chinese").removeprefix("一") if 10 <= number < 20 else written(number, "chinese")


@given(
    st.dates(date(1950, 1, 1), date(2099, 12, 31)),
    st.sampled_from(
        [
            "{0.year}年{0.month}月{0.day}日",
            "{0.year}.{0.month:02d}.{0.day:02d}",
            "{0.year}/{0.month}/{0.day}",
            "{0:%Y-%m-%d}",
            "chinese",
            "roc",
        ]
    ),
)
def test_a_date_written_in_any_style_is_read_back(day: date, style: str) -> None:
    if style == "chinese":
        text = _chinese(day)
    elif style == "roc":
        text = f"民國{day.year - 1911}年{day.month}月{day.day}日"
    else:
        text = style.format(day)
    (found,) = find_dates(f"日期为{text}，特此说明")
    assert (found.iso, found.possible) == (day.isoformat(), True)


@given(st.text(alphabet="12０9一二〇年月日至—-./自从起今以来近最个民国 前三", max_size=24))
def test_any_text_is_read_without_a_crash(text: str) -> None:
    for found in [*find_dates(text), *find_periods(text)]:
        assert 0 <= found.span.start < found.span.end <= len(text)
