"""What a batch keeps in OUT: the finished folders, the work under way, the run's own notes. One driver at a time.

A worker makes a package's folder under `.docproc/work/` and writes its record last; the driver moves the folder to its place in one
rename. So a package is finished or it is not, at whatever point the run is killed: a whole folder left under `work` is moved into
place when the run goes on, a part of one is thrown away.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from docproc.batch.inbox import STATE, Entry
from docproc.batch.record import FILE, Record, read_record
from docproc.errors import DocprocError, reason
from docproc.ledger.names import FILES

_RUN, _JOURNAL, _LOCK, _LEDGER = "run.json", "journal.jsonl", "lock", "ledger.key"
_WORK, _OLD = "work", "old"


class Store:
    """The folder OUT of a batch. Make it by `opened`."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self._state = out / STATE
        self.work = self._state / _WORK

    def finished(self, entry: Entry) -> Record | None:
        """The record of a package's finished results, where they are there."""
        folder = self.out / entry.folder
        return read_record(folder) if (folder / "report.json").is_file() else None

    def check(self, entries: Sequence[Entry]) -> None:
        """Nothing that somebody else put into OUT may give way to results: neither a folder of a package's name nor a ledger.

        Raises DocprocError: out_taken.
        """
        for entry in entries:
            target = self.out / entry.folder
            if target.is_symlink() or (target.exists() and not (target / FILE).is_file()):
                raise DocprocError("out_taken", path=target)
        for name in FILES if not self.run() else ():
            if (self.out / name).exists():
                raise DocprocError("out_taken", path=self.out / name)

    def commit(self, made: str, folder: str) -> None:
        """Moves a whole folder of results to its place. What lay there before gives way."""
        target = self.out / folder
        if target.exists():
            old = self._state / _OLD / made
            old.parent.mkdir(parents=True, exist_ok=True)
            target.rename(old)
            (self.work / made).rename(target)
            shutil.rmtree(old, ignore_errors=True)
        else:
            (self.work / made).rename(target)

    def recover(self, entries: dict[str, Entry]) -> list[str]:
        """Moves what an earlier run had made whole to its place, and throws away parts. Returns the folders recovered."""
        recovered = []
        for made in sorted(self.work.iterdir()) if self.work.is_dir() else ():
            record = read_record(made)
            if record is not None and record.row.folder in entries:
                self.commit(made.name, record.row.folder)
                recovered.append(record.row.folder)
            else:
                shutil.rmtree(made, ignore_errors=True)
        self.sweep()
        return recovered

    def sweep(self) -> None:
        """Throws away what nobody waits for: old results, and those of a worker whose package another one has done."""
        for folder in (self._state / _OLD, self.work):
            shutil.rmtree(folder, ignore_errors=True)
        self.work.mkdir(parents=True, exist_ok=True)

    def records(self, entries: Sequence[Entry], *, traits: bool = False) -> Iterator[Record]:
        """The records of these packages, read one by one."""
        for entry in entries:
            record = read_record(self.out / entry.folder, traits=traits)
            if record is not None:
                yield record

    def run(self) -> dict[str, Any]:
        """What is known of the last run: its settings and whether it was finished."""
        try:
            found = json.loads((self._state / _RUN).read_bytes())
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def save_run(self, data: dict[str, Any]) -> None:
        _replace(self._state / _RUN, json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace"))

    def ledger_key(self) -> str:
        """What the ledger beside the folders was made from."""
        try:
            return (self._state / _LEDGER).read_text(encoding="ascii")
        except (OSError, ValueError):
            return ""

    def save_ledger_key(self, key: str) -> None:
        _replace(self._state / _LEDGER, key.encode("ascii"))

    @contextmanager
    def journal(self) -> Iterator[Journal]:
        """The run's journal, a line an event, kept over runs."""
        with (self._state / _JOURNAL).open("ab") as opened:
            if opened.tell():
                opened.write(b"\n")  # a line that a kill cut off stays a line of its own
            yield Journal(opened)


class Journal:
    """Who was taken up and finished when: for a person who asks what the night's run did. Names of packages, none of persons."""

    def __init__(self, opened: IO[bytes]) -> None:
        self._opened = opened

    def note(self, event: str, package: str, **more: Any) -> None:
        line = {"at": time.strftime("%Y-%m-%dT%H:%M:%S"), "event": event, "package": package, **more}
        self._opened.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")
        self._opened.flush()


@contextmanager
def opened(out: Path) -> Iterator[Store]:
    """The store in OUT, held against a second run. Raises DocprocError: out_in_use, output_failed."""
    store = Store(out)
    lock = out / STATE / _LOCK
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        handle = lock.open("ab")
    except OSError as error:
        raise DocprocError("output_failed", path=out, why=reason(error)) from error
    with handle:
        if not _hold(handle):
            raise DocprocError("out_in_use", path=out)
        yield store


def _hold(handle: IO[bytes]) -> bool:
    """Takes the lock; the system gives it back when the process ends, however it ends. Where there is no flock, everyone may."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _replace(path: Path, data: bytes) -> None:
    partial = path.with_name(path.name + ".part")
    partial.write_bytes(data)
    partial.replace(path)
