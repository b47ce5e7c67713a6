"""A batch on a Dask cluster. Scheduler and workers are started by the office (docs/how-to/cluster.md); this only joins them.

Workers read the inbox and write OUT under the same paths as the driver (a shared folder). A worker that is lost is the scheduler's
affair: its packages go to another one.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from docproc.batch.job import process
from docproc.batch.task import Done, Job
from docproc.errors import DocprocError

_SECONDS = 15


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
    """`process`, with the time limit of the pool: a worker that runs over it ends itself, and its nanny starts another."""
    overdue = threading.Timer(job.limits.seconds_for(job.size), _leave)
    overdue.daemon = True
    overdue.start()
    try:
        done = process(job)
    finally:
        overdue.cancel()
    if done.memory > job.limits.memory:
        _retire(import_module("distributed").get_worker())
    return done


def _retire(worker: Any) -> None:
    """Asks for another worker in this one's place, once its answer has been fetched."""
    worker.loop.call_later(1, worker.close_gracefully, restart=True)


def _leave() -> None:
    os._exit(70)
