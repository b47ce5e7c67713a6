"""A reader that hangs, dies or eats memory costs one file, and no process is left over."""

from __future__ import annotations

import os
import platform
import select
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from docproc.readers.isolate import Isolation
from tests.readers.word_files import docx, paragraph

HOSTILE = "tests.readers.hostile:read"


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_one_worker_serves_all_files_and_ends() -> None:
    with Isolation(HOSTILE) as isolation:
        first, second = isolation.read("a", b"xx"), isolation.read("chatty", bytes(3_000_000))
        assert first.text.split()[0] == second.text.split()[0] != str(os.getpid())
        assert second.text.split()[1] == "3000000"
        worker = int(first.text.split()[0])
        assert alive(worker)
    assert not alive(worker)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("die", "crashed"),
        ("abort", "crashed"),
        ("segfault", "crashed"),
        ("raise", "crashed"),
        ("fat", "too_large"),
        ("stranger", "crashed"),
    ],
)
def test_misbehaviour_costs_one_file(name: str, code: str) -> None:
    with Isolation(HOSTILE) as isolation:
        bad = isolation.read(name, b"x")
        assert ([problem.code for problem in bad.problems], [loss.code for loss in bad.losses]) == ([code], [code])
        assert isolation.read("good", b"x").text.endswith(" 1")


def test_hanging_reader_is_stopped() -> None:
    with Isolation(HOSTILE, seconds=0.5) as isolation:
        assert [loss.code for loss in isolation.read("hang", b"x").losses] == ["timeout"]
        assert isolation._process is None


def test_what_a_hanging_reader_started_ends_with_it(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    end = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with Isolation(HOSTILE) as isolation:
        isolation.read("good", b"")  # a busy machine may take long to start a worker
        assert isolation.call("fork", os.fsencode(pipe), 5)[0] == "timeout"
    assert os.read(end, 6) == b"forked"
    assert select.select([end], [], [], 30)[0]
    assert os.read(end, 1) == b""  # nobody holds the other end any more
    os.close(end)


def test_reads_for_real_and_alike() -> None:
    from docproc.readers import read_bytes

    data = docx(paragraph("正文"))
    with Isolation() as isolation:
        assert isolation.read("申报书.docx", data) == read_bytes("申报书.docx", data)
        assert [loss.code for loss in isolation.read("空.pdf", b"").losses] == ["empty"]


@pytest.mark.parametrize("way", ["connect", "connect by program"])
def test_a_reader_has_no_network(way: str) -> None:
    if way == "connect by program" and (sys.platform != "linux" or platform.machine() not in {"x86_64", "aarch64"}):
        return  # the audit hook holds for the reader's own process only
    with socket.create_server(("127.0.0.1", 0)) as server, Isolation(HOSTILE) as isolation:
        assert isolation.read(way, str(server.getsockname()[1]).encode()).text == "PermissionError"


def test_where_the_system_has_no_filter_python_is_stopped() -> None:
    script = """
import socket
from docproc.readers import no_network
no_network._filter = lambda *numbers: False
assert no_network.forbid_network() == "audit hook"
tries = [lambda: socket.create_connection(("127.0.0.1", 9)), lambda: socket.socket().bind(("127.0.0.1", 0)),
         lambda: socket.getaddrinfo("localhost", 80), lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"", ("127.0.0.1", 9))]
for each in tries:
    try:
        each()
    except PermissionError:
        print("refused", end=" ")
one, other = socket.socketpair()
one.sendall(b"x")
"""
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", script], capture_output=True, text=True, check=True, env=_here())
    assert done.stdout.split() == ["refused"] * 4


def test_unused_isolation_closes() -> None:
    isolation = Isolation()
    isolation.close()
    isolation.close()


def test_works_from_a_script_without_a_main_guard() -> None:
    script = "from docproc.readers.isolate import Isolation\nwith Isolation() as i: print(i.read('a.txt', b'words').text)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=_here())
    assert done.stdout.strip() == "words"


def _here() -> dict[str, str]:
    """This process's surroundings with its import path."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(os.path.abspath(entry) for entry in sys.path)}
