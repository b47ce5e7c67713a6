"""Finds red stamps (公章) on the picture of a page, by colour and shape.

A stamp is a ring of 22-65 mm, round or oval, drawn thinly, with a band of text inside it and little else. What is found is evidence
that something like a stamp is there, never that it is genuine. Without colour nothing can be told (see `shows_colour`).
Works on about 100 dots an inch; needs numpy only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from docproc.model import Box, Seal

Picture = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Points = NDArray[np.float64]

_RED_EXCESS = 18  # of red over green and blue: light ink still shows, paper yellowed by age does not
_GREEN_BLUE_APART = 60  # orange and purple are other inks
_COLOUR_APART = 40
_COLOURED_PIXELS = 40
_MILLIMETRE = 72 / 25.4
_SMALLEST, _LARGEST = 25.0, 65.0  # mm
_STRAIGHT = 24.0  # mm: no ring is straight for so long
_CELL = 1.0  # mm: the mesh on which red is joined into pieces
_FEWEST_CELLS = 40
_ANGLES = 360
_TRIALS = 600
_ROUNDS = 4
_RING_COVERED = 0.72
_EDGE_COVERED = 0.85
_INSIDE_AT_LEAST = 0.3
_FILL_AT_MOST = 0.6
_SOLID = 0.5
_TRANSITIONS = 9
_FAINT_EXCESS = 9  # of red in the strokes of letters within a ring that was found: thin strokes of light ink are mixed with paper
_OVAL = 1.12


@dataclass(frozen=True, slots=True)
class _Ellipse:
    """Centre and half axes in pixels."""

    x: float
    y: float
    a: float
    b: float


def shows_colour(picture: Picture) -> bool:
    """Whether anything on the picture is coloured at all: a copy in greys cannot show a red stamp as red."""
    red, green, blue = (np.ascontiguousarray(picture[::2, ::2, channel]) for channel in range(3))
    lightest, darkest = np.maximum(np.maximum(red, green), blue), np.minimum(np.minimum(red, green), blue)
    return int(np.count_nonzero(lightest - darkest > _COLOUR_APART)) >= _COLOURED_PIXELS


def find_seals(picture: Picture, size: tuple[float, float], page: int = 1) -> list[Seal]:
    """Stamps on a page's RGB picture (height x width x 3). `size`: the page's width and height in points; boxes are in points."""
    return [seal for seal, _ in find_rings(picture, size, page)]


def find_rings(picture: Picture, size: tuple[float, float], page: int = 1) -> list[tuple[Seal, Box]]:
    """Like find_seals, each with the box of its whole ring (points): of a stamp cut by the edge that reaches beyond the page."""
    red = _red(picture)
    scale = picture.shape[1] / max(size[0], 1.0)  # pixels a point
    millimetre = scale * _MILLIMETRE
    whole, faint = red, _red(picture, _FAINT_EXCESS)
    red = _without_rules(red, round(_STRAIGHT * millimetre))
    found: list[tuple[_Ellipse, float, bool]] = []
    for piece in _pieces(red, max(1, round(_CELL * millimetre))):
        for ellipse, confidence, cut in _in_piece(red, faint, piece, millimetre):
            if _filled(whole, ellipse) > _SOLID:
                continue
            if all(abs(ellipse.x - other.x) + abs(ellipse.y - other.y) > 0.5 * min(ellipse.a, other.a) for other, _, _ in found):
                found.append((ellipse, confidence, cut))
    return [(_seal(*item, scale, size, page), _ring(item[0], scale)) for item in sorted(found, key=lambda item: (item[0].y, item[0].x))]


def _ring(ellipse: _Ellipse, scale: float) -> Box:
    x, y, a, b = (value / scale for value in (ellipse.x, ellipse.y, ellipse.a, ellipse.b))
    return (x - a, y - b, x + a, y + b)


def _seal(ellipse: _Ellipse, confidence: float, cut: bool, scale: float, size: tuple[float, float], page: int) -> Seal:
    box = (
        round(float(max(0.0, (ellipse.x - ellipse.a) / scale)), 1),
        round(float(max(0.0, (ellipse.y - ellipse.b) / scale)), 1),
        round(float(min(size[0], (ellipse.x + ellipse.a) / scale)), 1),
        round(float(min(size[1], (ellipse.y + ellipse.b) / scale)), 1),
    )
    return Seal(page, box, round(confidence, 2), "edge" if cut else "oval" if _is_oval(ellipse) else "round")


def _is_oval(ellipse: _Ellipse) -> bool:
    return max(ellipse.a, ellipse.b) / min(ellipse.a, ellipse.b) > _OVAL


def _red(picture: Picture, excess: int = _RED_EXCESS) -> Mask:
    # In bytes, for speed: each difference is of a larger and a smaller one, so that none wraps round.
    red, green, blue = (np.ascontiguousarray(picture[:, :, channel]) for channel in range(3))
    larger = np.maximum(green, blue)
    mask: Mask = (np.maximum(red, larger) - larger > excess) & (larger - np.minimum(green, blue) < _GREEN_BLUE_APART)
    return mask


def _without_rules(red: Mask, longest: int) -> Mask:
    """The mask without level and upright runs longer than any ring has: rules, frames, bars and filled shapes."""
    if not red.any():
        return red
    return red & ~_runs(red, longest) & ~_runs(red.T, longest).T


def _runs(mask: Mask, longest: int) -> Mask:
    """The pixels of level runs of at least `longest`."""
    result = np.zeros_like(mask)
    rows = np.flatnonzero(mask.sum(axis=1) >= longest)
    if not len(rows):
        return result
    padded = np.zeros((len(rows), mask.shape[1] + 2), np.int8)
    padded[:, 1:-1] = mask[rows]
    steps = np.diff(padded, axis=1)
    starts, ends = np.argwhere(steps == 1), np.argwhere(steps == -1)
    for (at, start), (_, end) in zip(starts, ends, strict=True):
        if end - start >= longest:
            result[rows[at], start:end] = True
    return result


def _pieces(red: Mask, cell: int) -> Iterator[Points]:
    """Red pixels (x, y) that hang together, with holes of up to a cell or so bridged; small specks are left out."""
    ys, xs = np.nonzero(red)
    if not len(xs):
        return
    columns = red.shape[1] // cell + 1
    keys = (ys // cell) * columns + xs // cell
    waiting = set(np.unique(keys).tolist())
    around = [dy * columns + dx for dy in (-2, -1, 0, 1, 2) for dx in (-2, -1, 0, 1, 2) if dx or dy]
    labels: dict[int, int] = {}
    sizes: list[int] = []
    for first in sorted(waiting):
        if first in labels:
            continue
        stack, count = [first], 0
        labels[first] = len(sizes)
        while stack:
            here = stack.pop()
            count += 1
            for step in around:
                if here + step in waiting and here + step not in labels:
                    labels[here + step] = len(sizes)
                    stack.append(here + step)
        sizes.append(count)
    unique, inverse = np.unique(keys, return_inverse=True)
    label_of = np.array([labels[key] for key in unique.tolist()])[inverse]
    for label, count in enumerate(sizes):
        if count >= _FEWEST_CELLS:
            inside = label_of == label
            yield np.stack([xs[inside], ys[inside]], axis=1).astype(np.float64)


def _in_piece(red: Mask, faint: Mask, piece: Points, millimetre: float) -> Iterator[tuple[_Ellipse, float, bool]]:
    """The stamps of one piece: the piece as a whole if it is one, else the circles among its outline."""
    low, high = _SMALLEST * millimetre / 2, _LARGEST * millimetre / 2
    (x0, y0), (x1, y1) = piece.min(axis=0), piece.max(axis=0) + 1
    whole = _Ellipse((x0 + x1) / 2, (y0 + y1) / 2, (x1 - x0) / 2, (y1 - y0) / 2)
    touches = x0 <= millimetre or y0 <= millimetre or x1 >= red.shape[1] - millimetre or y1 >= red.shape[0] - millimetre
    if low <= min(whole.a, whole.b) and max(whole.a, whole.b) <= high and not touches:
        confidence = _judged(red, faint, whole)
        pair = list(_circled(red, faint, piece, millimetre)) if confidence and _is_oval(whole) else []
        if len(pair) >= 2 and all(sure > confidence for _, sure, _ in pair):  # two that overlap, not an oval around both
            yield from pair
            return
        if confidence:
            yield whole, confidence, False
            return
    if max(whole.a, whole.b) < low * 0.9:
        return
    yield from _circled(red, faint, piece, millimetre)


def _circled(red: Mask, faint: Mask, piece: Points, millimetre: float) -> Iterator[tuple[_Ellipse, float, bool]]:
    """The stamps among the circles of a piece's outline, the surest first."""
    low, high = _SMALLEST * millimetre / 2, _LARGEST * millimetre / 2
    outline = _outline(piece)
    for _ in range(_ROUNDS):
        best: tuple[float, _Ellipse] | None = None
        for circle in _circles(outline, low, high, millimetre):
            confidence = _judged(red, faint, circle)
            if confidence and (best is None or confidence > best[0]):
                best = (confidence, circle)
        if best is None:
            return
        confidence, circle = best
        cut = circle.x < circle.a or circle.y < circle.a or circle.x + circle.a > red.shape[1] or circle.y + circle.a > red.shape[0]
        yield circle, confidence, cut
        outline = outline[np.hypot(outline[:, 0] - circle.x, outline[:, 1] - circle.y) > circle.a * 1.06]
        if len(outline) < 40:
            return


