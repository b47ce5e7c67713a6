"""Prints how long a checklist takes on a case whose claims are ready:  python -m benchmarks.rules"""

from __future__ import annotations

import statistics
import time
from dataclasses import replace

from docproc.checklist import load
from docproc.contents import contents_of
from docproc.demo import samples
from docproc.evaluate import evaluate
from docproc.readers import read_package

RUNS = 9
GOAL = 0.020  # seconds


def main() -> None:
    for sample in samples():
        rules = load(sample.checklist)
        contents = contents_of(read_package(sample.path))
        case = contents.case(sample.as_of)
        times = []
        for _ in range(RUNS):
            fresh = replace(case)  # without what was remembered of the case
            start = time.process_time()
            evaluate(rules, fresh)
            times.append(time.process_time() - start)
        first, *later = times
        print(
            f"{sample.id:28} {len(rules.items)} items, {len(contents.claims):3} claims:"
            f" first {first * 1000:5.1f} ms, then {statistics.median(later) * 1000:5.1f} ms (goal {GOAL * 1000:.0f} ms)"
        )


if __name__ == "__main__":
    main()
