"""Where an address may lie: one certain reading, several with their reasons, or none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.extract import extract_claims
from extractors.addresses.candidates import LISTED, NAMED, SEVERAL, SPANS, ZONE, candidates_of


@pytest.mark.parametrize(
    ("address", "readings"),
    [
        ("天津市和平区南京路219号", [("天津市", "和平区", "120101", NAMED)]),
        ("和平区南京路219号", [("天津市", "和平区", "120101", SEVERAL), ("辽宁省", "和平区", None, SEVERAL)]),
        ("朝阳区建国路1号", [("北京市", "朝阳区", "110105", SEVERAL), ("吉林省", "朝阳区", None, SEVERAL)]),
        ("北京经济技术开发区科创十四街9号", [("北京市", "大兴区", "110115", SPANS), ("北京市", "通州区", "110112", SPANS)]),
        ("北京市大兴区亦庄开发区科创路", [("北京市", "大兴区", "110115", NAMED)]),
        ("津南区葛沽镇", [("天津市", "津南区", "120112", LISTED)]),
        ("昆山市张浦镇俱进路9号", [("江苏省", "昆山市", None, LISTED)]),
        ("泰达第三大街16号", [("天津市", "滨海新区", "120116", ZONE)]),
        ("河北省廊坊经济技术开发区祥云道", [("河北省", None, None, NAMED)]),
        ("厂区东侧办公楼", []),
        ("", []),
    ],
)
def test_readings(address: str, readings: list[tuple[str | None, str | None, str | None, str]]) -> None:
    found = [(each.division.province, each.division.district, each.division.code, each.reason) for each in candidates_of(address)]
    assert found == readings


@given(st.lists(st.sampled_from(["天津市", "和平区", "亦庄新城", "河北区", "1号", " ", "路"]), max_size=8).map("".join))
def test_every_reading_names_the_words_that_tell_it(address: str) -> None:
    flat = "".join(address.split())
    for each in candidates_of(address):
        assert each.division.province is not None
        assert each.words in flat or each.words == each.division.district or each.words == each.division.province


def test_what_an_address_leaves_open_is_listed_beside_it() -> None:
    (claim,) = extract_claims("注册地址：北京经济技术开发区荣华南路1号")
    assert claim.qualifiers == {"province": "北京市", "candidates": ["北京市大兴区", "北京市通州区"]}
    (claim,) = extract_claims("注册地址：和平区南京路219号")
    assert claim.qualifiers == {"candidates": ["天津市和平区", "辽宁省和平区"]}
