"""A row of one firm below a row of heads, in any order of columns and however they are divided: each head's answer is a claim."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docproc.extract import extract_claims
from docproc.model import Status
from docproc.text.credit_code import ALPHABET, check_character, is_valid, organisation_check_character
from docproc.text.normal_form import normalise

FIRMS = ("天津璨河食品机械有限公司", "北京周岚电子科技有限公司", "日照百川机械股份有限公司", "余姚千叶塑业有限公司", "天津市元和阀门厂")
PLACES = (
    "天津市西青区中北镇星光路18号",
    "日照市东港区海滨路9号",
    "台州市椒江区机场路66号",
    "天津经济技术开发区第七大街12号",
    "余姚市兰江街道安山路3号",
)
PEOPLE = ("周明远", "余波", "时建国", "万青山", "项羽飞")
DIVIDERS = {"one blank": " ", "two blanks": "  ", "wide blank": "　", "tab": "\t", "bar": "|", "bar and blanks": " | "}
SIZES = {"大型": "large", "中型企业": "medium", "小型企业": "small"}
ANSWERS = {"是": True, "否": False}
DAYS = {"2012年3月5日": "2012-03-05", "2012-03-05": "2012-03-05", "2009.7.8": "2009-07-08"}


@st.composite
def codes(draw: st.DrawFn) -> str:
    """A credit code; its check character is wrong, or its zero the letter, in about half."""
    inner = draw(st.sampled_from(("40560865", "MA06W2UX", "MA8U07W4", "MAUKWPW3", "88437037")))
    first = f"91{draw(st.sampled_from(('120111', '120112', '110108')))}{inner}{organisation_check_character(inner)}"
    code = first + check_character(first)
    slip = draw(st.sampled_from(("", "", "check", "zero")))
    if slip == "check":
        return first + ALPHABET[(ALPHABET.index(code[-1]) + draw(st.integers(1, 30))) % len(ALPHABET)]
    return code.replace("0", "O", 1) if slip == "zero" else code


def money(text: str) -> float:
    return float(text.replace(",", "")) * 10_000


AMOUNTS = st.sampled_from(("8620", "12,500", "3560.55", "98000"))
# head words, what may stand below them, the claim, its value
COLUMNS: dict[str, tuple[tuple[str, ...], st.SearchStrategy[str], Any]] = {
    "company.credit_code": (("统一社会信用代码",), codes(), str),
    "registration.address": (("注册地址", "住所", "注册地"), st.sampled_from(PLACES), str),
    "factory.address": (("工厂地址", "生产地址"), st.sampled_from(PLACES), str),
    "scale.employees": (("职工人数", "从业人数", "员工总数"), st.integers(12, 4999).map(str), int),
    "scale.revenue": (("营业收入（万元）", "主营业务收入（万元）"), AMOUNTS, money),
    "scale.assets": (("资产总额（万元）",), AMOUNTS, money),
    "company.legal_representative": (("法定代表人",), st.sampled_from(PEOPLE), str),
    "company.established_on": (("成立日期", "成立时间"), st.sampled_from(tuple(DAYS)), DAYS.__getitem__),
    "scale.above_designated_size": (("是否规上",), st.sampled_from(tuple(ANSWERS)), ANSWERS.__getitem__),
    "scale.size_class": (("企业规模",), st.sampled_from(tuple(SIZES)), SIZES.__getitem__),
    "company.name": (("企业名称", "单位名称", "公司名称", "申报企业"), st.sampled_from(FIRMS), str),
}


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[str], dict[str, Any]]:
    """Heads, the row below them, and what it says."""
    others = draw(st.lists(st.sampled_from([name for name in COLUMNS if name != "company.name"]), min_size=1, max_size=6, unique=True))
    order = draw(st.permutations(["company.name", *others]))
    heads = [draw(st.sampled_from(COLUMNS[name][0])) for name in order]
    row = [draw(COLUMNS[name][1]) for name in order]
    return heads, row, {name: COLUMNS[name][2](cell) for name, cell in zip(order, row, strict=True)}


@pytest.mark.parametrize("divider", DIVIDERS.values(), ids=DIVIDERS)
@settings(max_examples=40, deadline=None, derandomize=True)
@given(table=tables())
def test_each_head_is_answered(divider: str, table: tuple[list[str], list[str], dict[str, Any]]) -> None:
    heads, row, told = table
    text = f"{divider.join(heads)}\n{divider.join(row)}\n"
    claims = [claim for claim in extract_claims(text) if claim.status is Status.ASSERTED]
    found = {name: [_plain(claim.value) for claim in claims if claim.name == name] for name in told}
    assert found == {name: [_plain(value)] for name, value in told.items()}, text
    for claim in claims:
        if claim.name == "company.credit_code":
            assert claim.qualifiers["valid"] is is_valid(claim.value)


def _plain(value: Any) -> str:
    return f"{float(value):.2f}" if not isinstance(value, str | bool) else str(value)


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("企业名称 统一社会信用代码 住所\n天津甲有限公司 91120111MA06W2UX56 天津市津南区9号", None),
        ("职工人数 注册地址\n197 天津市津南区9号\n203 天津市武清区3号", None),
        ("企业名称|从业人数\n天津甲有限公司|2458", None),
        ("本次共 3 人受伤", "本次共 3人受伤"),
        ("工期 120 天", "工期 120天"),
        ("造成 3 人死亡，未发生 2 起事故。", "造成3人死亡，未发生2起事故。"),
    ],
)
def test_blanks_between_columns_stay_and_those_before_units_go(written: str, normal: str | None) -> None:
    assert normalise(written).text == (normal or written)
