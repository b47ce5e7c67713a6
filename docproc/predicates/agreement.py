"""Whether the documents agree with one another: name, credit code, registered address, figures, and whose they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from docproc.compare import fold, same_address, same_code
from docproc.evidence import locate
from docproc.model import Claim, Document, Kind
from docproc.predicates.case import Case, Foreign, certain, was_read
from docproc.predicates.naming import Spelling
from docproc.predicates.ownership import belongs_to_another, foreign_name, former_name, misspelt, variants
from docproc.predicates.place import losses_in, name_of
from docproc.predicates.predicate import Parameters, Predicate, Verdict, situation
from docproc.predicates.strength import speaker


class NameParameters(Parameters):
    """No parameters."""


def judge_name(case: Case, parameters: NameParameters) -> Verdict:
    applicant = case.applicant()
    if not applicant:
        return Verdict("nothing_to_compare", trace=("没有材料写明申报单位名称",))
    same: list[Claim] = []
    different: list[Claim] = []
    slips: list[tuple[Document, Spelling]] = []
    for document in case.documents:
        if belongs_to_another(case, document):
            continue
        wrong = variants(case, document)
        different += wrong
        same += [claim for claim in case.claims_in(document, "company.name") if claim not in wrong][:1]
        claimed = {fold(str(claim.value)) for claim in wrong}
        slips += [(document, slip) for slip in misspelt(case, document) if fold(slip.name) not in claimed]
    trace = (f"申报单位：{applicant}", f"一致{len(same)}份材料，不一致{len(different) + len(slips)}处")
    if different or slips:
        stated = [(str(claim.value), case.source_of(claim)) for claim in different] + [(slip.name, document) for document, slip in slips]
        places = tuple(place for document, slip in slips for place in locate(document, [slip.span]))
        claims = (*different, *same[:1])
        # A difference is one only where both sides were read: either may be a misreading of recognised text.
        sure = (certain(different) or any(was_read([place]) for place in places)) and (certain(same) or not same)
        return Verdict("differs" if sure else "uncertain", {"names": _listed(stated)}, claims, places, trace)
    return Verdict("pass", {"count": str(len(same))}, tuple(same), trace=trace)


class CodeParameters(Parameters):
    """No parameters."""


def judge_code(case: Case, parameters: CodeParameters) -> Verdict:
    codes = _own(case, case.asserted("company.credit_code"))
    if not codes:
        return Verdict("nothing_to_compare", trace=("没有材料写明统一社会信用代码",))
    invalid = [claim for claim in codes if claim.qualifiers.get("valid") is False]
    different = _disagreeing(codes, lambda one, other: same_code(str(one.value), str(other.value)))
    values = _distinct(codes)
    fills = {"codes": _by_value(case, codes), "count": str(len(_sources(case, codes)))}
    trace = (f"不同写法{len(values)}种，校验不符{len(invalid)}处",)
    if invalid and certain(invalid):
        return Verdict("invalid", fills | {"codes": _by_value(case, invalid)}, tuple(invalid), trace=trace)
    if different:
        sure = certain(different) and certain([claim for claim in codes if claim not in different])
        return Verdict("differs" if sure else "uncertain", fills, tuple(codes), trace=trace)
    if invalid:
        return Verdict("uncertain", fills, tuple(invalid), trace=trace)
    return Verdict("pass", fills, tuple(codes), trace=trace)


class AddressParameters(Parameters):
    """The two kinds of document whose registered addresses are compared."""

    between: tuple[Kind, Kind]


def judge_address(case: Case, parameters: AddressParameters) -> Verdict:
    sides = [
        _own(case, [c for document in case.of_kind(kind) for c in case.claims_in(document, "registration.address")])
        for kind in parameters.between
    ]
    first, second = sides
    if not all(case.of_kind(kind) for kind in parameters.between):
        return Verdict("nothing_to_compare", claims=tuple(first or second), trace=("缺少可以比对的材料",))
    if not first or not second:
        absent = parameters.between[0] if not first else parameters.between[1]
        unread = any(True for document in case.of_kind(absent)) and bool(losses_in(case, (absent,)))
        return Verdict("unread" if unread else "nothing_to_compare", claims=tuple(first or second), trace=("没有可以比对的两处注册地址",))
    fills = {"addresses": _by_value(case, [*first, *second])}
    claims = (*first, *second)
    trace = (f"比对：{fills['addresses']}",)
    odd = [claim for claim in first if not _anywhere(claim, second)] + [claim for claim in second if not _anywhere(claim, first)]
    if not odd:
        return Verdict("pass", fills, claims, trace=trace)
    odd = [claim for claim in odd if speaker(case, claim) != "other" or not _cut_off(claim, claims)]
    if not odd:
        return Verdict("pass", fills, claims, trace=trace)
    if all(speaker(case, claim) == "other" for claim in odd) and any(speaker(case, claim) != "other" for claim in second):
        return Verdict("in_passing", fills, claims, trace=(*trace, "填写的地址一致，正文另有不同的写法"))
    return Verdict("differs" if certain(first) and certain(second) else "uncertain", fills, claims, trace=trace)


def _anywhere(claim: Claim, others: Sequence[Claim]) -> bool:
    return any(same_address(str(claim.value), str(other.value)) for other in others)


def _cut_off(claim: Claim, others: Sequence[Claim]) -> bool:
    """Whether a mention in the prose is the beginning of another's words: it says less, not otherwise."""
    said = fold(str(claim.value))
    return any(fold(str(other.value)).startswith(said) for other in others if other is not claim)


