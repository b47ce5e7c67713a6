"""What a batch keeps of a finished package, in a hidden file of its folder: the key of the result, its ledger row, its traits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from docproc.errors import UNPROCESSED
from docproc.ledger.rows import Row

FILE: Final = ".docproc.json"
VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Record:
    """A finished package. `status` is the exit status that it stands for (0, 1 or 3); `traits` is what other packages are compared by."""

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
        content = {"version": VERSION, "key": self.key, "status": self.status, "row": self.row.to_json(), "traits": self.traits}
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")


def read_record(folder: Path) -> Record | None:
    """The record in a folder of results; None where there is none or it is no whole record."""
    try:
        content = json.loads((folder / FILE).read_bytes())
        if content["version"] != VERSION:
            return None
        return Record(content["key"], content["status"], Row.from_json(content["row"]), content["traits"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
