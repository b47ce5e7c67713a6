"""What the applicant is: a legal person, a factory at work."""

from __future__ import annotations

import re

from docproc.compare import fold
from docproc.evidence import whole_document
from docproc.model import Document, Evidence, Kind
from docproc.predicates.case import Case
from docproc.predicates.predicate import Parameters, Predicate, Verdict, situation
from docproc.predicates.strength import Weighed, rank, weigh
from docproc.predicates.telltale import Telltale, untold


class LegalPersonParameters(Parameters):
    """Types of firm on a licence that are legal persons, and words that tell of a branch (patterns, compared without blanks)."""

    company_types: tuple[re.Pattern[str], ...]
    branch_words: tuple[re.Pattern[str], ...]


def judge_legal_person(case: Case, parameters: LegalPersonParameters) -> Verdict:
    stated = case.asserted("company.legal_person")
    yes, no = tuple(claim for claim in stated if claim.value is True), tuple(claim for claim in stated if claim.value is False)
    typed: list[Evidence] = []
    branch: list[Evidence] = []
    for licence in case.of_kind(Kind.LICENCE):
        text = fold(_text(licence))
        if any(word.search(text) for word in parameters.branch_words):
            branch.append(whole_document(licence))
        elif any(word.search(text) for word in parameters.company_types):
            typed.append(whole_document(licence))
    trace = (f"独立法人的陈述：是{len(yes)}处，否{len(no)}处", f"营业执照为公司类型{len(typed)}份，分支机构{len(branch)}份")
    weighed = weigh(case, yes, no)
    papers = (*typed, *branch)
    if branch and not typed and weighed is not Weighed.AFFIRMED:
        return Verdict("branch", claims=no, evidence=papers, trace=trace)
    if weighed is Weighed.DENIED and not typed:
        return Verdict("branch", claims=no, evidence=papers, trace=trace)
    if weighed in (Weighed.DENIED, Weighed.CONTRADICTED) or branch:
        return Verdict("contradicted", claims=(*yes, *no), evidence=papers, trace=trace)
    if weighed is Weighed.NOTHING and not typed:
        return Verdict("nothing_said", trace=trace)
    return Verdict("pass", claims=yes, evidence=tuple(typed), trace=trace)


def _text(document: Document) -> str:
    return document.file.content.text[document.span.start : document.span.end]


class OperationParameters(Parameters):
    """Whether a factory that is only tried out (试运行) fails or is for a person to judge; names of the states."""

    trial_fails: bool
    state_names: dict[str, str]
    other_state: str  # where no state is named
    telltales: tuple[Telltale, ...] = ()  # words that tell of an unfinished or stopped factory, should no claim have been made of it


def judge_operation(case: Case, parameters: OperationParameters) -> Verdict:
    stated = case.asserted("factory.in_operation")
    yes, no = tuple(claim for claim in stated if claim.value is True), tuple(claim for claim in stated if claim.value is False)
    states = {str(claim.qualifiers.get("state") or "") for claim in no}
    fills = {"state": "、".join(parameters.state_names.get(state, state) for state in sorted(states) if state) or parameters.other_state}
    trace = (f"已建成投用的陈述{len(yes)}处，未建成或未投用的{len(no)}处",)
    weighed = weigh(case, yes, no)
    if weighed in (Weighed.NOTHING, Weighed.AFFIRMED):
        if overlooked := untold(case, parameters.telltales, "factory.in_operation", (False,)):
            return Verdict("untold", {}, yes, overlooked, (*trace, "材料有像是尚未建成、试运行或停产的文字"))
        return Verdict("pass", claims=yes, trace=trace) if yes else Verdict("nothing_said", trace=trace)
    if weighed is Weighed.CONTRADICTED:
        return Verdict("contradicted", {}, (*yes, *no), trace=trace)
    strongest = min(rank(case, claim) for claim in no)
    only_trial = all(claim.qualifiers.get("state") == "trial" for claim in no if rank(case, claim) == strongest)
    return Verdict("trial" if only_trial and not parameters.trial_fails else "not_completed", fills, (*no, *yes), trace=trace)


LEGAL_PERSON = Predicate(
    name="legal_person",
    meaning="An independent legal person, as stated or as the licence's type of firm shows.",
    parameters=LegalPersonParameters,
    situations={
        "pass": situation("pass", "stated or shown by the licence"),
        "branch": situation("fail", "a branch or no legal person"),
        "contradicted": situation("review", "sources contradict one another"),
        "nothing_said": situation("missing", "nothing shows it"),
    },
    judge=judge_legal_person,
)

OPERATION = Predicate(
    name="operation",
    meaning="The factory is completed and in normal use.",
    parameters=OperationParameters,
    situations={
        "pass": situation("pass", "stated as completed and in use"),
        "not_completed": situation("fail", "under construction or not in normal use", "state"),
        "trial": situation("review", "only on trial, where that is for a person to judge", "state"),
        "contradicted": situation("review", "sources contradict one another"),
        "untold": situation("review", "words that seem to tell of an unfinished or stopped factory, and no claim of it"),
        "nothing_said": situation("missing", "nothing tells of it"),
    },
    judge=judge_operation,
)
