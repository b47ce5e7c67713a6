"""Bound files in many orders, with covers, dividers and wordings of their own: each paper is found on its pages."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest

from docproc.materials import identify
from tests.material_files import pdf

NAME = "某某机械有限公司"


@dataclass(frozen=True)
class Paper:
    """A paper: its kind, its pages, its year, and what a divider calls it."""

    kind: str
    called: str
    pages: tuple[str, ...]
    year: int | None = None


def audit(year: int) -> Paper:
    """An audit report whose cover gives the date of issue only, with the auditor's own licence at its end."""
    return Paper(
        "audit",
        "近三年审计报告",
        (
            f"{NAME}\n审 计 报 告\n津会审字（{year + 1}）第0088号\n天津某某会计师事务所（特殊普通合伙）",
            "目 录\n一、审计报告 1-3\n二、财务报表\n1、资产负债表 4\n2、利润表 5\n三、财务报表附注 7-40",
            f"审计报告\n津会审字（{year + 1}）第0088号\n{NAME}全体股东：\n一、审计意见\n我们审计了{NAME}财务报表，"
            f"包括{year}年12月31日的资产负债表，{year}年度的利润表。",
            f"资产负债表\n编制单位：{NAME} {year}年12月31日 单位：元\n货币资金 1.00",
            f"财务报表附注\n一、公司基本情况\n{NAME}成立于2006年。",
            "营业执照\n名称 天津某某会计师事务所（特殊普通合伙）\n经营范围 审计企业会计报表",
        ),
        year,
    )


FORM = Paper(
    "form",
    "申报书",
    (
        f"智能工厂梯度培育\n先进级智能工厂建设项目\n申 报 书\n申报主体（公章）：{NAME}\n填报时间：2026年10月",
        f"一、企业基本情况\n企业名称 {NAME}\n主导产品 减速器\n申报级别 先进级\n从业人数 430",
        "二、智能工厂建设情况\n公司围绕减速器建设数字化车间，部署制造执行系统，产线联网率达到91%。",
    ),
)
PAPERS = [
    Paper(
        "licence",
        "营业执照复印件",
        (
            f"营业执照\n（副本）（1-1）\n统一社会信用代码 91120\n名称 {NAME}\n法定代表人 张三\n"
            "注册资本 壹仟万元\n经营范围 机械制造\n登记机关",
        ),
    ),
    Paper(
        "maturity",
        "智能制造能力成熟度评估报告",
        (
            f"智能制造能力成熟度\n评 估 报 告\n受评估方：{NAME}\n评估机构：某某认证中心有限公司",
            "1 评估概况\n评估依据 GB/T 39116-2020\n综合得分 2.35 成熟度等级 二级",
        ),
    ),
    Paper(
        "credit",
        "信用报告",
        (f"信用中国\n法人和非法人组织公共信用信息报告\n机构名称：{NAME}\n报告生成日期：2026年10月12日", "一、基础信息\n行政处罚 0 条"),
    ),
    Paper("safety", "安全环保情况说明", (f"关于近三年未发生安全、环保等事故的情况说明\n我公司近三年未发生事故。\n特此说明。\n{NAME}",)),
    Paper("commitment", "真实性承诺", (f"申报材料真实性承诺函\n我公司承诺所提交的材料真实、有效。\n{NAME}（盖章）\n2026年10月28日",)),
    Paper("recommendation", "推荐函", (f"某市某区工业和信息化局文件\n关于推荐{NAME}申报先进级智能工厂的函\n经审核，同意推荐。",)),
    Paper("filing", "认定文件", (f"关于公布2025年度基础级智能工厂名单的通知\n经评审，现将名单予以公布。\n1 {NAME}",)),
    Paper("patent", "知识产权证明", (f"证书号第1234567号\n发明专利证书\n专利权人：{NAME}", f"证书号第7654321号\n实用新型专利证书\n{NAME}")),
]
COVERS = [f"{NAME}\n智能工厂申报材料汇编\n二〇二六年十月", "先进级智能工厂\n申报佐证材料\n（第一册）", ""]
DIVIDERS = ["", "附件{cn}\n{called}", "附件{n}：{called}", "第{cn}部分\n{called}", "材料{n}\n{called}"]


@pytest.mark.parametrize("seed", range(30))
def test_every_paper_is_found_on_its_pages(seed: int) -> None:
    chance = random.Random(seed)
    papers, years = [*PAPERS, FORM], [2023, 2024, 2025]
    chance.shuffle(papers)
    if seed % 2:
        years.reverse()
    at = chance.randint(0, len(papers))
    papers[at:at] = [audit(year) for year in years]
    divider, cover = DIVIDERS[seed % len(DIVIDERS)], COVERS[seed % len(COVERS)]
    pages = [cover] if cover else []
    wanted = [("annex", 1, 1, None)] if cover else []
    for number, paper in enumerate(papers, start=1):
        first = len(pages) + 1
        if divider and (number == 1 or papers[number - 2].called != paper.called):
            pages.append(divider.format(n=number, cn="一二三四五六七八九十"[number - 1] if number <= 10 else "十一", called=paper.called))
        pages += paper.pages
        wanted.append((paper.kind, first, len(pages), paper.year))
    found = [
        (document.kind.value, *(document.page_range or ()), document.year) for document in identify([pdf("IMG_0012.pdf", *pages)]).documents
    ]
    assert found == wanted
