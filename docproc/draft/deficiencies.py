"""What a notice says of each deficiency: where it stands, what is wrong, which article says so, what to hand in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docproc.draft.word import clean
from docproc.model import Evidence, Finding, Outcome, Report
from docproc.text.outgoing import names_of, shield, shield_within

LONGEST_QUOTE = 60
QUOTES_SHOWN = 3
FORMAL = "形式要求"
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Deficiency:
    """One numbered entry of a notice. Texts carry the shields of `text.outgoing`; `quotes` are as they are printed."""

    number: str
    item: str
    title: str
    problem: str
    where: str
    basis: str
    remedy: str
    quotes: tuple[str, ...] = ()


def open_findings(report: Report) -> tuple[Finding, ...]:
    """What is wrong, in the order in which a firm works it off: missing materials, then document by document, then the rest."""
    wrong = [finding for finding in report.findings if finding.outcome in (Outcome.FAIL, Outcome.MISSING)]
    order = {document.id: position for position, document in enumerate(report.documents)}

    def place(finding: Finding) -> tuple[int, int]:
        if finding.outcome is Outcome.MISSING:
            return (0, 0)
        return (1, min((order.get(evidence.document, len(order)) for evidence in report.evidence_of(finding)), default=len(order)))

    return tuple(sorted(wrong, key=place))


def application(report: Report) -> str:
    """What is applied for, as the checklist names it: 某市先进级智能工厂申报."""
    return report.checklist.title.removesuffix("形式审查") if report.checklist else "（未能判断）"


def deficiencies(report: Report, findings: Sequence[Finding]) -> tuple[Deficiency, ...]:
    """The entries of a notice, numbered （一）, （二） …"""
    return tuple(_deficiency(report, finding, chinese_number(number)) for number, finding in enumerate(findings, start=1))


def citation(finding: Finding) -> str:
    """The article that a finding rests on; form findings rest on none and say so."""
    if finding.basis is None:
        return FORMAL
    basis = f"《{finding.basis.regulation.strip('《》')}》{finding.basis.article}"
    if finding.basis.quote:
        basis += f"（“{clean(finding.basis.quote)}”）"
    return f"{basis}（{finding.basis.note}）" if finding.basis.note else basis


def places(report: Report, evidence: Sequence[Evidence]) -> str:
    """Where the evidence stands: each file once, with its pages."""
    paths = {document.id: document.path for document in report.documents}
    pages: dict[str, list[int]] = {}
    for entry in evidence:
        seen = pages.setdefault(paths.get(entry.document, entry.document), [])
        if entry.page is not None and entry.page not in seen:
            seen.append(entry.page)
    return "；".join(
        shield(clean(path)) + (f"第{'、'.join(map(str, sorted(numbers)))}页" if numbers else "") for path, numbers in pages.items()
    )


def quoted(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """The first few quotes, each once, as they are printed."""
    shown: list[str] = []
    for entry in evidence:
        text = clean(entry.quote or "")
        if len(text) > LONGEST_QUOTE:
            text = text[: LONGEST_QUOTE - 1] + "…"
        if text and text not in shown:
            shown.append(text)
    return tuple(shown[:QUOTES_SHOWN])


def chinese_number(number: int) -> str:
    """1–99 in Chinese numerals, as headings of official letters count; larger ones in digits."""
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        return str(number)
    return ("" if not tens else "十" if tens == 1 else _DIGITS[tens] + "十") + (_DIGITS[ones] if ones or not tens else "")


def _deficiency(report: Report, finding: Finding, number: str) -> Deficiency:
    names = tuple(names_of(report))
    quotes = quoted(report.evidence_of(finding))
    message = clean(finding.message)
    return Deficiency(
        number=number,
        item=finding.item,
        title=shield_within(clean(finding.title), names),
        problem=shield_within(message, names),
        where=_where(report, finding, tuple(quote for quote in quotes if quote not in message)),
        basis=shield_within(citation(finding), names),
        remedy=shield_within(clean(finding.remedy), names),
        quotes=quotes,
    )


def _where(report: Report, finding: Finding, quotes: Sequence[str]) -> str:
    evidence = report.evidence_of(finding)
    if not evidence:
        return "全部申报材料中均未见" if finding.outcome is Outcome.MISSING else ""
    said = "、".join(shield(f"“{quote}”") for quote in quotes)
    return places(report, evidence) + (f"，原文：{said}" if said else "")
