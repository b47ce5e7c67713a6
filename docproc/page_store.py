"""A store on disk for what was made of a page or a file at some cost: a small record under a key, bound in size, shared by processes.

A key is a digest of the page's content and of the version of what was made of it, so that a record never goes out of date: it is
found, or it is not. Records are written to a temporary name and moved into place, so that no process reads half of one; a record
that does not unpack is told, thrown away and counts as absent. What is in it can be made again: the store may be emptied at any time.

The records hold words of applicants' papers. The folder is the user's own (mode 0700), and DOCPROC_CACHE=off keeps nothing at all.
"""

from __future__ import annotations

import os
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from logging import getLogger
from pathlib import Path

ENVIRONMENT_VARIABLE = "DOCPROC_CACHE"
OFF = "off"
BYTES_AT_MOST = 256 * 1024 * 1024
_RECORD_AT_MOST = 8 * 1024 * 1024
_SWEEP_EVERY = 64  # records written between two looks at the store's size
_KEPT_SHARE = 0.8  # of the bound, once it was passed
_SUFFIX = ".z"
_LOGGER = getLogger(__name__)


def default_folder() -> Path | None:
    """Where pages are kept: the folder that DOCPROC_CACHE names, else the platform's cache folder; None where it says «off»."""
    named = os.environ.get(ENVIRONMENT_VARIABLE, "")
    if named.lower() == OFF:
        return None
    if named:
        return Path(named)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
        return Path(base or Path.home() / "AppData" / "Local") / "docproc" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "docproc"
    return Path(os.environ.get("XDG_CACHE_HOME", "") or Path.home() / ".cache") / "docproc"


def key_of(*parts: bytes | memoryview | str) -> str:
    """The key of a record: a digest of what it was made from and by (64 hexadecimal digits). The parts' borders count."""
    digest = blake2b(digest_size=32)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a store holds: records and their bytes on disk, and how many of them are damaged."""

    records: int
    bytes: int
    damaged: int = 0


@dataclass(slots=True)
class PageStore:
    """A store of records in one folder, made when the first is written. A folder that cannot be written costs speed, nothing else."""

    folder: Path
    bytes_at_most: int = BYTES_AT_MOST
    shelf: str = "pages"  # what kind of records: each has a folder and a bound of its own
    record_at_most: int = _RECORD_AT_MOST  # bytes unpacked
    effort: int = 6  # of packing, as zlib counts it
    written: int = field(default=0, init=False)

    def get(self, key: str) -> bytes | None:
        """The record, or None where there is none that unpacks."""
        path = self._path(key)
        try:
            packed = path.read_bytes()
        except OSError:
            return None
        record = self._unpacked(packed)
        if record is None:
            self.damaged(key)
            return None
        with suppress(OSError):
            os.utime(path)  # the last to be used is the last to go
        return record

    def damaged(self, key: str) -> None:
        """Takes a record away that is not what was put there, and says so: whoever asks makes it anew."""
        path = self._path(key)
        _LOGGER.warning("缓存中的一条记录已损坏，已忽略，将重新读取：%s", path)
        with suppress(OSError):
            path.unlink()

    def put(self, key: str, record: bytes) -> None:
        """Keeps a record; whichever of two writers of one key comes last stays."""
        if len(record) > self.record_at_most:
            return
        path = self._path(key)
        try:
            self._ensure(path.parent)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix="new-")
        except OSError:
            return
        try:
            with os.fdopen(handle, "wb") as opened:
                opened.write(zlib.compress(record, self.effort))
            os.replace(name, path)
        except OSError:
            with suppress(OSError):
                os.unlink(name)
            return
        if self.written % _SWEEP_EVERY == 0:
            self._sweep()
        self.written += 1

    def holdings(self) -> Holdings:
        """How many records there are, what they take on disk, and how many of them no longer unpack."""
        sizes = damaged = 0
        paths = [path for path, _, _ in self._records()]
        for path in paths:
            with suppress(OSError):
                packed = path.read_bytes()
                sizes += len(packed)
                damaged += self._unpacked(packed) is None
        return Holdings(len(paths), sizes, damaged)

    def clear(self) -> Holdings:
        """Deletes every record, and returns what there was."""
        records = sizes = 0
        for path, size, _ in self._records():
            with suppress(OSError):
                path.unlink()
                records, sizes = records + 1, sizes + size
        return Holdings(records, sizes)

    def _unpacked(self, packed: bytes) -> bytes | None:
        unpacker = zlib.decompressobj()
        try:
            record = unpacker.decompress(packed, self.record_at_most)
        except zlib.error:
            return None
        return record if unpacker.eof else None

    def _path(self, key: str) -> Path:
        return self.folder / self.shelf / key[:2] / (key[2:] + _SUFFIX)

    def _ensure(self, folder: Path) -> None:
        for each in (self.folder, folder.parent, folder):
            each.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _records(self) -> Iterator[tuple[Path, int, float]]:
        for path in sorted((self.folder / self.shelf).glob("??/*")):
            try:
                status = path.stat()
            except OSError:
                continue
            yield path, status.st_size, status.st_mtime

    def _sweep(self) -> None:
        """Deletes the records that were not used for longest where the store has outgrown its bound."""
        records = sorted(self._records(), key=lambda record: record[2])
        total = sum(size for _, size, _ in records)
        if total <= self.bytes_at_most:
            return
        for path, size, _ in records:
            if total <= self.bytes_at_most * _KEPT_SHARE:
                return
            with suppress(OSError):
                path.unlink()
            total -= size


def default_store() -> PageStore | None:
    """The store in the default folder; None where nothing is to be kept."""
    folder = default_folder()
    return None if folder is None else PageStore(folder)
