"""Prints how long the main job takes and how much memory it needs:  make bench"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks.package import build

PAGES = 120
RUNS = 5


def main() -> None:
    os.environ["DOCPROC_CACHE"] = "off"  # what is read is read, not remembered
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    help_times = [
        _timed(lambda: subprocess.run([sys.executable, "-m", "docproc.cli", "--help"], check=True, capture_output=True))
        for _ in range(RUNS)
    ]
    bare_times = [
        _timed(lambda: subprocess.run([sys.executable, "-c", "import click"], check=True, capture_output=True)) for _ in range(RUNS)
    ]
    _row("docproc --help", help_times, 0.3)
    _row("python + click (the limit)", bare_times)

    import docproc

    with tempfile.TemporaryDirectory() as folder:
        package = build(Path(folder) / "package", PAGES)
        first = _timed(lambda: docproc.check(package, "tianjin-advanced", date(2026, 11, 22)))
        warm = [_timed(lambda: docproc.check(package, "tianjin-advanced", date(2026, 11, 22))) for _ in range(RUNS)]
        raw = [_timed(lambda: _pdfium_text(package / "先进级智能工厂申报书.pdf")) for _ in range(RUNS)]
        plumber = _timed(lambda: _pdfplumber_text(package / "先进级智能工厂申报书.pdf"))
    _row(f"check, {PAGES} pages, first", [first])
    _row(f"check, {PAGES} pages, warm", warm, 4.0)
    _row("PDFium text alone (the limit)", raw)
    _row("pdfplumber text and tables alone (the peer)", [plumber])
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"peak memory: {own:.0f} MB in the process, {children:.0f} MB in the largest reader (goal: 400 MB)")


def _pdfium_text(path: Path) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    for page in document:
        page.get_textpage().get_text_range()


def _pdfplumber_text(path: Path) -> None:
    import pdfplumber

    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_text()
            page.extract_tables()
            page.close()


def _timed(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def _row(name: str, times: list[float], goal: float | None = None) -> None:
    wanted = f"   goal {goal:.1f} s" if goal else ""
    print(f"{name:<46}{statistics.median(times):8.3f} s   (min {min(times):.3f}, max {max(times):.3f}, n={len(times)}){wanted}")


if __name__ == "__main__":
    main()
