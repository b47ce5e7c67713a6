"""The business licence: a framed sheet, upright or landscape."""

from __future__ import annotations

from .blocks import Block, Cell, Paper, Space, Stamp, Table, Text
from .facts import Case


def licence(case: Case) -> Paper:
    """A licence whose registration authority is a district's market supervision bureau."""
    v = {**case.values, **(case.of("licence").get("fields") or {})}
    authority = f"{v.get('licence_city', v['city'])}{v['district']}市场监督管理局"
    scope = f"一般项目：{v['products']}的制造、销售和技术服务；货物进出口。（依法须经批准的项目除外，凭营业执照自主开展经营活动）"
    rows = [
        ("名　　称", v["name"]),
        ("类　　型", v["kind"]),
        ("法定代表人", v["legal"]),
        ("注册资本", v["capital"]),
        ("成立日期", v["established_on"]),
        ("营业期限", v["term"]),
        ("住　　所", v["address"]),
        ("经营范围", scope),
    ]
    wide = case.of("licence").get("landscape", False)
    cells = tuple((Cell(label), Cell(value)) for label, value in rows)
    found: list[Block] = [
        Text("营业执照", "cover"),
        Text("（副本）", "centre"),
        Text(f"统一社会信用代码：{v['code']}", "plain"),
        Space(3),
        Table(cells, (30, 190 if wide else 130), ruled=False, upright=case.of("licence").get("upright", "TOP")),
        Space(3 if wide else 30),
        Text("登记机关", "right"),
        Text(v.get("issued_on", "2022年8月9日"), "right"),
        Stamp(authority, 205 if wide else 130, 12),
    ]
    return Paper("licence", tuple(found), frame="licence", landscape=wide)
