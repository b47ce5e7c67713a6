"""Levels that are held by the way: 除已备案的基础级外，未获其他级别认定; 不再申报先进级（2024年已获评）.

The exception says itself that the level is held (已备案的), or the clause behind it denies that anything else is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docproc.model import Status
from extractors.grades.factory_levels import FactoryLevel
from extractors.grades.overruled import engine_status
from extractors.grades.statements import Statement
from extractors.words.lexicon import patterns

if TYPE_CHECKING:
    from spacy.tokens import Doc

_OPENS = re.compile(r"除(?P<whole>[了去开])?(?P<lead>[^，。；]{0,40})$")
_ENDS = re.compile(r"(?P<tail>[^。；除]{0,30}?)(?:[以之])?外(?![部来资观协包出])[，,]?(?P<rest>[^。；]{0,60})")
_DECLINED = re.compile(
    r"(?:不再?|未再?|没有|无须|无需|不必|不用|免)(?:予|会|需|须|用|必)?(?:重复|另行|单独|继续)?(?:申报|申请|参评|报送|报|办理)[^，。；]{0,14}$"
)
_WHY = re.compile(r"(?:智能工厂|智慧工厂)?(?:备案|认定)?[ ]?[（(](?P<why>[^（()）]{2,30})[）)]")
_HELD_NOTE = re.compile(
    r"(?:(?:因|我?公司|本?企业|于|前期|此前|早)*(?:(?:19|20)\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?)?(?:底|初|中)?(?:已|即|业已)?(?:于(?:19|20)\d\d年(?:\d{1,2}月)?)?)"
    r"(?:正式|顺利|成功)?(?:被|经[^，。；]{2,14})?(?:获评|获批|获认定|认定|获得|取得|备案|完成备案|通过认定|入选|评上|持有)(?:称号|证书|认定|备案)?"
)
_ENDS_BARE = re.compile(r"(?P<tail>[^，。；除]{0,30}?)[，,](?P<rest>[^。；]{0,60})")  # 除去已备案的基础级，公司无其他认定
_FOREIGN = (Status.THIRD_PARTY, Status.QUOTED, Status.HYPOTHETICAL)


def is_excepted(doc: Doc, statement: Statement, level: FactoryLevel) -> bool:
    """Whether an exception of its sentence takes for granted that a level is held."""
    text = doc.text
    if text.find("除", statement.span.start, level.span.start) < 0:
        return False
    opens = _OPENS.search(text, statement.span.start, level.span.start)
    if opens is None:
        return False
    ends = _ENDS.match(text, level.span.end, statement.span.end)
    if ends is None and opens["whole"]:
        ends = _ENDS_BARE.match(text, level.span.end, statement.span.end)
    if ends is None:
        return False
    told = opens["lead"] + "|" + ends["tail"]
    if patterns("levels", "excepted_open_patterns").search(told) or engine_status(doc, statement, level.span) in _FOREIGN:
        return False
    return (
        patterns("levels", "excepted_held_patterns").search(told) is not None
        or patterns("levels", "excepted_denials_patterns").search(ends["rest"]) is not None
    )


def held_all_the_same(text: str, statement: Statement, level: FactoryLevel) -> bool:
    """Whether a level is not applied for because it is held: 今年不再申报先进级（2024年已获评），改申报卓越级."""
    why = _WHY.match(text, level.span.end, statement.span.end)
    if (
        why is None
        or _DECLINED.search(text, statement.span.start, level.span.start) is None
        or patterns("grades", "loss_patterns").search(why["why"])
    ):
        return False
    return any(_HELD_NOTE.fullmatch(part) for part in re.split("[，,、；;]", why["why"]))
