"""Measures everything in one run and saves it as JSON:  python -m benchmarks.whole [--quick] [--out FILE]

What is measured is written at once to FILE's neighbour «.partial.json», and FILE is replaced at the end: a run that is stopped loses
nothing, `--resume` goes on with it.

Readers, text and extraction by processor time, all candidates in turn; whole packages and batches by the clock, with the load beside.
`python -m benchmarks.page` makes docs/performance.md and its plot from the saved run.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import peers
from benchmarks.inbox import BAD_NAMES, bad_packages, scan, scanned_packages, text_packages
from benchmarks.measuring import Ran, in_turn, load, machine, ran
from benchmarks.package import build
from benchmarks.papers import makers, word

RUN = Path(__file__).parent / "runs" / "latest.json"
DAY = date(2026, 11, 22)
_MINUTES = "0.25"  # that a package may take in the run with an endless one


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller inboxes and fewer rounds: under ten minutes on two cores")
    parser.add_argument("--out", type=Path, default=RUN)
    parser.add_argument("--parts", nargs="*", metavar="PART", help="measure only these anew and keep the rest of the saved run")
    parser.add_argument("--resume", action="store_true", help="go on with a run that was stopped: what it has measured is kept")
    asked = parser.parse_args()
    saved = Saved(asked.out, {"quick": asked.quick, "machine": machine(), "date": date.today().isoformat(), "load_before": load()})
    if asked.parts:
        saved.begin(json.loads(asked.out.read_text(encoding="utf-8")), without=asked.parts)
    elif asked.resume and saved.partial.is_file():
        saved.begin(json.loads(saved.partial.read_text(encoding="utf-8")))
    os.environ["DOCPROC_CACHE"] = "off"  # what is read is read, not remembered
    with_bytecode()
    sizes = Sizes(asked.quick)
    for part in (start, reading, scans, texts, package, inbox, growth):
        if part.__name__ not in saved.found.get("finished", ()):
            part(sizes, Keep(saved, part.__name__))
            saved.finish(part.__name__)
            print(f"{part.__name__}: done after {saved.seconds():.0f} s, load {load()}", flush=True)
    saved.end()
    print(f"saved: {asked.out}")


def with_bytecode() -> None:
    """Programs run from bytecode, as pip leaves them installed: an environment that forbids it would have every start compile anew."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    with tempfile.TemporaryDirectory() as folder:
        _batch(text_packages(Path(folder) / "in", 1), Path(folder) / "out", 1)


