"""Reads the corpora beside the tests: YAML lists of cases, strict known failures among them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).parent / "corpora"


def cases(name: str) -> list[Any]:
    """The cases of a corpus as test parameters; one with `known_failure` must fail, and fails the test when it does not."""
    entries = yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    return [
        pytest.param(
            entry,
            id=entry.get("name", f"{number:03d}"),
            marks=[pytest.mark.xfail(reason=entry["known_failure"], strict=True)] if "known_failure" in entry else [],
        )
        for number, entry in enumerate(entries, 1)
    ]
