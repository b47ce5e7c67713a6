"""A firm's facts as the words of its papers use them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from docproc.text.credit_code import check_character, organisation_check_character

LEVELS = {"basic": "基础级", "advanced": "先进级", "excellent": "卓越级", "leading": "领航级"}
MATURITY = {1: "一级（规划级）", 2: "二级（规范级）", 3: "三级（集成级）", 4: "四级（优化级）"}
DISTRICTS = {
    "津南区": "120112",
    "西青区": "120111",
    "北辰区": "120113",
    "武清区": "120114",
    "东丽区": "120110",
    "宝坻区": "120115",
    "静海区": "120118",
    "滨海新区": "120116",
    "昌平区": "110114",
    "顺义区": "110113",
    "大兴区": "110115",
    "通州区": "110112",
    "怀柔区": "110116",
    "广阳区": "131003",
}
CITIES = {"tianjin": ("天津市", "天津市工业和信息化局"), "beijing": ("北京市", "北京市经济和信息化局")}
BUREAUS = {"tianjin": "天津市{district}工业和信息化局", "beijing": "北京市{district}经济和信息化局"}


@dataclass(frozen=True)
class Case:
    """One sample: the firm, what it applies for, what the sample changes, and the words' values."""

    id: str
    firm: Mapping[str, Any]
    city: str
    level: str
    changes: Mapping[str, Any]
    values: Mapping[str, str] = field(default_factory=dict)

    def of(self, kind: str) -> Mapping[str, Any]:
        """What the sample changes in papers of a kind."""
        return self.changes.get(kind) or {}

    def with_values(self, **changed: str) -> Case:
        """The same sample with other words for one paper."""
        return Case(self.id, self.firm, self.city, self.level, self.changes, {**self.values, **changed})


def wan(yuan: int) -> str:
    """An amount in 万元 with two decimals: 186,420,500 is 18,642.05."""
    return f"{yuan / 10000:,.2f}"


def credit_code(district: str, organisation: str) -> str:
    """A code with right check characters for a firm that does not exist."""
    body = "91" + DISTRICTS[district] + organisation
    body += organisation_check_character(organisation)
    return body + check_character(body)


def chinese_day(day: date) -> str:
    """2004-05-18 as 2004年5月18日."""
    return f"{day.year}年{day.month}月{day.day}日"


def case_of(sample_id: str, sample: Mapping[str, Any], firms: Mapping[str, Mapping[str, Any]]) -> Case:
    """The sample with its firm's facts as words."""
    firm = {**firms["base"], **firms[sample["firm"]], **(sample.get("facts") or {})}
    city, level = sample["city"], sample["level"]
    city_name, authority = CITIES[city]
    values = {key: str(value) for key, value in firm.items() if isinstance(value, str | int | float)}
    code = credit_code(firm["district"], firm["code"])
    short = firm["name"]
    for word in ("有限公司", "有限责任公司"):
        short = short.removesuffix(word)
    values |= {
        "code": code,
        "wrong_code": code[:17] + ("A" if code[17] != "A" else "B"),
        "established_on": chinese_day(firm["established"]),
        "established_month": chinese_day(firm["established"]).split("月")[0] + "月",
        "short": short,
        "level_name": LEVELS[level],
        "maturity_name": f"GB/T 39116—2020规定的{MATURITY[firm['level']]}",
        "maturity_level": MATURITY[firm["level"]],
        "city": city_name,
        "authority": authority,
        "bureau": BUREAUS[city].format(district=sample.get("bureau_district", firm["district"])),
        "credit_office": f"{city_name}公共信用信息服务中心",
        "site": firm["address"].removeprefix(city_name),
        "factory": firm.get("factory", firm["address"]),
        "patent_number": f"00{firm['code'][-6:]}",
        "report_number": f"2026100900{firm['code'][-4:]}",
        "form_number": f"{'津' if city == 'tianjin' else '京'}智工申〔2026〕{int(firm['code'][-3:]) % 97 + 1}号",
        "filing_number": firm.get("filing_number", f"{'津' if city == 'tianjin' else '京'}智备〔2025〕{int(firm['code'][-3:]) % 89 + 1}号"),
        "goal": wan(round(firm["revenue"][2] * 1.25, -5)),
        "saving": wan(round(firm["revenue"][2] * 0.012, -3)),
        "email": f"{firm['code'][-4:]}@example.com",
    }
    for number in range(3):
        values |= {f"rev{number + 1}": wan(firm["revenue"][number]), f"staff{number + 1}": str(firm["staff"][number])}
    for _ in range(2):  # words of a firm may use its other words
        values = {key: value.format_map(values) if "{" in value else value for key, value in values.items()}
    return Case(sample_id, firm, city, level, sample.get("changes") or {}, values)
