"""Rows of a table become fields: pairs in a row, rows under heads, groups in a first column, boxes spread over cells.

A row is a row of heads when every cell reads like a label and the row below does not pair labels with values. Where the first
column holds years and the heads name figures, the two are exchanged: the label always says what, the column when.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from docproc.extract import FormField
from extractors.forms.cells import LONGEST_LABEL, NUMBER_HEADS, Row, boxed, holds_figure, is_period, only_cell, reads_like_label
from extractors.forms.heads import (
    AIM_ENDS,
    CODE_HEAD,
    MARK_OF_LABELS,
    heads_of_one,
    is_aim,
    is_heads,
    is_marks_of_columns,
    is_number_alone,
    is_numbered,
    is_party,
    is_record,
    states_over_rows,
    words_over_figures,
)
from extractors.forms.marks import marked_rows
from extractors.forms.option_words import is_option
from extractors.forms.pairs import field_of_cell, pair_row, plain_pair, unit_of
from extractors.forms.pieces import KEPT, Label, Piece, caption_unit, label_of, made, value_of
from extractors.forms.ticked_rows import ticked_rows
from extractors.words.lexicon import words

# a row over several years, or of counts, under heads that say of what: 近三年 | 0 | 1, 起数 | 0 | 1
_DIGIT = re.compile(r"\d")
_STRETCH = re.compile(
    r"(?:最?近|过去|前)(?:[一二三两四五]|\d)个?年(?:来|内|度)?(?:合计|累计|情况|数据)?|报告期内?|(?:发生)?(?:起数|次数|宗数|件数)"
)
_UNIT_HEADS = frozenset(words("fields", "unit_heads"))
_FIRM_HEAD = re.compile(r"(?:企业|单位|公司)(?:名称|全称)|申报(?:企业|单位|主体)(?:名称)?")
_KIND_HEAD = re.compile("(?:事故|事件|处罚|失信|信用)[一-龥]{0,3}(?:类别|类型|种类|名称)")
_HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands over a table: its heading, its caption and the unit that the caption gives."""

    heading: str = ""
    caption: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class _Heads:
    cells: tuple[Label, ...]
    unit: str  # of the first head, 指标（万元）, which speaks for the rows
    unit_column: int | None
    label_column: int
    side: bool  # whether a group's column stands before the heads
    kinds: str  # 事故类别 over 生产安全: what the rows are kinds of


def table_fields(text: str, rows: Sequence[Row], around: Surroundings) -> Iterator[FormField]:
    """The fields of one table. A row with one cell is the group of the rows below it."""
    return _Reader(text, rows, around).fields()


