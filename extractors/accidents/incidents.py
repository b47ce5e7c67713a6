"""Accidents that a running text admits: one `Incident` for each, with its place, date, kinds, grade, harm and count.

An incident begins where a clause says that one happened (发生一起…, 被认定为…, or harm without the word: 中毒，造成3人死亡). What the text
goes on to say in the same paragraph belongs to it, up to the next incident or denial. Two clauses are one incident unless both
have a date and the dates differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise

from docproc.extract import Clause, CueSpan
from docproc.model import Span, Status
from docproc.text.dates import DateMention
from docproc.text.numerals import parse_number
from extractors.accidents.happenings import event_pattern, falls_short
from extractors.accidents.harm import GRADES, Harm, count_in, grades_in, harm_in, kinds_in, merged_kinds, nouns_in, persons
from extractors.accidents.verdicts import settled_grade
from extractors.assertion.named_days import with_day, with_month
from extractors.context import AssertionContext
from extractors.records.denials import Anchor
from extractors.records.timing import dates_in, time_in, years_apart
from extractors.words import shapes
from extractors.words.lexicon import alternatives, one_of, patterns, words

WORDS = "accident"
_counted_item = re.compile(r"(?:[0-9]{1,3}|[一二两三四五六七八九十]{1,2})(?:起|宗|次|件)(?:、|和|及|以及|与)")
_further_item = re.compile(r"(?:、|和|及|以及|与)(?=(?:[0-9]{1,3}|[零一二两三四五六七八九十]{1,2})[ ]?(?:起|宗|次|件))")
_number = r"[0-9]{1,3}|[零一二两三四五六七八九十]{1,3}"
_count_behind = re.compile(rf"(?:{_number})(?:起|宗|次|件)")
# 轻微火情，…，未构成火灾事故: of no grade, so none at all
_amounted_to_none = re.compile(
    r"(?:未|不|没有|并未)(?:构成|形成|酿成|属于?)(?:任何|一起)?(?:等级)?(?:火灾|生产安全|安全|环境|突发环境|质量|责任)?(?:事故|事件)(?!等级|隐患)"
)
_tally = re.compile(
    r"[，；、](?P<date>(?:19|20)\d\d年(?:\d{1,2}月)?)(?:度|全年)?(?:又|再|共|也|另)?(?:发生|出现)?(?:了)?"
    rf"(?P<number>{_number})(?:起|宗|次|件)(?=[，。；、\n]|$)"
)
_denial = re.compile("未(?!经)|没有|无(?!组织)|不(?!达标|合格|明|当|慎)")
# 上述两起, 该三起: accidents counted as the ones that were told of
_pointing_back = re.compile(
    r"(?:(?:上述|以上|前述|上列|前列|前面|所述|上面)(?:的|这|提到的|所列)?(?:[0-9]{1,2}|[一二两三四五六七八九十])|[该这此](?:[2-9]|[二两三四五六七八九十]))(?:起|宗|次|件)"
)
REACH = 400  # code points behind an incident's words in which its harm may be told


@dataclass(frozen=True, slots=True)
class Incident:
    """One accident as told. `region` is where its details stand."""

    place: Span
    region: Span
    status: Status
    date: DateMention | None = None
    kinds: tuple[str, ...] = ()
    grade: str | None = None
    harm: Harm = field(default_factory=Harm)
    count: int | None = None
    years: int | None = None
    cues: tuple[CueSpan, ...] = ()


def incidents(context: AssertionContext, anchors: Sequence[Anchor], barriers: Sequence[Span]) -> list[Incident]:
    """The incidents told by these anchors, in order. `barriers` are denials, at which an incident's details end."""
    text = context.text
    told: list[Incident] = []
    starts = sorted({anchor.clause.span.start for anchor in anchors} | {barrier.start for barrier in barriers})
    previous: Anchor | None = None
    for anchor in anchors:
        if _amounted_to_none.search(text, anchor.noun.end, max(anchor.clause.sentence.end, anchor.noun.end)):
            previous = anchor
            continue
        line_end = text.find("\n", anchor.noun.end)
        line_end = len(text) if line_end < 0 else line_end
        stop = min([line_end, anchor.noun.end + REACH, *(start for start in starts if start > anchor.noun.start)])
        floor = max([anchor.clause.sentence.start, *(barrier.end for barrier in barriers if barrier.end <= anchor.clause.span.start)])
        listed = _listed_after(text, previous, anchor)
        first = previous is None or previous.clause.sentence != anchor.clause.sentence
        previous = anchor
        incident = _told(text, anchor, Span(floor, max(stop, anchor.noun.end)), listed, first)
        if _at_large(context, anchor) or _elsewhere(context, anchor):
            incident = replace(incident, status=Status.THIRD_PARTY)
        if told and _same(text, told[-1], incident):
            told[-1] = _joined(text, told[-1], incident)
        elif _pointed_to(text, incident, bool(told or barriers)):
            continue
        elif _specific(text, anchor, incident) and not any(cue.role == "exercise" for cue in incident.cues):
            told.append(incident)
    return [each for incident in told for each in (*_one_a_date(text, incident), *_elided(text, incident))]


