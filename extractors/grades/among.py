"""The applicant among those that were granted a level: 2024年公布的先进级智能工厂共19家，我公司为其中之一.

The count speaks of others; that the applicant is one of them is said in a clause of its own, which no list of proposals makes a grant.
"""

from __future__ import annotations

import re

from docproc.model import Span
from extractors.grades.statements import Statement

_AMONG = re.compile(
    r"[，,；](?:而)?(?P<own>我公司|本公司|我司|我厂|本厂|本企业|我企业|我单位|本单位|公司)(?:也|亦|正|就|均)?(?:为|是|系|即|位列|名列|列)?(?:为|于)?"
    r"(?:其中之一|其中一家|其中(?=[，。；])|在列|在内|身列其中|榜上有名|入选其中|跻身其中)"
)
_GRANTED = re.compile(
    r"(?:公布|认定|获评|授予|评选出|获批|入选)[^，。；]{0,20}?(?:\d+|[一二两三四五六七八九十百]+)家|(?:\d+|[一二两三四五六七八九十百]+)家[^，。；]{0,12}(?:获评|获批|入选|被认定|通过)|通过(?:认定)?的?(?:\d+|[一二两三四五六七八九十百]+)家|(?:公布|认定)的[^，。；]{0,24}共"
)
_NO_GRANT = re.compile("拟|公示|培育|推荐|候选|入库|储备|未通过|落选|计划|目标|将")


def among_granted(text: str, statement: Statement) -> Span | None:
    """Where a sentence that counts those that were granted a level says that the applicant is one of them."""
    among = _AMONG.search(text, *statement.span)
    if among is None:
        return None
    told = text[statement.span.start : among.start()]
    return Span(among.start("own"), among.end()) if _GRANTED.search(told) and not _NO_GRANT.search(told) else None
