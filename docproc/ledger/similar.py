"""The same content in several applicants' packages, as a pointer for a person: where it stands in each, and its words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in one package: the package's name in the inbox, and file and page in words."""

    package: str
    place: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two packages share. `what` is 扫描页, 表格 or 文字; `count` how many such places; the spots and the excerpt are the first's."""

    what: str
    one: Spot
    other: Spot
    count: int
    excerpt: str