def _pointed_to(text: str, incident: Incident, told: bool) -> bool:
    """上述两起事故均未造成伤亡: words that point back at accidents tell of no further ones, and of none that nobody told of before.

    Where the text has told of nothing (`told`), the dead and injured of such words still stand for an accident.
    """
    if incident.date is not None or not _pointing_back.search(text[max(0, incident.place.start - 8) : incident.place.end]):
        return False
    return told or not (incident.harm.deaths or incident.harm.serious_injuries)


def _elided(text: str, incident: Incident) -> Iterator[Incident]:
    """2021年发生质量事故2起，2022年1起: counts of the same thing by the years that follow."""
    if incident.count is None or incident.status is not Status.ASSERTED:
        return
    counted = _count_behind.match(text, incident.place.end)
    position = counted.end() if counted else incident.place.end
    while (found := _tally.match(text, position)) is not None:
        date = next(iter(dates_in(text, *found.span("date"))), None)
        number = parse_number(found["number"])
        position = found.end()
        if date is not None and number:
            place = Span(found.start("date"), found.end())
            yield Incident(place, place, incident.status, date, incident.kinds, incident.grade, count=int(number), cues=incident.cues)


def _at_large(context: AssertionContext, anchor: Anchor) -> bool:
    """据通报，2024年全国共发生…: the country's or the trade's accidents."""
    start = anchor.clause.sentence.start
    named = one_of(WORDS, "at_large").search(context.text, start, anchor.noun.start)
    told = context.text[start : anchor.noun.start]  # a bare 企业 is anybody's: 全国粉尘涉爆企业
    return named is not None and not context.speakers.strong_own(start, anchor.noun.start) and not re.search("公司|[我本]厂", told)


def _elsewhere(context: AssertionContext, anchor: Anchor) -> bool:
    """同型号锅炉在外省发生爆炸: what befell others, where the clause has no subject that is the applicant or its people."""
    start = anchor.clause.span.start
    placed = patterns(WORDS, "elsewhere").search(context.text, start, anchor.noun.start)
    if placed is None or context.speakers.own(start, placed.start()):
        return False
    return one_of(WORDS, "own_people").search(context.text, start, placed.start()) is None


def _one_a_date(text: str, incident: Incident) -> list[Incident]:
    """2022年5月和2023年9月分别发生一起…: as many accidents as dates; a total count (共两起) is shared out where it fits."""
    if incident.date is None:
        start = max(text.rfind(mark, 0, incident.place.start) for mark in "\n。；") + 1
        years = years_apart(text, start, incident.place.end)
        each = 1 if incident.count == len(years) else incident.count
        return [replace(incident, date=year, count=each) for year in years] or [incident]
    start = max(text.rfind(mark, 0, incident.date.span.start) for mark in "\n。；，") + 1
    dates = dates_in(text, start, incident.date.span.end)
    linked = all(re.fullmatch("和|与|、|及|以及|，", text[a.span.end : b.span.start]) for a, b in pairwise(dates))
    behind = text[incident.date.span.end : incident.place.end]
    apart = re.search("分别|各|先后|均", behind)
    if len(dates) < 2 or not linked or not apart:
        return [incident]
    count = 1 if incident.count in (None, 1, len(dates)) else incident.count
    return [replace(incident, date=date, count=count if incident.count is not None else None) for date in dates]


def _listed_after(text: str, previous: Anchor | None, anchor: Anchor) -> int | None:
    """Where the second of a list begins that counts each: 质量事故两起、网络安全事件一起."""
    if previous is None or previous.clause.span != anchor.clause.span:
        return None
    between = _counted_item.search(text, previous.noun.end, anchor.noun.start)
    return between.end() if between else None


