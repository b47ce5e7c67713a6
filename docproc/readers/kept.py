"""What was read of a file, kept by the digest of its bytes, so that no file is read twice by the same readers.

The key holds all that a reading depends on: the bytes and the name's suffix, the readers' code with what it imports (ROOMS; an import
contract in pyproject.toml keeps that list true), the versions of libraries, the programs and the reader's limits. Rules, extractors and
templates are not among it: a change there reviews anew and reads nothing. Readings that another day might end otherwise (cut off by time
or memory, a page that was not recognised) are not kept.
"""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from docproc.installed import folder_digest, libraries, program_builds
from docproc.page_store import PageStore, default_store, key_of
from docproc.readers.record import NoReadingError, packed, unpacked
from docproc.readers.sniff import suffix_of

if TYPE_CHECKING:
    from docproc.model import Content
    from docproc.readers.isolate import Isolation

#: Folders and modules of docproc whose code makes a reading what it is.
ROOMS: Final = ("readers", "model", "page_store.py", "errors.py", "installed.py")
SHELF: Final = "readings"
_RECORD_AT_MOST: Final = 96 * 1024 * 1024  # bytes unpacked: a thousand pages with the boxes of all their characters take 12 MB
_UNSETTLED: Final = frozenset({"timeout", "crashed", "too_large", "damaged", "unsupported", "unread_page"})


def readings(folder: Path | None = None) -> PageStore | None:
    """The store of readings in a folder, by default the one in use; None where nothing is to be kept."""
    if folder is not None:
        return _store(folder)
    default = default_store()
    return None if default is None else _store(default.folder)


@lru_cache(maxsize=4)
def _store(folder: Path) -> PageStore:
    """One for a process: a store looks at its size every so many records, not at every package's first."""
    return PageStore(folder, shelf=SHELF, record_at_most=_RECORD_AT_MOST, effort=1)


@dataclass(frozen=True, slots=True)
class Kept:
    """A reader that looks into the store first."""

    isolation: Isolation
    store: PageStore

    def read(self, name: str, data: bytes) -> Content:
        """The content of one file, from the store or from the reader."""
        key = key_of("reading", software(), suffix_of(name), self.isolation.limits, data)
        record = self.store.get(key)
        if record is not None:
            try:
                return unpacked(record)
            except NoReadingError:
                self.store.damaged(key)
        content = self.isolation.read(name, data)
        if settled(content):
            try:
                self.store.put(key, packed(content))
            except (TypeError, ValueError, RecursionError):
                return content
        return content


def settled(content: Content) -> bool:
    """Whether the same file would be read like this again."""
    codes = {loss.code for loss in content.losses} | {problem.code for problem in content.problems}
    return bool(content.text) and not codes & _UNSETTLED


def software() -> str:
    """A digest of what reads: code, versions, programs."""
    return key_of(_code(), *program_builds())


@lru_cache(maxsize=1)
def _code() -> str:
    home = Path(__file__).resolve().parent.parent
    digests = [folder_digest(home / room, "*.py") for room in ROOMS if not room.endswith(".py")]
    modules = [(home / room).read_bytes() for room in ROOMS if room.endswith(".py")]
    return key_of(*digests, *modules, repr(libraries()), sys.version, platform.machine())
