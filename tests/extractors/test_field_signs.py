"""What the readers of fields pass over at a glance holds nothing: with the glance put off they find the same."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docproc.extract import FormField
from extractors import fields
from extractors.fields import form_fields
from extractors.forms import boxes, lettered, marks, pairs, spaced, stacked, tables
from extractors.forms.sentences import is_sentence

OWN = Path(__file__).resolve().parents[1] / "cases" / "own"
CELLS = [
    *("企业名称", "营业收入（万元）", "职工人数", "序号", "项目", "是否规上", "申报等级", "指标", "备注", "综合得分", "评估方式"),
    *("2023年", "2024年度", "本期金额", "1", "2", "3", "6,845.20", "312人", "2.31", "二级", "自评估", "是", "否", "先进级", "卓越级"),
    *("□", "☑", "√", "（√）是", "■是 □否", "A.基础级 B.先进级", "", " ", "天津某某有限公司", "2024年3月1日", "近三年", "0"),
]
LINES = [
    *("公司没有不良信用记录。", "近三年未发生较大及以上事故；", "无。", "2023年305人。", "一、企业概况", "单位：万元", "是否规上：否。"),
    *("申报等级（单选）", "☑先进级", "□卓越级", "1.大型 2.中型", "选1项，A项。", "企业规模", "中型。", "产值 1,234.5 2,345.6"),
    *("注册地址天津市东丽区1号。", "【企业名称】天津某某有限公司。", "（1）投资2,318.40万元，比例为（ ）。", "S=1.96。"),
    *(
        "项目|内容|单位",
        "本表由企业填写。单位：万元。",
        "",
        "成立时间",
        "2018年5月",
        "二级",
        "营业收入（万元）",
        "2023年 6,845万元",
        "2024年：7,002",
        "在产",
    ),
    *(
        "场景1 柔性产线（生产环节）",
        "A.大型",
        "B.中型",
        "选B",
        "基础级（ ）",
        "智能制造能力成熟度",
        "（自评估）",
        "企业名称",
        "申报单位 天津某某有限公司",
    ),
]

MARKS = ["□", "☑", "（√）", "（ ）", "○", "R", "£", "是", "否", "二", "五", "基础级", "申报等级：", " ", "；", "。", "a", "（", "×"]


@cache
def texts() -> tuple[str, ...]:
    return tuple(json.loads(line)["text"] for path in sorted(OWN.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines())


def slowly(text: str) -> list[FormField]:
    """The fields with nothing passed over."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fields, "is_sentence", lambda line: False)
        patch.setattr(fields, "may_ask", lambda line: True)
        patch.setattr(fields, "may_hold_field", lambda line: True)
        patch.setattr(fields, "_may_be_answered", lambda lines, position: True)
        patch.setattr(spaced, "_may_begin", lambda line: not line.isspace() and line != "")
        patch.setattr(lettered, "_choices_begin", lambda text: range(len(text) + 1))
        patch.setattr(tables, "_is_plain_pair", lambda cells: False)
        patch.setattr(tables, "_is_entry", lambda cells, heads: False)
        patch.setattr(pairs, "_plain_answer", lambda text: None)
        for module in (boxes, fields, marks, stacked):
            patch.setattr(module, "BEGINS_BOX", re.compile(""))
        return list(form_fields(text))


def test_nothing_is_lost_in_the_projects_own_cases() -> None:
    assert [text for text in texts() if list(form_fields(text)) != slowly(text)] == []


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(LINES), st.lists(st.sampled_from(CELLS), min_size=2, max_size=5).map("\t".join)), max_size=9))
def test_nothing_is_lost_in_rows_and_lines_of_any_kind(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert list(form_fields(text)) == slowly(text)


@given(st.lists(st.sampled_from(MARKS), max_size=10).map("".join), st.integers(0, 6), st.integers(0, 12))
def test_boxes_are_read_in_a_stretch_as_in_the_text(text: str, start: int, length: int) -> None:
    end = min(len(text), start + length)
    start = min(start, end)
    assert list(boxes.choices(text, start, end)) == list(boxes._read(text, start, end))


def test_a_row_that_ends_before_the_columns_of_options_is_read() -> None:
    assert list(form_fields("企业名称\t类型\t说明\t二级\t三级\n企业名称\t类型")) != []


@pytest.mark.parametrize("line", ["公司没有不良信用记录。", "设备开动率稳定，运行118台（套）；", "第三章所列各项均已完成。", "目标3级。"])
def test_prose(line: str) -> None:
    assert is_sentence(line)


@pytest.mark.parametrize(
    "line",
    ["是否规上：否。", "（√）已建成。", "企业名称", "项目|内容。", "【类型】国有。", "选 A.基础级 B.先进级。", "得分\t2.1。", "S=1.9。"],
)
def test_lines_that_may_hold_a_field(line: str) -> None:
    assert not is_sentence(line)
