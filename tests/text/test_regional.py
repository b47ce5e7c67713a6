"""Words of Taiwan and Hong Kong: what is searched, what is shown, and whole packages in that wording."""

from __future__ import annotations

from typing import Any

import pytest

from docproc.demo import samples
from docproc.extract import extract_claims
from docproc.model import Content
from docproc.readers import read_package
from docproc.review import review_of
from docproc.text import normalise
from docproc.text.normal_form import FOR_SEARCHING, STEPS
from docproc.text.normal_form import normalise as brought
from docproc.text.regional import regional_passages, regional_words
from docproc.text.view import view_of
from tests.text.corpus import cases
from tests.text.regional_package import reworded

FAR = "本公司建立健全安全生产责任制度。\n" * 100
SAMPLES = {sample.id: sample for sample in samples()}


@pytest.mark.parametrize("case", cases("regional"), ids=lambda case: case["why"])
def test_what_is_searched_and_what_is_shown(case: dict[str, Any]) -> None:
    source = case["source"].replace("{far}", FAR)
    normal = brought(source, (*STEPS, FOR_SEARCHING))
    shown = normalise(source).text
    assert normal.text == (shown if case.get("same") else case["searched"].replace("{far}", FAR))
    assert normal.shown == shown


def test_quotes_keep_their_words_and_repairs_do_not_name_them() -> None:
    view = view_of(Content(format="txt", text="統一社會信用程式碼：91120115MA01DGNT6P\n軟體與資訊系統。"))
    start = view.text.index("代码")
    assert view.source_slices(start, start + 2) == ("程式碼",)
    assert view.shown.endswith("软体与资讯系统。")
    assert [each.old for each in view.read_otherwise] == ["程式码", "软体", "资讯系统"]
    assert not any("用语" in repair.reason for repair in view.repairs)


def test_claims_of_taiwan_s_wording() -> None:
    found = {
        claim.name: claim
        for claim in extract_claims(
            "企業名稱：天津海岳資訊股份有限公司\n本公司近三年未發生較大以上工安、環保事故，亦無不良信用紀錄。\n"
            "2024年度營業額人民幣1.2億元。\n工廠已建成並投入正常營運，軟體自主可控。"
        )
    }
    assert found["company.name"].value == "天津海岳资讯股份有限公司"
    assert found["accident.record"].qualifiers["severity"] == "larger"
    assert found["credit.record"].evidence[0].quote == "亦無不良信用紀錄"
    assert found["scale.revenue"].value == 120_000_000
    assert found["factory.in_operation"].value is True


@pytest.mark.parametrize(
    ("sample", "configuration"),
    [
        ("bj-advanced-bound-expired", "s2twp"),
        ("bj-basic-construction", "s2twp"),
        ("tj-advanced-accident", "s2twp"),
        ("tj-basic-careless", "s2hkp"),
    ],
)
def test_a_package_in_another_region_s_wording_is_judged_alike(sample: str, configuration: str) -> None:
    package, as_of = read_package(SAMPLES[sample].path), SAMPLES[sample].as_of
    told = review_of(package, None, as_of).report
    other = review_of(reworded(package, configuration), None, as_of).report
    assert other.outcome is told.outcome
    assert [document.kind for document in other.documents] == [document.kind for document in told.documents]
    assert {finding.item: finding.outcome for finding in other.findings} == {finding.item: finding.outcome for finding in told.findings}


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("本公司以資訊系統與軟體推動智慧製造，過去三年無工安事故", "台湾"),
        ("本公司已在公司註冊處登記，持有商業登記證，質素良好", "香港"),
        ("本公司以信息系统与软件推动智能制造", ""),
        ("北京市智能工廠認定管理辦法，信息化與數字化", ""),
        ("云端平台与专项方案", ""),
    ],
)
def test_regional_words_hint_at_a_region(text: str, region: str) -> None:
    assert regional_words(text)[0] == region


def test_passages_of_two_regions() -> None:
    text = "本公司採用軟體。\n天津市。\n香港分公司的職安健良好。\n"
    assert regional_passages(text) == [((0, 9), "台湾"), ((14, 27), "香港")]
