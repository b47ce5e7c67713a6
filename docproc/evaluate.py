"""Checklist × case → findings: each with the words for a person, what it rests on, and the steps that led to it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from string import Formatter

from docproc.checklist import Checklist, Item, Says
from docproc.evidence import whole_document
from docproc.model import Evidence, Finding, Kind, Outcome, PackageOutcome
from docproc.predicates import PREDICATES
from docproc.predicates.case import Case, inferred_places, unread, window
from docproc.predicates.ownership import own_words
from docproc.predicates.place import losses_in, places
from docproc.predicates.predicate import Verdict

__all__ = ["Case", "evaluate", "inferred_places", "overall", "window"]

_SURE_ENOUGH = 0.8  # confidence of recognised text below which a pass may not rest on it alone
_LISTED = re.compile("[；、]")  # between the parts of a filled place: 2024年、2025年
_NAMES = {
    Outcome.PASS: "通过",
    Outcome.FAIL: "不符合",
    Outcome.MISSING: "缺少",
    Outcome.REVIEW: "待核",
    Outcome.NOT_APPLICABLE: "不适用",
}


def evaluate(checklist: Checklist, case: Case) -> tuple[Finding, ...]:
    """One finding an item, in the checklist's order."""
    if checklist.notice is not None and checklist.notice.finance_years and not case.finance_years:
        case = replace(case, finance_years=checklist.notice.finance_years)
    own = own_words(case)
    return tuple(_finding(checklist, item, own) for item in checklist.items)


def overall(findings: Sequence[Finding]) -> PackageOutcome:
    """`ineligible` where a failure cannot be put right; else `deficient`, `review` or `pass`."""
    outcomes = {finding.outcome for finding in findings}
    if any(finding.outcome is Outcome.FAIL and finding.correctable is False for finding in findings):
        return PackageOutcome.INELIGIBLE
    if outcomes & {Outcome.FAIL, Outcome.MISSING}:
        return PackageOutcome.DEFICIENT
    return PackageOutcome.REVIEW if Outcome.REVIEW in outcomes else PackageOutcome.PASS


def _finding(checklist: Checklist, item: Item, case: Case) -> Finding:
    verdict = PREDICATES[item.predicate].decide(case, item.parameters)
    outcome = item.outcome_of(verdict.situation)
    says = item.says[verdict.situation]
    fills = _common(checklist, item, case, verdict) | dict(verdict.fills)
    message, remedy = says.message.format_map(fills), says.remedy.format_map(fills)
    trace = [f"要求：{item.requirement}", *verdict.trace]
    evidence = verdict.evidence
    losses = losses_in(case, item.looks_at) if outcome is Outcome.MISSING else ()
    if losses:
        outcome = Outcome.REVIEW
        listed = "、".join(losses[:5]) + (f"等{len(losses)}处" if len(losses) > 5 else "")
        message = f"{message.rstrip('。')}；但{listed}没有读出，内容可能在其中，须人工核对。"
        trace.append(f"未读出的部分：{listed}，因此不判缺少，改为待核")
        evidence = (*evidence, *_unread_papers(case, item))
    if outcome is Outcome.PASS and (doubt := _doubt(case, verdict)):
        outcome = Outcome.REVIEW
        message = f"{message.rstrip('。')}；但{doubt}，须人工核对。"
        trace.append(f"{doubt}，改为待核")
    if outcome is Outcome.FAIL and _ill_read(_rested_on(verdict)):
        outcome = Outcome.REVIEW
        message = f"{message.rstrip('。')}；但依据仅来自识别把握不高的扫描文字，须人工核对。"
        trace.append("依据仅来自识别把握不高的扫描文字，不判不符合，改为待核")
    if item.lifecycle.state == "under_review" and outcome in (Outcome.FAIL, Outcome.MISSING):
        trace.append(f"本项规则自{item.lifecycle.since}起正在修订（{item.lifecycle.why}），{_NAMES[outcome]}改为待核")
        message = f"{message.rstrip('。')}；但本项规则正在修订（{item.lifecycle.why}），须人工判断。"
        outcome = Outcome.REVIEW
    settled = outcome in (Outcome.PASS, Outcome.NOT_APPLICABLE)
    return Finding(
        item=item.id,
        title=item.title,
        outcome=outcome,
        message=message,
        remedy="" if settled else remedy,
        correctable=None if settled else verdict.situation not in item.final,
        basis=item.basis,
        claims=tuple(dict.fromkeys(claim.id for claim in verdict.claims if claim.id)),
        evidence=tuple(dict.fromkeys(evidence)),
        judgement=item.judgement,
        trace=(*trace, f"结论：{_NAMES[outcome]}"),
        looks_at=item.looks_at,
        papers=() if settled or not PREDICATES[item.predicate].papers else _papers(item, case, verdict),
        cured_by=None if settled else item.cured_by,
        points=() if settled else _points(item.says[verdict.situation], verdict.fills),
    )


def _papers(item: Item, case: Case, verdict: Verdict) -> tuple[Kind, ...]:
    """The kinds of document that must be handed in: that which the item looks for first, else those of the documents found wanting."""
    return item.looks_at[:1] or tuple(dict.fromkeys(case.document(entry.document).kind for entry in verdict.evidence))


def _points(says: Says, fills: Mapping[str, str]) -> tuple[str, ...]:
    """What exactly is asked for, one by one: the places that the remedy fills in (the message, where the remedy has none)."""
    for sentence in (says.remedy, says.message):
        names = [name for _, name, _, _ in Formatter().parse(sentence) if name and name in fills]
        if names:
            return tuple(dict.fromkeys(point for name in names for point in _LISTED.split(fills[name]) if point))
    return ()


def _common(checklist: Checklist, item: Item, case: Case, verdict: Verdict) -> dict[str, str]:
    start, end = case.window
    return {
        "title": item.title,
        "level": checklist.level_name,
        "applicant": case.applicant() or "申报单位",
        "as_of": case.as_of.isoformat(),
        "window": f"{start.isoformat()}至{end.isoformat()}",
        "found": places(case, verdict.claims, verdict.evidence) or "未见",
    }


def _doubt(case: Case, verdict: Verdict) -> str:
    """Why a pass cannot rest on its places alone, in words: text recognised with low confidence, or put right by inference."""
    entries = _rested_on(verdict)
    if not entries:
        return ""
    if _ill_read(entries):
        return "依据仅来自识别把握不高的扫描文字"
    return "依据仅来自经推断修复的损坏文字" if all(_put_right(case, entry) for entry in entries) else ""


def _rested_on(verdict: Verdict) -> list[Evidence]:
    """The places that a verdict rests on; none where a document as a whole is among them."""
    if any(entry.quote is None for entry in verdict.evidence):
        return []
    return [*(entry for claim in verdict.claims for entry in claim.evidence), *verdict.evidence]


def _ill_read(entries: Sequence[Evidence]) -> bool:
    """Whether all of the places were recognised with low confidence."""
    return bool(entries) and all(entry.confidence is not None and entry.confidence < _SURE_ENOUGH for entry in entries)


def _put_right(case: Case, entry: Evidence) -> bool:
    if entry.start is None or entry.end is None:
        return False
    return any(place.start < entry.end and entry.start < place.end for place in case.inferred.get(entry.document, ()))


def _unread_papers(case: Case, item: Item) -> tuple[Evidence, ...]:
    wanted = {*item.looks_at, Kind.UNKNOWN}
    return tuple(whole_document(document) for document in case.documents if document.kind in wanted and any(True for _ in unread(document)))
