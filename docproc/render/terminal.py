"""A report as a readable summary for the terminal: what it came to, what needs attention and where, what to open next."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from docproc.model import Claim, DocumentEntry, Evidence, Finding, Outcome, PackageOutcome, Report, Script
from docproc.render.rounds import say_second_round
from docproc.render.voice import Voice, own
from docproc.render.words import OUTCOME_ORDER, particulars, term_words, value_words, word
from docproc.text.outgoing import as_written

_STYLES = {
    PackageOutcome.PASS: "bold green",
    PackageOutcome.DEFICIENT: "bold yellow",
    PackageOutcome.INELIGIBLE: "bold red",
    PackageOutcome.REVIEW: "bold magenta",
}
_ITEM_STYLES = {Outcome.FAIL: "red", Outcome.MISSING: "yellow", Outcome.REVIEW: "magenta"}
LONGEST_QUOTE = 48


def summary(
    report: Report,
    written: Sequence[Path] = (),
    *,
    width: int | None = None,
    colour: bool | None = None,
    script: Script = Script.HANS,
) -> str:
    """The summary of one report. `written` are the files to open; width and colour default to what the terminal has."""
    report = as_written(report, script)
    voice = Voice.about(report, width=width, colour=colour, script=script)
    _head(voice, report)
    if report.second_round:
        say_second_round(voice, report.second_round)
    _attention(voice, report)
    _counts(voice, report)
    _losses(voice, report)
    say_files(voice, written)
    voice.say("")
    return voice.text


def say_files(voice: Voice, written: Sequence[Path]) -> None:
    """Which files to open."""
    for number, path in enumerate(written):
        voice.say(f"{'　　　　' if number else chr(10) + '请打开：'}{own(path)}", whole=True)


def claims_text(claims: Sequence[Claim], *, width: int | None = None, colour: bool | None = None) -> str:
    """A table of claims: what, value, standing, place and words."""
    from rich.table import Table
    from rich.text import Text

    voice = Voice(width=width, colour=colour)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title in ("内容", "值", "性质", "原文"):
        table.add_column(title, overflow="fold")
    for claim in claims:
        narrowed = particulars(claim.qualifiers)
        value = value_words(claim.value) + (f"（{narrowed}）" if narrowed else "")
        cells = (word("claims", claim.name), value, word("statuses", claim.status), _words_of(claim))
        table.add_row(*(Text(voice.words(cell)) for cell in cells))
    voice.console.print(table)
    voice.say(f"共 {len(claims)} 条")
    return voice.text


def say_package(voice: Voice, report: Report) -> None:
    """Whose package it is, and by which rules and on which day it was checked."""
    voice.say(f"单位：{own(report.package.applicant) if report.package.applicant else '（材料中未见申报单位名称）'}")
    voice.say(f"材料：{own(report.package.path)}")
    if report.checklist:
        voice.say(f"清单：{report.checklist.title}（{report.checklist.id}），审查基准日 {report.checklist.as_of}")
        if report.checklist.regulation:
            voice.say(f"依据：《{report.checklist.regulation}》{term_words(report.checklist)}")
        if report.checklist.window:
            voice.say(f"近三年：{report.checklist.window[0]} 至 {report.checklist.window[1]}")
        if report.checklist.note:
            voice.say(f"注意：{report.checklist.note}", "" if report.checklist.in_force else "bold red")
    for problem in report.package.problems:
        voice.say(f"问题：{problem.message}", "red")


def _head(voice: Voice, report: Report) -> None:
    from rich.text import Text

    outcome = (voice.words(word("package_outcomes", report.outcome)), _STYLES[report.outcome])
    voice.console.print(Text.assemble((voice.words("结论："), ""), outcome))
    say_package(voice, report)


def _attention(voice: Voice, report: Report) -> None:
    paths = {document.id: document for document in report.documents}
    for outcome in OUTCOME_ORDER[:3]:
        findings = [finding for finding in report.findings if finding.outcome is outcome]
        if not findings:
            continue
        voice.say(f"\n{word('outcomes', outcome)}（{len(findings)} 项）", f"bold {_ITEM_STYLES[outcome]}")
        for finding in findings:
            final = "　【不可补正】" if outcome is Outcome.FAIL and finding.correctable is False else ""
            voice.say(f"  {finding.item}　{finding.title}{final}", _ITEM_STYLES[outcome])
            for line in (finding.message, *_places(finding, report.evidence_of(finding), paths)):
                voice.say(line, indent=6)


def _places(finding: Finding, places: Sequence[Evidence], documents: dict[str, DocumentEntry]) -> list[str]:
    lines: list[str] = []
    for evidence in places[:2]:
        document = documents.get(evidence.document)
        page = f"第{evidence.page}页" if evidence.page else ""
        quote = _quote(evidence)
        if document and quote not in finding.message:
            lines.append(f"→ {own(document.path)}{page}" + (f"：{own(f'“{quote}”')}" if quote else ""))
    return lines


def _counts(voice: Voice, report: Report) -> None:
    counts = [(word("outcomes", outcome), sum(finding.outcome is outcome for finding in report.findings)) for outcome in OUTCOME_ORDER]
    voice.say("\n共 " + f"{len(report.findings)} 项：" + "，".join(f"{name} {count}" for name, count in counts if count))
    judgements = sum(finding.judgement and finding.outcome is Outcome.PASS for finding in report.findings)
    if judgements:
        voice.say(f"其中 {judgements} 项仅核对材料已有说明，实质内容由专家评判。")


def _losses(voice: Voice, report: Report) -> None:
    files = len({document.path for document in report.documents})
    skipped = f"，跳过系统文件 {len(report.package.skipped)} 个" if report.package.skipped else ""
    voice.say(f"材料 {files} 个文件，识别为 {len(report.documents)} 份{skipped}。")
    for document in report.documents:
        for message in [problem.message for problem in document.problems] + [loss.message for loss in document.losses]:
            voice.say(f"  未读全：{own(document.path)}：{message}", "yellow")


def _words_of(claim: Claim) -> str:
    """The page and the words of a claim's first place: label and value of a form are two pieces of one place."""
    if not claim.evidence:
        return ""
    first = claim.evidence[0]
    pieces = [entry for entry in claim.evidence[:3] if (entry.document, entry.page) == (first.document, first.page)]
    return (f"第{first.page}页　" if first.page else "") + " … ".join(_quote(entry) for entry in pieces)


def _quote(evidence: Evidence | None) -> str:
    text = " ".join((evidence.quote or "").split()) if evidence else ""
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"
