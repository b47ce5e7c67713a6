"""Whether a material was handed in: a document of the kind, the self-assessment, the district's recommendation."""

from __future__ import annotations

from docproc.compare import fold
from docproc.evidence import whole_document
from docproc.model import Document, Evidence, Kind, Stage
from docproc.predicates.case import Case
from docproc.predicates.ownership import belongs_to_another, mentions
from docproc.predicates.predicate import Parameters, Predicate, Verdict, situation


class DocumentParameters(Parameters):
    """The kinds of document that satisfy the notice list's material, and its name."""

    material: str
    kinds: tuple[Kind, ...]
    name: str = ""
    required: bool = True


def judge_document(case: Case, parameters: DocumentParameters) -> Verdict:
    fills = {"name": parameters.name}
    if not parameters.required:
        return Verdict("not_asked", fills, trace=("当年通知不要求这项材料",))
    found = case.of_kind(*parameters.kinds)
    own = tuple(document for document in found if not belongs_to_another(case, document))
    trace = (f"查找：{parameters.name}", f"找到{len(found)}份")
    if own:
        return Verdict("pass", fills, evidence=_papers(own), trace=trace)
    if found:
        return Verdict("anothers", fills, evidence=_papers(found), trace=(*trace, "但都不是本单位的"))
    return Verdict("missing", fills, trace=trace)


class SelfAssessmentParameters(Parameters):
    """Claims that show the result of a self-assessment where no report does."""

    shown_by: tuple[str, ...]


def judge_self_assessment(case: Case, parameters: SelfAssessmentParameters) -> Verdict:
    reports = tuple(document for document in case.of_kind(Kind.MATURITY) if not belongs_to_another(case, document))
    claims = case.asserted(*parameters.shown_by)
    trace = (f"评估报告{len(reports)}份", f"其他材料写明的评估结果{len(claims)}处")
    if reports or claims:
        return Verdict("pass", claims=claims, evidence=_papers(reports), trace=trace)
    return Verdict("missing", trace=trace)


class RecommendationParameters(Parameters):
    """Labels of the form's opinion column, words of a refusal and words of a recommendation."""

    opinion_labels: tuple[str, ...]
    refusing: tuple[str, ...]
    recommending: tuple[str, ...]


def judge_recommendation(case: Case, parameters: RecommendationParameters) -> Verdict:
    if case.stage is Stage.DISTRICT:
        return Verdict("by_the_district", trace=("区级初审阶段，推荐由本级作出",))
    letters = case.of_kind(Kind.RECOMMENDATION)
    own = tuple(document for document in letters if not belongs_to_another(case, document))
    papers, texts = _papers(own), [fold(_text(document)) for document in own]
    opinions, words, unsealed = _opinions(case, parameters)
    papers, texts = (*papers, *opinions), [*texts, *words]
    trace = (f"推荐材料{len(letters)}份", f"申报书中已填写的推荐意见{len(opinions)}处")
    if not texts and unsealed:
        return Verdict("unsealed", evidence=unsealed, trace=(*trace, "申报书推荐意见栏已填写，看不到印章"))
    if not texts:
        situation_name = "anothers" if letters else "missing"
        return Verdict(situation_name, evidence=_papers(letters), trace=trace)
    refused = [any(fold(word) in text for word in parameters.refusing) for text in texts]
    affirmed = [any(word in _without(text, parameters.refusing) for word in map(fold, parameters.recommending)) for text in texts]
    if any(refused):
        return Verdict("contradicted" if any(affirmed) else "refused", evidence=papers, trace=(*trace, "材料有不予推荐的字样"))
    applicant = case.applicant()
    unread = [not text.strip() for text in texts]
    if all(unread):
        return Verdict("unclear", evidence=papers, trace=(*trace, "推荐材料没有可以识别的文字"))
    if own and applicant and not opinions and not any(mentions(document, applicant) for document in own):
        return Verdict("unclear", evidence=papers, trace=(*trace, "推荐材料中没有找到申报单位名称"))
    return Verdict("pass", evidence=papers, trace=trace)


def _opinions(case: Case, parameters: RecommendationParameters) -> tuple[tuple[Evidence, ...], list[str], tuple[Evidence, ...]]:
    """The form's opinion column where the district filled it in and put its seal on that page; and where no seal is to be seen."""
    found: list[Evidence] = []
    unsealed: list[Evidence] = []
    words: list[str] = []
    for document in case.of_kind(Kind.FORM):
        sealed = {seal.page for seal in document.file.content.seals}
        for entry in case.extractions[document.id].fields if document.id in case.extractions else ():
            if not any(label in fold(entry.label) for label in map(fold, parameters.opinion_labels)) or not entry.evidence:
                continue
            recommends = any(word in _without(fold(entry.value), parameters.refusing) for word in map(fold, parameters.recommending))
            refuses = any(fold(word) in fold(entry.value) for word in parameters.refusing)
            if refuses or (recommends and entry.evidence[0].page in sealed):
                found += entry.evidence[:1]
                words.append(fold(entry.value))
            elif recommends:
                unsealed += entry.evidence[:1]
    return tuple(found), words, tuple(unsealed)


def _without(text: str, words: tuple[str, ...]) -> str:
    for word in words:
        text = text.replace(fold(word), "")
    return text


def _text(document: Document) -> str:
    return document.file.content.text[document.span.start : document.span.end]


def _papers(documents: tuple[Document, ...]) -> tuple[Evidence, ...]:
    return tuple(whole_document(document) for document in documents)


DOCUMENT = Predicate(
    name="document",
    meaning="A document of one of the kinds is in the package and is the applicant's.",
    parameters=DocumentParameters,
    situations={
        "pass": situation("pass", "found", "name"),
        "missing": situation("missing", "not found", "name"),
        "anothers": situation("missing", "found, but another firm's", "name"),
        "not_asked": situation("not_applicable", "the year's notice does not ask for it", "name"),
    },
    judge=judge_document,
)

SELF_ASSESSMENT = Predicate(
    name="self_assessment",
    meaning="The result of the self-assessment is there: a report, or a statement of its result.",
    parameters=SelfAssessmentParameters,
    situations={"pass": situation("pass", "there"), "missing": situation("missing", "not there")},
    judge=judge_self_assessment,
)

RECOMMENDATION = Predicate(
    name="recommendation",
    meaning="The district's recommendation is there: a letter or list that names the applicant, or its sealed opinion in the form.",
    parameters=RecommendationParameters,
    situations={
        "pass": situation("pass", "there"),
        "refused": situation("fail", "the district declines to recommend"),
        "contradicted": situation("review", "words of recommending and of refusing"),
        "unclear": situation("review", "a recommendation in which the applicant's name was not found"),
        "unsealed": situation("review", "an opinion in the form on a page that shows no seal"),
        "missing": situation("missing", "not there"),
        "anothers": situation("missing", "only another firm's"),
        "by_the_district": situation("not_applicable", "at the district stage the district is the one to recommend"),
    },
    judge=judge_recommendation,
)
