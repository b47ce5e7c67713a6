"""Credit and violations: what a list or a penalty does to an application, and what a denial must cover."""

from __future__ import annotations

import re

from docproc.model import Claim
from docproc.predicates.case import Case
from docproc.predicates.periods import first_of_month, gaps, in_words, inside, interval, period, touches
from docproc.predicates.predicate import Parameters, Predicate, Verdict, situation
from docproc.predicates.statement import covers, stated_on
from docproc.predicates.strength import Weighed, weigh
from docproc.predicates.telltale import Telltale, untold


class CreditParameters(Parameters):
    """The lists that a denial must name, with their names in words."""

    lists: dict[str, str]


def judge_credit(case: Case, parameters: CreditParameters) -> Verdict:
    records = case.asserted("credit.record")
    listed = tuple(claim for claim in records if claim.value == "listed")
    removed = tuple(claim for claim in listed if claim.qualifiers.get("removed"))
    now = tuple(claim for claim in listed if claim not in removed and not _counts_removed(claim, removed))
    denials = tuple(claim for claim in records if claim.value == "none")
    trace = [f"列入名单的记载{len(now)}处，列入后移出的{len(removed)}处，否认{len(denials)}处"]
    if now:
        against = {claim.id: tuple(denial for denial in denials if _same_list(denial, claim)) for claim in now}
        believed = tuple(claim for claim in now if weigh(case, against[claim.id], (claim,)) is Weighed.DENIED)
        if believed:
            return Verdict("listed", claims=believed, trace=(*trace, "材料记载列入名单"))
        denying = tuple({denial.id: denial for found in against.values() for denial in found}.values())
        return Verdict("contradicted", claims=(*now, *denying), trace=(*trace, "是否列入名单，材料说法不一"))
    if removed:
        return Verdict("removed", claims=removed, trace=(*trace, "曾列入名单，已移出，由人工判断"))
    named = {name for denial in denials for name in _lists(denial)}
    everything = any(not _lists(denial) for denial in denials)
    open_lists = [] if everything else [words for name, words in parameters.lists.items() if name not in named]
    if not denials:
        return Verdict("nothing_said", trace=(*trace, "没有材料说明信用记录"))
    if open_lists:
        return Verdict("open", {"open": "、".join(open_lists)}, denials, trace=(*trace, f"没有说明：{'、'.join(open_lists)}"))
    return Verdict("pass", claims=denials, trace=(*trace, "各名单均说明未列入"))


def _counts_removed(claim: Claim, removed: tuple[Claim, ...]) -> bool:
    """Whether a row that only counts listings (经营异常名录 1) counts those that the same paper tells of as removed."""
    place = claim.evidence[0] if claim.evidence else None
    numbers = re.findall(r"\d+", place.quote or "") if place else []
    if place is None or len(numbers) != 1 or claim.qualifiers.get("date"):
        return False
    told = [each for each in removed if each.evidence and each.evidence[0].document == place.document and _same_list(each, claim)]
    return 0 < int(numbers[0]) <= len(told)


def _lists(claim: Claim, qualifier: str = "lists") -> tuple[str, ...]:
    lists = claim.qualifiers.get(qualifier)
    return tuple(str(name) for name in lists) if isinstance(lists, list | tuple) else ()


def _same_list(denial: Claim, listed: Claim) -> bool:
    """Whether the denial speaks of a list that the other says the applicant is on (no list named: of all).

    Lists of one kind are told apart by their names, where both have one: 严重失信主体名单 0 says nothing of 失信被执行人 1."""
    mine, theirs = set(_lists(denial)), set(_lists(listed))
    if mine and theirs and not mine & theirs:
        return False
    mine, theirs = set(_lists(denial, "list_names")), set(_lists(listed, "list_names"))
    return not mine or not theirs or bool(mine & theirs)


