"""A pool of worker processes that outlives its workers.

`ProcessPoolExecutor` gives everything up when one worker dies. Here each place in the pool is a pool of one: a worker that dies, runs
over its time or grows past its memory is replaced, and its package alone is told so. Workers come from a fork server that holds the
pipeline ready (PDFium, ONNX and threads do not like a plain fork).
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import wait as wait_for
from multiprocessing.context import ForkServerContext
from typing import Any, Final, ParamSpec, TypeVar

from docproc.batch.resident import resident

P = ParamSpec("P")
T = TypeVar("T")
_PRELOAD: Final = "docproc.batch.preload"
_POLL: Final = 1.0  # seconds between two looks at whether the crew was stopped


class WorkerDiedError(RuntimeError):
    """The worker ended without an answer. The argument says how, in Chinese."""


class WorkerOverdueError(RuntimeError):
    """The worker was ended because its time was up. The argument is the limit in seconds."""


@dataclass(frozen=True, slots=True)
class _Task:
    future: Future[Any]
    call: Callable[[], Any]
    seconds: float


class Crew(Executor):
    """`jobs` worker processes. `seconds` gives the time limit of a call from its first argument, `memory` the resident bytes beyond
    which a worker is replaced after its call."""

    def __init__(self, jobs: int, *, seconds: Callable[[Any], float], memory: int) -> None:
        self._seconds = seconds
        self._memory = memory
        self._tasks: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._stopped = threading.Event()
        self._context = _context()
        _start_forkserver()
        self._places = [threading.Thread(target=self._serve, name=f"crew-{number}", daemon=True) for number in range(jobs)]
        for place in self._places:
            place.start()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Hands a call to the next free worker. Function and arguments must be picklable."""
        if self._stopped.is_set():
            raise RuntimeError("the crew has been stopped")
        future: Future[T] = Future()
        limit = self._seconds(args[0]) if args else self._seconds(None)
        self._tasks.put(_Task(future, _Call(fn, args, kwargs), limit))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Ends the workers: after the calls handed in, or at once with `cancel_futures`, even in the middle of a call."""
        if cancel_futures:
            self._stopped.set()
            with suppress(queue.Empty):
                while True:
                    task = self._tasks.get_nowait()
                    if task is not None:
                        task.future.cancel()
        for _ in self._places:
            self._tasks.put(None)
        if wait:
            for place in self._places:
                place.join()

    def _serve(self) -> None:
        worker: _Worker | None = None
        try:
            while not self._stopped.is_set() and (task := self._tasks.get()) is not None:
                if not task.future.set_running_or_notify_cancel():
                    continue
                try:
                    if worker is None:
                        worker = _Worker(self._context)
                    answer, memory = worker.ask(task, self._stopped)
                except BaseException as error:  # noqa: BLE001 - handed to whoever waits for the answer
                    task.future.set_exception(error)
                    if worker is not None and not worker.alive:
                        worker = None
                else:
                    task.future.set_result(answer)
                    if memory > self._memory:
                        worker.end()
                        worker = None
        finally:
            if worker is not None:
                worker.end()


class _Worker:
    """One worker process."""

    def __init__(self, context: ForkServerContext) -> None:
        self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=_settle_in)
        self.alive = True
        try:
            self._pid: int = self._pool.submit(os.getpid).result()
        except BrokenProcessPool as error:
            self._leave()
            raise WorkerDiedError("工作进程没能启动") from error

    def ask(self, task: _Task, stopped: threading.Event) -> tuple[Any, int]:
        """The call's answer and the worker's resident bytes after it."""
        asked = self._pool.submit(_measured, task.call)
        left = task.seconds
        while not wait([asked], timeout=min(left, _POLL)).done:
            left -= _POLL
            if left <= 0 or stopped.is_set():
                self.kill()
                raise WorkerOverdueError(task.seconds)
        try:
            return asked.result()
        except BrokenProcessPool as error:
            self._leave()
            raise WorkerDiedError("工作进程异常终止") from error

    def kill(self) -> None:
        """Ends the worker at once. Its reader sees that it is alone and ends too."""
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        self._leave()

    def end(self) -> None:
        """Ends the worker, which has nothing under way."""
        with suppress(BrokenProcessPool, RuntimeError):
            self._pool.submit(_close)
        self._leave()

    def _leave(self) -> None:
        self.alive = False
        self._pool.shutdown(wait=True)


@dataclass(frozen=True, slots=True)
class _Call:
    fn: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]

    def __call__(self) -> Any:
        return self.fn(*self.args, **self.kwargs)


def _measured(call: Callable[[], Any]) -> tuple[Any, int]:
    return call(), resident(os.getpid())


def _settle_in() -> None:
    """A worker leaves Ctrl-C to its driver, and ends when the driver is gone, however it went."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    driver = multiprocessing.parent_process()
    if driver is not None:
        threading.Thread(target=_follow, args=(driver.sentinel,), daemon=True).start()


def _follow(sentinel: int) -> None:
    wait_for([sentinel])
    os._exit(0)


def _close() -> None:
    from docproc.batch.job import close_reader

    close_reader()


def _start_forkserver() -> None:
    """It loads what workers need while the driver is still looking at the inbox. Ctrl-C waits meanwhile: the server inherits that, or it
    would end with a traceback until it has said for itself that it leaves Ctrl-C to the driver."""
    resource_tracker.ensure_running()  # first: it lets Ctrl-C through again when it has been started
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@cache
def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([_PRELOAD])
    return context
