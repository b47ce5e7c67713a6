"""What a batch is asked to do, and how much a worker may take."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

_MEGABYTE: Final = 1024 * 1024
MEMORY: Final = 700 * _MEGABYTE  # resident, of a worker; a text package leaves about 300 MB behind
READER_MEMORY: Final = 1_600 * _MEGABYTE  # resident, of a worker's reader: text recognition alone takes about 1.2 GB
_A_WORKER: Final = 1_000 * _MEGABYTE  # what a worker and its reader take of the machine's memory when scans are about
PACKAGE_SECONDS: Final = 1800.0  # beyond what the readers' own limits allow; a package of 120 pages takes two or three seconds
SECONDS_PER_MEGABYTE: Final = 120.0


@dataclass(frozen=True, slots=True)
class Settings:
    """What every package is checked with: part of each result's key."""

    as_of: date
    checklist: str | None = None
    stage: str = "city"
    script: str = "hans"
    mask: bool = False

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "as_of": self.as_of.isoformat()}


@dataclass(frozen=True, slots=True)
class Limits:
    """Beyond this a worker is replaced after its package (memory, bytes), or at once (seconds, for one package)."""

    memory: int = MEMORY
    reader_memory: int = READER_MEMORY
    seconds: float = PACKAGE_SECONDS
    seconds_per_megabyte: float = SECONDS_PER_MEGABYTE

    def seconds_for(self, size: int) -> float:
        """The time that a package of `size` bytes may take."""
        return self.seconds + self.seconds_per_megabyte * size / 1_000_000


def default_jobs() -> int:
    """A worker a core that this process may use, and no more than the free memory carries."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, _free_memory() // _A_WORKER))


def _free_memory() -> int:
    """Bytes; a great number where the system does not tell."""
    try:
        with open("/proc/meminfo", encoding="ascii") as lines:
            for line in lines:
                if line.startswith("MemAvailable:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 1 << 50