def _told(text: str, anchor: Anchor, region: Span, listed: int | None, first: bool) -> Incident:
    clause, noun = anchor.clause, anchor.noun
    phrase = noun_phrase(text, clause, noun) if listed is None else Span(listed, noun.end)
    earlier = [*_counted_item.finditer(text, *phrase)]  # 较大及以上安全事故0起、一般安全事故2起
    if earlier and any(True for _ in nouns_in(text, phrase.start, earlier[-1].start())):
        phrase = Span(earlier[-1].end(), noun.end)
    further = [*_further_item.finditer(text, *phrase)]  # 0起较大生产安全事故、1起一般质量事故
    if further and any(True for _ in nouns_in(text, phrase.start, further[-1].start())):
        phrase = Span(further[-1].end(), noun.end)
    kinds = kinds_in(text, *phrase) or kinds_in(text, clause.span.start, noun.end)
    date = _date(text, clause, noun, region)
    if date is not None:
        date = with_month(text, date, region.end)
    if not kinds:  # 两名司炉工被烫伤，定性为一般事故: the event names the kind
        events = event_pattern().finditer(text, region.start, noun.end)
        kinds = [named for event in events for named in kinds_in(text, *event.span())]
    if not kinds and _soiled(text, region):
        kinds = [(noun, ("environment",))]  # 发生物料泄漏，造成河道水体污染: what it did names the kind
    if not kinds and persons_hurt(text, region) and next(nouns_in(text, *noun), None) is None:  # a vessel bursts: an accident at work
        kinds = [(noun, ("safety",))]
    if not kinds and clause.heading:  # 三、安全：…2021年4月有一起一般事故
        label = clause.heading.rsplit(" / ", 1)[-1]
        line = text[text.rfind("\n", 0, clause.span.start) + 1 : clause.span.start]
        kinds = kinds_in(label, 0, len(label)) if len(label) <= 12 and label in line else []
    bracket = max(text.rfind(mark, clause.span.start, noun.start) for mark in "（(")
    inside = bracket >= 0 and not re.search("[）)]", text[bracket : noun.start])
    quoted = shapes.quoted_instead().search(text, clause.span.start, noun.start)  # “近三年未…”应为“2023年发生…”
    years = time_in(text, max(clause.span.start, bracket, quoted.end() if quoted else 0), clause.span.end).years
    if years is None and date is None:
        years = _opening_years(text, clause)
    within = Span(clause.span.start if date is None else min(clause.span.start, date.span.start), region.end)
    if inside:  # 未发生重大事故（2022年发生一般事故1起）: the bracket has its own grade
        within = Span(bracket, region.end)
    harm = harm_in(text, *within)
    if first and not harm.stated:  # 3人死亡，系煤气中毒所致: the harm is told before the event
        harm = harm_in(text, region.start, region.end)
    return Incident(
        place=Span(phrase.start, noun.end),
        region=within,
        status=anchor.assertion.status,
        date=date,
        kinds=tuple(merged_kinds(kinds)),
        grade=settled_grade(text, within, clause.sentence) or _grade(text, phrase, within),
        harm=harm,
        count=_count(text, clause, phrase, noun),
        years=years,
        cues=anchor.assertion.cues,
    )


def _soiled(text: str, region: Span) -> bool:
    """Whether water, soil or air came to harm; 未造成水体污染 and 水体未受污染 say that it did not."""
    return any(
        not _denial.search(text[max(region.start, found.start() - 6) : found.end()])
        for found in patterns(WORDS, "pollution").finditer(text, region.start, region.end)
    )


def persons_hurt(text: str, region: Span) -> bool:
    return any(persons(text, *region, key) for key in ("deaths", "injuries"))


def _opening_years(text: str, clause: Clause) -> int | None:
    """近三年，公司共发生…: a time that is all its clause holds leads in the next one."""
    opening = re.match(
        r"[^，。；]{0,10}，|[^，。；（(]{0,10}[（(][^，。；）)]{4,16}[）)]，", text[clause.sentence.start : clause.span.start]
    )
    return time_in(text, clause.sentence.start, clause.sentence.start + opening.end()).years if opening else None


def noun_phrase(text: str, clause: Clause, noun: Span) -> Span:
    """From the last verb of happening before the noun (or the clause's start) to the noun's end."""
    found = list(one_of(WORDS, "happened").finditer(text, clause.span.start, noun.start))
    return Span(found[-1].end() if found else clause.span.start, noun.end)


def _date(text: str, clause: Clause, noun: Span, region: Span) -> DateMention | None:
    """The nearest date before the noun in its clause, then before it in the sentence, then the first behind it in the sentence."""
    sentence_end = min(clause.sentence.end, region.end)
    for start, end in ((max(clause.span.start, region.start), noun.start), (region.start, clause.span.start)):
        found = dates_in(text, start, end) if start < end else []
        if found:
            return with_day(text, found[-1], noun)
    behind = dates_in(text, noun.end, sentence_end)
    return behind[0] if behind else _leading_date(text, clause) or _labelled_date(text, clause)


def _labelled_date(text: str, clause: Clause) -> DateMention | None:
    """2022年度：未发生…；发生一般事故1起: the year that labels the line."""
    start = text.rfind("\n", 0, clause.span.start) + 1
    label = re.compile(r"(?P<year>(?:19|20)\d\d)年(?:度|全年)?[：:]").match(text, start, clause.span.start)
    return DateMention(label["year"], Span(*label.span("year")), True) if label else None


