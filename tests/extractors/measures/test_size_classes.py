"""Classes of size by 工信部联企业〔2011〕300号: both limits, and what one figure leaves open."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.extract import Match, extract_claims
from docproc.model import Claim, Evidence, Outcome, PackageOutcome
from docproc.render.html import report_html
from extractors.measures.size_classes import CLASSES, above_fits, class_fits, classes_for, misfits
from tests.reports import finding, report


@pytest.mark.parametrize(
    ("staff", "revenue", "classes"),
    [
        (1000, "400000000", ("large",)),
        (999, "400000000", ("medium",)),
        (1000, "399999999.99", ("medium",)),
        (299, "900000000", ("small",)),
        (300, "20000000", ("medium",)),
        (300, "19999999", ("small",)),
        (19, "50000000", ("micro",)),
        (20, "3000000", ("small",)),
        (500, "2999999", ("micro",)),
        (640, None, ("micro", "small", "medium")),
        (None, "100000000", ("micro", "small", "medium")),
        (5, None, ("micro",)),
        (None, None, CLASSES),
    ],
)
def test_both_limits_count(staff: int | None, revenue: str | None, classes: tuple[str, ...]) -> None:
    assert classes_for(staff, None if revenue is None else Decimal(revenue)) == classes


def test_a_stated_class_fits_or_not_or_is_left_open() -> None:
    assert class_fits("medium", 640, Decimal(510_000_000)) is True
    assert class_fits("large", 640, Decimal(510_000_000)) is False
    assert class_fits("medium", 640, None) is None
    assert class_fits("large", 640, None) is False
    with pytest.raises(ValueError, match="huge"):
        class_fits("huge", 1, None)


def test_above_designated_size_goes_by_revenue() -> None:
    assert above_fits(True, Decimal(20_000_000)) is True
    assert above_fits(True, Decimal(19_999_999)) is False
    assert above_fits(False, Decimal(30_000_000)) is False
    assert above_fits(True, None) is None


@given(
    st.lists(st.sampled_from([5, 19, 20, 21, 299, 300, 999, 1000, 4000]), max_size=6),
    st.lists(st.integers(0, 500_000_000).map(Decimal), max_size=6),
)
def test_one_figure_stands_for_all_that_reach_the_same_limits(staffs: list[int], sums: list[Decimal]) -> None:
    claims = [Match("scale.employees", staff, {"year": 2024}) for staff in staffs]
    claims += [Match("scale.revenue", revenue, {"year": 2024, "kind": "operating"}) for revenue in sums]
    possible = {each for staff in staffs for revenue in sums for each in classes_for(staff, revenue)}
    class_misfits, _ = misfits(claims)
    assert [name for name in CLASSES if class_misfits(name)] == [name for name in CLASSES if possible and name not in possible]


@given(st.integers(0, 5000), st.integers(0, 2_000_000_000))
def test_figures_give_one_class_and_less_never_a_greater(staff: int, revenue: int) -> None:
    (name,) = classes_for(staff, Decimal(revenue))
    (less,) = classes_for(staff // 2, Decimal(revenue // 2))
    assert CLASSES.index(less) <= CLASSES.index(name)
    assert name in classes_for(staff, None)
    assert name in classes_for(None, Decimal(revenue))


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("企业规模：大型\n职工人数：213人\n2024年营业收入：8500万元", {"size_class": False}),
        ("企业规模：小型\n职工人数：213人\n2024年营业收入：8500万元", {"size_class": None}),
        ("企业规模：大型\n2024年营业收入：8500万元", {"size_class": None}),  # no head count
        ("我公司为中型企业，2025年末职工人数640人。", {"size_class": None}),
        (
            "企业规模：中型\n2023年末职工人数：120人\n2023年营业收入：9000万元\n2024年末职工人数：320人\n2024年营业收入：9900万元",
            {"size_class": None},
        ),
        (
            "企业规模：中型\n2024年末职工人数：120人\n2024年营业收入：9000万元\n2023年末职工人数：320人\n2023年营业收入：9900万元",
            {"size_class": False},
        ),
        ("企业规模：中型\n2024年末职工人数约290人\n2024年营业收入：9000万元", {"size_class": None}),  # 约 may be 300
        ("公司为规模以上工业企业，2025年主营业务收入1500万元。", {"above_designated_size": False}),
        ("公司为规模以上工业企业，2024年主营业务收入1500万元，2025年主营业务收入2500万元。", {"above_designated_size": None}),
        ("公司为规模以上工业企业，2025年营业收入2500万元，其中主营业务收入1800万元。", {"above_designated_size": False}),
        ("公司为规模以上工业企业，2025年主营业务收入近2000万元。", {"above_designated_size": None}),
        ("公司为规模以上工业企业，2025年上半年营业收入1200万元。", {"above_designated_size": None}),
        ("公司为规模以上工业企业，2026年计划实现营业收入1200万元。", {"above_designated_size": None}),
        ("公司不属于规模以上工业企业。2025年主营业务收入3200万元。", {"above_designated_size": False}),
        ("公司为规模以上工业企业。供应商天津某某铸造有限公司2025年营业收入900万元。", {"above_designated_size": None}),
    ],
)
def test_a_statement_is_held_against_the_figures_of_its_text(text: str, fits: dict[str, bool | None]) -> None:
    found = {claim.name.removeprefix("scale."): claim.qualifiers.get("fits") for claim in extract_claims(text)}
    assert {name: found[name] for name in fits} == fits


def test_a_reader_of_the_report_sees_what_does_not_fit() -> None:
    words = "工信部联企业〔2011〕300号"
    for qualifiers, shown in (({"fits": False}, True), ({"fits": True}, False), ({}, False)):
        evidence = Evidence(document="d1", start=0, end=2, quote="大型")
        claim = Claim(id="c1", name="scale.size_class", value="large", qualifiers=qualifiers, evidence=(evidence,))
        page = report_html(report(PackageOutcome.PASS, finding("TJ-5", Outcome.PASS)).model_copy(update={"claims": (claim,)}))
        assert page.count(words) == (2 if shown else 0)  # among the facts and among the claims