class ViolationParameters(Parameters):
    """Words by which a denial covers all the past, and words that name a year to begin with."""

    always: tuple[re.Pattern[str], ...]
    since: tuple[re.Pattern[str], ...]
    telltales: tuple[Telltale, ...] = ()  # words that tell of a penalty, should no claim have been made of it


def judge_violation(case: Case, parameters: ViolationParameters) -> Verdict:
    records = case.asserted("violation.record")
    events = tuple(claim for claim in records if claim.value == "occurred")
    denials = tuple(claim for claim in records if claim.value == "none")
    trace = [f"违法违规记载{len(events)}处，否认{len(denials)}处", f"近三年的起止：{in_words(case.window)}"]
    current = tuple(event for event in events if _in_window(case, event) and not event.qualifiers.get("remedied"))
    if current:
        weighed = weigh(case, denials, current)
        if weighed is Weighed.DENIED:
            return Verdict("occurred", claims=current, trace=(*trace, "近三年内有违法违规记录"))
        return Verdict("contradicted", claims=(*current, *denials), trace=(*trace, "是否有违法违规，材料说法不一"))
    if events:
        return Verdict("doubtful", claims=events, trace=(*trace, "有记录但已修复、撤销、未写时间或在近三年之前，由人工判断"))
    if not denials:
        return Verdict("nothing_said", trace=(*trace, "没有材料说明有无违法违规"))
    if overlooked := untold(case, parameters.telltales, "violation.record", ("occurred",)):
        return Verdict("untold", evidence=overlooked, trace=(*trace, "材料另有像是记述处罚的文字，没有归入任何一条记录"))
    spans = [covers(case, denial, parameters.always, parameters.since) for denial in denials]
    if any(span is None for span in spans):
        return Verdict("pass", claims=denials, trace=(*trace, "有不限期间的否认"))
    until = max(stated_on(case, denial) for denial in denials)
    first = first_of_month(case.window[0])
    left = gaps((first, max(min(until, case.as_of), first)), [span for span in spans if span is not None])
    if left:
        words = "、".join(in_words(span) for span in left)
        return Verdict("open", {"open": words}, denials, trace=(*trace, f"没有说明{words}的情况"))
    return Verdict("pass", claims=denials, trace=(*trace, "否认覆盖近三年"))


def _in_window(case: Case, event: Claim) -> bool:
    """Whether the event surely lies in the three years: by its date, its period, or 近三年 itself."""
    spoken = stated_on(case, event)
    when = interval(event.qualifiers.get("date")) or period(event.qualifiers.get("period"), spoken)
    if when is not None:
        return inside(when, case.window) or (touches(when, case.window) and when[0] >= first_of_month(case.window[0]))
    years = event.qualifiers.get("years")
    return isinstance(years, int) and 0 < years <= 3


CREDIT = Predicate(
    name="credit",
    meaning="On no list of bad credit now; the named lists are denied, or bad credit as a whole.",
    parameters=CreditParameters,
    situations={
        "pass": situation("pass", "all lists denied"),
        "listed": situation("fail", "on a list now"),
        "contradicted": situation("review", "one source has a listing that a source of no less strength denies"),
        "removed": situation("review", "was listed and has been removed"),
        "open": situation("missing", "a list is left open", "open"),
        "nothing_said": situation("missing", "nothing tells of credit"),
    },
    judge=judge_credit,
)

VIOLATION = Predicate(
    name="violation",
    meaning="No violation of law in the three years; a denial covers them or names no period.",
    parameters=ViolationParameters,
    situations={
        "pass": situation("pass", "denied for the window or without a period"),
        "occurred": situation("fail", "a violation inside the window"),
        "contradicted": situation("review", "one source has a violation that a source of no less strength denies"),
        "doubtful": situation("review", "repaired, revoked, undated or older"),
        "untold": situation("review", "words that tell of a penalty of which no claim was made"),
        "open": situation("missing", "a stretch of the window is left open", "open"),
        "nothing_said": situation("missing", "nothing tells of violations"),
    },
    judge=judge_violation,
)