class _Reader:
    """Goes through the rows of one table and keeps what those above a row say about it."""

    def __init__(self, text: str, rows: Sequence[Row], around: Surroundings) -> None:
        self._text, self._rows, self._around = text, rows, around
        self._group, self._unit = around.caption, around.unit
        self._heads: _Heads | None = None
        self._side = ""  # group in a merged first column, printed once or on every row
        self._position = 0
        self._recorded = -1  # the row below the last heads and values that stood one above the other

    def fields(self) -> Iterator[FormField]:
        """The fields of all rows, in order."""
        text, rows, heading = self._text, self._rows, self._around.heading
        while self._position < len(rows):
            row = rows[self._position]
            if row[0].text == MARK_OF_LABELS and is_marks_of_columns(row):  # 甲 | 乙 | 1: how a statistical form numbers its columns
                self._heads = self._heads or _heads(row, False)
                self._position += 1
                continue
            chosen, used = ticked_rows(rows, self._position, self._group, heading)
            if chosen is not None:
                yield chosen
                self._heads, self._position = None, self._position + used
                continue
            if self._heads is None:
                if self._position + 2 == len(rows) and (heads := heads_of_one(row, rows[self._position + 1])) is not None:
                    yield from self._heads_over_answers(heads, rows[self._position + 1][len(row) - len(heads) :])
                    return
                if len(row) == 2 and is_number_alone(rows, self._position):  # 2 | 规上企业 |: what the row asks, and no answer
                    yield field_of_cell(
                        text, label_of(row[1]), made(("", row[1].end, row[1].end)), group=self._group, unit="", heading=heading
                    )
                    self._position += 1
                    continue
                pair = plain_pair(row, self._side or self._group, self._unit, heading) if _is_plain_pair(row) else None
                if pair is not None:
                    yield pair
                    self._position += 1
                    continue
            lone = only_cell(row)
            if lone is not None:
                yield from self._lone(row, lone.text)
                self._position += 1
                continue
            if self._heads is None and _is_plain_pair(row):
                yield from pair_row(text, row, self._side or self._group, self._unit, heading)
                self._position += 1
                continue
            marked, used = marked_rows(rows, self._position, self._group, heading)
            if marked:
                yield from marked
                self._heads, self._position = None, self._position + used
                continue
            yield from self._row(row)
            self._position += 1

    def _lone(self, row: Row, only: str) -> Iterator[FormField]:
        """A row with one cell filled: the group of the rows below, a label without its answer, or the rest of the row above."""
        if self._heads is not None and 1 < len(row) <= len(self._heads.cells) and not row[0].text:
            return  # the rest of a cell of the row above, on the next page: the heads still hold
        if len(row) > 1 and row[0].text and self._heads is None:
            yield from pair_row(self._text, row, self._group, self._unit, self._around.heading)
        elif len(only) <= LONGEST_LABEL:
            self._group, self._heads, self._side = only, None, ""
            self._unit = caption_unit(only) or self._around.unit

    def _row(self, row: Row) -> Iterator[FormField]:
        """A row of several cells: numbered, an entry under the heads beyond doubt, or what its place says."""
        text, heading, group = self._text, self._around.heading, self._side or self._group
        if self._heads is None and is_numbered(self._rows, self._position):
            yield from pair_row(text, row[1:], group, self._unit, heading)
        elif self._heads is not None and _is_entry(row, self._heads):
            yield from _ledger_row(text, row, self._heads, group, self._unit, heading)
        else:
            yield from self._by_place(row)

    def _by_place(self, row: Row) -> Iterator[FormField]:
        """A row that the rows around it tell: one firm's, heads over values, heads, a row under heads, or labels with their values."""
        text, rows, position, heading = self._text, self._rows, self._position, self._around.heading
        following = rows[position + 1] if position + 1 < len(rows) else None
        cut, name = _side_group(rows, position, self._heads)
        if name and name != self._side:
            self._side = name
            self._heads = self._heads if cut and self._heads and len(row) - cut == len(self._heads.cells) else None
        cells, group = row[cut:], self._side or self._group
        below = following[cut:] if following is not None and self._heads is None and position + 3 >= len(rows) else ()
        firm = _firm_column(cells, below, rows[position + 2 :]) if below and not states_over_rows(cells, below) else None
        if firm is not None:
            yield from _firm_row(text, cells, below, firm, group, self._unit, heading)
            self._heads, self._position = None, position + 1
        elif following is not None and is_record(cells, following, rows[position + 2 : position + 4], self._recorded == position):
            yield from self._heads_over_answers(cells, following)
            self._heads, self._position = None, position + 1
            self._recorded = position + 2
        elif is_heads(cells, _cells_below(following, cut, name)):
            self._heads = _heads(cells, bool(cut))
            if following is not None and position + 2 == len(rows):
                yield from _named_row(text, cells, following[cut:], self._heads, heading)
        elif self._heads is not None and _fits(cells, self._heads):
            yield from _ledger_row(text, cells, self._heads, group, self._unit, heading)
        else:
            self._heads = None
            yield from pair_row(text, cells, group, self._unit, heading)

    def _heads_over_answers(self, heads: Sequence[Piece], answers: Sequence[Piece]) -> Iterator[FormField]:
        """Each head with the answer below it."""
        for head, cell in zip(heads, answers, strict=True):
            yield _pair(self._text, head, cell, self._side or self._group, self._unit, self._around.heading)


def _is_plain_pair(cells: Sequence[Piece]) -> bool:
    """Whether a row is one label and one value beyond doubt, as most rows of a form are: the second cell is neither label nor option."""
    if len(cells) != 2 or not cells[0].text or not cells[1].text:
        return False
    return _is_plain_value(cells[1].text)


@lru_cache(maxsize=KEPT)
def _is_plain_value(value: str) -> bool:
    if reads_like_label(value) or is_option(value) or (value[-1] in AIM_ENDS and is_aim(value)):
        return False
    return CODE_HEAD.fullmatch(value) is None  # 指标 | 代码 over 营业收入 | 301


def _is_entry(cells: Sequence[Piece], heads: _Heads) -> bool:
    """Whether a row is an entry under the heads beyond doubt: as many cells, the last of them a figure."""
    if heads.side or len(cells) != len(heads.cells) or not holds_figure(cells[-1].text):
        return False
    return bool(cells[0].text) and cells[0].text not in NUMBER_HEADS


def _side_group(rows: Sequence[Row], position: int, heads: _Heads | None) -> tuple[int, str]:
    """How many first cells are a merged column's group, and the group: repeated on each row, or one cell more than the next row."""
    cells = rows[position]
    first = cells[0].text
    if len(cells) < 3 or not first or _DIGIT.search(first) or boxed(cells[0]):
        return (1, "") if not first and len(cells) >= 3 and not is_period(cells[1].text) else (0, "")
    near = [rows[other] for other in (position - 1, position + 1) if 0 <= other < len(rows)]
    if any(len(other) >= 3 and other[0].text == first for other in near) and not (
        heads and not heads.side and len(cells) == len(heads.cells)
    ):
        return 1, first
    if heads is not None and _fits(cells, heads):
        return 0, ""
    plain = len(cells) % 2 == 1 and reads_like_label(cells[1].text) and not is_period(cells[1].text)
    below = rows[position + 1] if position + 1 < len(rows) else ()
    if plain and not reads_like_label(cells[2].text) and not boxed(cells[1]):
        is_head = words_over_figures(cells, below) or states_over_rows(cells, below)  # 项目 | 本公司 | 集团合并
        return (0, "") if is_head else (1, first)
    if len(below) == len(cells) - 1 and any(is_period(cell.text) for cell in cells[2:]) and not is_period(cells[1].text):
        return 1, first
    return 0, ""


