from __future__ import annotations

import pytest

from docproc.model import Script
from docproc.text.script import detect, passages, to_simplified, to_traditional, two_ways


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("天津市智能工厂梯度培育管理办法", Script.HANS),
        ("北京市智能工廠認定管理辦法", Script.HANT),
        ("天津", Script.HANS),
        ("工厂工廠體系体系", Script.MIXED),
        ("MES 2024", Script.NONE),
        ("", Script.NONE),
        ("企业名称：" + "天津市规模以上工业企业" * 20 + "臺", Script.HANS),
        ("後面的皇后在里面乾杯", Script.HANT),
    ],
)
def test_detect(text: str, script: Script) -> None:
    assert detect(text) is script


def test_conversion_keeps_the_length() -> None:
    text = "徵求鍾先生對臺灣裡程著作的覆核，乾隆乾燥，于於昇升"
    assert len(to_simplified(text)) == len(text)
    assert to_simplified("乾燥的乾隆") == "干燥的乾隆"
    assert to_simplified("显著覆盖，程序正当") == "显著覆盖，程序正当"
    assert to_traditional("智能制造") == "智能製造"


def test_passages_of_a_mixed_text() -> None:
    text = "天津市智能工厂梯度培育管理办法\nMES\n北京市智能工廠認定管理辦法\n"
    assert passages(text) == [((0, 20), Script.HANS), ((20, 34), Script.HANT)]
    assert passages("") == []


def test_characters_that_are_written_in_two_ways() -> None:
    assert two_ways("乾") == "干/乾"
    assert two_ways("後") == ""
