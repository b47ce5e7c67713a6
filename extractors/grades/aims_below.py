"""Grades that a sentence below says are only aimed at: 2026年达到二级；2027年获评先进级。以上均为规划目标，均未实现。

Each of the grades reads as one that is reached; the sentence that sums them up says that none of them is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docproc.extract import Match
from docproc.model import Status
from extractors.words.lexicon import patterns
from extractors.words.scanning import scan

REACH = 400  # code points between a grade and the sentence that sums it up


def without_aims(text: str, found: Sequence[Match]) -> list[Match]:
    """The matches, those planned that stand in the paragraph, or the list, which is then summed up as aims."""
    ends = [told.start() for told in scan(patterns("grades", "aims_below_patterns"), text)] if found else []
    if not ends:
        return list(found)
    return [replace(entry, status=Status.PLANNED) if _is_aim(text, entry, ends) else entry for entry in found]


def _is_aim(text: str, entry: Match, ends: Sequence[int]) -> bool:
    if entry.status is not Status.ASSERTED:
        return False
    start = entry.spans[-1].end
    return any(start <= end <= start + REACH and "\n\n" not in text[start:end] for end in ends)
