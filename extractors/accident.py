"""Claims `accident.record`: that there were no accidents of some kind and grade in some time, or that there was one.

Three sources: forms (prompt and answer), ledgers, running text. Of a denial the kinds, the lowest grade denied and its time are kept;
of an accident its kinds, grade, date, harm and count. Where the figures give a higher grade than the stated one, the higher holds and
`stated_severity` keeps what was stated (国务院令第493号 art. 3; 国办函〔2014〕119号 annex 1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from docproc.extract import Clause, FormField, Match
from docproc.model import Span, Status
from extractors.accidents.briefs import Brief, briefs
from extractors.accidents.happenings import happened, on_site, wordless
from extractors.accidents.harm import (
    Harm,
    count_in,
    derived_grade,
    grades_in,
    harm_in,
    kinds_in,
    lowest,
    merged_kinds,
    nouns_in,
    threshold,
    together,
)
from extractors.accidents.incidents import Incident, higher, incidents
from extractors.accidents.kind_lists import KindAnswer, kind_answers
from extractors.accidents.ledgers import Record, details_below, harm_of, of_details, records
from extractors.accidents.tallies import Tally, tallies
from extractors.asked import asked_of, is_count
from extractors.assertion.named_days import with_month
from extractors.components import adds_claims
from extractors.context import AssertionContext
from extractors.labelled import Labelled, labelled_of
from extractors.records.denials import Anchor, Denial, sort_out
from extractors.records.elided_denials import ElidedDenial, elided_denials
from extractors.records.prompts import Reply, Verdict, aimed_at, is_aim, unanswered
from extractors.records.several_boxes import replies
from extractors.records.timing import Time, dates_in, head_time, time_in, time_of, years_in
from extractors.records.years_in_rows import one_a_row
from extractors.words.lexicon import one_of, patterns, table
from extractors.words.nouns import Nouns

if TYPE_CHECKING:
    from spacy.tokens import Doc

NAME = "accident.record"
WORDS = "accident"
_PLEDGED = re.compile("(?<!从)(?<!从来)不(?:再)?(?:发生|出现)|确保|保证|杜绝|避免")
_HAPPENS = re.compile("发生|出现|出|有")
_HARM = re.compile("死亡|重伤|轻伤|受伤|伤亡|损失")  # heads of columns that tell the harm, not whether something happened
# 2024年指标：安全事故0起: what a year's indicators are set to
_INDICATORS = re.compile(
    r"(?:(?:19|20)\d\d年|年度|安全|环保|质量|管理|控制|考核|KPI|kpi)[^：:\n]{0,6}?指标(?:值)?|(?:19|20)\d\d年?(?:KPI|kpi)|KPI|kpi"
)
RESTRICTING = 60  # code points from a denial to the accident that it leaves out
_BARE_YEAR = re.compile(r"^\s*(?:19|20)\d\d(?=年?度?\s*$)")
_AVERAGE = re.compile(r"(?<!\d)年均|月均|平均|每年|每月")


def match(doc: Doc) -> list[Match]:
    """The accident claims of a Doc, by source: forms, ledgers, text."""
    text, context = doc.text, doc._.context
    nouns, asked, fields = Nouns(text, nouns_in), asked_of(doc), doc._.fields
    counted = tallies(text, nouns.places, [field.label_span for field in labelled_of(doc).under(_is_kind)])
    listed = list(kind_answers(text, nouns.places))
    replied = replies(text, asked, nouns, _is_kind)
    told = [reply for reply in replied if reply.verdict is not Verdict.OPEN]  # a field knows its heading's year
    counted = [tally for tally in counted if not (tally.actual and any(reply.covers(tally.noun.start) for reply in told))]
    answered = [
        reply
        for reply in replied
        if not _HARM.search(reply.field.column)
        and not any(reply.covers(tally.noun.start) for tally in counted)
        and not any(item.span.start <= reply.prompt.start < item.span.end for item in listed)
        and not (is_count(reply.field.label) and _in_ledger(reply.field, fields))
    ]
    details = {id(reply): details_below(text, reply.field, fields) for reply in answered if reply.verdict is Verdict.SOME}
    told_there = [field for fields in details.values() for field in fields]
    answered = [reply for reply in answered if reply.field not in told_there]
    told_apart = briefs(text)
    ledger = records(text, Labelled([field for field in fields if field not in told_there]) if told_there else labelled_of(doc))
    ledger = [each for each in ledger if not any(_meets(each.span, brief.record.span) for brief in told_apart)]
    found_apart = [brief for brief in told_apart if not any(reply.covers(brief.record.span.start) for reply in answered)]
    taken = (
        [brief.record.span for brief in found_apart]
        + [span for reply in answered for span in (reply.prompt, reply.value, reply.note)]
        + unanswered(text)
        + asked.unticked
        + [record.span for record in ledger]
        + [tally.span for tally in counted]
        + [item.span for item in listed]
        + aimed_at(labelled_of(doc).under(is_aim))
    )
    claims = ((reply, _from_reply(context, reply, fields, details.get(id(reply), ()))) for reply in answered)
    found = one_a_row(text, ((reply, claim) for reply, claim in claims if claim is not None))
    found += [claim for tally in counted for claim in _from_tally(context, tally)]
    found += [_from_item(context, item) for item in listed]
    found += [_from_record(context, record) for record in ledger]
    found += [_from_brief(context, brief) for brief in found_apart]
    denials, anchors = _read(context, nouns.places, taken)
    found += [_from_denial(context, denial) for denial in denials]
    found += [_from_elided(text, denial) for denial in elided_denials(context, nouns.places, _HAPPENS)]
    barriers = [Span(denial.clause.span.start, denial.reach.end) for denial in denials] + taken
    denied = frozenset(noun for denial in denials for noun in denial.nouns)
    every = sorted([*anchors, *wordless(context, taken, anchors, denied)], key=lambda anchor: anchor.noun)
    found += [
        _from_incident(text, _as_restricted(text, _as_asked(incident, fields), denials)) for incident in incidents(context, every, barriers)
    ]
    return found


component = adds_claims(match)


def _in_ledger(count: FormField, fields: Sequence[FormField]) -> bool:
    """Whether a row tells more of what it counts than how many: 2022 · 机械伤害 · 一般 · 1."""
    row = (field for field in fields if (field.column, field.group) == (count.column, count.group))
    return any(one_of(WORDS, "telling_heads").search(field.label) for field in row)


def _about(text: str, start: int, end: int) -> bool:
    return next(nouns_in(text, start, end), None) is not None


def _is_kind(label: str) -> bool:
    """Whether a label is a kind of accident and nothing else: 安全, 环保, 消防."""
    return label in _kind_names()


@cache
def _kind_names() -> frozenset[str]:
    return frozenset(name for names in table(WORDS, "kinds").values() for name in names)


# --- running text ------------------------------------------------------------------------------------------------------


def _read(context: AssertionContext, nouns: Sequence[Span], taken: Sequence[Span]) -> tuple[list[Denial], list[Anchor]]:
    """The denials, and the places where something happened."""
    denials, others = sort_out(context, nouns, taken)
    told = [anchor for anchor in others if happened(context.text, anchor)]
    return denials, [replace(anchor, assertion=on_site(context, anchor.clause, anchor.noun, anchor.assertion)) for anchor in told]


def _from_denial(context: AssertionContext, denial: Denial) -> Match:
    text, clause, reach = context.text, denial.clause, denial.reach
    kinds = kinds_in(text, *reach) or kinds_in(text, clause.span.start, reach.end)
    kinds = kinds or _topic_kinds(text, clause) or _label_kinds(context, clause)
    grades = grades_in(text, *reach) or _bracket_grades(text, reach.end)
    time = time_of(text, clause, max(clause.span.end, reach.end))
    named = [grade for _, grade in grades] or [grade for grade in (threshold(text, *reach),) if grade is not None]
    qualifiers = _denial_qualifiers(merged_kinds(kinds), named, time)
    status = denial.assertion.status
    if status is Status.ASSERTED and _of_a_thing(context, denial):
        status = Status.THIRD_PARTY
    if status is Status.ASSERTED and _INDICATORS.fullmatch(clause.heading.rsplit(" / ", 1)[-1]):
        status = Status.PLANNED
    return Match(NAME, "none", qualifiers, status, (denial.place,), denial.assertion.cues)


def _from_elided(text: str, denial: ElidedDenial) -> Match:
    kinds = merged_kinds([kind for noun in denial.nouns for kind in kinds_in(text, *noun)])
    return Match(NAME, "none", _denial_qualifiers(kinds, [], Time()), Status.ASSERTED, (denial.nouns[0], denial.span))


def _of_a_thing(context: AssertionContext, denial: Denial) -> bool:
    """该设备自投用以来未发生事故, 国内同类产线未发生…: the record of a thing is not the firm's."""
    start = denial.clause.sentence.start
    found = patterns(WORDS, "things").match(context.text, start, max(denial.cue.span.start, start))
    return found is not None and not context.speakers.own(start, denial.cue.span.start)


