"""Accidents are an ordered scale: grade × kind × period × subject. Whether a denial covers the rule is an entailment.

The first that applies decides (CHECKLISTS: accidents): an event that bars; an event that a person must judge; a denial that
leaves a kind, the grade or a stretch of time open; nothing left open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from docproc.compare import fold
from docproc.model import Claim
from docproc.predicates.case import Case
from docproc.predicates.entailment import GRADES, Answer, Asked, denies_grade, entails, grade_of, happened, kinds_of
from docproc.predicates.periods import first_of_month, gaps, in_words, inside, months_before, touches
from docproc.predicates.predicate import Parameters, Predicate, Verdict, situation
from docproc.predicates.statement import covers, stated_on
from docproc.predicates.strength import speaker
from docproc.predicates.telltale import Telltale, untold


class AccidentParameters(Parameters):
    """The grade that bars, the kinds that the rule names, and their words; `what`: all of it as the rule says it."""

    what: str
    grade: str
    kinds: dict[str, str]  # kind -> its name in words; each must be denied
    counted_as: dict[str, str]  # kind of claim -> kind of the rule (a fire is a safety event)
    grade_names: dict[str, str]
    before_window_months: int
    always: tuple[re.Pattern[str], ...]  # words that cover all the past
    since: tuple[re.Pattern[str], ...]  # words that name a year to begin with
    telltales: tuple[Telltale, ...] = ()  # words that tell of an event, should no claim have been made of it


def judge(case: Case, parameters: AccidentParameters) -> Verdict:
    records = case.asserted("accident.record")
    asked = Asked(parameters.grade, tuple(parameters.kinds), case.window, parameters.counted_as)
    events = tuple(claim for claim in records if claim.value == "occurred")
    denials = tuple(claim for claim in records if claim.value == "none")
    what = {"what": parameters.what}
    trace = [f"近三年的起止：{in_words(case.window)}", f"材料记有事故{len(events)}处，否认事故{len(denials)}处"]
    if records:
        trace.append(_answers_in_words(case, records, asked, parameters))
    barring = [event for event in events if _bars(case, event, asked)]
    denied = [event for event in barring if _authority_denies(case, event, denials, asked, parameters)]
    sure = [event for event in barring if event not in denied]
    if sure:
        trace.append("期内发生了规定等级的事故，其他否认不改变结论")
        return Verdict("occurred", what | {"event": _event_words(sure, parameters)}, tuple(sure), trace=tuple(trace))
    if denied:
        trace.append("主管部门的证明与企业记载的事故不一致")
        return Verdict("denied_by_authority", what | {"event": _event_words(denied, parameters)}, (*denied, *denials), trace=tuple(trace))
    for event in events:
        if why := _doubtful(case, event, asked, parameters):
            trace.append(why)
            return Verdict("doubtful", what | {"event": _event_words([event], parameters), "why": why}, (event,), trace=tuple(trace))
    open_points, used = _left_open(case, denials, asked, parameters)
    minor = f"（另载有事故{len(events)}起，等级或时间不在限制之内）" if events else ""
    trace += open_points or ["各类事故、等级和期间均有否认"]
    if not denials:
        return Verdict("nothing_said", what | {"minor": minor}, events, trace=tuple(trace))
    if open_points:
        return Verdict("open", what | {"open": "；".join(open_points), "minor": minor}, (*denials, *events), trace=tuple(trace))
    if overlooked := untold(case, parameters.telltales, "accident.record", ("occurred",)):
        return Verdict("untold", what | {"minor": minor}, evidence=overlooked, trace=(*trace, "材料另有像是记述事故的文字"))
    return Verdict("pass", what | {"minor": minor}, (*used, *events), trace=tuple(trace))


_ANSWERS = {
    Answer.COVERS: "涵盖规定的等级、类别和期间",
    Answer.DOES_NOT_COVER: "未涵盖规定的全部内容",
    Answer.CONTRADICTS: "与规定相反",
    Answer.CANNOT_TELL: "不能判断",
}


def _answers_in_words(case: Case, records: Sequence[Claim], asked: Asked, parameters: AccidentParameters) -> str:
    """How many of the statements, each by itself, say what to the rule."""
    found = [
        entails(record, asked, stated_on(case, record), covers(case, record, parameters.always, parameters.since)).answer
        for record in records
    ]
    return "各处陈述单独看：" + "，".join(f"{words}{found.count(answer)}处" for answer, words in _ANSWERS.items() if answer in found)


def _raised(event: Claim, asked: Asked) -> bool:
    """Whether a grade below the rule's is stated while the figures reach it."""
    stated = grade_of(event, "stated_severity")
    return stated is not None and GRADES.index(stated) < GRADES.index(asked.grade)


def _bars(case: Case, event: Claim, asked: Asked) -> bool:
    return entails(event, asked, stated_on(case, event)).answer is Answer.CONTRADICTS and not _raised(event, asked)


def _authority_denies(case: Case, event: Claim, denials: Sequence[Claim], asked: Asked, parameters: AccidentParameters) -> bool:
    when, grade = happened(event, asked, stated_on(case, event)), grade_of(event) or GRADES[0]
    for denial in denials:
        span = covers(case, denial, parameters.always, parameters.since)
        kinds = kinds_of(denial, asked)
        if (
            speaker(case, denial) == "authority"
            and speaker(case, event) != "authority"
            and (not kinds or bool(kinds & kinds_of(event, asked)))
            and denies_grade(denial, grade)
            and when is not None
            and span is not None
            and inside(when, span)
        ):
            return True
    return False


