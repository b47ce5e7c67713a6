"""What the sentences above a grade, or the seal below it, tell of the assessment: who made it, and when.

评估组于2025年3月对受评估方实施第三方现场评估。 / 总分：2.31 / 结论：…符合二级要求。 / （评估机构盖章）: an assessment that is told as made,
with no other grade between it and the one that is asked about, is the one that gave it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docproc.model import Span
from extractors.grades.maturity_scale import find_levels, last_scale, of_domain
from extractors.words.lexicon import patterns

REACH = 400  # code points above a grade in which its assessment may be told
SEAL_REACH = 300  # code points below a grade in which the assessor's seal may stand
_SENTENCE = re.compile(r"[^。！？；;\n]+")


def assessment_above(text: str, position: int) -> Span | None:
    """The nearest sentence above a place's line or sentence that tells of an assessment as made; None where another grade lies between."""
    first = max(0, position - REACH)
    if patterns("maturity", "made_patterns").search(text, first, position) is None:
        return None
    for sentence in reversed(list(_sentences(text, first, position))):
        if _graded(text, sentence):
            return None
        if patterns("maturity", "made_patterns").search(text, *sentence):
            words = text[slice(*sentence)]
            if patterns("maturity", "not_made_patterns").search(words) or last_scale(words) is False:
                return None
            return sentence
    return None


def of_this_scale(text: str, position: int) -> bool:
    """Whether the sentence above a place that tells of an assessment names this scale, and nothing since then another one."""
    above = assessment_above(text, position)
    return above is not None and last_scale(text[above.start : position]) is True


def sealed_by_assessor(text: str, position: int) -> bool:
    """Whether an assessor seals the paper close below a place, or the paper calls the firm the assessed party around it."""
    if patterns("maturity", "assessor_seal_patterns").search(text, position, position + SEAL_REACH):
        return True
    return patterns("maturity", "assessed_party_patterns").search(text, max(0, position - REACH), position) is not None


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    for found in _SENTENCE.finditer(text, start, end):
        if found.group().strip():
            yield Span(*found.span())


def _graded(text: str, sentence: Span) -> bool:
    """Whether a sentence grades the whole, not one domain."""
    return any(not of_domain(text, sentence.start, level.span) for level in find_levels(text, *sentence))
