"""The fixed vocabulary: outcomes, kinds of documents, standing of a claim. The values are what the report's JSON holds."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """What one item of a checklist came to (CHECKLISTS: outcomes)."""

    PASS = "pass"
    FAIL = "fail"
    MISSING = "missing"
    REVIEW = "review"
    NOT_APPLICABLE = "not_applicable"


class PackageOutcome(StrEnum):
    """What a whole package came to."""

    PASS = "pass"
    DEFICIENT = "deficient"
    INELIGIBLE = "ineligible"
    REVIEW = "review"


class Status(StrEnum):
    """Whether a claim is the applicant's own, now; or why it is not one."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    QUOTED = "quoted"
    THIRD_PARTY = "third_party"
    SUPERSEDED = "superseded"


class Kind(StrEnum):
    """What a document is in the package."""

    FORM = "form"  # 申报书
    LICENCE = "licence"  # 营业执照
    AUDIT = "audit"  # 审计报告, 财务报表
    MATURITY = "maturity"  # 成熟度评估报告
    CREDIT = "credit"  # 信用报告
    COMMITMENT = "commitment"  # 承诺书
    SAFETY = "safety"  # 安全环保证明, 无事故证明
    RECOMMENDATION = "recommendation"  # 推荐函
    FILING = "filing"  # 备案表, 认定文件
    PATENT = "patent"  # 知识产权证书
    ANNEX = "annex"  # part of the package, none of these
    UNKNOWN = "unknown"


class Script(StrEnum):
    """The script a document is written in."""

    HANS = "hans"
    HANT = "hant"
    MIXED = "mixed"
    NONE = "none"


class Stage(StrEnum):
    """Who checks: the district, which is itself the one to recommend, or the city."""

    DISTRICT = "district"
    CITY = "city"
