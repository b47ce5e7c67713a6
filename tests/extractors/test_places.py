"""registration.address and factory.address: a corpus with moves and other parties' seats, and the divisions of GB/T 2260."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.extract import extract_claims
from docproc.model import Status
from extractors.addresses.divisions import Division, division_of
from extractors.words.lexicon import vocabulary
from tests.extractors.applicant_claims import asserted
from tests.extractors.corpus import cases


@pytest.mark.parametrize("case", cases("places"))
def test_statement(case: dict[str, Any]) -> None:
    assert asserted(case["text"]) == sorted(case["claims"])


@pytest.mark.parametrize(
    ("address", "province", "district", "code"),
    [
        ("天津市河北区金钟河大街280号", "天津市", "河北区", "120105"),
        ("河北区中山路1号", "天津市", "河北区", "120105"),
        ("河北省沧州市黄骅市中捷产业园区汇源道4号", "河北省", "黄骅市", None),
        ("河北省廊坊经济技术开发区祥云道55号", "河北省", None, None),
        ("天津开发区第六大街110号", "天津市", "滨海新区", "120116"),
        ("天津市经济技术开发区西区新业五街12号", "天津市", "滨海新区", "120116"),
        ("天津自贸试验区（空港经济区）西七道18号", "天津市", "滨海新区", "120116"),
        ("天津滨海高新区华苑产业区海泰南道", "天津市", None, None),
        ("天津市蓟县盘龙山路7号", "天津市", "蓟州区", "120119"),
        ("天津市塘沽区新港路", "天津市", "滨海新区", "120116"),
        ("北京经济技术开发区荣华南路甲10号", "北京市", None, None),
        ("北京市大兴区北京经济技术开发区科创路", "北京市", "大兴区", "110115"),
        ("北京市密云县工业开发区", "北京市", "密云区", "110118"),
        ("浙江省宁波市北仑区小港街道", "浙江省", "北仑区", None),
        ("宁波市北仑区小港街道", "浙江省", "北仑区", None),
        ("广东省佛山市顺德区北滘镇", "广东省", "顺德区", None),
        ("江苏省昆山市玉山镇", "江苏省", "昆山市", None),
        ("江苏省苏州工业园区星湖街", "江苏省", None, None),
        ("浙江金华义乌市稠江街道", "浙江省", "义乌市", None),
        ("吉林省吉林市昌邑区", "吉林省", "昌邑区", None),
        ("吉林省长春市朝阳区", "吉林省", "朝阳区", None),
        ("湖南省长沙市长沙县", "湖南省", "长沙县", None),
        ("广东省东莞市松山湖", "广东省", None, None),
        ("青岛市市北区", "山东省", "市北区", None),
        ("和平区南京路219号", None, None, None),
        ("津南区葛沽镇", "天津市", "津南区", "120112"),
        ("厂区东侧", None, None, None),
    ],
)
def test_division(address: str, province: str | None, district: str | None, code: str | None) -> None:
    assert division_of(address) == Division(province, district, code)


def test_every_listed_district_is_found_in_its_province() -> None:
    for province, entry in vocabulary("divisions")["provinces"].items():
        for district, code in entry.get("districts", {}).items():
            assert division_of(f"{province}{district}人民路1号") == Division(province, district, code)
            assert code[:2] == entry["code"][:2]


def test_every_city_is_found_in_its_province() -> None:
    for province, entry in vocabulary("divisions")["provinces"].items():
        for city in entry.get("cities", ()):
            assert division_of(f"{province}{city}人民路1号") == Division(province)
            assert division_of(f"{city}新华区人民路1号") == Division(province, "新华区")


@given(
    st.lists(
        st.sampled_from(["天津", "市", "河北", "区", "省", "县", "路", "开发区", "武清", "1号", "镇", "（", "）", "沧州", "新", "\n", " "]),
        max_size=12,
    ).map("".join)
)
def test_any_text_gives_a_division_of_the_table_or_none(text: str) -> None:
    found = division_of(text)
    assert found.province is None or found.province in vocabulary("divisions")["provinces"]
    assert found.district is None or found.province is not None


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("2021年公司住所由天津市南开区鞍山西道2号变更为天津市西青区海泰发展六道6号。", [Status.SUPERSEDED, Status.ASSERTED]),
        ("公司现注册地址为天津市红桥区西青道88号，拟于2026年上半年迁至天津市武清区汽车产业园云山道。", [Status.ASSERTED, Status.PLANNED]),
        ("供应商注册地址：江苏省苏州市吴中区木渎镇金枫路1号", [Status.THIRD_PARTY]),
    ],
)
def test_former_planned_and_foreign_addresses_keep_their_status(text: str, statuses: list[Status]) -> None:
    assert [claim.status for claim in extract_claims(text) if claim.name == "registration.address"] == statuses


def test_evidence_quotes_the_source() -> None:
    text = "註冊地址\t天津市東麗區華明高新技術產業區弘順道20號"
    (claim,) = [claim for claim in extract_claims(text) if claim.name == "registration.address"]
    assert claim.value == "天津市东丽区华明高新技术产业区弘顺道20号"
    assert [entry.quote for entry in claim.evidence] == [text]
    assert claim.qualifiers["division_code"] == "120110"
