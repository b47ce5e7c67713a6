"""Whether the district recommends the applicant: a letter, a list that names it, or its sealed opinion in the form."""

from __future__ import annotations

import re

from docproc.compare import fold
from docproc.evidence import whole_documents
from docproc.model import Document, Evidence, Kind, Stage
from docproc.predicates.case import Case
from docproc.predicates.naming import firms, names_it, plain
from docproc.predicates.ownership import belongs_to_another
from docproc.predicates.predicate import Parameters, Predicate, Verdict, situation


class RecommendationParameters(Parameters):
    """Labels of the form's opinion column, words of a refusal, words of a recommendation, and words that only hand the papers on.

    `mention`: how a recommendation is called in titles and labels, which neither recommend nor refuse. `authority`: how the name of
    one ends; `body`: how that of any body does, `signing`: what stands beside a signer's name, `dates`: lines below it that say nothing.
    """

    opinion_labels: tuple[str, ...]
    refusing: tuple[re.Pattern[str], ...]
    recommending: tuple[re.Pattern[str], ...]
    implying: tuple[re.Pattern[str], ...] = ()  # words that recommend where nothing refuses
    mention: re.Pattern[str]
    authority: re.Pattern[str]
    body: re.Pattern[str]
    signing: re.Pattern[str]
    dates: re.Pattern[str]
    level_names: dict[str, str] = {}  # noqa: RUF012 - a pydantic field, copied for each instance
    level: str = ""  # the level applied for: a letter that names only others recommends for something else


def judge_recommendation(case: Case, parameters: RecommendationParameters) -> Verdict:
    if case.stage is Stage.DISTRICT:
        return Verdict("by_the_district", trace=("区级初审阶段，推荐由本级作出",))
    letters = case.of_kind(Kind.RECOMMENDATION)
    kept = tuple(document for document in letters if not belongs_to_another(case, document))
    own = tuple(document for document in kept if not _signed_by_no_authority(document, parameters))
    opinions, words, unsealed = _opinions(case, parameters)
    papers, texts = (*whole_documents(own), *opinions), [*(_about(case, document) for document in own), *words]
    trace = (f"推荐材料{len(letters)}份", f"申报书中已填写的推荐意见{len(opinions)}处")
    if not texts and unsealed:
        return Verdict("unsealed", evidence=unsealed, trace=(*trace, "申报书推荐意见栏已填写，看不到印章"))
    if not texts:
        if kept:
            return Verdict("no_authority", evidence=whole_documents(kept), trace=(*trace, "落款不是主管部门"))
        return Verdict("anothers" if letters else "missing", evidence=whole_documents(letters), trace=trace)
    refused = [_refuses(text, parameters) for text in texts]
    affirmed = [_recommends(text, parameters, () if any(refused) else parameters.implying) for text in texts]
    if any(refused):
        return Verdict("contradicted" if any(affirmed) else "refused", evidence=papers, trace=(*trace, "材料有不予推荐的字样"))
    if not any(text.strip() for text in texts):
        return Verdict("unclear", evidence=papers, trace=(*trace, "推荐材料没有可以识别的文字"))
    applicant = case.applicant()
    if own and applicant and not opinions and not any(names_it(document, applicant) or _is_forms_last(case, document) for document in own):
        return Verdict("unclear", evidence=papers, trace=(*trace, "推荐材料中没有找到申报单位名称"))
    naming = [document for document in own if not applicant or names_it(document, applicant)]
    if naming and not opinions and all(_other_level(document, parameters) for document in naming):
        return Verdict("other_level", evidence=papers, trace=(*trace, "推荐材料写的是别的级别"))
    if not any(affirmed):
        return Verdict("undecided", evidence=papers, trace=(*trace, "推荐材料中没有找到同意推荐的字样"))
    return Verdict("pass", evidence=papers, trace=trace)


def _about(case: Case, document: Document) -> str:
    """What the paper says of the applicant: where it lists other firms, what stands between its name and theirs; else all of it."""
    text, applicant = fold(plain(document).text), fold(case.applicant())
    others = {name for firm in firms(document) if applicant not in (name := fold(firm.name)) and name not in applicant}
    if not applicant or not others or applicant not in text:
        return text
    said = text.split(applicant)[1:]
    return "".join(part[: min((at for name in others if (at := part.find(name)) >= 0), default=len(part))] for part in said)


