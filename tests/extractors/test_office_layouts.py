"""Layouts of offices and agencies: numbered rows, labels over values, certificates, registers of listings, group and firm side by side."""

from __future__ import annotations

import pytest

from docproc.extract import Match, process
from docproc.model import Kind, Status

FIRM = "天津望潮换热设备有限公司"


def claims(text: str, name: str, kind: Kind | None = None) -> list[Match]:
    found = process(text, kind, FIRM)._.claims
    return [claim for claim in found if claim.name == name and claim.status is Status.ASSERTED]


def fields(text: str) -> dict[str, str]:
    return {field.label: field.value for field in process(text, Kind.FORM, FIRM)._.fields}


def test_rows_that_begin_with_their_number_are_label_and_value() -> None:
    text = f"企业信息\n1\t企业名称\t{FIRM}\n2\t成立时间\t2011-03-09\n3\t法定代表人\t关山月\n4\t是否规模以上工业企业\t■是　□否"
    found = fields(text)
    assert (found["成立时间"], found["法定代表人"]) == ("2011-03-09", "关山月")
    assert [claim.value for claim in claims(text, "scale.above_designated_size", Kind.FORM)] == [True]


def test_figures_in_numbered_rows_are_no_labels() -> None:
    found = fields("1\t2024\t3,100.50\n2\t2025\t3,300.10")
    assert not {"2024", "2025"} & found.keys()


def test_labels_over_values_in_every_second_row() -> None:
    text = f"企业信息\n企业名称\t注册资本\t法定代表人\n{FIRM}\t3000万元\t关山月\n成立日期\t企业规模\t所属区\n2011-03-09\t中型企业\t西青区"
    found = fields(text)
    assert (found["企业名称"], found["法定代表人"], found["成立日期"], found["企业规模"]) == (FIRM, "关山月", "2011-03-09", "中型企业")


def test_a_list_of_firms_is_no_row_of_labels_over_values() -> None:
    text = "企业名称\t推荐级别\t推荐日期\n天津甲成管业有限公司\t先进级\t2026-03-01\n天津乙成管业有限公司\t基础级\t2026-03-02"
    assert "企业名称" not in fields(text)


def test_a_cell_that_goes_on_below_leaves_the_heads_in_force() -> None:
    prose = "生产网单独组网，按季度做渗透测试，风险可控。"
    text = f"序号\t条件\t企业情况\t附件\n1\t安全可控\t主要装备均为\t附件1\n\t\t国产并可替换。\t\n2\t网络安全\t{prose}\t附件2"
    assert {"安全可控", "网络安全"} <= fields(text).keys()
    assert prose not in fields(text)


def test_running_text_is_nobodys_label() -> None:
    prose = "生产网与办公网之间设有单向网闸，关键数据异地备份，网络和数据安全风险可控。"
    found = process(f"5\t网络与数据\t{prose}\t附件2", Kind.FORM, FIRM)
    assert prose not in {field.label for field in found._.fields}
    assert "network_security" in {passage.topic for passage in found._.passages}


def test_a_certificate_sets_the_level_on_a_line_of_its_own() -> None:
    text = (
        f"智能制造能力成熟度等级证书\n{FIRM}\n经评估，符合GB/T 39116—2020《智能制造能力成熟度模型》\n三级（集成级）\n发证日期：2026年2月1日"
    )
    assert [claim.value for claim in claims(text, "maturity.level", Kind.MATURITY)] == [3]


def test_a_demand_that_ends_on_a_line_of_its_own_is_no_level() -> None:
    text = f"{FIRM}\n申报企业应达到GB/T 39116—2020《智能制造能力成熟度模型》\n三级（集成级）\n申报日期：2026年2月1日"
    assert claims(text, "maturity.level", Kind.FORM) == []


def test_the_name_of_a_level_is_no_heading_of_a_rule() -> None:
    text = f"智能制造能力成熟度等级证书\n{FIRM}\n经评估，符合GB/T 39116—2020《智能制造能力成熟度模型》\n二级（规范级）\n评估得分：2.14"
    assert [float(claim.value) for claim in claims(text, "maturity.score", Kind.MATURITY)] == [2.14]


