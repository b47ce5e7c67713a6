"""Each clean sample, damaged in one way for each item: that item and what follows from it react, and nothing else does."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from docproc.checklist import known, load
from docproc.contents import contents_of
from docproc.demo import samples
from docproc.evaluate import Case, evaluate
from docproc.model import Outcome
from docproc.readers import read_package
from tests.damaging import damaged

CLEAN = {sample.id: sample for sample in samples() if sample.outcome == "pass"}
# Each clean sample with its own checklist; the basic level of the city whose clean sample is of the next is tried on that one.
TRIED = [*((sample.id, sample.checklist) for sample in CLEAN.values()), ("tj-advanced-clean", "tianjin-basic")]
MUTATIONS = yaml.safe_load((Path(__file__).parent / "data" / "mutations.yaml").read_text("utf-8"))


@cache
def clean_case(sample_id: str) -> Case:
    sample = CLEAN[sample_id]
    return contents_of(read_package(sample.path)).case(sample.as_of)


@cache
def clean_outcomes(sample_id: str, checklist: str) -> dict[str, Outcome]:
    return {finding.item: finding.outcome for finding in evaluate(load(checklist), clean_case(sample_id))}


def _cases() -> Iterator[Any]:
    for sample_id, checklist in TRIED:
        rules = load(checklist)
        ids = {item.id for item in rules.items}
        for mutation in MUTATIONS:
            if rules.level not in mutation.get("levels", [rules.level]):
                continue
            wanted = {item: outcome for item, outcome in mutation["expect"].items() if item in ids}
            if wanted or not mutation["expect"]:
                yield pytest.param(sample_id, checklist, mutation["do"], wanted, id=f"{checklist}: {mutation['name']}")


def test_the_clean_samples_are_the_ones_meant() -> None:
    assert {checklist for _, checklist in TRIED} == {name for name, _ in known()}


@pytest.mark.parametrize(("sample_id", "checklist"), TRIED)
def test_nothing_is_wrong_before_the_damage(sample_id: str, checklist: str) -> None:
    outcomes = clean_outcomes(sample_id, checklist)
    assert {item: outcome for item, outcome in outcomes.items() if outcome not in (Outcome.PASS, Outcome.NOT_APPLICABLE)} == {}


def test_every_item_is_damaged_somewhere() -> None:
    damaged_items = {item for mutation in MUTATIONS for item in mutation["expect"]}
    for name, _ in known():
        assert {item.id for item in load(name).items if item.predicate != "deadline"} <= damaged_items


@pytest.mark.parametrize(("sample_id", "checklist", "steps", "wanted"), list(_cases()))
def test_exactly_the_items_meant_react(sample_id: str, checklist: str, steps: list[dict[str, Any]], wanted: dict[str, Any]) -> None:
    findings = evaluate(load(checklist), damaged(clean_case(sample_id), steps))
    changed = {f.item: f for f in findings if f.outcome is not clean_outcomes(sample_id, checklist)[f.item]}
    for item, outcome in wanted.items():
        accepted = outcome if isinstance(outcome, list) else [outcome]
        found = next(finding for finding in findings if finding.item == item)
        assert found.outcome.value in accepted, (item, found.message)
    assert set(changed) <= set(wanted), {item: f"{found.outcome.value}: {found.message}" for item, found in changed.items()}
