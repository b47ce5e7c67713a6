"""Rows that blanks or bars divide are searched as rows; forms' lines, boxes, sentences and parted thousands keep their blanks."""

from __future__ import annotations

import pytest

from docproc.text.align import rewrite
from docproc.text.columns import part_columns


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("年度  类别  起数\n2022  火灾  1", "年度\t类别\t起数\n2022\t火灾\t1"),
        ("年度 | 类别 | 起数\n2022 | 火灾 | 1", "年度\t类别\t起数\n2022\t火灾\t1"),
        ("年度 营业收入 员工\n2022 2.08 402\n2023 2.31 418", "年度\t营业收入\t员工\n2022\t2.08\t402\n2023\t2.31\t418"),
        ("现有级别  申报级别\n先进级  卓越级", "现有级别\t申报级别\n先进级\t卓越级"),
        ("现有级别 申报级别\n先进级 卓越级", "现有级别 申报级别\n先进级 卓越级"),
        ("| 项目 | 内容 |\n| 级别 | 三级 |", "| 项目 | 内容 |\n| 级别 | 三级 |"),
        ("名称：甲  代码：乙\n住所：丙  电话：丁", "名称：甲  代码：乙\n住所：丙  电话：丁"),
        ("□是  □否\n□有  ■无", "□是  □否\n□有  ■无"),
        ("收入 12 860 11 204\n成本 9 870 8 120", "收入 12 860 11 204\n成本 9 870 8 120"),
        ("签字  日期", "签字  日期"),
    ],
)
def test_only_rows_of_a_table_are_parted(written: str, searched: str) -> None:
    assert rewrite(written, list(part_columns(written))) == searched
