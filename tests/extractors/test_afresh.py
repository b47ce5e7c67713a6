"""Texts written rule by rule for every family: the scored claims with their scored qualifiers, and no claim besides.

Each case says what it is about (`why`). Known failures are strict: one that begins to pass fails the test until it is taken off the list.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docproc.evaluation import Case, evaluate, read_cases
from docproc.extract import extract_claims

FILE = Path(__file__).parents[1] / "cases" / "own" / "afresh.jsonl"
KNOWN_FAILURES = {
    "ACC-N135": "a tally whose label names a kind and no accident",
    "ACC-N137": "two years that share one zero",
    "ACC-N156": "a box for none of the above",
    "SCL-N015": "years as heads of a row whose values stand below an empty cell",
    "SCL-N076": "a seal before the name that signs",
    "SCL-N087": "an address of two lines, neither with a house number",
    "MAT-N052": "a firm without its full name gives its place to the programme",
    "LNG-N010": "rows that are joined before they are read",
}
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


def test_a_third_claims_nothing_and_no_two_differ_only_in_numbers() -> None:
    shapes = {re.sub(r"[\d一二三四五六七八九十]+", "0", case.text) for case in CASES}
    assert len(shapes) == len(CASES) == len({case.id for case in CASES})
    assert sum(not case.claims for case in CASES) * 3 >= len(CASES)
