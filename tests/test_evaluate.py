"""The decision tables: a case in a few lines, an item, and what the item must come to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from docproc.checklist import Item, known, load
from docproc.checklist_file import Example
from docproc.evaluate import evaluate, overall
from docproc.examples import case_of, differs, disagreements, run
from docproc.model import Finding, Outcome, PackageOutcome, Problem, Span

TABLES = sorted((Path(__file__).parent / "data" / "decisions").glob("*.yaml"))


def decisions() -> Iterator[object]:
    for path in TABLES:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        tables = data.get("tables") or {data["item"]: data["examples"]}
        for item, rows in tables.items():
            for row in rows:
                yield pytest.param(data["checklist"], item, Example.model_validate(row), id=f"{item}: {row['name']}")


@pytest.mark.parametrize(("checklist", "item_id", "example"), list(decisions()))
def test_decision(checklist: str, item_id: str, example: Example) -> None:
    rules = load(checklist)
    item = rules.item(item_id)
    assert isinstance(item, Item)
    finding = run(rules, item, example)
    assert differs(example, finding) == "", finding.trace
    assert finding.trace[-1].startswith("结论：")
    assert (finding.correctable is None) == (finding.outcome in (Outcome.PASS, Outcome.NOT_APPLICABLE))
    assert bool(finding.remedy) == (finding.correctable is not None)


@pytest.mark.parametrize("checklist", [name for name, _ in known()])
def test_items_own_examples(checklist: str) -> None:
    assert list(disagreements(load(checklist))) == []


@pytest.mark.parametrize("checklist", [name for name, _ in known()])
def test_every_failing_item_has_an_example_of_each_side(checklist: str) -> None:
    for item in load(checklist).items:
        outcomes = {example.outcome for example in item.examples}
        assert item.predicate == "deadline" or (outcomes - {Outcome.PASS, Outcome.NOT_APPLICABLE}), item.id


def test_an_empty_package_passes_nothing_that_evidence_must_show() -> None:
    example = Example(name="empty", outcome=Outcome.MISSING)
    for name, _ in known():
        for finding in evaluate(load(name), case_of(example)):
            assert finding.outcome is not Outcome.PASS or finding.item in ("FORM-readable", "FORM-date"), finding.item


def test_a_notice_asks_for_every_blank_that_it_names() -> None:
    """What is told must be told in one go: a firm that does all that the remedy asks for is not refused again."""
    rules = load("beijing-basic")
    item = rules.item("FORM-complete")
    assert isinstance(item, Item)
    example = Example.model_validate(
        {
            "name": "both",
            "outcome": "fail",
            "documents": [{"kind": "form"}],
            "fields": [{"label": "填报日期", "value": "XXXX年XX月XX日"}, {"label": "法定代表人", "value": ""}],
        }
    )
    found = run(rules, item, example)
    assert "法定代表人" in found.remedy
    assert {"法定代表人（空缺）", "“填报日期：XXXX年XX月XX日”"} <= set(found.points)
    assert "“XX”" not in found.message  # a placeholder is named once


@pytest.mark.parametrize("status", ["asserted", "quoted"])
def test_only_a_copy_of_the_rules_words_is_for_a_person(status: str) -> None:
    rules = load("tianjin-basic")
    item = rules.item("TJ-6-4")
    assert isinstance(item, Item)
    told = {"topic": "organisation", "status": status, "verbatim": True}
    example = Example.model_validate({"name": "copy", "outcome": "review", "documents": [{"kind": "form"}], "passages": [told]})
    assert run(rules, item, example).outcome is Outcome.REVIEW


def finding(outcome: str, correctable: bool | None = None) -> Finding:
    return Finding(item="X", title="x", outcome=Outcome(outcome), message="x", correctable=correctable)


@pytest.mark.parametrize(
    ("findings", "outcome"),
    [
        ([finding("pass"), finding("not_applicable")], PackageOutcome.PASS),
        ([finding("pass"), finding("review", True)], PackageOutcome.REVIEW),
        ([finding("review", True), finding("missing", True)], PackageOutcome.DEFICIENT),
        ([finding("fail", True)], PackageOutcome.DEFICIENT),
        ([finding("fail", False), finding("missing", True)], PackageOutcome.INELIGIBLE),
        ([finding("review", False)], PackageOutcome.REVIEW),
    ],
)
def test_overall(findings: list[Finding], outcome: PackageOutcome) -> None:
    assert overall(findings) is outcome


def test_words_put_right_by_inference_never_pass_by_themselves() -> None:
    rules = load("tianjin-advanced")
    item = rules.item("TJ-6-2b")
    assert item is not None
    claim = {"name": "credit.record", "value": "none", "quote": "无不良信用记录"}
    example = Example.model_validate({"name": "x", "outcome": "pass", "documents": [{"kind": "form"}], "claims": [claim]})
    case = case_of(example)
    alone = replace(rules, items=(item,))
    assert evaluate(alone, case)[0].outcome is Outcome.PASS
    doubted = evaluate(alone, replace(case, inferred={"d1": (Span(2, 4),)}))[0]
    assert doubted.outcome is Outcome.REVIEW
    assert "推断修复" in doubted.message
    elsewhere = evaluate(alone, replace(case, inferred={"d1": (Span(90, 94),)}))[0]
    assert elsewhere.outcome is Outcome.PASS


def test_text_recognised_with_low_confidence_never_passes_by_itself() -> None:
    rules = load("tianjin-advanced")
    item = rules.item("TJ-6-2b")
    assert item is not None
    claim = {"name": "credit.record", "value": "none", "quote": "无不良信用记录", "confidence": 0.5}
    example = Example.model_validate({"name": "x", "outcome": "review", "documents": [{"kind": "form"}], "claims": [claim]})
    assert run(rules, item, example).outcome is Outcome.REVIEW


def test_a_part_of_the_package_that_was_not_opened_forbids_missing() -> None:
    rules = load("tianjin-advanced")
    item = rules.item("TJ-M-credit")
    assert item is not None
    case = case_of(Example.model_validate({"name": "x", "outcome": "review", "documents": [{"kind": "form"}]}))
    unopened = replace(case, problems=(Problem("too_deep", "压缩包层数过多，没有打开。"),))
    assert evaluate(replace(rules, items=(item,)), case)[0].outcome is Outcome.MISSING
    assert evaluate(replace(rules, items=(item,)), unopened)[0].outcome is Outcome.REVIEW
    readable = rules.item("FORM-readable")
    assert readable is not None
    finding = evaluate(replace(rules, items=(readable,)), unopened)[0]
    assert finding.outcome is Outcome.FAIL
    assert "层数过多" in finding.message
