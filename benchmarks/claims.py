"""Prints how many characters a second become claims, by component, beside a plain spaCy pipeline, and the memory that takes:
python -m benchmarks.claims
"""

from __future__ import annotations

import gc
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.forms import bound, grown
from docproc.extract import blank_doc, extract_claims, language, pipeline, process

LENGTHS = (20_000, 60_000, 100_000)
MEMORY_LENGTHS = (100_000, 400_000, 800_000)
RUNS = 3
GOAL = 300_000


def main() -> None:
    import spacy

    plain = spacy.blank("zh")
    plain.max_length = language().max_length = 1 << 30  # whole texts, which a review reads in pieces
    print(
        f"Thousand characters a second; CPU time, the median of {RUNS} runs, each on a text that was not seen before. Goal: {GOAL // 1000}."
    )
    print(f"{'':<30}{'pipeline':>10}{'with text':>11}{'tokenizer':>11}{'blank zh':>10}{'to blank zh':>13}")
    for name, make in (("one form", grown), ("forms of many firms", bound)):
        make(1000)
        process(make(LENGTHS[0], RUNS))  # the vocabularies are loaded
        for length in LENGTHS:
            jobs: dict[str, Callable[[str], object]] = {
                "pipeline": process,
                "extract_claims": extract_claims,
                "tokenizer": language().make_doc,
                "blank": plain,
            }
            speeds = _speeds(jobs, [make(length, seed) for seed in range(RUNS)])
            shown = "".join(f"{speeds[job] / 1000:{width}.0f}" for job, width in zip(jobs, (10, 11, 11, 10), strict=True))
            print(f"{f'{name}, {length // 1000} thousand':<30}{shown}{speeds['pipeline'] / speeds['blank']:13.2f}")
    _components()
    _memory()


def _speeds(jobs: dict[str, Callable[[str], object]], texts: list[str]) -> dict[str, float]:
    """Characters a second of CPU time; all jobs in turn on each text."""
    rounds: dict[str, list[float]] = {name: [] for name in jobs}
    for text in texts:
        for name, job in jobs.items():
            gc.collect()
            start = time.process_time()
            job(text)
            rounds[name].append(len(text) / (time.process_time() - start))
    return {name: statistics.median(speeds) for name, speeds in rounds.items()}


def _components() -> None:
    """The time of each component on the longest texts, and its share."""
    print(f"\n{f'milliseconds, {LENGTHS[-1] // 1000} thousand characters':<30}{'one form':>12}{'many firms':>12}")
    columns = [_component_times([make(LENGTHS[-1], seed) for seed in range(RUNS, 2 * RUNS)]) for make in (grown, bound)]
    for name in columns[0]:
        print(f"{name:<30}" + "".join(f"{column[name] * 1000:12.1f}" for column in columns))


def _component_times(texts: list[str]) -> dict[str, float]:
    rounds: dict[str, list[float]] = {}
    doc = None
    for text in texts:
        doc = None  # what the text before leaves is not given back at the expense of this one
        gc.collect()
        start = time.process_time()
        doc = blank_doc(text)
        rounds.setdefault("blank doc", []).append(time.process_time() - start)
        for component in pipeline():
            start = time.process_time()
            doc = component(doc)
            rounds.setdefault(component.__module__.rpartition(".")[2], []).append(time.process_time() - start)
    times = {name: statistics.median(each) for name, each in rounds.items()}
    return {**times, "all": sum(times.values())}


def _memory() -> None:
    """The peak of a process that reads one text, for texts of different lengths; the pipeline's is to stay flat."""
    print(f"\n{'peak memory, MB':<30}{'text made':>12}{'pipeline':>12}{'claims':>12}")
    for length in MEMORY_LENGTHS:
        text = grown(length).encode()
        peaks = [int(subprocess.check_output([sys.executable, "-m", "benchmarks.claims", job], input=text)) for job in _PEAKS]  # noqa: S603
        print(f"{f'{length // 1000} thousand characters':<30}" + "".join(f"{peak / 1024:12.0f}" for peak in peaks))


def _nothing(text: str) -> None:
    """Leaves the text alone: what the process and the text take by themselves."""


def _piecewise(text: str) -> None:
    """What `extract_claims` does with a long text, without keeping its claims."""
    from docproc.extract import LONGEST_DOC, pieces

    for start, end in pieces(text, LONGEST_DOC):
        process(text[start:end])


_PEAKS: dict[str, Callable[[str], object]] = {"text": _nothing, "pipeline": _piecewise, "claims": extract_claims}


def _peak(job: str) -> None:
    text = sys.stdin.buffer.read().decode()
    process(text[:1000])
    _PEAKS[job](text)
    print(_highest())


def _highest() -> int:
    """The most memory this process has held, in KB. The resource usage of a child begins with its parent's where /proc does not tell."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.is_file() else []
    own = next((line.split()[1] for line in lines if line.startswith("VmHWM")), None)
    return int(own) if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    if len(sys.argv) == 2:
        _peak(sys.argv[1])
    else:
        main()
