"""Matters that an office handles, and certificates told by their numbers.

办理事项：基础级智能工厂备案 / 办理状态：已受理，待审核 is an application; 准予备案 makes it a level that is held, 不予备案 nothing.
先进级智能工厂：证书编号YN-2025-019: who gives the number of the certificate has it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import takewhile
from typing import Literal

from docproc.extract import FormField
from extractors.grades.statements import Statement
from extractors.grades.states import of_one_column
from extractors.words.lexicon import one_of, patterns

_WORDS = "handling"
_BRACKET = re.compile(r"[（(][^（()）]*[）)]")
_PASSED = re.compile("(?:已|予以)?(?:通过|合格)(?!率)")
Matter = Literal["applied", "held", "none"]


def matter_of(statement: Statement, label: str) -> Matter | None:
    """What a form says of the level whose filing or grant it names as the matter handled; None where the label names no matter."""
    field = statement.field
    if field is None or not _names_matter(label):
        return None
    if patterns(_WORDS, "matters_patterns").fullmatch(_BRACKET.sub("", field.value).strip()) is None:
        return None
    told = {_told(state) for state in _states(statement, field)}
    if not told:
        asked = patterns(_WORDS, "matter_asked_patterns").search(label) or _names_asker(statement)
        return "applied" if asked else "none"
    return next(each for each in ("none", "held", "applied") if each in told)  # 受理状态：已受理 / 办理结果：不予备案


def _names_asker(statement: Statement) -> bool:
    """Whether the form names who asks for the matter: 业务名称：先进级智能工厂认定申请 / 申请单位：X公司."""
    asker = patterns(_WORDS, "asker_labels_patterns")
    return any(asker.fullmatch(other.label.strip()) and other.value for other in of_one_column(statement))


def _states(statement: Statement, field: FormField) -> list[str]:
    """The states told of a matter: those behind it up to the next matter, or else before it."""
    near = of_one_column(statement)
    behind = sorted((other for other in near if other.value_span.start > field.value_span.start), key=_place)
    own = list(takewhile(lambda other: not _names_matter(other.label.strip()), behind))
    own = own if any(_names_state(other.label) for other in own) else [other for other in near if other not in behind]
    return [other.value.strip() for other in own if _names_state(other.label)]


def _place(field: FormField) -> int:
    return field.value_span.start


@lru_cache(maxsize=1024)  # labels are the same again and again
def _names_matter(label: str) -> bool:
    return patterns(_WORDS, "matter_labels_patterns").search(label) is not None


@lru_cache(maxsize=1024)
def _names_state(label: str) -> bool:
    return patterns(_WORDS, "state_labels_patterns").search(_BRACKET.sub("", label).strip()) is not None


@lru_cache(maxsize=1024)
def _told(state: str) -> Matter:
    if patterns(_WORDS, "state_none_patterns").search(state):
        return "none"
    if patterns(_WORDS, "state_held_patterns").search(state):
        return "held"
    return "applied" if patterns(_WORDS, "state_asked_patterns").search(state) else "none"


def certified(field: FormField) -> str | None:
    """The number of the certificate in the answer to a label that names what is certified; None where there is none."""
    label, value = field.label.strip(), field.value.strip()
    numbered = not field.column or patterns("levels", "number_labels_patterns").search(field.column) is not None
    if field.options or not numbered or not certified_label(label):
        return None
    found = patterns(_WORDS, "certified_patterns").fullmatch(value)
    return None if found is None else (found["number"] or found["code"])


@lru_cache(maxsize=1024)
def certified_label(label: str) -> bool:
    """Whether a label may name what is certified, and not what is sought, asked for or explained."""
    return (
        patterns(_WORDS, "certified_labels_patterns").search(label) is not None
        and patterns(_WORDS, "uncertified_labels_patterns").search(label) is None
    )


def is_granted(field: FormField) -> bool:
    """Whether a label with a level in it has the day of a grant or a review that was passed: 先进级智能工厂授牌日期：2025年9月."""
    label, value = field.label.strip(), field.value.strip()
    if patterns(_WORDS, "uncertified_labels_patterns").search(label) or field.options:
        return False
    dated = patterns(_WORDS, "granted_labels_patterns").search(label) is not None and re.match(r"(?:19|20)\d\d", value) is not None
    if dated or one_of("grades", "own_subject").search(label) is None:  # a review of nobody tells of a list
        return dated
    return patterns(_WORDS, "reviewed_labels_patterns").search(label) is not None and _PASSED.match(value) is not None


def is_asked_number(value: str) -> bool:
    """Whether an answer is the number of an application: 申报编号SB-2025-0188."""
    return patterns(_WORDS, "asked_number_patterns").match(value.strip()) is not None
