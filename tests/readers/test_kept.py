"""What was read once is not read again, until something that a reading depends on is another."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from docproc.model import Content, Loss
from docproc.page_store import ENVIRONMENT_VARIABLE
from docproc.readers import kept, read_package
from docproc.readers.isolate import Isolation
from docproc.readers.kept import ROOMS, Kept, readings, settled
from docproc.readers.table import READERS

WORDS = "申报单位：某某有限公司\n".encode()


class Counting(Isolation):
    """An isolation that reads in this process and counts, or answers what it is told to."""

    def __init__(self, answer: Content | None = None, *, seconds: float | None = None) -> None:
        super().__init__(seconds=seconds)
        self.names: list[str] = []
        self._answer = answer

    def read(self, name: str, data: bytes) -> Content:
        self.names.append(name)
        return self._answer or Content("txt", data.decode())


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path / "store"))
    return tmp_path / "store"


def read(reader: Counting, name: str = "a.txt", data: bytes = WORDS) -> Content:
    own = readings()
    assert own is not None
    return Kept(reader, own).read(name, data)


def test_a_file_is_read_once_whatever_its_name(store: Path) -> None:
    reader = Counting()
    assert read(reader) == read(reader) == read(reader, "另一个.TXT") == Content("txt", WORDS.decode())
    assert reader.names == ["a.txt"]


def test_other_bytes_suffix_or_limits_are_read_anew(store: Path) -> None:
    reader, patient = Counting(), Counting(seconds=7)
    for name, data in (("a.txt", WORDS), ("a.txt", WORDS + b"x"), ("a.csv", WORDS), ("a", WORDS)):
        read(reader, name, data)
    assert len(reader.names) == 4
    read(patient)
    assert len(patient.names) == 1


def test_another_reader_reads_anew(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Counting()
    read(reader)
    monkeypatch.setattr(kept, "_code", lambda: "another program")
    read(reader)
    monkeypatch.setattr(kept, "program_builds", lambda: ("soffice of tomorrow",))
    read(reader)
    assert len(reader.names) == 3


@pytest.mark.parametrize("code", ["timeout", "crashed", "too_large", "damaged", "unsupported", "unread_page"])
def test_what_may_end_otherwise_another_day_is_not_kept(store: Path, code: str) -> None:
    content = Content("pdf", "有字", losses=(Loss(code, "没有读出"),))
    assert not settled(content)
    reader = Counting(content)
    assert read(reader) == read(reader) == content
    assert len(reader.names) == 2


@pytest.mark.parametrize("damage", [b"", b"nothing", b"x\x9c+\xcf/\xcaI\x01\x00\x06,\x02\x15"])  # the last unpacks, and is no reading
def test_a_damaged_record_is_told_thrown_away_and_made_anew(store: Path, damage: bytes, caplog: pytest.LogCaptureFixture) -> None:
    reader = Counting()
    read(reader)
    (record,) = (store / "readings").glob("??/*")
    record.write_bytes(damage)
    assert read(reader) == Content("txt", WORDS.decode())
    assert "已损坏" in caplog.text
    assert "某某" not in caplog.text
    read(reader)
    assert len(reader.names) == 2


def test_nothing_is_kept_where_nothing_is_to_be(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, "off")
    (tmp_path / "a.txt").write_bytes(WORDS)
    reader = Counting()
    for _ in range(2):
        read_package(tmp_path / "a.txt", isolation=reader)
    assert readings() is None
    assert len(reader.names) == 2


def test_a_package_that_was_read_starts_no_reader(store: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(WORDS)
    with Isolation() as first:
        before = read_package(tmp_path / "a.txt", isolation=first)
    with Isolation() as second:
        assert read_package(tmp_path / "a.txt", isolation=second) == before
        assert second.pid is None


def test_the_key_covers_all_that_a_reader_loads() -> None:
    """The readers' own process, with every reader in it, holds no module of docproc from outside the rooms that the key covers."""
    modules = sorted({reader.module for reader in READERS.values()} | {"docproc.readers.ocr.page", "docproc.readers.seal"})
    program = (
        f"import sys, importlib\nimport docproc.readers.worker\nfor name in {modules!r}: importlib.import_module(name)\n"
        "print('\\n'.join(name for name in sys.modules if name.startswith('docproc.') or name.startswith('extractors')))"
    )
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    rooms = {"docproc." + room.removesuffix(".py") for room in ROOMS}
    assert [name for name in loaded if not any(name == room or name.startswith(room + ".") for room in rooms)] == []
