"""Applications that were handed in before: 基础级智能工厂备案材料已上报，现申报先进级 applies for 先进级.

Material already handed in is an application under way, and the only one that a text may speak of. Where the same text applies for a higher
level in other words (its title, its form, 现申报), it tells the step before, which is neither held yet nor applied for here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from docproc.extract import Match
from docproc.model import Status
from extractors.words.lexicon import one_of, patterns, table

_MARKS = re.compile(r"[，,。；;：:！？\n\t]")


def without_earlier_filings(text: str, found: Sequence[Match], application: str) -> list[Match]:
    """The levels found, without the filings of lower levels that were handed in before the application that the text makes."""
    asked = [entry for entry in found if entry.name == application and entry.status is Status.ASSERTED]
    if len({entry.value for entry in asked}) < 2:
        return list(found)
    ladder = list(table("levels", "levels"))
    earlier = [entry for entry in asked if _handed_in(text, entry)]
    present = max((ladder.index(entry.value) for entry in asked if entry not in earlier), default=0)
    return [entry for entry in found if entry not in earlier or ladder.index(entry.value) >= present]


def _handed_in(text: str, entry: Match) -> bool:
    """Whether the clause of a level says that its material was handed in, and not that it is handed in now."""
    level = entry.spans[-1]
    start = max((mark.end() for mark in _MARKS.finditer(text, max(0, level.start - 60), level.start)), default=max(0, level.start - 60))
    stop = _MARKS.search(text, level.end)
    before, after = text[start : level.start], text[level.end : stop.start() if stop else len(text)]
    if one_of("levels", "handed_in_now").search(before + after):
        return False
    return bool(
        patterns("levels", "handed_in_before_patterns").search(before) or patterns("levels", "handed_in_after_patterns").search(after)
    )
