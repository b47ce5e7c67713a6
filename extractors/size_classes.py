"""Whether a stated class of size and 规上 fit the figures: 《中小企业划型标准规定》（工信部联企业〔2011〕300号）, industry.

A class needs both its head count and its revenue; a firm that reaches only one of them is of the next class down. The statement stays
the firm's own: what does not fit is for a person to see.
"""

from __future__ import annotations

from decimal import Decimal

from extractors.lexicon import vocabulary

_WORDS = "size_classes"
CLASSES = ("micro", "small", "medium", "large")


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
    limit = vocabulary(_WORDS)["limits"].get(name)
    if limit is None:
        return True
    enough_staff = missing if staff is None else staff >= limit["staff"]
    enough_revenue = missing if revenue is None else revenue >= Decimal(limit["revenue"])
    return enough_staff and enough_revenue
