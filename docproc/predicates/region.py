"""Where the applicant is registered and has its factory: addresses, and what the credit code and the licence say of the registration."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docproc.model import Claim, Kind
from docproc.predicates.case import Case
from docproc.predicates.naming import plain
from docproc.predicates.ownership import belongs_to_another
from docproc.predicates.predicate import Parameters, Predicate, Verdict, situation
from docproc.predicates.strength import Weighed, weigh


class RegionParameters(Parameters):
    """The province (full name) to be registered in, and whether the factory must lie in it too.

    `province_codes`: GB/T 2260, the third and fourth character of a credit code (GB 32100: the registering authority's division).
    `moved`: words that tell of a move from another province. `authority`: how a registering authority on a licence is written.
    """

    province: str
    factory_counts: bool
    province_codes: dict[str, str] = {}  # noqa: RUF012 - a pydantic field, copied for each instance
    moved: re.Pattern[str] = re.compile("(?!)")
    authority: re.Pattern[str] = re.compile("(?!)")


def judge_region(case: Case, parameters: RegionParameters) -> Verdict:
    registered = _addresses(case, "registration.address")
    factories = _addresses(case, "factory.address")
    home = _side(case, registered, parameters.province)
    works = _side(case, factories, parameters.province) if parameters.factory_counts else Weighed.NOTHING
    fills = {"province": parameters.province, "registered": _words(registered), "factory": _words(factories)}
    outside = tuple(claim for claim in registered if claim.qualifiers.get("province") not in (None, parameters.province))
    claims = (*registered, *(factories if parameters.factory_counts else ()))
    trace: tuple[str, ...] = (f"注册地址：{fills['registered']}", f"工厂地址：{fills['factory']}")
    if home is Weighed.NOTHING and works is Weighed.DENIED:
        return Verdict("one_outside", fills, claims, trace=(*trace, "注册地所在省市不明，工厂在外"))
    if home is Weighed.NOTHING:
        unplaced = [claim for claim in registered if not claim.qualifiers.get("province")]
        return Verdict("unplaced" if unplaced else "nothing_said", fills, claims, trace=(*trace, "注册地所在省市不明"))
    if home is Weighed.CONTRADICTED:
        return Verdict("contradicted", fills, claims, trace=(*trace, "各材料的注册地址不在同一省市"))
    trace = (*trace, *_triangle_in_words(case, parameters))
    if home is Weighed.AFFIRMED and (elsewhere := _registered_elsewhere(case, parameters)):
        papers, reasons = elsewhere
        return Verdict("code_elsewhere", fills | {"why": "；".join(reasons)}, (*registered, *papers), trace=trace)
    if not parameters.factory_counts:
        return Verdict("pass", fills, claims, trace=trace) if home is Weighed.AFFIRMED else _outside(fills, outside, claims, trace)
    if home is Weighed.AFFIRMED:
        inside = works in (Weighed.AFFIRMED, Weighed.NOTHING)
        return Verdict("pass" if inside else "one_outside", fills, claims, trace=trace)
    if works is Weighed.NOTHING and not factories:
        return Verdict("one_outside", fills, claims, trace=(*trace, "注册地在外，工厂地址没有写明"))
    return _outside(fills, outside, claims, trace) if works is Weighed.DENIED else Verdict("one_outside", fills, claims, trace=trace)


def _outside(fills: dict[str, str], outside: tuple[Claim, ...], claims: tuple[Claim, ...], trace: tuple[str, ...]) -> Verdict:
    """Registered elsewhere: told by the addresses that lie elsewhere, not by a weaker paper's that does not."""
    told = tuple(claim for claim in claims if claim in outside or claim.name != "registration.address")
    return Verdict("outside", fills | {"registered": _words(outside)}, told, trace=trace)


def _registered_elsewhere(case: Case, parameters: RegionParameters) -> tuple[tuple[Claim, ...], list[str]] | None:
    """What of the registration triangle points to another province: the credit code's division, the licence's authority.

    A code is kept after a move, so a move that the materials tell of explains it; a district never decides. For a place that has no
    code of its own in the table (a city below a province) neither tells anything.
    """
    if parameters.province not in parameters.province_codes.values():
        return None
    if any(parameters.moved.search(plain(document).text) for document in case.of_kind(Kind.FORM, Kind.LICENCE)):
        return None
    codes = [(claim, province) for claim, province in _codes(case, parameters) if province != parameters.province]
    reasons = dict.fromkeys(
        f"统一社会信用代码第3至8位“{str(claim.value)[2:8]}”属于{province}，材料没有写明迁移" for claim, province in codes
    )
    reasons |= dict.fromkeys(
        f"营业执照的登记机关是“{name}”" for name, province in _authorities(case, parameters) if province != parameters.province
    )
    return (tuple(claim for claim, _ in codes), list(reasons)) if reasons else None


def _triangle_in_words(case: Case, parameters: RegionParameters) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(f"信用代码第3至8位{str(claim.value)[2:8]}：{province}" for claim, province in _codes(case, parameters)))
    return (*codes, *(f"登记机关：{name}" for name, _ in _authorities(case, parameters)))


