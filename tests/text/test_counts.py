from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.text.counts import COUNTERS, find_counts
from tests.text.corpus import cases
from tests.text.writing import STYLES, written


@pytest.mark.parametrize(("text", "counts"), cases("counts"))
def test_find_counts(text: str, counts: list[list[object]]) -> None:
    found = [[each.value, text[each.span.start : each.span.end], each.bound] for each in find_counts(text)]
    assert found == [[None if value is None else Decimal(str(value)), words, bound] for value, words, bound in counts]


@given(
    st.integers(0, 9999),
    st.sampled_from([style for style in STYLES if style not in ("digits", "mixed")]),
    st.sampled_from("起次人台套"),
)
def test_a_count_written_in_any_style_is_read_back(value: int, style: str, counter: str) -> None:
    (count,) = find_counts(f"共发生{written(value, style)}{counter}，已处理。")
    assert (count.value, count.counter) == (value, counter)


def test_only_the_counters_asked_for() -> None:
    assert [count.counter for count in find_counts("2起事故，伤3人", counters="起")] == ["起"]


@given(st.text(alphabet="一两三几数多余若干十百0123." + COUNTERS, max_size=20))
def test_any_text_is_read_without_a_crash(text: str) -> None:
    for count in find_counts(text):
        assert 0 <= count.span.start < count.span.end <= len(text)