def _denial_qualifiers(kinds: Sequence[str], grades: Sequence[str], time: Time) -> dict[str, Any]:
    qualifiers: dict[str, Any] = {"kinds": list(kinds)} if kinds else {}
    qualifiers["severity"] = lowest(grades) or "general"
    return qualifiers | time.qualifiers()


def _bracket_grades(text: str, position: int) -> list[tuple[Span, str]]:
    """安全事故（较大及以上）."""
    bracket = re.compile(r"[（(](?![^）)\n]*(?:发生|\d[起宗次件]))[^）)\n]{1,16}[）)]").match(text, position)
    return grades_in(text, *bracket.span()) if bracket else []


def _topic_kinds(text: str, clause: Clause) -> list[tuple[Span, tuple[str, ...]]]:
    """The kinds that the sentence was about before: 安全生产形势稳定，未发生事故. Clauses that tell of accidents keep theirs."""
    before = Span(clause.sentence.start, clause.span.start)
    return [] if _about(text, *before) else kinds_in(text, *before)


def _label_kinds(context: AssertionContext, clause: Clause) -> list[tuple[Span, tuple[str, ...]]]:
    """The kinds that the label on the clause's own line gives: 安全生产情况：近三年无事故."""
    label = clause.heading.rsplit(" / ", 1)[-1] if clause.heading else ""
    line = context.text.rfind("\n", 0, clause.span.start) + 1
    return kinds_in(label, 0, len(label)) if label and label in context.text[line : clause.span.start] else []


