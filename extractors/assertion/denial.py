"""Whether words are denied, and by which cues.

A denial governs its own clause and what is coordinated with it; a list's lead-in governs the items below. A denial of a denial asserts,
one inside a modifier of the words (未取得许可的…) says nothing of them (`void`).
"""

from __future__ import annotations

import re

from docproc.extract import Clause, CueSpan
from docproc.model import Span
from extractors.assertion.ground import WORDS, Cues, Ground, Place
from extractors.words import shapes
from extractors.words.lexicon import one_of, words

_box = re.compile("[□☐▢◻⬜☑☒■√✓✔▣✅]")
_next_option = re.compile(rf"{_box.pattern}|[ 　；;，,、][ 　]*(?:[A-Ha-h]|[1-8])[.．、)）]|[①-⑧]")
NEAR = 8  # code points between a denial behind a noun and the noun
OUTER = 10  # code points between a denial of a denial and the denial


# Denials that stand inside a modifier of a noun: 未报告的事故, 尚未结案的事故.
_MODIFYING = frozenset(("未", "没", "非", "不", "尚未", "未能", "没能", "未予", "暂未", "迄未"))
# 该事故并没有被隐瞒: the verb behind is denied, not the noun before.
_LINK = re.compile("的|之(?![前后一间内外中时])")
_OF_A_VERB = ("没有", "不存在")
_COMPARED = re.compile("一致|相符|不符|矛盾|有出入|相悖|核对|比对|对照")
_TELLS = re.compile("[答回]|表示")
_ANSWERS = frozenset(("无", "没有"))
_MAY_DENY = frozenset(("denial", "answered", "prompt"))  # a no, an answer that is told, a question: signs of them in the sentence
_GOES_ON = re.compile(
    "被|因|影响|隐瞒|得到|引起|波及|扩大|妨碍|耽误|阻碍|人[死伤亡受]|(?:任何)?(?:人员|员工|职工|工人)|人员?[死伤]|死|伤|致|造成|导致|引发|烧|炸|污染|流|外|扩散|蔓延|漏|"
    "上报|报告|报备|报出|瞒|停|增|减|下降|上升|反复|处理|整改|结案|赔|保险|报案|立案|走|惊动|次生"
)
# 事故未发生人员伤亡: the harm is denied, which the accident's own denial never names
_HARM_DENIED = re.compile("(?:任何)?(?:人员|员工|职工|工人|人身|次生|二次|衍生)(?:的)?(?:伤亡|死亡|重伤|受伤|损失|灾害|事件|污染)?(?!事故)")
# 未能完全避免事故: what was not prevented took place.
_NOT_PREVENTED = re.compile("(?:有效|完全|彻底|及时|成功|很好)?地?(?:避免|杜绝|防止|防范|遏制|阻止|预防)")
_FAILED = frozenset(("未能", "没能", "未", "没有", "未曾"))
_DENIED_VERB = re.compile(
    r"(?<!不是|并非|不能|不会|岂能)(?:未|没有|没|不)(?:曾|再)?(?:发生|出现|存在|受到|受过|(?:被)?列入)(?:过)?[：:][ 　]*\Z"
)
_OBJECT = re.compile("事故|事件|火灾|污染|处罚|名单|名录")  # 环保事故未发生：…
_COORDINATED = re.compile("、(?:且|并|亦|也|均|同时)*$")  # 不存在行政处罚、未列入失信名单: the next denial of a list
_NOT_ALL = re.compile("(?:是)?(?:所有|每|全部|各)")
_STATE = re.compile("(?:尚在|仍在|正在|还在|尚待|有待|正待)[^，。；]{1,12}?的")


