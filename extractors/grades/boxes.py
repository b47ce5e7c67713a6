"""Grades in the boxes of a form: ticked, not ticked, in the words of one that is not."""

from __future__ import annotations

import re

from docproc.model import Span
from extractors.grades.statements import Statement
from extractors.words.lexicon import alternatives, words

_EMPTY_BEFORE = re.compile(rf"(?:{alternatives(words('fields', 'empties'))}|[（(\[【][ 　_]*[）)\]】])[ 　]*$")


def unticked(text: str, statement: Statement, span: Span) -> bool:
    """Whether a grade is not chosen: an empty box stands before it, or it stands in the words of one (□同意推荐申报先进级)."""
    if statement.field is not None and any(
        not option.ticked and option.span.start <= span.start < option.span.end for option in statement.field.options
    ):
        return True
    return _EMPTY_BEFORE.search(text[max(0, span.start - 4) : span.start]) is not None


def is_tick(statement: Statement, span: Span) -> bool:
    return statement.field is not None and any(option.ticked and option.span == span for option in statement.field.options)
