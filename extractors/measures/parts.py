"""Parts of a figure in running text: what 其中 opens, what a bracket behind the figure holds; no figure of the firm's own."""

from __future__ import annotations

import re

from extractors.measures.metrics import MetricMention
from extractors.measures.quantities import Quantity, bracketed_year
from extractors.measures.years import years_in
from extractors.words.lexicon import one_of, rules

PARTED = re.compile("其中")
_STAFF_PARTED = re.compile("其中|含|包括")
_DESCRIBED = re.compile(r"\s?[（(][^（()）\d]*[）)]")
_MARK = re.compile(r"[，；;：:\n、]|,(?!\d{3})")
_rule = rules("figures")


def staff_end(text: str, start: int, stop: int) -> int:
    """Where the head count of a metric whose name ends at `start` ends: before its parts; a bracket behind the name is none."""
    described = _DESCRIBED.match(text, start, stop)
    part = _STAFF_PARTED.search(text, described.end() if described else start, stop)
    return part.start() if part else stop


def is_part_of_staff(text: str, before: MetricMention, mention: MetricMention, parted: bool) -> bool:
    """从业人员386人，其中：在岗职工341人: staff named behind 其中 are part of those named before it."""
    staff = all(each.metric is not None and not each.metric.money for each in (before, mention))
    between = text[before.span.end : mention.span.start]
    if not staff or re.search("[；;]|公司|企业|单位|本厂|我厂|全厂", between):
        return False
    return (parted or "其中" in between) and not years_in(text, before.span.end, mention.span.end)


_COUNTED = re.compile(r"\d\s?[人名]\s?[（(][^（()）\d]*$")


def in_bracket_of_staff(text: str, mention: MetricMention) -> bool:
    """全员430人（正式员工392人，实习生38人）: staff named in the bracket behind a head count are part of it."""
    staff = mention.metric is not None and not mention.metric.money
    return staff and _COUNTED.search(text, 0, mention.span.start) is not None and not years_in(text, *mention.span)


def in_bracket(text: str, start: int, quantity: Quantity) -> bool:
    """Whether a figure stands in a bracket that opened behind the figure of the whole, with words of its own before it."""
    opening = max(text.rfind("（", 0, quantity.span.start), text.rfind("(", 0, quantity.span.start))
    if opening < 0 or re.search("[）)]", text[opening : quantity.span.start]):
        return False
    return start <= opening or _MARK.search(text, start, quantity.span.start) is not None


def stands_alone(text: str, start: int, quantity: Quantity) -> bool:
    """Whether a figure has a year of its own, is the applicant's (集团…，其中申报主体7亿元) or the one that holds: no mere part."""
    opened = text.rfind("其中", start, quantity.span.start)
    start = max(start, opened)
    gap = text[start : quantity.span.start]
    return bool(
        years_in(text, start, quantity.span.start)
        or bracketed_year(text, quantity.span.end)
        or _rule("before_year").search(gap)
        or _rule("final").search(gap)
        or one_of("parties", "own").search(gap)
    )