def _outline(piece: Points) -> Points:
    """The first and last pixel of each row and column: mostly points of rings."""
    by_row = piece[np.lexsort((piece[:, 0], piece[:, 1]))]
    by_column = piece[np.lexsort((piece[:, 1], piece[:, 0]))]
    ends = []
    for ordered, axis in ((by_row, 1), (by_column, 0)):
        new = np.append(True, np.diff(ordered[:, axis]) != 0)
        ends.extend([ordered[new], ordered[np.append(new[1:], True)]])
    return np.unique(np.concatenate(ends), axis=0)


def _circles(points: Points, low: float, high: float, millimetre: float) -> list[_Ellipse]:
    """The circles through three outline points each that the most outline points bear out, refined; best first."""
    if len(points) < 12:
        return []
    chosen = np.random.default_rng(len(points)).integers(0, len(points), (_TRIALS, 3))
    (ax, ay), (bx, by), (cx, cy) = (points[chosen[:, corner]].T for corner in range(3))
    twice = 2 * (ax * (by - cy) + bx * (cy - ay) + cx * (ay - by))
    sound = np.abs(twice) > 1e-6
    twice = np.where(sound, twice, 1.0)
    a2, b2, c2 = ax**2 + ay**2, bx**2 + by**2, cx**2 + cy**2
    x = (a2 * (by - cy) + b2 * (cy - ay) + c2 * (ay - by)) / twice
    y = (a2 * (cx - bx) + b2 * (ax - cx) + c2 * (bx - ax)) / twice
    radius = np.hypot(ax - x, ay - y)
    good = sound & (radius >= low) & (radius <= high)
    x, y, radius = x[good], y[good], radius[good]
    if not len(x):
        return []
    distance = np.abs(np.hypot(points[:, 0] - x[:, None], points[:, 1] - y[:, None]) - radius[:, None])
    votes = (distance < 0.5 * millimetre).sum(axis=1) / radius
    result: list[_Ellipse] = []
    for at in np.argsort(-votes, kind="stable")[:12]:
        near = points[distance[at] < 0.8 * millimetre]
        result.append(_fitted(near, _Ellipse(float(x[at]), float(y[at]), float(radius[at]), float(radius[at]))))
    return [circle for circle in result if low <= circle.a <= high]


