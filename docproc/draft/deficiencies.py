"""What a notice says of each deficiency: where it stands, what is wrong, which article says so, what to hand in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from docproc.draft.word import clean
from docproc.model import Evidence, Finding, Outcome, Report, RoundState
from docproc.text.outgoing import names_of, shield, shield_within

LONGEST_QUOTE = 60
QUOTES_SHOWN = 3
FORMAL = "形式要求"
NOWHERE = "全部申报材料中均未见"
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Deficiency:
    """One numbered entry of a notice: what one correction puts right. Texts carry the shields of `text.outgoing`.

    `problems`, `places`, `bases` and `remedies` hold one text a paragraph, each once; `quotes` are as they are printed.
    """

    number: str
    items: tuple[str, ...]
    title: str
    problems: tuple[str, ...]
    places: tuple[str, ...]
    bases: tuple[str, ...]
    remedies: tuple[str, ...]
    quotes: tuple[str, ...] = ()
    standings: tuple[str, ...] = ()  # second round: what became of it since the first letter


def application(report: Report) -> str:
    """What is applied for, as the checklist names it: 某市先进级智能工厂申报."""
    return report.checklist.title.removesuffix("形式审查") if report.checklist else "（未能判断）"


def deficiencies(report: Report, groups: Sequence[Sequence[Finding]]) -> tuple[Deficiency, ...]:
    """The entries of a notice, numbered （一）, （二） …, one for each group of findings that one correction puts right."""
    return tuple(_deficiency(report, findings, chinese_number(number)) for number, findings in enumerate(groups, start=1))


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


def _deficiency(report: Report, findings: Sequence[Finding], number: str) -> Deficiency:
    quotes = tuple(dict.fromkeys(quote for finding in findings for quote in quoted(report.evidence_of(finding))))
    names = (*names_of(report), *quotes)
    told = " ".join(clean(finding.message) for finding in findings)
    return Deficiency(
        number=number,
        items=tuple(finding.item for finding in findings),
        title=shield_within(clean(findings[0].title), names),
        problems=_each((clean(finding.message) for finding in findings), names),
        places=_where(report, findings, tuple(quote for quote in quotes if quote not in told)),
        bases=_each((citation(finding) for finding in findings), names),
        remedies=_each((clean(finding.remedy) for finding in findings), names),
        quotes=quotes,
        standings=_each((standing for finding in findings for standing in _standings(report, finding)), names),
    )


def _standings(report: Report, finding: Finding) -> Iterator[str]:
    """What became of the finding since the first letter, in words."""
    if report.second_round is None:
        return
    entry = next((entry for entry in report.second_round.noticed if entry.item == finding.item), None)
    if entry is None:
        yield "由本次提交的材料引起，前次未告知。"
    elif entry.state is RoundState.PARTLY:
        yield f"前次已告知，部分补正；已补正：{clean('、'.join(entry.cured))}。"
    else:
        yield "前次已告知，尚未补正。"


def _each(texts: Iterable[str], names: Sequence[str]) -> tuple[str, ...]:
    return tuple(shield_within(text, names) for text in dict.fromkeys(text for text in texts if text))


def _where(report: Report, findings: Sequence[Finding], quotes: Sequence[str]) -> tuple[str, ...]:
    """The places of all findings together, each file once; where nothing is shown, where it was looked for."""
    evidence = tuple(dict.fromkeys(entry for finding in findings for entry in report.evidence_of(finding)))
    if evidence:
        said = "、".join(shield(f"“{quote}”") for quote in quotes)
        return (places(report, evidence) + (f"，原文：{said}" if said else ""),)
    lead = findings[0]
    if lead.outcome is not Outcome.MISSING:
        return ()
    searched = [] if lead.papers else [document.path for document in report.documents if document.kind in lead.looks_at[:1]]
    return ("、".join(shield(clean(path)) for path in dict.fromkeys(searched)) + "中未见" if searched else NOWHERE,)
