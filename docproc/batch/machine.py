"""How many workers this machine carries: cores and memory that this process may use, a container's limits (control groups) included."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

_MEGABYTE: Final = 1024 * 1024
WITH_RECOGNITION: Final = 1_400 * _MEGABYTE  # a worker, 0.15 GB, and its reader, 1.2 GB once it has recognised a page
WITHOUT_RECOGNITION: Final = 400 * _MEGABYTE
_UNLIMITED: Final = 1 << 50
_PROC, _CGROUPS = Path("/proc"), Path("/sys/fs/cgroup")


@dataclass(frozen=True, slots=True)
class Carried:
    """The workers that the machine carries, the cores there are, the bytes that are free and that a worker may come to need."""

    jobs: int
    cores: int
    free: int
    each: int

    @property
    def remark(self) -> str:
        """Where memory allows fewer workers than cores: that, why, and what to do, in Chinese."""
        if self.jobs >= self.cores:
            return ""
        free, each = self.free / 1024**3, self.each / 1024**3
        why = "识别扫描件时" if self.each == WITH_RECOGNITION else ""
        hint = f"；材料中没有扫描件和图片时，可用 --jobs {self.cores} 加快" if why else ""
        what = f"可用内存约 {free:.1f} GB，{why}每个工作进程约需 {each:.1f} GB"
        return f"{what}，本次用 {self.jobs} 个工作进程（处理器有 {self.cores} 核）{hint}。"


def carried(proc: Path = _PROC, cgroups: Path = _CGROUPS) -> Carried:
    """A worker a core, and no more than the free memory carries; at least one."""
    each = WITH_RECOGNITION if find_spec("rapidocr") is not None else WITHOUT_RECOGNITION
    found, free = cores(proc, cgroups), free_memory(proc, cgroups)
    return Carried(max(1, min(found, free // each)), found, free, each)


def cores(proc: Path = _PROC, cgroups: Path = _CGROUPS) -> int:
    """Cores that this process may use: as the system binds it, and as a container's share of time allows."""
    bound = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    shares = [bound]
    for folder in _groups("cpu", proc, cgroups):
        newer = _numbers(folder / "cpu.max")
        older = (*_numbers(folder / "cpu.cfs_quota_us"), *_numbers(folder / "cpu.cfs_period_us"))
        quota, period = next((pair for pair in (newer, older) if len(pair) == 2), (0, 0))
        if quota > 0 and period > 0:
            shares.append(max(1, round(quota / period)))
    return min(shares)


def free_memory(proc: Path = _PROC, cgroups: Path = _CGROUPS) -> int:
    """Bytes that are free on the machine and in each of the groups that this process is in; a great number where nothing is told."""
    free = [_UNLIMITED]
    for line in _lines(proc / "meminfo"):
        if line.startswith("MemAvailable:"):
            free.append(int(line.split()[1]) * 1024)
    for folder in _groups("memory", proc, cgroups):
        for most, used in (("memory.max", "memory.current"), ("memory.limit_in_bytes", "memory.usage_in_bytes")):
            limit, taken = _numbers(folder / most), _numbers(folder / used)
            if limit and taken and limit[0] < _UNLIMITED:
                free.append(max(0, limit[0] - taken[0] + _reclaimable(folder)))
    return min(free)


def _reclaimable(folder: Path) -> int:
    """Bytes of files that the group holds in memory and would give up."""
    stated = dict(line.split()[:2] for line in _lines(folder / "memory.stat") if len(line.split()) >= 2)
    return int(stated.get("total_inactive_file", stated.get("inactive_file", "0")))


def _groups(controller: str, proc: Path, cgroups: Path) -> Iterator[Path]:
    """The folders of the groups that this process is in, its own and all above, in both versions of control groups."""
    for line in _lines(proc / "self" / "cgroup"):
        number, controllers, path = (*line.split(":", 2), "", "")[:3]
        if number == "0" or controller in controllers.split(","):
            root = cgroups if number == "0" else cgroups / controller
            own = root / path.strip().lstrip("/")
            yield from (folder for folder in (own, *own.parents) if folder.is_relative_to(root))


def _numbers(path: Path) -> tuple[int, ...]:
    """The whole numbers of a file of one line; none where it has others («max») or is not there."""
    words = " ".join(_lines(path)).split()
    return tuple(map(int, words)) if words and all(word.lstrip("-").isdigit() for word in words) else ()


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return []
