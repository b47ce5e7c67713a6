"""Claims of the levels corpus: what a text asserts, and what it does not."""

from __future__ import annotations

from typing import Any

import pytest

from docproc.model import Kind
from tests.extractors.corpus import cases
from tests.extractors.graded import asserted, expected


@pytest.mark.parametrize("case", cases("levels"))
def test_text(case: dict[str, Any]) -> None:
    assert asserted(case["text"]) == expected(case)


LIST = """推荐汇总表
序号\t企业名称\t智能工厂名称\t推荐级别\t初审意见
1\t天津甲有限公司\t一厂\t先进级\t同意推荐
2\t天津乙有限公司\t二厂\t卓越级\t同意推荐"""
NOTICE = """天津市西青区工业和信息化局
关于公布2025年第三批基础级智能工厂备案名单的通知
天智工备〔2025〕146
天津市西青区工业和信息化局
2025年4月25日
附件名单
1\t天津甲有限公司\t一厂"""


def test_rows_of_other_firms_are_not_the_applicants() -> None:
    assert asserted(LIST) == []
    assert asserted(LIST, applicant="天津乙有限公司") == [("application.level", "excellent", ())]


def test_a_filing_signs_for_its_date_and_number() -> None:
    assert asserted(NOTICE, Kind.FILING, "天津甲有限公司") == [
        ("recognition.level", "basic", (("granted_on", "2025-04-25"), ("number", "天智工备〔2025〕146"), ("province", "天津市")))
    ]
    assert asserted(NOTICE, Kind.FILING, "天津乙有限公司") == []


@pytest.mark.parametrize(
    ("title", "province"),
    [("天津市先进级智能工厂\n申报书", "天津市"), ("北京市智能工厂认定申请书\n（先进级）", "北京市"), ("2026年先进级智能工厂申报书", None)],
)
def test_a_title_says_what_is_applied_for(title: str, province: str | None) -> None:
    assert asserted(title + "\n\n申报单位：某公司") == [("application.level", "advanced", (("province", province),) if province else ())]