def _fitted(points: Points, circle: _Ellipse) -> _Ellipse:
    """The circle that fits points best (Kåsa's least squares)."""
    if len(points) < 6:
        return circle
    matrix = np.column_stack([2 * points, np.ones(len(points))])
    (x, y, rest), *_ = np.linalg.lstsq(matrix, (points**2).sum(axis=1), rcond=None)
    radius = float(np.sqrt(max(rest + x * x + y * y, 1.0)))
    return _Ellipse(float(x), float(y), radius, radius)


def _judged(red: Mask, faint: Mask, ellipse: _Ellipse) -> float:
    """How surely an ellipse is a stamp: 0 where it is none, else up to 1. Only the angles inside the page count."""
    polar, inside = _unrolled(red, ellipse)
    share = float(inside.mean())
    if share < _INSIDE_AT_LEAST:
        return 0.0
    rows = {name: polar[start:end][:, inside] for name, (start, end) in _BANDS.items()}
    # The ring may be off by a millimetre here and there: any red in the band covers its angle.
    covered = float(rows["ring"].any(axis=0).mean())
    if covered < (_RING_COVERED if share > 0.95 else _EDGE_COVERED):
        return 0.0
    # A filled disc, a gear, a glyph: the ring is thin, with paper on its inner side for most of the way.
    if float(rows["whole"].mean()) > _FILL_AT_MOST or float(rows["outside"].any(axis=0).mean()) > 0.5:
        return 0.0
    full = polar[_RING_ZONE[0] : _RING_ZONE[1]][:, inside].mean(axis=1) > 0.6
    if _longest(full) > _RING_THICKNESS:
        return 0.0
    text = _unrolled(faint, ellipse)[0][slice(*_BANDS["text"])][:, inside]
    if not 0.06 < float(text.mean()) < 0.7:
        return 0.0
    # Letters have strokes at every height of the band; the teeth of a gear at one.
    transitions = int(np.percentile([(np.diff(row.astype(np.int8)) == 1).sum() for row in text], 40))
    inked: Mask = np.logical_or.reduce(text, axis=0)
    angular = float(_grown(inked, 6).mean())
    if transitions < max(6, _TRANSITIONS * share) or angular < 0.45:
        return 0.0
    return min(0.99, 0.5 * min(covered, 1.0) + 0.25 * min(transitions / (24 * share), 1.0) + 0.25 * min(angular / 0.7, 1.0))


