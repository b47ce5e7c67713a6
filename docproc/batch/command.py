"""What `docproc batch` does between parsing and printing: the day, the workers, the words at the end, and a clean way out."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Final

from docproc.batch.machine import carried
from docproc.batch.progress import printable, watching
from docproc.batch.run import Result, run, unfinished_day
from docproc.batch.settings import Limits, Settings
from docproc.batch.store import Store
from docproc.render.words import word

INTERRUPTED: Final = 130
_MOST_NAMED: Final = 20
_MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Asked:
    """The command's options as given."""

    inbox: Path
    out: Path
    checklist: str | None
    as_of: date | None
    stage: str
    script: str
    mask: bool
    jobs: int | None
    scheduler: str | None
    fresh: bool
    retry: bool
    memory: int | None  # megabytes
    minutes: float | None


@dataclass(frozen=True, slots=True)
class Answer:
    """Lines to print, lines for stderr, the exit status."""

    lines: tuple[str, ...]
    remarks: tuple[str, ...]
    status: int


def batch(asked: Asked) -> Answer:
    """Runs the batch. Ctrl-C and a polite kill end it cleanly, and the answer says how to go on."""
    if asked.checklist is not None and not Store(asked.out).run():
        from docproc.checklist import load

        load(asked.checklist)  # an unknown name is told before anything is made
    day, remarks = _day(asked)
    settings = Settings(day, asked.checklist, asked.stage, asked.script, asked.mask)
    machine = carried()
    jobs = machine.jobs if asked.jobs is None else asked.jobs
    if asked.jobs is None and asked.scheduler is None and machine.remark:
        remarks.append(machine.remark)
    shown = _masking() if asked.mask else str
    try:
        with _polite(), watching(shown=shown) as watch:
            for remark in remarks:
                watch.tell(remark)
            result = run(
                asked.inbox,
                asked.out,
                settings,
                jobs=jobs,
                watch=watch,
                scheduler=asked.scheduler,
                limits=_limits(asked),
                fresh=asked.fresh,
                retry=asked.retry,
            )
    except KeyboardInterrupt:
        return Answer((), ("已停止。完成的结果都在，用同一条命令即可接着做，做完的不会重做。",), INTERRUPTED)
    return Answer(tuple(_lines(result, asked.out)), tuple(map(shown, _remarks(result))), result.status)


def _masking() -> Callable[[str], str]:
    from docproc.mask import mask_text

    return mask_text


def _day(asked: Asked) -> tuple[date, list[str]]:
    """The day to judge by: as given; of the unfinished run that is gone on with; else today."""
    if asked.as_of is not None:
        return asked.as_of, []
    today = date.today()
    earlier = None if asked.fresh else unfinished_day(asked.out)
    if earlier is None or earlier == today.isoformat():
        return today, []
    remark = f"接着做上次没有做完的批次，审查基准日仍为 {earlier}；如要改用今天，请加 --as-of {today.isoformat()}。"
    return date.fromisoformat(earlier), [remark]


def _limits(asked: Asked) -> Limits:
    usual = Limits()
    memory = usual.memory if asked.memory is None else asked.memory * _MEGABYTE
    if asked.minutes is None:
        return Limits(memory=memory)
    return Limits(memory=memory, seconds=asked.minutes * 60, seconds_per_megabyte=0.0)


def _lines(result: Result, out: Path) -> Iterator[str]:
    counts = "，".join(f"{word('package_outcomes', outcome)} {count}" for outcome, count in sorted(result.outcomes.items()))
    kept = f"（本次处理 {result.done} 套，沿用 {result.kept} 套）" if result.kept else ""
    yield f"共 {result.packages} 套材料{kept}：{counts}。"
    yield f"请打开：{result.ledger}"
    yield f"各套结果：{out}/材料名称/report.html"


def _remarks(result: Result) -> Iterator[str]:
    if result.failed:
        yield f"无法处理 {len(result.failed)} 套，已在台账中列明："
        yield from (f"  {printable(name)}：{printable(why)}" for name, why in result.failed[:_MOST_NAMED])
        if len(result.failed) > _MOST_NAMED:
            yield f"  等，其余见 {result.ledger}"
    if result.left:
        named = "、".join(printable(name) for name in result.left[:_MOST_NAMED])
        yield f"以下结果的材料已不在收件文件夹中，保留未动，不列入台账：{named}。"


@contextmanager
def _polite() -> Iterator[None]:
    """A polite kill (SIGTERM) is taken as Ctrl-C."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
