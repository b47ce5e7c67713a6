"""The application form: cover, notes, the table of basic facts, the text, scenes and indicators."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .blocks import Block, Break, Cell, Paper, Table, Text, table
from .facts import LEVELS, Case, wan
from .script import blocks

WORDS = Path(__file__).resolve().parent.parent / "words"


@cache
def words(name: str) -> Any:
    """One file of words."""
    return yaml.safe_load((WORDS / f"{name}.yaml").read_text(encoding="utf-8"))


def form(case: Case) -> Paper:
    """The form of a city and level. A sample may choose its layout: `single` (two columns) or `paired` (four)."""
    text = words(f"form_{case.city}")
    tables = {"scenes": _scenes, "indicators": _indicators, "stages": _stages, "investment": _investment}
    heading = "一、基本信息" if case.city == "tianjin" else "第一章　企业基本信息表"
    facts: list[Block] = [Text(heading, "h1"), *_facts(case), Break()]
    parts = [
        *blocks(text["cover"], case, "form"),
        *blocks(text["notes"], case, "form"),
        *facts,
        *blocks(text["body"], case, "form", tables),
    ]
    running = f"{case.values['name']}　{case.values['level_name']}智能工厂申报书"
    return Paper("form", tuple(parts), running)


def _box(case: Case, options: list[str], chosen: str) -> str:
    on, off = case.changes.get("boxes", "☑□")
    return "　".join((on if option == chosen else off) + option for option in options)


def _yes(case: Case, name: str, answer: bool) -> str:
    answer = (case.of("form").get("answers") or {}).get(name, answer)
    return _box(case, ["是", "否"], "是" if answer else "否")


def _fields(case: Case) -> list[tuple[str, str]]:
    """The fields of the table, as label and value, the sample's own values last."""
    v, firm = case.values, case.firm
    beijing = case.city == "beijing"
    maturity = ["一级", "二级", "三级", "四级", "五级"]
    fields = [
        ("企业名称", v["name"]),
        ("统一社会信用代码", v["code"]),
        ("成立日期", v["established_on"]),
        ("注册资本", v["capital"]),
        ("法定代表人", v["legal"]),
        ("企业性质", _box(case, ["国有", "民营", "外资", "合资"], v["ownership"])),
        ("注册地址", v["address"]),
        ("工厂地址", v["factory"]),
        ("所属行业", v["industry"]),
        ("主导产品", v["products"]),
        ("企业规模", _box(case, ["大型", "中型", "小型", "微型"], v["size"])),
        ("联系人", v["contact"]),
        ("联系电话", v["phone"]),
        ("电子邮箱", v["email"]),
        ("智能工厂名称", v["project"]),
        ("建设起止时间", f"{v['start']}至{v['end']}"),
        ("总投资（万元）", v["invest"]),
        ("申报级别", _box(case, ["基础级", "先进级"] if beijing else list(LEVELS.values()), v["level_name"])),
        ("成熟度等级", _box(case, maturity, maturity[firm["level"] - 1])),
        ("成熟度得分", v["score"]),
    ]
    own: Mapping[str, str] = case.of("form").get("fields") or {}
    return [(label, own[label].format_map(v) if label in own else value) for label, value in fields]


_WIDE = (
    "企业名称",
    "统一社会信用代码",
    "注册地址",
    "工厂地址",
    "主导产品",
    "申报级别",
    "成熟度等级",
    "企业规模",
    "企业性质",
    "智能工厂名称",
)


def _facts(case: Case) -> list[Block]:
    fields = _fields(case)
    if case.changes.get("layout") == "paired":
        top = [_paired(fields), _figures(case), _answers(case)]
    else:
        top = [table([[label, value] for label, value in fields], [46, 112], head=False, label=True), _figures(case), _answers(case)]
    return list(top)


