"""How things are measured: all candidates in turn in one run, by processor time, the median of the rounds."""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_LOOK = 0.2  # seconds between two looks at the memory of a program
Job = Callable[[], object]


def in_turn(jobs: Mapping[str, Job], rounds: int) -> dict[str, float]:
    """Processor seconds of each job: the median of rounds in each of which all run in turn, after one run of each unmeasured."""
    for job in jobs.values():
        job()
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            gc.collect()
            start = time.process_time()
            job()
            times[name].append(time.process_time() - start)
    return {name: statistics.median(taken) for name, taken in times.items()}


@dataclass(frozen=True, slots=True)
class Ran:
    """A program's run: seconds on the clock, processor seconds of it and of those it waited for, and its largest resident bytes."""

    wall: float
    cpu: float
    memory: int
    status: int


def ran(*arguments: str, **more: str) -> Ran:
    """Runs `python …` by itself."""
    before, start = os.times(), time.perf_counter()
    nothing, around = subprocess.DEVNULL, {**os.environ, **more}
    child = subprocess.Popen([sys.executable, *arguments], stdout=nothing, stderr=nothing, env=around)  # noqa: S603 - our own programs
    most = 0
    while child.poll() is None:
        most = max(most, _most_resident(child.pid))
        with suppress(subprocess.TimeoutExpired):
            child.wait(_LOOK)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Ran(time.perf_counter() - start, cpu, most, child.returncode)


def _most_resident(pid: int) -> int:
    """A process's largest resident bytes so far. Not `ru_maxrss`: a child begins with what its parent held when it was forked."""
    line = next((line for line in _lines(f"/proc/{pid}/status") if line.startswith("VmHWM:")), "VmHWM: 0 kB")
    return int(line.split()[1]) * 1024


def machine() -> dict[str, Any]:
    """What the run was made on."""
    import platform

    model = next(
        (line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), platform.processor() or "?"
    )
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {"processor": model, "cores": cores, "python": platform.python_version(), "system": platform.system()}


def load() -> float:
    """How many processes want a core, over the last minute."""
    return round(os.getloadavg()[0], 2)


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
