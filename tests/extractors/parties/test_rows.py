"""Tables with a row a party."""

from __future__ import annotations

import pytest

from extractors.parties.rows import party_tables, rows_of_others

TABLE = "单位\t近三年安全事故\t近三年行政处罚\n本公司\t无\t1次（2023年5月）\n外协单位甲\t一般事故1起\t无\n"


def test_the_applicants_row_answers_the_heads() -> None:
    (table,) = party_tables(TABLE)
    assert [(field.label, field.value) for field in table.own] == [("近三年安全事故", "无"), ("近三年行政处罚", "1次（2023年5月）")]


def test_the_other_rows_are_others() -> None:
    assert [TABLE[slice(*row)] for row in rows_of_others(TABLE)] == ["外协单位甲\t一般事故1起\t无"]


@pytest.mark.parametrize(
    "text",
    [
        "单位\t近三年安全事故\n甲公司\t无\n乙公司\t无\n",  # nobody of them is the applicant beyond doubt
        "项目\t近三年安全事故\n本公司\t无\n",  # no column of parties
        "单位：本公司\n近三年安全事故：无\n",
        "",
    ],
)
def test_other_tables_are_left_to_the_form_reader(text: str) -> None:
    assert party_tables(text) == ()
