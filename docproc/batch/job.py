"""One package of a batch, from its files to a folder of results: the same function in this process, in a pool and on a cluster."""

from __future__ import annotations

import os
import socket
import time
import traceback
from functools import cache
from pathlib import Path
from typing import Final

from docproc.batch.identity import software_digest
from docproc.batch.record import FILE, Record
from docproc.batch.resident import resident
from docproc.batch.settings import Limits
from docproc.batch.task import Done, Job
from docproc.errors import UNPROCESSED, DocprocError, reason
from docproc.ledger.from_report import row_of
from docproc.model import PackageOutcome, Script, SourcePackage, Stage
from docproc.readers.isolate import Isolation
from docproc.review import Review, masked, review, unprocessed

ATTENTION: Final = 1


def process(job: Job) -> Done:
    """Reviews one package and writes its results and record into a folder of its own under `job.work`.

    Whatever is wrong with the package is in its report. Raises DocprocError only for what concerns the whole batch:
    worker_differs (other code or rules than the driver's), output_failed (the results cannot be written).
    """
    started = time.monotonic()
    if own_software() != job.software:
        raise DocprocError("worker_differs", host=socket.gethostname())
    result, status = _reviewed(job)
    if job.settings.mask:
        result = masked(result)
    made = Path(job.work) / f"{job.key}-{socket.gethostname()}-{os.getpid()}"
    record = write(job, result, status, made)
    return Done(
        made=made.name,
        status=status,
        outcome=record.row.outcome,
        pages=record.row.pages,
        seconds=time.monotonic() - started,
        memory=_settle(job.limits),
        problems=record.row.problems if status == UNPROCESSED else (),
    )


def failed(job: Job, error: DocprocError) -> Done:
    """The results of a package whose worker did not come back with any: a report that says why."""
    made = Path(job.work) / f"{job.key}-driver"
    result = _unprocessed(job, error)
    record = write(job, masked(result) if job.settings.mask else result, UNPROCESSED, made)
    return Done(made.name, UNPROCESSED, record.row.outcome, 0, 0.0, 0, record.row.problems)


def write(job: Job, result: Review, status: int, made: Path) -> Record:
    """Writes results and, last, the record that says that they are whole."""
    from docproc.batch.traits import traits_of
    from docproc.mask import mask_text
    from docproc.outputs import write_outputs

    pages = sum(len(file.content.pages) for file in result.package.files)
    name = mask_text(job.name) if job.settings.mask else job.name
    record = Record(job.key, status, row_of(result.report, job.folder, name, pages), traits_of(result))
    try:
        write_outputs(result, made, Script(job.settings.script), reader())
        partial = made / (FILE + ".part")
        with partial.open("wb") as opened:
            opened.write(record.data())
            opened.flush()
            os.fsync(opened.fileno())
        partial.replace(made / FILE)
    except OSError as error:
        raise DocprocError("output_failed", path=made.parent.parent.parent, why=reason(error)) from error
    return record


def _reviewed(job: Job) -> tuple[Review, int]:
    settings = job.settings
    if Path(job.path).is_symlink():
        return _unprocessed(job, DocprocError("package_link", path=job.name)), UNPROCESSED
    try:
        result = review(
            Path(job.path), settings.checklist, settings.as_of, stage=Stage(settings.stage), isolation=reader(), undetermined_ok=True
        )
    except DocprocError as error:
        return _unprocessed(job, error), UNPROCESSED
    except Exception as error:  # noqa: BLE001 - whatever goes wrong with one package is told in its report and does not stop the rest
        return _unprocessed(job, DocprocError("package_crashed", path=job.name, why=_where(error))), UNPROCESSED
    return result, 0 if result.report.outcome is PackageOutcome.PASS else ATTENTION


def _unprocessed(job: Job, error: DocprocError) -> Review:
    path = Path(job.path)
    return Review(unprocessed(path, error), SourcePackage(path.name, str(path), ""), (), {})


def _where(error: Exception) -> str:
    """Kind and place of a program's error. Never its words: they may quote the material."""
    last = traceback.extract_tb(error.__traceback__)[-1:]
    return "，".join([type(error).__name__, *(f"{Path(frame.filename).name} 第 {frame.lineno} 行" for frame in last)])


@cache
def reader() -> Isolation:
    """This worker's reader process. It serves package after package: starting one costs more than reading most packages."""
    return Isolation()


def close_reader() -> None:
    """Ends the reader process, where one runs."""
    if reader.cache_info().currsize:
        reader().close()
        reader.cache_clear()


@cache
def own_software() -> str:
    """This process's digest of code and rules, taken once: what it remembers of the rules is of that moment too."""
    return software_digest()


def _settle(limits: Limits) -> int:
    """Ends a reader that has grown past its limit. Returns this worker's own resident bytes."""
    pid = reader().pid
    if pid is not None and resident(pid) > limits.reader_memory:
        reader().close()
    return resident(os.getpid())
