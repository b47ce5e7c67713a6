"""Whether figures agree between documents: revenue year by year, employees, the level and score of maturity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docproc.compare import figure_of, same_figure
from docproc.model import Claim, Document, Kind
from docproc.predicates.case import Case, certain
from docproc.predicates.ownership import belongs_to_another
from docproc.predicates.place import stated_at
from docproc.predicates.predicate import Parameters, Predicate, Verdict, situation


class FigureParameters(Parameters):
    """The claims compared, with their names; those of which only figures of one stated year are comparable; between which kinds."""

    names: dict[str, str]
    by_year: tuple[str, ...] = ()
    between: tuple[Kind, ...]


def judge(case: Case, parameters: FigureParameters) -> Verdict:
    if not case.of_kind(Kind.FORM):
        return Verdict("nothing_to_compare", trace=("没有申报书，无从比对",))
    compared: dict[str, Claim] = {}
    apart: dict[str, Claim] = {}
    points: dict[str, None] = {}
    sure = False
    for name, words in parameters.names.items():
        for one, other in _neighbours(case, parameters):
            for mine, theirs in _against(case.claims_in(one, name), case.claims_in(other, name), name in parameters.by_year):
                compared |= {claim.id: claim for claim in (mine, *theirs)}
                if not any(_agree(claim, figure) for claim in _stated_twice(case, one, mine) for figure in theirs):
                    apart |= {mine.id: mine, theirs[0].id: theirs[0]}
                    sure = sure or (certain([mine]) and certain(theirs))
                    sides = "与".join(stated_at(case, claim) for claim in _in_order(case, mine, theirs[0]))
                    points[f"{words}{_year_words(mine)}：{sides}"] = None
    inside = dict.fromkeys(point for name, words in parameters.names.items() for point in _within_the_form(case, name, words))
    trace = (f"比对了{len(compared)}个数字，材料之间不一致{len(points)}处，申报书前后不一致{len(inside)}处",)
    if apart:
        return Verdict("differs" if sure else "uncertain", {"points": "；".join(points)}, tuple(apart.values()), trace=trace)
    if inside:
        return Verdict("inside", {"points": "；".join(inside)}, tuple(compared.values())[:12], trace=trace)
    if not compared:
        return Verdict("nothing_to_compare", trace=trace)
    return Verdict("pass", {"count": str(len(compared))}, tuple(compared.values())[:12], trace=trace)


def _stated_twice(case: Case, document: Document, claim: Claim) -> list[Claim]:
    """A figure with those that its document gives beside it for the group and for the firm alone: either may be the one compared."""
    beside = [
        other
        for other in case.claims_in(document, claim.name)
        if other.qualifiers.get("year") == claim.qualifiers.get("year") and _same_kind(claim, other)
    ]
    return [claim, *beside] if any(other.qualifiers.get("scope") == "parent" for other in [claim, *beside]) else [claim]


def _within_the_form(case: Case, name: str, words: str) -> Iterator[str]:
    """Where one form gives two figures of one year and kind that do not agree, in words."""
    for form in case.of_kind(Kind.FORM):
        claims = [claim for claim in case.claims_in(form, name) if claim.qualifiers.get("year") is not None]
        place = {id(claim): number for number, claim in enumerate(claims)}
        for mine, theirs in _against(claims, claims, True):
            for other in theirs:
                if place[id(mine)] < place[id(other)] and not _agree(mine, other):
                    yield f"{words}{_year_words(mine)}：{stated_at(case, mine)}与{stated_at(case, other)}"


def _neighbours(case: Case, parameters: FigureParameters) -> Iterator[tuple[Document, Document]]:
    """The applicant's own documents of these kinds, two and two, both ways; two of one kind only where they are audit reports."""
    documents = [document for document in case.of_kind(*parameters.between) if not belongs_to_another(case, document)]
    for one in documents:
        for other in documents:
            if one.id != other.id and (one.kind is not other.kind or one.kind is Kind.AUDIT):
                yield one, other


def _against(ones: Sequence[Claim], others: Sequence[Claim], by_year: bool) -> Iterator[tuple[Claim, list[Claim]]]:
    """Each figure with those of the other document that it can be held against: of the same year and kind.

    A figure without a year may be of any year of the other, except where figures are compared by year alone.
    """
    for one in ones:
        year = one.qualifiers.get("year")
        if year is None and by_year:
            continue
        theirs = [other for other in others if _same_kind(one, other) and (year is None or other.qualifiers.get("year") == year)]
        if theirs:
            yield one, theirs


def _same_kind(one: Claim, other: Claim) -> bool:
    kinds = {one.qualifiers.get("kind"), other.qualifiers.get("kind")} - {None}
    return len(kinds) < 2


def _agree(one: Claim, other: Claim) -> bool:
    left, right = figure_of(one), figure_of(other)
    return left is None or right is None or same_figure(left, right)


def _in_order(case: Case, *claims: Claim) -> list[Claim]:
    """The claims in the package's order, so that a difference found both ways is told once."""
    order = {claim.id: place for place, claim in enumerate(case.claims)}
    return sorted(claims, key=lambda claim: order[claim.id])


def _year_words(claim: Claim) -> str:
    year = claim.qualifiers.get("year")
    return f"（{year}年）" if year else ""


PREDICATE = Predicate(
    name="same_figures",
    meaning="Figures agree between documents by their printed digits, year by year.",
    parameters=FigureParameters,
    situations={
        "pass": situation("pass", "they agree", "count"),
        "differs": situation("fail", "they do not", "points"),
        "uncertain": situation("review", "the difference stands in recognised text only", "points"),
        "inside": situation("review", "the form gives two figures of one year that do not agree", "points"),
        "nothing_to_compare": situation("not_applicable", "nothing to compare with"),
    },
    judge=judge,
)