# --- answers, ledgers, incidents ---------------------------------------------------------------------------------------


def _from_reply(context: AssertionContext, reply: Reply, fields: Sequence[FormField], details: Sequence[FormField] = ()) -> Match | None:
    if reply.verdict is Verdict.OPEN:
        return None
    text = context.text
    asked = next(nouns_in(text, *reply.prompt), reply.prompt)  # 供应商是否发生过事故: whose it is stands before what is asked
    reading = context.assertion(*asked)
    status = Status.ASSERTED
    if reading.status is Status.THIRD_PARTY and not context.answers_for_itself(reply.value):
        status = Status.THIRD_PARTY
    kinds = merged_kinds(
        kinds_in(text, *reply.prompt) or kinds_in(text, *reply.note) or _kinds_of(reply.field.group) or _kinds_of(reply.field.heading)
    )
    prompted = grades_in(text, *reply.prompt) or _grades_beside(reply, fields)
    times = (
        *((Time(period=year.group()),) if (year := _BARE_YEAR.search(reply.field.column)) else ()),  # of 近三年, this one
        time_in(text, *reply.prompt),
        time_in(text, *reply.note),
        *(head_time(words) for words in (reply.field.column, reply.field.group)),
    )
    time = next((each for each in times if each.named), Time(years_in(reply.field.heading)))
    place = (Span(*reply.whole),)
    if reply.verdict is Verdict.NONE:
        if status is Status.ASSERTED and reply.negative and _PLEDGED.search(text, *reply.prompt) and not time.named:
            status = Status.PLANNED  # 项目实施期间不发生事故 | 是
        grades = [grade for _, grade in prompted or grades_in(text, *reply.note)]
        return Match(NAME, "none", _denial_qualifiers(kinds, grades, time), status, place, reading.cues)
    own_words = grades_in(text, *reply.prompt)
    exact = [] if reply.negative else [grade for span, grade in own_words if "以上" not in text[span.end : span.end + 4]]
    exact = exact or ([] if own_words else [grade for _, grade in prompted])
    told = grades_in(text, *reply.note)
    grade = told[0][1] if told else exact[0] if len(exact) == 1 else None
    named = next(nouns_in(text, *reply.note), None)
    kinds = (merged_kinds(kinds_in(text, reply.note.start, named.end)) if named else []) or kinds
    dates = dates_in(text, *reply.note)
    harm = together(harm_in(text, *reply.note), _harm_beside(reply, fields))
    date = with_month(text, dates[0], reply.note.end).iso if dates else time.period if time.period and "/" not in time.period else None
    count = reply.count if reply.count is not None else count_in(text, *reply.note)
    if details:
        below = of_details(text, details)
        date, count, harm = date or below.date, count if count is not None else below.count, together(harm, below.harm)
        kinds, grade = kinds or list(below.kinds), grade or below.grade
    qualifiers = _qualifiers(kinds, grade, harm, date, count)
    if time.years is not None:
        qualifiers["years"] = time.years
    return Match(NAME, "occurred", qualifiers, status, place, reading.cues)


