"""How many workers a machine or a container carries."""

from __future__ import annotations

from pathlib import Path

import pytest

from docproc.batch import machine
from docproc.batch.machine import WITH_RECOGNITION, WITHOUT_RECOGNITION, Carried, carried, cores, free_memory

GIGABYTE = 1024**3


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine of eight cores with 64 GB, no limits; `proc` and `groups` are its files."""
    (tmp_path / "proc" / "self").mkdir(parents=True)
    (tmp_path / "groups").mkdir()
    (tmp_path / "proc" / "meminfo").write_text(f"MemTotal: {70 * 1024**2} kB\nMemAvailable: {64 * 1024**2} kB\n", encoding="ascii")
    monkeypatch.setattr(machine.os, "sched_getaffinity", lambda process: set(range(8)), raising=False)
    monkeypatch.setattr(machine, "find_spec", lambda name: object())
    return tmp_path


def limited(made: Path, line: str, folder: str, **files: str) -> None:
    with (made / "proc" / "self" / "cgroup").open("a", encoding="ascii") as opened:
        opened.write(line + "\n")
    (made / "groups" / folder).mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (made / "groups" / folder / name.replace("__", ".")).write_text(content + "\n", encoding="ascii")


def found(made: Path) -> Carried:
    return carried(made / "proc", made / "groups")


def test_a_worker_a_core_where_memory_is_plenty(made: Path) -> None:
    assert found(made) == Carried(8, 8, 64 * GIGABYTE, WITH_RECOGNITION)
    assert found(made).remark == ""


def test_free_memory_lowers_the_number_and_it_is_said(made: Path) -> None:
    (made / "proc" / "meminfo").write_text(f"MemAvailable: {5 * 1024**2} kB\n", encoding="ascii")
    assert found(made).jobs == 3
    assert found(made).remark == (
        "可用内存约 5.0 GB，识别扫描件时每个工作进程约需 1.4 GB，本次用 3 个工作进程（处理器有 8 核）；"
        "材料中没有扫描件和图片时，可用 --jobs 8 加快。"
    )


def test_without_recognition_a_worker_takes_less(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "find_spec", lambda name: None)
    (made / "proc" / "meminfo").write_text(f"MemAvailable: {2 * 1024**2} kB\n", encoding="ascii")
    assert (found(made).jobs, found(made).each) == (5, WITHOUT_RECOGNITION)
    assert "扫描" not in found(made).remark


def test_a_containers_limit_counts(made: Path) -> None:
    limited(made, "0::/office/batch", "office", memory__max=str(6 * GIGABYTE), memory__current=str(4 * GIGABYTE))
    limited(made, "", "office/batch", memory__max="max", memory__current="1", memory__stat=f"anon 1\ninactive_file {GIGABYTE}")
    assert found(made).free == 2 * GIGABYTE
    (made / "groups" / "office" / "memory.stat").write_text(f"inactive_file {GIGABYTE}\n", encoding="ascii")
    assert (found(made).free, found(made).jobs) == (3 * GIGABYTE, 2)


def test_the_older_kind_of_limit_counts(made: Path) -> None:
    files = {"memory__limit_in_bytes": str(3 * GIGABYTE), "memory__usage_in_bytes": str(GIGABYTE)}
    limited(made, "4:memory:/office", "memory/office", **files)
    limited(made, "", "memory", memory__limit_in_bytes=str((1 << 63) - 4096), memory__usage_in_bytes="1")
    assert free_memory(made / "proc", made / "groups") == 2 * GIGABYTE


@pytest.mark.parametrize(
    ("line", "folder", "files", "cores_left"),
    [
        ("0::/a", "a", {"cpu__max": "300000 100000"}, 3),
        ("0::/a", "a", {"cpu__max": "50000 100000"}, 1),
        ("0::/a", "a", {"cpu__max": "max 100000"}, 8),
        ("2:cpu,cpuacct:/a", "cpu/a", {"cpu__cfs_quota_us": "200000", "cpu__cfs_period_us": "100000"}, 2),
        ("2:cpu:/a", "cpu/a", {"cpu__cfs_quota_us": "-1", "cpu__cfs_period_us": "100000"}, 8),
    ],
)
def test_a_share_of_the_processor_counts(made: Path, line: str, folder: str, files: dict[str, str], cores_left: int) -> None:
    limited(made, line, folder, **files)
    assert cores(made / "proc", made / "groups") == cores_left


def test_a_machine_that_tells_nothing_gets_a_worker_a_core(made: Path) -> None:
    assert carried(made / "nowhere", made / "nowhere").jobs == 8


def test_there_is_always_one(made: Path) -> None:
    (made / "proc" / "meminfo").write_text("MemAvailable: 1024 kB\n", encoding="ascii")
    assert found(made).jobs == 1