class OwnerParameters(Parameters):
    """No parameters."""


def judge_owner(case: Case, parameters: OwnerParameters) -> Verdict:
    applicant = case.applicant()
    if not applicant:
        return Verdict("nothing_to_compare", trace=("没有材料写明申报单位名称",))
    foreign = [(document, name) for document in case.documents if (name := foreign_name(case, document)) is not None]
    claims = tuple(claim for _, name in foreign for claim in name.claims)
    places = tuple(place for _, name in foreign for place in name.evidence)
    trace = (f"申报单位：{applicant}", f"属于其他单位的材料{len(foreign)}份")
    if foreign:
        fills = _whose(foreign)
        sure = certain(claims) or any(was_read([place]) for place in places)
        return Verdict("anothers" if sure else "uncertain", fills, claims, places, trace)
    former = [(document, name) for document in case.documents if (name := former_name(case, document)) is not None]
    if former:
        fills = _whose(former)
        claims = tuple(claim for _, name in former for claim in name.claims)
        return Verdict("former", fills, claims, tuple(place for _, name in former for place in name.evidence), (*trace, "材料载明是曾用名"))
    return Verdict("pass", {"count": str(len(case.documents))}, trace=trace)


def _whose(papers: Sequence[tuple[Document, Foreign]]) -> dict[str, str]:
    """The papers with the names that they bear, and the papers alone."""
    whose = "；".join(f"{name_of(document)}的单位是“{name.name}”" for document, name in papers)
    return {"papers": whose, "files": "、".join(name_of(document) for document, _ in papers)}


def _by_value(case: Case, claims: Sequence[Claim]) -> str:
    """Each value with the documents that state it."""
    return _listed([(str(claim.value), case.source_of(claim)) for claim in claims])


def _listed(stated: Sequence[tuple[str, Document | None]]) -> str:
    documents: dict[str, dict[str, None]] = {}
    for value, document in stated:
        if document is not None:
            documents.setdefault(value, {})[name_of(document)] = None
    listed = {value: "、".join(list(names)[:4]) + (f"等{len(names)}份材料" if len(names) > 4 else "") for value, names in documents.items()}
    return "；".join(f"{names}写作“{value}”" for value, names in listed.items())


def _own(case: Case, claims: Sequence[Claim]) -> list[Claim]:
    """The claims that do not stand in another firm's document."""
    return [claim for claim in claims if (document := case.source_of(claim)) is not None and not belongs_to_another(case, document)]


def _sources(case: Case, claims: Sequence[Claim]) -> set[str]:
    return {document.id for claim in claims if (document := case.source_of(claim)) is not None}


def _distinct(claims: Sequence[Claim]) -> list[Claim]:
    """One claim a value, in order."""
    return list({str(claim.value): claim for claim in reversed(claims)}.values())[::-1]


def _unique(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    return tuple({claim.id: claim for claim in claims}.values())


def _disagreeing(claims: Sequence[Claim], same: Callable[[Claim, Claim], bool]) -> list[Claim]:
    return [claim for claim in claims if not same(claims[0], claim)]


_NOTHING = situation("not_applicable", "nothing to compare with")
_UNCERTAIN = "the difference stands in recognised text only"

NAME = Predicate(
    name="same_name",
    meaning="The applicant's name is the same in every document.",
    parameters=NameParameters,
    situations={
        "pass": situation("pass", "the same everywhere", "count"),
        "differs": situation("fail", "another spelling somewhere", "names"),
        "uncertain": situation("review", _UNCERTAIN, "names"),
        "nothing_to_compare": _NOTHING,
    },
    judge=judge_name,
)

CODE = Predicate(
    name="same_code",
    meaning="The credit code is the same everywhere, and its check character holds.",
    parameters=CodeParameters,
    situations={
        "pass": situation("pass", "the same, and valid", "codes", "count"),
        "differs": situation("fail", "different codes", "codes", "count"),
        "invalid": situation("fail", "a check character does not hold", "codes", "count"),
        "uncertain": situation("review", _UNCERTAIN, "codes", "count"),
        "nothing_to_compare": _NOTHING,
    },
    judge=judge_code,
)

ADDRESS = Predicate(
    name="same_address",
    meaning="The registered address agrees between two kinds of document.",
    parameters=AddressParameters,
    situations={
        "pass": situation("pass", "the same place", "addresses"),
        "differs": situation("fail", "different places", "addresses"),
        "uncertain": situation("review", _UNCERTAIN, "addresses"),
        "in_passing": situation("review", "what is filled in agrees, the running text has another", "addresses"),
        "unread": situation("review", "one side is there but was not read"),
        "nothing_to_compare": _NOTHING,
    },
    judge=judge_address,
)

OWNER = Predicate(
    name="owner",
    meaning="Each document belongs to the applicant.",
    parameters=OwnerParameters,
    situations={
        "pass": situation("pass", "all do", "count"),
        "anothers": situation("fail", "another firm's document", "papers", "files"),
        "former": situation("review", "a document under a name that another paper calls the applicant's earlier one", "papers", "files"),
        "uncertain": situation("review", _UNCERTAIN, "papers", "files"),
        "nothing_to_compare": _NOTHING,
    },
    judge=judge_owner,
    papers=True,
)