def _cells_below(row: Row | None, cut: int, name: str) -> tuple[Piece, ...]:
    if row is None:
        return ()
    return row[cut:] if cut and row[0].text in ("", name) else row


def _named_row(text: str, cells: Sequence[Piece], below: Sequence[Piece], heads: _Heads, heading: str) -> Iterator[FormField]:
    """The name of the one firm of a table with one row whose other heads say when: 企业名称 is asked and answered there."""
    place = heads.label_column
    if len(cells) == len(below) and _FIRM_HEAD.fullmatch(cells[place].text):
        yield _pair(text, cells[place], below[place], "", "", heading)


def _firm_column(cells: Sequence[Piece], below: Sequence[Piece], rest: Sequence[Row]) -> int | None:
    """The column of the firm's name, where heads stand over the one row of one firm; None in every other table, and in lists of firms."""
    if len(cells) != len(below) or (rest and len(rest[0]) > 1):
        return None
    place = next((place for place, cell in enumerate(cells) if _FIRM_HEAD.fullmatch(cell.text)), None)
    if place is None or not _HAN.search(below[place].text) or reads_like_label(below[place].text):
        return None
    heads = [cell.text for cell in cells if cell.text]
    if len(heads) < 2 or any(is_period(head) for head in heads) or sum(not reads_like_label(head) for head in heads) > (len(heads) > 2):
        return None
    return place


def _firm_row(
    text: str, cells: Sequence[Piece], below: Sequence[Piece], name: int, group: str, unit: str, heading: str
) -> Iterator[FormField]:
    """The one firm of a table with one row: each head is asked and answered there. The caption over it is not about whose name it is."""
    for place, (head, cell) in enumerate(zip(cells, below, strict=True)):
        if head.text and not (place == 0 and head.text in NUMBER_HEADS):
            yield _pair(text, head, cell, "" if place == name else group, unit, heading)


def _pair(text: str, head: Piece, cell: Piece, group: str, unit: str, heading: str) -> FormField:
    label = label_of(head)
    return field_of_cell(text, label, cell, group=group, unit=unit_of(label.text, label.unit, unit), heading=heading)


def _heads(cells: Sequence[Piece], side: bool) -> _Heads:
    labels = tuple(label_of(cell) for cell in cells)
    unit_column = next((place for place, label in enumerate(labels) if label.text in _UNIT_HEADS and place), None)
    first = 1 if labels[0].text in NUMBER_HEADS and len(labels) > 2 else 0
    kinds = labels[first].text if _KIND_HEAD.fullmatch(labels[first].text) else ""
    return _Heads(labels, labels[first].unit, unit_column, first, side, kinds)


def _fits(cells: Sequence[Piece], heads: _Heads) -> bool:
    return len(cells) == len(heads.cells) or (len(cells) == len(heads.cells) - 1 and len(cells) > 2)


def _ledger_row(text: str, cells: Sequence[Piece], heads: _Heads, group: str, caption: str, heading: str) -> Iterator[FormField]:
    shift = len(heads.cells) - len(cells) if heads.unit_column is None else 0
    label_column = max(0, heads.label_column - shift)
    label = label_of(cells[label_column])
    own = value_of(cells[heads.unit_column].text) if heads.unit_column is not None and heads.unit_column < len(cells) else ""
    if not label.text and label_column:
        label = label_of(cells[0])
    group = group or heads.kinds
    when, ours = _says_when(label.text), is_party(label.text, own=True)
    for place in range(label_column + 1, len(cells)):
        cell, head = cells[place], heads.cells[min(place + shift, len(heads.cells) - 1)]
        if place == heads.unit_column or (not head.text and not cell.text):
            continue
        if ours and head.text and not is_period(head.text):  # the applicant's own row: each head is asked and answered there
            yield field_of_cell(text, head, cell, group=group, unit=unit_of(head.text, head.unit, heads.unit or caption), heading=heading)
        if when and not is_period(head.text):  # a row of a year under heads of figures, read as figure and year
            unit = head.unit or unit_of(head.text, "", heads.unit or caption)
            asked = Label(head.text, head.span, head.unit, label.required)
            yield field_of_cell(text, asked, cell, group=group, unit=unit, column=label.text, heading=heading)
            continue
        counted = "" if is_period(head.text) else head.text  # of 2023年度 no figure counts the 度
        spoken = unit_of(counted, own or label.unit or head.unit or heads.unit, "") or unit_of(label.text, "", caption)
        yield field_of_cell(text, label, cell, group=group, unit=spoken, column=head.text, heading=heading)


@lru_cache(maxsize=KEPT)
def _says_when(label: str) -> bool:
    """Whether a row's label is a year or a stretch of years, or counts."""
    return is_period(label) or _STRETCH.fullmatch(label) is not None
