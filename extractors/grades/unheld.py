"""Levels that are named and not held: proposed, under notice, in a pool of candidates, filed but not done, lost again."""

from __future__ import annotations

import re

from docproc.model import Span
from extractors.grades.factory_levels import find_factory_levels
from extractors.grades.gone import is_gone
from extractors.grades.statements import Statement, clause_before
from extractors.words.lexicon import patterns

_SENTENCE_END = re.compile(r"[。；]")
_GRANTED = re.compile(r"(?:被|获)?(?:认定|评定|授予|命名)为|获评|获批|荣获|获授|入选")
# （证书编号…，公示日期2025年1月15日） of a level that was granted: when it stood under notice, not that it still does
_NOTICE_DATA = re.compile(r"公示(?:日期|时间|期间?|文号|编号|网址|链接)")

_NOTICE_BEFORE = re.compile(r"[，,](?:此前|在此之前|之前)[^，。；]*公示[^，。；]*")  # …认定日期为12月15日，此前11月20日至24日为公示期
# 并非尚未备案: it is done
_NOT_UNDONE = re.compile(r"(?:并非|并不是|不是|绝非)(?:尚|还|仍|暂)?(?:未|没有?)[^，。；]{0,10}")
# 已公示期满并获正式认定: what is told of the notice is that it is over and what came of it
_NOTICE_OVER = re.compile(
    r"公示(?:期)?(?:已|均)?(?:届满|期满|满|结束|无异议|完毕|后)(?=[^。；待拟未]{0,30}(?:认定|授予|获评|印发|发文|公布))"
)
# 待先进级智能工厂认定后
_AWAITING = re.compile(r"(?:待|等|俟)[^，。；]{0,10}$")
_GRANT_TO_COME = re.compile(r"[^，。；]{0,8}(?:认定|获批|评定|公布|备案|批复)[^，。；]{0,6}后")
_LIKE = re.compile(r"(?:相当于|等同于?|类似于?|媲美|堪比)[^，。；]{0,8}$")
# 不在2024年公布的先进级智能工厂名单之列
_OUT_OF_LIST = re.compile(r"(?:不在|未在|不属于?|未进入|未见于|不见于)[^，。；]*$")
_LIST = re.compile(r"(?:智能工厂|智慧工厂)?(?:企业)?(?:认定|公布|培育)?(?:名单|目录|名录)")
# 基础级备案申请已提交，…: the request is this level's own
_OWN_REQUEST = re.compile(
    r"(?:智能工厂|智慧工厂)?的?(?:备案|认定|评定|评审)?的?(?:申请|申报)(?:书|表|材料|资料)?(?![^，。；]{0,6}[基先卓领][础进越航]级)"
)
_NEXT = re.compile(
    r"(?<![未没有])(?:申报|申请)(?![，。；]|$)(?P<next>[^，。；]{0,10}[基先卓领][础进越航]级)?|[基先卓领][础进越航]级|[，,](?:并|且|又|另|现|拟|计划|将|正|除此|此外|其余)"
)
_DONE = re.compile(
    r"(?<![未没])(?:完成|通过|办结|办妥|已经?)(?!提交|申请|申报|报送|上报|递交)[^，。；]{0,14}$"
)  # 已完成…备案，备案证明还没有拿到
_GRANT_BEHIND = re.compile(r"(?:已|业已|均已|早已)(?:经|正式|顺利)*(?:完成|办结|认定|备案|获批|公布|授牌|通过|获评)(?!申请|材料|初审|受理)")
_STILL = re.compile(
    r"[，,]?(?:但|而)?(?:我公司|本公司|公司|企业|我厂|本厂)?(?:现仍|目前仍|仍|现|目前|当前|至今)(?:然)?(?:为|是|系|保持|持有|保有|属)"
)


def not_held(text: str, statement: Statement, span: Span) -> bool:
    """A proposal, a notice, a pool, an unfinished filing: in the statement, or said right after it."""
    own_start = after_other_levels(text, statement, span)
    before = _NOT_UNDONE.sub("", text[own_start : span.start])
    after = _NOTICE_OVER.sub("", text[span.end : statement.span.end] + statement.after[:40])
    clause = clause_before(text, statement, span.start)[-(span.start - own_start) :] if span.start > own_start else ""
    near = _NOTICE_BEFORE.sub("", _SENTENCE_END.split(after)[0])
    if _LIKE.search(clause):
        return True
    if _OUT_OF_LIST.search(clause) and _LIST.match(after):
        return True
    if patterns("levels", "customer_award_patterns").search(clause):
        return True  # 被客户评为卓越级: no authority's title
    if patterns("grades", "denial_patterns").search(clause) or (_AWAITING.search(clause) and _GRANT_TO_COME.match(after)):
        return True
    if _GRANTED.search(clause):
        near = _NOTICE_DATA.sub("", near)
    unfinished = None if _granted_since(clause) else patterns("levels", "not_held_patterns").search(clause)
    found = unfinished or patterns("levels", "not_held_patterns").search(_own_part(near))
    if found is None and not _told_granted(clause):
        outstanding = patterns("levels", "papers_outstanding_patterns").search(_own_part(near))
        found = None if outstanding and _GRANT_BEHIND.search(near, 0, outstanding.start()) else outstanding
    if found is None and not _since_then(clause):
        found = (
            patterns("levels", "not_held_patterns").search(before[-40:])
            if "公示" not in before[-40:] or not _granted_since(before)
            else None
        )
    return found is not None or is_gone(text, statement, span)


def _told_granted(clause: str) -> bool:
    """Whether the words before a level say that it was granted or filed, whatever paper is still to come."""
    return bool(_GRANTED.search(clause) or _DONE.search(clause) or patterns("levels", "holding_patterns").search(clause))


def _since_then(clause: str) -> bool:
    """2024年5月列入培育库，同年11月被认定为…: what is told later, with its own time and verb, is not held back by what was before."""
    if _STILL.match(clause):
        return True
    told = re.search(r"(?:被|获)?(?:认定|评定|授予|命名)为|获评|获批|完成备案", clause)
    return told is not None and re.search(r"同年|次年|随后|之后|现已|并于|终|\d{1,2}月", clause[: told.start()]) is not None


def after_other_levels(text: str, statement: Statement, span: Span) -> int:
    """Where what is said of this level may begin: after the clause of a level named before."""
    levels = list(find_factory_levels(text, statement.span.start, span.start))
    return max(levels[-1].span.end, text.find("，", levels[-1].span.end, span.start) + 1) if levels else statement.span.start


def _own_part(after: str) -> str:
    """What follows a level up to the clause of the next level or application.

    已获评先进级，现申报卓越级，材料审核中 and 获评先进级，尚未取得卓越级 end with what is said of the second.
    """
    own = _OWN_REQUEST.match(after)
    other = _NEXT.search(after, own.end() if own else 0)
    if other is None:
        return after
    told = after[: other.start()]
    return told[: max(told.rfind("，"), 0)] if (other["next"] or other.group().endswith("级")) and "，" in told else told


def _granted_since(before: str) -> bool:
    """公示无异议后被认定为: the notice is over."""
    return (
        re.search(
            r"(?:公示(?:期)?(?:已|均)?(?:满|届满|结束|无异议|完毕|后)|(?:经|已)(?:过)?(?:(?!现(?!场)|[拟入列，。；]).){0,16}公示(?!中|期间|阶段))[^。；]{0,60}$",
            before,
        )
        is not None
    )
