"""The words along the ring of a stamp: the ring unrolled to a strip of red ink alone, and recognised.

What is read is a help for comparing names, never proof of anything: ink, dirt and the words beneath spoil it. Where recognition is not
installed nothing is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from docproc.model import Box
from docproc.page_store import default_store, key_of

Picture = NDArray[np.uint8]
Ink = NDArray[np.uint8]

STEPS = "2"
_BAND = (0.58, 0.93)  # of the radius: the words stand between the star and the ring
_HEIGHT = 64  # pixels of the strip
_MEAN_RADIUS = 0.78
_RED_SEEN = 18
_GAP = 0.35  # of the strip's height: letters of one name stand closer
_LEAST = 0.5  # mean confidence below which nothing was read
_HAN = ("\u4e00", "\u9fff")


@dataclass(frozen=True, slots=True)
class RingText:
    """The words of a ring, and how surely they were recognised (0-1)."""

    text: str
    confidence: float


def read_ring(picture: Picture, ring: Box) -> RingText | None:
    """The words along a ring. `picture`: RGB, 150 dots an inch or more; `ring`: its box in pixels, which may reach beyond the picture."""
    from docproc.readers.ocr.engine import available, engine, version

    if not available():
        return None
    found = _strips(picture, ring)
    store = default_store()
    key = key_of(version(), "ring", STEPS, repr(found[0].shape), *(strip.data for strip in found))
    record = store.get(key) if store else None
    known = _unpacked(record) if record is not None else None
    if known is None:
        pieces = [piece for strip in found for piece in _pieces(strip)]
        known = [(_words(reading.text), reading.confidence) for reading in engine().read(pieces)] if pieces else []
        if store:
            store.put(key, json.dumps(known, ensure_ascii=False).encode())
    sound = [RingText(text, round(sure, 3)) for text, sure in known if len(text) >= 4 and sure >= _LEAST]
    return max(sound, key=lambda each: (each.confidence * min(len(each.text), 12), each.text), default=None)


def _unpacked(record: bytes) -> list[tuple[str, float]] | None:
    try:
        return [(str(text), float(sure)) for text, sure in json.loads(record)]
    except (ValueError, TypeError):
        return None


def _words(text: str) -> str:
    return "".join(letter for letter in text if _HAN[0] <= letter <= _HAN[1] or letter in "()（）")


def _strips(picture: Picture, ring: Box) -> list[Ink]:
    """The band of the ring as strips, dark ink on white, from the widest gap in its words clockwise: once by its redness, in which
    what is printed beneath vanishes; once by its darkness in green light, which is sharper in a JPEG."""
    red, others = picture[:, :, 0].astype(np.float32), np.maximum(picture[:, :, 1], picture[:, :, 2]).astype(np.float32)
    paper = max(float(np.percentile(picture[:, :, 1], 90)), 1.0)
    redness = np.maximum(red - others, 0)
    darkness = np.maximum(paper - picture[:, :, 1], 0) * np.clip(red / max(float(np.percentile(red, 90)), 1.0), 0, 1) ** 3
    first = _unrolled(redness, ring)
    start = _widest_gap(first)
    return [np.ascontiguousarray(np.roll(strip, -start, axis=1)) for strip in (first, _unrolled(darkness, ring))]


def _unrolled(ink: NDArray[np.float32], ring: Box) -> Ink:
    import cv2

    x0, y0, x1, y1 = ring
    a, b = (x1 - x0) / 2, (y1 - y0) / 2
    radii = np.linspace(_BAND[1], _BAND[0], _HEIGHT)
    width = max(_HEIGHT, round(2 * np.pi * _MEAN_RADIUS * _HEIGHT / (_BAND[1] - _BAND[0])))
    angles = np.pi / 2 + np.linspace(0, 2 * np.pi, width, endpoint=False)  # from the bottom, over the left to the top
    xs = ((x0 + x1) / 2 + a * radii[:, None] * np.cos(angles)).astype(np.float32)
    ys = ((y0 + y1) / 2 + b * radii[:, None] * np.sin(angles)).astype(np.float32)
    unrolled = cv2.remap(ink.astype(np.float32), xs, ys, interpolation=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=0)
    inked = unrolled[unrolled > _RED_SEEN]
    full = max(float(np.percentile(inked, 80)) if inked.size else 0.0, 25.0)
    strip: Ink = (255 - np.clip(unrolled * (255 / full), 0, 255)).astype(np.uint8)
    return strip


def _inked(strip: Ink) -> NDArray[np.bool_]:
    """Which columns bear ink: the rows next to the ring apart, where it may run in."""
    inner = strip[round(0.12 * strip.shape[0]) :]
    columns: NDArray[np.bool_] = (inner < 140).sum(axis=0) >= 2
    return columns


def _widest_gap(strip: Ink) -> int:
    """The middle of the widest stretch of columns without ink; 0 where every column has some."""
    inked = _inked(strip)
    if inked.all() or not inked.any():
        return 0
    first = int(np.flatnonzero(inked)[0])
    turned = np.roll(inked, -first)
    best, at, run = 0, 0, 0
    for place, ink in enumerate([*turned.tolist(), True]):
        if ink:
            if run > best:
                best, at = run, place - run // 2
            run = 0
        else:
            run += 1
    return (at + first) % len(inked)


def _pieces(strip: Ink) -> Iterator[Picture]:
    """The strip as a whole, and its longest stretch without a wide gap, where that is less: words at the foot are another line."""
    inked = np.flatnonzero(_inked(strip))
    if not len(inked):
        return
    margin = _HEIGHT // 4
    breaks = np.flatnonzero(np.diff(inked) > (1 + _GAP) * _HEIGHT)
    edges = [0, *(breaks + 1).tolist(), len(inked)]
    stretches = [(int(inked[start]), int(inked[end - 1])) for start, end in pairwise(edges)]
    longest = max(stretches, key=lambda stretch: stretch[1] - stretch[0])
    for first, last in dict.fromkeys([(int(inked[0]), int(inked[-1])), longest]):
        cut = strip[:, max(0, first - margin) : last + margin]
        yield np.repeat(np.pad(cut, ((6, 6), (0, 0)), constant_values=255)[:, :, None], 3, axis=2)
