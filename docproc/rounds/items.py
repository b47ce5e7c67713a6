"""What became of each deficiency that was noticed, and which ones nobody was told of."""

from __future__ import annotations

from collections.abc import Sequence

from docproc.model import Finding, Outcome, Report
from docproc.model.rounds import DocumentPair, DocumentState, NewProblem, RoundEntry, RoundState
from docproc.rounds.documents import places

_WRONG = (Outcome.FAIL, Outcome.MISSING)


def noticed(previous: Report, report: Report) -> tuple[RoundEntry, ...]:
    """Every failed or missing item of the first round with what it has come to."""
    now = {finding.item: finding for finding in report.findings}
    return tuple(_entry(previous, report, then, now.get(then.item)) for then in previous.findings if then.outcome in _WRONG)


def new_problems(previous: Report, report: Report, documents: Sequence[DocumentPair]) -> tuple[NewProblem, ...]:
    """What is wrong now and was not before."""
    then = {finding.item: finding for finding in previous.findings}
    return tuple(
        NewProblem(
            item=finding.item,
            title=finding.title,
            outcome=finding.outcome,
            before_outcome=then[finding.item].outcome if finding.item in then else None,
            message=finding.message,
            caused=_caused(report, finding, documents),
            places=places(report, report.evidence_of(finding)),
        )
        for finding in report.findings
        if finding.outcome in _WRONG and (finding.item not in then or then[finding.item].outcome not in _WRONG)
    )


def _entry(previous: Report, report: Report, then: Finding, now: Finding | None) -> RoundEntry:
    state, cured, still_open = _state(then, now)
    return RoundEntry(
        item=then.item,
        title=then.title,
        state=state,
        before_outcome=then.outcome,
        now_outcome=now.outcome if now else None,
        before=then.message,
        now=_now_words(now),
        cured=cured,
        still_open=still_open,
        before_places=places(previous, previous.evidence_of(then)),
        now_places=places(report, report.evidence_of(now)) if now else (),
    )


def _state(then: Finding, now: Finding | None) -> tuple[RoundState, tuple[str, ...], tuple[str, ...]]:
    """Cured only where the item passes. Partly where, of what was asked for one by one, some is there and nothing new is wrong.

    An item that no longer applies is no cure by itself: what was compared may have been withdrawn.
    """
    if now is None or now.outcome in (Outcome.REVIEW, Outcome.NOT_APPLICABLE):
        return RoundState.REVIEW, (), ()
    if now.outcome is Outcome.PASS:
        return RoundState.CURED, then.points, ()
    cured = tuple(point for point in then.points if point not in now.points)
    if cured and now.points and set(now.points) < set(then.points):
        return RoundState.PARTLY, cured, now.points
    return RoundState.OPEN, (), now.points


def _now_words(now: Finding | None) -> str:
    if now is None:
        return "本次的清单中没有这一项，须人工核对。"
    if now.outcome is Outcome.NOT_APPLICABLE:
        return f"{now.message.rstrip('。')}；前次不符合的内容无从核对，须人工核对。"
    return now.message


def _caused(report: Report, finding: Finding, documents: Sequence[DocumentPair]) -> bool:
    """Whether what was handed in since gave rise to it: it stands in a new or changed document, or what showed it is gone or changed."""
    touched = {pair.now_id for pair in documents if pair.now_id and pair.state in (DocumentState.ADDED, DocumentState.CHANGED)}
    evidence = report.evidence_of(finding)
    if evidence:
        return any(entry.document in touched for entry in evidence)
    kinds = {*finding.looks_at, *finding.papers}
    return any(pair.state in (DocumentState.REMOVED, DocumentState.CHANGED) and (not kinds or pair.kind in kinds) for pair in documents)
