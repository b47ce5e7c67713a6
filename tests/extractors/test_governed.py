"""Own texts on accidents, credit and penalties whose subject, mood, negation or table decides: all of them, and no claim besides."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from docproc.evaluation import evaluate, read_cases
from docproc.extract import extract_claims

FILE = Path(__file__).parents[1] / "cases" / "own" / "records-governed.jsonl"
FLOORS = yaml.safe_load((Path(__file__).parent / "floors.yaml").read_text(encoding="utf-8"))
REGULATIONS = sorted((Path(__file__).parents[1] / "data" / "regulations").glob("*.txt"))


def test_texts_keep_their_floor() -> None:
    found = evaluate(read_cases([FILE]), extract_claims)
    assert found.claims[""].f1 >= FLOORS["governed"]["claims"]
    assert found.qualifiers[""].f1 >= FLOORS["governed"]["qualifiers"]


def test_a_third_of_the_texts_claim_nothing() -> None:
    cases = read_cases([FILE])
    assert len({case.id for case in cases}) == len(cases)
    assert sum(not case.claims for case in cases) * 3 >= len(cases)


@pytest.mark.parametrize("path", REGULATIONS, ids=lambda path: path.stem)
def test_a_regulation_claims_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [claim for claim in extract_claims(text) if claim.status == "asserted"] == []


def _lines() -> list[dict[str, Any]]:
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", [case for case in _lines() if not case["claims"]], ids=lambda case: case["id"])
def test_nothing_is_claimed_of_others_or_by_rules(case: dict[str, Any]) -> None:
    names = ("accident.record", "credit.record", "violation.record")
    assert [claim for claim in extract_claims(case["text"]) if claim.status == "asserted" and claim.name in names] == []
