"""Character error rate, confidence, time and memory of recognised pages, on generated pages with truth:  python -m benchmarks.scans

Characters are compared after NFKC, without white space. `alone` is the engine on the same red channel with the same settings.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

import numpy as np
from rapidfuzz.distance import Levenshtein

from docproc.readers.ocr import page as ocr_page
from docproc.readers.ocr.engine import engine
from tests.faces import FACES, PACKAGES, missing_fonts
from tests.readers.ocr.page_pictures import (
    OPACITIES,
    PagePicture,
    firm,
    inked,
    scanned,
    stamp,
    text_page,
)
from tests.readers.ocr.scanning import pixels, plain

RESOLUTIONS = (150, 200, 300)
LOW = 0.8


@dataclass(slots=True)
class Tally:
    """Errors and characters of some pages; how sure the engine was of right and of wrong characters."""

    errors: int = 0
    characters: int = 0
    pages: int = 0
    right: list[float] = field(default_factory=list)
    wrong: list[float] = field(default_factory=list)

    def row(self, name: str, goal: str) -> str:
        share = self.errors / max(self.characters, 1)
        low_right = sum(value < LOW for value in self.right) / max(len(self.right), 1)
        low_wrong = sum(value < LOW for value in self.wrong) / max(len(self.wrong), 1)
        return (
            f"{name:<22}{share:8.2%} of {self.characters} characters on {self.pages} pages (goal {goal}); below {LOW}: "
            f"{low_right:.1%} of the right ones, {low_wrong:.0%} of the {len(self.wrong)} wrong ones"
        )


def pages(hard: bool, count: int) -> Iterator[tuple[PagePicture, str]]:
    """Pages in turn through the faces and resolutions: clean, or with skew, noise and a seal over the text."""
    faces = tuple(FACES)
    for number in range(count):
        dpi, face = RESOLUTIONS[number % len(RESOLUTIONS)], faces[number % len(faces)]
        made = text_page(face, dpi, 1000 + number, lines=24)
        if not hard:
            yield PagePicture(scanned(made.picture, number, quality=90), made.truth, dpi), f"{face} {dpi}"
            continue
        chance = Random(number)  # noqa: S311 - test pictures
        opacity = OPACITIES[number % len(OPACITIES)]
        ink = stamp(firm(chance), dpi, turn=chance.uniform(-15, 15))
        at = (round(made.picture.width * chance.uniform(0.2, 0.6)), round(made.picture.height * chance.uniform(0.15, 0.4)))
        picture = inked(made.picture, ink, at, opacity)
        picture = scanned(picture, number, skew=chance.uniform(-2.5, 2.5), noise=chance.choice((4, 8)), blur=0.3 * dpi / 200, quality=80)
        yield PagePicture(picture, made.truth, dpi), f"{face} {dpi} seal {opacity}"


def measured(made: PagePicture, tally: Tally) -> float:
    """Recognises a page, adds it to the tally and returns its error rate. The picture is brought to 200 dots an inch, as the readers do."""
    picture = made.picture
    if made.dpi != 200:
        picture = picture.resize((round(picture.width * 200 / made.dpi), round(picture.height * 200 / made.dpi)))
    found = ocr_page._recognised(pixels(picture), ())
    read = plain("".join(line.text for line in found.lines))
    sure = [value for line in found.lines for letter, value in zip(line.text, line.confidences, strict=True) if plain(letter)]
    truth = plain(made.truth)
    errors = Levenshtein.distance(read, truth)
    tally.errors, tally.characters, tally.pages = tally.errors + errors, tally.characters + len(truth), tally.pages + 1
    if len(sure) == len(read):
        for change in Levenshtein.opcodes(read, truth):
            (tally.right if change.tag == "equal" else tally.wrong).extend(sure[change.src_start : change.src_end])
    return errors / max(len(truth), 1)


def overhead(made: list[PagePicture]) -> tuple[float, float]:
    """CPU seconds of our pages and of the engine alone, on the same pictures."""
    ours = alone = 0.0
    for each in made:
        picture = pixels(each.picture)
        red = np.ascontiguousarray(np.repeat(picture[:, :, :1], 3, axis=2))
        start = time.process_time()
        engine()._rapid(red, use_det=True, use_cls=False, use_rec=True)
        middle = time.process_time()
        ocr_page._recognised(picture, ())
        alone, ours = alone + middle - start, ours + time.process_time() - middle
    return ours, alone


def main() -> None:
    """Prints a row for clean and for hard pages, then time and memory."""
    if missing_fonts():
        raise SystemExit(f"fonts not found: {', '.join(missing_fonts())}; install {PACKAGES}")
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    for name, hard, goal in (("clean", False, "0.5 %"), ("skew, noise, seal", True, "1 %")):
        tally = Tally()
        for made, what in pages(hard, count):
            share = measured(made, tally)
            if share > 0.005:
                print(f"   {what}: {share:.2%}", file=sys.stderr)
        print(tally.row(name, goal), flush=True)
    ours, alone = overhead([made for made, what in pages(False, 12) if "200" in what][:3] + [made for made, _ in pages(True, 2)][1:])
    print(f"{'CPU time':<22}{ours / alone:8.2f} times the engine alone (goal 1.1)")
    print(f"{'peak memory':<22}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB (goal 1300)")


if __name__ == "__main__":
    main()
