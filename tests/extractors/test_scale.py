"""scale.*: a corpus of figures by year in tables, fields and sentences, of 规上 statements and classes of size, with their negatives."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.extract import extract_claims, process
from docproc.model import Kind, Status
from extractors.measures.metrics import metric_of_label
from extractors.measures.years import year_of_column, years_in
from tests.extractors.applicant_claims import asserted
from tests.extractors.corpus import cases


@pytest.mark.parametrize("case", cases("scale"))
def test_statement(case: dict[str, Any]) -> None:
    assert asserted(case["text"]) == sorted(case["claims"])


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("一、营业收入", "operating"),
        ("其中：主营业务收入（万元）", "main_business"),
        ("2023年营业收入（亿元）", "operating"),
        ("营业总收入", "operating"),
        ("营业外收入", None),
        ("营业收入增长率", None),
        ("研发投入占营业收入比重", None),
        ("新产品销售收入", None),
    ],
)
def test_a_label_names_revenue_or_something_else(label: str, kind: str | None) -> None:
    metric = metric_of_label(label)
    assert (metric.kind if metric else None) == kind


@pytest.mark.parametrize(
    ("column", "year"),
    [
        ("2023年", 2023),
        ("二〇二四年度", 2024),
        ("2024年12月31日", 2024),
        ("本期金额", 2024),
        ("上年累计", 2023),
        ("期初余额", 2023),
        ("附注", None),
    ],
)
def test_the_year_of_a_column(column: str, year: int | None) -> None:
    assert year_of_column(column, 2024) == year


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("2024年营业收入约3亿元。", "about"),
        ("2024年营业收入超过3亿元。", "above"),
        ("2024年营业收入不足3亿元。", "below"),
        ("2024年营业收入3亿元。", None),
    ],
)
def test_a_rounded_figure_keeps_its_bound(text: str, bound: str | None) -> None:
    (claim,) = [claim for claim in extract_claims(text) if claim.name == "scale.revenue"]
    assert claim.value == 300000000
    assert claim.qualifiers.get("bound") == bound


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("预计2027年营业收入达到8亿元。", Status.PLANNED),
        ("该客户2024年营业收入120亿元。", Status.THIRD_PARTY),
        ("公司2019年以前为规下企业，现为规上企业。", Status.SUPERSEDED),
    ],
)
def test_what_is_no_statement_of_the_applicant_now_keeps_its_status(text: str, status: Status) -> None:
    assert status in {claim.status for claim in extract_claims(text) if claim.name.startswith("scale.")}


def test_the_notes_of_an_audit_report_take_its_year() -> None:
    text = "2023年度财务报表附注（摘要）\n四、营业收入12,066.58万元，较上年增长8.51%。"
    (match,) = [match for match in process(text, Kind.AUDIT)._.claims if match.name == "scale.revenue"]
    assert match.qualifiers == {"year": 2023, "kind": "operating"}


def test_part_of_a_year_is_marked() -> None:
    text = "2025年1—6月、2024年、2023年上半年"
    assert [(year.year, year.part) for year in years_in(text, 0, len(text))] == [(2025, True), (2024, False), (2023, True)]


PIECES = st.sampled_from(
    [
        "营业收入",
        "2023年",
        "2024年度",
        "、",
        "，",
        "；",
        "。",
        "\t",
        "\n",
        "1.2亿元",
        "3,200万元",
        "为",
        "分别",
        "职工",
        "365人",
        "（万元）",
        "资产总额",
        "规模以上工业企业",
        "不是",
        "系",
        "中型企业",
        "☑是",
        "□否",
        "至",
        "（",
        "）",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_text_is_read_without_failing_and_quotes_hold(text: str) -> None:
    for claim in extract_claims(text):
        for entry in claim.evidence:
            assert entry.quote == text[entry.start : entry.end]
