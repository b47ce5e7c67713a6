"""Sentences that must hold of what they name: an address that lies elsewhere, a score named once, a figure and its rounding."""

from __future__ import annotations

from typing import Any

from docproc.checklist import Item, load
from docproc.checklist_file import Example
from docproc.examples import run
from docproc.model import Finding


def judged(checklist: str, item_id: str, documents: list[dict[str, Any]], claims: list[dict[str, Any]]) -> Finding:
    rules = load(checklist)
    item = rules.item(item_id)
    assert isinstance(item, Item)
    return run(rules, item, Example.model_validate({"name": "case", "outcome": "fail", "documents": documents, "claims": claims}))


def test_only_the_address_that_lies_elsewhere_is_said_to() -> None:
    claims = [
        {"name": "registration.address", "value": "河北省廊坊市1号", "qualifiers": {"province": "河北省"}, "in": "licence"},
        {"name": "registration.address", "value": "北京市大兴区1号", "qualifiers": {"province": "北京市"}},
    ]
    found = judged("beijing-basic", "BJ-5-1a", [{"kind": "licence"}, {"kind": "form"}], claims)
    assert found.message.startswith("注册地址为河北省廊坊市1号，不在北京市")
    assert "大兴" not in found.message


def test_a_score_is_named_once() -> None:
    claims = [
        {"name": "maturity.level", "value": 3, "quote": "三级"},
        {"name": "maturity.score", "value": 2.75, "quote": "得分 2.75"},
        {"name": "maturity.level", "value": 3, "quote": "三级（集成级）", "in": "maturity"},
        {"name": "maturity.score", "value": 2.75, "quote": "综合得分 2.75", "in": "maturity"},
    ]
    found = judged("tianjin-excellent", "TJ-6-6", [{"kind": "form"}, {"kind": "maturity"}], claims)
    assert found.message.count("2.75分") == 1


def test_a_rounded_figure_is_not_printed_beside_the_finer_one_that_both_papers_give() -> None:
    year = {"year": 2025, "kind": "operating"}
    claims = [
        {"name": "scale.revenue", "value": 18623000, "qualifiers": year, "quote": "营业收入（万元） 1,862.30"},
        {"name": "scale.revenue", "value": 19000000, "qualifiers": year, "quote": "营业收入 0.19亿元"},
        {"name": "scale.revenue", "value": 18623000, "qualifiers": year, "quote": "营业收入 18,623,000.00", "in": "audit"},
    ]
    found = judged("tianjin-basic", "TJ-6-1a", [{"kind": "form"}, {"kind": "audit", "year": 2025}], claims)
    assert "2025年1,862.30万元，低于" in found.message
    assert "0.19亿元" not in found.message
    assert len(found.claims) == 2
