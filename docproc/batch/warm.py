"""Does the work of a package once on a few words, so that libraries, pipeline, rules, patterns and templates are loaded."""

from __future__ import annotations

from datetime import date
from typing import Final

from docproc.batch.job import own_software
from docproc.model import Content, Script, SourceFile, SourcePackage
from docproc.review import Review, review_of

_WORDS: Final = (
    "申报书\n申报单位：某某有限公司\n注册地址：某市某区某路1号\n统一社会信用代码：91120112000010276X\n近三年未发生较大及以上安全、环保等事故。\n"
    "2025年营业收入12000万元，职工300人。智能制造能力成熟度自评估二级。未被列入严重违法失信名单，无行政处罚。建立了组织机制。\n"
)


def warm() -> None:
    """Reviews the words with every checklist there is and renders the results into nothing."""
    from docproc.batch.traits import traits_of
    from docproc.checklist import known
    from docproc.draft import draft_sheet, draft_workbook
    from docproc.draft.word import paragraphs
    from docproc.ledger.from_report import row_of
    from docproc.render.html import report_html

    own_software()
    package = SourcePackage("", "", "", (SourceFile("申报书.txt", "", Content("txt", text=_WORDS)),))
    result: Review | None = None
    for name, _ in known():
        result = review_of(package, name, date.today())
    if result is not None:
        row_of(result.report, "", "", 0)
        traits_of(result)
        report_html(result.report, Script.HANS)
        paragraphs(draft_sheet(result.report, Script.HANS))
        draft_workbook(result.report, Script.HANS)
