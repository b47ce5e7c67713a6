"""Makes docs/scale.md, what a year of packages and a national intake would need, from a saved run:  python -m benchmarks.scale [FILE]"""

from __future__ import annotations

import json
import math
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.page import RUN

PAGE = Path(__file__).resolve().parent.parent / "docs" / "scale.md"
PROSE = Path(__file__).parent / "scale-prose.md"
DAY_SECONDS = 86_400
MB_A_TEXT_PAGE, MB_A_SCAN, MB_OF_RESULTS = 0.05, 0.4, 2.0
FULL = 0.7  # of a worker's time, the rest for peaks, restarts and repeats
TASK_OVERHEAD = 0.007  # seconds of the scheduler for each task (2.6 to 7 ms, measured for Dask 2026)
GB_A_WORKER = 2.0  # a worker with its reader and the recognition engine


@dataclass(frozen=True, slots=True)
class Costs:
    """Seconds of one core, from a saved run."""

    text_page: float
    scan_page: float

    @classmethod
    def of(cls, run: dict[str, Any]) -> Costs:
        warm, package = run["package"]["warm"], run["package"]
        text = (warm["reading"] + warm["reviewing"] + warm["writing"]) / package["pages"]
        return cls(text, run["scans"]["seconds"]["docproc"] / run["scans"]["pages"])


@dataclass(frozen=True, slots=True)
class Intake:
    """What comes in: so many units a month at the peak, each of so many pages."""

    name: str
    unit: str
    a_year: int
    at_peak: int  # in the busiest month
    text_pages: int
    scanned_pages: int


INTAKES = (
    Intake("100,000 packages a year", "packages", 100_000, 30_000, 60, 20),
    Intake("a million documents a month", "documents", 12_000_000, 1_500_000, 8, 3),
)


def main() -> None:
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else RUN
    PAGE.write_text(page(json.loads(source.read_text(encoding="utf-8"))), encoding="utf-8")
    print(f"written: {PAGE}")


def page(run: dict[str, Any]) -> str:
    """The page as Markdown."""
    costs = Costs.of(run)
    lines = [
        "# Past one machine, on paper",
        "",
        "Made by `python -m benchmarks.scale` from the run behind [performance.md](performance.md); nothing here was run at this size.",
        "",
        f"**Measured costs of one core** ({run['machine']['processor']}, run of {run['date']}): a text page {1000 * costs.text_page:.0f} ms"
        f" (reading, reviewing, writing all papers), a scanned page {costs.scan_page:.1f} s. A scanned page costs as much"
        f" as {costs.scan_page / costs.text_page:.0f} text pages: the share of scans decides everything.",
        "",
        "**Assumed**: a package has 60 text pages and 20 scanned ones, a document 8 and 3; the busiest month brings 30 % of a year's",
        f"packages, or half as many documents again as usual; workers are busy {FULL:.0%} of the time; a text page weighs"
        f" {MB_A_TEXT_PAGE} MB, a scanned one {MB_A_SCAN} MB, a unit's results {MB_OF_RESULTS:.0f} MB.",
        "",
        "| | " + " | ".join(intake.name for intake in INTAKES) + " |",
        "| --- |" + " --- |" * len(INTAKES),
        *_rows(costs),
        "",
        PROSE.read_text(encoding="utf-8").rstrip(),
    ]
    return "\n".join(lines) + "\n"


def _rows(costs: Costs) -> list[str]:
    each = [intake.text_pages * costs.text_page + intake.scanned_pages * costs.scan_page for intake in INTAKES]
    text_only = [intake.text_pages * costs.text_page for intake in INTAKES]
    pairs = list(zip(INTAKES, text_only, strict=True))
    month = 30 * DAY_SECONDS * FULL
    workers = [math.ceil(intake.at_peak * seconds / month) for intake, seconds in zip(INTAKES, each, strict=True)]
    weights = [intake.text_pages * MB_A_TEXT_PAGE + intake.scanned_pages * MB_A_SCAN for intake in INTAKES]
    weighed = list(zip(INTAKES, weights, strict=True))
    table = [
        ("seconds of a core for one", [f"{seconds:.0f}, of which text {text:.1f}" for seconds, text in zip(each, text_only, strict=True)]),
        (
            "core hours a year",
            [f"{intake.a_year * seconds / 3600:,.0f}" for intake, seconds in zip(INTAKES, each, strict=True)],
        ),
        ("workers (a core each) in the busiest month, day and night", [f"{count:,}" for count in workers]),
        ("machines of 16 cores", [f"{math.ceil(count / 16):,}" for count in workers]),
        ("memory for them", [f"{count * GB_A_WORKER:,.0f} GB" for count in workers]),
        (
            "the same if nothing were scanned: workers",
            [f"{math.ceil(i.at_peak * t / month):,}" for i, t in pairs],
        ),
        (
            "read from storage at the peak",
            [f"{i.at_peak * w / (30 * DAY_SECONDS):,.1f} MB/s" for i, w in weighed],
        ),
        ("material kept for a year", [f"{i.a_year * w / 1e6:,.1f} TB" for i, w in zip(INTAKES, weights, strict=True)]),
        ("results kept for a year", [f"{intake.a_year * MB_OF_RESULTS / 1e6:,.1f} TB" for intake in INTAKES]),
        (
            "tasks a second at the peak, and the scheduler's share of a core",
            [f"{i.at_peak / (30 * DAY_SECONDS):.2f}, {i.at_peak / (30 * DAY_SECONDS) * TASK_OVERHEAD:.2%}" for i in INTAKES],
        ),
    ]
    return [f"| {name} | " + " | ".join(cells) + " |" for name, cells in table]


if __name__ == "__main__":
    main()
