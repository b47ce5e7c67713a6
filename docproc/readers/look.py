"""How a page that is a picture looks, in a short form by which the same picture is known again after another scan program or compression.

A difference hash (Krawetz 2013) of the inked part of the page, finer than usual and with a threshold, so that paper and noise leave no
trace and two certificates printed on one form stay apart.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

SIDE: Final = 64  # cells down and across
_INK, _STEP = 170, 14  # of 255: darker is ink; cells that differ by less are alike
_LEAST: Final = 120  # marks of a page that can be told from others


def look_of(picture: NDArray[np.uint8]) -> str:
    """The look of an RGB picture as hexadecimal digits; empty where there is too little on it."""
    grey = picture.mean(axis=2) if picture.ndim == 3 else picture.astype(float)
    ink = grey < _INK
    rows, columns = _extent(ink.mean(axis=1)), _extent(ink.mean(axis=0))
    if rows is None or columns is None:
        return ""
    inked = Image.fromarray(grey[rows, columns].astype(np.uint8)).resize((SIDE + 1, SIDE), Image.Resampling.BOX)
    cells = np.asarray(inked, dtype=np.int16)
    marks = cells[:, :-1] - cells[:, 1:] > _STEP
    return np.packbits(marks).tobytes().hex() if int(marks.sum()) >= _LEAST else ""


def _extent(share: NDArray[np.float64]) -> slice | None:
    """From the first to the last row (or column) with ink, specks left aside."""
    places = np.flatnonzero(share > 0.002)
    return slice(int(places[0]), int(places[-1]) + 1) if len(places) > SIDE else None
