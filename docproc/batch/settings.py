"""What a batch is asked to do, and how much a worker may take."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

_MEGABYTE: Final = 1024 * 1024
MEMORY: Final = 700 * _MEGABYTE  # resident, of a worker; a text package leaves about 300 MB behind
READER_MEMORY: Final = 1_600 * _MEGABYTE  # resident, of a worker's reader: text recognition alone takes about 1.2 GB
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
