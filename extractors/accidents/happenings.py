"""Where a text says that an accident took place: by a verb, a count, a record's own form, or an event without the word.

What nearly happened (险些酿成), what must not happen (一起事故都不能发生) and what befell others' works is told apart here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache

from docproc.extract import Assertion, Clause
from docproc.model import Span, Status
from extractors.accidents.harm import harm_in, nouns_in, persons
from extractors.assertion.named_days import called_by_day, own_lesson
from extractors.context import AssertionContext
from extractors.records.denials import Anchor
from extractors.records.timing import dates_in
from extractors.words.anchored import anchored
from extractors.words.lexicon import alternatives, one_of, patterns, tree_of, words

WORDS = "accident"
_happens_after = re.compile(
    r"[”」）)]?[^，。；]{0,4}?(?:发生(?![后时前率的地情次数概经及与和]|起数|[^，。；]{0,2}情况)|[0-9一二两三四五六七八九十]+(?:起|宗|次|件))"
)
_bounded = re.compile("[^，。；]{0,8}?(?:[≤＜<]|不超过|不高于|不多于|不大于|控制在)")  # 安全事故≤1起: an aim
_named_only = re.compile(
    "的?(?:情况|统计|汇总|台账|一览|记录|起数|次数)(?:表|说明|汇总|统计)?(?:如下|见下表|见附表)?[ ]?(?:[：:。\n]|$)"
)  # 近三年发生事故情况：
_entry_label = re.compile(r"[一二三四五六七八九十\d]{0,2}(?:情况|经过|简况|描述)?[：:]")  # 事故一：2021年4月，…
_record_head = re.compile(r"(?:[ 　|｜]|(?:[（(]?\d{1,2}[）).、．]|[①-⑳]|[●■◆·]))*[^，。；：:|｜\n未无没零0-9是否]{0,8}")
_record_date = re.compile(r"[ 　]*(?:[（(](?P<in>[^（()）\n]{4,16})[）)][ 　]*[：:，|｜]|[|｜][ 　]*(?P<bar>[^|｜\n]{4,16}?)[ 　]*[|｜])")
_record_grade = re.compile("(?:特别重大|重大|较大|一般)(?:事故|事件|级)?[ 　]*(?=[|｜，。；]|$)|已结案|结案|轻伤|受伤")


def happened(text: str, anchor: Anchor) -> bool:
    """Whether the clause says that the accident named here took place."""
    noun, start, end = anchor.noun, anchor.clause.span.start, anchor.clause.span.end
    if _nearly(text, anchor.clause, noun) or patterns(WORDS, "never_to_happen").match(text, noun.end, max(end, noun.end)):
        return False
    if any(cue.role == "double_negation" for cue in anchor.assertion.cues):
        return True
    if _bounded.match(text, noun.end, max(end, noun.end)):
        return False
    if re.match("[^，。；]{0,3}?(?:并非|不是|并不是|非)(?!常)", text[noun.end : max(end, noun.end)]):
        return False
    if _recorded(text, anchor) or called_by_day(text, anchor.clause.span.start, noun, anchor.clause.sentence.end):
        return True
    if own_lesson(text, start, noun, end):
        return True
    dated = bool(dates_in(text, anchor.clause.sentence.start, noun.start))
    if not dated and _named_only.match(text, noun.end):
        return False
    verbs = one_of(WORDS, "happened").finditer(text, start, noun.start)
    affirmed = any(text[verb.start() - 1 : verb.start()] not in tuple("零未没无") for verb in verbs)
    if affirmed or _happens_after.match(text, noun.end, max(end, noun.end)):
        return True
    before = text[start : noun.start]
    if not dated and patterns(WORDS, "taught").search(before):
        return False
    if re.search(r"[0-9一二两三四五六七八九十](?:起|宗|次|件)[^，。；、]{0,16}$", before):
        return True
    if dated and re.search(r"[的之]|那[起次宗]|该[起次]", before):
        return True
    if dated and _alone(text, anchor):
        return True
    behind = text[noun.end : anchor.clause.sentence.end]
    hurt = behind.startswith(("，", ",")) and harm_in(behind, 0, len(behind)).stated
    if dated and hurt:
        return True
    return dated and re.match(rf"[^，。；]{{0,6}}[，]?(?:{one_of(WORDS, 'hurting').pattern})", behind) is not None


def _recorded(text: str, anchor: Anchor) -> bool:
    """火灾事故（2021-03-09）：无伤亡；直接经济损失…, 突发环境事件｜2023年4月9日｜一般｜…: a name, its date, and what came of it."""
    line = text.rfind("\n", 0, anchor.noun.start) + 1
    end = text.find("\n", anchor.noun.end)
    end = len(text) if end < 0 else end
    if not _record_head.fullmatch(text, line, anchor.noun.start):
        return False
    behind = _record_date.match(text, anchor.noun.end, end)
    if behind is None or not dates_in(text, *behind.span(behind.lastgroup or "in")):
        return False
    return harm_in(text, behind.end(), end).stated or bool(_record_grade.search(text, behind.end(), end))


def _nearly(text: str, clause: Clause, place: Span) -> bool:
    """险些酿成火灾, 机械伤害事故（未遂）: it nearly happened."""
    if one_of(WORDS, "near_misses").search(text, clause.span.start, place.start):
        return True
    return patterns(WORDS, "near_misses_behind").match(text, place.end, max(clause.span.end, place.end)) is not None


def _alone(text: str, anchor: Anchor) -> bool:
    """2020年4月2日，球磨车间事故，性质：…; 废酸罐泄漏，突发环境事件，…: a dated line whose clause is the accident and no more."""
    clause, noun = anchor.clause, anchor.noun
    if not re.compile(r"[，：:；]|$").match(text, noun.end) or text[clause.span.start : noun.start].strip().startswith(tuple("未无没非防")):
        return False
    sited = one_of(WORDS, "works").search(text, clause.span.start, noun.start) is not None
    if len(text[clause.span.start : noun.start].strip()) > 10 or one_of(WORDS, "topical").search(text, clause.sentence.start, noun.start):
        return False
    evented = event_pattern().search(text, clause.sentence.start, clause.span.start) is not None
    line_end = text.find("\n", noun.end)
    told = harm_in(text, noun.end, len(text) if line_end < 0 else line_end).stated
    return (sited or evented) and told


def wordless(
    context: AssertionContext, taken: Sequence[Span], anchored: Sequence[Anchor] = (), denied: Collection[Span] = frozenset()
) -> Iterator[Anchor]:
    """Accidents without the word: an event (中毒, 触电) that happened, or persons dead or seriously injured.

    A date, the firm's own works as the place, a verb of happening or figures of harm make it a fact. A word for accidents in the same
    sentence speaks for itself, unless that is denied (中毒，3人死亡，此后未再发生事故) or is the event's own (厂区爆炸).
    """
    text = context.text
    known = {anchor.noun for anchor in anchored}
    reached = -1
    for match in _events(text):
        place = Span(*match.span())
        clause = context.clause_at(place.start)
        if clause.sentence.start < reached or any(span.start <= place.start < span.end for span in taken):
            continue
        if not _took_place(text, clause, place):
            continue
        if any(_speaks_for_itself(text, noun, place, known, denied) for noun in nouns_in(text, *clause.sentence)):
            continue
        assertion = on_site(context, clause, place, context.assertion(place.start, place.end))
        if assertion.negated or assertion.status is not Status.ASSERTED:
            continue
        reached = clause.sentence.end
        yield Anchor(place, clause, assertion)


def _took_place(text: str, clause: Clause, place: Span) -> bool:
    """Whether an event is told as a fact: persons came to harm, or it is what the clause says and has a date, or a place and a loss."""
    dated = bool(dates_in(text, clause.sentence.start, clause.span.end))
    sited = one_of(WORDS, "works").search(text, clause.sentence.start, place.start) is not None
    verb = one_of(WORDS, "verbs").search(text, clause.span.start, place.start)
    if _nearly(text, clause, place) or one_of(WORDS, "natural").search(text, clause.sentence.start, place.start):
        return False
    if any(persons(text, *clause.sentence, key) for key in ("deaths", "injuries")):
        return dated or sited or verb is not None
    if dated and verb and place.start - verb.end() <= 8:
        return True
    if text[place.start : place.end] in words(WORDS, "harm_events") or not _says(text, clause, place):
        return False
    return dated or (sited and harm_in(text, place.end, clause.sentence.end).stated)


def _says(text: str, clause: Clause, place: Span) -> bool:
    """Whether the event is its clause's predicate (成品库起火，…) and no topic (防坠落改造, 触电、中毒应急预案)."""
    if one_of(WORDS, "topical").search(text, clause.span.start, place.start):
        return False
    return _event_tail().match(text, place.end) is not None


