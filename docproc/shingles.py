"""Sampled shingles: by which two texts are known to share a passage, whatever stands round it.

Shingles are runs of LENGTH letters or digits, hashed, of which those whose hash is a multiple of SAMPLE are kept (Manber 1994, Broder
1997): the same choice in every text, so that equal passages give equal samples.
"""

from __future__ import annotations

import re
from typing import Final

LENGTH: Final = 14  # letters of a shingle
SAMPLE: Final = 6  # one shingle in so many is kept
_LETTERS: Final = re.compile(r"\W+|_+")
_MASK: Final = (1 << 64) - 1
_MULTIPLIER: Final = 0x9E3779B97F4A7C15


def shingles(text: str) -> list[int]:
    """The sampled shingles of a text, as numbers below 2**64, each once, in ascending order."""
    import numpy as np

    letters = _LETTERS.sub("", text)
    if len(letters) < LENGTH:
        return []
    codes = np.frombuffer(letters.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    sums = np.zeros(len(codes) - LENGTH + 1, dtype=np.uint64)
    factor = 1
    for offset in range(LENGTH):
        sums += codes[offset : offset + len(sums)] * np.uint64(factor)
        factor = factor * 1_000_003 & _MASK
    sums ^= sums >> np.uint64(31)
    sums *= np.uint64(_MULTIPLIER)
    sums ^= sums >> np.uint64(29)
    kept = np.unique(sums[sums % np.uint64(SAMPLE) == 0])
    return [int(each) for each in kept]


def letters_in(text: str) -> int:
    """How many letters and digits a text has."""
    return len(_LETTERS.sub("", text))
