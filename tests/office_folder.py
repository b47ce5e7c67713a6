"""An office's own checklists in a test: a copy of the bundled ones to edit."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from docproc.library import ENVIRONMENT_VARIABLE, shelf


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office's own folder, a copy of the bundled one."""
    folder = tmp_path / "checklists"
    shutil.copytree(shelf("checklists"), folder)
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path))
    return folder


def edit(path: Path, old: str, new: str) -> int:
    """Replaces the first occurrence; the line on which it stands."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1