def denial(ground: Ground, place: Place) -> tuple[bool, Cues]:
    """Whether the words are denied, with the cues."""
    clause = place.clause
    if clause.lead is None and _MAY_DENY.isdisjoint(place.signs) and shapes.bare_zero().match(ground.text, place.end) is None:
        return False, ()
    here: Cues = ()
    after = None
    if "denial" in place.signs:
        here = _before(ground, clause.span.start, place.start)
        after = one_of(WORDS, "denial_after").search(ground.text, place.end, clause.span.end)
    if after is None and (reported := reported_answer(ground.text, clause, place.start, place.end)) is not None and not here:
        return True, (CueSpan("negation", reported),)
    after = after or shapes.bare_zero().match(ground.text, place.end)
    if here and after and all(ground.word(cue) in words(WORDS, "denies_all") for cue in here):
        return _polarity_after(ground, place, CueSpan("negation", Span(*after.span())))
    if here:
        return _polarity(ground, here, clause.span.start, place.start)
    if after and _denies(ground.text, place.end, after):
        return _polarity_after(ground, place, CueSpan("negation", Span(*after.span())))
    answered = answer(ground.text, clause)
    if answered is not None:
        return shapes.is_no(ground.text[answered.start : answered.end]), (CueSpan("negation", answered),)
    inherited = _inherited(ground, place)
    return (True, inherited) if inherited else (False, ())


def answer(text: str, clause: Clause) -> Span | None:
    """The answer to a question: 发生过事故吗？没有。"""
    if text[clause.sentence.end - 1 : clause.sentence.end] not in ("？", "?"):
        return None
    if not shapes.yes_no().search(text, *clause.sentence):
        return None
    found = shapes.yes_or_no().match(text, clause.sentence.end)
    return Span(*found.span(1)) if found else None


def reported_answer(text: str, clause: Clause, start: int, end: int) -> Span | None:
    """The no of an answer that is told: 问及有无事故，公司答复：没有; 环保事故一栏仍为“无”."""
    stop = clause.sentence.end
    if "栏" in text[end : end + 12]:
        found = shapes.phrase("column_says_no").match(text, end, stop)
        if found is not None:
            return Span(*found.span("no"))
    if not _TELLS.search(text, end, stop):
        return None
    told = shapes.phrase("reported_no").match(text, end, stop)
    asked = shapes.phrase("asked_about").search(text, clause.sentence.start, start) if told else None
    return Span(*told.span("no")) if told and asked else None


def _denies(text: str, end: int, after: re.Match[str]) -> bool:
    """A denial close behind its noun; a bare 零 only where its word ends (零起 but not 零容忍); ≤0起 is aimed at."""
    between = text[end : after.start()]
    if _next_option.search(between):  # A.发生过安全事故 B.未发生
        return False
    if after.group().endswith(_OF_A_VERB) and _GOES_ON.match(text, after.end()):
        return False
    if _HARM_DENIED.match(text, after.end()):
        return False
    bare = after.group() == "零" and re.match(r"[”」』\"’]?[一-龥]", text[after.end() : after.end() + 2])
    return len(between) <= NEAR and not re.search("[的之]|[≤＜<]|不超过|不高于|不多于|不大于|小于|控制在", between) and not bare


def _before(ground: Ground, start: int, end: int) -> Cues:
    return tuple(cue for cue in ground.cues("negation", start, end) if cue.span.end <= end and _governs(ground, cue, end))


def _governs(ground: Ground, cue: CueSpan, position: int) -> bool:
    """未取得许可的…: a verb with 的 between the cue and the place is a modifier, unless the cue's verb takes the place as object."""
    between = ground.text[cue.span.end : position]
    word = ground.word(cue)
    if word == "零":  # 零事故 denies its own word only
        return len(between) <= NEAR and "、" not in between
    if between[:1] == "、" and word in _ANSWERS:  # 安全事故无、环境事件无: what stands before it
        return False
    if _box.search(between):  # □未发生事故 ☑发生一般事故1起: each box has its own words
        return False
    if shapes.quoted_instead().search(between):  # “未发生…”应更正为“2023年发生…”: the second quotation is not denied
        return False
    if not _LINK.search(between) or word not in _MODIFYING:
        return True
    return between.startswith(words(WORDS, "object_verbs"))


