"""company.*: a corpus of labels and constructions with their negatives, the parts of a name and of a code, and what holds for any text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.extract import extract_claims, process
from docproc.model import Kind, Status
from docproc.text.credit_code import (
    ALPHABET,
    check_character,
    is_shaped,
    is_valid,
    organisation_check_character,
    organisation_holds,
)
from extractors.parties.firms import find_firms, whole_firm
from tests.extractors.applicant_claims import asserted
from tests.extractors.corpus import cases


@pytest.mark.parametrize("case", cases("identity"))
def test_statement(case: dict[str, Any]) -> None:
    assert asserted(case["text"]) == sorted(case["claims"])


# --- the credit code ---------------------------------------------------------------------------------------------------

VALID = ("11120000MB1896646L", "91330100799655058B", "914403001922038216", "91110108551385082Q", "9144030071526726XG")


@pytest.mark.parametrize("code", VALID)
def test_codes_of_real_bodies_hold_both_checks(code: str) -> None:
    assert is_valid(code)
    assert organisation_holds(code)


def test_the_sample_of_the_standard_does_not_hold() -> None:
    assert not is_valid("91350100M000100Y4Z")


@given(st.text(alphabet="123456789", min_size=8, max_size=8), st.text(alphabet=ALPHABET, min_size=8, max_size=8))
def test_a_made_code_is_valid_and_any_single_change_is_seen(head: str, organisation: str) -> None:
    body = f"{head}{organisation}{organisation_check_character(organisation)}"
    code = body + check_character(body)
    assert is_valid(code)
    assert organisation_holds(code)
    for place in range(18):
        other = next(character for character in ALPHABET if character != code[place] and (not 2 <= place < 8 or character.isdigit()))
        changed = code[:place] + other + code[place + 1 :]
        assert not is_valid(changed), (code, changed)


@given(st.text(max_size=20))
def test_any_text_is_judged_without_failing(text: str) -> None:
    assert is_valid(text) <= is_shaped(text)
    assert organisation_holds(text) <= is_shaped(text)


@pytest.mark.parametrize("body", ["", "9112011164442072", "9112011164442072I", "91120111644420721H"])
def test_a_check_needs_seventeen_characters_of_the_alphabet(body: str) -> None:
    with pytest.raises(ValueError, match="17 characters"):
        check_character(body)


def test_an_invalid_code_is_given_as_printed() -> None:
    (claim,) = [claim for claim in extract_claims("统一社会信用代码：9112O111644420721H") if claim.name == "company.credit_code"]
    assert claim.value == "9112O111644420721H"
    assert claim.qualifiers["valid"] is False


# --- names, representatives, dates -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("兹证明天津沅芷乳业有限公司系我区企业", ["天津沅芷乳业有限公司"]),
        ("评级机构：华夏天信征信服务（北京）有限公司", ["华夏天信征信服务（北京）有限公司"]),
        ("供应商：天津联合动力有限公司、沧州引进采购服务有限公司", ["天津联合动力有限公司", "沧州引进采购服务有限公司"]),
        ("我公司承接沧州拓远管件有限公司改造项目", ["沧州拓远管件有限公司"]),
        (
            "公司原名天津市大为机电有限公司，2018年更名为天津大为智能装备股份有限公司",
            ["天津市大为机电有限公司", "天津大为智能装备股份有限公司"],
        ),
        ("河北朔翎阀门制造有限公司天津分公司由母公司授权", ["河北朔翎阀门制造有限公司天津分公司"]),
        ("天津正昀会计师事务所（普通合伙）", ["天津正昀会计师事务所（普通合伙）"]),
        ("本公司转投资之福州闽芯电子有限公司", ["福州闽芯电子有限公司"]),
        ("公司未发生事故，企业信用良好", []),
    ],
)
def test_a_name_begins_and_ends_where_it_should(text: str, names: list[str]) -> None:
    assert [text[span.start : span.end] for span in find_firms(text)] == names


def test_a_name_is_whole_or_not() -> None:
    assert whole_firm("天津沅芷乳业有限公司")
    assert not whole_firm("天津沅芷乳业有限公司近三年")


def test_a_former_name_is_superseded() -> None:
    found = {
        claim.value: claim.status for claim in extract_claims("公司原名天津市津达机电有限公司，2018年更名为天津津达智能装备股份有限公司。")
    }
    assert found["天津市津达机电有限公司"] is Status.SUPERSEDED


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "法定代表人：王立新\n成立日期：2007年10月15日",
            {"company.legal_representative": "王立新", "company.established_on": "2007-10-15"},
        ),
        ("法定代表人（签字）：\n日期：2026年10月23日", {}),
        (
            "公司成立于2006年8月，法定代表人赵临川，注册资本3000万元。",
            {"company.legal_representative": "赵临川", "company.established_on": "2006-08"},
        ),
        ("自2001年11月成立以来，公司坚持自主创新。", {"company.established_on": "2001-11"}),
        ("2024年3月成立由总经理牵头的智能制造专班。", {}),
        ("法定代表人授权委托书", {}),
    ],
)
def test_representative_and_founding(text: str, claims: dict[str, str]) -> None:
    found = {claim.name: claim.value for claim in extract_claims(text) if claim.status is Status.ASSERTED}
    assert {name: value for name, value in found.items() if name in ("company.legal_representative", "company.established_on")} == claims


def legal_person(text: str, kind: Kind | None) -> list[Any]:
    return [match.value for match in process(text, kind)._.claims if match.name == "company.legal_person"]


def test_a_licence_of_a_company_type_shows_a_legal_person() -> None:
    assert legal_person("类型\t有限责任公司（法人独资）", Kind.LICENCE) == [True]
    assert legal_person("类型\t有限责任公司分公司", Kind.LICENCE) == [False]
    assert legal_person("类型\t有限责任公司（法人独资）", None) == []


def test_the_title_of_a_credit_report_denies_nothing() -> None:
    assert legal_person("法人和非法人组织公共信用信息报告", Kind.CREDIT) == []


def test_a_list_of_firms_names_the_applicant_where_it_is_known() -> None:
    text = "序号\t企业名称\t推荐级别\n1\t天津甲乙机械有限公司\t先进级\n2\t天津丙丁食品有限公司\t先进级"
    found = [match.value for match in process(text, Kind.RECOMMENDATION, "天津丙丁食品有限公司")._.claims if match.name == "company.name"]
    assert set(found) == {"天津丙丁食品有限公司"}
