"""Levels that an office recommends somebody else for, or gives somebody else: 推荐我公司供应商申报先进级, 向行业龙头颁发先进级牌匾."""

from __future__ import annotations

import re

from extractors.grades.factory_levels import FactoryLevel
from extractors.grades.statements import Statement, clause_before
from extractors.parties.words import other_words, region_words

_FOR = re.compile(
    "(?:(?:推荐|举荐|推报|选送|同意|支持)(?:了)?(?P<for>[^，。；]{2,40}?)(?:申报|申请|参评|参加|参选|竞评|报送|作为|成为|为)"
    "|(?:向|给)(?P<to>[^，。；]{2,40}?)(?:统一|集中|正式|当场|现场)*(?:颁|授|发))"
)
_SOME = re.compile(
    r"(?:同行|行业|兄弟|标杆|邻近|周边|合作|外协|前身|竞争|其他|其它|原)(?:企业|单位|工厂|公司|厂|对手|股东)?|租户|客户|龙头|被收购方|规上企业"
    r"|\d+家(?:企业|公司|单位)"
)


def for_another(text: str, statement: Statement, level: FactoryLevel) -> bool:
    """Whether the clause of a level says who is recommended or given it, and that is somebody else."""
    told = _FOR.search(clause_before(text, statement, level.span.start))
    if told is None:
        return False
    whom = (told["for"] or told["to"]).rstrip("）)")
    found = [each for words_of in (other_words(), region_words(), _SOME) for each in words_of.finditer(whom)]
    return any(each.end() == len(whom) for each in found)
