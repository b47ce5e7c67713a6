"""Answers that are a step from one level to another: 升级申报：基础级→先进级, 申报事项：由先进级晋升卓越级.

The second is what is applied for; the first is held where the words say that the step leads upwards, and was only applied for where they
say that the application is put right.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from docproc.extract import FormField
from extractors.grades.factory_levels import FactoryLevel, find_factory_levels

_STEP_TO = re.compile(
    r"(?:智能工厂)?[ ]?(?:→|⇒|=>|[-－—]+[>＞]|(?:申报)?"
    r"(?:升级?|晋[升级]?|跃升|提升|提级|进阶|升格|升档|转)(?:申报)?(?:为|至|到|成)?|[至到])[ ]?"
)
_FROM = re.compile("[由从自]")
_CORRECTS = re.compile("变更|更正|调整|修改|勘误|订正|改[为报填]")
_UPWARD = re.compile("升|晋|提级|进阶")


class Step(NamedTuple):
    """A step between two levels; `held` says whether the first is one that is held."""

    first: FactoryLevel
    second: FactoryLevel
    held: bool


def applied_step(text: str, field: FormField) -> Step | None:
    """The step that a field's answer is; None where it is none, or a range (基础级至领航级)."""
    named = list(find_factory_levels(text, *field.value_span))[:2]
    if len(named) < 2 or named[0].value == named[1].value:
        return None
    first, second = named
    gap = text[first.span.end : second.span.start].strip()
    if _STEP_TO.fullmatch(gap) is None:
        return None
    if gap in ("至", "到") and _FROM.search(text, field.value_span.start, first.span.start) is None:
        return None
    told = field.label + text[field.value_span.start : second.span.start]
    return Step(first, second, _CORRECTS.search(told) is None and _UPWARD.search(told) is not None)
