"""Readers that misbehave, for the isolation's tests; run in the child process only."""

from __future__ import annotations

import os
import signal
import threading

from docproc.model import Content


def read(name: str, data: bytes) -> Content:
    if name == "hang":
        threading.Event().wait()
    if name == "fork":
        pipe = os.open(data, os.O_WRONLY)  # held open by both until they end
        if not os.fork():
            os.write(pipe, b"forked")
        threading.Event().wait()
    if name == "segfault":
        os.kill(os.getpid(), signal.SIGSEGV)
    if name == "die":
        os._exit(7)
    if name == "abort":
        os.abort()
    if name == "raise":
        raise ZeroDivisionError
    if name == "fat":
        bytearray(1 << 40)
    if name == "chatty":
        os.write(1, b"words on standard output")
    if name == "stranger":
        return "no content"  # type: ignore[return-value]
    return Content(format="txt", text=f"{os.getpid()} {len(data)}")
