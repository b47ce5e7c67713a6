"""The audit report of one year: opinion, balance sheet, profit statement. The sums add up."""

from __future__ import annotations

from .blocks import Block, Break, Cell, Paper, Space, Stamp, Text, table
from .facts import Case


def audit(case: Case, year: int) -> Paper:
    """The report of 2023, 2024 or 2025."""
    v = case.values
    number = year - 2023
    revenue, profit, assets, rd = (case.firm[key][number] for key in ("revenue", "profit", "assets", "rd"))
    last = max(number - 1, 0)
    before = [round(case.firm[key][last] * (0.93 if number == 0 else 1)) for key in ("revenue", "profit", "assets", "rd")]
    found: list[Block] = [
        Text("审计报告", "title"),
        Text(f"华会审字〔{year + 1}〕第{1200 + year % 100 * 7 + int(case.firm['code'][-2:])}号", "right"),
        Text(f"{v['name']}全体股东："),
        Text("一、审计意见", "h2"),
        Text(
            f"我们审计了{v['name']}（以下称贵公司）的财务报表，包括{year}年12月31日的资产负债表和{year}年度的利润表，以及财务报表附注。"
            f"我们认为，上述报表在所有重大方面按照企业会计准则编制，公允反映了贵公司{year}年末的财务状况和{year}年度的经营成果。"
        ),
        Text("二、意见的基础", "h2"),
        Text("我们按照中国注册会计师审计准则执行了审计工作，独立于贵公司，取得的审计证据是充分、适当的。"),
        Text("三、管理层的责任", "h2"),
        Text("贵公司管理层负责编制财务报表，并设计和维护必要的内部控制，使报表不存在由于舞弊或错误导致的重大错报。"),
        Text("四、注册会计师的责任", "h2"),
        Text("我们的责任是对报表整体是否不存在重大错报取得合理保证，并出具审计报告。合理保证是高水平的保证，但不能保证一定发现所有错报。"),
        Space(8),
        Text(f"{v['auditor']}　　　中国注册会计师：{case.firm['accountants'][0]}", "plain"),
        Text(f"中国·{v['city'].removesuffix('市')}　　　　　　　　　　中国注册会计师：{case.firm['accountants'][1]}", "plain"),
        Text(f"{year + 1}年3月{20 + number}日", "right"),
        Stamp(v["auditor"], 40, 18),
        Break(),
        Text("资产负债表", "title"),
        Text(f"编制单位：{v['name']}　　{year}年12月31日　　单位：元", "plain"),
        table(_balance(assets, before[2]), [80, 39, 39], align="right"),
        Text(f"法定代表人：{v['legal']}　　会计机构负责人：{case.firm['contact']}", "plain"),
        Break(),
        Text("利润表", "title"),
        Text(f"编制单位：{v['name']}　　{year}年度　　单位：元", "plain"),
        table(_profit(revenue, profit, rd, before), [80, 39, 39], align="right"),
        Text(f"法定代表人：{v['legal']}　　会计机构负责人：{case.firm['contact']}", "plain"),
    ]
    return Paper("audit", tuple(found))


def audits(case: Case) -> Paper:
    """The reports of the three years in one file, the oldest first."""
    found: list[Block] = []
    for year in (2023, 2024, 2025):
        found += [*([Break()] if found else []), *audit(case, year).blocks]
    return Paper("audit", tuple(found))


def _rows(head: list[str], names: list[str], now: list[float], before: list[float]) -> list[list[str | Cell]]:
    rows: list[list[str | Cell]] = [list(head)]
    rows += [[Cell(name), f"{a:,.2f}", f"{b:,.2f}"] for name, a, b in zip(names, now, before, strict=True)]
    return rows


def _balance(assets: int, before: int) -> list[list[str | Cell]]:
    names = [
        "货币资金",
        "应收账款",
        "存货",
        "其他流动资产",
        "流动资产合计",
        "固定资产",
        "无形资产",
        "其他非流动资产",
        "非流动资产合计",
        "资产总计",
    ]
    names += ["短期借款", "应付账款", "其他流动负债", "负债合计", "实收资本", "未分配利润及其他", "所有者权益合计", "负债和所有者权益总计"]

    def column(total: int) -> list[float]:
        current = [round(total * share) for share in (0.13, 0.21, 0.17, 0.03)]
        fixed = [round(total * share) for share in (0.36, 0.07)]
        fixed.append(total - sum(current) - sum(fixed))
        debts = [round(total * share) for share in (0.12, 0.19, 0.06)]
        capital = round(total * 0.22)
        own = total - sum(debts)
        return [*current, sum(current), *fixed, sum(fixed), total, *debts, sum(debts), capital, own - capital, own, total]

    return _rows(["项目", "期末余额", "上年年末余额"], names, column(assets), column(before))


def _profit(revenue: int, profit: int, rd: int, before: list[int]) -> list[list[str | Cell]]:
    names = ["一、营业收入", "减：营业成本", "税金及附加", "销售费用", "管理费用", "研发费用", "财务费用", "加：其他收益"]
    names += ["二、营业利润", "加：营业外收入", "减：营业外支出", "三、利润总额", "减：所得税费用", "四、净利润"]

    def column(revenue: int, profit: int, rd: int) -> list[float]:
        costs = [round(revenue * share) for share in (0.006, 0.041, 0.058)]
        finance, other, gain, loss = round(revenue * 0.007), round(revenue * 0.004), round(revenue * 0.0006), round(revenue * 0.0003)
        operating = profit - gain + loss
        cost = revenue - sum(costs) - rd - finance + other - operating
        tax = round(profit * 0.15)
        return [revenue, cost, *costs, rd, finance, other, operating, gain, loss, profit, tax, profit - tax]

    return _rows(["项目", "本期金额", "上期金额"], names, column(revenue, profit, rd), column(before[0], before[1], before[3]))