def _asks_for_grade(event: Claim, grade_name: str) -> bool:
    """Whether the row that was answered asks for events of the grade: it is named there, though not as this event's own."""
    return grade_of(event) is None and any(grade_name in fold(entry.quote or "") for entry in event.evidence)


def _doubtful(case: Case, event: Claim, asked: Asked, parameters: AccidentParameters) -> str:
    """Why a person must judge the event; empty where it changes nothing."""
    before_window_months = parameters.before_window_months
    when, grade, window = happened(event, asked, stated_on(case, event)), grade_of(event), asked.window
    if grade is not None and GRADES.index(grade) < GRADES.index(asked.grade):
        return ""
    if when is None:
        return "事故没有写明时间，等级达到限制或者不明"
    named = bool(kinds_of(event, asked) & set(asked.kinds))
    if touches(when, window) or when[0] > window[1]:
        if _asks_for_grade(event, parameters.grade_names[asked.grade]):
            return f"栏目问的是{parameters.what}，没有写明事故的时间、类别和具体等级"
        if grade is None:
            return "近三年内的事故没有写明等级，也没有可以判定等级的伤亡和损失数字"
        if _raised(event, asked):
            return "所写等级低于按伤亡和损失数字判定的等级"
        if not named:
            return "事故的类别不属于规定点名的类别，是否属于“等”字之内须人工判断"
        return "事故的时间不够确切，不能断定是否在近三年之内"
    before = (months_before(window[0], before_window_months), window[0])
    if grade is not None and named and touches(when, before):
        return f"事故发生在近三年起算日之前{before_window_months}个月之内，起算日不同结论可能不同"
    return ""


def _left_open(case: Case, denials: Sequence[Claim], asked: Asked, parameters: AccidentParameters) -> tuple[list[str], tuple[Claim, ...]]:
    """What the denials together leave open, in words, and the denials that were of use."""
    points: list[str] = []
    used: list[Claim] = []
    wanted, begun = parameters.grade_names[asked.grade], first_of_month(asked.window[0])
    for kind, words in parameters.kinds.items():
        about = [denial for denial in denials if kind in (kinds_of(denial, asked) or asked.kinds)]
        deep = [denial for denial in about if denies_grade(denial, asked.grade)]
        spans = {denial.id: covers(case, denial, parameters.always, parameters.since) for denial in deep}
        timed = [denial for denial in deep if spans[denial.id] is not None]
        if not about:
            points.append(f"没有说明是否发生{words}事故")
        elif not deep:
            lowest = min((grade_of(denial) or GRADES[0] for denial in about), key=GRADES.index)
            points.append(f"{words}事故只否认了{parameters.grade_names[lowest]}及以上，没有说明{wanted}事故")
        elif not timed:
            points.append(f"{words}事故的否认没有写明期间")
        else:
            until = max(stated_on(case, denial) for denial in timed)
            open_times = gaps((begun, max(min(until, case.as_of), begun)), [span for span in spans.values() if span is not None])
            points += [f"{words}事故没有说明{in_words(span)}的情况" for span in open_times]
            used += [denial for denial in timed if denial not in used]
    return points, tuple(used)


def _event_words(events: Sequence[Claim], parameters: AccidentParameters) -> str:
    """The events in words: when, of which grade, with which figures."""
    described = []
    for event in events:
        grade = grade_of(event)
        unknown = (
            f"{parameters.what}（具体等级未写明）" if _asks_for_grade(event, parameters.grade_names[parameters.grade]) else "等级不明的事故"
        )
        parts = [
            str(event.qualifiers.get("date") or _years_back(event) or "时间不详"),
            f"{parameters.grade_names[grade]}事故" if grade else unknown,
        ]
        figures = [
            f"{event.qualifiers[name]}{unit}"
            for name, unit in (("deaths", "人死亡"), ("serious_injuries", "人重伤"))
            if event.qualifiers.get(name)
        ]
        loss = event.qualifiers.get("loss")
        if isinstance(loss, int | float) and loss:
            figures.append(f"直接经济损失{loss / 10000:g}万元")
        described.append("，".join([*parts, *figures]))
    return "；".join(described)


def _years_back(event: Claim) -> str:
    """The years for which the row asks, where the event itself has no date."""
    return "近三年内" if event.qualifiers.get("years") == 3 else ""


PREDICATE = Predicate(
    name="accident",
    meaning="No accident of the named kinds reaches the grade in the three years; the denials together leave nothing open.",
    parameters=AccidentParameters,
    situations={
        "pass": situation("pass", "nothing is left open", "what", "minor"),
        "occurred": situation("fail", "an event of a named kind and the barred grade lies in the window", "what", "event"),
        "denied_by_authority": situation("review", "such an event, which an authority's paper denies", "what", "event"),
        "doubtful": situation("review", "an event whose grade, kind or time a person must judge", "what", "event", "why"),
        "untold": situation("review", "words that tell of an event of which no claim was made", "what", "minor"),
        "open": situation("missing", "the denials leave a kind, the grade or a time open", "what", "open", "minor"),
        "nothing_said": situation("missing", "nothing denies accidents", "what", "minor"),
    },
    judge=judge,
)
