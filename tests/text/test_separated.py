"""Rows of comma-separated values: their cells, their heads, and lines of prose that are none."""

from __future__ import annotations

import pytest

from docproc.text.normal_form import STEPS, normalise
from docproc.text.separated import are_heads, cells, is_row_below

HEADS = "企业名称,职工人数,2023年,资产总额(万元)"


def words(line: str) -> list[str]:
    return [line[cell.start : cell.end] for cell in cells(line)]


def test_the_cells_of_a_row_stand_between_its_commas() -> None:
    assert words("天津某某有限公司,327,,41280") == ["天津某某有限公司", "327", "", "41280"]


def test_a_comma_inside_quotation_marks_divides_nothing() -> None:
    assert words('"天津某某有限公司","41,280"') == ["天津某某有限公司", "41,280"]


@pytest.mark.parametrize("line", ["没有逗号", "公司成立于2010年,员工327人。", '"开着的引号,327', '"某某"多余,327', "x," * 400])
def test_a_line_of_prose_or_a_broken_one_has_no_cells(line: str) -> None:
    assert cells(line) == ()


def test_heads_are_words_and_years() -> None:
    assert are_heads(HEADS)
    assert not are_heads("天津某某有限公司,327,318,41280")
    assert not are_heads("本公司成立于2010年,注册资本")


def test_a_row_has_heads_above_it_and_as_many_cells() -> None:
    row = "天津某某有限公司,327,318,41280"
    assert is_row_below([HEADS], row)
    assert is_row_below([HEADS, row], row)
    assert not is_row_below([HEADS], "天津某某有限公司,327")
    assert not is_row_below([row], row)
    assert not is_row_below([], row)


def test_rows_are_not_joined_with_their_heads() -> None:
    text = f"{HEADS}\n天津某某有限公司,327,318,41280\n北京某某有限公司,98,90,5120"
    assert normalise(text, STEPS).text == text
