"""A row whose cells are fields of their own: 企业规模：中型 | 从业人员：320人 | 营业收入：5600万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from docproc.extract import FormField
from extractors.forms.cells import reads_like_label
from extractors.forms.lines import Line, line_fields
from extractors.forms.pieces import KEPT, Piece

_LABELLED = re.compile(r"(?P<label>[^：:，。；\n\t]{2,30})[：:][ 　]*(?P<value>[^：:\s].*)?")


def are_labelled(cells: Sequence[Piece]) -> bool:
    """Whether each cell that is filled has a label of its own, one beyond doubt, and one at least is answered in its cell."""
    filled = [cell.text for cell in cells if cell.text]
    if len(filled) < 2 or not all("：" in words or ":" in words for words in filled):
        return False
    found = [_labelled(words) for words in filled]
    return all(each is not None for each in found) and any(each[0] for each in found if each) and any(each[1] for each in found if each)


def fields_of_cells(text: str, cells: Sequence[Piece], group: str, heading: str) -> Iterator[FormField]:
    """The fields of such a row, cell by cell."""
    for cell in cells:
        if cell.text:
            yield from line_fields(text, Line(cell, heading, group))


@lru_cache(maxsize=KEPT)
def _labelled(cell: str) -> tuple[bool, bool] | None:
    """Whether the words before a cell's colon read like a label, and whether an answer follows it; None where no label can stand there."""
    found = _LABELLED.fullmatch(cell)
    return None if found is None else (reads_like_label(found["label"]), found["value"] is not None)
