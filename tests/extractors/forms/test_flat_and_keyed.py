"""Forms that lost their layout: objects of keys and values, comma-separated rows, labels and values one behind the other on a line."""

from __future__ import annotations

import pytest

from extractors.fields import form_fields


def pairs(text: str) -> list[tuple[str, str]]:
    return [(field.label, field.value) for field in form_fields(text)]


def test_keys_are_labels_and_true_is_an_answer() -> None:
    text = '{"企业名称": "天津某某有限公司", "资产总额（万元）": 41280, "规上企业": true, "处罚": false, "备注": null, "物": ["泵", "阀"]}'
    assert pairs(text) == [
        ("企业名称", "天津某某有限公司"),
        ("资产总额", "41280"),
        ("规上企业", "是"),
        ("处罚", "否"),
        ("备注", ""),
        ("物", "泵、阀"),
    ]


def test_an_inner_object_is_a_group() -> None:
    text = '{"供应商": {"企业名称": "某某有限公司"}, "清单": [{"名称": "甲"}], "职工人数": 12}'
    assert [(field.group, field.label) for field in form_fields(text)] == [("供应商", "企业名称"), ("清单", "名称"), ("", "职工人数")]


def test_a_key_that_says_when_is_a_column() -> None:
    found = list(form_fields('{\n"营业收入（万元）": {\n"2023年": 3100,\n"2024年": 3500\n}\n}'))
    assert [(field.label, field.column, field.value, field.unit) for field in found] == [
        ("营业收入", "2023年", "3100", "万元"),
        ("营业收入", "2024年", "3500", "万元"),
    ]


@pytest.mark.parametrize("text", ['{"', "{", "[", '"引文"后面没有冒号', "“某某”：他说", '{"a": ', "}{][", '{"键": {"键": {"键": '])
def test_broken_objects_are_read_without_harm(text: str) -> None:
    assert all(field.label for field in form_fields(text))


def test_comma_separated_rows_stand_under_their_heads() -> None:
    found = list(form_fields("指标,2023年,2024年\n营业收入（万元）,8621,9147"))
    assert [(field.label, field.column, field.value) for field in found] == [("营业收入", "2023年", "8621"), ("营业收入", "2024年", "9147")]


def test_a_line_of_labels_and_values() -> None:
    text = "基本情况 企业名称 天津某某有限公司 成立日期 2012年3月1日 从业人员 174 规上工业企业 是"
    assert pairs(text) == [("企业名称", "天津某某有限公司"), ("成立日期", "2012年3月1日"), ("从业人员", "174"), ("规上工业企业", "是")]


@pytest.mark.parametrize(
    "text",
    ["企业名称 住所 法定代表人 成立日期", "天津市 河西区 某路24号 某某公司 2024年", "指标 2022年 2023年 2024年", "企业名称：甲 住所 乙 丙"],
)
def test_heads_and_prose_are_no_flat_form(text: str) -> None:
    assert len(pairs(text)) <= 1
