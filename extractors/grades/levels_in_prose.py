"""Factory levels in a sentence: applied for, reached by own judgement, or held.

Its own clause decides which: words of applying, of judging oneself, of holding (and, for 基础级, of filing). A notice of proposed names, a
pool of candidates, a rule about levels or a plan is none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from docproc.extract import Match
from docproc.model import Status
from extractors.grades.addressees import addressed_province
from extractors.grades.again import applied_again
from extractors.grades.agreed import agreed
from extractors.grades.among import among_granted, not_among
from extractors.grades.boxes import unticked
from extractors.grades.changed import asked_step
from extractors.grades.conditions import condition_answered
from extractors.grades.excepted import held_all_the_same, is_excepted
from extractors.grades.factory_levels import FactoryLevel, find_factory_levels, province_of
from extractors.grades.honours import is_honour, year_beside
from extractors.grades.ladder import in_enumeration, is_precondition, is_rule
from extractors.grades.level_topics import Topic, topic_of
from extractors.grades.particulars import is_signed, particulars
from extractors.grades.planned import in_plan
from extractors.grades.presupposed import applied_if, on_list, presupposed
from extractors.grades.reading import is_bound, read_grade
from extractors.grades.receivers import for_another
from extractors.grades.records import has_held_state, not_yet, whole_record
from extractors.grades.statements import Statement, clause_before
from extractors.grades.titled import from_title, titles_form
from extractors.grades.titles import title_province
from extractors.grades.unheld import after_other_levels, not_held
from extractors.words.lexicon import one_of, patterns

if TYPE_CHECKING:
    from spacy.tokens import Doc

_FROM = re.compile("(?:由|从|自)[^，。；]{0,4}$")
_STEP = re.compile("(?:智能工厂|智慧工厂)?(?:水平)?(?:直接)?(?:升级|升|晋|提升|跃升|进阶|改报|转报|(?:改|转|变更|更改|调整)[为成])")
_COUNTED = re.compile(r"(?:有|其中)\d+(?:个|项|条|处)[^，。；]{0,6}(?:达到|符合|满足)[^，。；]{0,4}$")
# 申请认定为……, 申报的是……: what looks like holding is what is applied for.
_APPLIED_THROUGH = re.compile(
    r"(?:申报|申请)(?!单位|企业|主体|[人方者])[^，。；]{0,6}(?:认定|评定|备案)[为成]?[^，。；]{0,14}$|(?:申报|申请)[的之]?(?:智能工厂)?[的之]?(?:级别|等级|层级|等次|档次|梯度)?(?:是|为)[^，。]{0,8}$"
    r"|(?:推荐|举荐|推报|遴选)(?:(?!获|被|经|通过|入选|已|认定|评|确定|授|公布|并|后)[^，。；]){1,24}(?:为|作为|成为)[^，。；]{0,6}$"
    r"|(?:申报|申请)[的之]?(?:级别|等级|层级|等次|档次|梯度)[^，。；获已]{0,12}(?:确定|选定|明确|填报|填写|选择|定)为[^，。]{0,8}$"
)
# 申请将二厂列为, 申请纳入
_ASKED_LISTING = re.compile(
    r"(?:(?:申报|申请)(?!单位|企业|主体|[人方者])|恳请|提请)(?:(?!获|经|通过|[之以]?后|已|并|被|成功)[^，。；]){0,24}(?:列为|列入|纳入|评为|评定为|授予|认定为|命名为|确认为)[^，。；]{0,14}$"
)
# 自2023年12月起成为, 已正式成为: a state that is told with its beginning or as reached
_SINCE = re.compile(
    r"(?:(?:自|从)[^，。；]{2,14}(?:起|开始|以来)|于(?:19|20)\d\d年[^，。；]{0,10}|(?:19|20)\d\d年(?:1[0-2]|[1-9])月[^，。；]{0,10}|已(?:经|正式|顺利|成功)*|正式|成功|顺利|有幸|荣幸|光荣|率先|一举)[，,]?[^，。；将拟待]{0,12}$"
)
_MATERIAL = re.compile(r"(?:智能工厂|智慧工厂)?(?:备案|认定)(?:申请)?(?:材料|资料|申请|请示)")
_TO_COME = re.compile("(?:之日|之时|之前|前|为止|时止)")  # 委托期限至备案办结之日止
_JUDGED_NOTE = re.compile(r"(?:智能工厂|智慧工厂)?(?:水平)?[（(](?:企业|公司)?(?:自评|自评估|自评价|自我评估|自评结果|自测)[）)]")
_RECEIVED = re.compile("(?:接收|接到|收到|收悉|收讫|签收)(?:了)?[^，。；]{1,12}$")
_ITS_PAPERS = re.compile(
    "(?:智能工厂|智慧工厂)?的?(?:认定|备案|评定)?(?:申报|申请|参评)(?:书|表|材料|资料|文件|报告)?(?:原件|一[份套])?(?=[，。；]|$)"
)
_TITLE_ALONE = re.compile('(?:智能工厂|智慧工厂)?[”"]?的?(?:认定|评定|称号|资格|荣誉|备案)(?=[，。；]|$)')
_SOUGHT_TITLE = re.compile("(?:申报|申请|参评|申办|争创)(?!单位|企业|主体|[人方者])[^，。；]{0,10}$")
_AS = re.compile(r"作为(?:国家级?|省级|市级|[一-龥]{2,8}[省市区])?(?:首批|第[一二三四五]批)?$")
_AS_ONE = re.compile(
    r"(?:智能工厂|智慧工厂)[，,](?:[我本](?:公司|厂|企业|司)|公司)(?!应|须|需|将|拟|必须|要|可|不得)"
)  # 作为先进级智能工厂，我公司…
# 向甘肃省工业和信息化厅申请
# 2022年获评先进级，2025年顺利晋升卓越级: a step that is dated or told as done.
_RISEN = re.compile(r"(?:已|顺利|成功|(?:19|20)\d\d年[^，。；]{0,6})(?:再)?(?:升级|晋升|晋级|跃升|升格)(?:为|至|到|成)?[^，。；]{0,10}$")
# a title that is held, to the end of its clause
_HELD_TITLE = re.compile(
    r"(?:获评|获批|荣获|获得|取得|入选|列入|授予|认定为|评定为|评为|命名为|确定为)[^，。；]{0,24}?(?:智能工厂|智慧工厂|数字化车间|智能车间|示范工厂)[^，。；]*[，。；]"
)
# 授予：X公司 / 先进级智能工厂
_GRANTED_ABOVE = re.compile(
    r"(?:^|\n)[ 　]*(?:兹|特|现)?(?:授予|颁授|颁予|颁给|认定|命名)[：:]?[ 　]*(?:\n[ 　]*)?"
    r"[一-龥（）()]{4,40}(?:公司|集团|厂)[：:]?(?:为)?[ 　]*\n[ 　]*$"
)
LINES_OF_GRANT = 3  # breaks of lines that `_GRANTED_ABOVE` goes over
APPLICATION, RECOGNITION, SELF = "application.level", "recognition.level", "self_assessment.level"


def levels_in_prose(doc: Doc, statement: Statement) -> Iterator[Match]:
    """The claims of a statement, level by level."""
    text = doc.text
    levels = list(find_factory_levels(text, *statement.span))
    if in_enumeration(text, levels) or is_rule(text, statement):
        return
    answered = condition_answered(text, statement)
    if answered is not None:
        yield held_level(doc, Statement(answered.whole, None, statement.near, heading=statement.heading), answered.level)
        return
    among = among_granted(text, statement) if len({level.value for level in levels}) == 1 else None
    if among is not None:
        yield replace(held_level(doc, statement, levels[0]), spans=(levels[0].span, among))
        return
    for level in levels:
        if level is levels[-1] and applied_again(text[level.span.end : statement.span.end]):
            asked = _asserted_application(doc, statement, level, refused=True)
            yield from () if asked is None else (asked,)
            continue
        if applied_if(text, statement, level) or agreed(text, statement, level):
            yield _application(text, statement, level)
            continue
        if is_excepted(doc, statement, level) or held_all_the_same(text, statement, level):
            yield held_level(doc, statement, level)
            continue
        if unticked(text, statement, level.span) or is_bound(text, statement, level.span) or is_precondition(text, statement, level.span):
            continue
        topic = topic_of(text, statement, level)
        if topic == "deferred" or in_plan(text, level.span.start):
            continue
        if titles_form(text, statement):
            found = from_title(doc, statement, level, APPLICATION, RECOGNITION)
        elif topic is not None:
            found = _as_topic(doc, statement, level, topic)
        else:
            found = _applied(doc, statement, level) or _self(doc, statement, level) or recognised(doc, statement, level, levels)
            found = found or from_title(doc, statement, level, APPLICATION, RECOGNITION)
        if found is not None:
            yield found


def _as_topic(doc: Doc, statement: Statement, level: FactoryLevel, topic: Topic) -> Match | None:
    """The claim of a clause that a level opens: 先进级系首次申报, 基础级是2023年备案."""
    reading = read_grade(doc, statement, level.span, plans=False)
    if reading.status not in (Status.ASSERTED, Status.PLANNED):
        return None
    if topic == "held":
        return replace(held_level(doc, statement, level), status=reading.status)
    own = after_other_levels(doc.text, statement, level.span)
    province = province_of(doc.text, own, statement.span.end, level.span, bodies=False) or title_province(doc.text)
    return Match(APPLICATION, level.value, kept(province=province), Status.ASSERTED, (level.span,))


def _applied(doc: Doc, statement: Statement, level: FactoryLevel) -> Match | None:
    text = doc.text
    before, after = clause_before(text, statement, level.span.start), text[level.span.end : statement.span.end]
    lead = text[statement.span.start : level.span.start]
    if _FROM.search(before) and _STEP.match(after):
        return None  # 由先进级升级申报卓越级
    verbs = _applying(before)
    tail = patterns("levels", "applied_tail_patterns").search(after)
    if not verbs and _corrected(before):
        verbs = _applying(text[statement.span.start : level.span.start - len(before)])
    received = _RECEIVED.search(before) is not None and _ITS_PAPERS.match(after) is not None
    if not (verbs or tail or received):
        return None
    if tail is None and verbs and re.search(r"(?:条件|要求|通知|指南|办法|标准)", before[verbs[-1].end() :]):
        return None
    if patterns("levels", "after_application_patterns").search(after):
        return None
    since = lead[-60:] if verbs else before
    aims = one_of("levels", "aims")
    if aims.search(statement.label) or aims.search(_lead_in(statement.before)):
        return None
    if patterns("levels", "other_application_patterns").search(_own_clauses(since)) or patterns("grades", "denial_patterns").search(before):
        return None
    if patterns("levels", "taken_back_patterns").search(before):
        return None
    if patterns("levels", "outsider_patterns").search(before) or re.match(r"(?:智能工厂|智慧工厂)?(?:年度|期满)?复核", after):
        return None
    own = after_other_levels(text, statement, level.span)  # 基础级早已备案，先进级正在申报: what was filed is the other one
    if tail is not None and not verbs and (_filed(text, statement, level, own) or re.search(r"(?:认定|评定|评|授予)为?$", before)):
        return None
    filed = patterns("levels", "filing_patterns").search(after) if level.value == "basic" else None
    if filed and _TO_COME.match(after, filed.end()) is None and not not_held(text, statement, level.span):
        return None
    return _asserted_application(doc, statement, level)


def _asserted_application(doc: Doc, statement: Statement, level: FactoryLevel, *, refused: bool = False) -> Match | None:
    """The claim that a level is applied for, where the sentence is one of the applicant's own or recommends it.

    `refused`: whether the sentence denies the level of an application that it says is made again.
    """
    text = doc.text
    if for_another(text, statement, level):
        return None
    lead = text[statement.span.start : level.span.start]
    reading = read_grade(doc, statement, level.span, plans=False)
    recommended = reading.status is Status.THIRD_PARTY and re.search("推荐|同意|受理|接收|收到|签收", lead) is not None
    if reading.status not in (Status.ASSERTED, Status.PLANNED) and not recommended and not (refused and reading.status is None):
        return None
    return _application(text, statement, level)


def _application(text: str, statement: Statement, level: FactoryLevel) -> Match:
    own = after_other_levels(text, statement, level.span)
    province = province_of(text, _behind_titles(text, own, level), statement.span.end, level.span, bodies=False)
    province = province or addressed_province(text, statement, level) or title_province(text)
    return Match(APPLICATION, level.value, kept(province=province), Status.ASSERTED, (level.span,))


def _behind_titles(text: str, start: int, level: FactoryLevel) -> int:
    """Where the words on what is applied for begin: 2022年获评天津市智能工厂（当时未分级），本次申报先进级 names no province of it."""
    return max((title.end() for title in _HELD_TITLE.finditer(text, start, level.span.start)), default=start)


def _corrected(before: str) -> bool:
    """申报等级填写为卓越级，现更正为先进级: what is put right in a clause of its own."""
    return (
        re.search(
            r"^(?:现|兹|特|特此|谨|应|予以|一并|统一|本次|最终|随后|其后|后来|后|经[^，。；]{0,6}后)*(?:更正|修改|订正|调整|变更|改|改填|改报)为[^，。；]{0,6}$|^(?:实际?(?:应当?)?|应当?|正确(?:的)?(?:申报)?(?:级别|等级|层级|内容|信息)?(?:应当?)?)(?:为|是)[^，。；]{0,6}$|^[^，。；]{0,6}(?:选择|选定|选)(?:了|的是|为)?$",
            before,
        )
        is not None
    )


def _lead_in(before: str) -> str:
    """What opens a paragraph as its heading: 目标：…, 一、总体目标。…"""
    found = re.match(r"[^：]{1,40}：|[^，。；]{1,14}[。；]", before)
    return found.group() if found else ""


def _applying(before: str) -> list[re.Match[str]]:
    """The words of applying that govern what follows a clause's beginning; a word of holding in between takes their place."""
    verbs = list(patterns("levels", "applying_patterns").finditer(before))
    holding = list(patterns("levels", "holding_patterns").finditer(before))
    if verbs and holding and holding[-1].start() >= verbs[-1].end() and not _asked_for(before):
        return []
    return verbs