def _leading_date(text: str, clause: Clause) -> DateMention | None:
    """2023年，较大事故0起，一般事故1起: a date that is all of its sentence's first clause."""
    opening = re.match(r"在?(?P<date>[^，。；]{4,12}?)(?:度|全年)?，", text[clause.sentence.start : clause.span.start])
    if opening is None:
        return None
    dates = dates_in(text, clause.sentence.start, clause.sentence.start + opening.end())
    return dates[0] if dates and dates[0].span.end - dates[0].span.start == len(opening["date"]) else None


def _grade(text: str, phrase: Span, region: Span) -> str | None:
    """The grade in the noun's phrase, or where the text says what it was found to be; `及以上` names no grade of one accident."""
    near = [(span, grade) for span, grade in grades_in(text, *phrase)]
    judged = [(span, grade) for span, grade in grades_in(text, *region) if _found_as(text, region.start, span)]
    held = [(span, grade) for span, grade in (*judged, *near) if not falls_short().search(text[max(0, span.start - 20) : span.start])]
    behind = re.compile(r"[^，。；\n（(]{0,6}[（(]").match(text, phrase.end)  # 環境事故1件（一般）
    noted = grades_in(text, behind.end(), min(len(text), behind.end() + 6)) if behind else []
    held += [(span, grade) for span, grade in noted if behind and span.start == behind.end()]
    held = [(span, grade) for span, grade in held if not one_of(WORDS, "near_misses").search(text, max(0, span.start - 8), span.start)]
    exact = [grade for span, grade in held if not re.match(r"[（(]?(?:及|或|级|等级)*以上", text[span.end : span.end + 6])]
    return exact[0] if exact else None


def _found_as(text: str, start: int, span: Span) -> bool:
    before = text[max(start, span.start - 10) : span.start]
    if before.endswith(("为", "是", "属", "属于")) and re.match(r"(?:等级|级别|级)(?=[，。；）)\n]|$)", text[span.end : span.end + 3]):
        return True  # 均为一般等级
    return bool(_finding().search(before)) or bool(re.match(r"[^，。；\n]{0,10}(?:事故|事件|火灾)", text[span.end : span.end + 16]))


@cache
def _finding() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(words(WORDS, 'found_as'))})[^，。；]{{0,6}}$")


def _count(text: str, clause: Clause, phrase: Span, noun: Span) -> int | None:
    """1起 between the verb and the noun, or right behind the noun."""
    behind = re.compile(r"[^，。；、\n]{0,8}").match(text, noun.end, max(clause.span.end, noun.end))
    inside = count_in(text, *phrase)
    return inside if inside is not None else count_in(text, noun.end, behind.end() if behind else noun.end)


def _same(text: str, before: Incident, after: Incident) -> bool:
    if before.status is not after.status or "\n" in text[before.place.end : after.place.start]:
        return False
    if before.date is not None and after.date is not None and before.date.iso != after.date.iso:
        return False
    if (
        before.count is not None
        and after.count is not None
        and re.search("[起宗次件](?:、|和|及|以及|与)", text[before.place.end : after.place.end])
    ):
        return False
    if 0 in (before.count, after.count) and before.count != after.count and after.count is not None:
        return False
    if re.search(r"另[^外]|又发生|再次发生|此外", text[before.place.end : after.place.start]) and after.count is not None:
        return False
    apart = before.kinds and after.kinds and not set(before.kinds) & set(after.kinds)
    return not (apart and after.count is not None and before.count is not None)


def _joined(text: str, before: Incident, after: Incident) -> Incident:
    region = Span(before.region.start, max(before.region.end, after.region.end))
    return replace(
        before,
        region=region,
        date=before.date or after.date,
        kinds=before.kinds or after.kinds,
        grade=settled_grade(text, region, region) or before.grade or after.grade,
        harm=Harm(
            after.harm.deaths if before.harm.deaths is None else before.harm.deaths,
            after.harm.serious_injuries if before.harm.serious_injuries is None else before.harm.serious_injuries,
            after.harm.loss if before.harm.loss is None else before.harm.loss,
        ),
        count=after.count if before.count is None else before.count,
        years=after.years if before.years is None else before.years,
        cues=before.cues or after.cues,
    )


def _specific(text: str, anchor: Anchor, incident: Incident) -> bool:
    """Whether the text tells of an accident rather than of accidents: a date, a count, harm, 曾发生过, a doubly denied denial."""
    if any(cue.role == "double_negation" for cue in anchor.assertion.cues):
        return True
    if incident.date is not None or incident.count is not None or incident.harm.stated or incident.years is not None:
        return True
    return bool(one_of(WORDS, "facts").search(text, anchor.clause.span.start, anchor.clause.span.end))


def higher(stated: str | None, derived: str | None) -> str | None:
    """The higher of two grades."""
    grades = [grade for grade in (stated, derived) if grade is not None]
    return max(grades, key=GRADES.index) if grades else None
