"""Whose statement a report says a claim is, where another firm's paper lies in the package."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docproc
from docproc.model import Status

FORM = """天津市先进级智能工厂申报书
申报单位：天津禾砚制药有限公司
统一社会信用代码：91120111644420721H
注册地址：天津市西青区海泰路1号
申报级别：先进级
天津市工业和信息化局
"""
LICENCE = """营业执照
统一社会信用代码：91110114MA01B2C3XP
名称：{name}
类型：有限责任公司
法定代表人：王强
住所：北京市昌平区回龙观镇北清路1号
登记机关 北京市昌平区市场监督管理局
"""


def _statuses(folder: Path, name: str) -> dict[str, set[Status]]:
    (folder / "申报书.txt").write_text(FORM, encoding="utf-8")
    (folder / "营业执照.txt").write_text(LICENCE.format(name=name), encoding="utf-8")
    report = docproc.check(folder, checklist="tianjin-advanced", as_of=date(2026, 11, 22))
    found: dict[str, set[Status]] = {}
    for claim in report.claims:
        found.setdefault(f"{claim.name} = {claim.value}", set()).add(claim.status)
    return found


def test_another_firms_licence_is_told_of_that_firm(tmp_path: Path) -> None:
    found = _statuses(tmp_path, "北京恺峥电力设备有限公司")
    assert found["company.name = 北京恺峥电力设备有限公司"] == {Status.THIRD_PARTY}
    assert found["company.credit_code = 91110114MA01B2C3XP"] == {Status.THIRD_PARTY}
    assert found["registration.address = 北京市昌平区回龙观镇北清路1号"] == {Status.THIRD_PARTY}
    assert found["company.name = 天津禾砚制药有限公司"] == {Status.ASSERTED}
    assert found["registration.address = 天津市西青区海泰路1号"] == {Status.ASSERTED}


def test_a_slip_in_the_name_keeps_the_paper_the_applicants(tmp_path: Path) -> None:
    found = _statuses(tmp_path, "天津禾研制药有限公司")
    assert found["company.name = 天津禾研制药有限公司"] == {Status.ASSERTED}
    assert found["registration.address = 北京市昌平区回龙观镇北清路1号"] == {Status.ASSERTED}
