"""The child process that reads files for isolate.py: one request after another from its input, one answer each on its output.

Before the answer there may be words of progress; each gives the reader its time anew, up to a limit for the whole (isolate.py).
A message is eight bytes of length (big-endian) and a pickle. Only isolate.py starts this, and only it reads the answers.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
import sys
import threading
import time
from importlib import import_module
from typing import IO, Any

from docproc.readers.no_network import forbid_network
from docproc.readers.progress import listening

_LOOK = 1.0  # seconds between two looks at whether the parent is there
_GRACE = 10.0  # seconds after which a reader whose parent is gone ends by itself


def send(stream: IO[bytes], message: object) -> None:
    """Writes one message."""
    data = pickle.dumps(message, protocol=5)
    stream.write(struct.pack(">Q", len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Reads one message; EOFError where the other side is gone."""
    head = stream.read(8)
    if len(head) < 8:
        raise EOFError
    size = struct.unpack(">Q", head)[0]
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return pickle.loads(data)  # noqa: S301 - from this process's own parent or child


def _limit_memory(size: int) -> None:
    """Caps the address space where the system can."""
    try:
        import resource
    except ImportError:
        return
    try:
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (size if hard == resource.RLIM_INFINITY else min(size, hard), hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, ValueError):
        return


def _alarm(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


class _Telling:
    """Passes a reader's progress on to the parent."""

    def __init__(self, answers: IO[bytes], seconds: float) -> None:
        self._answers, self._seconds = answers, seconds

    def __call__(self, done: int, total: int) -> None:
        _alarm(self._seconds + _GRACE)
        send(self._answers, ("progress", (done, total)))


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answers requests (target, name, data, seconds) with ("content", …) or ("error", kind) until the input ends.

    Any number of ("progress", …) may come before the answer.
    """
    while True:
        try:
            target, name, data, seconds = receive(requests)
        except EOFError:
            return
        _alarm(seconds + _GRACE)
        try:
            module, _, function = target.partition(":")
            with listening(_Telling(answers, seconds)):
                answer: tuple[str, object] = ("content", getattr(import_module(module), function)(name, data))
        except MemoryError:
            answer = ("memory", "")
        except Exception as error:  # noqa: BLE001 - the parent says which file it was
            answer = ("error", type(error).__name__)
        _alarm(0)
        del data
        send(answers, answer)


def _leave_with_parent(parent: int) -> None:
    """Ends this process, with all that it started, when its parent is gone: a killed batch leaves no reader at work behind it."""
    while os.getppid() == parent:
        time.sleep(_LOOK)
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(1)


def main() -> None:
    """Takes over the standard streams, so that a library that prints cannot garble the answers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, args=(os.getppid(),), daemon=True).start()
    _limit_memory(int(sys.argv[1]))
    forbid_network()
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "r+b") as nothing:
        os.dup2(nothing.fileno(), 0)
        os.dup2(nothing.fileno(), 1)
    serve(requests, answers)


if __name__ == "__main__":
    main()
