"""What a batch keeps of a finished package, in a hidden file of its folder: the key of the result and its ledger row on one line, its
traits on the next, which only the comparing of packages reads.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from docproc.errors import UNPROCESSED
from docproc.ledger.rows import Row

FILE: Final = ".docproc.json"
VERSION: Final = 2


@dataclass(frozen=True, slots=True)
class Record:
    """A finished package. `status` is the exit status that it stands for (0, 1 or 3); `traits` is what other packages are compared by,
    empty where it was not asked for."""

    key: str
    status: int
    row: Row
    traits: Mapping[str, Any]

    @property
    def failed(self) -> bool:
        """Whether the package as a whole could not be processed."""
        return self.status == UNPROCESSED

    def data(self) -> bytes:
        """The record's file. The same result gives the same bytes: no time and no machine is in it."""
        head = {"version": VERSION, "key": self.key, "status": self.status, "row": self.row.to_json()}
        return b"".join(_line(content) for content in (head, self.traits))


def _line(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace") + b"\n"


def read_record(folder: Path, *, traits: bool = False) -> Record | None:
    """The record in a folder of results, with its traits on request; None where there is none or it is no whole record."""
    try:
        with (folder / FILE).open("rb") as opened:
            head = json.loads(opened.readline())
            if head["version"] != VERSION:
                return None
            return Record(head["key"], head["status"], Row.from_json(head["row"]), json.loads(opened.readline()) if traits else {})
    except (OSError, ValueError, KeyError, TypeError):
        return None