def _signed_by_no_authority(document: Document, parameters: RecommendationParameters) -> bool:
    """Whether a firm or another body signs the letter (the applicant that asks for it), and no authority is named but as the addressee."""
    lines = [line for raw in plain(document).lines.split("\n") if (line := "".join(raw.split()))]
    if any(parameters.authority.search(parameters.signing.sub("", line)) for line in lines):
        return False
    signers = [line for line in lines if not parameters.dates.fullmatch(line)][-1:]
    return any(parameters.body.search(parameters.signing.sub("", line)) for line in signers)


def _is_forms_last(case: Case, document: Document) -> bool:
    """Whether it is the form's own last page under the district's seal, split off by its title, that names no firm: the form says whose."""
    if document.page_range is None or any(True for _ in firms(document)):
        return False
    first, last = document.page_range
    if not any(first <= seal.page <= last for seal in document.file.content.seals):
        return False
    forms = [form for form in case.of_kind(Kind.FORM) if form.file is document.file]
    return any(form.page_range is not None and form.page_range[1] + 1 == first for form in forms)


def _other_level(document: Document, parameters: RecommendationParameters) -> bool:
    """Whether the paper names levels, but not the one applied for."""
    text = plain(document).text
    own = parameters.level_names.get(parameters.level, "")
    return bool(own) and own not in text and any(name in text for name in parameters.level_names.values())


def _refuses(text: str, parameters: RecommendationParameters) -> bool:
    return any(pattern.search(text) for pattern in parameters.refusing)


def _recommends(text: str, parameters: RecommendationParameters, implying: tuple[re.Pattern[str], ...] = ()) -> bool:
    plain_words = text
    for pattern in parameters.refusing:
        plain_words = pattern.sub("", plain_words)
    plain_words = parameters.mention.sub("", plain_words)
    return any(pattern.search(plain_words) for pattern in (*parameters.recommending, *implying))


def _opinions(case: Case, parameters: RecommendationParameters) -> tuple[tuple[Evidence, ...], list[str], tuple[Evidence, ...]]:
    """The form's opinion column where the district filled it in and put its seal on that page; and where no seal is to be seen."""
    found: list[Evidence] = []
    unsealed: list[Evidence] = []
    words: list[str] = []
    labels = tuple(map(fold, parameters.opinion_labels))
    for document in case.of_kind(Kind.FORM):
        sealed = {seal.page for seal in document.file.content.seals}
        for entry in case.extractions[document.id].fields if document.id in case.extractions else ():
            if not any(label in fold(entry.label) for label in labels) or not entry.evidence:
                continue
            value = fold(entry.value)
            if _refuses(value, parameters) or (_recommends(value, parameters) and entry.evidence[0].page in sealed):
                found += entry.evidence[:1]
                words.append(value)
            elif _recommends(value, parameters):
                unsealed += entry.evidence[:1]
    return tuple(found), words, tuple(unsealed)


PREDICATE = Predicate(
    name="recommendation",
    meaning="The district's recommendation is there: a letter or list that names the applicant, or its sealed opinion in the form.",
    parameters=RecommendationParameters,
    situations={
        "pass": situation("pass", "there"),
        "refused": situation("fail", "the district declines to recommend"),
        "contradicted": situation("review", "words of recommending and of refusing"),
        "unclear": situation("review", "a recommendation in which the applicant's name was not found"),
        "undecided": situation("review", "a paper that names the applicant but says neither yes nor no"),
        "other_level": situation("review", "a recommendation that names other levels only"),
        "unsealed": situation("review", "an opinion in the form on a page that shows no seal"),
        "missing": situation("missing", "not there"),
        "anothers": situation("missing", "only another firm's"),
        "no_authority": situation("missing", "only a letter that no authority signs, such as the applicant's own request"),
        "by_the_district": situation("not_applicable", "at the district stage the district is the one to recommend"),
    },
    judge=judge_recommendation,
    papers=True,
)
