"""Stops of a plant (停产, 停工, 停用): whether one holds now, and whether the words go on to say that it is over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from docproc.extract import Match
from docproc.model import Span, Status
from extractors.words.lexicon import rules

_CLAUSE_END = re.compile("[，,。；;]")
_rule = rules("operation")


def stop_in(clause: str) -> Span | None:
    """The word of a stop that lasts, in a clause; None where the stop is denied, or is told of no time."""
    found = _rule("stopped").search(clause)
    if found is None or _rule("stop_denied").search(clause, 0, found.start()):
        return None
    lasts = _rule("stopped_now").search(clause, 0, found.start()) or _rule("stopped_still").match(clause, found.end())
    return Span(*found.span()) if lasts else None


def of_the_firm(clause: str, stop: Span) -> bool:
    """Whether the firm as a whole stopped (公司自3月起全面停产): nothing follows that is an object (公司已停产老型号)."""
    named = _rule("stopped_firm").search(clause, 0, stop.start)
    return named is not None and _rule("stopped_wholly").fullmatch(clause, stop.end) is not None


def is_over(clause: str) -> bool:
    """Whether a clause behind a stop says that things go on again (现已恢复), not when they may."""
    return _rule("resumed").search(clause) is not None and _rule("resumed_not").search(clause) is None


def latest_in_line(text: str, found: Sequence[Match]) -> list[Match]:
    """Of a stop and what ran before it or runs after it on the same line, what was told last holds; the rest is superseded."""
    now = [each for each in found if each.status is Status.ASSERTED]
    stops = [each for each in now if _is_stop(text, each)]
    if not stops:
        return list(found)
    past: set[int] = set()
    for stop in stops:
        start = text.rfind("\n", 0, stop.spans[0].start) + 1
        end = text.find("\n", stop.spans[-1].end)
        line = [each for each in now if start <= each.spans[0].start < (len(text) if end < 0 else end)]
        if any(is_over(clause) for clause in _CLAUSE_END.split(text[stop.spans[-1].end : None if end < 0 else end])):
            past.add(id(stop))
        last = max((each for each in line if each.value or _is_stop(text, each)), key=lambda each: each.spans[-1].end)
        past.update(id(each) for each in line if each.value is not last.value and each.spans[0].start < last.spans[0].start)
    return [replace(each, status=Status.SUPERSEDED) if id(each) in past else each for each in found]


def _is_stop(text: str, said: Match) -> bool:
    return not said.value and not said.qualifiers and any(_rule("stopped").search(text, *span) for span in said.spans)
