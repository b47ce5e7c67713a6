"""What the corpora of who, where, how large and whether running have in common: how a case is read and how a claim is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from docproc.extract import extract_claims
from docproc.model import Claim, Status

CORPORA = Path(__file__).parent / "corpora"
NAMES = ("company.name", "company.credit_code", "company.legal_person", "registration.address", "factory.", "scale.")
UNWRITTEN = ("division_code", "valid", "bound", "state", "candidates", "fits")  # qualifiers that have tests of their own


def cases(name: str) -> list[Any]:
    """The cases of a corpus as parameters; a known failure must fail."""
    loaded: list[dict[str, Any]] = yaml.safe_load((CORPORA / f"{name}.yaml").read_text(encoding="utf-8"))
    return [
        pytest.param(
            case,
            id=case["name"],
            marks=pytest.mark.xfail(strict=True, reason=case["known_failure"]) if "known_failure" in case else (),
        )
        for case in loaded
    ]


def asserted(text: str) -> list[str]:
    """The claims of these families that a text asserts, as the corpora write them, in order of the alphabet."""
    return sorted({written(claim) for claim in extract_claims(text) if claim.status is Status.ASSERTED and claim.name.startswith(NAMES)})


def written(claim: Claim) -> str:
    value = claim.value if isinstance(claim.value, str) else json.dumps(claim.value)
    pairs = sorted((key, entry) for key, entry in claim.qualifiers.items() if key not in UNWRITTEN)
    return f"{claim.name} = {value}" + "".join(f" | {key}: {entry}" for key, entry in pairs)
