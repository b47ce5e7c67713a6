"""Prints how fast text is brought into the normal form, beside OpenCC alone and ftfy:  python -m benchmarks.text"""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from docproc.text import normalise
from docproc.text.script import to_simplified, to_traditional
from tests.text.clean import sentences
from tests.text.damaging import NOTHING_LOST, whole

PARAGRAPHS = 1500
RUNS = 7
GOALS = {"clean": 5.0, "traditional": 1.0, "damaged": 1.0}  # million characters a second, on one core


def main() -> None:
    peers: dict[str, Callable[[str], object]] = {"normalise": normalise, "OpenCC t2s alone": to_simplified, "ftfy.fix_text": _ftfy()}
    print(f"{'million characters a second':<30}" + "".join(f"{name:>20}" for name in peers))
    for kind, text in texts().items():
        speeds = "".join(f"{_speed(job, text):20.2f}" for job in peers.values())
        print(f"{kind + f' (goal {GOALS[kind]:.0f})':<30}{speeds}")


def texts(count: int = PARAGRAPHS) -> dict[str, str]:
    """The three texts, each of so many paragraphs, the same in every run."""
    rng = random.Random("benchmark")  # noqa: S311 - makes texts, no secrets
    paragraphs = [sentences(rng) for _ in range(count)]
    clean = "\n".join(paragraphs)
    damaged = "\n".join(_damaged(paragraph, rng) for paragraph in paragraphs)
    return {"clean": clean, "traditional": to_traditional(clean), "damaged": damaged}


def _damaged(paragraph: str, rng: random.Random) -> str:
    """One kind of damage in each of a fifth of the paragraphs, as in a file that is damaged here and there."""
    if rng.random() > 0.2:
        return paragraph
    return rng.choice(NOTHING_LOST)(whole(paragraph), rng).text


def _ftfy() -> Callable[[str], object]:
    from ftfy import fix_text

    return fix_text


def _speed(job: Callable[[str], object], text: str) -> float:
    """The best of several runs: what the machine does beside is not to be measured."""
    job(text[:2000])
    times: list[float] = []
    for _ in range(RUNS):
        start = time.process_time()
        job(text)
        times.append(time.process_time() - start)
    return len(text) / min(times) / 1e6


if __name__ == "__main__":
    main()
