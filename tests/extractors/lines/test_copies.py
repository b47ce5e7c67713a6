"""Copies of a rule's clause, and the look beforehand that leaves out what can be none."""

from __future__ import annotations

from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.lines import copies
from extractors.lines.copies import is_copy

_RULES = ("企业应建立智能工厂统筹规划、建设和运营的组织机制，拥有一批智能制造专业人才", "建立智能工厂统筹规划、建设和运营的组织机制")
_WORDS = [
    "企业",
    "应",
    "建立",
    "智能工厂",
    "统筹规划",
    "、",
    "建设和运营",
    "的",
    "组织机制",
    "，",
    "拥有",
    "一批",
    "专业人才",
    "我公司",
    "2024年",
    "由总经理任组长",
    "人",
    "制",
]


@pytest.mark.parametrize(
    ("sentence", "copied"),
    [
        ("公司已建立智能工厂统筹规划、建设和运营的组织机制。", True),
        ("公司由总经理任组长，下设信息部，统筹智能工厂建设。", False),
        ("建立智能工厂统筹规划、建设和运营的组织机制，具体如下。", False),
        ("建立智能工厂统筹规划、建设和运营的组织机制：", False),
    ],
)
def test_a_copy_adds_nothing_of_its_own(sentence: str, copied: bool) -> None:
    assert is_copy(sentence, _RULES) is copied


def test_without_rules_nothing_is_copied() -> None:
    assert not is_copy("建立智能工厂", ())


@given(st.lists(st.sampled_from(_WORDS), max_size=12).map("".join))
def test_the_look_beforehand_leaves_out_no_copy(sentence: str) -> None:
    bare, _ = copies._without_own_marks(sentence)
    slowly = bool(bare) and any(_copies_slowly(bare, copies._MARKS.sub("", rule)) for rule in _RULES)
    assert is_copy(sentence, _RULES) is slowly


def _copies_slowly(text: str, rule: str) -> bool:
    """What makes a copy, with no look beforehand."""
    blocks = [block for block in SequenceMatcher(None, text, rule, autojunk=False).get_matching_blocks() if block.size > 1]
    shared = sum(block.size for block in blocks)
    rest = text
    for block in reversed(blocks):
        rest = f"{rest[: block.a]} {rest[block.a + block.size :]}"
    own = copies._filler().sub("", rest).replace(" ", "")
    return shared > 3 and shared >= copies.COPIED_SHARE * len(text) - copies.OWN_CHARACTERS and len(own) <= copies.OWN_CHARACTERS
