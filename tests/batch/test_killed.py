"""A batch that is killed goes on to the identical result, nothing done twice and nothing lost.

The driver runs in a process of its own and is killed (SIGKILL) before its n-th change to the file system, n drawn by a seed: every moment
at which something could be half written is such a change. Each batch is killed again and again until it comes through.
"""

from __future__ import annotations

import io
import json
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import pytest

from docproc.batch.crew import _context
from docproc.batch.run import run
from tests.batch.inboxes import DAY, SETTINGS, fill, tree
from tests.batch.test_run import Seen

PACKAGES = 4
LARGE = 12
CHANGES = frozenset({"rename", "replace", "mkdir", "rmdir", "unlink", "fsync"})  # of the system
WRITES = frozenset({"write", "flush"})  # of a file


def batch_killed_at(inbox: Path, out: Path, change: int) -> None:
    """Runs the batch and kills this process before its `change`-th change to files."""
    left = change

    def count() -> None:
        nonlocal left
        left -= 1
        if left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    watched(inbox, out, count)


def watched(inbox: Path, out: Path, told: Callable[[], None]) -> None:
    """Runs the batch and tells of each change to files before it is made."""

    def look(frame: FrameType, event: str, call: object) -> None:
        if event == "c_call" and _changes_files(call):
            told()

    sys.setprofile(look)
    try:
        run(inbox, out, SETTINGS, jobs=0, watch=Seen())
    finally:
        sys.setprofile(None)


def _changes_files(call: object) -> bool:
    name, owner = getattr(call, "__name__", ""), getattr(call, "__self__", None)
    if isinstance(owner, io.BufferedWriter | io.TextIOWrapper | io.FileIO):
        return name in WRITES
    return name in CHANGES and getattr(owner, "__name__", "") in ("posix", "io", "_io")


def in_a_process(inbox: Path, out: Path, change: int) -> int | None:
    process = _context().Process(target=batch_killed_at, args=(inbox, out, change))
    process.start()
    process.join()
    code = process.exitcode
    process.close()
    return code


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An inbox and its results, never killed."""
    home = tmp_path_factory.mktemp("whole")
    changes: list[None] = []
    watched(_inbox(home, PACKAGES), home / "out", lambda: changes.append(None))
    (home / "changes").write_text(str(len(changes)), encoding="ascii")
    return home


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An inbox of so many packages that two workers are still busy when somebody has read the first line, and its results."""
    home = tmp_path_factory.mktemp("large")
    run(_inbox(home, LARGE), home / "out", SETTINGS, jobs=0, watch=Seen())
    return home


def _inbox(home: Path, packages: int) -> Path:
    inbox = fill(home / "inbox", packages)
    (inbox / "空").mkdir()
    return inbox


def events(out: Path) -> list[tuple[str, str]]:
    """What the journal tells, without the lines that a kill cut off."""
    found = []
    for line in (out / ".docproc" / "journal.jsonl").read_bytes().split(b"\n"):
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        found.append((entry["event"], entry["package"]))
    return found


def assert_nothing_twice_or_lost(whole: Path, out: Path) -> None:
    assert tree(out) == tree(whole / "out")
    assert not list((out / ".docproc" / "work").iterdir())
    finished: Counter[str] = Counter()
    for event, package in events(out):
        if event == "begun":
            assert not finished[package], f"{package} was done although it was finished"
        finished[package] += event in ("finished", "recovered")
    assert {path.name for path in (whole / "inbox").iterdir()} >= set(finished)


@pytest.mark.parametrize("seed", range(4))
def test_killed_at_random_moments(whole: Path, tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    out = tmp_path / "out"
    changes = int((whole / "changes").read_text(encoding="ascii"))
    kills = 0
    while in_a_process(whole / "inbox", out, rng.randint(1, changes)) != 0:
        kills += 1
        assert kills < 30
    assert_nothing_twice_or_lost(whole, out)


def test_killed_when_old_results_give_way(whole: Path, tmp_path: Path) -> None:
    """A changed package has old results in its place: at no moment may both old and new be gone."""
    for change in range(2, 40, 10):
        out = tmp_path / f"out{change}"
        subprocess.run(["cp", "-a", str(whole / "out"), str(out)], check=True)
        record = out / "01恒岭机床" / ".docproc.json"
        record.write_bytes(record.read_bytes().replace(b'"key":"', b'"key":"old'))
        in_a_process(whole / "inbox", out, change)
        assert in_a_process(whole / "inbox", out, 1 << 60) == 0
        assert tree(out) == tree(whole / "out")


def test_killed_with_its_pool_at_work(whole: Path, tmp_path: Path) -> None:
    """The whole command with two workers, killed after its second package; nobody of it works on, and the same command ends it."""
    out = tmp_path / "out"
    command = [sys.executable, "-m", "docproc.cli", "batch", str(whole / "inbox"), "--out", str(out), "--as-of", DAY.isoformat()]
    first = subprocess.Popen([*command, "--jobs", "2"], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    assert first.stderr is not None
    for _ in range(2):
        first.stderr.readline()
    first.kill()
    first.stderr.read()  # ends when the last worker has let go of it
    first.stderr.close()
    first.wait()
    second = subprocess.run([*command, "--jobs", "2"], capture_output=True, text=True, check=False)
    assert second.returncode == 3, second.stderr
    assert_nothing_twice_or_lost(whole, out)


@pytest.fixture
def interruptible() -> Iterator[None]:
    """A child heeds Ctrl-C also where the tests run in the background: what a shell starts there ignores it, and so do its children."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_ends_cleanly_and_says_how_to_go_on(large: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "docproc.cli", "batch", str(large / "inbox"), "--out", str(out), "--as-of", DAY.isoformat()]
    first = subprocess.Popen([*command, "--jobs", "2"], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    assert first.stderr is not None
    first.stderr.readline()
    first.send_signal(signal.SIGINT)
    rest = first.stderr.read()
    first.stderr.close()
    assert first.wait() == 130
    assert "同一条命令" in rest
    assert "Traceback" not in rest
    second = subprocess.run([*command, "--jobs", "0"], capture_output=True, text=True, check=False)
    assert second.returncode == 3
    assert_nothing_twice_or_lost(large, out)
