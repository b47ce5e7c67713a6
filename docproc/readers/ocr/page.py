"""From the picture of a page to what stands on it: upright, in reading order, each distinct picture once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from docproc.model import Box
from docproc.page_store import PageStore, default_store, key_of
from docproc.readers.ocr.engine import Picture, Quads, engine, version
from docproc.readers.ocr.recognition import Leaf, Line, Recognition, pack, unpack
from docproc.readers.ocr.rulings import rulings
from docproc.readers.ocr.strips import Strip, arranged, placed, strips
from docproc.readers.ocr.ticks import with_boxes
from docproc.readers.ocr.upright import gutter, moved, rotation, skew_of, stands_on_its_side, straightened, turned

STEPS = "2"  # of what is done here with the engine's results: a change makes pages be recognised anew
_BLANK_INK = 0.00004  # share of dark pixels: specks and the shadow of an edge
_DARK = 110
_MARGIN = 0.02
_LINE_AT_LEAST = 0.5  # mean confidence below which a line is no reading
_WORDS_WIDE = 3  # times its height: a line that is no blot
_SUSPECT = 0.8  # mean confidence of a page below which it may stand on its head
_SAMPLE = 6
_RED_EXCESS = 40
_RED_PURE, _RED_TINGE = 130, 30  # red of a stamp's ink with nothing black shining through, and how much it exceeds green and blue
_STAIN_AT_LEAST = 0.0002  # share of the page
_PLAIN_INK, _INK_VARIES, _BROUGHT_OUT = 30, 6, 5  # percentile of the ink beside the writing; its noise; how much a difference is raised
_RED_AT_LEAST = 0.0004  # share of the page: a line of a headline
_RED_LINE_AT_LEAST = 0.7


def is_blank(picture: Picture) -> bool:
    """Whether nothing is on the page but paper: its margins apart, where a scanner leaves shadows."""
    height, width = picture.shape[:2]
    inner = picture[round(_MARGIN * height) : height - round(_MARGIN * height), round(_MARGIN * width) : width - round(_MARGIN * width)]
    darkest = inner[::2, ::2].min(axis=2)
    return float((darkest < min(_DARK, 0.6 * float(np.median(darkest)))).mean()) < _BLANK_INK


def recognise(picture: Picture, stamps: Sequence[Box] = ()) -> Recognition:
    """What stands on a page's RGB picture (about 200 dots an inch). `stamps`: boxes (pixels) of seals found on it, whose ink is no text."""
    store = _store()
    key = key_of(version(), STEPS, repr(picture.shape), np.ascontiguousarray(picture).data)
    record = store.get(key) if store else None
    known = unpack(record) if record is not None else None
    if known is not None:
        return known
    found = _recognised(picture, stamps)
    if store:
        store.put(key, pack(found))
    return found


@cache
def _store() -> PageStore | None:
    """The process's page store."""
    return default_store()


def _recognised(picture: Picture, stamps: Sequence[Box]) -> Recognition:
    height, width = picture.shape[:2]
    ink = _without_red(picture)
    red_ink = _red_ink(picture, stamps)
    quads = engine().lines(ink)
    turns = 0
    if stands_on_its_side(quads):
        turns = max((1, 3), key=lambda quarter: _sampled(turned(ink, quarter)))
        ink = turned(ink, turns)
        quads = engine().lines(ink)
    found = _upright(picture, ink, quads, turns, red_ink)
    if found.lines and found.confidence < _SUSPECT:
        head_down = turned(ink, 2)
        if _sampled(head_down) > found.confidence:
            other = _upright(picture, head_down, engine().lines(head_down), (turns + 2) % 4, red_ink)
            found = max((found, other), key=lambda each: each.confidence)
    return Recognition(width, height, found.turns, found.skew, found.leaves, found.illegible)


def _without_red(picture: Picture) -> Picture:
    """The page's red channel, in which red ink is nearly as light as paper; and where it is not, made so.

    What is printed under a seal stays: black under thin ink is nearly black, under ink that covers it is a little darker than the ink
    beside it, and that little is brought out.
    """
    red, others = picture[:, :, 0], np.maximum(picture[:, :, 1], picture[:, :, 2])
    stained = (red >= _RED_PURE) & (np.maximum(red, others) - others > _RED_TINGE)
    if np.count_nonzero(stained) < _STAIN_AT_LEAST * stained.size:
        return np.repeat(red[:, :, None], 3, axis=2)
    plain = int(np.percentile(red[stained], _PLAIN_INK))
    darker = np.maximum(plain - _INK_VARIES - red.astype(np.int16), 0) * _BROUGHT_OUT
    shown = np.where(stained, 255 - np.minimum(darker, 255), red).astype(np.uint8)
    return np.repeat(shown[:, :, None], 3, axis=2)


