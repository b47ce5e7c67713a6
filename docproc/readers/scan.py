"""The picture of a page, or a picture on one, read for its text; and what to say where that was not possible."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from docproc.model import Box, Loss, PageQuality

if TYPE_CHECKING:
    from docproc.readers.pdf_layout import PageLayout

DPI: Final = 200  # more buys nothing (docs/decisions/0010-recognition.md)
PIXELS_AT_MOST: Final = 3600  # of the longer side: two pages of A4 side by side
_LEGIBLE: Final = 0.6  # mean confidence below which a page is not read
_PAGES_AT_MOST: Final = 600  # of one file
_ILLEGIBLE_LINES, _ILLEGIBLE_SHARE = 3, 0.2  # of a page: fewer are signatures and ornaments


class State(Enum):
    """What came of a picture."""

    RECOGNISED = "recognised"
    PARTLY = "partly"  # recognised, but for some lines
    BLANK = "blank"
    WORDLESS = "wordless"  # looked at, and no writing found
    ILLEGIBLE = "illegible"
    ABSENT = "absent"  # recognition is not installed
    FAILED = "failed"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Scan:
    """What stands on a picture. Text, boxes, confidences and layouts as in ocr/layout.py; all empty unless recognised."""

    state: State
    text: str = ""
    boxes: array[float] = field(default_factory=lambda: array("f"))
    confidences: array[float] = field(default_factory=lambda: array("f"))
    layouts: tuple[PageLayout, ...] = ()
    look: str = ""  # look.py

    @property
    def quality(self) -> PageQuality:
        match self.state:
            case State.RECOGNISED | State.PARTLY:
                return PageQuality.RECOGNISED
            case State.BLANK:
                return PageQuality.BLANK
            case _:
                return PageQuality.PICTURE


#: state -> loss code and sentence. {where} is a page or a picture. A loss `picture` hides no text that anybody could read.
_SENTENCES: Final = MappingProxyType(
    {
        State.PARTLY: ("unread_page", "{where}是扫描件或图片，其中有几行字迹不清，未能识别，请人工核对。"),
        State.WORDLESS: ("picture", "{where}是图片，没有识别出文字。"),
        State.ILLEGIBLE: ("unread_page", "{where}是扫描件或图片，字迹不清，未能识别，请人工核对，或重新扫描。"),
        State.ABSENT: (
            "unread_page",
            "{where}是扫描件或图片，未能读出文字：没有安装文字识别组件。请安装（{install}）后重新审查，或人工核对。",
        ),
        State.FAILED: ("unread_page", "{where}是扫描件或图片，文字识别时出错，未能读出文字，请人工核对。"),
        State.TOO_MANY: ("unread_page", "{where}是扫描件或图片，超出一个文件最多识别的页数，未读出文字，请人工核对，或拆分后再提交。"),
    }
)
#: state -> why a page has no text, on the page itself
REASONS: Final = MappingProxyType(
    {
        State.RECOGNISED: "扫描页，文字由识别得出",
        State.PARTLY: "扫描页，文字由识别得出，有几行字迹不清",
        State.BLANK: "空白页",
        State.WORDLESS: "图片，没有识别出文字",
        State.ILLEGIBLE: "扫描页，字迹不清",
        State.ABSENT: "扫描页，没有安装文字识别",
        State.FAILED: "扫描页，识别出错",
        State.TOO_MANY: "扫描页，超出识别页数",
    }
)


def losses(states: Mapping[State, Sequence[int]], listed: Mapping[State, str]) -> Iterator[Loss]:
    """A loss for each state that left pages unread. `listed`: the pages in words."""
    from docproc.readers.ocr.engine import INSTALL

    for state, (code, sentence) in _SENTENCES.items():
        if numbers := tuple(states.get(state, ())):
            yield Loss(code, sentence.format(where=listed[state], install=INSTALL), len(numbers), numbers)


@dataclass(slots=True)
class Scanner:
    """Reads one file's pictures; keeps count, so that a file of thousands of pictures ends in time."""

    done: int = 0

    def scan(
        self,
        picture: NDArray[np.uint8],
        number: int,
        start: int,
        scale: float,
        *,
        origin: tuple[float, float] = (0.0, 0.0),
        stamps: Iterable[Box] = (),
    ) -> Scan:
        """What stands on an RGB picture of the page `number`, whose text begins at `start`. `scale`: points a pixel; `origin`: its top left
        on the page, `stamps`: boxes of seals on it, both in points."""
        from docproc.readers.look import look_of
        from docproc.readers.ocr.page import is_blank

        if is_blank(picture):
            return Scan(State.BLANK)
        return replace(self._read(picture, number, start, scale, origin, stamps), look=look_of(picture))

    def _read(
        self,
        picture: NDArray[np.uint8],
        number: int,
        start: int,
        scale: float,
        origin: tuple[float, float],
        stamps: Iterable[Box],
    ) -> Scan:
        from docproc.readers.ocr.engine import available
        from docproc.readers.ocr.layout import laid_out
        from docproc.readers.ocr.page import recognise

        if not available():
            return Scan(State.ABSENT)
        self.done += 1
        if self.done > _PAGES_AT_MOST:
            return Scan(State.TOO_MANY)
        (x, y) = origin
        pixels = [((x0 - x) / scale, (y0 - y) / scale, (x1 - x) / scale, (y1 - y) / scale) for x0, y0, x1, y1 in stamps]
        try:
            found = recognise(picture, pixels)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - whatever the engine stumbles over costs one page and is reported
            return Scan(State.FAILED)
        if not found.lines:
            return Scan(State.WORDLESS if not found.illegible else State.ILLEGIBLE)
        if found.confidence < _LEGIBLE:
            return Scan(State.ILLEGIBLE)
        page = laid_out(found, number, start, scale, origin)
        partly = found.illegible >= max(_ILLEGIBLE_LINES, _ILLEGIBLE_SHARE * len(found.lines))
        return Scan(State.PARTLY if partly else State.RECOGNISED, page.text, page.boxes, page.confidences, page.layouts)
