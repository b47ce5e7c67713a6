"""Pictures on a PDF page that may hold words beside its text: where they stand, their words where recognition reads them, else the loss.

Not asked: logos in a letterhead, stamps and codes, backgrounds that the page's own text stands on, and scans whose text layer is the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from docproc.model import Box, Loss
from docproc.readers.scan import State

if TYPE_CHECKING:
    from docproc.readers.pdf_objects import Drawing
    from docproc.readers.pdf_text import PageText

_CM: Final = 72 / 2.54
_LEAST: Final = (4.5 * _CM, 1.5 * _CM)  # long and short side of what can hold readable lines; less is a signature's picture
_SIGNED: Final = 8.0 * _CM  # with a seal across it, up to this: a signature or a stamp, no paper
_LEAST_PIXELS: Final = 20_000  # a colour stretched over a page has one
_STAMP: Final = 5.0 * _CM  # a round stamp is at most 4.5 cm across (国务院 1999 seal rules), a QR code seldom more
_LETTERHEAD: Final = (0.12, 2.5 * _CM)  # how near to the page's edge, how high
_SHEET: Final = 0.4  # of the page: a paper pasted in, not an illustration
_BAND: Final = 1.5 * _CM
_READ: Final = (12, 0.3)  # characters on a picture and the share of its height where they stand, for it to be read by them
_TOUCHING: Final = 2.0  # points: strips of one picture
_IMAGES_AT_MOST: Final = 2000
PER_PAGE: Final = 12  # that are recognised


@dataclass(slots=True)
class Beside:
    """The pictures beside text of one file, by what came of them: the pages on which they stand, one entry a picture."""

    sheets: dict[State, list[int]] = field(default_factory=dict)
    pictures: dict[State, list[int]] = field(default_factory=dict)

    def note(self, state: State, page: int, box: Box, size: tuple[float, float]) -> None:
        """Keeps what came of a picture in this box of a page of this size."""
        x0, y0, x1, y1 = box
        large = (x1 - x0) * (y1 - y0) >= _SHEET * size[0] * size[1]
        (self.sheets if large else self.pictures).setdefault(state, []).append(page)

    def losses(self) -> Iterator[Loss]:
        """A pasted sheet that was not read hides papers, an illustration does not."""
        for states, code, what in ((self.sheets, "unread_page", "大幅图片（可能是粘贴的扫描件）"), (self.pictures, "picture", "图片")):
            for state, why in _WHY.items():
                if pages := states.get(state):
                    where = tuple(dict.fromkeys(pages))
                    shown = code if state is not State.WORDLESS else "picture"
                    yield Loss(shown, f"第 {listed(where)} 页有 {len(pages)} 幅{what}，{why}。", len(pages), where)


_WHY: Final = {
    State.ABSENT: "其中的文字没有读取：没有安装文字识别组件，请人工核对",
    State.FAILED: "文字识别时出错，其中的文字没有读取，请人工核对",
    State.TOO_MANY: "图片过多，其中的文字没有读取，请人工核对",
    State.ILLEGIBLE: "其中的字迹不清，没有读取，请人工核对",
    State.PARTLY: "其中有几行字迹不清，没有读取，请人工核对",
    State.WORDLESS: "没有识别出文字",
}


def pictures(drawn: Drawing, text: PageText, seals: Sequence[Box] = ()) -> list[Box]:
    """The pictures that may hold words nobody has read, in reading order, as boxes of the displayed page, like those of its seals."""
    if not drawn.images:
        return []
    width, height = text.frame.size
    shown = text.frame.display(np.array(drawn.images[:_IMAGES_AT_MOST], np.float32).reshape(-1, 4)).astype(np.float64)
    shown[:, 0::2] = shown[:, 0::2].clip(0, width)
    shown[:, 1::2] = shown[:, 1::2].clip(0, height)
    whole = _whole([(*box, float(pixels)) for box, pixels in zip(shown.tolist(), drawn.pixels, strict=False)])
    found = [(x0, y0, x1, y1) for x0, y0, x1, y1, pixels in whole if pixels >= _LEAST_PIXELS]
    found = [box for box in found if _may_hold_words(box, height) and not _signed(box, seals) and not _read(box, text)]
    return sorted(found, key=lambda box: (box[1], box[0]))


_Image = tuple[float, float, float, float, float]  # box and pixels


def _whole(images: Sequence[_Image]) -> list[_Image]:
    """Pictures that a program cut into strips, put together: one below the other, then side by side."""
    joined: list[_Image] = []
    for image in sorted(images, key=lambda image: (round(image[0]), round(image[2]), image[1])):
        last = joined[-1] if joined else None
        if last is not None and _same(last[0::2], image[0::2]) and last[1] - _TOUCHING <= image[1] <= last[3] + _TOUCHING:
            joined[-1] = (last[0], last[1], last[2], max(last[3], image[3]), last[4] + image[4])
        else:
            joined.append(image)
    result: list[_Image] = []
    for image in sorted(joined, key=lambda image: (round(image[1]), round(image[3]), image[0])):
        last = result[-1] if result else None
        if last is not None and _same(last[1::2], image[1::2]) and last[0] - _TOUCHING <= image[0] <= last[2] + _TOUCHING:
            result[-1] = (last[0], last[1], max(last[2], image[2]), last[3], last[4] + image[4])
        else:
            result.append(image)
    return result


def _same(one: Sequence[float], other: Sequence[float]) -> bool:
    return abs(one[0] - other[0]) <= _TOUCHING and abs(one[1] - other[1]) <= _TOUCHING


def _may_hold_words(box: Box, height: float) -> bool:
    x0, y0, x1, y1 = box
    long, short = max(x1 - x0, y1 - y0), min(x1 - x0, y1 - y0)
    if long < _LEAST[0] or short < _LEAST[1] or (long <= _STAMP and short > 0.8 * long):
        return False
    near, high = _LETTERHEAD
    return not (y1 - y0 <= high and (y1 <= near * height + high / 2 or y0 >= (1 - near) * height))


def _signed(box: Box, seals: Sequence[Box]) -> bool:
    x0, y0, x1, y1 = box
    across = any(left < x1 and x0 < right and top < y1 and y0 < bottom for left, top, right, bottom in seals)
    return across and max(x1 - x0, y1 - y0) <= _SIGNED


def _read(box: Box, text: PageText) -> bool:
    """Whether the page's own text stands on the picture: all over it, not only a header or a page number at its edge."""
    x0, y0, x1, y1 = box
    boxes = text.boxes
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    inside = (boxes[:, 2] > boxes[:, 0]) & (x >= x0) & (x <= x1) & (y >= y0) & (y <= y1)
    if text.tilted:
        inside[list(text.tilted)] = False  # a watermark
    if inside.sum() < _READ[0]:
        return False
    bands = max(1, round((y1 - y0) / _BAND))
    return len(np.unique(((y[inside] - y0) / (y1 - y0) * bands).astype(int).clip(0, bands - 1))) >= _READ[1] * bands


def listed(numbers: Iterable[int]) -> str:
    """Page numbers with runs folded: 1、3–5."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return "、".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
