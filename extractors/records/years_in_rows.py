"""A row of a table by years denies once: 安全事故 | 0 | 0 | 0 under 2021年 | 2022年 | 2023年 covers 2021/2023 (CLAIMS: one claim a row).

Years that do not follow one another stay apart: of 0 | 1 | 0 each zero denies its own year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from docproc.extract import Match
from docproc.model import Span, Status
from extractors.records.prompts import Reply

_YEAR = re.compile(r"(?:19|20)\d\d")


def one_a_row(text: str, told: Iterable[tuple[Reply, Match]]) -> list[Match]:
    """The claims of the answers, in order; the denials of one row whose years follow one another as one, with their span of years."""
    found: list[Match] = []
    before: Reply | None = None
    for reply, claim in told:
        joined = _joined(found[-1], claim) if before is not None and found and _in_one_row(text, before, reply) else None
        if joined is None:
            found.append(claim)
        else:
            found[-1] = joined
        before = reply
    return found


def _in_one_row(text: str, one: Reply, other: Reply) -> bool:
    a, b = one.field, other.field
    if not (a.column and b.column) or (a.label_span, a.group) != (b.label_span, b.group) or one.prompt != other.prompt:
        return False
    return "\n" not in text[a.value_span.end : b.value_span.start]


def _joined(one: Match, other: Match) -> Match | None:
    """Both as one claim; None where they are no denials alike of neighbouring years."""
    if (one.value, other.value, one.status, other.status) != ("none", "none", Status.ASSERTED, Status.ASSERTED):
        return None
    if _without_period(one) != _without_period(other):
        return None
    years = [*_years(one), *_years(other)]
    if len(years) < 2 or not _years(other) or not _years(one):
        return None
    if set(range(min(years), max(years) + 1)) != {*range(min(_years(one)), max(_years(one)) + 1), *_years(other)}:
        return None
    spans = (*one.spans, *other.spans)
    place = Span(min(span.start for span in spans), max(span.end for span in spans))
    return replace(one, qualifiers={**one.qualifiers, "period": f"{min(years)}/{max(years)}"}, spans=(place,))


def _without_period(claim: Match) -> dict[str, object]:
    return {name: value for name, value in claim.qualifiers.items() if name != "period"}


def _years(claim: Match) -> Sequence[int]:
    """The first and the last year that a denial names and nothing finer; empty where it names none."""
    parts = str(claim.qualifiers.get("period", "")).split("/")
    return [int(part) for part in parts] if all(_YEAR.fullmatch(part) for part in parts) else []
