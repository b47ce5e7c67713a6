"""Words that tell of no fact yet: a condition, an exercise or a lesson, a pledge, a plan."""

from __future__ import annotations

import re

from docproc.extract import Clause, CueSpan
from docproc.model import Span
from extractors.assertion.ground import WORDS, Cues, Ground, Place
from extractors.assertion.named_days import own_lesson
from extractors.words import shapes
from extractors.words.lexicon import one_of, words

# 如发生…，但…; 如发生过…，请说明：…: what stands behind the prompt answers it
_TURNED = re.compile(r"[，](?:但|惟|不过|然而|而)|请[^，。；：]{0,8}(?:说明|注明|列明|填写|列出|简述)[^，。；：]{0,6}[：:]")
_US = re.compile("(?:[我本该贵](?:公司|企业|单位|厂|司|集团)|公司|企业|申报(?:单位|企业|主体))")
_NOT_FOUND = re.compile("(?:未|没有|没|无)(?:能)?(?:[查检搜寻][一-龥]{0,2}到|发现|见|查见|收到|检出|查获)(?:有|任何|过)?[^，。；]{0,8}$")
_WHATEVER = re.compile("[不无]论|不管|任凭|任由")
_CONCEDED = re.compile(
    "(?:当[年月季]|本[年月季]|某[年月季]|(?:最?近|过去)[一二两三四五六七八九十\\d]+年(?:内|来)?|公司|企业|单位|班组|车间)*(?:均|都|从|并|暂)?(?:[未没无]|不曾)"
)
_BY_NOW = re.compile("(?:已经?|至今|目前)(?:均|都|完全|基本)?$")


_FAILED = re.compile(r"(?:未能|没能|无法|未有效|没有有效|未完全|未及时)[一-龥]{0,3}\Z")  # 未能完全避免: nobody's pledge


def conditional(ground: Ground, place: Place) -> Cues:
    """如发生…: a condition governs what follows it in its sentence, up to a 但."""
    if "condition" not in place.signs:
        return ()
    sentence = place.clause.sentence
    cues = tuple(cue for cue in ground.cues("condition", sentence.start, place.start) if not _all_the_same(ground, place, cue))
    if cues and shapes.refuted().search(ground.text, place.start, sentence.end):
        return ()
    turned = _TURNED.search(ground.text[cues[-1].span.end : place.start]) if cues else None
    return () if turned else cues[-1:]


def _all_the_same(ground: Ground, place: Place, cue: CueSpan) -> bool:
    """无论何种情形，均未发生…, 即使在高产期，也未发生…: what is denied whatever the case may be is no case itself.

    即便未发生事故，也应…: what is granted for argument's sake is one, where the denial is the concession's own.
    """
    word, own = ground.word(cue), cue.span.start >= place.clause.span.start
    if word.startswith("无论"):
        return place.negated and not own
    if word == "如" and ground.text.startswith("何", cue.span.end):  # 不论产量如何变化
        return place.negated and _WHATEVER.search(ground.text, place.clause.sentence.start, cue.span.start) is not None
    if word in words(WORDS, "conceding"):
        return not (own and place.negated and _CONCEDED.match(ground.text, cue.span.end, place.start))
    return False


def exercise(ground: Ground, place: Place) -> Cues:
    """A drill, a training, a lesson drawn: what is talked of there did not happen."""
    if place.negated:
        return ()
    clause = place.clause
    cues: Cues = ()
    if "exercise" in place.signs:
        tail = shapes.lesson().match(ground.text, place.end, clause.span.end)
        if tail and own_lesson(ground.text, clause.span.start, Span(place.start, place.end), clause.span.end):
            return ()
        if tail:
            return (CueSpan("exercise", Span(*tail.span(1))),)
        cues = ground.cues("exercise", clause.span.start, clause.span.end)[:1]
    found = cues or ground.headed(clause, "exercise_headings", None)
    return () if found and ground.speakers.strong_own(clause.span.start, place.start) else found


def _in_title(text: str, start: int, position: int) -> bool:
    """《关于同意…结案的批复》: what a paper's title says is nobody's pledge."""
    opened = text.rfind("《", start, position)
    return opened >= 0 and text.find("》", opened, position) < 0


