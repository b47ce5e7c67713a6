"""Whether a stated class of size and 规上 fit the figures: 《中小企业划型标准规定》（工信部联企业〔2011〕300号）, industry.

A class needs both its head count and its revenue; a firm that reaches only one of them is of the next class down. The statement stays
the firm's own: what does not fit is for a person to see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import cache
from typing import TypeVar

from docproc.extract import Match
from docproc.model import Status
from extractors.words.lexicon import vocabulary

_WORDS = "size_classes"
_Figure = TypeVar("_Figure", int, Decimal)
CLASSES = ("micro", "small", "medium", "large")
_PREFERRED = ("main_business", "operating", None)  # kinds of revenue, the one that the statistics go by first
# How far an inexact figure (约, 近, 超过) may lie from what it says: a tenth, on the side that its words leave open.
_SPREAD = {"about": (Decimal("0.9"), Decimal("1.1")), "below": (Decimal("0.9"), Decimal(1)), "above": (Decimal(1), Decimal("1.1"))}


def classes_for(staff: int | None, revenue: Decimal | None) -> tuple[str, ...]:
    """The classes that the figures leave possible, the smallest first. With both figures it is one; with none, all four.

    `staff` in persons, `revenue` in yuan a year; a missing figure could be anything.
    """
    least = max((rank for rank in range(len(CLASSES)) if _reaches(CLASSES[rank], staff, revenue, missing=False)), default=0)
    most = max((rank for rank in range(len(CLASSES)) if _reaches(CLASSES[rank], staff, revenue, missing=True)), default=0)
    return CLASSES[least : most + 1]


def class_fits(stated: str, staff: int | None, revenue: Decimal | None) -> bool | None:
    """Whether a stated class fits the figures; None where they leave it open. Raises ValueError where it is no class."""
    if stated not in CLASSES:
        raise ValueError(f"{stated}: no class of size")
    possible = classes_for(staff, revenue)
    return stated in possible if len(possible) == 1 or stated not in possible else None


def above_fits(stated: bool, revenue: Decimal | None) -> bool | None:
    """Whether 规上 (or its denial) fits a year's revenue in yuan; None without a figure."""
    if revenue is None:
        return None
    return stated is (revenue >= Decimal(vocabulary(_WORDS)["above_designated"]))


def _reaches(name: str, staff: int | None, revenue: Decimal | None, *, missing: bool) -> bool:
    """Whether both limits of a class are reached, where `missing` says what a missing figure counts as."""
    limit = _limits().get(name)
    if limit is None:
        return True
    enough_staff = missing if staff is None else staff >= limit[0]
    return enough_staff and (missing if revenue is None else revenue >= limit[1])


@cache
def _limits() -> dict[str, tuple[int, Decimal]]:
    """The least head count and the least revenue of the classes that have a lower limit."""
    return {name: (limit["staff"], Decimal(limit["revenue"])) for name, limit in vocabulary(_WORDS)["limits"].items()}


# --- against the figures of a text ---------------------------------------------------------------------------------------


def misfits(claims: Iterable[Match]) -> tuple[Callable[[str | None], bool], Callable[[bool], bool]]:
    """Two questions to the asserted figures of one text: does this stated class not fit them, does 规上 (or its denial) not fit them?

    They go by the last year that has both a head count and a revenue (规上: a revenue); a head count without a year is held against the
    last year's revenue. True only where every figure of that year, as inexact as it is stated, speaks against the statement. Figures of a
    part of a year are no claims, targets none that is asserted.
    """
    own = [claim for claim in claims if claim.status is Status.ASSERTED]
    staff = [claim for claim in own if claim.name == "scale.employees"]
    revenue = [claim for claim in own if claim.name == "scale.revenue"]
    last = _of_kind(_of_year(revenue, _last_year(revenue)))
    shared = {_year(claim) for claim in staff} & {_year(claim) for claim in revenue} - {None}
    if shared:
        year = max(year for year in shared if year is not None)
        heads, money = _of_year(staff, year), _of_kind(_of_year(revenue, year))
    else:
        heads, money = _of_year(staff, None), last
    staffs, sums = _one_of_each({int(head) for head in _possible(heads)}, 0), _one_of_each(set(_possible(money)), 1)
    fitting = {each for head in staffs for value in sums for each in classes_for(head, value)}
    amounts = _possible(last)
    return (
        lambda stated: stated in CLASSES and bool(fitting) and stated not in fitting,
        lambda stated: bool(amounts) and all(above_fits(stated, value) is False for value in amounts),
    )


def _one_of_each(figures: Iterable[_Figure], place: int) -> list[_Figure]:
    """Of figures that reach the same limits (0: of head counts, 1: of revenue) one: the classes are the same for all of them."""
    limits = [limit[place] for limit in _limits().values()]
    return list({tuple(figure >= limit for limit in limits): figure for figure in figures}.values())


def _year(claim: Match) -> int | None:
    year = claim.qualifiers.get("year")
    return year if isinstance(year, int) else None


def _last_year(claims: Sequence[Match]) -> int | None:
    return max((year for claim in claims if (year := _year(claim)) is not None), default=None)


def _of_year(claims: Sequence[Match], year: int | None) -> list[Match]:
    return [claim for claim in claims if _year(claim) == year]


def _of_kind(revenue: Sequence[Match]) -> list[Match]:
    """The revenue of the preferred kind: main business before operating, as the checklist has it."""
    kind = next((kind for kind in _PREFERRED if any(claim.qualifiers.get("kind") == kind for claim in revenue)), None)
    return [claim for claim in revenue if claim.qualifiers.get("kind") == kind]


def _possible(claims: Sequence[Match]) -> list[Decimal]:
    """The least and the greatest that each figure may be."""
    return [Decimal(claim.value) * factor for claim in claims for factor in _SPREAD.get(str(claim.qualifiers.get("bound")), (Decimal(1),))]