def _speaks_for_itself(text: str, noun: Span, place: Span, known: Collection[Span], denied: Collection[Span]) -> bool:
    if noun in known:
        return True
    if (
        noun in denied
        or (noun.start < place.end and place.start < noun.end)
        or falls_short().search(text[max(0, noun.start - 20) : noun.start])
    ):
        return False
    return not _entry_label.match(text, noun.end)


@cache
def falls_short() -> re.Pattern[str]:
    """未构成较大事故: what the event did not amount to."""
    return re.compile(rf"[未不没](?:有)?(?:{alternatives(words('context', 'amounts_to'))})[^，。；\n]{{0,12}}\Z")


def on_site(context: AssertionContext, clause: Clause, place: Span, assertion: Assertion) -> Assertion:
    """外包单位人员在公司铸造车间…中毒: what befalls another's workers in the applicant's works is the applicant's accident."""
    if assertion.status is not Status.THIRD_PARTY or assertion.negated:
        return assertion
    for worker in _workers().finditer(context.text, clause.sentence.start, place.start):
        if context.speakers.own(worker.start("site"), worker.end()) and not worker["site"].startswith(("其", "自有", "自己", "该")):
            return replace(assertion, status=Status.ASSERTED)
    return assertion


@cache
def _workers() -> re.Pattern[str]:
    others, works = alternatives(words("context", "others")), alternatives(words(WORDS, "works"))
    return re.compile(
        rf"(?:{others})(?:的)?[一-龥]{{0,4}}?(?:人员|员工|工人|职工|民工|工|人)[^。；\n]{{0,16}}?(?:在|于|进入)(?P<site>[^，。；\n]{{1,16}}?(?:{works}))"
    )


@cache
def _event_tail() -> re.Pattern[str]:
    return re.compile(rf"(?:事件)?(?:$|[，。；！\n\t（(]|{alternatives(words(WORDS, 'event_tails'))})")


@cache
def event_pattern() -> re.Pattern[str]:
    return re.compile(tree_of(words(WORDS, "events")))


def _events(text: str) -> Iterator[re.Match[str]]:
    return anchored(event_pattern().pattern).finditer(text)
