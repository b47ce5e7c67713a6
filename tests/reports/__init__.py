"""Reports made by hand, for the rooms that only read reports."""

from __future__ import annotations

from datetime import date

from docproc.model import (
    Basis,
    ChecklistEntry,
    Claim,
    DocumentEntry,
    Evidence,
    Fact,
    Finding,
    Kind,
    LossEntry,
    MadeBy,
    Mention,
    Outcome,
    PackageEntry,
    PackageOutcome,
    ProblemEntry,
    Report,
    Script,
    Stage,
)

REGULATION = "天津市智能工厂梯度培育管理办法"
APPLICANT = "天津范氏数控机床有限公司"


def finding(item: str, outcome: Outcome, **changes: object) -> Finding:
    """A finding whose other fields are plausible."""
    defaults: dict[str, object] = {
        "item": item,
        "title": f"{item}的审查内容",
        "outcome": outcome,
        "message": f"{item}的情况说明。",
        "remedy": "" if outcome is Outcome.PASS else f"请补充{item}所要求的材料。",
        "correctable": None if outcome is Outcome.PASS else True,
        "basis": None if item.startswith("FORM") else Basis(regulation=REGULATION, article="第六条（二）", quote="无不良信用记录"),
    }
    return Finding.model_validate(defaults | changes)


def report(outcome: PackageOutcome, *findings: Finding, applicant: str | None = APPLICANT) -> Report:
    """A report of one package with two documents."""
    evidence = Evidence(document="d1", page=2, start=0, end=12, quote=APPLICANT, box=(10, 10, 200, 24), boxes=((10, 10, 200, 24),))
    claim = Claim(id="c1", name="company.name", value=APPLICANT, evidence=(evidence,))
    mention = Mention(document="d1", claim="c1", value=APPLICANT, rank=5, speaker="form")
    return Report(
        package=PackageEntry(name="范氏数控", path="范氏数控", applicant=applicant, sha256="0" * 64),
        checklist=ChecklistEntry(
            id="tianjin-advanced",
            title="天津市先进级智能工厂申报形式审查",
            as_of=date(2026, 11, 22),
            in_force=True,
            window=(date(2023, 11, 22), date(2026, 11, 22)),
            stage=Stage.CITY,
        ),
        outcome=outcome,
        documents=(
            DocumentEntry(id="d1", path="1.申报书/申报书.pdf", kind=Kind.FORM, pages=8, script=Script.HANS, owner=APPLICANT),
            DocumentEntry(
                id="d2",
                path="2.证照/营业执照.pdf",
                kind=Kind.LICENCE,
                pages=1,
                problems=(ProblemEntry(code="scan", message="第1页是扫描图像，未能识别文字。"),),
                losses=(LossEntry(code="unread_page", message="第1页未读取", count=1, pages=(1,)),),
            ),
        ),
        claims=(claim,),
        facts=(Fact(name="company.name", value=APPLICANT, mentions=(mention,), conflict=False, stronger="d1"),),
        findings=findings,
        made_by=MadeBy(docproc="0.1.0"),
    )


def deficient(**changes: object) -> Report:
    """A report with a missing material, a document fault that quotes, and items that pass."""
    return report(
        PackageOutcome.DEFICIENT,
        finding("TJ-5", Outcome.PASS, title="主要技术经济指标", judgement=True),
        finding(
            "TJ-M-finance",
            Outcome.MISSING,
            title="近三年审计报告或财务报表",
            message="材料中未见2025年度的审计报告或财务报表。",
            papers=("audit",),
            remedy="请提交2025年度审计报告（含资产负债表、利润表、现金流量表），扫描件应清晰完整。",
            basis=Basis(regulation=REGULATION, article="第八条", quote="按要求提交申报材料", note="惯例，以当年申报通知为准"),
        ),
        finding(
            "FORM-name",
            Outcome.FAIL,
            title="申报单位名称",
            message=f"申报书写作“{APPLICANT}”，承诺书写作“天津范氏数控机床公司”。",
            remedy="请更正承诺书中的单位名称，重新签字盖章后提交。",
            evidence=(Evidence(document="d1", page=2, start=0, end=12, quote=APPLICANT),),
        ),
    ).model_copy(update=changes)
