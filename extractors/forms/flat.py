"""A form that lost its lines: labels and values one behind the other on one line, only blanks between them.

单位名称 天津某某有限公司 注册地址 天津市河西区某路24号 厂址 天津市津南区某路8号 从业人员数 174 规上工业企业 是
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from docproc.extract import FormField
from extractors.forms.cells import is_period, reads_like_label
from extractors.forms.known_labels import known_labels
from extractors.forms.pieces import KEPT, Piece, label_of, piece, value_of
from extractors.words.anchors import compiled
from extractors.words.short_replies import short_replies

_PART = re.compile(r"[^ 　]+")
_PROSE = re.compile(r"[，。；！？：:=＝\t|｜□☐☑☒√■]")
_HAN_LABEL = re.compile(r"[\u4e00-\u9fff（）()/]{3,24}")
_VALUE = re.compile(r"(?:公司|厂|号|中心|企业|局|院|单位)(?:[（(][^（()）]*[）)])?$")
_YES_NO = compiled(short_replies("agrees", "denies", "fits", "fits_not"))
_KNOWN = known_labels() - {"企业", "公司", "单位", "名称", "类型"}
_YEAR = re.compile(r"(?:19|20)\d\d年?(?:度|末)?")
FEWEST_PARTS = 4


@lru_cache(maxsize=KEPT)
def may_be_flat(line: str) -> bool:
    """Whether a line is several labels with their values, and no prose."""
    return line.count(" ") + line.count("　") >= FEWEST_PARTS - 1 and len(_labels(line)) > 1


def flat_fields(text: str, line: Piece, heading: str, group: str) -> Iterator[FormField]:
    """The fields of such a line, in order."""
    if not may_be_flat(line.text):
        return
    labels = _labels(line.text)
    for (start, end), (following, _) in zip(labels, [*labels[1:], (len(line.text), 0)], strict=True):
        label, value = label_of(piece(text, line.start + start, line.start + end)), piece(text, line.start + end, line.start + following)
        if value.text:
            yield FormField(label.text, value_of(value.text), label.span, value.span, (), group, label.unit, "", heading, label.required)


@lru_cache(maxsize=KEPT)
def _labels(line: str) -> tuple[tuple[int, int], ...]:
    """Where the labels of a line stand; one that another follows at once is a title. None in prose and in rows of figures by year."""
    if _PROSE.search(line):
        return ()
    parts = [(found.start(), found.end(), found.group()) for found in _PART.finditer(line)]
    if len(parts) < FEWEST_PARTS or sum(bool(_YEAR.fullmatch(part)) for _, _, part in parts) > 1:
        return ()
    found: list[tuple[int, int]] = []
    waits = False  # whether the label before has no value yet
    for place, (start, end, part) in enumerate(parts):
        following = parts[place + 1][2] if place + 1 < len(parts) else ""
        if not following or not _is_label(part, following, first=not waits):
            waits = False
            continue
        if waits:
            found.pop()
        found.append((start, end))
        waits = True
    known = sum(_bare(line[start:end]) in _KNOWN for start, end in found)
    return tuple(found) if known > 1 or (known and len(found) > 2) else ()


def _is_label(part: str, following: str, *, first: bool) -> bool:
    if _bare(part) in _KNOWN:
        return True
    if not first:
        return False
    if _YES_NO.fullmatch(following):
        return _HAN_LABEL.fullmatch(part) is not None
    return reads_like_label(part) and not is_period(part) and not _VALUE.search(part)


@lru_cache(maxsize=KEPT)
def _bare(part: str) -> str:
    return re.sub(r"[（(][^（()）]*[）)]|[*＊]", "", part)