def pledged(ground: Ground, place: Place) -> Cues:
    """A pledge about the future. One that declares the past (承诺：近三年未发生 …) is a declaration."""
    denials, text = place.denials, ground.text
    if not denials and "promise" not in place.signs:
        return ()
    if any(cue.role == "double_negation" for cue in denials):  # 没有一年不发生
        return ()
    cues = [
        cue
        for cue in ground.cues("promise", place.clause.sentence.start, place.start)
        if cue.span.end <= place.start
        and not _FAILED.search(text, max(0, cue.span.start - 6), cue.span.start)
        and not _in_title(text, place.clause.sentence.start, cue.span.start)
    ]
    negation = ground.word(denials[-1]) if denials else ""
    if not cues:  # 年度内不发生…: what does not happen is no report of what did not; 不再属于… tells the present
        start, end = denials[-1].span if denials else place.clause.span
        told = negation == "不再" and (
            re.match("属于?|是|为|具备|具有|符合|在|享", text[end : place.start + 1])
            or _BY_NOW.search(text, place.clause.span.start, max(start, place.clause.span.start))  # 公司已不再发生此类事故
        )
        return denials[-1:] if negation in words(WORDS, "future_denials") and not told else ()
    last = cues[-1]
    declares = bool(one_of(WORDS, "past").search(text[last.span.end : place.start]) or re.search("[未没]|不属|不存在|不是", negation))
    if (declares or _past_lead(text, place.clause, cues[0].span.start)) and not re.search("不再|绝不|决不", negation):
        return ()
    soft = ground.word(last) in words(WORDS, "declaring")
    return () if soft and negation and not shapes.future_negation().match(negation) else (last,)


def _past_lead(text: str, clause: Clause, position: int) -> bool:
    return bool(one_of(WORDS, "past_period").search(text, clause.sentence.start, position))


def planned(ground: Ground, place: Place) -> Cues:
    """A plan, an aim or a target, unless the text says that it was reached or turns to what is."""
    clause, start, text = place.clause, place.start, ground.text
    if "plan" in place.signs:
        target = shapes.target_tail().match(text, place.end, clause.span.end)
        if target:
            return () if _achieved(text, place) else (CueSpan("plan", Span(*target.span(1))),)
        cues = [cue for cue in ground.cues("plan", clause.sentence.start, start) if not _takes_object(ground, cue)]
        if cues:
            last = cues[-1].span
            missed = shapes.missed_aim().search(text, clause.sentence.start, start)  # 未能实现零事故目标，5月发生1起
            told = last.end <= clause.span.start and shapes.counted_event().search(text, clause.span.start, place.end)
            return () if missed or told or one_of(WORDS, "settled").search(text[last.end : start]) else (cues[-1],)
    headed = ground.headed(clause, "plan_headings", "not_plan_headings")
    spoken = max(clause.sentence.start, text.rfind("：", clause.sentence.start, start) + 1)  # 我们的口号：零事故
    if not headed or ground.speakers.strong_own(spoken, start):
        return ()
    return () if one_of(WORDS, "past").search(text, clause.sentence.start, start) else headed


def _achieved(text: str, place: Place) -> bool:
    """实现了零事故目标: an aim that was reached; 力争实现… is still one."""
    achieved = one_of(WORDS, "achieved").search(text, place.clause.span.start, place.start)
    if achieved is None:
        return False
    return one_of(WORDS, "striving").search(text, place.clause.span.start, achieved.start()) is None


def _takes_object(ground: Ground, cue: CueSpan) -> bool:
    """法院于2024年1月将我公司列为…: 将 takes an object behind an authority that acts, and tells no future."""
    if ground.word(cue) != "将" or not shapes.takes_object().match(ground.text, cue.span.start):
        return False
    before = ground.text[ground.segments.clause_at(cue.span.start).span.start : cue.span.start]
    if _NOT_FOUND.search(before) and _US.match(ground.text, cue.span.end):  # 未查到将我公司纳入…的信息: what nobody has done
        return True
    return re.search("[局院厅委部队关署府会]|部门|机关|中心", before) is not None