def _asked_for(before: str) -> bool:
    """Whether what looks like holding is what is asked for: 申请认定为, 恳请认定我公司为, 申请升级为."""
    return bool(
        _APPLIED_THROUGH.search(before) or _ASKED_LISTING.search(before) or patterns("grades", "asked_grant_patterns").search(before)
    ) or asked_step(before)


def _own_clauses(lead: str) -> str:
    """From the last word that says now on: 2022年曾申报先进级未通过，现申报先进级."""
    to_come = patterns("levels", "not_now_before_patterns")
    marks = [found.start() for found in patterns("levels", "now_patterns").finditer(lead) if not to_come.search(lead, 0, found.start())]
    return lead[marks[-1] :] if marks else lead


def _self(doc: Doc, statement: Statement, level: FactoryLevel) -> Match | None:
    text = doc.text
    lead, after = text[statement.span.start : level.span.start], text[level.span.end : statement.span.end]
    before = clause_before(text, statement, level.span.start)
    passed = re.search(r"通过(?:了)?[^，。；]{0,6}$", before) and re.match(r"(?:智能工厂|智慧工厂)?的?自(?:建自)?评", after)
    judged = patterns("levels", "self_patterns").search(lead) if not _COUNTED.search(before) else None
    noted = _JUDGED_NOTE.match(after)
    if not (passed or noted) and (judged is None or not patterns("levels", "self_reached_patterns").search(before)):
        return None
    if re.search(r"(?:被|获|经[^，。]{0,20}(?:局|厅|委|部门))[^，。；]{0,12}(?:认定|评)为?[^，。；]{0,6}$", before) or _filed(
        text, statement, level
    ):
        return None
    if re.search(r"准予备案|(?:已|并)[^，。；]{0,12}完成(?:了)?备案", after):
        return None
    reading = read_grade(doc, statement, level.span)
    return (
        Match(SELF, level.value, kept(province=province_of(text, *statement.span, level.span)), reading.status, (level.span,))
        if reading.status
        else None
    )


