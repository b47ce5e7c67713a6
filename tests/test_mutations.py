"""Each clean sample, damaged in one way for each item: that item and what follows from it react, and nothing else does."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from docproc.checklist import load
from docproc.demo import samples
from docproc.evaluate import Case, evaluate, inferred_places
from docproc.facts import collect
from docproc.materials import identify
from docproc.model import Outcome
from docproc.readers import read_package
from docproc.review import extract_all, number_claims
from tests.damaging import damaged

CLEAN = {sample.id: sample for sample in samples() if sample.outcome == "pass"}
MUTATIONS = yaml.safe_load((Path(__file__).parent / "data" / "mutations.yaml").read_text("utf-8"))


@cache
def clean_case(sample_id: str) -> Case:
    sample = CLEAN[sample_id]
    package = read_package(sample.path)
    identified = identify(package.files)
    extractions, _ = extract_all(identified.documents, identified.views)
    claims, extractions = number_claims(identified.documents, extractions)
    return Case(
        documents=identified.documents,
        extractions=extractions,
        claims=claims,
        as_of=sample.as_of,
        facts=collect(identified.documents, extractions),
        problems=package.problems,
        inferred=inferred_places(identified.views),
    )


@cache
def clean_outcomes(sample_id: str) -> dict[str, Outcome]:
    return {finding.item: finding.outcome for finding in evaluate(load(CLEAN[sample_id].checklist), clean_case(sample_id))}


def _cases() -> Iterator[Any]:
    for sample in CLEAN.values():
        rules = load(sample.checklist)
        ids = {item.id for item in rules.items}
        for mutation in MUTATIONS:
            if rules.level not in mutation.get("levels", [rules.level]):
                continue
            wanted = {item: outcome for item, outcome in mutation["expect"].items() if item in ids}
            if wanted or not mutation["expect"]:
                yield pytest.param(sample.id, mutation["do"], wanted, id=f"{sample.id}: {mutation['name']}")


def test_the_clean_samples_are_the_ones_meant() -> None:
    assert {sample.checklist for sample in CLEAN.values()} >= {"tianjin-advanced", "tianjin-excellent", "tianjin-leading", "beijing-basic"}


def test_every_item_is_damaged_somewhere() -> None:
    damaged_items = {item for mutation in MUTATIONS for item in mutation["expect"]}
    for sample in CLEAN.values():
        assert {item.id for item in load(sample.checklist).items if item.predicate != "deadline"} <= damaged_items


@pytest.mark.parametrize(("sample_id", "steps", "wanted"), list(_cases()))
def test_exactly_the_items_meant_react(sample_id: str, steps: list[dict[str, Any]], wanted: dict[str, Any]) -> None:
    findings = evaluate(load(CLEAN[sample_id].checklist), damaged(clean_case(sample_id), steps))
    changed = {f.item: f for f in findings if f.outcome is not clean_outcomes(sample_id)[f.item]}
    for item, outcome in wanted.items():
        accepted = outcome if isinstance(outcome, list) else [outcome]
        found = next(finding for finding in findings if finding.item == item)
        assert found.outcome.value in accepted, (item, found.message)
    assert set(changed) <= set(wanted), {item: f"{found.outcome.value}: {found.message}" for item, found in changed.items()}
