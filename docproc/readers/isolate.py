"""Reads files in a child process with limits of time and memory: a parser that hangs or dies costs one document, never the batch.

One worker serves all files of a package, since starting one and importing the readers costs more than reading most files. It is
started as `python -m docproc.readers.worker` (never by multiprocessing, whose spawn imports the caller's __main__ again), killed and
replaced when it hangs or dies.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Final

from docproc.model import Content
from docproc.readers.sniff import sniff
from docproc.readers.table import READERS, Reader
from docproc.readers.unread import unreadable
from docproc.readers.worker import receive, send

DEFAULT_TARGET: Final = "docproc.readers.table:read_bytes"
#: How often over a reader may take its time, where it tells that it is getting on: a scan of 300 pages is no file that hangs.
PATIENCE: Final = 20
Progress = Callable[[str, int, int], None]
"""Told the file's name, how many of its pages are read and of how many."""
DEFAULT_MEMORY: Final = 4 * 1024 * 1024 * 1024  # address space, not use: text recognition alone reserves more than 2 GB


class Isolation:
    """A reader behind a process boundary. Use it in a `with`, or call close(): no process is left over.

    `target` is the function that reads in the child, "module:function" of (name, data) -> Content. `seconds` overrides the
    limits of the readers' table: of the whole file for a reader that is silent, of each page for one that tells of its progress.
    """

    def __init__(
        self,
        target: str = DEFAULT_TARGET,
        *,
        seconds: float | None = None,
        memory: int = DEFAULT_MEMORY,
        progress: Progress | None = None,
    ) -> None:
        self._target = target
        self._seconds = seconds
        self._memory = memory
        self._progress = progress
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Isolation:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def read(self, name: str, data: bytes) -> Content:
        """The content of one file; `timeout`, `crashed` or `too_large` where the reader did not come back with one."""
        file_format = sniff(name, data) if data else "unknown"
        seconds = self._seconds if self._seconds is not None else READERS.get(file_format, Reader("")).limit(len(data))
        kind, answer = self.call(name, data, seconds)
        file_format = file_format.removeprefix("encrypted-")
        if kind == "content":
            return answer if isinstance(answer, Content) else unreadable(file_format, "crashed")
        return unreadable(file_format, kind, str(answer))

    def call(self, name: str, data: bytes, seconds: float, target: str = "") -> tuple[str, object]:
        """What the target gives for this: ("content", its answer), or (`timeout`, `crashed` or `too_large`, why in words).

        `target`: another function than this isolation's own, in the same child.
        """
        with self._lock:
            return self._ask(target or self._target, name, data, seconds)

    @property
    def limits(self) -> str:
        """What an answer may depend on besides the file: the function that reads, its time, its memory."""
        return f"{self._target} {self._seconds} {self._memory}"

    @property
    def pid(self) -> int | None:
        """The worker's process id, where one runs."""
        return self._process.pid if self._process is not None else None

    def close(self) -> None:
        """Ends the worker at once: an idle one has nothing to save, and unloading its libraries takes a third of a second."""
        with self._lock:
            if self._process is not None:
                self._discard(self._process)

    def _ask(self, target: str, name: str, data: bytes, seconds: float) -> tuple[str, object]:
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        overdue = threading.Event()
        end = time.monotonic() + PATIENCE * seconds
        timer = _timer(process, overdue, seconds)
        try:
            send(process.stdin, (target, name, data, seconds))
            kind, answer = receive(process.stdout)
            while kind == "progress":
                timer.cancel()
                timer = _timer(process, overdue, min(seconds, max(end - time.monotonic(), 0.0)))
                if self._progress is not None:
                    self._progress(name, *answer)
                kind, answer = receive(process.stdout)
        except (OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError, ValueError, TypeError):
            timer.cancel()
            self._discard(process)
            return ("timeout", f"{seconds:g} 秒") if overdue.is_set() else ("crashed", _cause(process.returncode))
        except BaseException:
            self._discard(process)
            raise
        finally:
            timer.cancel()
        if overdue.is_set():  # it answered while it was being stopped
            self._discard(process)
        if kind == "memory":
            self._discard(process)
            return "too_large", "内存不足"
        return (kind, answer) if kind == "content" else ("crashed", answer)

    def _discard(self, process: subprocess.Popen[bytes]) -> None:
        self._process = None
        _kill(process)
        _shut(process)
        process.wait()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            if self._process is not None:
                self._discard(self._process)
            self._process = subprocess.Popen(  # noqa: S603 - this interpreter, this package
                [sys.executable, "-P", "-m", "docproc.readers.worker", str(self._memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                start_new_session=True,
            )
        return self._process


def _timer(process: subprocess.Popen[bytes], overdue: threading.Event, seconds: float) -> threading.Timer:
    timer = threading.Timer(seconds, _stop, (process, overdue))
    timer.daemon = True
    timer.start()
    return timer


def _stop(process: subprocess.Popen[bytes], overdue: threading.Event) -> None:
    overdue.set()
    _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Ends the worker with all that it started (LibreOffice, a reader's forks): they are one process group, led by the worker."""
    if hasattr(os, "killpg") and process.returncode is None:  # not yet reaped, so that the number is still its own
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def _shut(process: subprocess.Popen[bytes]) -> None:
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            try:
                stream.close()
            except OSError:
                continue


def _cause(status: int) -> str:
    """An exit status in words for a person: by which signal, or with which number."""
    if status >= 0:
        return f"退出码 {status}"
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"信号 {-status}"


def _environment() -> dict[str, str]:
    """This process's surroundings, with its import path, and one thread for each numeric library."""
    paths = [os.path.abspath(path) for path in sys.path]
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {**threads, **os.environ, "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths))}