def _filed(text: str, statement: Statement, level: FactoryLevel, start: int | None = None) -> bool:
    """Whether the statement says (from `start` on) that its level is filed and done (备案 is how 基础级 is held).

    What it goes on to say of another level (已完成基础级备案，…，同意推荐其申报先进级) takes nothing from this one.
    """
    start = statement.span.start if start is None else start
    found = patterns("levels", "filing_patterns").search(text[start : statement.span.end])
    if found and found.group().startswith("同意") and _MATERIAL.match(text, level.span.end):
        return False  # 报来的基础级备案材料收悉，同意备案: the letter's title says of which level
    if found and _TO_COME.match(text, start + found.end()):
        return False
    other = next(find_factory_levels(text, level.span.end, statement.span.end), None)
    end = -1 if other is None or other.value == level.value else text.rfind("，", level.span.end, other.span.start)
    return found is not None and not patterns("levels", "not_held_patterns").search(text[start : statement.span.end if end < 0 else end])


def recognised(doc: Doc, statement: Statement, level: FactoryLevel, levels: list[FactoryLevel]) -> Match | None:
    """The claim that a level is held, which one of all `levels` of its statement it is; None where the statement does not say so."""
    text = doc.text
    statement = whole_record(text, statement, level.span)
    before, after = clause_before(text, statement, level.span.start), text[level.span.end : statement.span.end]
    if not_held(text, statement, level.span) or not_yet(text, statement, level.span) or not_among(text, statement):
        return None
    if for_another(text, statement, level):
        return None
    granted = presupposed(text, statement, level)
    if granted is False:
        return None
    lead = text[statement.span.start : level.span.start]
    verbs = list(patterns("levels", "recognised_before_patterns").finditer(lead)) or list(
        patterns("levels", "holding_patterns").finditer(before)
    )
    tail = patterns("levels", "held_tail_patterns").search(after)
    filed = (level.value == "basic" and _filed(text, statement, level)) or _is_granting_paper(text, statement)
    if not verbs and tail is not None and _TITLE_ALONE.match(after) and _SOUGHT_TITLE.search(before):
        return None  # 来年申报先进级智能工厂认定
    as_one = _AS.search(before) is not None and _AS_ONE.match(after) is not None
    said = bool(verbs) or as_one or tail is not None or filed or granted is True or has_held_state(text, statement, level.span)
    honour = not said and is_honour(doc, statement, level)
    if not (said or honour) or _is_gap(after):
        return None
    if _asked_for(before) and patterns("grades", "step_granted_after").match(after) is None:
        return None
    if not verbs and tail is not None and "名单" in tail.group() and not _names_own(doc, text[slice(*statement.span)]):
        return None  # a list was published; nobody says that the applicant stands on it
    only = patterns("levels", "reached_only_patterns").search(after)
    if only and not filed and not re.search(r"认定|获评|授予|准予备案", after[only.end() :]):
        return None
    if (
        verbs
        and tail is None
        and not filed
        and re.fullmatch(r"通过|完成|具有|获|纳入|列入|成为|保持", verbs[-1].group())
        and not (verbs[-1].group() == "成为" and _SINCE.search(lead[: len(lead) - len(before) + verbs[-1].start()]))
        and not re.match(
            r"(?:智能工厂|智慧工厂)?(?:年度|期满)?(?:(?:备案|认定)(?!材料|申请|申报|审核)|评审(?=[^。；]{0,20}(?:认定|获评|授予|公布|印发|成为|获批))|称号|名单|名录|目录|复核(?!中|申请|材料|未|工作))",
            after,
        )
    ):
        return None
    reading = read_grade(doc, statement, level.span)
    if reading.status is None:
        return None
    if reading.asserted and _replaced(text, statement, level, levels):
        return None
    found = held_level(doc, statement, level)
    if honour and "granted_on" not in found.qualifiers and (year := year_beside(doc, statement)):
        found = replace(found, qualifiers={**found.qualifiers, "granted_on": year})
    listed = reading.status is Status.THIRD_PARTY and on_list(text, statement, level)  # 江苏省…名单第7位为本公司
    consented = listed or (reading.status is Status.PLANNED and _is_granting_paper(text, statement))  # 关于同意…备案的通知 promises nothing
    return Match(found.name, found.value, found.qualifiers, Status.ASSERTED if consented else reading.status, found.spans)


