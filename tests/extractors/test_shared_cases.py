"""The labelled texts of the three families: precision and recall of each (name, value), printed, and floors that may only rise.

Floors are data in `floors.yaml`: F1 of the claims and of the qualifiers of those that match. They are raised as things get better.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from docproc.evaluation import UNSCORED
from docproc.extract import extract_claims
from docproc.model import Status

SHARED = Path(__file__).parents[1] / "cases" / "shared"
FLOORS = yaml.safe_load((Path(__file__).parent / "floors.yaml").read_text(encoding="utf-8"))
FAMILIES: dict[str, tuple[str, ...]] = {
    "accident": ("accident.record", "credit.record", "violation.record"),
    "scale": (
        "company.name",
        "company.credit_code",
        "company.legal_person",
        "registration.address",
        "factory.address",
        "scale.",
        "factory.",
    ),
    "maturity": ("maturity.", "application.level", "recognition.level"),
}


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_family_keeps_its_floor(family: str) -> None:
    claims, qualifiers, names = _counts(family)
    for name, value in sorted({key[1:] for key in names}):
        right, wrong, lost = (names[kind, name, value] for kind in ("right", "wrong", "lost"))
        print(f"{name:<28}{value:<24}{_ratio(right, wrong):>7.3f}{_ratio(right, lost):>7.3f}")
    print(f"{family}: F1 {_f1(claims):.3f}, qualifiers {_f1(qualifiers):.3f}")
    assert _f1(claims) >= FLOORS[family]["claims"]
    assert _f1(qualifiers) >= FLOORS[family]["qualifiers"]


def test_every_quote_stands_in_its_text() -> None:
    for path in sorted(SHARED.glob("*.jsonl")):
        for case in _lines(path):
            for claim in extract_claims(case["text"]):
                assert all(entry.quote == case["text"][entry.start : entry.end] for entry in claim.evidence)


@cache
def _counts(family: str) -> tuple[Counter[str], Counter[str], Counter[tuple[str, str, str]]]:
    claims: Counter[str] = Counter()
    qualifiers: Counter[str] = Counter()
    names: Counter[tuple[str, str, str]] = Counter()
    for case in _lines(SHARED / f"claims-{family}.jsonl"):
        found = [claim for claim in extract_claims(case["text"]) if claim.status is Status.ASSERTED and _belongs(claim.name, family)]
        got = {(claim.name, _folded(claim.value), _scored(claim.qualifiers)) for claim in found}
        want = {(claim["name"], _folded(claim["value"]), _scored(claim["qualifiers"])) for claim in case["claims"]}
        got_values, want_values = {entry[:2] for entry in got}, {entry[:2] for entry in want}
        for kind, entries in (
            ("right", got_values & want_values),
            ("wrong", got_values - want_values),
            ("lost", want_values - got_values),
        ):
            claims[kind] += len(entries)
            names.update(
                (kind, name, value if value.isascii() and not value[1:2].isdigit() and "." not in value else "…") for name, value in entries
            )
        for name, value in got_values & want_values:
            got_pairs = {pair for entry in got if entry[:2] == (name, value) for pair in entry[2]}
            want_pairs = {pair for entry in want if entry[:2] == (name, value) for pair in entry[2]}
            qualifiers["right"] += len(got_pairs & want_pairs)
            qualifiers["wrong"] += len(got_pairs - want_pairs)
            qualifiers["lost"] += len(want_pairs - got_pairs)
    return claims, qualifiers, names


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _belongs(name: str, family: str) -> bool:
    return any(name == entry or (entry.endswith(".") and name.startswith(entry)) for entry in FAMILIES[family])


def _folded(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return re.sub(r"\s", "", unicodedata.normalize("NFKC", str(sorted(value) if isinstance(value, list) else value)))
    return f"{float(value):.9g}"


def _shown(value: str) -> str:
    """Values of a fixed vocabulary are counted apart; names, addresses and figures together."""
    return value if value.isascii() and value.isalpha() else "…"


def _scored(qualifiers: Any) -> frozenset[tuple[str, str]]:
    return frozenset((name, _folded(value)) for name, value in qualifiers.items() if name not in UNSCORED and value not in (None, "", []))


def _ratio(right: int, other: int) -> float:
    return right / (right + other) if right + other else 1.0


def _f1(counts: Counter[str]) -> float:
    precision, recall = _ratio(counts["right"], counts["wrong"]), _ratio(counts["right"], counts["lost"])
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
