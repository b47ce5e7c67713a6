"""How a batch shows that it goes on: a bar on a terminal, a line a package elsewhere; both on stderr."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TextIO

from docproc.batch.inbox import Entry
from docproc.batch.record import Record
from docproc.batch.task import Done
from docproc.errors import UNPROCESSED
from docproc.render.words import word

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_CONTROLS: Final = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@contextmanager
def watching(stream: TextIO | None = None, shown: Callable[[str], str] = str) -> Iterator[Lines | Bar]:
    """A watch for this stream (stderr by default), taken away at the end. `shown` turns a line into what may be printed of it."""
    target = stream or sys.stderr
    if not target.isatty():
        yield Lines(target, shown)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    console = Console(file=target)
    columns = (TextColumn("{task.fields[words]}"), BarColumn(bar_width=24), TextColumn("{task.percentage:>3.0f}%"))
    with Progress(*columns, console=console) as bar:
        yield Bar(bar, shown)


@dataclass(slots=True)
class Pace:
    """What is done of a batch, in numbers. `clock` gives seconds."""

    clock: Callable[[], float] = time.monotonic
    packages: int = 0
    size: int = 0
    seen: int = 0
    kept: int = 0
    pages: int = 0
    failed: int = 0
    worked: int = 0  # bytes of packages that were processed, not kept
    left: int = 0  # bytes not yet looked at
    started: float = field(default=0.0)

    def plan(self, packages: int, size: int) -> None:
        self.packages, self.size, self.left, self.started = packages, size, size, self.clock()

    def keep(self, size: int) -> None:
        self.seen += 1
        self.kept += 1
        self.left -= size

    def finish(self, size: int, pages: int, failed: bool) -> None:
        self.seen += 1
        self.pages += pages
        self.failed += failed
        self.worked += size
        self.left -= size

    def words(self) -> str:
        """Packages, pages, rate, time left, problems: 12/200 套，386 页，每分钟 31 套，约剩 6 分钟，无法处理 1 套."""
        parts = [f"{self.seen}/{self.packages} 套", f"{self.pages} 页"]
        took = self.clock() - self.started
        done = self.seen - self.kept
        if done and took > 0:
            parts.append(f"每分钟 {60 * done / took:.3g} 套")
            if self.worked and self.seen < self.packages:
                parts.append(f"约剩{duration(took * self.left / self.worked)}")
        if self.kept:
            parts.append(f"沿用 {self.kept} 套")
        if self.failed:
            parts.append(f"无法处理 {self.failed} 套")
        return "，".join(parts)


def duration(seconds: float) -> str:
    """A stretch of time as people say it."""
    if seconds < 90:
        return f" {max(1, round(seconds))} 秒"
    if seconds < 5400:
        return f" {round(seconds / 60)} 分钟"
    return f" {seconds / 3600:.1f} 小时"


@dataclass(slots=True)
class Lines:
    """A line a finished package, for a log file."""

    stream: TextIO
    shown: Callable[[str], str] = str
    pace: Pace = field(default_factory=Pace)

    def tell(self, remark: str) -> None:
        """Says something that concerns the whole batch."""
        self._write(remark)

    def planned(self, packages: int, size: int) -> None:
        self.pace.plan(packages, size)

    def kept(self, entry: Entry, record: Record) -> None:
        self.pace.keep(entry.size)

    def finished(self, entry: Entry, done: Done) -> None:
        self.pace.finish(entry.size, done.pages, done.status == UNPROCESSED)
        self._write(f"{self.shown(said(entry, done))}（{self.pace.words()}）")

    def _write(self, line: str) -> None:
        self.stream.write(line + "\n")
        self.stream.flush()


class Bar:
    """A bar with the pace in words; packages that could not be processed scroll above it."""

    def __init__(self, bar: Progress, shown: Callable[[str], str] = str) -> None:
        self._bar = bar
        self._shown = shown
        self._task: TaskID | None = None
        self.pace = Pace()

    def tell(self, remark: str) -> None:
        """Says something that concerns the whole batch."""
        self._bar.console.print(remark, markup=False, highlight=False, soft_wrap=True)

    def planned(self, packages: int, size: int) -> None:
        self.pace.plan(packages, size)
        self._task = self._bar.add_task("", total=max(1, size), words="准备")

    def kept(self, entry: Entry, record: Record) -> None:
        self.pace.keep(entry.size)
        self._advance(entry.size)

    def finished(self, entry: Entry, done: Done) -> None:
        self.pace.finish(entry.size, done.pages, done.status == UNPROCESSED)
        if done.status == UNPROCESSED:
            self._bar.console.print(self._shown(said(entry, done)), style="red", markup=False, highlight=False, soft_wrap=True)
        self._advance(entry.size)

    def _advance(self, size: int) -> None:
        if self._task is not None:
            self._bar.update(self._task, advance=size, words=self.pace.words())


def said(entry: Entry, done: Done) -> str:
    """A finished package in a line."""
    if done.status == UNPROCESSED:
        return f"{printable(entry.name)}　无法处理：{printable('；'.join(done.problems))}"
    pages = f"　{done.pages} 页" if done.pages else ""
    return f"{printable(entry.name)}　{word('package_outcomes', done.outcome)}{pages}　{done.seconds:.1f} 秒"


def printable(text: str) -> str:
    """A file's name may hold what would steer a terminal."""
    return _CONTROLS.sub("?", text)
