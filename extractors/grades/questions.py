"""What an answer leaves to its question: 问：智能制造能力成熟度达到几级？ / 答：经自评估为二级，得分2.15.

A question on what the scale is, on what is aimed at or on what others have is no question on the applicant's level.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from extractors.grades.maturity_scale import last_scale
from extractors.grades.statements import Statement
from extractors.words.anchors import compiled
from extractors.words.lexicon import patterns, words

LONGEST_SPEAKER = 12  # code points of the label of one who asks or answers


def asks_of_scale(statement: Statement) -> bool:
    """Whether a statement is the answer to a question on the applicant's maturity that stands before it with its own label."""
    asked = question_before(statement)
    return asked is not None and not asks_elsewhere(asked) and last_scale(asked) is True


def answers_elsewhere(statement: Statement) -> bool:
    """Whether a statement answers a question on anything but what the applicant has now."""
    asked = question_before(statement) or statement.label
    return bool(asked) and asks_elsewhere(asked)


@lru_cache(maxsize=1024)  # labels are the same again and again
def asks_elsewhere(question: str) -> bool:
    """Whether a question asks what a thing is or how it is parted, what is aimed at, or what others have."""
    return patterns("maturity", "elsewhere_questions_patterns").search(question) is not None


def question_before(statement: Statement) -> str | None:
    """The question that a statement answers, where one stands before it with its own label."""
    field = statement.field
    if field is None or field.column or not _labelled("answerers", field.label):
        return None
    before = (other for other in statement.near if other.value_span.end <= field.label_span.start)
    return next((other.value for other in before if _labelled("askers", other.label)), None)


@lru_cache(maxsize=1024)
def _labelled(key: str, label: str) -> bool:
    return len(label) <= LONGEST_SPEAKER and _speakers(key).fullmatch(label.strip()) is not None


@cache
def _speakers(key: str) -> re.Pattern[str]:
    return compiled("|".join(words("fields", key)))
