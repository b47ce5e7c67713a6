"""In this process, in a pool, on a cluster: the same bytes. And what becomes of a package whose worker dies or hangs."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from concurrent.futures import Future, wait
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from docproc.batch.crew import Crew, WorkerDiedError, WorkerOverdueError
from docproc.batch.executors import Hands
from docproc.batch.job import process
from docproc.batch.run import Result, run
from docproc.batch.settings import Limits
from docproc.batch.task import Done, Job
from docproc.errors import DocprocError
from tests.batch.inboxes import SETTINGS, fill, tree
from tests.batch.test_run import Seen

ROOMY = Limits()


# --- what the workers do in these tests, found by name in the worker ------------------------------------------------------


def double(number: int) -> int:
    return 2 * number


def whoami(number: int) -> int:
    return os.getpid()


def die(number: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def hang(number: int) -> None:
    threading.Event().wait()


def refuse(number: int) -> None:
    raise DocprocError("path_not_found", path=number)


def dying_on_the_second(job: Job) -> Done:
    if job.name.startswith("02"):
        os.kill(os.getpid(), signal.SIGSEGV)
    return process(job)


def dying_once(job: Job) -> Done:
    """The first attempt at each package leaves a mark and dies; the second finds the mark."""
    mark = Path(job.work).parent / f"tried-{job.key}"
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return process(job)


def hanging_on_the_second(job: Job) -> Done:
    if job.name.startswith("02"):
        threading.Event().wait()
    return process(job)


@contextmanager
def crew(jobs: int = 1, seconds: float = 600.0, memory: int = 1 << 40) -> Iterator[Crew]:
    made = Crew(jobs, seconds=lambda argument: seconds, memory=memory)
    try:
        yield made
    finally:
        made.shutdown()


def test_a_crew_answers_like_any_executor() -> None:
    with crew(2) as team:
        assert [future.result() for future in [team.submit(double, number) for number in range(20)]] == list(range(0, 40, 2))
        with pytest.raises(DocprocError):
            team.submit(refuse, 1).result()
        assert list(team.map(double, [1, 2])) == [2, 4]


def test_a_worker_that_dies_costs_its_own_call() -> None:
    with crew(1) as team:
        futures: list[Future[object]] = [team.submit(call, 1) for call in (double, die, double, refuse, double)]
        wait(futures)
        assert [type(future.exception()) for future in futures] == [type(None), WorkerDiedError, type(None), DocprocError, type(None)]


def test_a_worker_that_hangs_is_replaced() -> None:
    with crew(1, seconds=0.2) as team:
        futures = [team.submit(call, 1) for call in (hang, hang)]
        assert [type(future.exception()) for future in futures] == [WorkerOverdueError] * 2


def test_a_worker_is_replaced_past_its_memory() -> None:
    with crew(1) as team:
        assert len({team.submit(whoami, number).result() for number in range(3)}) == 1
    with crew(1, memory=1) as team:
        assert len({team.submit(whoami, number).result() for number in range(3)}) == 3


def test_a_crew_can_be_stopped_in_the_middle() -> None:
    team = Crew(1, seconds=lambda argument: 600.0, memory=1 << 40)
    futures = [team.submit(hang, 1), team.submit(hang, 2)]
    team.shutdown(cancel_futures=True)
    assert all(future.done() for future in futures)
    with pytest.raises(RuntimeError):
        team.submit(double, 1)


# --- whole batches ----------------------------------------------------------------------------------------------------------


def go(inbox: Path, out: Path, jobs: int, scheduler: str | None = None, limits: Limits = ROOMY) -> Result:
    return run(inbox, out, SETTINGS, jobs=jobs, watch=Seen(), scheduler=scheduler, limits=limits)


@contextmanager
def doing(work: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hands whose workers do this instead of `process`."""
    from docproc.batch import run as driver

    real = driver.hands

    @contextmanager
    def hands(jobs: int, scheduler: str | None, limits: Limits) -> Iterator[Hands]:
        with real(jobs, scheduler, limits) as team:
            yield Hands(team.executor, team.window, work, team.deaths, team.overdue)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(driver, "hands", hands)
        yield


