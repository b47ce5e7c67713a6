"""What the office itself adds to a letter; what it does not say stays blank, to be filled in by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Office:
    """The issuing authority's part: names and numbers as they are printed, `due_in` in working days from the day of issue."""

    agency: str = ""
    number: str = ""  # 发文字号
    issued: date | None = None
    due_in: int | None = None
    received: date | None = None  # when the materials came in
    contact: str = ""
    phone: str = ""