def _paired(fields: list[tuple[str, str]]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    waiting: list[tuple[str, str]] = []
    for label, value in fields:
        head = Cell(label, head=True, align="centre")
        if label in _WIDE:
            rows.append((head, Cell(value, across=3)))
        elif waiting:
            ((first, its),) = waiting
            rows.append((Cell(first, head=True, align="centre"), Cell(its), head, Cell(value)))
            waiting = []
        else:
            waiting = [(label, value)]
    if waiting:
        rows.append((Cell(waiting[0][0], head=True, align="centre"), Cell(waiting[0][1], across=3)))
    return Table(tuple(rows), (34, 45, 34, 45))


def _figures(case: Case) -> Table:
    firm = case.firm
    rows: list[list[str | Cell]] = [["近三年指标", "2023年", "2024年", "2025年"]]
    for label, key in (
        ("营业收入（万元）", "revenue"),
        ("利润总额（万元）", "profit"),
        ("资产总额（万元）", "assets"),
        ("研发费用（万元）", "rd"),
    ):
        rows.append([Cell(label, head=True), *(wan(amount) for amount in firm[key])])
    rows.append([Cell("职工人数（人）", head=True), *(str(count) for count in firm["staff"])])
    return table(rows, [50, 36, 36, 36], align="centre")


def _answers(case: Case) -> Table:
    questions = [("规上", "是否为规模以上工业企业", True)]
    if case.city == "beijing":
        questions += [("法人", "是否具有独立法人资格", True), ("建成", "工厂是否已建成并投入正常使用", True)]
    questions += [
        ("失信", "是否被列入严重失信主体名单或经营异常名录", False),
        ("事故", "近三年是否发生较大及以上安全、环保等事故", False),
        ("违法", "近三年是否有违法违规行为", False),
    ]
    rows: list[list[str | Cell]] = [[question, Cell(_yes(case, name, answer), align="centre")] for name, question, answer in questions]
    return table(rows, [108, 50], head=False, label=False)


def _scenes(case: Case) -> list[Block]:
    scenes = words("scenes")
    found: list[Block] = []
    for number, name in enumerate(case.changes["scenes"], 1):
        scene = {key: value.format_map(case.values) for key, value in scenes[name].items()}
        if case.city == "tianjin":
            found.append(Text(f"{number}．{scene['name']}", "h3"))
            rows: list[list[str | Cell]] = [
                ["环节", scene["link"]],
                ["问题", scene["problem"]],
                ["做法", scene["work"]],
                ["成效", scene["result"]],
            ]
            found.append(table(rows, [24, 134], head=False, label=True))
        else:
            found.append(Text(f"场景{number}　{scene['name']}（{scene['link']}环节）", "h3"))
            found += [Text(f"建设前，{scene['problem']}"), Text(f"建设后，{scene['work']}{scene['result']}")]
    return found


def _indicators(case: Case) -> list[Block]:
    better = int(case.firm["code"][-2:]) % 9
    rows: list[list[str | Cell]] = [["序号", "指标", "单位", "建设前", "建设后"]]
    measures = [
        ("人均生产效率", "件/班", 41.6, 57.2 + better),
        ("产品不良率", "%", 2.6, 0.8),
        ("订单准时交付率", "%", 83.4, 96.5),
        ("设备综合效率", "%", 68.2, 80.1 + better / 2),
        ("单位产值能耗", "吨标准煤/万元", 0.142, 0.109),
        ("库存周转天数", "天", 58.0, 33.0),
    ]
    for number, (name, unit, before, after) in enumerate(measures, 1):
        rows.append([str(number), name, unit, f"{before:g}", f"{after:g}"])
    return [table(rows, [16, 50, 36, 28, 28], align="centre")]


def _stages(case: Case) -> list[Block]:
    v = case.values
    rows: list[list[str | Cell]] = [
        ["阶段", "时间", "内容"],
        ["一", f"{v['start']}起", f"现状调查和总体设计，{v['machine_a']}联网改造"],
        ["二", "2022年", f"制造执行系统在{v['process_a']}试用，统一编码"],
        ["三", "2023年", f"{v['process_b']}自动化改造，质量和能源系统上线"],
        ["四", f"至{v['end']}", "系统集成、试用和验收"],
    ]
    return [table(rows, [20, 40, 98])]


def _investment(case: Case) -> list[Block]:
    total = float(case.firm["invest"].replace(",", ""))
    parts = [("设备购置和改造", 0.54), ("软件和开发", 0.22), ("网络和机房", 0.09), ("系统集成", 0.11)]
    amounts = [round(total * share, 2) for _, share in parts]
    rows: list[list[str | Cell]] = [
        ["类别", "金额（万元）"],
        *([name, f"{amount:,.2f}"] for (name, _), amount in zip(parts, amounts, strict=True)),
    ]
    rows += [["培训和其他", f"{total - sum(amounts):,.2f}"], ["合计", f"{total:,.2f}"]]
    return [table(rows, [84, 74], align="centre")]