def _is_gap(after: str) -> bool:
    """先进级由（ ）认定: a blank to be filled in an exercise."""
    return re.match(r"[^，。；]{0,4}[（(][ 　_]*[）)]", after) is not None


def _names_own(doc: Doc, sentence: str) -> bool:
    """Whether a sentence, or the paper it stands in, puts the applicant on the list it speaks of."""
    if doc._.applicant and doc._.applicant in doc.text:
        return True
    if one_of("grades", "own_subject").search(sentence) or re.search(r"[一-龥]{4,}(?:有限公司|股份公司|集团公司|有限责任公司)", sentence):
        return True
    return re.search(r"(?<!家)(?:公司|企业|工厂)[^，。；]{0,8}(?:在列|在内|榜上有名|入选|名列其中|入列|上榜)", sentence) is not None


def _is_granting_paper(text: str, statement: Statement) -> bool:
    """A plaque (its line, an authority's name, a day) or a letter whose title grants the level."""
    line = text[statement.span.start : statement.span.end].strip()
    if any(patterns("levels", key).fullmatch(line) for key in ("granting_titles_patterns", "signed_plaque_patterns")):
        return True
    if patterns("levels", "plaque_patterns").fullmatch(line) is None:
        return False
    if is_signed(text, statement.span.end):
        return True
    above = statement.span.start
    for _ in range(LINES_OF_GRANT):
        above = max(0, text.rfind("\n", 0, above))
    return _GRANTED_ABOVE.search(text, above, statement.span.start) is not None


def _replaced(text: str, statement: Statement, level: FactoryLevel, levels: list[FactoryLevel]) -> bool:
    """由基础级升为先进级: only what holds now."""
    gaps = [text[level.span.end : other.span.start] for other in levels if other.span.start > level.span.end]
    if any(_RISEN.search(gap) and not patterns("grades", "plan_patterns").search(gap) for gap in gaps):
        return True
    stepped = any(re.search(r"(?:升级|晋升|升|跃升|提升|晋级)(?:为|至|到|成)", gap) for gap in gaps)
    return stepped and bool(re.search(r"(?:由|从)[^，。]{0,10}$", text[statement.span.start : level.span.start]))


def held_level(doc: Doc, statement: Statement, level: FactoryLevel) -> Match:
    """The claim that a level is held, with what belongs to it."""
    spans = (statement.field.label_span, level.span) if statement.field else (level.span,)
    return Match(RECOGNITION, level.value, kept(**particulars(doc, statement, level)), Status.ASSERTED, spans)


def kept(**qualifiers: str | None) -> dict[str, str]:
    """Qualifiers, without those that nothing tells."""
    return {name: value for name, value in qualifiers.items() if value}
