"""Fields of forms: a corpus of layouts, and what holds for any text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from docproc.extract import FormField
from extractors.fields import form_fields

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "corpora" / "fields.yaml").read_text(encoding="utf-8"))


def written(field: FormField) -> str:
    """A field as the corpus writes it."""
    row = f"{field.label} = {field.value}"
    row += "".join(f" | {name}: {getattr(field, name)}" for name in ("column", "unit", "group") if getattr(field, name))
    if field.options:
        row += " | boxes: " + " ".join(("+" if option.ticked else "-") + option.text for option in field.options)
    return row + (" | required" if field.required else "")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_layout(case: dict[str, Any]) -> None:
    assert [written(field) for field in form_fields(case["text"])] == case["fields"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_spans_hold_the_words(case: dict[str, Any]) -> None:
    text: str = case["text"]
    for field in form_fields(text):
        assert field.label in text[slice(*field.label_span)] or field.unit or field.required or not field.label
        for option in field.options:
            assert option.text in text[slice(*option.span)]
        assert 0 <= field.value_span.start <= field.value_span.end <= len(text)


PIECES = st.sampled_from(
    [
        "企业名称",
        "：",
        "\t",
        "\n",
        "□",
        "☑",
        "是",
        "否",
        "（",
        "）",
        "2023年",
        "营业收入（万元）",
        "1,234.5",
        "____",
        "；",
        "。",
        " ",
        "■",
        "【",
        "】",
        "*",
        "=",
        "R",
        "£",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_is_read_without_failing_and_spans_lie_inside(text: str) -> None:
    for field in form_fields(text):
        assert 0 <= field.label_span.start <= field.label_span.end <= len(text)
        assert 0 <= field.value_span.start <= field.value_span.end <= len(text)


def test_ticked_words() -> None:
    (field,) = form_fields("企业规模：□大型 ☑中型 ☑小型")
    assert field.ticked == ("中型", "小型")
    assert field.value == "中型、小型"
