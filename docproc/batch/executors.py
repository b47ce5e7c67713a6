"""Where packages are processed: in this process, in a pool of processes, or on a cluster; the same function and the same results."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from docproc.batch.settings import Limits
from docproc.batch.task import Done, Job

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Hands:
    """An executor with what the driver must know of it: how many packages to hand in ahead, and what says that a worker died."""

    executor: Executor
    window: int
    work: Callable[[Job], Done]
    deaths: tuple[type[BaseException], ...] = ()
    overdue: tuple[type[BaseException], ...] = ()


class InProcess(Executor):
    """Calls at once, in this process: for debugging, and where processes cannot be started."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - a future hands on whatever was raised
            future.set_exception(error)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        from docproc.batch.job import close_reader

        close_reader()


@contextmanager
def hands(jobs: int, scheduler: str | None, limits: Limits) -> Iterator[Hands]:
    """The executor that `--jobs` and `--scheduler` ask for. Leaving by an exception ends what is under way at once."""
    if scheduler is not None:
        from docproc.batch.cluster import joined, process_on_cluster

        with joined(scheduler) as (executor, threads, killed):
            yield Hands(executor, 2 * threads, process_on_cluster, killed)
        return
    if jobs == 0:
        from docproc.batch.job import process

        made: Executor = InProcess()
        found = Hands(made, 1, process)
    else:
        from docproc.batch.crew import Crew, WorkerDiedError, WorkerOverdueError

        made = Crew(jobs, seconds=lambda job: limits.seconds_for(job.size), memory=limits.memory)
        from docproc.batch.job import process

        found = Hands(made, 2 * jobs, process, (WorkerDiedError,), (WorkerOverdueError,))
    try:
        yield found
    except BaseException:
        made.shutdown(wait=True, cancel_futures=True)
        raise
    made.shutdown(wait=True)
