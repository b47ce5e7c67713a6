"""What a form says of a level in a field beside it: 备案级别：基础级 / 备案状态：审核中.

The state of a record governs the level of the same record, whichever stands first: a level under review is applied for, one that was
returned, refused or never handed in is nothing yet, and neither is one whose day of grant is still open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from docproc.extract import FormField
from extractors.grades.statements import Statement
from extractors.words.lexicon import patterns

State = Literal["under way", "not held"]

_STEM = re.compile("备案|认定|评定|评估")
_BRACKET = re.compile(r"[（(][^（()）]*[）)]")


def tells_state(fields: Sequence[FormField], kinds: str = "state_labels_patterns") -> bool:
    """Whether any of a form's fields tells a state: where none does, none stands beside a level."""
    labels = {field.label for field in fields}
    if any(_names_state(label, kinds) for label in labels):
        return True
    days = {label for label in labels if _names_day(label)}
    return any(field.label in days and _is_open_day(field) for field in fields)


def state_beside(statement: Statement, kinds: str = "state_labels_patterns") -> State | None:
    """What the state beside a field says of the level in it; None where none says that it is not held.

    `kinds`: the labels of states that are looked at (of a filing and a grant, or of an assessment).
    """
    field = statement.field
    if field is None:
        return None
    near = of_one_column(statement)
    told = _of_record(field, near, kinds) if any(_is_state(other, kinds) for other in near) else None
    if told is not None and (_STEM.search(told.label) or not any(map(_is_day, near))):
        return read_state(told.value)  # 认定日期：2024年5月 / 审核状态：审核中: the state is that of the application
    return "not held" if any(map(_is_open_day, near)) else None


def of_one_column(statement: Statement) -> Sequence[FormField]:
    """The fields around that tell of the same thing: where a table's columns (or years) are records, those of the same column."""
    field = statement.field
    if field is None or not field.column:
        return statement.near
    return [other for other in statement.near if other.column in ("", field.column) or other.label == other.column]


def refused_beside(statement: Statement) -> bool:
    """申报级别：先进级 / 评审结果：未通过: an application that came to nothing."""
    field = statement.field
    near = of_one_column(statement)
    if field is None or not any(_is_state(other, "state_labels_patterns") for other in near):
        return False
    told = _of_record(field, near, "state_labels_patterns")
    return told is not None and patterns("levels", "application_refused_patterns").match(told.value.strip()) is not None


@lru_cache(maxsize=1024)  # a register says the same few words over and over
def read_state(words: str) -> State | None:
    """What the words of a state say: 审核中 is under way, 已退回 not held; None where they say neither."""
    if patterns("levels", "state_void_patterns").search(words):
        return "not held"
    return "under way" if patterns("levels", "state_under_way_patterns").search(words) else None


def read_note(answer: str) -> State | None:
    """What a bracket behind the level says in the same way: 基础级（备案审核中）, 先进级（拟）."""
    for note in _BRACKET.findall(answer):
        words = note[1:-1].strip()
        if patterns("grades", "note_unheld_patterns").fullmatch(words):
            return "not held"
        if (told := read_state(words)) is not None:
            return told
    return None


def _of_record(field: FormField, near: Sequence[FormField], kinds: str) -> FormField | None:
    """The state that belongs to a level's record: on its own side of the next level, and of the same thing where both name one.

    Between two states the records' order decides: where the first of all fields is a state, each state leads its level.
    """
    ordered = sorted((other for other in near if other.label_span != field.label_span or other.label != field.label), key=_place)
    behind = [other for other in ordered if _place(other) > _place(field)]
    before = [other for other in reversed(ordered) if _place(other) < _place(field)]
    found = [_first_state(field, side, kinds) for side in (behind, before)]
    if found[0] is not None and found[1] is not None:
        leads = next((_is_state(other, kinds) for other in ordered if _is_state(other, kinds) or _is_level(other)), False)
        return found[1] if leads else found[0]
    return found[0] or found[1]


def _first_state(field: FormField, side: Sequence[FormField], kinds: str) -> FormField | None:
    for other in side:
        if _is_state(other, kinds):
            if _same_thing(field.label, other.label):
                return other
        elif _is_level(other):
            return None
    return None


def _same_thing(level: str, state: str) -> bool:
    """备案级别 and 认定状态 are two things; 级别 or 状态 alone is of either."""
    stems = set(_STEM.findall(level)), set(_STEM.findall(state))
    return not stems[0] or not stems[1] or bool(stems[0] & stems[1])


@lru_cache(maxsize=4096)
def _names_state(label: str, kinds: str) -> bool:
    return patterns("levels", kinds).search(_BRACKET.sub("", label).strip()) is not None


@lru_cache(maxsize=4096)
def _names_day(label: str) -> bool:
    return patterns("levels", "date_labels_patterns").search(label) is not None


def _is_state(field: FormField, kinds: str) -> bool:
    return _names_state(field.label, kinds)


def _is_level(field: FormField) -> bool:
    return field.label.endswith(("级别", "等级", "层级"))


def _is_open_day(field: FormField) -> bool:
    """认定日期：待定, 认定日期：——: the day of a grant that has not been."""
    return _names_day(field.label) and patterns("levels", "open_day_patterns").fullmatch(field.value.strip()) is not None


def _is_day(field: FormField) -> bool:
    """A day of grant or filing that is told."""
    return _names_day(field.label) and re.search(r"\d", field.value) is not None


def _place(field: FormField) -> int:
    return field.value_span.start
