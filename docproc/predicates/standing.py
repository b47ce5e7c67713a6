"""What the applicant is and where: region, legal person, a factory at work."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docproc.compare import fold
from docproc.evidence import whole_document
from docproc.model import Claim, Document, Evidence, Kind
from docproc.predicates.case import Case
from docproc.predicates.ownership import belongs_to_another
from docproc.predicates.predicate import Parameters, Predicate, Verdict, situation
from docproc.predicates.strength import Weighed, rank, weigh
from docproc.predicates.telltale import Telltale, untold


class RegionParameters(Parameters):
    """The province (full name) to be registered in, and whether the factory must lie in it too."""

    province: str
    factory_counts: bool


def judge_region(case: Case, parameters: RegionParameters) -> Verdict:
    registered = _addresses(case, "registration.address")
    factories = _addresses(case, "factory.address")
    home = _side(case, registered, parameters.province)
    works = _side(case, factories, parameters.province) if parameters.factory_counts else Weighed.NOTHING
    fills = {"province": parameters.province, "registered": _words(registered), "factory": _words(factories)}
    claims = (*registered, *(factories if parameters.factory_counts else ()))
    trace = (f"注册地址：{fills['registered']}", f"工厂地址：{fills['factory']}")
    if home is Weighed.NOTHING and works is Weighed.DENIED:
        return Verdict("one_outside", fills, claims, trace=(*trace, "注册地所在省市不明，工厂在外"))
    if home is Weighed.NOTHING:
        unplaced = [claim for claim in registered if not claim.qualifiers.get("province")]
        return Verdict("unplaced" if unplaced else "nothing_said", fills, claims, trace=(*trace, "注册地所在省市不明"))
    if home is Weighed.CONTRADICTED:
        return Verdict("contradicted", fills, claims, trace=(*trace, "各材料的注册地址不在同一省市"))
    if not parameters.factory_counts:
        return Verdict("pass" if home is Weighed.AFFIRMED else "outside", fills, claims, trace=trace)
    if home is Weighed.AFFIRMED:
        inside = works in (Weighed.AFFIRMED, Weighed.NOTHING)
        return Verdict("pass" if inside else "one_outside", fills, claims, trace=trace)
    if works is Weighed.NOTHING and not factories:
        return Verdict("one_outside", fills, claims, trace=(*trace, "注册地在外，工厂地址没有写明"))
    return Verdict("outside" if works is Weighed.DENIED else "one_outside", fills, claims, trace=trace)


def _addresses(case: Case, name: str) -> tuple[Claim, ...]:
    return tuple(
        claim for claim in case.asserted(name) if (document := case.source_of(claim)) is not None and not belongs_to_another(case, document)
    )


def _side(case: Case, addresses: Sequence[Claim], province: str) -> Weighed:
    """Whether the addresses lie in the province; those that tell no province do not count."""
    placed = [claim for claim in addresses if claim.qualifiers.get("province")]
    inside = [claim for claim in placed if claim.qualifiers.get("province") == province]
    return weigh(case, inside, [claim for claim in placed if claim not in inside], admission=False)


def _words(addresses: Sequence[Claim]) -> str:
    return "、".join(dict.fromkeys(str(claim.value) for claim in addresses)) or "未写明"


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
    telltales: tuple[Telltale, ...] = ()  # words that tell of an unfinished factory, should no claim have been made of it


def judge_operation(case: Case, parameters: OperationParameters) -> Verdict:
    stated = case.asserted("factory.in_operation")
    yes, no = tuple(claim for claim in stated if claim.value is True), tuple(claim for claim in stated if claim.value is False)
    states = {str(claim.qualifiers.get("state") or "") for claim in no}
    fills = {"state": "、".join(parameters.state_names.get(state, state) for state in sorted(states) if state) or "未建成"}
    trace = (f"已建成投用的陈述{len(yes)}处，未建成或未投用的{len(no)}处",)
    weighed = weigh(case, yes, no)
    if weighed is Weighed.NOTHING:
        return Verdict("nothing_said", trace=trace)
    if weighed is Weighed.AFFIRMED:
        if overlooked := untold(case, parameters.telltales, "factory.in_operation", (False,)):
            return Verdict("contradicted", fills, yes, overlooked, (*trace, "材料另有像是尚未建成或试运行的文字"))
        return Verdict("pass", claims=yes, trace=trace)
    if weighed is Weighed.CONTRADICTED:
        return Verdict("contradicted", fills, (*yes, *no), trace=trace)
    strongest = min(rank(case, claim) for claim in no)
    only_trial = all(claim.qualifiers.get("state") == "trial" for claim in no if rank(case, claim) == strongest)
    return Verdict("trial" if only_trial and not parameters.trial_fails else "not_completed", fills, (*no, *yes), trace=trace)


REGION = Predicate(
    name="region",
    meaning="Registered in the province; where the factory counts too, it lies there or is not stated.",
    parameters=RegionParameters,
    situations={
        "pass": situation("pass", "in the province", "province", "registered", "factory"),
        "one_outside": situation("review", "registration or factory outside", "province", "registered", "factory"),
        "outside": situation("fail", "outside (both, where the factory counts)", "province", "registered", "factory"),
        "contradicted": situation("review", "sources give addresses in different provinces", "province", "registered", "factory"),
        "unplaced": situation("review", "an address whose province cannot be told", "province", "registered", "factory"),
        "nothing_said": situation("missing", "no registered address", "province", "registered", "factory"),
    },
    judge=judge_region,
)

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
        "contradicted": situation("review", "sources contradict one another", "state"),
        "nothing_said": situation("missing", "nothing tells of it"),
    },
    judge=judge_operation,
)
