"""The letters: chosen by the report's outcome, filled from its findings, proved by reading the written file back.

What a letter is called, which outcomes it fits and which act it rests on stands in its manifest (templates/notice-*.yaml). The
correction notice rests on 《优化营商环境条例》（国务院令第722号）第三十六条: what is to be corrected is told in one go (一次性告知).
Recognition programmes are no licences: 《行政许可法》 is not cited. No regulation gives a number of days, so that without `due_in` the
deadline stays blank.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from docproc.draft.corrections import corrections, held_back, open_findings
from docproc.draft.deficiencies import Deficiency, application, chinese_number, deficiencies
from docproc.draft.manifest import Manifest, manifest
from docproc.draft.office import Office
from docproc.draft.proof import prove, prove_receipt
from docproc.draft.word import clean, render
from docproc.errors import DocprocError
from docproc.model import Finding, Outcome, PackageOutcome, Report, RoundState, Script
from docproc.render.words import word
from docproc.text.outgoing import as_written, names_of, shield, shield_within
from docproc.workdays import Deadline, deadline

if TYPE_CHECKING:
    from docproc.regulation import Regulation

KINDS = ("correction", "passed", "ineligible", "rectification", "receipt")
BLANK_DATE = "　　　　年　　月　　日"
BLANK_NAME = "　　　　　　　　"
NO_OFFICE = Office()


@dataclass(frozen=True, slots=True)
class Drafted:
    """A drafted letter.

    `to_decide` is what a person must settle before it goes out, in Chinese; `provisional` marks an uncertain deadline.
    """

    kind: str
    filename: str
    data: bytes
    to_decide: tuple[str, ...] = ()
    provisional: bool = False


def draft_notice(report: Report, office: Office = NO_OFFICE, *, kind: str | None = None, script: Script = Script.HANS) -> Drafted:
    """The letter of a report as a Word file.

    Raises DocprocError: `notice_refused` for an outcome that a person must decide first, `notice_kind_mismatch` for a kind that the
    outcome does not support, `notice_without_basis` for one that the regulation does not provide for, `notice_incomplete` without an
    addressee, `deadline_impossible`, `template_invalid`, and `notice_unproved` where the written file does not hold what it must.
    """
    report = as_written(report, script)
    chosen = _kind(report, kind)
    about = manifest(f"notice-{chosen}")
    letter = manifest(f"notice-{_natural(report)}") if chosen == "receipt" else about
    undecided = tuple(
        f"{finding.item} {finding.title}：{clean(finding.message)}" for finding in report.findings if finding.outcome is Outcome.REVIEW
    )
    held = tuple(
        f"{problem.item} {problem.title}：{clean(problem.message)}（材料未变而前次没有告知，不写入通知书）" for problem in held_back(report)
    )
    bars, others = _entries(report, final_first=report.outcome is PackageOutcome.INELIGIBLE and chosen != "rectification")
    due = _due(report, office)
    with_deadline = chosen == "rectification" or (chosen == "correction" and bool(others))
    context: dict[str, Any] = {
        "agency": shield(clean(office.agency)) or BLANK_NAME,
        "number": shield(clean(office.number)),
        "title": about.title,
        "letter": letter.title,
        "addressee": shield(clean(report.package.applicant or "")),
        "application": shield_within(application(report), names_of(report)),
        "received": _date(office.received) if office.received else BLANK_DATE,
        "checked_on": _date(report.checklist.as_of) if report.checklist else BLANK_DATE,
        "deadline": _date(due.day) if due else BLANK_DATE,
        "provisional": bool(due and due.provisional and with_deadline),
        "issued": _date(office.issued) if office.issued else BLANK_DATE,
        "contact": shield(clean(office.contact)) or BLANK_NAME,
        "phone": shield(clean(office.phone)) or BLANK_NAME,
        "pending": bool(undecided or held),
        "second": report.second_round is not None,
        "cured": _cured(report),
        "bars": bars,
        "deficiencies": others,
        "passed": sum(finding.outcome is Outcome.PASS for finding in report.findings),
        "judgements": [
            shield_within(clean(finding.title), ()) for finding in report.findings if finding.judgement and finding.outcome is Outcome.PASS
        ],
        "regulations": _regulations(report),
        "basis": about.basis.citation if about.basis else "",
        "rule": _rule(report, about),
        "has_deadline": with_deadline,
    }
    if chosen == "correction" and not others and report.second_round:
        raise DocprocError("second_notice_empty", items="；".join(f"{each.item} {each.title}" for each in held_back(report)))
    for name in about.needs:
        if not context.get(name):
            raise DocprocError("notice_incomplete", what=about.fields[name], template=f"notice-{chosen}.docx")
    data = render(f"notice-{chosen}.docx", context, script)
    (prove_receipt if chosen == "receipt" else prove)(data, context, script)
    return Drafted(chosen, f"{about.title}.docx", data, (*undecided, *held, *_unasked(report)), bool(context["provisional"]))


def _entries(report: Report, *, final_first: bool) -> tuple[tuple[Deficiency, ...], tuple[Deficiency, ...]]:
    """The numbered entries: those that end the application apart from those that a correction of the materials can cure."""
    wrong = open_findings(report)
    final = [finding for finding in wrong if final_first and _bars(finding)]
    groups = [*corrections(report, final), *corrections(report, [finding for finding in wrong if finding not in final])]
    entries = deficiencies(report, groups)
    barring = len(corrections(report, final))
    return entries[:barring], entries[barring:]


def _kind(report: Report, kind: str | None) -> str:
    """The kind asked for, where the report supports it; without one, the kind that the outcome calls for."""
    if report.outcome is PackageOutcome.REVIEW or report.checklist is None:
        items = "；".join(f"{finding.item} {finding.title}" for finding in report.findings if finding.outcome is Outcome.REVIEW)
        raise DocprocError("notice_refused", items=items or "；".join(problem.message for problem in report.package.problems))
    chosen = kind or _natural(report)
    about = manifest(f"notice-{chosen}")
    if report.outcome not in about.outcomes:
        raise DocprocError("notice_kind_mismatch", outcome=word("package_outcomes", report.outcome), kind=about.title)
    return chosen


def _natural(report: Report) -> str:
    return next(kind for kind in KINDS if report.outcome in manifest(f"notice-{kind}").default_for)


def _bars(finding: Finding) -> bool:
    """Whether a finding ends the application: what no correction of the materials can cure."""
    return finding.outcome is Outcome.FAIL and finding.correctable is False


def _due(report: Report, office: Office) -> Deadline | None:
    """The last day, counted from the day of issue. What cannot be is refused: no day to count from, or a day past the year's own."""
    if office.issued and office.received and office.received > office.issued:
        why = f"收到材料的日期{_date(office.received)}晚于发文日期{_date(office.issued)}"
        raise DocprocError("deadline_impossible", why=why)
    if office.due_in is None:
        return None
    if office.issued is None:
        raise DocprocError("deadline_impossible", why="没有发文日期，无从起算")
    due = deadline(office.issued, office.due_in)
    last = report.checklist.deadline if report.checklist else None
    if last and due.day > last:
        why = f"算得{_date(due.day)}，晚于申报通知（{report.checklist.notice_list if report.checklist else ''}）规定的截止日期{_date(last)}"
        raise DocprocError("deadline_impossible", why=why)
    return due


