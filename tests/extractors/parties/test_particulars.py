"""Heads over the particulars of other parties: the glance at the words that a line begins with misses no head."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from extractors.parties.particulars import _heads, _heads_of
from tests.extractors.test_field_signs import texts

_LEADS = ["", "　", "3. ", "（一）", "| "]
_WORDS = ["检测机构", "设备供应商", "控股股东", "乙方", "OEM厂家", "机床生产厂家", "受评单位", "我公司子公司", "检测机构的"]
_TAILS = ["：", "名称：", "\t", "（盖章）：", " ", "", "信息", "基本情况：", "概况\t", "名称、", "编号："]
_VALUES = ["", "天津某某检测有限公司", "\n"]


def _same(text: str) -> None:
    assert [head.span() for head in _heads_of(text)] == [head.span() for head in _heads().finditer(text)]


def test_every_head_is_found() -> None:
    lines = ["".join(parts) for parts in product(_LEADS, _WORDS, _TAILS, _VALUES)]
    assert any(_heads_of("\n".join(lines)))
    _same("\n".join(lines))


def test_texts_have_the_same_heads() -> None:
    for text in texts():
        _same(text)


@given(st.lists(st.sampled_from([*_LEADS, *_WORDS, *_TAILS, *_VALUES, "一", "，", "1"]), max_size=24).map("".join))
def test_lines_of_any_parts_have_the_same_heads(text: str) -> None:
    _same(text)
