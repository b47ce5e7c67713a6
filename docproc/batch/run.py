"""Drives a batch: what is finished stays, what is missing or changed is done, the largest first; then the ledger is written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Final, Protocol

from docproc.batch.executors import Hands, hands
from docproc.batch.identity import key_of, software_digest
from docproc.batch.inbox import Entry, entries
from docproc.batch.record import Record
from docproc.batch.settings import Limits, Settings
from docproc.batch.store import Journal, Store, opened
from docproc.batch.task import Done, Job
from docproc.errors import DocprocError, reason
from docproc.ledger.names import FILES, WORKBOOK

_ATTEMPTS: Final = 2  # of a package whose worker died: the machine may have killed it for its memory, or an office for its own reasons
_HASHERS: Final = 2


class Watch(Protocol):
    """Told how a batch goes on."""

    def planned(self, packages: int, size: int) -> None:
        """So many packages of so many bytes are to be looked at."""

    def kept(self, entry: Entry, record: Record) -> None:
        """An earlier result still holds."""

    def finished(self, entry: Entry, done: Done) -> None:
        """A package is finished, or could not be processed and has a report that says so."""


@dataclass(slots=True)
class Result:
    """What a batch came to. `failed` names the packages that could not be processed, with why; `left` are folders of earlier packages."""

    packages: int = 0
    done: int = 0
    kept: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    failed: list[tuple[str, str]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    ledger: Path | None = None
    status: int = 0


def run(
    inbox: Path,
    out: Path,
    settings: Settings,
    *,
    jobs: int,
    watch: Watch,
    scheduler: str | None = None,
    limits: Limits | None = None,
    fresh: bool = False,
    retry: bool = False,
) -> Result:
    """Processes every package of `inbox` into `out`. `fresh`: earlier results do not count; `retry`: those that failed do not.

    Raises DocprocError for what concerns the batch as a whole; KeyboardInterrupt leaves everything so that the next run goes on.
    """
    found = entries(inbox, out)
    by_folder = {entry.folder: entry for entry in found}
    with _told(out), opened(out) as store, store.journal() as journal:
        store.check(found)
        for folder in store.recover(by_folder):
            journal.note("recovered", by_folder[folder].name)
        store.save_run({"settings": settings.to_json(), "finished": False})
        result = Result(packages=len(found))
        watch.planned(len(found), sum(entry.size for entry in found))
        batch = _Batch(store, journal, settings, limits or Limits(), watch, result)
        queue = batch.outstanding(found, fresh=fresh, retry=retry)
        first = next(queue, None)
        if first is not None:
            with hands(jobs, scheduler, batch.limits) as team:
                _known(settings)
                if jobs or scheduler:
                    Thread(target=_ready_for_the_ledger, daemon=True).start()
                batch.work(team, _chain(first, queue))
        store.sweep()
        _finish(store, found, settings, result)
        store.save_run({"settings": settings.to_json(), "finished": True})
    return result


@contextmanager
def _told(out: Path) -> Iterator[None]:
    """What the system refuses the driver (a full disk, a folder that may not be written) is told in a sentence."""
    try:
        yield
    except OSError as error:
        raise DocprocError("output_failed", path=out, why=reason(error)) from error


def _known(settings: Settings) -> None:
    """An unknown checklist is told before the first package, not in a thousand reports; where nothing is to be done, none is loaded."""
    if settings.checklist is not None:
        from docproc.checklist import load

        load(settings.checklist)


def _ready_for_the_ledger() -> None:
    """Loads what the ledger is written with while the workers are at work, instead of after them."""
    from docproc.batch.alike import common_shingles
    from docproc.ledger.workbook import ready

    common_shingles()
    ready()


@dataclass(slots=True)
class _Batch:
    store: Store
    journal: Journal
    settings: Settings
    limits: Limits
    watch: Watch
    result: Result

    def outstanding(self, found: Sequence[Entry], *, fresh: bool, retry: bool) -> Iterator[tuple[Entry, Job]]:
        """What is to be done, the largest first, so that the last hour is not spent on one package by one worker."""
        software = software_digest()
        queue = sorted(found, key=lambda entry: (-entry.size, entry.folder))
        with ThreadPoolExecutor(_HASHERS) as hashers:
            for entry, key in zip(queue, hashers.map(lambda entry: key_of(entry, self.settings, software), queue), strict=True):
                record = None if fresh else self.store.finished(entry)
                if record is not None and record.key == key and not (retry and record.failed):
                    self.result.kept += 1
                    self.watch.kept(entry, record)
                    continue
                yield entry, self._job(entry, key, software)

    def work(self, team: Hands, queue: Iterator[tuple[Entry, Job]]) -> None:
        """Hands packages in, a few ahead of the workers, and puts each result in its place as it comes."""
        under_way: dict[Future[Done], tuple[Entry, Job, int]] = {}
        while True:
            while len(under_way) < team.window and (item := next(queue, None)) is not None:
                self.journal.note("begun", item[0].name)
                under_way[team.executor.submit(team.work, item[1])] = (*item, 1)
            if not under_way:
                return
            for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                entry, job, attempt = under_way.pop(future)
                done = self._answer(team, future, job, attempt)
                if done is None:
                    self.journal.note("died", entry.name, attempt=attempt)
                    under_way[team.executor.submit(team.work, job)] = (entry, job, attempt + 1)
                else:
                    self._place(entry, done)

    def _answer(self, team: Hands, future: Future[Done], job: Job, attempt: int) -> Done | None:
        """What came of a package; None where it is to be tried again."""
        from docproc.batch.job import failed

        try:
            return future.result()
        except team.deaths as error:
            why = str(error) if str(error).isprintable() else type(error).__name__
            return None if attempt < _ATTEMPTS else failed(job, DocprocError("package_killed", path=job.name, why=why))
        except team.overdue:
            minutes = f"{self.limits.seconds_for(job.size) / 60:.3g}"
            return failed(job, DocprocError("package_overdue", path=job.name, minutes=minutes))
        except (CancelledError, BrokenProcessPool) as error:
            raise DocprocError("cluster_lost") from error

    def _place(self, entry: Entry, done: Done) -> None:
        self.store.commit(done.made, entry.folder)
        self.result.done += 1
        seconds = round(done.seconds, 2)
        self.journal.note("finished", entry.name, outcome=done.outcome, pages=done.pages, seconds=seconds, memory=done.memory)
        self.watch.finished(entry, done)

    def _job(self, entry: Entry, key: str, software: str) -> Job:
        work = str(self.store.work)
        return Job(entry.name, str(entry.path), entry.folder, key, entry.size, work, self.settings, self.limits, software)


def _finish(store: Store, found: Sequence[Entry], settings: Settings, result: Result) -> None:
    """Counts what there is now, and writes the ledger where anything in it has changed."""
    digest = hashlib.sha256()
    statuses = set()
    for record in store.records(found):
        digest.update(record.key.encode() + b"\0")
        statuses.add(record.status)
        result.outcomes[record.row.outcome] = result.outcomes.get(record.row.outcome, 0) + 1
        if record.failed:
            result.failed.append((record.row.package, "；".join(record.row.problems)))
    result.status = max(statuses, default=0)
    result.ledger = store.out / WORKBOOK
    names = {entry.folder for entry in found}
    result.left = sorted(path.name for path in store.out.iterdir() if path.name not in names and (path / "report.json").is_file())
    key = digest.hexdigest()
    if store.ledger_key() != key or not all((store.out / name).is_file() for name in FILES):
        from docproc.batch.alike import likenesses
        from docproc.ledger.files import write_ledger

        pairs = likenesses(store.records(found, traits=True))
        write_ledger(store.out, lambda: (record.row for record in store.records(found)), pairs, settings.as_of)
        store.save_ledger_key(key)


def _chain(first: tuple[Entry, Job], others: Iterable[tuple[Entry, Job]]) -> Iterator[tuple[Entry, Job]]:
    yield first
    yield from others


def unfinished_day(out: Path) -> str | None:
    """The day on which an unfinished batch in `out` judges: going on with it keeps that day, or all would be done anew."""
    known = Store(out).run()
    if known.get("finished") is False:
        with suppress(KeyError, TypeError):
            return str(known["settings"]["as_of"])
    return None