def test_a_package_that_kills_its_worker_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox = fill(tmp_path / "inbox", 4)
    with doing(dying_on_the_second, monkeypatch):
        result = go(inbox, tmp_path / "out", 2)
    assert [name for name, _ in result.failed] == ["02子虚阀门.txt"]
    assert "异常终止" in result.failed[0][1]
    assert (result.packages, result.status) == (4, 3)


def test_a_worker_killed_from_outside_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox = fill(tmp_path / "inbox", 3)
    with doing(dying_once, monkeypatch):
        assert go(inbox, tmp_path / "out", 2).failed == []
    go(inbox, tmp_path / "plain", 0)
    for mark in (tmp_path / "out" / ".docproc").glob("tried-*"):
        mark.unlink()
    assert tree(tmp_path / "out") == tree(tmp_path / "plain")


def test_a_package_that_hangs_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox = fill(tmp_path / "inbox", 3)
    (inbox / "02子虚阀门.txt").rename(inbox / "02.txt")
    (inbox / "02.txt").write_bytes((inbox / "02.txt").read_bytes() + b"\n" * 999)  # the limit is told by the size, which is its alone
    limits = Limits(seconds=60.0, seconds_per_megabyte=0.0)
    with doing(hanging_on_the_second, monkeypatch), monkeypatch.context() as patch:
        patch.setattr(Limits, "seconds_for", lambda self, size: 0.5 if size == (inbox / "02.txt").stat().st_size else 600.0)
        result = go(inbox, tmp_path / "out", 1, limits=limits)
    assert [name for name, _ in result.failed] == ["02.txt"]
    assert "仍未审完" in result.failed[0][1]


def misbehaving(job: Job) -> Done:
    """Hangs or dies where the package's name says so."""
    if job.name.startswith("挂"):
        threading.Event().wait()
    if job.name.startswith("死"):
        os.kill(os.getpid(), signal.SIGKILL)
    return process(job)


def test_some_bad_ones_among_many_good_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Damaged, empty, exploding, hanging, deadly: each is named with why, all others have their results as if they were alone."""
    inbox = fill(tmp_path / "inbox", 20)
    go(inbox, tmp_path / "alone", 0)
    (inbox / "坏.zip").write_bytes(b"PK\x03\x04" + bytes(60))
    (inbox / "空").mkdir()
    with zipfile.ZipFile(inbox / "炸.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"{number}.txt", bytes(200 * 1024 * 1024))
    (inbox / "死.txt").write_text("申报书", encoding="utf-8")
    (inbox / "挂.txt").write_bytes(b" " * 1_000_000)
    limits = Limits(seconds=600.0, seconds_per_megabyte=-599.0)  # a second for the megabyte that hangs
    with doing(misbehaving, monkeypatch):
        result = go(inbox, tmp_path / "out", 2, limits=limits)
    assert (result.packages, result.done) == (25, 25)
    whys = dict(result.failed)
    assert set(whys) >= {"坏.zip", "空", "死.txt", "挂.txt"}
    assert "异常终止" in whys["死.txt"]
    assert "仍未审完" in whys["挂.txt"]
    exploding = json.loads((tmp_path / "out" / "炸" / "report.json").read_text(encoding="utf-8"))
    assert exploding["outcome"] == "review"
    assert exploding["package"]["problems"] or any(document["problems"] for document in exploding["documents"])
    others = {name: data for name, data in tree(tmp_path / "alone").items() if "/" in name and not name.startswith(".docproc/")}
    assert others.items() <= tree(tmp_path / "out").items()


@contextmanager
def started(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A program of the cluster, ended at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stderr is not None:
            process.stderr.close()


def line_with(process: subprocess.Popen[str], word: str) -> str:
    """The next line of its output that holds this word."""
    assert process.stderr is not None
    for line in process.stderr:
        if word in line:
            return line
    raise AssertionError(f"{word} never came")


@contextmanager
def cluster(workers: int) -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """A scheduler and workers on loopback: its address and the workers' processes."""
    with ExitStack() as stack:
        scheduler = stack.enter_context(started("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"))
        address = "tcp://" + line_with(scheduler, "Scheduler at").rsplit("tcp://", 1)[1].strip()
        made = [
            stack.enter_context(started("dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard")) for _ in range(workers)
        ]
        for worker in made:
            line_with(worker, "Registered to")
        for each in (scheduler, *made):
            threading.Thread(target=_drain, args=(each,), daemon=True).start()
        yield address, made