def test_a_register_of_listings_by_their_dates() -> None:
    text = "列入经营异常名录信息\n序号\t列入日期\t列入原因\t移出日期\t移出原因\n1\t2023年7月6日\t未公示年度报告\t2023年9月1日\t补报年度报告"
    [found] = claims(text, "credit.record", Kind.CREDIT)
    assert (found.value, found.qualifiers["lists"], found.qualifiers["removed_on"]) == ("listed", ["abnormal"], "2023-09-01")


def test_a_register_without_entries_lists_nobody() -> None:
    text = "列入经营异常名录信息\n序号\t列入日期\t列入原因\t移出日期\t移出原因\n—\t—\t—\t—\t—"
    assert not [claim for claim in claims(text, "credit.record", Kind.CREDIT) if claim.value == "listed"]


def test_a_head_over_numbered_rows_is_no_count_of_violations() -> None:
    text = "序号\t领域\t违法违规记录\n1\t市场监管\t无违法违规记录\n2\t税务\t无违法违规记录"
    assert {claim.value for claim in claims(text, "violation.record", Kind.CREDIT)} == {"none"}


def test_a_comparison_with_others_is_the_applicants_own_statement() -> None:
    text = "与国际同行头部企业对标，人均产值、单位能耗等主要技术经济指标居全球同行业前列。"
    [passage] = [passage for passage in process(text, Kind.FORM, FIRM)._.passages if passage.topic == "indicators"]
    assert passage.status is Status.ASSERTED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("厂房和产线在建模平台中完成规划与仿真后施工，智能工厂已全面建成并投入正常使用。", [True]),
        ("智能工厂目前仍在建设，尚未投产。", [False]),
    ],
)
def test_modelling_is_no_building(text: str, expected: list[bool]) -> None:
    assert [claim.value for claim in claims(text, "factory.in_operation", Kind.FORM)] == expected


STATEMENT = "单位：元\n项目\t{first}\t{second}\n本期金额\t上期金额\t本期金额\t上期金额\n一、营业收入\t{a}\t{b}\t{c}\t{d}"


def test_heads_of_two_rows_keep_their_years_and_tell_the_group_from_the_firm() -> None:
    figures = {"a": "90,000,000.00", "b": "80,000,000.00", "c": "70,000,000.00", "d": "60,000,000.00"}
    text = "利润表\n2025年度\n" + STATEMENT.format(first="合并", second="母公司", **figures)
    found = {
        (claim.qualifiers["year"], claim.qualifiers.get("scope")): int(claim.value) for claim in claims(text, "scale.revenue", Kind.AUDIT)
    }
    assert found == {(2025, None): 90_000_000, (2024, None): 80_000_000, (2025, "parent"): 70_000_000, (2024, "parent"): 60_000_000}


def test_a_statement_of_the_firm_alone() -> None:
    text = "母公司利润表\n2025年度\n单位：元\n项目\t本期金额\t上期金额\n营业收入\t70,000,000.00\t60,000,000.00"
    assert {claim.qualifiers.get("scope") for claim in claims(text, "scale.revenue", Kind.AUDIT)} == {"parent"}


@pytest.mark.parametrize(
    "text",
    [
        "2025年7月，公司镀槽废水管线破裂，含铬废水外泄，造成直接经济损失680万元。",
        "2025年7月，公司储罐阀门老化，废酸泄漏流出厂界，造成直接经济损失720万元。",
    ],
)
def test_waste_that_got_out_is_an_environmental_event(text: str) -> None:
    [found] = claims(text, "accident.record", Kind.SAFETY)
    assert (found.qualifiers["kinds"], found.qualifiers["severity"]) == (["environment"], "larger")


def test_measures_against_leaks_are_no_event() -> None:
    assert claims("2025年，公司完成废水泄漏收集池建设，防止废水外泄进入雨水管网。", "accident.record", Kind.SAFETY) == []
