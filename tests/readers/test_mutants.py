"""Damaged files cost themselves at most: every one of them is in the package afterwards, read or with its loss, and nothing hangs."""

from __future__ import annotations

from pathlib import Path

import pytest

from docproc.model import SourcePackage
from docproc.readers import read_bytes
from docproc.readers.isolate import Isolation
from docproc.readers.package import read_package
from tests.readers.mutants import mutants, seeds, slow_seeds

_MANY, _FEW = 2000, 8


def written(folder: Path, count: int, sound: dict[str, bytes], seed: int) -> list[str]:
    """Puts damaged files into a folder; their names."""
    names = []
    for name, data in mutants(count, seed, sound):
        (folder / name).write_bytes(data)
        names.append(name)
    return names


def lost(names: list[str], found: SourcePackage) -> list[str]:
    """Files that are neither read nor named in a loss or a problem."""
    shown = {file.path.split("/")[0] for file in found.files}
    said = " ".join(problem.message for problem in found.problems)
    return [
        name for name in names if name not in shown and name not in said and not any(skipped.startswith(name) for skipped in found.skipped)
    ]


@pytest.mark.parametrize("name", seeds())
def test_sound_files_are_read(name: str) -> None:
    content = read_bytes(name, seeds()[name])
    assert content.text or content.format in {"image", "zip", "tar", "gzip"}


def test_no_damaged_file_is_lost_and_none_hangs(tmp_path: Path) -> None:
    names = written(tmp_path, _MANY, seeds(), 20261122) + written(tmp_path, _FEW, slow_seeds(), 7)
    with Isolation(seconds=120) as isolation:  # a busy machine takes long to load recognition
        found = read_package(tmp_path, isolation=isolation)
    assert lost(names, found) == []
    silent = [file.path for file in found.files if not file.content.text.strip() and not file.content.losses and not file.content.problems]
    assert silent == []
    assert [file.path for file in found.files if any(loss.code == "timeout" for loss in file.content.losses)] == []
    for file in found.files:
        length = len(file.content.text)
        assert all(0 <= span.start <= span.end <= length for block in file.content.blocks for span in block.spans), file.path


def test_the_same_seed_gives_the_same_files() -> None:
    assert seeds() == seeds()
    sound = seeds()
    assert list(mutants(40, 3, sound)) == list(mutants(40, 3, sound))