def _sampled(ink: Picture) -> float:
    """How surely the longest lines of a picture are read as it stands."""
    quads = engine().lines(ink)
    if not len(quads):
        return 0.0
    widths = quads[:, :, 0].max(axis=1) - quads[:, :, 0].min(axis=1)
    longest = quads[np.argsort(-widths, kind="stable")[:_SAMPLE]]
    readings = engine().read([strip.picture for strip in strips(ink, longest)])
    return sum(reading.confidence for reading in readings) / len(readings) if readings else 0.0


def _upright(picture: Picture, ink: Picture, quads: Quads, turns: int, red_ink: Picture | None) -> Recognition:
    """Reads a picture that stands upright but for its skew."""
    height, width = ink.shape[:2]
    skew = skew_of(quads)
    if skew:
        ink, quads = straightened(ink, skew), moved(quads, rotation(width, height, skew))
    colours = straightened(turned(picture, turns), skew)
    parting = gutter(quads, width, height)
    reaches = [(0.0, float(width))] if parting is None else [(0.0, parting), (parting, float(width))]
    leaves: list[tuple[float, float, list[Line], tuple[Box, ...]]] = []
    illegible = 0
    for left, right in reaches:
        cut = slice(round(left), round(right))
        # Half a spread is a page: its lines are found at a page's own scale.
        own = quads if parting is None else engine().lines(np.ascontiguousarray(ink[:, cut])) + np.array([left, 0], np.float32)
        ruled = tuple((x0 + cut.start, y0, x1 + cut.start, y1) for x0, y0, x1, y1 in rulings(colours[:, cut]))
        lines, unread = _read(ink, own)
        illegible += unread
        leaves.append((left, right, with_boxes(lines, ink), ruled))
    red = [] if red_ink is None else _red_lines(straightened(turned(red_ink, turns), skew), [line for leaf in leaves for line in leaf[2]])
    return Recognition(width, height, turns, skew, tuple(_leaf(*leaf, red) for leaf in leaves), illegible)


def _leaf(left: float, right: float, lines: Sequence[Line], ruled: tuple[Box, ...], red: Sequence[Line]) -> Leaf:
    own = [line for line in red if left <= (line.left + line.right) / 2 < right]
    uprights = [box for box in ruled if box[0] == box[2]]
    return Leaf(left, right, arranged([*lines, *own], uprights), ruled)


def _read(ink: Picture, quads: Quads, least: float = _LINE_AT_LEAST) -> tuple[list[Line], int]:
    """The lines that can be read, and how many more are there that cannot."""
    cut: list[Strip] = strips(ink, quads)
    readings = engine().read([strip.picture for strip in cut])
    lines: list[Line] = []
    illegible = 0
    for strip, reading in zip(cut, readings, strict=True):
        if reading.confidence >= least:
            lines.extend(placed(strip, reading))
        elif strip.stacked == 1 and strip.picture.shape[1] > _WORDS_WIDE * strip.picture.shape[0]:
            illegible += 1
    return lines, illegible


def _red_ink(picture: Picture, stamps: Sequence[Box]) -> Picture | None:
    """What is printed in red (a headline, a stamped line) as black on white, seals left out; None where that is next to nothing."""
    lightest_other = np.maximum(picture[:, :, 1], picture[:, :, 2])
    excess = np.maximum(picture[:, :, 0], lightest_other) - lightest_other
    excess[excess < _RED_EXCESS] = 0
    for x0, y0, x1, y1 in stamps:
        excess[max(0, int(y0)) : int(y1) + 1, max(0, int(x0)) : int(x1) + 1] = 0
    if np.count_nonzero(excess) < _RED_AT_LEAST * excess.size:
        return None
    ink = 255 - np.minimum(excess, 127) * 2
    return np.repeat(ink[:, :, None], 3, axis=2)


def _red_lines(red: Picture, known: Sequence[Line]) -> list[Line]:
    """Lines printed in red where nothing was read in the red channel. Only the part of the page that bears red is searched."""
    rows = np.flatnonzero((red[:, :, 0] < 200).any(axis=1))
    if not len(rows):
        return []
    top, bottom = max(0, int(rows[0]) - 20), min(red.shape[0], int(rows[-1]) + 21)
    quads = engine().lines(np.ascontiguousarray(red[top:bottom])) + np.array([0, top], np.float32)
    free = [quad for quad in quads if not any(_over(quad, line) for line in known)]
    return _read(red, np.array(free, np.float32).reshape(-1, 4, 2), _RED_LINE_AT_LEAST)[0]


def _over(quad: Quads, line: Line) -> bool:
    """Whether a line that was found lies over one that was read."""
    (x0, y0), (x1, y1) = quad.min(axis=0).tolist(), quad.max(axis=0).tolist()
    wide, high = min(x1, line.right) - max(x0, line.left), min(y1, line.bottom) - max(y0, line.top)
    return bool(wide > 0 and high > 0.4 * min(y1 - y0, line.height))
