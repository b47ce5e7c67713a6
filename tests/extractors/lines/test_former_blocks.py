"""Blocks of a form on an earlier state."""

import pytest

from extractors.lines.former_blocks import former_blocks


@pytest.mark.parametrize(
    ("text", "former"),
    [
        ("本次自评估\n等级：二级\n上次自评估（2023年）\n等级：一级", ["\n等级：一级"]),
        ("前次评估情况：\n等级：一级\n\n等级：二级", ["\n等级：一级\n"]),
        ("上期　等级：二级\n本期　等级：三级", ["上期　等级：二级"]),
        ("变更前信息：\n法定代表人：王强\n变更后信息：\n法定代表人：李明", ["\n法定代表人：王强\n"]),
    ],
)
def test_a_heading_or_a_line_opens_one(text: str, former: list[str]) -> None:
    assert [text[slice(*span)] for span in former_blocks(text)] == former


@pytest.mark.parametrize("text", ["上次复核以来，公司保持二级", "上次等级：一级", "原料库存情况说明\n等级：二级", "历史悠久\n等级：二级"])
def test_sentences_and_fields_open_none(text: str) -> None:
    assert not former_blocks(text)
