"""Whether a denial denies what somebody does about a thing, not the thing: 尚未统计安全事故情况, 未对行政处罚申请复议, 未能提供…资料.

A thing is denied by a denied verb of happening, being or finding (未发生, 没有, 未查到). Of a verb of handling it says nothing: there may
have been what nobody counted, handed in or appealed against. 未统计到, 未对…造成, 没有登记在案的 deny the thing all the same.
"""

from __future__ import annotations

import re
from functools import cache

from docproc.model import Span
from extractors.words.lexicon import alternatives, one_of, words

_WORDS = "context"
_NEGATES_VERBS = ("未", "没", "没有", "未能", "没能", "未曾", "未有", "从来没有", "未予")  # how a denial of a verb ends; 无 denies a noun
_MANNER = (
    r"(?:及时|按时|按期|按规定|按要求|依法|依规|如实|完整|全面|系统|单独|专门|正式|主动|真正|很好|能够?|曾|再|予以?|来得及|有效"
    r"|[向按][^，。；的]{1,12}?)*"
)
_OF_FOUND = "(?![到出得见有])"  # 未统计到, 未核查出: nothing was found
# 未落实措施造成事故, 未申报被罚款
_TAKES_PLACE = re.compile("(?:发现|发生|出现|受到|存在|造成|导致|引发|遭)(?!过?了?的|[^，。；]{0,12}的)|被|(?<!是否)(?:列入|纳入|处以)")
_MATTER = re.compile("的?(?:情况|资料|材料|数据|数量|起数|次数|信息|台账|原因)")
_PLACED = re.compile("[对就](?!外)|针对|关于")
_DONE = "(?:情况|信息|事项|问题|决定|结果|原因|教训|隐患|进行|开展|予以|加以|作出|做出|及时|提出|依法|主动|单独|专门|再)"


def handled(text: str, cue: Span, noun: Span) -> bool:
    """Whether the denial at `cue` is that of a verb of handling whose object or topic is `noun`."""
    if not text[cue.start : cue.end].endswith(_NEGATES_VERBS):
        return False
    between = text[cue.end : noun.start]
    found = _handling().match(text, cue.end, max(noun.start, cue.end))
    if found is not None:
        if text[cue.start : cue.end].endswith("没有") and between.endswith("的"):  # 没有登记在案的事故: there is none
            return False
        return _TAKES_PLACE.search(text, found.end(), noun.start + 1) is None or _MATTER.match(text, noun.end) is not None
    placed = _PLACED.match(text, cue.end, max(noun.start, cue.end))
    if placed is None or one_of(_WORDS, "happening").search(between) or _imposed().search(between):
        return False
    return _handled_behind().match(text, noun.end) is not None


@cache
def _handling() -> re.Pattern[str]:
    return re.compile(rf"{_MANNER}(?:{alternatives(words(_WORDS, 'handling'))}){_OF_FOUND}")


@cache
def _handled_behind() -> re.Pattern[str]:
    """对行政处罚申请复议, 就安全事故向主管部门报告, 对事故情况进行统计."""
    verbs = alternatives(words(_WORDS, "handling"))
    return re.compile(rf"(?:的)?[一-龥]{{0,2}}?{_DONE}{{0,3}}(?:向[^，。；]{{1,12}}?)?(?:{verbs}|进行|开展|予以|作出|做出|登记|重视)")


@cache
def _imposed() -> re.Pattern[str]:
    """对我公司作出行政处罚: what is done to somebody is the thing itself."""
    return re.compile("作出|做出|实施|给予|处以|进行|[我本该](?:公司|企业|单位|厂|司)(?!的|[一-龥]{0,8}(?:19|20)\\d\\d年)")
