"""Whether the documents agree with one another: name, credit code, registered address, figures, and whose they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from docproc.compare import figure_of, same_address, same_code, same_figure
from docproc.model import Claim, Kind
from docproc.predicates.case import Case, name_of, place
from docproc.predicates.ownership import belongs_to_another, foreign_names, variants
from docproc.predicates.predicate import Parameters, Predicate, Verdict, situation

_SURE = 0.999  # recognised text (OCR) carries a confidence; below this a difference may be a misreading


class NameParameters(Parameters):
    """No parameters."""


def judge_name(case: Case, parameters: NameParameters) -> Verdict:
    applicant = case.applicant()
    if not applicant:
        return Verdict("nothing_to_compare", trace=("没有材料写明申报单位名称",))
    same: list[Claim] = []
    different: list[Claim] = []
    for document in case.documents:
        if belongs_to_another(case, document):
            continue
        wrong = variants(case, document)
        different += wrong
        same += [claim for claim in case.claims_in(document, "company.name") if claim not in wrong][:1]
    trace = (f"申报单位：{applicant}", f"一致{len(same)}份材料，不一致{len(different)}处")
    if different:
        fills = {"names": "、".join(_stated(case, claim) for claim in _distinct(different))}
        return Verdict("differs" if _certain(different) else "uncertain", fills, (*different, *same[:1]), trace=trace)
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
    fills = {"codes": "、".join(_stated(case, claim) for claim in values), "count": str(len(_sources(case, codes)))}
    trace = (f"不同写法{len(values)}种，校验不符{len(invalid)}处",)
    if invalid and _certain(invalid):
        return Verdict(
            "invalid", fills | {"codes": "、".join(_stated(case, claim) for claim in _distinct(invalid))}, tuple(invalid), trace=trace
        )
    if different:
        return Verdict("differs" if _certain(different) else "uncertain", fills, tuple(codes), trace=trace)
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
    if not first or not second:
        absent = parameters.between[0] if not first else parameters.between[1]
        unread = any(True for document in case.of_kind(absent)) and bool(case.losses_in((absent,)))
        return Verdict("unread" if unread else "nothing_to_compare", claims=tuple(first or second), trace=("没有可以比对的两处注册地址",))
    agree = all(any(same_address(str(one.value), str(other.value)) for other in second) for one in first)
    fills = {"addresses": "、".join(_stated(case, claim) for claim in _distinct([*first, *second]))}
    claims = (*first, *second)
    trace = (f"比对：{fills['addresses']}",)
    if agree:
        return Verdict("pass", fills, claims, trace=trace)
    return Verdict("differs" if _certain(claims) else "uncertain", fills, claims, trace=trace)


class FigureParameters(Parameters):
    """The claims compared, with their names; those of which only figures of one stated year are comparable; between which kinds."""

    names: dict[str, str]
    by_year: tuple[str, ...] = ()
    between: tuple[Kind, ...]


def judge_figures(case: Case, parameters: FigureParameters) -> Verdict:
    compared: list[Claim] = []
    apart: list[Claim] = []
    points: list[str] = []
    for name, words in parameters.names.items():
        by_document = [
            (document, case.claims_in(document, name))
            for document in case.of_kind(*parameters.between)
            if not belongs_to_another(case, document)
        ]
        for at, (one, ones) in enumerate(by_document):
            for other, others in by_document[at + 1 :]:
                if one.kind is other.kind and one.kind is not Kind.AUDIT:
                    continue
                pairs = [pair for pair in _comparable(ones, others) if name not in parameters.by_year or _key(pair) is not None]
                compared += [claim for pair in pairs for claim in pair]
                for key in dict.fromkeys(_key(pair) for pair in pairs):
                    mine = [pair for pair in pairs if _key(pair) == key]
                    if not any(_agree(*pair) for pair in mine):
                        apart += mine[0]
                        points.append(f"{words}{_year_words(mine[0])}：{_stated(case, mine[0][0])}与{_stated(case, mine[0][1])}")
    trace = (f"比对了{len(compared) // 2}对数字，不一致{len(points)}对",)
    if apart:
        return Verdict(
            "differs" if _certain(apart) else "uncertain", {"points": "；".join(dict.fromkeys(points))}, _unique(apart), trace=trace
        )
    if not compared:
        return Verdict("nothing_to_compare", trace=trace)
    return Verdict("pass", {"count": str(len(compared) // 2)}, _unique(compared)[:12], trace=trace)


class OwnerParameters(Parameters):
    """No parameters."""


def judge_owner(case: Case, parameters: OwnerParameters) -> Verdict:
    applicant = case.applicant()
    if not applicant:
        return Verdict("nothing_to_compare", trace=("没有材料写明申报单位名称",))
    foreign = {document.id: foreign_names(case, document) for document in case.documents}
    claims = tuple(claim for names in foreign.values() for claim in names)
    trace = (f"申报单位：{applicant}", f"属于其他单位的材料{sum(map(bool, foreign.values()))}份")
    if claims:
        fills = {"papers": "；".join(f"{name_of(case.document(key))}的单位是“{names[0].value}”" for key, names in foreign.items() if names)}
        return Verdict("anothers" if _certain(claims) else "uncertain", fills, claims, trace=trace)
    return Verdict("pass", {"count": str(len(case.documents))}, trace=trace)


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


def _certain(claims: Sequence[Claim]) -> bool:
    """Whether the difference stands in text that was read, not recognised."""
    return any(all(entry.confidence is None or entry.confidence > _SURE for entry in claim.evidence) for claim in claims)


def _stated(case: Case, claim: Claim) -> str:
    """The claim's place and words; for a name, a code or an address the value itself."""
    document = case.source_of(claim)
    if document is None:
        return f"“{claim.value}”"
    if not isinstance(claim.value, str):
        return place(case, claim.evidence)
    page = next((entry.page for entry in claim.evidence if entry.page is not None), None)
    return f"{name_of(document)}{f'第{page}页' if page else ''}“{claim.value}”"


