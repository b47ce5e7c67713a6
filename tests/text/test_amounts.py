from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.text.amounts import find_amounts, unit_factor
from tests.text.corpus import cases
from tests.text.writing import STYLES, written


@pytest.mark.parametrize("case", cases("amounts"), ids=lambda case: case["text"])
def test_find_amounts(case: dict[str, Any]) -> None:
    text = case["text"]
    found = [
        [amount.value, text[amount.span.start : amount.span.end], amount.bound] for amount in find_amounts(text, unit=case.get("unit"))
    ]
    assert found == [[Decimal(str(value)), words, bound] for value, words, bound in case["amounts"]]


@pytest.mark.parametrize(("unit", "factor"), cases("units"))
def test_unit_factor(unit: str, factor: int | None) -> None:
    assert unit_factor(unit) == factor


@given(
    st.integers(1, 10**9),
    st.sampled_from([style for style in STYLES if style != "digits"]),
    st.sampled_from([("元", 1), ("万元", 10**4), ("亿元", 10**8), ("元整", 1)]),
    st.sampled_from(
        [
            ("", "", None),
            ("约", "", "about"),
            ("超过人民币", "", "above"),
            ("不足", "", "below"),
            ("", "左右", "about"),
            ("", "以上", "above"),
        ]
    ),
)
def test_a_sum_written_in_any_style_is_read_back(value: int, style: str, unit: tuple[str, int], bound: tuple[str, str, str | None]) -> None:
    (word, factor), (before, after, expected) = unit, bound
    number = written(value, style)
    if factor > 1 and (style not in ("plain", "commas", "full_width") or "亿" in number or "億" in number):
        word, factor = "元", 1  # 一万万元 is not written
    (amount,) = find_amounts(f"收入为{before}{number}{word}{after}，同比增长。")
    assert (amount.value, amount.bound) == (value * factor, expected)


@given(st.text(alphabet="一二三十百千万亿零两壹拾0123456789.,元角分整余多约近超过以上左右人民币￥美/—至 ", max_size=24))
def test_any_text_is_read_without_a_crash(text: str) -> None:
    for amount in [*find_amounts(text), *find_amounts(text, unit="万元")]:
        assert 0 <= amount.span.start < amount.span.end <= len(text)
