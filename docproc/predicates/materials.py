"""Whether a material was handed in: a document of the kind, the self-assessment."""

from __future__ import annotations

import re

from docproc.evidence import whole_documents
from docproc.model import Document, Kind
from docproc.predicates.case import Case, opened
from docproc.predicates.naming import plain
from docproc.predicates.ownership import belongs_to_another
from docproc.predicates.place import file_name
from docproc.predicates.predicate import Parameters, Predicate, Verdict, situation
from docproc.predicates.telltale import Telltale, untold
from docproc.recognise import name_kind


class DocumentParameters(Parameters):
    """The kinds of document that satisfy the notice list's material, and its name.

    `inside`: words of other papers that do as well (the form's own statement that its contents are true).
    `says`: what such a paper must say (that the materials are true); one that was read and never says it is for a person.
    """

    material: str
    kinds: tuple[Kind, ...]
    name: str = ""
    required: bool = True
    inside: tuple[Telltale, ...] = ()
    says: re.Pattern[str] | None = None


def judge_document(case: Case, parameters: DocumentParameters) -> Verdict:
    fills = {"name": parameters.name}
    if not parameters.required:
        return Verdict("not_asked", fills, trace=("当年通知不要求这项材料",))
    found = tuple(document for document in case.of_kind(*parameters.kinds) if opened(document))
    own = tuple(document for document in found if not belongs_to_another(case, document))
    trace = (f"查找：{parameters.name}", f"找到{len(found)}份")
    shown = tuple(document for document in own if not document.by_name)
    saying = tuple(document for document in shown if parameters.says is None or parameters.says.search(plain(document).text))
    if saying:
        return Verdict("pass", fills, evidence=whole_documents(own), trace=trace)
    if inside := untold(case, parameters.inside):
        return Verdict("inside", fills, evidence=inside, trace=(*trace, "没有单独的文件，其他材料中有相应的内容"))
    if shown:
        return Verdict("unsaid", fills, evidence=whole_documents(shown), trace=(*trace, "文件里没有写到应当写明的话"))
    if own:
        return Verdict("by_name", fills, evidence=whole_documents(own), trace=(*trace, "只有文件名这样说，内容看不出来"))
    if found:
        return Verdict("anothers", fills, evidence=whole_documents(found), trace=(*trace, "但都不是本单位的"))
    if others := _titled_otherwise(case, parameters):
        papers = "；".join(f"{file_name(document)}的标题是“{document.title}”" for document in others)
        return Verdict("another_paper", fills | {"papers": papers}, evidence=whole_documents(others), trace=(*trace, "文件名与标题不符"))
    return Verdict("missing", fills, trace=trace)


def _titled_otherwise(case: Case, parameters: DocumentParameters) -> tuple[Document, ...]:
    """The files whose names promise the paper, while their titles are of another."""
    return tuple(
        document
        for document in case.of_kind(Kind.ANNEX)
        if document.title
        and document.page_range is None
        and (hint := name_kind(document.file.path.rsplit("/", 1)[-1])) is not None
        and hint[0] in parameters.kinds
    )


class SelfAssessmentParameters(Parameters):
    """Claims that show the result of a self-assessment where no report does."""

    shown_by: tuple[str, ...]


def judge_self_assessment(case: Case, parameters: SelfAssessmentParameters) -> Verdict:
    reports = tuple(document for document in case.of_kind(Kind.MATURITY) if opened(document) and not belongs_to_another(case, document))
    claims = case.asserted(*parameters.shown_by)
    named = tuple(document for document in reports if document.by_name)
    trace = (f"评估报告{len(reports)}份", f"其他材料写明的评估结果{len(claims)}处")
    if len(named) < len(reports) or claims:
        return Verdict("pass", claims=claims, evidence=whole_documents(reports), trace=trace)
    if named:
        return Verdict("by_name", evidence=whole_documents(named), trace=(*trace, "只有文件名这样说，内容看不出来"))
    return Verdict("missing", trace=trace)


DOCUMENT = Predicate(
    name="document",
    meaning="A document of one of the kinds is in the package and is the applicant's.",
    parameters=DocumentParameters,
    situations={
        "pass": situation("pass", "found", "name"),
        "inside": situation("pass", "no paper of its own, but its words stand in another", "name"),
        "missing": situation("missing", "not found", "name"),
        "another_paper": situation("missing", "a file has its name, but the title of another paper", "name", "papers"),
        "anothers": situation("missing", "found, but another firm's", "name"),
        "by_name": situation("review", "only a file's name speaks of it: its content was not read or does not tell", "name"),
        "unsaid": situation("review", "a paper of the kind that does not say what it must", "name"),
        "not_asked": situation("not_applicable", "the year's notice does not ask for it", "name"),
    },
    judge=judge_document,
    papers=True,
)

SELF_ASSESSMENT = Predicate(
    name="self_assessment",
    meaning="The result of the self-assessment is there: a report, or a statement of its result.",
    parameters=SelfAssessmentParameters,
    situations={
        "pass": situation("pass", "there"),
        "by_name": situation("review", "only a file's name speaks of it: its content was not read or does not tell"),
        "missing": situation("missing", "not there"),
    },
    judge=judge_self_assessment,
    papers=True,
)
