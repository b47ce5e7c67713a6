"""A stamp that was found, looked at closely: the words along its ring, and a small picture of it for the report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from typing import Final

import numpy as np
from numpy.typing import NDArray

from docproc.model import Box, Seal
from docproc.readers.seal_text import read_ring

DPI: Final = 250
MARGIN: Final = 0.08  # of the ring's width, around it
_SHOWN_PIXELS: Final = 168
_SHOWN_QUALITY: Final = 72
_READ_AT_MOST: Final = 24  # of one file: a stamp on every page of a long paper is one and the same


@dataclass(slots=True)
class Stamps:
    """Looks at the stamps of one file; keeps count."""

    done: int = 0

    def looked_at(
        self, seal: Seal, ring: Box, picture: NDArray[np.uint8], scale: float, origin: tuple[float, float], turns: int = 0
    ) -> Seal:
        """The stamp with its ring's words and its picture.

        `picture`: RGB of the place around it, `scale` points a pixel, its top left at `origin`; `ring`: the whole ring, in points;
        `turns`: clockwise quarter turns to show it upright.
        """
        self.done += 1
        if self.done > _READ_AT_MOST or min(picture.shape[:2]) < 16:
            return seal
        x, y = origin
        pixels = ((ring[0] - x) / scale, (ring[1] - y) / scale, (ring[2] - x) / scale, (ring[3] - y) / scale)
        words = read_ring(picture, pixels)
        shown = _small(np.rot90(picture, -turns))
        if words is None:
            return replace(seal, picture=shown)
        return replace(seal, text=words.text, text_confidence=words.confidence, picture=shown)


def around(ring: Box, size: tuple[float, float]) -> Box:
    """The place to look at: the ring with a margin, within the page."""
    margin = MARGIN * (ring[2] - ring[0])
    return (max(0.0, ring[0] - margin), max(0.0, ring[1] - margin), min(size[0], ring[2] + margin), min(size[1], ring[3] + margin))


def _small(picture: NDArray[np.uint8]) -> bytes:
    from PIL import Image

    image = Image.fromarray(np.ascontiguousarray(picture))
    image.thumbnail((_SHOWN_PIXELS, _SHOWN_PIXELS))
    data = BytesIO()
    image.save(data, "JPEG", quality=_SHOWN_QUALITY)
    return data.getvalue()
