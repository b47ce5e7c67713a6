"""Labelled texts as test parameters: JSON lines as `docproc eval` reads them, with what each is about (`why`).

One with `known_failure` must fail, and fails the test when it does not.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from docproc.evaluation import Case, evaluate, read_cases
from docproc.extract import extract_claims

CASES = Path(__file__).parents[1] / "cases"
UNLABELLED = ("company.established_on", "company.legal_representative")  # labelled in a few texts only, and judged there


@cache
def texts(file: Path) -> Sequence[Case]:
    return read_cases([file])


def parameters(file: Path) -> list[Any]:
    known = {entry["id"]: entry["known_failure"] for entry in _entries(file) if "known_failure" in entry}
    return [pytest.param(case, id=case.id, marks=_must_fail(known[case.id]) if case.id in known else ()) for case in texts(file)]


def _must_fail(reason: str) -> pytest.MarkDecorator:
    return pytest.mark.xfail(reason=reason, strict=True)


def _entries(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def assert_claims(case: Case) -> None:
    """The text asserts all that it is labelled with, with the qualifiers that are scored, and no claim besides."""
    labelled = {name for name, _ in case.claims}
    unjudged = {name for name in UNLABELLED if name not in labelled}
    found = evaluate([case], lambda text: [claim for claim in extract_claims(text) if claim.name not in unjudged])
    assert found.found[case.id] == found.wanted[case.id]
    assert (found.qualifiers[""].wrong, found.qualifiers[""].lost) == (0, 0)
