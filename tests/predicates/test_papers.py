"""Papers that were handed in: what their names promise, what they are."""

from __future__ import annotations

from datetime import date

import pytest

from docproc.checklist import Item, load
from docproc.evaluate import evaluate
from docproc.materials import identify
from docproc.model import Finding, Outcome
from docproc.predicates.case import Case
from tests.material_files import pdf

PLEDGE = "申报材料真实性承诺书\n我单位郑重承诺：申报材料真实、准确、完整。"
SECRET = "保密承诺书\n我公司承诺不泄露国家秘密和商业秘密。"
BARE = "承诺书\n我公司承诺遵守园区各项管理规定。"


def judged(item: str, *files: tuple[str, str]) -> Finding:
    rules = load("tianjin-basic")
    assert isinstance(rules.item(item), Item)
    documents = identify([pdf(name, text) for name, text in files]).documents
    findings = evaluate(rules, Case(documents=documents, extractions={}, claims=(), as_of=date(2026, 11, 22)))
    return next(finding for finding in findings if finding.item == item)


@pytest.mark.parametrize(
    ("files", "outcome", "says"),
    [
        ([("附件6.pdf", PLEDGE)], Outcome.PASS, "附件6.pdf"),
        ([("附件6-承诺书.pdf", SECRET)], Outcome.MISSING, "的标题是“保密承诺书”"),
        ([("附件6.pdf", SECRET)], Outcome.MISSING, "没有找到"),
        ([("附件6-承诺书.pdf", BARE)], Outcome.REVIEW, "没有写到"),
        ([("附件6-承诺书.pdf", "")], Outcome.REVIEW, "文件名像是"),
        ([("附件6-承诺书.pdf", ""), ("附件7.pdf", PLEDGE)], Outcome.PASS, "附件7.pdf"),
        ([("附件6-承诺书.pdf", SECRET), ("附件7.pdf", PLEDGE)], Outcome.PASS, "附件7.pdf"),
    ],
)
def test_a_commitment(files: list[tuple[str, str]], outcome: Outcome, says: str) -> None:
    found = judged("TJ-M-commitment", *files)
    assert found.outcome is outcome, found.message
    assert says in found.message


def test_a_year_that_only_a_name_speaks_of() -> None:
    audit = "审计报告\n某某机械有限公司全体股东：\n我们审计了{}年度财务报表。"
    read = [(f"审计报告{year}.pdf", audit.format(year)) for year in (2023, 2024)]
    assert judged("TJ-M-finance", *read, ("审计报告2025.pdf", "")).outcome is Outcome.REVIEW
    assert judged("TJ-M-finance", *read, ("审计报告2025.pdf", audit.format(2025))).outcome is Outcome.PASS
    contract = "审计业务约定书\n甲方委托乙方对2025年度财务报表进行审计。"
    assert judged("TJ-M-finance", *read, ("审计报告2025.pdf", contract)).outcome is Outcome.MISSING
