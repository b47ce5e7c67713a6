"""Which findings one correction cures: a letter asks for each thing once, ordered by the material that it concerns.

Findings are put together only on grounds that stand in the report: they ask for the same in the same words; one asks for a paper
whose handing in cures the other (`cured_by`, from the checklist); one has a paper exchanged that the other finds fault with; or they
rest on the same words of the package. Nothing is dropped: each keeps its problem, its citation and its remedy.
"""

from __future__ import annotations

from collections.abc import Sequence

from docproc.model import Evidence, Finding, Kind, NewProblem, Outcome, Report

_KINDS = {kind: rank for rank, kind in enumerate(Kind)}


def open_findings(report: Report) -> tuple[Finding, ...]:
    """What a letter may tell: every failed or missing item, in the checklist's order.

    In a second round only what is still open and what the new materials gave rise to: the first letter had to tell all in one go, so that
    what it left out of unchanged materials is for a person to decide (`held_back`).
    """
    held = {problem.item for problem in held_back(report)}
    return tuple(finding for finding in report.findings if finding.outcome in (Outcome.FAIL, Outcome.MISSING) and finding.item not in held)


def held_back(report: Report) -> tuple[NewProblem, ...]:
    """What is wrong, was not told in the first round and does not come from the new materials. What ends the application is told."""
    final = {finding.item for finding in report.findings if finding.correctable is False}
    problems = report.second_round.new if report.second_round else ()
    return tuple(problem for problem in problems if not problem.caused and problem.item not in final)


def corrections(report: Report, findings: Sequence[Finding]) -> tuple[tuple[Finding, ...], ...]:
    """The findings by the correction that cures them, in the order in which a firm works them off.

    Papers to be handed in come first, then material by material (form, licence, audit reports …), each from its first page on.
    """
    places = [report.evidence_of(finding) for finding in findings]
    group = list(range(len(findings)))
    for one in range(len(findings)):
        for other in range(one + 1, len(findings)):
            if group[one] != group[other] and _together(findings[one], findings[other], places[one], places[other]):
                joined, given_up = sorted((group[one], group[other]))
                group = [joined if number == given_up else number for number in group]
    groups = [
        tuple(finding for finding, number in zip(findings, group, strict=True) if number == wanted) for wanted in dict.fromkeys(group)
    ]
    ordered = (tuple(sorted(entries, key=_rank)) for entries in groups)
    return tuple(sorted(ordered, key=lambda entries: _order(report, entries)))


def _rank(finding: Finding) -> tuple[bool, bool]:
    """Within one correction: the paper asked for leads, then what exchanges one, then the rest."""
    return (not finding.papers, finding.outcome is not Outcome.MISSING)


def _together(one: Finding, other: Finding, here: Sequence[Evidence], there: Sequence[Evidence]) -> bool:
    if one.remedy and one.remedy == other.remedy:
        return True
    if one.papers or other.papers:
        return _cures(one, other, here, there) or _cures(other, one, there, here)
    return _lies_on(here, there) or _lies_on(there, here)


def _cures(paper: Finding, other: Finding, papers: Sequence[Evidence], places: Sequence[Evidence]) -> bool:
    """Whether handing in what the first finding asks for puts the second right as well."""
    if not paper.papers:
        return False
    if other.outcome is Outcome.MISSING and (other.cured_by in paper.papers or (other.papers == paper.papers and not places)):
        return True
    exchanged = {entry.document for entry in papers}
    return bool(places) and {entry.document for entry in places} <= exchanged


def _lies_on(places: Sequence[Evidence], others: Sequence[Evidence]) -> bool:
    """Whether every place lies on words that the other finding rests on too."""
    return bool(places) and all(any(_overlap(place, other) for other in others) for place in places)


def _overlap(one: Evidence, other: Evidence) -> bool:
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return False
    return one.document == other.document and one.start < other.end and other.start < one.end


def _order(report: Report, findings: Sequence[Finding]) -> tuple[int, int, int, int, int]:
    lead = findings[0]
    places = report.evidence_of(lead)
    positions = {document.id: number for number, document in enumerate(report.documents)}
    kinds = {document.id: document.kind for document in report.documents}
    first = min(((positions.get(p.document, len(positions)), p.page or 0, p.start or 0) for p in places), default=(len(positions), 0, 0))
    kind = next((kinds[place.document] for place in places if place.document in kinds), None) or next(
        iter(lead.papers or lead.looks_at), None
    )
    handed_in = bool(lead.papers) and lead.outcome is Outcome.MISSING
    return (not handed_in, _KINDS[kind] if kind else len(_KINDS), *first)
