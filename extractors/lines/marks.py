"""Where sentences and clauses end: the marks of a text, all of them found at once.

Sentences end at 。！？；, at …… and at the end of a cell, clauses also at commas, colons and dashes; a half-width comma or colon between
digits divides nothing.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from extractors.words.anchors import compiled, ranges_of
from extractors.words.beginnings import Places
from extractors.words.scanning import scan, standing

ENDING = "。！？；!?;\t"  # each by itself
ENDED = frozenset(f"{ENDING}…")  # what stands before the end of a sentence that a mark ends
_DOTS = "……(?![起宗次件例人被于])"  # ……起: a blank, and no end
SENTENCE_END = compiled(rf"[{ENDING}]|{_DOTS}")
_COMMAS, _HALF_WIDTH = "，：", ",:"
COMMA = compiled(r"[，]|,(?!\d)|(?<!\d),|[：]|:(?!\d)|(?<!\d):|——")
_DOUBLED, _DASH = compiled(f"{_DOTS}|——"), "—"


def clause_ends(text: str) -> list[int]:
    """Where a text's clauses end with a mark, in order: behind the mark."""
    single = standing(ENDING + _COMMAS, text) | (standing(_HALF_WIDTH, text) & ~_between_digits(text))
    ends: list[int] = _merged(single.nonzero()[0] + 1, [found.end() for found in scan(_DOUBLED, text)]).tolist()
    return ends


def stretch_ends(text: str) -> Places:
    """Where a text's lines end and the sentences that end with a mark, in order: behind the mark or the line break."""
    dots = [found.end() for found in scan(_DOUBLED, text) if text[found.start()] != _DASH]
    return _merged(standing(f"{ENDING}\n", text).nonzero()[0] + 1, dots)


def _merged(places: Places, others: list[int]) -> Places:
    return np.sort(np.concatenate((places, np.array(others, np.int64)))) if others else places


def _between_digits(text: str) -> NDArray[np.bool_]:
    """For each place of a text whether digits stand on both sides of it."""
    digits = standing(all_digits(), text)
    found = np.zeros(len(text), np.bool_)
    found[1:-1] = digits[:-2] & digits[2:]
    return found


@cache
def all_digits() -> str:
    """All characters that are decimal digits."""
    return "".join(chr(code) for low, high in ranges_of(r"\d") for code in range(low, high + 1))
