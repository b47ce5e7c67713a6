"""A register's record told on one line: 级别基础级；状态已备案；备案时间2025-06-20."""

from __future__ import annotations

import re
from dataclasses import replace

from docproc.model import Span
from extractors.grades.statements import Statement, line_end
from extractors.words.lexicon import one_of, patterns

_OPENING = re.compile(r"(?:等级|级别|层级|类别|类型|称号|名称)[ ]?[为是：:]?[ ]?$")
_STATE = re.compile(r"[；;|｜/][^；;\n]{0,4}(?:备案|认定|办理|当前|审核)?(?:状态|结果|情况|进度)[ ]?[为是：:]?[ ]?[\u4e00-\u9fff]")


def whole_record(text: str, statement: Statement, level: Span) -> Statement:
    """The statement, up to the end of its line where the level is one entry of a record that goes on with its state."""
    if statement.field is not None or not _OPENING.search(text, max(statement.span.start, level.start - 6), level.start):
        return statement
    end = line_end(text, level.end)
    line = text[level.end : end]
    if not _STATE.match(line):
        return statement
    return replace(statement, span=Span(statement.span.start, end), after="")


def not_yet(text: str, statement: Statement, level: Span) -> bool:
    """Whether the state that goes on a record says that the level is not held: 级别为基础级；备案状态为审核中."""
    return patterns("levels", "not_held_patterns").search(_state(text, statement, level)) is not None


def has_held_state(text: str, statement: Statement, level: Span) -> bool:
    """Whether the state that goes on a record says that the level is held: 级别：先进级；状态：已认定."""
    return one_of("levels", "status_held").search(_state(text, statement, level)) is not None


def _state(text: str, statement: Statement, level: Span) -> str:
    """What the entry behind the level gives as its state; empty where it is no entry of a state."""
    state = _STATE.match(text, level.end, statement.span.end)
    return "" if state is None else re.split("[；;|｜/，。\n]", text[state.end() - 1 : statement.span.end])[0]
