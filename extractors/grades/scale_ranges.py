"""The level that a score gives by GB/T 39117-2020, 7.3: [0.8, 1.8) first, …, [4.8, 5] fifth."""

from __future__ import annotations

from decimal import Decimal

_LOWEST = (Decimal("0.8"), Decimal("1.8"), Decimal("2.8"), Decimal("3.8"), Decimal("4.8"))


def level_of_score(score: Decimal) -> int | None:
    """1 to 5; None below the first level."""
    return sum(score >= bound for bound in _LOWEST) or None
