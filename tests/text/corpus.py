"""Reads the labelled cases beside these tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

_DATA = Path(__file__).parent / "data"


def cases(name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load((_DATA / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded
