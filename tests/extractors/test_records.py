"""Accident, credit and violation claims on a corpus of own texts, with all their qualifiers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from docproc.extract import extract_claims
from docproc.model import Status
from tests.extractors.corpus import cases

FAMILIES = ("accident.record", "credit.record", "violation.record")


@pytest.mark.parametrize("case", cases("records"))
def test_claims_of_a_text(case: dict[str, Any]) -> None:
    claims = [claim for claim in extract_claims(case["text"]) if claim.name in FAMILIES and claim.status is Status.ASSERTED]
    found = {_key(claim.name, claim.value, {k: v for k, v in claim.qualifiers.items() if k != "list_names"}) for claim in claims}
    assert found == {_key(claim["name"], claim["value"], claim["qualifiers"]) for claim in case["claims"]}
    for claim in claims:
        assert claim.evidence
        assert all(entry.quote == case["text"][entry.start : entry.end] for entry in claim.evidence)


def _key(name: str, value: object, qualifiers: object) -> str:
    return json.dumps([name, value, qualifiers], ensure_ascii=False, sort_keys=True)
