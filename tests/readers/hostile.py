"""Readers that misbehave, for the isolation's tests; run in the child process only."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
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
    if name == "connect":
        return Content(format="txt", text=_reached(data))
    if name == "connect by program":
        program = f"from tests.readers.hostile import _reached; print(_reached({data!r}), end='')"
        return Content(
            format="txt", text=subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
        )
    if name == "chatty":
        os.write(1, b"words on standard output")
    if name == "stranger":
        return "no content"  # type: ignore[return-value]
    return Content(format="txt", text=f"{os.getpid()} {len(data)}")


def _reached(port: bytes) -> str:
    try:
        with socket.create_connection(("127.0.0.1", int(port)), 5):
            return "reached"
    except OSError as error:
        return type(error).__name__
