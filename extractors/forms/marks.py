"""Marks under heads: the heads of the columns are the options, a row's lone mark chooses one of them.

    申报类别  基础级  先进级  卓越级          条件              是    否
    勾选              √                       具有独立法人资格  √

Two heads at least must be words that options carry (是/否, 符合/不符合, levels, classes); of other heads one mark a row is a choice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from docproc.extract import FormField, Option
from docproc.model import Span
from extractors.forms.boxes import BEGINS_BOX, boxes
from extractors.forms.option_words import is_option
from extractors.forms.pieces import KEPT, Label, Piece, label_of
from extractors.words.lexicon import alternatives, words

_ASKS_TO_MARK = re.compile(alternatives(words("fields", "asks_to_mark")))
_STATEMENT_HEADS = re.compile(rf"(?:{alternatives(words('fields', 'statement_heads'))})$")
LONGEST_HEAD = 14


def marked_rows(rows: Sequence[Sequence[Piece]], first: int, caption: str, heading: str) -> tuple[list[FormField], int]:
    """The fields of the rows of marks under the row `first`, and how many rows that takes with the heads: 0 where there are none."""
    heads = rows[first]
    if first + 1 == len(rows):
        return [], 0
    columns = _option_columns(heads)
    last = rows[first + 1][-1]
    if not columns and last.text and not is_mark(last):
        return [], 0
    found: list[FormField] = []
    used = 1
    for place in range(first + 1, len(rows)):
        cells = rows[place]
        chosen = columns or _columns_of_marks(heads, cells)
        if not chosen or not _is_mark_row(heads, cells, chosen, known=bool(columns)):
            break
        found.append(_field(heads, cells, chosen, caption, heading))
        used += 1
    return (found, used) if found else ([], 0)


def _option_columns(heads: Sequence[Piece]) -> tuple[int, ...]:
    """The columns whose heads are words of options, two at least side by side."""
    options = [is_option(cell.text) for cell in heads]
    if options.count(True) < 2:
        return ()
    known = [place for place, option in enumerate(options) if option]
    return tuple(known) if known[-1] - known[0] == len(known) - 1 else ()


def _columns_of_marks(heads: Sequence[Piece], cells: Sequence[Piece]) -> tuple[int, ...]:
    """The columns from the first on behind which a row holds marks and blanks alone."""
    first = len(cells)
    while first and (not cells[first - 1].text or is_mark(cells[first - 1])):
        first -= 1
    if first == len(cells):
        return ()
    short = all(0 < len(cell.text) <= LONGEST_HEAD for cell in heads[first:])
    return tuple(range(first, len(heads))) if short and 1 <= first <= 2 and len(heads) - first >= 2 else ()


def _is_mark_row(heads: Sequence[Piece], cells: Sequence[Piece], columns: Sequence[int], *, known: bool) -> bool:
    if not columns[0] <= len(cells) <= len(heads):  # a row that ends before the column that is asked of
        return False
    inside = [cells[place] for place in columns if place < len(cells)]
    if not all(not cell.text or is_mark(cell) for cell in inside):
        return False
    marks = sum(bool(cell.text) for cell in inside)
    outside = [cell for place, cell in enumerate(cells) if place not in columns]
    return (known and (marks > 0 or all(len(cell.text) <= 40 for cell in outside))) or marks == 1


def is_mark(cell: Piece) -> bool:
    """Whether a cell holds one mark and nothing else."""
    if not BEGINS_BOX.match(cell.text):
        return False
    found = boxes(cell.text, 0, len(cell.text))
    return len(found) == 1 and found[0].span == (0, len(cell.text))


@lru_cache(maxsize=KEPT)
def asks_to_mark(head: str) -> bool:
    """Whether a head only asks for the mark: 勾选, 请打√."""
    return _ASKS_TO_MARK.search(head) is not None


def _ticked(cells: Sequence[Piece], column: int) -> bool:
    if column >= len(cells) or not cells[column].text:
        return False
    return boxes(cells[column].text, 0, len(cells[column].text))[0].ticked


def _field(heads: Sequence[Piece], cells: Sequence[Piece], columns: Sequence[int], caption: str, heading: str) -> FormField:
    label = _label(heads, cells, columns[0], caption)
    options = tuple(Option(heads[place].text, _ticked(cells, place), heads[place].span) for place in columns)
    ticked = "、".join(option.text for option in options if option.ticked)
    inside = [cells[place] for place in columns if place < len(cells)] or [cells[-1]]
    span = Span(inside[0].span.start, inside[-1].span.end)
    return FormField(label.text, ticked, label.span, span, options, caption, label.unit, "", heading, label.required)


def _label(heads: Sequence[Piece], cells: Sequence[Piece], first: int, caption: str) -> Label:
    """What is asked: the row's own words, or the head over them where the row only asks for the mark (勾选, 请打√)."""
    if not first:
        return Label(caption, Span(heads[0].start, heads[0].start))
    own, over = label_of(cells[first - 1]), label_of(heads[first - 1])
    asks = not own.text or asks_to_mark(own.text)
    return over if over.text and asks and not _STATEMENT_HEADS.search(over.text) else own
