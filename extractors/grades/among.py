"""The applicant among those that were granted a level: 2024年公布的先进级智能工厂共19家，我公司为其中之一.

What was published or counted speaks of others; that the applicant is one of them is said in a clause of its own, which no list of
proposals makes a grant, and which may as well say that it is not.
"""

from __future__ import annotations

import re

from docproc.model import Span
from extractors.grades.factory_levels import level_words
from extractors.grades.statements import Statement
from extractors.words.lexicon import patterns

_OWN = r"(?:我公司|本公司|我司|我厂|本厂|本企业|我企业|我单位|本单位|公司)" + (
    r"(?:[\u4e00-\u9fff]{0,8}?(?:工厂|厂区|基地|[一二三四新老总分]厂|车间))?"
)
_AMONG = re.compile(
    rf"[，,；](?:而)?(?P<own>{_OWN})(?:也|亦|正|就|均|成功|顺利)?(?:为|是|系|即|位列|名列|位居|列名|列)?(?:为|于)?"
    r"(?:其中之一|其中一家|其中(?=[，。；])|在列|在内|身列其中|榜上有名|入选其中|列入其中|跻身其中|(?:入选|上榜|入列)(?=[，。；]|$))"
)
_NOT_AMONG = re.compile(
    rf"[，,；](?:但|而|惟|其中)?{_OWN}[^，。；]{{0,6}}(?:(?:未|没有?|不)(?:能|有|被|获)?(?:在列|在其列|在其中|在内|入选|上榜|名列|列入|列名|跻身)|榜上无名|落榜|落选)"
)
_GRANTED = re.compile(
    r"(?:公布|认定|获评|授予|评选出|获批|入选)[^，。；]{0,20}?(?:\d+|[一二两三四五六七八九十百]+)家|(?:\d+|[一二两三四五六七八九十百]+)家[^，。；]{0,12}(?:获评|获批|入选|被认定|通过)|通过(?:认定)?的?(?:\d+|[一二两三四五六七八九十百]+)家|(?:公布|认定)的[^，。；]{0,24}共"
)
_NO_GRANT = re.compile("拟|公示|培育|推荐|候选|入库|储备|未通过|落选|计划|目标|将")
_PUBLISHED = re.compile(r"(?:公布|发布|公告|发文|印发|认定|命名|授予|授牌)[^，。；]{0,24}$")
_NO_LIST = re.compile("申报|申请|指南|办法|条件|细则|初审|入围|受理|评审|答辩")


def among_granted(text: str, statement: Statement) -> Span | None:
    """Where a sentence on those that were granted a level, counted or published, says that the applicant is one of them."""
    among = _AMONG.search(text, *statement.span)
    if among is None:
        return None
    told = text[statement.span.start : among.start()]
    if _NO_GRANT.search(told) or not (_GRANTED.search(told) or _is_published(told)):
        return None
    return Span(among.start("own"), among.end())


def not_among(text: str, statement: Statement) -> bool:
    """Whether a sentence on those that were granted a level says that the applicant is none of them: …，我公司未在列."""
    return _NOT_AMONG.search(text, *statement.span) is not None


def _is_published(told: str) -> bool:
    """省工信厅发文公布年度先进级智能工厂: a grant of the level, no call to apply for it."""
    level = level_words().search(told)
    if level is None or _NO_LIST.search(told):
        return False
    return _PUBLISHED.search(told[: level.start()]) is not None and patterns("levels", "not_held_patterns").search(told) is None
