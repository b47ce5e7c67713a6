"""Fields by their labels come in the order of the text, each label asked about once."""

from __future__ import annotations

from docproc.extract import FormField
from docproc.model import Span
from extractors.labelled import Labelled


def _field(place: int, label: str, column: str = "") -> FormField:
    return FormField(label, "1", Span(place, place + 1), Span(place + 2, place + 3), column=column)


FIELDS = [
    _field(0, "住所"),
    _field(10, "产量", "2023年"),
    _field(20, "厂址"),
    _field(30, "住所"),
    _field(40, "处罚日期"),
    _field(50, "一", "处罚日期"),
]


def test_fields_come_in_order_whichever_label_they_bear() -> None:
    labelled = Labelled(FIELDS)
    assert labelled.numbers(lambda label: label in ("厂址", "住所")) == [0, 2, 3]
    assert labelled.under("住所".__eq__) == [FIELDS[0], FIELDS[3]]
    assert labelled.under("无".__eq__) == []


def test_a_columns_head_goes_before_the_label() -> None:
    labelled = Labelled(FIELDS)
    assert labelled.headed("处罚日期".__eq__) == [4, 5]
    assert labelled.headed("产量".__eq__) == []


def test_each_label_is_asked_about_once() -> None:
    asked: list[str] = []
    Labelled(FIELDS).numbers(asked.append)
    assert sorted(asked) == ["一", "产量", "住所", "厂址", "处罚日期"]
    assert Labelled(FIELDS).any("厂址".__eq__)
    assert not Labelled([]).any(lambda label: True)