def _unasked(report: Report) -> tuple[str, ...]:
    """That the firm changed what nobody asked for: no part of a letter, but a person should know before it goes out."""
    found = report.second_round
    count = len(found.changes) + found.changes_left_out if found else 0
    return (f"材料中有{count}处未要求而改动的内容，见 report.html 或 report.json，请核对后再行印发",) if count else ()


def _cured(report: Report) -> list[str]:
    """The titles of what the first letter named and is put right now, each once."""
    entries = report.second_round.noticed if report.second_round else ()
    return list(dict.fromkeys(shield_within(clean(entry.title), ()) for entry in entries if entry.state is RoundState.CURED))


def _rule(report: Report, about: Manifest) -> str:
    """The article of the regulation itself that provides for the letter, quoted; a letter that needs one is not drafted without it."""
    if not about.rests_on or report.checklist is None:
        return ""
    from docproc.checklist import load

    checklist = load(report.checklist.id)
    found = next(_sentences(checklist.regulation, about.rests_on, checklist.level_name), None)
    if found is None:
        why = f"《{checklist.regulation.title}》对{checklist.level_name}没有规定“{about.rests_on}”"
        raise DocprocError("notice_without_basis", kind=about.title, why=why)
    return found


def _sentences(regulation: Regulation, words: str, level: str) -> Iterator[str]:
    for article in regulation.articles:
        for paragraph in article.paragraphs:
            for sentence in paragraph.text.split("。"):
                if words in sentence and level in sentence:
                    yield f"《{regulation.title}》第{chinese_number(article.number)}条（“{clean(sentence)}”）"


def _regulations(report: Report) -> str:
    titles = dict.fromkeys(
        finding.basis.regulation.strip("《》") for finding in report.findings if finding.basis and not finding.basis.note
    )
    return "、".join(f"《{title}》" for title in titles)


def _date(day: date) -> str:
    """A date as official letters write it: Arabic numerals without padding (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"
