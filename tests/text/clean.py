"""Clean sentences of official Chinese, put together from phrases by a seeded generator."""

from __future__ import annotations

import random

from docproc.text.script import to_traditional

_SUBJECTS = (
    "本公司",
    "我司",
    "该企业",
    "工厂",
    "各车间",
    "质量管理部",
    "安全环保部门",
    "项目组",
    "申报主体",
    "天津市工业和信息化局",
    "北京市经济和信息化局",
    "注册会计师",
    "第三方评估机构",
)
_VERBS = (
    "建立了",
    "完善",
    "持续改进",
    "按照规定实施",
    "未发生",
    "已经具备",
    "依法取得",
    "组织开展",
    "定期检查",
    "全面落实",
    "认真执行",
    "统一规划",
)
_OBJECTS = (
    "智能工厂统筹规划机制",
    "安全生产责任制度",
    "质量管理体系",
    "较大及以上安全、环保等事故",
    "网络安全防护措施",
    "制造执行系统",
    "数据采集与监控平台",
    "关键工序自动化改造",
    "环境保护设施",
    "应急预案与演练",
    "专业人才队伍",
    "独立法人资格",
    "良好的财务状况",
    "不良信用记录",
    "违法违规行为",
    "市场竞争力",
    "供应链协同管理",
    "设备预测性维护",
    "能源消耗统计分析",
)
_OPENINGS = (
    "近三年来，",
    "目前，",
    "按照管理办法的要求，",
    "截至报告期末，",
    "同时，",
    "根据审计报告，",
    "",
)
_ENDS = (
    "。",
    "；",
    "，并形成书面记录。",
    "，覆盖全部产线。",
    "，运行情况良好。",
    "，相关材料见附件。",
)
_FIGURES = ("2024年度营业收入为12,066.58万元", "职工人数318人", "成熟度得分2.36", "覆盖率达到85.5%", "通过ISO 9001认证")


def sentences(rng: random.Random, script: str = "hans", most: int = 3) -> str:
    """A few sentences on one line, in the normal form (`hans`) or put into traditional characters (`hant`)."""
    text = "".join(_sentence(rng) for _ in range(rng.randint(1, most)))
    return to_traditional(text) if script == "hant" else text


def _sentence(rng: random.Random) -> str:
    body = rng.choice(_SUBJECTS) + rng.choice(_VERBS) + rng.choice(_OBJECTS)
    figures = "，" + rng.choice(_FIGURES) if rng.random() < 0.3 else ""
    return rng.choice(_OPENINGS) + body + figures + rng.choice(_ENDS)
