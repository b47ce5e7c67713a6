"""A report as an enterprise needs it before it hands in: what to mend first, where, how, with an example of a right statement.

The words stand in templates/precheck.yaml. A pre-check never foretells the outcome of an application, and says what it did not check.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docproc.checklist import Checklist, load
from docproc.draft.corrections import corrections
from docproc.model import Finding, Outcome, Place, PreCheck, Report, Step, Urgency
from docproc.render.precheck import precheck_words

_PLACES = 4


def precheck(report: Report) -> PreCheck:
    """The steps of a report, most urgent first, and what was not checked."""
    checklist = load(report.checklist.id) if report.checklist else None
    open_ = [finding for finding in report.findings if finding.outcome in (Outcome.FAIL, Outcome.MISSING, Outcome.REVIEW)]
    by_urgency: dict[Urgency, list[tuple[Finding, ...]]] = {urgency: [] for urgency in Urgency}
    wrong = [finding for finding in open_ if finding.outcome is not Outcome.REVIEW]
    final = [finding for finding in wrong if finding.outcome is Outcome.FAIL and finding.correctable is False]
    for group in corrections(report, final):
        by_urgency[Urgency.CONDITION].append(group)
    for group in corrections(report, [finding for finding in wrong if finding not in final]):
        by_urgency[_urgency(group)].append(group)
    by_urgency[Urgency.CLARIFY] = [(finding,) for finding in open_ if finding.outcome is Outcome.REVIEW]
    groups = [(urgency, group) for urgency in Urgency for group in by_urgency[urgency]]
    steps = tuple(_step(report, checklist, number, urgency, group) for number, (urgency, group) in enumerate(groups, start=1))
    return PreCheck(steps=steps, not_checked=tuple(_not_checked(report)))


def _urgency(group: Sequence[Finding]) -> Urgency:
    lead = group[0]
    if lead.outcome is Outcome.MISSING:
        return Urgency.HAND_IN if lead.papers else Urgency.ADD
    return Urgency.MEND


def _step(report: Report, checklist: Checklist | None, number: int, urgency: Urgency, group: Sequence[Finding]) -> Step:
    places = _places(report, group)
    kinds = {kind for finding in group for kind in finding.looks_at[:1]}
    look_in = [document.path for document in report.documents if document.kind in kinds] if urgency is Urgency.ADD and not places else []
    return Step(
        number=number,
        urgency=urgency,
        items=tuple(finding.item for finding in group),
        title=group[0].title,
        problems=tuple(dict.fromkeys(finding.message for finding in group)),
        places=places,
        look_in=tuple(dict.fromkeys(look_in)),
        how=tuple(dict.fromkeys(finding.remedy for finding in group if finding.remedy)),
        example="" if urgency is Urgency.CONDITION else _example(checklist, group),
    )


def _example(checklist: Checklist | None, group: Sequence[Finding]) -> str:
    found = (checklist.item(finding.item) for finding in group) if checklist else iter(())
    return next((each.right_words for each in found if each and each.right_words), "")


def _places(report: Report, group: Sequence[Finding]) -> tuple[Place, ...]:
    paths = {document.id: document.path for document in report.documents}
    found: dict[Place, None] = {}
    for finding in group:
        for entry in report.evidence_of(finding):
            path = paths.get(entry.document, entry.document)
            found[Place(path=path, page=entry.page, start=entry.start, end=entry.end, quote=entry.quote)] = None
    return tuple(found)[:_PLACES]


def _not_checked(report: Report) -> Iterator[str]:
    said = precheck_words()["not_checked"]
    judgements = [finding.title for finding in report.findings if finding.judgement and finding.outcome is Outcome.PASS]
    if judgements:
        yield said["judgements"].format(titles="、".join(dict.fromkeys(judgements)))
    lost = [
        f"《{document.path}》{message.rstrip('。')}"
        for document in report.documents
        for message in [problem.message for problem in document.problems] + [loss.message for loss in document.losses]
    ]
    if lost:
        yield said["losses"].format(files="；".join(dict.fromkeys(lost)))
    if report.checklist and report.checklist.note:
        yield said["out_of_force"].format(note=report.checklist.note)
    yield from said["always"]