def _from_tally(context: AssertionContext, tally: Tally) -> Iterator[Match]:
    """One claim a year: a zero denies its year, a figure tells of as many accidents in it.

    Of a change the former state is gone, unless a stretch of years holds it too (近三年由3起降为0); an average counts no accidents.
    """
    text, start = context.text, context.clause_at(tally.noun.start).span.start
    reading = context.assertion(*tally.noun)
    if tally.actual and reading.status is Status.PLANNED:  # 目标完成情况：目标0起，实际0起
        reading = replace(reading, status=Status.ASSERTED)
    kinds = merged_kinds(kinds_in(text, start, tally.noun.end))
    years = time_in(text, start, tally.noun.end).years
    whole = not _AVERAGE.search(text, start, tally.span.end)
    for entry in tally.entries:
        place = (tally.noun, entry.span)
        former = Status.SUPERSEDED if entry.former and years is None and reading.status is Status.ASSERTED else reading.status
        if entry.count:
            told = [grade for _, grade in grades_in(text, *entry.span) or grades_in(text, start, tally.noun.end)]
            harm = harm_in(text, *entry.span)
            qualifiers = _qualifiers(kinds, told[0] if told else None, harm, entry.year, entry.count if whole else None)
            yield Match(NAME, "occurred", qualifiers | ({"years": years} if entry.former and years else {}), former, place, reading.cues)
        else:
            denied = [grade for _, grade in grades_in(text, start, tally.noun.end)]
            time = Time(years if tally.nothing else None, entry.year)
            yield Match(NAME, "none", _denial_qualifiers(kinds, denied, time), former, place, reading.cues)


def _from_item(context: AssertionContext, item: KindAnswer) -> Match:
    """安全 0, 环境 1 behind 近三年事故起数."""
    text = context.text
    reading = context.assertion(*item.kind)
    status = Status.THIRD_PARTY if reading.status is Status.THIRD_PARTY else Status.ASSERTED
    kinds = merged_kinds(kinds_in(text, *item.kind))
    time = next((each for each in (time_in(text, *item.span), time_in(text, *item.lead)) if each.named), Time())
    if item.count:
        qualifiers = _qualifiers(kinds, None, Harm(), time.period, item.count)
        return Match(NAME, "occurred", qualifiers | ({"years": time.years} if time.years else {}), status, (item.span,), reading.cues)
    return Match(NAME, "none", _denial_qualifiers(kinds, [], time), status, (item.span,), reading.cues)


def _harm_beside(reply: Reply, fields: Sequence[FormField]) -> Harm:
    """The figures in the same column of a table by years (死亡人数, 重伤人数 under 2023年), or in the same row (起数 · 死亡人数)."""
    column, group, row = reply.field.column, reply.field.group, reply.field.label_span
    if not column:
        return Harm()
    beside = [field._replace(label=field.column) for field in fields if field.label_span == row and _HARM.search(field.column)]
    return together(harm_of([field for field in fields if (field.column, field.group) == (column, group)]), harm_of(beside))


def _grades_beside(reply: Reply, fields: Sequence[FormField]) -> list[tuple[Span, str]]:
    """The grade in a neighbouring column of the same row: 生产安全事故 · 较大及以上 · 0."""
    if not reply.field.column:
        return []
    row = (field for field in fields if field.column and field.label_span == reply.field.label_span and field != reply.field)
    graded = next((field for field in row if re.search("等级|级别|分级", field.column)), None)
    return grades_in(graded.value, 0, len(graded.value)) if graded is not None else []


