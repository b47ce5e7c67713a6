"""What the ledger says of one package: who, what for, what it came to, every finding in a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

UNKNOWN_DISTRICT = "（材料中未见）"


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding in a line. `where` names the file and page of its first place, and how many more there are."""

    item: str
    title: str
    outcome: str
    correctable: bool | None
    article: str
    message: str
    remedy: str
    where: str


@dataclass(frozen=True, slots=True)
class Row:
    """One package in a line. `counts` has a number for each outcome of an item; `deadline` is the notice list's last day, ISO, or none."""

    folder: str
    package: str
    applicant: str
    code: str
    province: str
    district: str
    level: str
    checklist: str
    as_of: str
    outcome: str
    counts: Mapping[str, int]
    final: int  # failures that no correction cures
    documents: int
    pages: int
    losses: int
    deadline: str | None
    problems: tuple[str, ...]
    findings: tuple[FindingRow, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain data, ready for `json.dump`."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Row:
        """The row that `to_json` wrote."""
        findings = tuple(FindingRow(**finding) for finding in data["findings"])
        return cls(**{**data, "problems": tuple(data["problems"]), "findings": findings})
