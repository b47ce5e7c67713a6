"""Corrections told in a sentence or on a line of their own: …等级为三级；更正：等级应为二级.

What a correction puts right no longer holds, whichever form it was told in before. What the correction leaves open (of which scale) is
told by what it corrects.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from docproc.extract import Match
from docproc.model import Span, Status
from extractors.words.lexicon import patterns

REACH = 160  # code points between a grade and its correction
_MARK = re.compile(r"[。；;！？\n\t]")
# 更正：…: labels behind which a sentence follows, not an answer
CORRECTION_LABELS = frozenset(
    now + word + of
    for now in ("", "现")
    for word in ("更正", "勘误", "订正", "修正", "补正")
    for of in ("", "说明", "内容", "事项", "声明", "如下", "为")
)


def opens_correction(text: str, span: Span) -> bool:
    """Whether the sentence of a place opens as a correction."""
    found = patterns("grades", "correction_openings_patterns")
    return found.match(text[_start(text, span.start) : span.start].lstrip()) is not None


def corrected_before(text: str, span: Span) -> str:
    """What stands before a correction, which tells of what it speaks; empty where the sentence of a place is none."""
    start = _start(text, span.start)
    return text[max(0, start - REACH) : start] if opens_correction(text, span) else ""


def without_corrected(text: str, found: Sequence[Match]) -> list[Match]:
    """The matches, those superseded that a correction behind them takes the place of."""
    over: set[int] = set()
    for second in found:
        if second.status is not Status.ASSERTED or not opens_correction(text, second.spans[-1]):
            continue
        start = _start(text, second.spans[-1].start)
        for first in found:
            place = first.spans[-1]
            if first.name == second.name and first.value != second.value and start - REACH <= place.start and place.end <= start:
                over.add(id(first))
    return [replace(entry, status=Status.SUPERSEDED) if id(entry) in over else entry for entry in found]


def _start(text: str, position: int) -> int:
    return max((mark.end() for mark in _MARK.finditer(text, max(0, position - 80), position)), default=max(0, position - 80))
