"""The labelled texts of the three families: precision and recall of each claim, printed, and floors that may only rise.

Floors are data in `floors.yaml`: F1 of the claims and of the qualifiers of those that match. They are raised as things get better.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from docproc.evaluation import evaluate, table
from docproc.extract import extract_claims
from tests.extractors.labelled import CASES, texts

FLOORS = yaml.safe_load((Path(__file__).parent / "floors.yaml").read_text(encoding="utf-8"))
FILES = sorted((CASES / "shared").glob("*.jsonl"))


@pytest.mark.parametrize("family", sorted(FLOORS))
def test_family_keeps_its_floor(family: str) -> None:
    found = evaluate(texts(CASES / "shared" / f"claims-{family}.jsonl"), extract_claims)
    print(table(found))
    assert found.claims[""].f1 >= FLOORS[family]["claims"]
    assert found.qualifiers[""].f1 >= FLOORS[family]["qualifiers"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_quote_stands_in_its_text(file: Path) -> None:
    for case in texts(file):
        for claim in extract_claims(case.text):
            assert all(entry.quote == case.text[entry.start : entry.end] for entry in claim.evidence)
