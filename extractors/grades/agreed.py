"""Levels that it was agreed to apply for: 企业已书面同意按先进级申报, 经协商改按基础级申报. A mere proposal (建议按先进级申报) is none."""

from __future__ import annotations

from extractors.grades.factory_levels import FactoryLevel
from extractors.grades.statements import Statement, clause_before
from extractors.words.lexicon import patterns


def agreed(text: str, statement: Statement, level: FactoryLevel) -> bool:
    """Whether the clause of a level says that the application is now made at it."""
    if patterns("levels", "agreed_after_patterns").match(text[level.span.end : statement.span.end]) is None:
        return False
    before = clause_before(text, statement, level.span.start)
    return patterns("levels", "agreed_before_patterns").search(before) is not None and not patterns("levels", "not_agreed_patterns").search(
        before
    )
