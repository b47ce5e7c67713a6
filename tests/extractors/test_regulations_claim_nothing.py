"""What rules say is no claim of anybody's: the regulations as received, whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from docproc.extract import extract_claims

REGULATIONS = sorted((Path(__file__).parents[1] / "data" / "regulations").glob("*.txt"))


@pytest.mark.parametrize("path", REGULATIONS, ids=lambda path: path.stem)
def test_a_regulation_claims_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [claim for claim in extract_claims(text) if claim.status == "asserted"] == []
