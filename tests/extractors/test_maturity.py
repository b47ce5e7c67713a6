"""Claims of the maturity corpus: what a text asserts, and what it does not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extractors.corpus import cases
from tests.extractors.graded import asserted, expected, matches


@pytest.mark.parametrize("case", cases("maturity"))
def test_text(case: dict[str, Any]) -> None:
    assert asserted(case["text"]) == expected(case)


REPORT = """智能制造能力成熟度自评估报告
二、标准条款
二级（规范级）：企业采用自动化技术对核心装备进行改造。
三级（集成级）：企业对装备、系统等开展集成。
三、打分结果
能力要素\t权重\t得分\t对应等级
人员\t6%\t1.64\t一级
信息安全\t—\t1.69\t一级
制造\t68%\t3.05\t三级
综合得分\t100%\t1.95\t二级
公司自评估等级为二级（规范级）。
对照三级要求，公司计划2027年底前申请三级评估。"""


def test_a_report_counts_as_a_whole_not_by_its_elements() -> None:
    method = (("method", "self"),)
    assert asserted(REPORT) == [("maturity.level", 2, method), ("maturity.score", 1.95, method)]


@given(st.text(alphabet="智能制造能力成熟度自评估得分等级二三级2.35：，。\n\t□☑（）、由提升至", max_size=60))
def test_any_text_is_read_and_values_stay_on_the_scale(text: str) -> None:
    for match in matches(text):
        if match.name == "maturity.level":
            assert match.value in range(1, 6)
        if match.name == "maturity.score":
            assert 0 <= match.value <= 5
