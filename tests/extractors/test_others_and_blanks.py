"""What is nobody's statement or somebody else's (blanks, past owners, near misses, slogans), and the applicant's own beside it.

Each case says what it is about (`why`). Known failures are strict: one that begins to pass fails the test until it is taken off the list.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from docproc.evaluation import Case, evaluate, read_cases
from docproc.extract import extract_claims

FILE = Path(__file__).parents[1] / "cases" / "own" / "others-and-blanks.jsonl"
KNOWN_FAILURES: dict[str, str] = {}
UNLABELLED = ("company.established_on", "company.legal_representative")
CASES = read_cases([FILE])
PARAMETERS = [
    pytest.param(
        case,
        id=case.id,
        marks=[pytest.mark.xfail(reason=KNOWN_FAILURES[case.id], strict=True)] if case.id in KNOWN_FAILURES else [],
    )
    for case in CASES
]


@pytest.mark.parametrize("case", PARAMETERS)
def test_a_text_asserts_what_it_is_labelled_with(case: Case) -> None:
    found = evaluate([case], lambda text: [claim for claim in extract_claims(text) if claim.name not in UNLABELLED])
    assert found.found[case.id] == found.wanted[case.id]
    assert (found.qualifiers[""].wrong, found.qualifiers[""].lost) == (0, 0)


def test_a_third_claims_nothing() -> None:
    assert sum(not case.claims for case in CASES) * 3 >= len(CASES)
