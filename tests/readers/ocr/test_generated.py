"""A small part of what benchmarks/scans.py and benchmarks/seals.py measure: pages with truth, in Debian's faces."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from PIL import Image
from rapidfuzz.distance import Levenshtein

from docproc.readers.ocr.page import recognise
from docproc.readers.seal import find_rings
from docproc.readers.seal_text import read_ring
from tests.readers.ocr.page_pictures import A4, OPACITIES, decoy, firm, inked, scanned, stamp, text_page
from tests.readers.ocr.scanning import error_rate, pixels

POINTS = (A4[0] / 25.4 * 72, A4[1] / 25.4 * 72)

pytestmark = [pytest.mark.slow, pytest.mark.fonts]


@pytest.mark.parametrize(("face", "opacity"), [("kai", 1.0), ("noto-song", 0.45)])
def test_text_with_skew_noise_and_a_seal_over_it(face: str, opacity: float) -> None:
    made = text_page(face, 200, 11, lines=12)
    picture = inked(made.picture, stamp(firm(Random(1)), 200), (500, 300), opacity)
    picture = scanned(picture, 1, skew=1.4, noise=6, blur=0.3, quality=80)
    read = "".join(line.text for line in recognise(pixels(picture)).lines)
    assert error_rate(read, made.truth) <= 0.01


@pytest.mark.parametrize("seed", range(15))
def test_stamps_in_five_strengths_of_ink_are_found_and_red_things_are_not(seed: int) -> None:
    chance = Random(seed)
    picture = text_page("song", 150, seed, lines=16).picture
    decoy(picture, 150, chance)
    ink = stamp(firm(chance), 150, turn=chance.uniform(-20, 20))
    x, y = 400 + 20 * seed, 1000
    picture = scanned(inked(picture, ink, (x, y), OPACITIES[seed % 5]), seed, noise=5, quality=75)
    small = picture.resize((827, 1169), Image.Resampling.BILINEAR)
    ((_, ring),) = find_rings(np.asarray(small), POINTS)
    assert ring[0] == pytest.approx(x / 150 * 72, abs=6)
    assert ring[1] == pytest.approx(y / 150 * 72, abs=6)


@pytest.mark.parametrize("seed", range(3))
def test_the_ring_over_text_is_read_within_a_character(seed: int) -> None:
    chance = Random(100 + seed)
    name = firm(chance)
    picture = text_page("hei", 200, seed, lines=30).picture
    ink = stamp(name, 200, turn=chance.uniform(-10, 10))
    picture = scanned(inked(picture, ink, (600, 900), 0.8), seed, noise=4, quality=85)
    side = ink.width
    words = read_ring(pixels(picture), (600, 900, 600 + side, 900 + side))
    assert words is not None
    assert Levenshtein.distance(words.text, name) <= 1