def _drain(process: subprocess.Popen[str]) -> None:
    """Reads on, so that the program never waits for us."""
    try:
        while process.stderr is not None and process.stderr.read(4096):
            pass
    except ValueError:
        return


@pytest.mark.cluster
def test_all_three_give_the_same_bytes_and_a_lost_worker_nothing_less(tmp_path: Path) -> None:
    inbox = fill(tmp_path / "inbox", 8)
    (inbox / "空").mkdir()
    plain = go(inbox, tmp_path / "plain", 0)
    pool = go(inbox, tmp_path / "pool", 2)
    with cluster(2) as (address, workers):

        class Killing(Seen):
            """Kills one worker when the first package is finished."""

            def finished(self, entry: object, done: Done) -> None:
                if workers[0].poll() is None:
                    workers[0].kill()
                super().finished(entry, done)  # type: ignore[arg-type]

        seen = Killing()
        dask = run(inbox, tmp_path / "dask", SETTINGS, jobs=1, watch=seen, scheduler=address)
    assert sorted(seen.order) == sorted(path.name for path in inbox.iterdir())
    assert plain.outcomes == pool.outcomes == dask.outcomes
    assert tree(tmp_path / "plain") == tree(tmp_path / "pool")
    assert tree(tmp_path / "plain") == tree(tmp_path / "dask")


def on_cluster_hanging(job: Job) -> Done:
    """The second package hangs in a library that holds the interpreter, where no Python thread can end it."""
    from docproc.batch import cluster as room

    def hanging(job: Job) -> Done:
        if job.name.startswith("02"):
            re.match("(a+)+$", "a" * 60 + "b")
        return process(job)

    room.process = hanging  # type: ignore[attr-defined]
    return room.process_on_cluster(job)


@pytest.mark.cluster
def test_a_package_that_hangs_on_the_cluster_is_named_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It costs one worker, not one for each of the scheduler's allowed failures."""
    inbox = fill(tmp_path / "inbox", 3)
    (inbox / "02子虚阀门.txt").write_bytes((inbox / "02子虚阀门.txt").read_bytes() + b"\n" * 1999)
    large = (inbox / "02子虚阀门.txt").stat().st_size / 1_000_000
    limits = Limits(seconds=600.0, seconds_per_megabyte=-599.0 / large)  # one second for the large one, minutes for the others
    with cluster(2) as (address, workers), doing(on_cluster_hanging, monkeypatch):
        result = go(inbox, tmp_path / "out", 1, scheduler=address, limits=limits)
        ended = [worker.wait(1) for worker in workers if worker.poll() is not None]
    assert [name for name, _ in result.failed] == ["02子虚阀门.txt"]
    assert "仍未审完" in result.failed[0][1]
    assert len(ended) == 1


def test_a_cluster_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from docproc.batch import cluster as room

    monkeypatch.setattr(room, "_SECONDS", 1)
    with pytest.raises(DocprocError) as caught:
        go(fill(tmp_path / "inbox", 1), tmp_path / "out", 1, scheduler="tcp://127.0.0.1:9")
    assert caught.value.code == "cluster_unreachable"
