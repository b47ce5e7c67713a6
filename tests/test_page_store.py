"""Recognised pages are kept once, found again, bounded in size, and a damaged record is as good as none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from docproc.cli import main
from docproc.page_store import ENVIRONMENT_VARIABLE, PageStore, default_store, key_of
from docproc.readers.kept import readings

KEY = key_of(b"page", "engine 1")


def test_what_is_put_is_found() -> None:
    assert key_of(b"page", "engine 1") != key_of(b"page", "engine 2") != key_of(b"pag", "eengine 2")


def test_a_record_comes_back_as_it_went(tmp_path: Path) -> None:
    store = PageStore(tmp_path / "cache")
    assert store.get(KEY) is None
    store.put(KEY, "申报单位".encode())
    assert PageStore(tmp_path / "cache").get(KEY) == "申报单位".encode()
    assert store.holdings().records == 1
    assert store.clear().records == 1
    assert (store.get(KEY), store.holdings().records) == (None, 0)


@pytest.mark.parametrize("damage", [b"", b"not packed", b"\x78\x9c half"])
def test_a_damaged_record_is_none(tmp_path: Path, damage: bytes) -> None:
    store = PageStore(tmp_path)
    store.put(KEY, b"x" * 1000)
    (path,) = (tmp_path / "pages").glob("??/*")
    path.write_bytes(damage or path.read_bytes()[:-3])
    assert store.get(KEY) is None


def test_a_record_that_unpacks_without_end_is_none(tmp_path: Path) -> None:
    store = PageStore(tmp_path)
    store.put(KEY, bytes(20_000_000))
    assert store.get(KEY) is None


def test_the_longest_unused_go_first(tmp_path: Path) -> None:
    store = PageStore(tmp_path, bytes_at_most=60_000)
    for number in range(65):
        store.put(key_of(str(number)), os.urandom(1000))
        path = store._path(key_of(str(number)))
        os.utime(path, (number, number))
    assert store.holdings().bytes <= 60_000
    assert store.get(key_of("0")) is None
    assert store.get(key_of("64")) is not None


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    store = PageStore(tmp_path / "file")
    store.put(KEY, b"x")
    assert store.get(KEY) is None


def test_several_processes_write_one_store(tmp_path: Path) -> None:
    program = (
        "from pathlib import Path; from docproc.page_store import PageStore, key_of; store = PageStore(Path(__import__('sys').argv[1]))\n"
        "for number in range(200): store.put(key_of(str(number % 20)), str(number % 20).encode() * 500)"
    )
    writers = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path)]) for _ in range(3)]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    store = PageStore(tmp_path)
    assert store.holdings().records == 20
    assert all(store.get(key_of(str(number))) == str(number).encode() * 500 for number in range(20))


def test_the_folder_is_the_users_own(tmp_path: Path) -> None:
    PageStore(tmp_path / "cache").put(KEY, b"x")
    if os.name == "posix":
        assert (tmp_path / "cache").stat().st_mode & 0o077 == 0


def test_the_environment_names_the_folder_or_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path))
    store = default_store()
    assert store is not None
    assert store.folder == tmp_path
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, "off")
    assert default_store() is None


def test_the_commands_show_and_clear(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    PageStore(tmp_path).put(KEY, b"x")
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path))
    reading = readings()
    assert reading is not None
    for number in range(2):
        reading.put(key_of(str(number)), b"x")
    next((tmp_path / "readings").glob("??/*")).write_bytes(b"damaged")
    shown = CliRunner().invoke(main, ["cache", "show"]).output
    assert "识别结果（按页）：1 条" in shown
    assert "读取结果（按文件）：2 条" in shown
    assert "其中 1 条已损坏" in shown
    cleared = CliRunner().invoke(main, ["cache", "clear"]).output
    assert "识别结果（按页）：删除 1 条" in cleared
    assert "读取结果（按文件）：删除 2 条" in cleared
    assert "读取结果（按文件）：0 条" in CliRunner().invoke(main, ["cache", "show", "--folder", str(tmp_path)]).output
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, "off")
    assert "没有使用缓存" in CliRunner().invoke(main, ["cache", "show"]).output


def test_a_command_can_do_without(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """--no-cache holds for the command alone."""
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path / "store"))
    (tmp_path / "申报书.txt").write_text("天津市先进级智能工厂申报书\n申报单位：天津某某有限公司\n", encoding="utf-8")
    CliRunner().invoke(main, ["check", str(tmp_path / "申报书.txt"), "--no-cache"])
    assert not (tmp_path / "store").exists()
    CliRunner().invoke(main, ["check", str(tmp_path / "申报书.txt")])
    assert len(list((tmp_path / "store" / "readings").glob("??/*"))) == 1
