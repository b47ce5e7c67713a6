"""A reader that hangs, dies or eats memory costs one file, and no process is left over."""

from __future__ import annotations

import os
import select
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
    with Isolation(HOSTILE, seconds=1.5) as isolation:
        assert [loss.code for loss in isolation.read("fork", os.fsencode(pipe)).losses] == ["timeout"]
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


def test_unused_isolation_closes() -> None:
    isolation = Isolation()
    isolation.close()
    isolation.close()


def test_works_from_a_script_without_a_main_guard() -> None:
    script = "from docproc.readers.isolate import Isolation\nwith Isolation() as i: print(i.read('a.txt', b'words').text)"
    path = os.pathsep.join(os.path.abspath(entry) for entry in sys.path)
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": path}
    )
    assert done.stdout.strip() == "words"
