from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.text.numerals import find_numbers, parse_number
from tests.text.corpus import cases
from tests.text.writing import STYLES, written


@pytest.mark.parametrize(("text", "value"), cases("numbers"))
def test_parse_number(text: str, value: float | None) -> None:
    assert parse_number(text) == (None if value is None else Decimal(str(value)))


@pytest.mark.parametrize(("text", "numbers"), cases("found_numbers"))
def test_find_numbers(text: str, numbers: list[str]) -> None:
    found = list(find_numbers(text))
    assert [number.text for number in found] == numbers
    assert all(text[number.span.start : number.span.end] == number.text for number in found)


@given(st.integers(0, 10**13 - 1), st.sampled_from(STYLES))
def test_a_number_written_in_any_style_is_read_back(value: int, style: str) -> None:
    assert parse_number(written(value, style)) == value


@given(st.integers(1, 10**12 - 1), st.sampled_from([style for style in STYLES if style != "digits"]))
def test_a_number_written_in_any_style_is_found(value: int, style: str) -> None:
    text = f"总额为{written(value, style)}元。"
    assert [number.value for number in find_numbers(text)] == [value]


@given(st.text(alphabet="一二三十百千万亿零点两〇壹贰拾佰0123456789.,，%百分之年元 约", max_size=20))
def test_any_text_is_read_without_a_crash(text: str) -> None:
    parse_number(text)
    for number in find_numbers(text):
        assert parse_number(number.text) == number.value


def test_a_range_of_the_text_can_be_searched() -> None:
    assert [number.text for number in find_numbers("12人和34人", 2)] == ["34"]
    assert [number.text for number in find_numbers("12人和34人", 0, 3)] == ["12"]
