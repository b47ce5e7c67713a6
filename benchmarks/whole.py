"""Measures everything in one run and saves it as JSON:  python -m benchmarks.whole [--quick] [--out FILE]

Readers, text and extraction by processor time, all candidates in turn; whole packages and batches by the clock, with the load beside.
`python -m benchmarks.page` makes docs/performance.md and its plot from the saved run.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import peers
from benchmarks.inbox import bad_packages, scan, scanned_packages, text_packages
from benchmarks.measuring import Ran, in_turn, load, machine, ran
from benchmarks.package import build
from benchmarks.papers import makers, word

RUN = Path(__file__).parent / "runs" / "latest.json"
DAY = date(2026, 11, 22)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller inboxes and fewer rounds: under ten minutes on two cores")
    parser.add_argument("--out", type=Path, default=RUN)
    parser.add_argument("--parts", nargs="*", metavar="PART", help="measure only these anew and keep the rest of the saved run")
    asked = parser.parse_args()
    started = time.monotonic()
    found: dict[str, Any] = json.loads(asked.out.read_text(encoding="utf-8")) if asked.parts else {}
    found |= {"date": date.today().isoformat(), "quick": asked.quick, "machine": machine(), "load_before": load()}
    sizes = Sizes(asked.quick)
    for part in (start, reading, scans, texts, package, inbox, growth):
        if asked.parts and part.__name__ not in asked.parts:
            continue
        found[part.__name__] = part(sizes)
        asked.out.parent.mkdir(parents=True, exist_ok=True)
        asked.out.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        print(f"{part.__name__}: done after {time.monotonic() - started:.0f} s, load {load()}", flush=True)
    found["load_after"] = load()
    found["seconds"] = round(time.monotonic() - started)
    asked.out.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"saved: {asked.out}")


class Sizes:
    """How much is measured."""

    def __init__(self, quick: bool) -> None:
        self.rounds = 2 if quick else 5
        self.pages = 8 if quick else 30
        self.scans = 1 if quick else 3
        self.text_packages, self.scanned, self.bad = (30, 2, 3) if quick else (200, 20, 11)
        self.growth = (10, 30, 60) if quick else (10, 30, 100, 300, 1000)


def start(sizes: Sizes) -> dict[str, float]:
    """The command line's own start beside bare Python with click: seconds on the processor, the least of the rounds."""
    runs = range(2 * sizes.rounds)
    return {
        "docproc --help": min(ran("-m", "docproc.cli", "--help").cpu for _ in runs),
        "python with click": min(ran("-c", "import click").cpu for _ in runs),
    }


def reading(sizes: Sizes) -> list[dict[str, Any]]:
    """Milliseconds a page for PDF files, microseconds a hundred characters for a Word file, beside the peers and the limit."""
    from docproc.readers.table import read_bytes

    rows = []
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
    return rows


def scans(sizes: Sizes) -> dict[str, Any]:
    """Seconds a scanned page, beside the engine alone on the same picture with one thread. The page store is off."""
    from docproc.readers.table import read_bytes

    os.environ["DOCPROC_CACHE"] = "off"
    data = scan(1)
    jobs = {"docproc": partial(read_bytes, "a.pdf", data), **peers.for_scan(data)}
    return {"pages": 1, "seconds": in_turn(jobs, sizes.scans)}


def texts(sizes: Sizes) -> dict[str, Any]:
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
    return kinds


def _ftfy(text: str) -> str:
    from ftfy import fix_text

    return fix_text(text)


def package(sizes: Sizes) -> dict[str, Any]:
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
    return {"pages": 120, "cold": runs[0], "warm": warm[len(warm) // 2], "memory_megabytes": round(own_memory)}


def _cpu(pid: int | None) -> float:
    """Processor seconds of another process so far."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def inbox(sizes: Sizes) -> dict[str, Any]:
    """A generated inbox through `docproc batch`: one worker, two workers, the second run; with some packages that cannot be read."""
    found: dict[str, Any] = {"text": sizes.text_packages, "scanned": sizes.scanned, "bad": sizes.bad}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        text = bad_packages(text_packages(home / "text", sizes.text_packages), sizes.bad)
        for jobs in (1, 2):
            found[f"text, {jobs} at work"] = _batch(text, home / f"out{jobs}", jobs)
        found["text, second run"] = _batch(text, home / "out2", 2)
        found["scanned, 2 at work"] = _batch(scanned_packages(home / "scanned", sizes.scanned), home / "scans", 2)
    return found


def growth(sizes: Sizes) -> list[dict[str, Any]]:
    """The same kind of package, more and more of them, two workers: does time grow with their number, does memory stay?"""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for count in sizes.growth:
            made = text_packages(Path(folder) / f"in{count}", count)
            rows.append({"packages": count, **_batch(made, Path(folder) / f"out{count}", 2)})
    return rows


def _batch(inbox: Path, out: Path, jobs: int) -> dict[str, Any]:
    before = load()
    words = ("batch", str(inbox), "--out", str(out), "--as-of", DAY.isoformat(), "--checklist", "tianjin-advanced", "--jobs", str(jobs))
    done: Ran = ran("-m", "docproc.cli", *words, DOCPROC_CACHE="off")
    events = [json.loads(line) for line in (out / ".docproc" / "journal.jsonl").read_text(encoding="utf-8").splitlines() if line]
    finished = [event for event in events if event["event"] == "finished"]
    ledger = json.loads((out / "ledger.json").read_text(encoding="utf-8"))
    return {
        "seconds": round(done.wall, 2),
        "status": done.status,
        "load": before,
        "listed": len(ledger["packages"]),
        "unprocessed": sum(not row["checklist"] for row in ledger["packages"]),
        "worker_megabytes": round(max((event["memory"] for event in finished), default=0) / 1048576),
        "driver_megabytes": round(done.memory / 1048576),
    }


if __name__ == "__main__":
    main()
