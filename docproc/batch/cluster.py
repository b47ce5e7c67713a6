"""A batch on a Dask cluster. Scheduler and workers are started by the office (docs/how-to/cluster.md); this only joins them.

Workers read the inbox and write OUT under the same paths as the driver (a shared folder). A worker that is lost is the scheduler's
affair: its packages go to another one.
"""

from __future__ import annotations

import faulthandler
import os
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from docproc.batch.job import failed, process
from docproc.batch.task import Done, Job
from docproc.errors import DocprocError, reason

_SECONDS = 15
_GRACE = 1.0  # seconds after which the second way of ending takes over


@contextmanager
def joined(address: str) -> Iterator[tuple[Executor, int, tuple[type[BaseException], ...]]]:
    """The cluster as an executor, its number of threads, and what it raises where a package killed its workers again and again.

    Raises DocprocError: cluster_missing, cluster_unreachable.
    """
    try:
        distributed: Any = import_module("distributed")
        killed = import_module("distributed.scheduler").KilledWorker
    except ImportError as error:
        raise DocprocError("cluster_missing") from error
    try:
        client = distributed.Client(address, timeout=_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise DocprocError("cluster_unreachable", address=address, why=type(error).__name__) from error
    try:
        threads = sum(client.nthreads().values())
        if not threads:
            raise DocprocError("cluster_unreachable", address=address, why="没有工作进程")
        yield client.get_executor(pure=False), threads, (killed,)
    finally:
        client.close(timeout=_SECONDS)


def process_on_cluster(job: Job) -> Done:
    """`process`, with the time limit of the pool. A worker that runs over it ends itself, and its nanny starts another.

    The scheduler only sees a worker lost, and hands the package to the next. A mark in the shared folder says when it was begun: whoever
    finds one older than the limit does not begin again, but says that the package took too long.
    """
    limit = job.limits.seconds_for(job.size)
    mark = Path(job.work) / f"begun-{job.key}"
    if _older(mark, limit):
        return failed(job, DocprocError("package_overdue", path=job.name, minutes=f"{limit / 60:.3g}"))
    _stamp(mark)
    with _ended_after(limit):
        done = process(job)
    mark.unlink(missing_ok=True)
    if done.memory > job.limits.memory:
        _retire(import_module("distributed").get_worker())
    return done


def _retire(worker: Any) -> None:
    """Asks for another worker in this one's place, once its answer has been fetched."""
    worker.loop.call_later(1, worker.close_gracefully, restart=True)


def _stamp(mark: Path) -> None:
    try:
        mark.write_bytes(b"")
    except OSError as error:
        raise DocprocError("output_failed", path=mark.parent.parent.parent, why=reason(error)) from error


def _older(mark: Path, seconds: float) -> bool:
    """Whether the mark was set so long ago, by the clock of whoever keeps the folder: machines' own clocks may differ."""
    now = mark.with_name(f"{mark.name}-{socket.gethostname()}-{os.getpid()}")
    try:
        set_at = mark.stat().st_mtime
        _stamp(now)
        return now.stat().st_mtime - set_at >= seconds
    except OSError:
        return False
    finally:
        now.unlink(missing_ok=True)


@contextmanager
def _ended_after(seconds: float) -> Iterator[None]:
    """Ends this process when the time is up: by a thread, or, where Python code cannot run because a library holds the interpreter, by
    the system's own timer."""
    overdue = threading.Timer(seconds, _leave)
    overdue.daemon = True
    overdue.start()
    with open(os.devnull, "wb") as nothing:
        faulthandler.dump_traceback_later(seconds + _GRACE, exit=True, file=nothing)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()
            overdue.cancel()


def _leave() -> None:
    os._exit(70)