_RADII = np.linspace(0.0, 1.2, 73)
_RING_ZONE, _RING_THICKNESS = (36, 70), 8  # in steps of a sixtieth of the radius
_BANDS = {"whole": (0, 57), "text": (37, 54), "ring": (56, 64), "outside": (67, 71)}


def _filled(red: Mask, ellipse: _Ellipse) -> float:
    """The share of an ellipse's area that is red, rules and bars included: a stamp is mostly paper, a disc is not."""
    polar, inside = _unrolled(red, ellipse)
    share = polar[:57][:, inside].mean(axis=1)
    return float((share * _RADII[:57]).sum() / _RADII[:57].sum())


def _unrolled(red: Mask, ellipse: _Ellipse) -> tuple[Mask, Mask]:
    """The mask in polar form (radius x angle), and which angles have their ring inside the page."""
    angles = np.linspace(0, 2 * np.pi, _ANGLES, endpoint=False)
    xs = np.rint(ellipse.x + ellipse.a * _RADII[:, None] * np.cos(angles)).astype(int)
    ys = np.rint(ellipse.y + ellipse.b * _RADII[:, None] * np.sin(angles)).astype(int)
    valid = (xs >= 0) & (ys >= 0) & (xs < red.shape[1]) & (ys < red.shape[0])
    polar = red[ys.clip(0, red.shape[0] - 1), xs.clip(0, red.shape[1] - 1)] & valid
    return polar, valid[59]


def _longest(flags: Mask) -> int:
    """The longest run of marked rows."""
    longest = run = 0
    for flag in flags.tolist():
        run = run + 1 if flag else 0
        longest = max(longest, run)
    return longest


def _grown(flags: Mask, by: int) -> Mask:
    """Angles within `by` of a marked one."""
    result = flags.copy()
    for step in range(1, by + 1):
        result |= np.roll(flags, step) | np.roll(flags, -step)
    return result
