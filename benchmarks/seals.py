"""Counts stamps found, missed and imagined on 500 generated pages, and how well their names are read:  python -m benchmarks.seals"""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import dataclass
from random import Random

import numpy as np
from PIL import Image
from rapidfuzz.distance import Levenshtein

from docproc.model import Box, Seal
from docproc.readers.ocr.engine import available
from docproc.readers.seal import find_rings
from docproc.readers.seal_text import read_ring
from tests.faces import PACKAGES, missing_fonts
from tests.readers.ocr.page_pictures import A4, OPACITIES, decoy, firm, inked, scanned, stamp, text_page

PAGES = 500
NAMES = 100
POINTS = (A4[0] / 25.4 * 72, A4[1] / 25.4 * 72)
PLANS = ("one", "oval", "edge", "overlapping", "apart", "none")


@dataclass(frozen=True, slots=True)
class Stamped:
    """A page with its stamps: name and where the middle is, in points."""

    picture: Image.Image
    dpi: int
    stamps: tuple[tuple[str, float, float], ...]
    plan: str
    decoy: str
    opacity: float


def page(seed: int) -> Stamped:
    """One page: text, perhaps something red that is no stamp, perhaps stamps."""
    chance = Random(seed)  # noqa: S311 - test pictures
    dpi = chance.choice((150, 200))
    plan = PLANS[seed % len(PLANS)]
    opacity = OPACITIES[seed % len(OPACITIES)]
    picture = text_page(chance.choice(("song", "hei", "wqy")), dpi, seed, lines=chance.choice((4, 16, 30))).picture
    what = decoy(picture, dpi, chance) if plan == "none" or chance.random() < 0.35 else ""
    width, height = picture.size
    stamps: list[tuple[str, float, float]] = []
    size = chance.choice((38.0, 40.0, 42.0, 45.0))
    unit = dpi / 25.4
    side = size * unit
    x, y = chance.uniform(0.15, 0.55) * width, chance.uniform(0.55, 0.75) * height
    places = {
        "one": [(x, y)],
        "oval": [(x, y)],
        "edge": [(width - side * chance.uniform(0.45, 0.7), y)],
        "overlapping": [(x, y), (x + side * chance.uniform(0.6, 0.85), y + side * chance.uniform(-0.15, 0.15))],
        "apart": [(0.1 * width, y), (0.6 * width, y)],
        "none": [],
    }[plan]
    for left, top in places:
        name = firm(chance)
        ratio = chance.uniform(0.68, 0.8) if plan == "oval" else 1.0
        ink = stamp(
            name,
            dpi,
            millimetres=size,
            ratio=ratio,
            foot=chance.choice(("", "合同专用章", "财务专用章")),
            turn=chance.uniform(-20, 20) if ratio == 1 else 0,
        )
        picture = inked(picture, ink, (round(left), round(top)), opacity)
        stamps.append((name, (left + ink.width / 2) / dpi * 72, (top + ink.height / 2) / dpi * 72))
    skewed = scanned(
        picture, seed, skew=0.0, noise=chance.choice((0, 4, 8)), blur=chance.choice((0, 0.6)), quality=chance.choice((60, 80, 90))
    )
    return Stamped(skewed, dpi, tuple(stamps), plan, what, opacity)


def rings(made: Stamped) -> list[tuple[Seal, Box]]:
    """What is found, on the picture brought to 100 dots an inch as the readers do it."""
    small = made.picture.resize(
        (round(made.picture.width * 100 / made.dpi), round(made.picture.height * 100 / made.dpi)), Image.Resampling.BILINEAR
    )
    return find_rings(np.asarray(small), POINTS)


def main() -> None:
    """Prints what was found and read, by kind of page."""
    if missing_fonts():
        raise SystemExit(f"fonts not found: {', '.join(missing_fonts())}; install {PACKAGES}")
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    wanted, found, false, seconds = Counter[str](), Counter[str](), Counter[str](), 0.0
    names: list[int] = []
    by_opacity: dict[float, list[int]] = {}
    for seed in range(pages):
        made = page(seed)
        start = time.process_time()
        hits = rings(made)
        seconds += time.process_time() - start
        open_hits = list(hits)
        for name, x, y in made.stamps:
            wanted[made.plan] += 1
            near = [hit for hit in open_hits if abs((hit[1][0] + hit[1][2]) / 2 - x) < 20 and abs((hit[1][1] + hit[1][3]) / 2 - y) < 20]
            if not near:
                print(f"missed: seed {seed} {made.plan} opacity {made.opacity}", file=sys.stderr)
                continue
            found[made.plan] += 1
            open_hits.remove(near[0])
            if made.plan in {"one", "apart"} and available() and len(names) < NAMES:
                scale = 72 / made.dpi
                box = tuple(value / scale for value in near[0][1])
                read = read_ring(np.asarray(made.picture), (box[0], box[1], box[2], box[3]))
                wrong = Levenshtein.distance(read.text if read else "", name)
                names.append(wrong)
                by_opacity.setdefault(made.opacity, []).append(wrong)
                if wrong > 1:
                    print(f"name: {name} read as {read}", file=sys.stderr)
        for _ in open_hits:
            print(f"false: seed {seed} {made.plan} {made.decoy}", file=sys.stderr)
            false[made.decoy or made.plan] += 1
    for plan in PLANS[:-1]:
        print(f"{plan:<14} found {found[plan]:>4} of {wanted[plan]:>4}")
    total = sum(wanted.values())
    print(f"{'all':<14} found {sum(found.values()):>4} of {total:>4} ({sum(found.values()) / max(total, 1):.1%}; goal 98 %)")
    print(f"{'imagined':<14} {sum(false.values())} on {pages} pages ({sum(false.values()) / pages:.1%}; goal 1 %) {dict(false)}")
    print(f"{'CPU time':<14} {1000 * seconds / pages:.0f} ms a page")
    if names:
        right = sum(wrong <= 1 for wrong in names)
        print(f"{'names':<14} within one character {right} of {len(names)} ({right / len(names):.1%}; goal 90 %), exact {names.count(0)}")
        print(
            "   by opacity  "
            + ", ".join(f"{opacity}: {sum(w <= 1 for w in wrong)}/{len(wrong)}" for opacity, wrong in sorted(by_opacity.items()))
        )


if __name__ == "__main__":
    main()