class Saved:
    """A run's figures, on disk at every step."""

    def __init__(self, out: Path, found: dict[str, Any]) -> None:
        self.found = found
        self._out, self.partial = out, out.with_suffix(".partial.json")
        self._started, self._before = time.monotonic(), 0.0

    def begin(self, earlier: dict[str, Any], without: Sequence[str] = ()) -> None:
        """Goes on with an earlier run; parts named in `without` are measured anew."""
        every = [part.__name__ for part in (start, reading, scans, texts, package, inbox, growth)]
        self._before = float(earlier.get("seconds", 0.0))
        own = self.found
        self.found = {name: value for name, value in earlier.items() if name not in without}
        self.found |= own if without else {name: value for name, value in own.items() if name not in earlier}
        kept = earlier.get("finished") or [name for name in every if name in earlier]
        self.found["finished"] = [name for name in kept if name not in without]

    def seconds(self) -> float:
        """How long has been measured, over all goes."""
        return self._before + time.monotonic() - self._started

    def finish(self, part: str) -> None:
        self.found["finished"] = [*self.found.get("finished", ()), part]
        self.write(self.partial)

    def end(self) -> None:
        """The run is whole: it takes the place of the one before."""
        self.found["load_after"] = load()
        self.found.pop("finished", None)
        self.write(self._out)
        self.partial.unlink(missing_ok=True)

    def write(self, path: Path) -> None:
        self.found["seconds"] = round(self.seconds())
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(self.found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


class Keep:
    """Where a part puts what it has measured so far; `earlier` is what it had when the run was stopped."""

    def __init__(self, saved: Saved, part: str) -> None:
        self._saved, self._part = saved, part
        self.earlier: Any = saved.found.get(part)

    def __call__(self, value: Any) -> None:
        self._saved.found[self._part] = value
        self._saved.write(self._saved.partial)


class Sizes:
    """How much is measured."""

    def __init__(self, quick: bool) -> None:
        self.rounds = 2 if quick else 5
        self.pages = 8 if quick else 30
        self.scans = 1 if quick else 3
        self.text_packages, self.scanned, self.bad = (30, 2, 5) if quick else (200, 20, 10)
        self.growth = (10, 30, 60) if quick else (10, 30, 100, 300, 1000)


def start(sizes: Sizes, keep: Keep) -> None:
    """The command line's own start beside bare Python with click: seconds on the processor, the least of the rounds."""
    runs = range(2 * sizes.rounds)
    keep(
        {
            "docproc --help": min(ran("-m", "docproc.cli", "--help").cpu for _ in runs),
            "python with click": min(ran("-c", "import click").cpu for _ in runs),
        }
    )


def reading(sizes: Sizes, keep: Keep) -> None:
    """Milliseconds a page for PDF files, microseconds a hundred characters for a Word file, beside the peers and the limit."""
    from docproc.readers.table import read_bytes

    rows: list[dict[str, Any]] = []
    for ruled in (False, True):
        for maker, make in makers().items():
            with tempfile.TemporaryDirectory() as folder:
                data = make(sizes.pages, ruled, Path(folder))
            jobs = {"docproc": partial(read_bytes, "a.pdf", data), **peers.for_pdf(data, ruled)}
            rows.append({"what": "PDF", "maker": maker, "ruled": ruled, "pages": sizes.pages, "seconds": in_turn(jobs, sizes.rounds)})
    data = word(120, ruled=True)
    jobs = {"docproc": partial(read_bytes, "a.docx", data), **peers.for_word(data)}
    characters = len(read_bytes("a.docx", data).text)
    rows.append({"what": "Word", "characters": characters, "seconds": in_turn(jobs, min(3, sizes.rounds))})
    keep(rows)


def scans(sizes: Sizes, keep: Keep) -> None:
    """Seconds a scanned page, beside the engine alone on the same picture with one thread. The page store is off."""
    from docproc.readers.table import read_bytes

    data = scan(1)
    jobs = {"docproc": partial(read_bytes, "a.pdf", data), **peers.for_scan(data)}
    keep({"pages": 1, "seconds": in_turn(jobs, sizes.scans)})


def texts(sizes: Sizes, keep: Keep) -> None:
    """Characters a second for bringing text into the normal form, beside OpenCC and ftfy, and for finding what it claims."""
    from benchmarks.text import texts as made
    from docproc.extract import extract_claims
    from docproc.text import normalise
    from docproc.text.script import to_simplified

    jobs_of: Callable[[str], dict[str, Callable[[], object]]] = lambda text: {  # noqa: E731
        "normalise": lambda: normalise(text),
        "OpenCC t2s alone": lambda: to_simplified(text),
        "ftfy": lambda: _ftfy(text),
    }
    kinds = {kind: {"characters": len(text), "seconds": in_turn(jobs_of(text), sizes.rounds)} for kind, text in made(400).items()}
    prose = made(400)["clean"][:60_000]
    kinds["extraction"] = {"characters": len(prose), "seconds": in_turn({"extract": lambda: extract_claims(prose)}, sizes.rounds)}
    keep(kinds)


def _ftfy(text: str) -> str:
    from ftfy import fix_text

    return fix_text(text)


def package(sizes: Sizes, keep: Keep) -> None:
    """A text package of 120 pages: processor seconds of this process and its reader, cold, then warm with the reader kept, and by stage."""
    from docproc.outputs import write_outputs
    from docproc.readers.isolate import Isolation
    from docproc.review import review

    with tempfile.TemporaryDirectory() as folder, Isolation() as reader:
        made = build(Path(folder) / "package", 120)
        runs = []
        for _ in range(1 + sizes.rounds):
            own, child, clock = time.process_time(), _cpu(reader.pid), time.perf_counter()
            done = review(made, "tianjin-advanced", DAY, isolation=reader)
            reviewed, read = time.process_time(), _cpu(reader.pid)
            write_outputs(done, Path(folder) / "out", isolation=reader)
            runs.append(
                {
                    "reading": read - child,
                    "reviewing": reviewed - own,
                    "writing": time.process_time() - reviewed + _cpu(reader.pid) - read,
                    "clock": time.perf_counter() - clock,
                }
            )
    warm = sorted(runs[1:], key=lambda run: run["reading"] + run["reviewing"])
    own_memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    keep({"pages": 120, "cold": runs[0], "warm": warm[len(warm) // 2], "memory_megabytes": round(own_memory)})


def _cpu(pid: int | None) -> float:
    """Processor seconds of another process so far."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def inbox(sizes: Sizes, keep: Keep) -> None:
    """A generated inbox through `docproc batch`: one worker, two workers, the second run; with some packages among them that cannot be
    read; scans."""
    found: dict[str, Any] = {"text": sizes.text_packages, "scanned": sizes.scanned, "bad": sizes.bad}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        text = text_packages(home / "text", sizes.text_packages)
        for jobs in (1, 2):
            found[f"text, {jobs} at work"] = _batch(text, home / f"out{jobs}", jobs)
            keep(found)
        found["text, second run"] = _batch(text, home / "out2", 2)
        keep(found)
        some = bad_packages(text_packages(home / "some", sizes.text_packages - sizes.bad), sizes.bad)
        found["text, bad ones among them, 2 at work"] = _batch(some, home / "bad", 2, "--time-limit", _MINUTES)
        keep(found)
        found["scanned, 2 at work"] = _batch(scanned_packages(home / "scanned", sizes.scanned), home / "scans", 2)
    keep(found)


def growth(sizes: Sizes, keep: Keep) -> None:
    """The same kind of package, more and more of them, two workers: does time grow with their number, does memory stay?"""
    rows: list[dict[str, Any]] = keep.earlier or []
    with tempfile.TemporaryDirectory() as folder:
        for count in sizes.growth[len(rows) :]:
            made = text_packages(Path(folder) / f"in{count}", count)
            rows.append({"packages": count, **_batch(made, Path(folder) / f"out{count}", 2)})
            keep(rows)


def _batch(inbox: Path, out: Path, jobs: int, *more: str) -> dict[str, Any]:
    before = load()
    words = (
        "batch",
        str(inbox),
        "--out",
        str(out),
        "--as-of",
        DAY.isoformat(),
        "--checklist",
        "tianjin-advanced",
        "--jobs",
        str(jobs),
        *more,
    )
    done: Ran = ran("-m", "docproc.cli", *words, DOCPROC_CACHE="off")
    if not (out / "ledger.json").is_file():
        sys.exit(f"docproc {' '.join(words)}: ended with {done.status} and no ledger. What was measured is kept: go on with --resume.")
    events = [json.loads(line) for line in (out / ".docproc" / "journal.jsonl").read_text(encoding="utf-8").splitlines() if line]
    finished = [event for event in events if event["event"] == "finished"]
    ledger = json.loads((out / "ledger.json").read_text(encoding="utf-8"))
    return {
        "seconds": round(done.wall, 2),
        "status": done.status,
        "load": before,
        "listed": len(ledger["packages"]),
        "named": sum(_is_bad(row["package"]) and bool(row["problems"] or row["losses"]) for row in ledger["packages"]),
        "unprocessed": sum(not row["checklist"] for row in ledger["packages"]),
        "worker_megabytes": round(max((event["memory"] for event in finished), default=0) / 1048576),
        "driver_megabytes": round(done.memory / 1048576),
    }


def _is_bad(package: str) -> bool:
    return package.startswith(BAD_NAMES)


if __name__ == "__main__":
    main()
