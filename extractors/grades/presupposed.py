"""What a sentence takes for granted of a level: that it was granted, by the day, the number, the term or the review of the grant.

我公司先进级智能工厂的认定日期为2023年12月15日 tells a day and says by it that the level is held; 认定日期待定 says that it is not yet.
"""

from __future__ import annotations

from extractors.grades.factory_levels import FactoryLevel
from extractors.grades.statements import Statement, clause_before
from extractors.words.lexicon import one_of, patterns

_WORDS = "presupposed"
_FIRM = ("公司", "企业", "我厂", "本厂", "我司")


def presupposed(text: str, statement: Statement, level: FactoryLevel) -> bool | None:
    """Whether what follows a level takes its grant for granted (true) or for open (false); None where it does neither."""
    after = text[level.span.end : statement.span.end] + statement.after[:20]
    if any(patterns(_WORDS, key).search(after) for key in ("data_open_patterns", "off_list_patterns")):
        return False
    own = clause_before(text, statement, level.span.start)
    if on_list(text, statement, level):
        return True
    if patterns("levels", "applying_patterns").search(own):
        return None
    if patterns(_WORDS, "data_told_patterns").search(after):
        return True
    if patterns(_WORDS, "data_reviewed_patterns").search(after) and _speaks_of_firm(text[slice(*statement.span)]):
        return True
    if patterns(_WORDS, "data_general_patterns").search(after) and not _speaks_of_firm(text[slice(*statement.span)]):
        return False
    return None


def applied_if(text: str, statement: Statement, level: FactoryLevel) -> bool:
    """Whether a condition takes for granted that a level is applied for: 若本次申报之先进级未获核准."""
    after = text[level.span.end : statement.span.end]
    if patterns(_WORDS, "applied_if_after_patterns").match(after) is None:
        return False
    return patterns(_WORDS, "applied_if_patterns").search(clause_before(text, statement, level.span.start)) is not None


def on_list(text: str, statement: Statement, level: FactoryLevel) -> bool:
    """Whether the applicant's place on the list of those that hold a level is told: 先进级智能工厂名单第23位为本公司."""
    after = text[level.span.end : statement.span.end]
    if patterns(_WORDS, "on_list_patterns").search(after) is None:
        return False
    listed = clause_before(text, statement, level.span.start) + after[: after.find("名单") + 2]
    return patterns("levels", "no_list_titles_patterns").search(listed) is None


def _speaks_of_firm(sentence: str) -> bool:
    return one_of("grades", "own_subject").search(sentence) is not None or any(word in sentence for word in _FIRM)
