"""What the driver hands a worker, and what comes back. Light: a driver that finds everything done needs none of a worker's libraries."""

from __future__ import annotations

from dataclasses import dataclass

from docproc.batch.settings import Limits, Settings


@dataclass(frozen=True, slots=True)
class Job:
    """A package to do. `work` is the folder under which a worker makes the results' folder; the driver moves it to its place."""

    name: str
    path: str
    folder: str
    key: str
    size: int
    work: str
    settings: Settings
    limits: Limits
    software: str


@dataclass(frozen=True, slots=True)
class Done:
    """What a worker reports: where the results lie, and figures for the progress. Memory in bytes, resident, after the package."""

    made: str
    status: int
    outcome: str
    pages: int
    seconds: float
    memory: int
    problems: tuple[str, ...] = ()
