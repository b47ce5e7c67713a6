"""Texts on names, addresses, figures and operation, in the format of the shared cases: what each asserts of these names.

One known failure is strict: it must fail, and the test says so when it does not.
"""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from docproc.extract import extract_claims
from docproc.model import Status

FILE = Path(__file__).parents[1] / "cases" / "own" / "scale-gaps.jsonl"
CASES: list[dict[str, Any]] = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines() if line.strip()]
NAMES = ("company.", "registration.", "factory.", "scale.")
UNSCORED = {"division_code", "valid", "state", "bound", "candidates", "fits"}
SHARE_OF_NEGATIVES = 0.33
KNOWN_FAILURES = {"SCL-7248": "a standard that is cited in the clause before is taken for what is said"}
PARAMETERS = [
    pytest.param(
        case,
        id=case["id"],
        marks=[pytest.mark.xfail(reason=KNOWN_FAILURES[case["id"]], strict=True)] if case["id"] in KNOWN_FAILURES else [],
    )
    for case in CASES
]


@pytest.mark.parametrize("case", PARAMETERS)
def test_asserted_claims(case: dict[str, Any]) -> None:
    found = [claim for claim in extract_claims(case["text"]) if claim.status is Status.ASSERTED and claim.name.startswith(NAMES)]
    got = {_row(claim.name, claim.value, claim.qualifiers) for claim in found}
    want = {_row(claim["name"], claim["value"], claim["qualifiers"]) for claim in case["claims"]}
    unlabelled = {"company.established_on", "company.legal_representative"} - {name for name, _, _ in want}
    assert {row for row in got if row[0] not in unlabelled} == want, case["why"]


def test_the_corpus_holds_negatives_and_no_text_twice() -> None:
    assert sum(not case["claims"] for case in CASES) >= SHARE_OF_NEGATIVES * len(CASES)
    assert len({case["text"] for case in CASES}) == len(CASES) == len({case["id"] for case in CASES})


def _row(name: str, value: Any, qualifiers: Any) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    kept = {key: _folded(entry) for key, entry in qualifiers.items() if key not in UNSCORED and entry not in (None, "", [])}
    return name, _folded(value), tuple(sorted(kept.items()))


def _folded(value: Any) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{float(value):.9g}"
    return "".join(unicodedata.normalize("NFKC", str(value)).split())
