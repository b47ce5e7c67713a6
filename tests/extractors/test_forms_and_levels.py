"""Texts with forms of every layout, levels and maturity, in the format of the shared cases: all that each asserts."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from docproc.evaluation import UNSCORED
from docproc.extract import extract_claims
from docproc.model import Status

FILE = Path(__file__).parents[1] / "cases" / "own" / "forms-levels.jsonl"
CASES: list[dict[str, Any]] = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines() if line.strip()]
SHARE_OF_NEGATIVES = 0.3


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_asserted_claims(case: dict[str, Any]) -> None:
    found = [claim for claim in extract_claims(case["text"]) if claim.status is Status.ASSERTED]
    got = {_row(claim.name, claim.value, claim.qualifiers) for claim in found}
    assert got == {_row(claim["name"], claim["value"], claim["qualifiers"]) for claim in case["claims"]}, case["why"]


def test_the_corpus_holds_negatives_and_no_text_twice() -> None:
    assert sum(not case["claims"] for case in CASES) >= SHARE_OF_NEGATIVES * len(CASES)
    assert len({case["text"] for case in CASES}) == len(CASES) == len({case["id"] for case in CASES})


def _row(name: str, value: Any, qualifiers: Any) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    kept = {key: _folded(entry) for key, entry in qualifiers.items() if key not in UNSCORED and entry not in (None, "", [])}
    return name, _folded(value), tuple(sorted(kept.items()))


def _folded(value: Any) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{float(value):.9g}"
    return unicodedata.normalize("NFKC", str(sorted(value) if isinstance(value, list) else value))