Pair = tuple[Claim, Claim]


def _comparable(ones: Sequence[Claim], others: Sequence[Claim]) -> list[Pair]:
    """Pairs that speak of the same year and kind; where one side gives no year, its figure may be of any year of the other."""
    return [
        (one, other)
        for one in ones
        for other in others
        if (one.qualifiers.get("kind") in (None, other.qualifiers.get("kind")) or other.qualifiers.get("kind") is None)
        and (one.qualifiers.get("year") in (None, other.qualifiers.get("year")) or other.qualifiers.get("year") is None)
    ]


def _key(pair: Pair) -> object:
    """The year that a pair speaks of; none where a side gives none."""
    one, other = (claim.qualifiers.get("year") for claim in pair)
    return one if one is not None and other is not None else None


def _agree(one: Claim, other: Claim) -> bool:
    left, right = figure_of(one), figure_of(other)
    return left is None or right is None or same_figure(left, right)


def _year_words(pair: Pair) -> str:
    year = _key(pair)
    return f"（{year}年）" if year else ""


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
        "unread": situation("review", "one side is there but was not read"),
        "nothing_to_compare": _NOTHING,
    },
    judge=judge_address,
)

FIGURES = Predicate(
    name="same_figures",
    meaning="Figures agree between documents by their printed digits, year by year.",
    parameters=FigureParameters,
    situations={
        "pass": situation("pass", "they agree", "count"),
        "differs": situation("fail", "they do not", "points"),
        "uncertain": situation("review", _UNCERTAIN, "points"),
        "nothing_to_compare": _NOTHING,
    },
    judge=judge_figures,
)

OWNER = Predicate(
    name="owner",
    meaning="Each document belongs to the applicant.",
    parameters=OwnerParameters,
    situations={
        "pass": situation("pass", "all do", "count"),
        "anothers": situation("fail", "another firm's document", "papers"),
        "uncertain": situation("review", _UNCERTAIN, "papers"),
        "nothing_to_compare": _NOTHING,
    },
    judge=judge_owner,
)