def _kinds_of(words: str) -> list[tuple[Span, tuple[str, ...]]]:
    return kinds_in(words, 0, len(words))


def _from_record(context: AssertionContext, record: Record) -> Match:
    reading = context.assertion(*record.span)
    status = Status.THIRD_PARTY if reading.status is Status.THIRD_PARTY else Status.ASSERTED
    date = record.date.iso if record.date is not None else None
    qualifiers = _qualifiers(record.kinds, record.grade, record.harm, date, record.count)
    return Match(NAME, "occurred", qualifiers, status, (record.span,), reading.cues)


def _from_brief(context: AssertionContext, brief: Brief) -> Match:
    """A brief's accident, which is another's where the brief says that it befell another's works."""
    claim = _from_record(context, brief.record)
    others = any(context.speakers.names_other(*who) or context.speakers.indefinite(*who) for who in brief.who)
    own = any(context.speakers.strong_own(*who) for who in brief.who)
    return replace(claim, status=Status.THIRD_PARTY) if others and not own else claim


def _meets(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _as_asked(incident: Incident, fields: Sequence[FormField]) -> Incident:
    """The incident with the kinds of the prompt that it answers, where it names none: 是否发生过火灾事故？答：2023年发生过一起."""
    if incident.kinds:
        return incident
    asking = (field for field in fields if field.value_span.start <= incident.place.start < field.value_span.end)
    prompt = next(asking, None)
    if prompt is None or not _about(prompt.label, 0, len(prompt.label)):
        return incident
    return replace(incident, kinds=tuple(merged_kinds(_kinds_of(prompt.label))))


def _as_restricted(text: str, incident: Incident, denials: Sequence[Denial]) -> Incident:
    """The incident with the kind of the denial that it restricts: 未发生较大生产安全事故，但发生一般事故1起."""
    start, end = incident.place
    before = [denial.reach for denial in denials if denial.reach.end <= start]
    if incident.kinds or incident.grade is None or not before or not text.endswith("事故", start, end):
        return incident
    denied = max(before, key=lambda reach: reach.end)
    named = merged_kinds(kinds_in(text, *denied))
    near = start - denied.end <= RESTRICTING and not re.search("[。\n]", text[denied.end : start])
    return replace(incident, kinds=tuple(named)) if len(named) == 1 and near and grades_in(text, *denied) else incident


def _from_incident(text: str, incident: Incident) -> Match:
    date = incident.date.iso if incident.date is not None else None
    if incident.count == 0:  # 近三年共发生0起火灾
        phrase = Span(max(incident.place.start, text.rfind("、", *incident.place) + 1), incident.place.end)
        grades = [grade for _, grade in grades_in(text, *phrase)]
        denied = _denial_qualifiers(merged_kinds(kinds_in(text, *phrase)), grades, Time(incident.years, date))
        return Match(NAME, "none", denied, incident.status, (incident.place,), incident.cues)
    qualifiers = _qualifiers(incident.kinds, incident.grade, incident.harm, date, incident.count)
    if incident.years is not None:
        qualifiers["years"] = incident.years
    return Match(NAME, "occurred", qualifiers, incident.status, tuple(_places(incident)), incident.cues)


def _places(incident: Incident) -> Iterator[Span]:
    start = min(incident.place.start, incident.date.span.start if incident.date is not None else incident.place.start)
    yield Span(start, incident.place.end) if incident.place.end - start <= 120 else incident.place


def _qualifiers(kinds: Sequence[str], grade: str | None, harm: Harm, date: str | None, count: int | None) -> dict[str, Any]:
    severity = higher(grade, derived_grade(kinds, harm))
    entries: dict[str, Any] = {
        "kinds": list(kinds) or None,
        "severity": severity,
        "stated_severity": grade if grade is not None and grade != severity else None,
        "date": date,
        "deaths": harm.deaths,
        "serious_injuries": harm.serious_injuries,
        "loss": harm.loss,
        "count": count,
    }
    return {name: value for name, value in entries.items() if value is not None}
