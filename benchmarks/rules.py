"""Prints how long a checklist takes on a case whose claims are ready:  python -m benchmarks.rules"""

from __future__ import annotations

import statistics
import time
from dataclasses import replace

from docproc.checklist import load
from docproc.demo import samples
from docproc.evaluate import Case, evaluate, inferred_places
from docproc.facts import collect
from docproc.materials import identify
from docproc.readers import read_package
from docproc.review import extract_all, number_claims

RUNS = 9
GOAL = 0.020  # seconds


def main() -> None:
    for sample in samples():
        rules = load(sample.checklist)
        package = read_package(sample.path)
        identified = identify(package.files)
        extractions, _ = extract_all(identified.documents, identified.views)
        claims, extractions = number_claims(identified.documents, extractions)
        case = Case(
            documents=identified.documents,
            extractions=extractions,
            claims=claims,
            as_of=sample.as_of,
            facts=collect(identified.documents, extractions),
            problems=package.problems,
            inferred=inferred_places(identified.views),
        )
        times = []
        for _ in range(RUNS):
            fresh = replace(case)  # without what was remembered of the case
            start = time.process_time()
            evaluate(rules, fresh)
            times.append(time.process_time() - start)
        first, *later = times
        print(
            f"{sample.id:28} {len(rules.items)} items, {len(claims):3} claims:"
            f" first {first * 1000:5.1f} ms, then {statistics.median(later) * 1000:5.1f} ms (goal {GOAL * 1000:.0f} ms)"
        )


if __name__ == "__main__":
    main()
