"""A report as a readable summary for the terminal: what it came to, what needs attention and where, what to open next."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from docproc.model import Claim, DocumentEntry, Evidence, Finding, Outcome, PackageOutcome, Report
from docproc.render.words import OUTCOME_ORDER, particulars, value_words, word

if TYPE_CHECKING:
    from rich.console import Console

_STYLES = {
    PackageOutcome.PASS: "bold green",
    PackageOutcome.DEFICIENT: "bold yellow",
    PackageOutcome.INELIGIBLE: "bold red",
    PackageOutcome.REVIEW: "bold magenta",
}
_ITEM_STYLES = {Outcome.FAIL: "red", Outcome.MISSING: "yellow", Outcome.REVIEW: "magenta"}
LONGEST_QUOTE = 48
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def summary(report: Report, written: Sequence[Path] = (), *, width: int | None = None, colour: bool | None = None) -> str:
    """The summary of one report. `written` are the files to open; width and colour default to what the terminal has."""
    console = _console(width, colour)
    _head(console, report)
    _attention(console, report)
    _counts(console, report)
    _losses(console, report)
    if written:
        console.print(f"\n请打开：{written[0]}", soft_wrap=True)
        for path in written[1:]:
            console.print(f"　　　　{path}", soft_wrap=True)
    console.print()
    return _text(console)


def claims_text(claims: Sequence[Claim], *, width: int | None = None, colour: bool | None = None) -> str:
    """A table of claims: what, value, standing, place and words."""
    from rich.table import Table
    from rich.text import Text

    console = _console(width, colour)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title in ("内容", "值", "性质", "原文"):
        table.add_column(title, overflow="fold")
    for claim in claims:
        narrowed = particulars(claim.qualifiers)
        value = value_words(claim.value) + (f"（{narrowed}）" if narrowed else "")
        cells = (word("claims", claim.name), value, word("statuses", claim.status), _words_of(claim))
        table.add_row(*(Text(_plain(cell)) for cell in cells))
    console.print(table)
    console.print(f"共 {len(claims)} 条")
    return _text(console)


def _head(console: Console, report: Report) -> None:
    from rich.text import Text

    console.print(Text.assemble(("结论：", ""), (word("package_outcomes", report.outcome), _STYLES[report.outcome])))
    console.print(Text(_plain(f"单位：{report.package.applicant or '（材料中未见申报单位名称）'}")))
    console.print(Text(_plain(f"材料：{report.package.path}")))
    if report.checklist:
        console.print(Text(_plain(f"清单：{report.checklist.title}（{report.checklist.id}），审查基准日 {report.checklist.as_of}")))
        if report.checklist.window:
            console.print(Text(_plain(f"近三年：{report.checklist.window[0]} 至 {report.checklist.window[1]}")))
        if report.checklist.note:
            console.print(Text(_plain(f"注意：{report.checklist.note}"), style="" if report.checklist.in_force else "bold red"))
    for problem in report.package.problems:
        console.print(Text(_plain(f"问题：{problem.message}"), style="red"))


def _attention(console: Console, report: Report) -> None:
    from rich.padding import Padding
    from rich.text import Text

    paths = {document.id: document for document in report.documents}
    for outcome in OUTCOME_ORDER[:3]:
        findings = [finding for finding in report.findings if finding.outcome is outcome]
        if not findings:
            continue
        console.print(Text(_plain(f"\n{word('outcomes', outcome)}（{len(findings)} 项）"), style=f"bold {_ITEM_STYLES[outcome]}"))
        for finding in findings:
            final = "　【不可补正】" if outcome is Outcome.FAIL and finding.correctable is False else ""
            console.print(Text(_plain(f"  {finding.item}　{finding.title}{final}"), style=_ITEM_STYLES[outcome]))
            for line in (finding.message, *_places(finding, report.evidence_of(finding), paths)):
                console.print(Padding(Text(_plain(line)), (0, 0, 0, 6)))


def _places(finding: Finding, places: Sequence[Evidence], documents: dict[str, DocumentEntry]) -> list[str]:
    lines: list[str] = []
    for evidence in places[:2]:
        document = documents.get(evidence.document)
        page = f"第{evidence.page}页" if evidence.page else ""
        quote = _quote(evidence)
        if document and quote not in finding.message:
            lines.append(f"→ {document.path}{page}" + (f"：“{quote}”" if quote else ""))
    return lines


def _counts(console: Console, report: Report) -> None:
    from rich.text import Text

    counts = [(word("outcomes", outcome), sum(finding.outcome is outcome for finding in report.findings)) for outcome in OUTCOME_ORDER]
    console.print(Text("\n共 " + f"{len(report.findings)} 项：" + "，".join(f"{name} {count}" for name, count in counts if count)))
    judgements = sum(finding.judgement and finding.outcome is Outcome.PASS for finding in report.findings)
    if judgements:
        console.print(Text(_plain(f"其中 {judgements} 项仅核对材料已有说明，实质内容由专家评判。")))


def _losses(console: Console, report: Report) -> None:
    from rich.text import Text

    files = len({document.path for document in report.documents})
    skipped = f"，跳过系统文件 {len(report.package.skipped)} 个" if report.package.skipped else ""
    console.print(Text(_plain(f"材料 {files} 个文件，识别为 {len(report.documents)} 份{skipped}。")))
    for document in report.documents:
        for message in [problem.message for problem in document.problems] + [loss.message for loss in document.losses]:
            console.print(Text(_plain(f"  未读全：{document.path}：{message}"), style="yellow"))


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


def _plain(text: str) -> str:
    """Without control and direction characters: a file's name must not steer the terminal."""
    return _CONTROLS.sub("", text)


def _console(width: int | None, colour: bool | None) -> Console:
    from rich.console import Console

    terminal = Console()
    return Console(
        file=io.StringIO(),
        width=width or min(terminal.width, 120),
        force_terminal=terminal.is_terminal if colour is None else colour,
        no_color=terminal.no_color if colour is None else not colour,
        highlight=False,
        markup=False,
        emoji=False,
    )


def _text(console: Console) -> str:
    return console.file.getvalue() if isinstance(console.file, io.StringIO) else ""
