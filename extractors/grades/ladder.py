"""Levels that a text names without saying that anybody has one: the ladder, a choice not made, a rule on whoever applies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from docproc.model import Span
from extractors.grades.factory_levels import FactoryLevel
from extractors.grades.statements import Statement, clause_after, clause_before
from extractors.words.lexicon import one_of, patterns

_JOINED = re.compile(r"(?:智能工厂)?[ ]?(?:[、，,＋+和与及]|以及|并|兼)[ ]?")
_AND = re.compile("[＋+和与及并兼]")
_BOTH = re.compile("两[项级个者]|二者|一并|同时|均|都|并报|兼报|分别|一起|双报")
_NOT_BOTH = re.compile("(?:智能工厂)?[ （(，,]*(?:[均都皆也]可|之间|为主|任选|选[一填择]|只[能限可选]|不[得能可]|单选|之一|择一|二选一)")


def none_chosen(text: str, answer: Span, levels: Sequence[FactoryLevel]) -> bool:
    """基础级/先进级/卓越级（选填）, 基础级和先进级均可: the levels that may be chosen, none of them chosen."""
    if len({level.value for level in levels}) < 2:
        return False
    gaps = [text[first.span.end : second.span.start] for first, second in pairwise(levels)]
    if all(re.fullmatch(r"(?:智能工厂)?\s?[、/／|,，或]\s?", gap) for gap in gaps):
        return True
    return all(_JOINED.fullmatch(gap.strip()) for gap in gaps) and _NOT_BOTH.match(text, levels[-1].span.end, answer.end) is not None


def both_sought(text: str, answer: Span, levels: Sequence[FactoryLevel]) -> bool:
    """先进级和卓越级, 基础级、先进级（两项一并申请）: two levels that an answer gives as its own, not as a choice."""
    if len(levels) != 2 or levels[0].value == levels[1].value or text[answer.start : levels[0].span.start].strip(' “"'):
        return False
    gap = text[levels[0].span.end : levels[1].span.start].strip()
    if not _JOINED.fullmatch(gap):
        return False
    rest = text[levels[1].span.end : answer.end]
    return not _NOT_BOTH.match(rest) and (_AND.search(gap) is not None or _BOTH.search(rest) is not None)


def in_enumeration(text: str, levels: list[FactoryLevel]) -> bool:
    """基础级、先进级、卓越级或领航级: the ladder, not one of its rungs."""
    if len({level.value for level in levels}) < 3:
        return False
    gaps = [text[first.span.end : second.span.start] for first, second in pairwise(levels)]
    return sum(re.fullmatch(r"[、/，,和与或及至到—～~\s]{0,2}(?:[A-H①-⑧1-8][.．、)）]?)?[ ]?", gap) is not None for gap in gaps) >= 2


def is_rule(text: str, statement: Statement) -> bool:
    """申报卓越级智能工厂的，原则上应已获评先进级: a condition on whoever applies."""
    sentence = text[slice(*statement.span)]
    return bool(patterns("levels", "rule_patterns").search(sentence)) and not one_of("grades", "own_subject").search(sentence)


def is_precondition(text: str, statement: Statement, span: Span) -> bool:
    clause = clause_before(text, statement, span.start) + clause_after(text, statement, span.start)
    return bool(patterns("levels", "precondition_patterns").search(clause)) and not one_of("grades", "own_subject").search(clause)