def _polarity(ground: Ground, cues: Cues, start: int, position: int) -> tuple[bool, Cues]:
    last = cues[-1]
    outer = [
        cue
        for cue in ground.cues("denial_of_denial", start, last.span.start)
        if cue.span.end <= last.span.start <= cue.span.end + OUTER
        and not re.search("[，。；]", ground.text[cue.span.end : last.span.start])
        and not (ground.word(cue) not in words(WORDS, "denies_all") and _COORDINATED.search(ground.text[cue.span.end : last.span.start]))
    ]
    double = [CueSpan("double_negation", cue.span) for cue in outer]
    if not double:
        double = [
            CueSpan("double_negation", cue.span)
            for cue in ground.cues("denial_of_denial", start, position)
            if cue.span.start <= last.span.start and cue.span.end >= last.span.end and cue.span != last.span  # 未能杜绝
        ]
    if not double:
        double = [
            CueSpan("double_negation", cue.span)
            for cue in cues
            if ground.word(cue) in _FAILED and _NOT_PREVENTED.match(ground.text, cue.span.end, position)
        ]
    refuted = shapes.refuted().search(ground.text, position, ground.segments.clause_at(start).sentence.end)
    if refuted and not double:  # 如果说我们没有发生过火灾，那是不符合事实的
        return False, (CueSpan("double_negation", Span(*refuted.span())), *cues)
    if any(_NOT_ALL.match(ground.text, cue.span.end) for cue in double):  # 并非所有企业都未发生…: some did, nobody says who
        return False, (CueSpan("void", double[0].span), *cues)
    modified = _loose(ground, start, position)
    state = _STATE.search(ground.text, last.span.end, position) if modified is None else None
    if state:  # 没有尚在调查的事故 says nothing of those that are closed
        return False, (CueSpan("void", Span(*state.span())), *cues)
    if modified:
        return False, (CueSpan("void", modified.span), *cues)
    if double:
        return False, (*double, *cues)
    return True, cues


def _polarity_after(ground: Ground, place: Place, cue: CueSpan) -> tuple[bool, Cues]:
    """A denial behind its noun, unless what stands before the noun denies the whole: 并非一起事故都没有."""
    before = ground.cues("denial_of_denial", place.clause.span.start, place.start)
    outer = [each for each in before if ground.word(each) in words(WORDS, "denies_all")]
    return (False, (CueSpan("double_negation", outer[-1].span), cue)) if outer else (True, (cue,))


def _loose(ground: Ground, start: int, position: int) -> CueSpan | None:
    """A denial inside a modifier of the place, below an outer denial: 不存在未报告的事故."""
    everything = [cue for cue in ground.cues("negation", start, position) if cue.span.end <= position]
    inner = [cue for cue in everything if not _governs(ground, cue, position)]
    outer = [cue for cue in everything if cue not in inner]
    return inner[-1] if inner and outer and outer[0].span.start < inner[-1].span.start else None


def _inherited(ground: Ground, place: Place) -> Cues:
    """What the clause before denies, where this one goes on with its list; what a list's lead-in denies of its items."""
    clause, text = place.clause, ground.text
    before = ground.segments.before(clause) if "denial" in place.signs else None
    if before is not None:
        pointing = one_of(WORDS, "points_on").search(text, *before.span)
        goes_on = text[clause.span.start : clause.span.end].lstrip().startswith(words(WORDS, "goes_on"))
        goes_on = goes_on and not _COMPARED.search(text, *clause.span)  # …，与公示的处罚记录不一致
        if goes_on or (pointing and text[before.span.end - 1] in "：:") or _leads_in(text, before.span):
            return _before(ground, *before.span)
    if clause.lead is not None and (one_of(WORDS, "points_on").search(text, *clause.lead) or _leads_in(text, clause.lead)):
        return _before(ground, *clause.lead)
    return ()


def _leads_in(text: str, lead: Span) -> bool:
    """近三年未发生：安全事故；环境事故: a denied verb before the colon, whose object stands behind it."""
    return _DENIED_VERB.search(text, *lead) is not None and _OBJECT.search(text, *lead) is None
