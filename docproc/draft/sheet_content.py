"""What the review sheet holds, whatever its format: head, a row an item, what was not read, and the second round beside the first."""

from __future__ import annotations

from dataclasses import dataclass

from docproc.draft.deficiencies import application, citation, places, quoted
from docproc.draft.word import clean
from docproc.model import DocumentEntry, Finding, Outcome, Report
from docproc.render.rounds import change_title, change_words, counts_words, points_words, unasked
from docproc.render.words import word
from docproc.text.outgoing import names_of, shield, shield_within


@dataclass(frozen=True, slots=True)
class Row:
    """An item as the sheet shows it; texts carry the shields of `text.outgoing`."""

    number: str
    item: str
    title: str
    article: str
    outcome: str
    message: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Loss:
    """A file that was not read as a whole."""

    path: str
    what: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A line of the second round: what became of it, then and now."""

    state: str
    what: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class SheetContent:
    """The whole sheet. `compared` and `round_counts` are empty in a first round."""

    applicant: str
    package: str
    application: str
    checked_on: str
    window: str
    note: str
    outcome: str
    counts: str
    rows: tuple[Row, ...]
    losses: tuple[Loss, ...]
    round_counts: str
    compared: tuple[Compared, ...]


def sheet_content(report: Report) -> SheetContent:
    """The sheet of a report."""
    names = tuple(names_of(report))
    return SheetContent(
        applicant=shield(clean(report.package.applicant)) if report.package.applicant else "（材料中未见申报单位名称）",
        package=shield(clean(report.package.name)),
        application=shield_within(application(report), names),
        checked_on=str(report.checklist.as_of) if report.checklist else "",
        window=" 至 ".join(map(str, report.checklist.window)) if report.checklist and report.checklist.window else "",
        note=report.checklist.note if report.checklist else "",
        outcome=word("package_outcomes", report.outcome),
        counts="，".join(f"{word('outcomes', outcome)}{_count(report, outcome)}项" for outcome in Outcome),
        rows=tuple(_row(report, finding, number, names) for number, finding in enumerate(report.findings, start=1)),
        losses=tuple(
            Loss(shield(clean(document.path)), "；".join(map(clean, _lost(document))))
            for document in report.documents
            if document.problems or document.losses
        ),
        round_counts=counts_words(report.second_round) if report.second_round else "",
        compared=tuple(_compared(report, names)),
    )


def _row(report: Report, finding: Finding, number: int, names: tuple[str, ...]) -> Row:
    said = "；".join(shield(f"“{quote}”") for quote in quoted(report.evidence_of(finding))[:2])
    place = places(report, report.evidence_of(finding))
    return Row(
        number=str(number),
        item=finding.item,
        title=shield_within(clean(finding.title), names),
        article=shield_within(citation(finding) if finding.basis is None else finding.basis.article, names),
        outcome=word("outcomes", finding.outcome) + ("（专家评判）" if finding.judgement and finding.outcome is Outcome.PASS else ""),
        message=shield_within(clean(finding.message), names),
        evidence="　".join(part for part in (place, said) if part),
    )


def _compared(report: Report, names: tuple[str, ...]) -> list[Compared]:
    found = report.second_round
    if found is None:
        return []
    lines = [
        Compared(
            word("round_states", entry.state),
            f"{entry.item}　{shield_within(clean(entry.title), names)}",
            shield_within(clean(entry.before), names),
            shield_within(clean(f"{entry.now}{points_words(entry)}"), names),
        )
        for entry in found.noticed
    ]
    lines += [
        Compared(
            "新问题",
            f"{problem.item}　{shield_within(clean(problem.title), names)}",
            "前次未告知" + ("" if problem.caused else "，材料未变"),
            shield_within(clean(problem.message), names),
        )
        for problem in found.new
    ]
    lines += [
        Compared(
            f"未要求而{word('document_states', pair.state)}",
            word("kinds", pair.kind),
            shield(clean(pair.before or "")),
            shield(clean(pair.now or "")),
        )
        for pair in unasked(found)
    ]
    lines += [
        Compared(
            "未要求而改动",
            change_title(change),
            shield(clean(change_words(change.before, change))),
            shield(clean(change_words(change.now, change))),
        )
        for change in found.changes
    ]
    return lines


def _lost(document: DocumentEntry) -> list[str]:
    return [problem.message for problem in document.problems] + [loss.message for loss in document.losses]


def _count(report: Report, outcome: Outcome) -> int:
    return sum(finding.outcome is outcome for finding in report.findings)
