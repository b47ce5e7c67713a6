"""The recognition engine: RapidOCR 3 with its own models under ONNX, on this machine alone, one thread a process.

Settings as measured (docs/decisions/0010-recognition.md): the longer side scaled to 1280 for finding lines, each line read from the
picture itself. The engine is an extra of the package (`ocr`); `available` says whether it is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Quads = NDArray[np.float32]  # n x 4 corners x (x, y): top left, top right, bottom right, bottom left of the writing

INSTALL = "pip install 'docproc-formal-review[ocr]'"
_DETECTION_SIDE = 1280
_PARAMETERS = {
    "Global.log_level": "critical",
    "Global.use_cls": False,
    "Global.return_word_box": True,
    "Global.max_side_len": 4000,
    "Det.limit_side_len": _DETECTION_SIDE,
    "Det.limit_type": "max",
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}
_NEVER_CERTAIN = 0.998  # recognised text is never as certain as text that was read


@dataclass(frozen=True, slots=True)
class Reading:
    """A line as recognised: its text; for each code point where its middle stands (share of the line's width) and how sure it is."""

    text: str
    middles: tuple[float, ...]
    confidences: tuple[float, ...]

    @property
    def confidence(self) -> float:
        """The mean over its characters; 0 for nothing."""
        return sum(self.confidences) / len(self.confidences) if self.confidences else 0.0


@cache
def available() -> bool:
    """Whether recognition is installed."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2"))


@cache
def version() -> str:
    """What the engine's results depend on besides the picture."""
    return f"rapidocr {metadata.version('rapidocr')}, onnxruntime {metadata.version('onnxruntime')}, side {_DETECTION_SIDE}"


@cache
def engine() -> Engine:
    """The process's engine, started when it is first asked for."""
    return Engine()


class Engine:
    """RapidOCR with the models of its wheel. Pictures are RGB or grey in three channels."""

    def __init__(self) -> None:
        from rapidocr import RapidOCR

        self._rapid: Any = RapidOCR(params=dict(_PARAMETERS))

    def lines(self, picture: Picture) -> Quads:
        """The corners of the lines of text on a picture, in pixels; none where there are none."""
        found = self._rapid(picture, use_det=True, use_cls=False, use_rec=False)
        boxes = getattr(found, "boxes", None)
        return np.zeros((0, 4, 2), np.float32) if boxes is None or not len(boxes) else np.asarray(boxes, np.float32).reshape(-1, 4, 2)

    def read(self, strips: Sequence[Picture]) -> list[Reading]:
        """What stands on pictures of one line each. Nothing is left out: a strip without text gives an empty reading."""
        if not strips:
            return []
        result = self._rapid.recognize_txt(list(strips))
        return [_reading(str(text), info) for text, info in zip(result.txts or (), result.word_results, strict=True)]


def _reading(text: str, info: Any) -> Reading:
    """A line with a place for each of its characters: the engine gives none for spaces, they stand between their neighbours."""
    columns = [column for group in info.word_cols for column in group] if info is not None else []
    confidences = list(info.confs) if info is not None and len(info.confs) == len(text) else [0.5] * len(text)
    steps = float(info.line_txt_len) if info is not None and info.line_txt_len else 0.0
    visible = [index for index, letter in enumerate(text) if not letter.isspace()]
    if len(columns) != len(visible) or not steps:
        middles = [(index + 0.5) / max(len(text), 1) for index in range(len(text))]
    else:
        known = [(column + 0.5) / steps for column in columns]
        middles = np.interp(range(len(text)), visible, known).tolist() if visible else []
    sure = tuple(round(min(max(float(value), 0.0), _NEVER_CERTAIN), 3) for value in confidences)
    return Reading(text, tuple(round(min(max(middle, 0.0), 1.0), 4) for middle in middles), sure)