def _codes(case: Case, parameters: RegionParameters) -> Iterator[tuple[Claim, str]]:
    """The applicant's valid credit codes with the province of their division, where it is one (100000 is the national authority)."""
    for claim in case.asserted("company.credit_code"):
        document, code = case.source_of(claim), str(claim.value)
        if document is None or belongs_to_another(case, document) or claim.qualifiers.get("valid") is False or len(code) != 18:
            continue
        if (province := parameters.province_codes.get(code[2:4])) is not None:
            yield claim, province


def _authorities(case: Case, parameters: RegionParameters) -> Iterator[tuple[str, str]]:
    """The registering authorities that licences name, with their province where the name tells it."""
    for licence in case.of_kind(Kind.LICENCE):
        for match in parameters.authority.finditer(plain(licence).text):
            province = next((name for name in parameters.province_codes.values() if name in match.group()), None)
            if province is not None:
                yield match.group(), province


def _addresses(case: Case, name: str) -> tuple[Claim, ...]:
    return tuple(
        claim for claim in case.asserted(name) if (document := case.source_of(claim)) is not None and not belongs_to_another(case, document)
    )


def _side(case: Case, addresses: Sequence[Claim], province: str) -> Weighed:
    """Whether the addresses lie in the province; those that tell no province, nor begin with its name, do not count."""
    inside = [claim for claim in addresses if claim.qualifiers.get("province") == province or _begins_with(claim, province)]
    placed = [claim for claim in addresses if claim in inside or claim.qualifiers.get("province")]
    return weigh(case, inside, [claim for claim in placed if claim not in inside], admission=False)


def _begins_with(claim: Claim, province: str) -> bool:
    return not claim.qualifiers.get("province") and str(claim.value).startswith(province)


def _words(addresses: Sequence[Claim]) -> str:
    return "、".join(dict.fromkeys(str(claim.value) for claim in addresses)) or "未写明"


PREDICATE = Predicate(
    name="region",
    meaning="Registered in the province; where the factory counts too, it lies there or is not stated.",
    parameters=RegionParameters,
    situations={
        "pass": situation("pass", "in the province", "province", "registered", "factory"),
        "one_outside": situation("review", "registration or factory outside", "province", "registered", "factory"),
        "outside": situation("fail", "outside (both, where the factory counts)", "province", "registered", "factory"),
        "contradicted": situation("review", "sources give addresses in different provinces", "province", "registered", "factory"),
        "code_elsewhere": situation(
            "review", "the credit code or the licence's authority points to another province", "province", "registered", "factory", "why"
        ),
        "unplaced": situation("review", "an address whose province cannot be told", "province", "registered", "factory"),
        "nothing_said": situation("missing", "no registered address", "province", "registered", "factory"),
    },
    judge=judge_region,
)
