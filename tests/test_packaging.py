"""The built wheel carries its knowledge with it and finds it, away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", str(out), str(ROOT)], check=True, capture_output=True
    )
    return next(out.glob("*.whl"))


@pytest.mark.slow
@pytest.mark.parametrize("shelf", ["checklists", "templates", "samples"])
def test_every_file_of_a_shelf_is_bundled(wheel: Path, shelf: str) -> None:
    committed = (
        subprocess.run(["git", "-C", str(ROOT), "ls-files", "-z", shelf], check=True, capture_output=True).stdout.decode().split("\0")
    )
    with zipfile.ZipFile(wheel) as archive:
        bundled = set(archive.namelist())
    wanted = {f"docproc/_bundled/{name}" for name in committed if name}
    assert wanted
    assert wanted <= bundled


@pytest.mark.slow
def test_the_wheel_finds_its_own_data_elsewhere(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    program = (
        "import docproc; from docproc.library import shelf; from docproc.checklist import load;"
        "print(shelf('checklists')); load('beijing-basic');"
        "print(docproc.extract_claims('近三年未发生较大及以上安全、环保等事故。')[0].value)"
    )
    result = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        check=True,
    )
    folder, value = result.stdout.split()
    assert Path(folder) == tmp_path / "site" / "docproc" / "_bundled" / "checklists"
    assert value == "none"
