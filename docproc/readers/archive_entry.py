"""A member of an archive as its format lists it, before anything is believed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """`told` is the name as the archive has it, `size` unpacked and `packed` in the archive, in bytes (None where nobody can say). `data`
    unpacks it; it raises Unreadable."""

    told: str
    size: int
    data: Callable[[], bytes]
    packed: int | None = None
    folder: bool = False
    link: bool = False
    encrypted: bool = False
