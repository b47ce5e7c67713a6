"""The maturity report: a self-assessment, or an assessor's report."""

from __future__ import annotations

from .blocks import Block, Paper, Space, Stamp, Text, table
from .facts import Case

_ELEMENTS = (("人员", 0.06, 0.10), ("技术", 0.11, -0.15), ("资源", 0.15, 0.05), ("制造", 0.68, None))
_MEANING = (
    "一级（规划级）：企业开始考虑实施智能制造，对核心业务有了规划。",
    "二级（规范级）：用自动化和信息技术改造核心装备和业务，单项业务实现数据共享。",
    "三级（集成级）：装备和系统集成，跨业务共享数据。",
    "四级（优化级）：挖掘人员、资源和制造数据，对核心业务作出预测和优化。",
)


def maturity(case: Case) -> Paper:
    """Who speaks follows the firm's `method`: self or third_party."""
    v, third = case.values, case.firm["method"] == "third_party"
    score = float(case.firm["score"])
    found: list[Block] = [Text("智能制造能力成熟度评估报告" if third else "智能制造能力成熟度自评估报告", "title")]
    facts = [["企业名称", v["name"]], ["统一社会信用代码", v["code"]], ["职工人数", f"{v['staff3']}人"], ["评估日期", v["maturity_date"]]]
    facts += [["评估方式", "第三方评估"], ["评估机构", v["assessor"]]] if third else [["评估方式", "企业自评估"]]
    found += [table([list(row) for row in facts], [44, 114], head=False, label=True), Text("一、评估依据", "h2")]
    found.append(Text("GB/T 39116—2020《智能制造能力成熟度模型》、GB/T 39117—2020《智能制造能力成熟度评估方法》。"))
    found += [Text("二、等级含义", "h2"), *(Text(line) for line in _MEANING)]
    found += [Text("三、得分", "h2"), table(_scores(score), [50, 36, 36, 36], align="centre"), Text("四、结论", "h2")]
    if third:
        words = (
            f"评估组经现场访谈、查阅记录和核对系统，确认{v['name']}智能制造能力成熟度综合得分为{v['score']}分，达到{v['maturity_level']}。"
        )
    else:
        words = "公司抽调工艺、设备、信息、质量人员组成自评小组，逐项打分并复核。"
        words += f"自评估综合得分{v['score']}分，成熟度等级为{v['maturity_level']}。"
    found += [
        Text(words),
        Text("五、改进方向", "h2"),
        Text(f"{v['process_c']}的数据还没有完全用于计划和质量分析，人员的数据技能需要继续培训。"),
    ]
    signer = v["assessor"] if third else v["name"]
    found += [Space(8), Text(signer, "right"), Text(v["maturity_date"], "right"), Stamp(signer, 130, 12)]
    return Paper("maturity", tuple(found), running="能力成熟度评估")


def _scores(score: float) -> list[list[str]]:
    rows = [["能力要素", "权重", "得分", "加权得分"]]
    left = score
    for name, weight, offset in _ELEMENTS:
        points = round(left / weight, 2) if offset is None else round(score + offset, 2)
        weighted = left if offset is None else round(points * weight, 3)
        left -= weighted
        rows.append([name, f"{weight:.0%}", f"{points:.2f}", f"{weighted:.3f}"])
    return [*rows, ["综合得分", "100%", "—", f"{score:.2f}"]]
