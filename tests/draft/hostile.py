"""Reports made up at random, the same in every run, with names and quotes that are meant to break what prints them."""

from __future__ import annotations

from datetime import date
from random import Random

from docproc.model import Basis, DocumentEntry, Evidence, Finding, Kind, Outcome, PackageOutcome, Report
from tests.reports import REGULATION, finding, report

NAMES = (
    "甲<公司>&乙",
    "天津“一重”装备有限公司",
    "{{ 7 * 7 }}有限公司",
    "{% for x in y %}厂{% endfor %}",
    "{# 注 #}公司",
    "=HYPERLINK(\"http://x\")公司",
    "+1-1@厂",
    "范\ue0fe仲\ue0ff叶厂",
    "锅\x07炉\x00厂",
    "左\u202e右厂\u202c",
    "مصنع שלום 厂",
    "第一行\n第二行\r\n第三行\t厂",
    "&lt;b&gt;厂&amp;]]>",
    "长" * 3000 + "厂",
    "𠮷野家😀厂",
    "（一）问题：厂",
    "a/../../etc/passwd",
    "公司：",
    "\u3000 空 格 厂 ",
    "${jndi}%s%n厂",
)  # fmt: skip
_ITEMS = (
    "TJ-2",
    "TJ-5",
    "TJ-6-1a",
    "TJ-6-2b",
    "TJ-6-2c",
    "TJ-6-6",
    "TJ-7",
    "TJ-9-2b",
    "TJ-M-form",
    "TJ-M-finance",
    "TJ-M-credit",
    "FORM-name",
)
_FORMS = ("FORM-code", "FORM-date", "FORM-seal", "FORM-owner", "FORM-complete", "FORM-figures")
_KINDS = (Kind.FORM, Kind.LICENCE, Kind.AUDIT, Kind.MATURITY, Kind.CREDIT, Kind.COMMITMENT, Kind.UNKNOWN)


def hostile_report(number: int) -> Report:
    """The report of that number: any outcome but 待核, up to 18 findings, up to 6 documents."""
    chance = Random(number)
    name = NAMES[number % len(NAMES)] + ("" if number < len(NAMES) else str(number))
    documents = tuple(
        DocumentEntry(id=f"d{n}", path=f"{chance.choice(NAMES)[:200]}/{n}.pdf", kind=chance.choice(_KINDS), pages=9, owner=name)
        for n in range(1, chance.randint(2, 6))
    )
    items = chance.sample((*_ITEMS, *_FORMS), chance.randint(1, 18))
    passed = number % 10 == 0
    findings = tuple(_finding(chance, item, documents, passed=passed) for item in items)
    outcomes = {entry.outcome for entry in findings}
    outcome = PackageOutcome.DEFICIENT if outcomes & {Outcome.FAIL, Outcome.MISSING} else PackageOutcome.PASS
    if any(entry.outcome is Outcome.FAIL and entry.correctable is False for entry in findings):
        outcome = PackageOutcome.INELIGIBLE
    made = report(outcome, *findings, applicant=name)
    assert made.checklist is not None
    return made.model_copy(
        update={
            "documents": documents,
            "claims": (),
            "facts": (),
            "package": made.package.model_copy(update={"name": chance.choice(NAMES), "path": chance.choice(NAMES)}),
            "checklist": made.checklist.model_copy(update={"as_of": date(2026, 11, 22)}),
        }
    )


def _finding(chance: Random, item: str, documents: tuple[DocumentEntry, ...], *, passed: bool) -> Finding:
    outcome = Outcome.PASS if passed else chance.choice((Outcome.PASS, Outcome.FAIL, Outcome.FAIL, Outcome.MISSING, Outcome.NOT_APPLICABLE))
    wrong = outcome in (Outcome.FAIL, Outcome.MISSING)
    said = chance.choice(NAMES)
    evidence = tuple(_evidence(chance, document.id) for document in chance.sample(documents, chance.randint(0, len(documents))))
    return finding(
        item,
        outcome,
        message=f"{item}写作“{said}”。",
        remedy=chance.choice((f"请更正{item}：“{said}”。", "请提交申报书。")) if wrong else "",
        correctable=(chance.random() > 0.1 or outcome is Outcome.MISSING) if wrong else None,
        basis=None
        if item.startswith("FORM")
        else Basis(regulation=REGULATION, article="第八条", quote="按要求", note=chance.choice(("", "惯例"))),
        evidence=() if outcome is Outcome.NOT_APPLICABLE else evidence,
        papers=(chance.choice(_KINDS),) if wrong and "-M-" in item else (),
        looks_at=(chance.choice(_KINDS),),
        cured_by=chance.choice((None, Kind.FORM, Kind.AUDIT)) if wrong else None,
        judgement=item in ("TJ-5", "TJ-7"),
    )


def _basis(chance: Random) -> Basis:
    return Basis(regulation=REGULATION, article="第八条", quote="按要求", note=chance.choice(("", "惯例")))


def _evidence(chance: Random, document: str) -> Evidence:
    if chance.random() < 0.2:
        return Evidence(document=document, page=chance.choice((None, 1)))
    quote = chance.choice(NAMES)
    start = chance.randint(0, 50)
    return Evidence(document=document, page=chance.choice((None, 1, 4, 9)), start=start, end=start + len(quote), quote=quote)
