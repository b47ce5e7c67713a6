"""Steps told as a noun, 由一级到二级的提升: the first level is over and the second holds, unless all of it is a plan."""

from __future__ import annotations

import re
from functools import cache

from docproc.model import Span, Status
from extractors.words.lexicon import patterns, vocabulary

_LEVEL = r"(?:[一二三四五1-5Ⅰ-Ⅴ][ ]?级|(?:规划|规范|集成|优化|引领|基础|先进|卓越|领航)级)(?:[（(][^（()）]{1,6}[）)])?"


@cache
def _step() -> re.Pattern[str]:
    told = vocabulary("grades")
    return re.compile(
        rf"(?:{told['step_before']})(?P<first>{_LEVEL})(?:{told['step_between']})(?P<second>{_LEVEL})(?:{told['step_after']})"
    )


def stepped(text: str, statement: Span, span: Span) -> Status | None:
    """The status that a step gives to a grade at a place of a statement; None where it is no part of one, or still holds."""
    for found in _step().finditer(text, *statement):
        lead = re.sub(r"规划级", "", text[statement.start : found.start()])
        planned = patterns("grades", "plan_patterns").search(lead) or re.search(vocabulary("grades")["step_denied"], lead)
        if found.start("first") <= span.start < found.end("first"):
            return None if planned else Status.SUPERSEDED
        if found.start("second") <= span.start < found.end("second"):
            return Status.PLANNED if planned else Status.ASSERTED
    return None
