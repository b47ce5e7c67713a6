"""Levels that open their clause, as what it speaks of: 先进级系首次申报, 基础级是2023年备案, 卓越级待先进级满一年后再作考虑.

The verb of applying or holding then stands behind the level, after a copula; a step that is put off is neither.
"""

from __future__ import annotations

from typing import Literal

from extractors.grades.factory_levels import FactoryLevel
from extractors.grades.statements import Statement, clause_before
from extractors.words.lexicon import patterns

_WORDS = "presupposed"
Topic = Literal["applied", "held", "deferred"]


def topic_of(text: str, statement: Statement, level: FactoryLevel) -> Topic | None:
    """What its clause says of a level that opens it; None where it does not open its clause or the clause says something else."""
    before, after = clause_before(text, statement, level.span.start), text[level.span.end : statement.span.end]
    if patterns(_WORDS, "deferred_before_patterns").search(before):
        return "deferred"
    if any(patterns("levels", key).search(before) for key in ("applying_patterns", "holding_patterns")):
        return None
    if patterns(_WORDS, "topic_deferred_patterns").search(after):
        return "deferred"
    if patterns(_WORDS, "topic_held_patterns").search(after):
        return "held"
    if patterns(_WORDS, "topic_applied_patterns").search(after) is None:
        return None
    failed = patterns("levels", "after_application_patterns").search(after)
    return "applied" if failed is None or patterns(_WORDS, "earlier_round_patterns").search(after) else None
