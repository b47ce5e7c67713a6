"""Denials of the applicant that leave out what they deny: 公司股东2022年被列入经营异常名录，公司自身未被列入.

What is denied stands in the clause before, where it is told of somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from docproc.model import Span, Status
from extractors.context import AssertionContext
from extractors.words.anchors import compiled
from extractors.words.per_text import once_a_text
from extractors.words.scanning import scan

_CLAUSE = compiled(
    r"[，；,;](?:但是?|而|然而|不过|惟|唯)?[，]?(?P<own>(?:[本我](?:公司|企业|单位|厂|司)|公司|企业|申报(?:单位|主体|企业))(?:自身|本身|自己|本部)?)"
    r"(?:均|则|从|也|亦|并|一直|至今|目前|现|近[三两二3]年(?:来|内)?)*"
    r"(?P<denial>(?:从来|并)?没有?|未曾|未|从未|从没|不曾|并未|无|不(?=在(?!于)))(?P<verb>(?:曾)?(?:被)?(?:列入|列为|纳入|发生|出现|出|有|受到|受过|受|遭到|遭受|遭|处罚|处以|在)?)(?:过)?(?:此类|该类|类似|上述|任何)?(?:情况|情形|问题|名单|名录)?"
    r"(?=[，。；,;\n]|\Z)"
)


@dataclass(frozen=True, slots=True)
class ElidedDenial:
    """The words of the denial, and the nouns of the clause before that it denies of the applicant."""

    span: Span
    nouns: tuple[Span, ...]


def elided_denials(context: AssertionContext, nouns: Sequence[Span], verbs: re.Pattern[str]) -> Iterator[ElidedDenial]:
    """The denials without an object behind what befell another party. `verbs`: those that go with a family's nouns (发生, 列入)."""
    for span, verb in _clauses(context.text):
        if verb and verbs.search(verb) is None:
            continue
        clause = context.clause_at(span.start)
        before = [noun for noun in nouns if clause.sentence.start <= noun.start < span.start]
        if not before:
            continue
        told_in = context.clause_at(before[-1].start).span
        meant = tuple(noun for noun in before if noun.start >= told_in.start)
        reading = context.assertion(*meant[0])
        if reading.status is Status.THIRD_PARTY and not reading.negated:
            yield ElidedDenial(span, meant)


@once_a_text
@lru_cache(maxsize=2)  # the same text is asked for by each family
def _clauses(text: str) -> tuple[tuple[Span, str], ...]:
    return tuple((Span(found.start("own"), found.end()), found["verb"]) for found in scan(_CLAUSE, text))
