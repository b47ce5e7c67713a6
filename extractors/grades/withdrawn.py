"""Levels that the text says elsewhere were withdrawn: 获评先进级。/ 复核未通过，主管部门取消了该先进级称号。

A withdrawal speaks of a title that was granted before it, in whatever sentence: of the level that it names, or else of the one told last.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from docproc.extract import Match
from docproc.model import Status
from extractors.grades.factory_levels import find_factory_levels
from extractors.words.lexicon import patterns
from extractors.words.scanning import scan

if TYPE_CHECKING:
    from spacy.tokens import Doc

REACH = 200  # code points between a grant and the withdrawal of it
_EARLIER = re.compile(r"(?:此前|原|先前|曾|之前|早前|当初)[^，。；]{0,24}$")


def without_withdrawn(doc: Doc, found: Sequence[Match], recognition: str) -> list[Match]:
    """The matches, those of `recognition` superseded whose level another sentence says was withdrawn."""
    held = [entry for entry in found if entry.name == recognition and entry.status is Status.ASSERTED]
    if not held or not any(scan(patterns("levels", "withdrawn_patterns"), doc.text)):
        return list(found)
    over: set[int] = set()
    for told in patterns("levels", "withdrawn_patterns").finditer(doc.text):
        over |= _taken(doc, held, told)
    return [replace(entry, status=Status.SUPERSEDED) if id(entry) in over else entry for entry in found]


def _taken(doc: Doc, held: Sequence[Match], told: re.Match[str]) -> set[int]:
    """The entries that a withdrawal takes: before its sentence, or behind it where their clause says 此前."""
    text: str = doc.text
    start = max(text.rfind(mark, 0, told.start()) for mark in "。！？；;\n\t") + 1
    if patterns("levels", "no_withdrawal_patterns").search(text, start, told.start()):
        return set()
    context = doc._.context
    if context is not None and context.assertion(*told.span()).status in (Status.THIRD_PARTY, Status.HYPOTHETICAL, Status.QUOTED):
        return set()
    named = {level.value for level in find_factory_levels(text, start, told.end())}
    before = [entry for entry in held if entry.spans[-1].end <= start and start - entry.spans[-1].end <= REACH]
    if not named:
        return {id(before[-1])} if before and text[start : told.end()].strip() else set()
    behind = [
        entry
        for entry in held
        if told.end() <= entry.spans[-1].start <= told.end() + REACH
        and _EARLIER.search(text, max(0, entry.spans[-1].start - 40), entry.spans[-1].start)
    ]
    return {id(entry) for entry in (*before, *behind) if entry.value in named}
