"""Rows of a table become fields: pairs in a row, rows under heads, groups in a first column, boxes spread over cells.

A row is a row of heads when every cell reads like a label and the row below does not pair labels with values. Where the first
column holds years and the heads name figures, the two are exchanged: the label always says what, the column when.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from docproc.extract import FormField, Option
from docproc.model import Span
from extractors.anchors import compiled
from extractors.forms.boxes import BEGINS_BOX, boxes, choices
from extractors.forms.lettered import lettered, may_be_lettered
from extractors.forms.marks import marked_rows
from extractors.forms.pieces import KEPT, Label, Piece, caption_unit, label_of, value_of
from extractors.lexicon import alternatives, words

_LABEL_END = re.compile(rf"(?:{alternatives(words('fields', 'label_endings'))})$")
PERIOD = compiled(
    rf"(?:(?:19|20)\d\d年?(?:度)?[—–~～至到-]+(?:19|20)?\d\d年度?|(?:19|20)\d\d年?(?:度|末|底|全年|实际|实绩)?(?:\d{{1,2}}月(?:\d{{1,2}}日|末)?)?|[一二][〇○零一二三四五六七八九]{{3}}年度?末?|民国\d+年度?"
    rf"|{alternatives(words('fields', 'period_heads'))}|(?:前|上|本|去|今)年度?(?:末|实际)?)(?:[（(][^（()）]*[）)])?"
)
# a row over several years, or of counts, under heads that say of what: 近三年 | 0 | 1, 起数 | 0 | 1
_STRETCH = re.compile(
    r"(?:最?近|过去|前)(?:[一二三两四五]|\d)个?年(?:来|内|度)?(?:合计|累计|情况|数据)?|报告期内?|(?:发生)?(?:起数|次数|宗数|件数)"
)
_INDEX = frozenset(words("fields", "index_heads"))
_UNIT_HEADS = frozenset(words("fields", "unit_heads"))
_NUMBER_HEADS = frozenset(words("fields", "number_heads"))
_SERIAL = re.compile(r"[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[）)]?[.、．]?|[①-⑳]")
_COUNTED = re.compile(r"[（(]?(\d{1,2})[）)]?[.、．]?")
_UNIT_FREE = re.compile(alternatives(words("fields", "unit_free")))
_MONEY = frozenset(words("fields", "money_units"))
NUMBER = re.compile(r"[-－+↑↓]?[\d,，.]+(?:[%％]|元|万元|亿元|人)?")
_OWN_HEAD = re.compile("[\u4e00-\u9fff]{2,6}")
_DAY_LABEL = re.compile(r".(?:日期|时间|日)$")
_DATED = re.compile(r"\d[月日]")
FIGURE = re.compile(rf"(?:{NUMBER.pattern}|[一二三四五1-5Ⅰ-Ⅴ]级)分?")
_NAMES_ROWS = re.compile(r"日期|时间|名称|单位|企业|公司|姓名|科目")
_FIRM_HEAD = re.compile(r"(?:企业|单位|公司)(?:名称|全称)|申报(?:企业|单位|主体)(?:名称)?")
_LAST_BRACKET = re.compile(r"[（(][^（()）]*[）)]$")
_FIRM = re.compile(r"有限(?:责任)?公司$")
_OPTIONS = frozenset(words("fields", "options"))
LONGEST_LABEL = 60
LONGEST_OPTION_CELL = 24
LONGEST_HEAD = 8


@dataclass(frozen=True, slots=True)
class Row:
    """One row's cells in order; an empty cell is kept, so that columns agree."""

    cells: tuple[Piece, ...]

    @property
    def only(self) -> Piece | None:
        """The one cell that is filled, where there is just one."""
        filled = [cell for cell in self.cells if cell.text]
        return filled[0] if len(filled) == 1 else None


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


@lru_cache(maxsize=KEPT)
def is_period(text: str) -> bool:
    """Whether a head says when: 2023年, 2023年度, 期末余额."""
    return bool(PERIOD.fullmatch(text.strip()))


@lru_cache(maxsize=KEPT)
def reads_like_label(text: str) -> bool:
    """Whether a cell's words end as labels and heads do, and hold neither digits (beside years) nor boxes nor sentences."""
    bare = _LAST_BRACKET.sub("", text.strip().rstrip("：:*＊")).strip()
    if not bare or len(bare) > LONGEST_LABEL or re.search(r"[。；！？☑☐□■√]", bare) or _FIRM.search(bare):
        return False
    if is_period(text) or bare in _INDEX or bare in _NUMBER_HEADS:
        return True
    if "是否" in bare:
        return not re.search(r"\d{3}", bare)
    return (
        len(bare) <= 30
        and not re.search(r"\d", re.sub(r"(?:19|20)\d\d年度?|近\d年|GB/T|ISO\d*|\d{1,2}(?=[.、])", "", bare))
        and bool(_LABEL_END.search(bare))
    )


def table_fields(text: str, rows: Sequence[Row], around: Surroundings) -> Iterator[FormField]:
    """The fields of one table. A row with one cell is the group of the rows below it."""
    group, unit, heads = around.caption, around.unit, None
    side = ""  # group in a merged first column, printed once or on every row
    cells_of = [row.cells for row in rows]
    position, recorded = 0, -1  # `recorded`: the row below the last heads and values that stood one above the other
    while position < len(rows):
        row = rows[position]
        lone = row.only
        if lone is not None:
            only = lone.text
            if heads is not None and 1 < len(row.cells) <= len(heads.cells) and not row.cells[0].text:
                position += 1  # the rest of a cell of the row above, on the next page: the heads still hold
                continue
            if len(row.cells) > 1 and row.cells[0].text and heads is None:
                yield from _pair_row(text, row.cells, group, unit, around.heading)
            elif len(only) <= LONGEST_LABEL:
                group, heads, side = only, None, ""
                unit = caption_unit(only) or around.unit
            position += 1
            continue
        following = rows[position + 1] if position + 1 < len(rows) else None
        marked, used = marked_rows(cells_of, position, group, around.heading)
        if marked:
            yield from marked
            heads, position = None, position + used
            continue
        if heads is None and _is_numbered(rows, position):
            yield from _pair_row(text, row.cells[1:], side or group, unit, around.heading)
            position += 1
            continue
        cut, name = _side_group(rows, position, heads)
        if name and name != side:
            side, heads = name, heads if cut and heads and len(row.cells) - cut == len(heads.cells) else None
        cells = row.cells[cut:]
        if following is not None and _is_record(cells, following.cells, rows[position + 2 :], recorded == position):
            for head, cell in zip(cells, following.cells, strict=True):
                yield _pair(text, head, cell, side or group, unit, around.heading)
            heads, position = None, position + 1
            recorded = position + 1
        elif _is_heads(cells, _cells_below(following, cut, name)):
            heads = _heads(cells, bool(cut))
            if following is not None and position + 2 == len(rows):
                yield from _named_row(text, cells, following.cells[cut:], heads, around.heading)
        elif heads is not None and _fits(cells, heads):
            yield from _ledger_row(text, cells, heads, side or group, unit, around.heading)
        else:
            heads = None
            yield from _pair_row(text, cells, side or group, unit, around.heading)
        position += 1


def _side_group(rows: Sequence[Row], position: int, heads: _Heads | None) -> tuple[int, str]:
    """How many first cells are a merged column's group, and the group: repeated on each row, or one cell more than the next row."""
    cells = rows[position].cells
    first = cells[0].text
    if len(cells) < 3 or boxes(first, 0, len(first)) or not first or re.search(r"\d", first):
        return (1, "") if not first and len(cells) >= 3 and not is_period(cells[1].text) else (0, "")
    near = [rows[other].cells for other in (position - 1, position + 1) if 0 <= other < len(rows)]
    if any(len(other) >= 3 and other[0].text == first for other in near) and not (
        heads and not heads.side and len(cells) == len(heads.cells)
    ):
        return 1, first
    if heads is not None and _fits(cells, heads):
        return 0, ""
    plain = len(cells) % 2 == 1 and reads_like_label(cells[1].text) and not is_period(cells[1].text)
    if plain and not reads_like_label(cells[2].text) and not boxes(cells[1].text, 0, len(cells[1].text)):
        return 1, first
    below = rows[position + 1].cells if position + 1 < len(rows) else ()
    if len(below) == len(cells) - 1 and any(is_period(cell.text) for cell in cells[2:]) and not is_period(cells[1].text):
        return 1, first
    return 0, ""


def _cells_below(row: Row | None, cut: int, name: str) -> tuple[Piece, ...]:
    if row is None:
        return ()
    return row.cells[cut:] if cut and row.cells[0].text in ("", name) else row.cells


def _is_heads(cells: Sequence[Piece], below: Sequence[Piece]) -> bool:
    filled = [cell.text for cell in cells if cell.text]
    if len(cells) > 2 and cells[0].text in _NUMBER_HEADS and len(below) == len(cells) and _SERIAL.fullmatch(below[0].text):
        return not any(_boxed(cell) for cell in cells)
    if _words_over_figures(cells, below):
        return True
    own = [text for text in filled if not reads_like_label(text)]
    if len(own) == 1 and len(filled) == len(cells) == len(below) > 2 and filled[0] in _INDEX and _OWN_HEAD.fullmatch(own[0]):
        own = [] if reads_like_label(below[0].text) else own  # 条件 | 要求 | 实际: one head of the office's own words
    if len(filled) < 2 or own:
        return False
    periods = sum(is_period(text) for text in filled)
    if len(cells) == 2 and periods == 1 and _DAY_LABEL.search(filled[0]) and _DATED.search(filled[1]):
        return False  # 评估时间 | 2025年3月8日 over 总体得分 | 2.37: a pair
    if periods and periods >= len(filled) - 3 and not is_period(cells[0].text):
        return periods > 1 or (bool(below) and len(below) == len(cells) and bool(NUMBER.fullmatch(below[-1].text)))
    if not below or abs(len(below) - len(cells)) > 1:
        return False
    if len(cells) == 2:
        return filled[0] in _INDEX and (is_period(below[0].text) or not reads_like_label(below[0].text))
    pairs = len(below) % 2 == 0 and all(reads_like_label(cell.text) for cell in below[::2])
    return not pairs or filled[0] in _NUMBER_HEADS


def _words_over_figures(cells: Sequence[Piece], below: Sequence[Piece]) -> bool:
    """能力要素 | 人员 | 技术 | 总分 over 得分 | 2.10 | 2.35 | 2.29: heads that are no labels by their ending."""
    if len(cells) < 3 or len(below) != len(cells) or not reads_like_label(below[0].text) or not reads_like_label(cells[0].text):
        return False
    if not all(FIGURE.fullmatch(cell.text) for cell in below[1:]):
        return False
    return all(_plain_head(cell) for cell in cells[1:])


def _plain_head(cell: Piece) -> bool:
    return 0 < len(cell.text) <= LONGEST_HEAD and not re.search(r"\d", cell.text) and not _boxed(cell) and not FIGURE.fullmatch(cell.text)


def _is_numbered(rows: Sequence[Row], position: int) -> bool:
    """Whether a row of label and value begins with its number, as the row above or below does with the next: 3 | 成立时间 | 2012-08-30."""
    cells = rows[position].cells
    own = _COUNTED.fullmatch(cells[0].text)
    if own is None or len(cells) < 3 or not reads_like_label(cells[1].text) or is_period(cells[1].text):
        return False
    near = [_COUNTED.fullmatch(rows[other].cells[0].text) for other in (position - 1, position + 1) if 0 <= other < len(rows)]
    return any(found is not None and abs(int(found[1]) - int(own[1])) == 1 for found in near)


def _is_record(cells: Sequence[Piece], below: Sequence[Piece], rest: Sequence[Row], again: bool = False) -> bool:
    """Heads over one row of values, each the answer to its head: 现有级别 | 申报级别 over 先进级 | 卓越级.

    Lists and ledgers, whose first head numbers, names or dates their rows, are none, unless heads follow again or have stood above
    (`again`): a form whose every second row is one of labels.
    """
    if len(cells) < 2 or len(cells) != len(below) or not all(cell.text for cell in below):
        return False
    if rest and len(rest[0].cells) == len(cells) and not reads_like_label(rest[0].cells[0].text):
        return False
    if not all(reads_like_label(cell.text) and not is_period(cell.text) for cell in cells):
        return False
    first = label_of(cells[0]).text
    again = again or (len(rest) > 1 and len(rest[0].cells) > 1 and all(_only_label(cell) for cell in rest[0].cells))
    if first in _NUMBER_HEADS or (not again and (first in _INDEX or _NAMES_ROWS.search(first))) or any(map(_boxed, below)):
        return False
    alike = sum(_only_label(cell) for cell in below)  # 中型企业 reads like a label
    return not alike or (again and 2 * alike < len(below))


def _only_label(cell: Piece) -> bool:
    return bool(cell.text) and reads_like_label(cell.text) and not is_period(cell.text) and not _boxed(cell)


def _named_row(text: str, cells: Sequence[Piece], below: Sequence[Piece], heads: _Heads, heading: str) -> Iterator[FormField]:
    """The name of the one firm of a table with one row: 企业名称 is asked and answered there."""
    place = heads.label_column
    if len(cells) == len(below) and _FIRM_HEAD.fullmatch(cells[place].text):
        yield _pair(text, cells[place], below[place], "", "", heading)


def _pair(text: str, head: Piece, cell: Piece, group: str, unit: str, heading: str) -> FormField:
    label = label_of(head)
    return _field(text, label, cell, group=group, unit=_unit(label.text, label.unit, unit), heading=heading)


def _heads(cells: Sequence[Piece], side: bool) -> _Heads:
    labels = tuple(label_of(cell) for cell in cells)
    unit_column = next((place for place, label in enumerate(labels) if label.text in _UNIT_HEADS and place), None)
    first = 1 if labels[0].text in _NUMBER_HEADS and len(labels) > 2 else 0
    return _Heads(labels, labels[first].unit, unit_column, first, side)


def _fits(cells: Sequence[Piece], heads: _Heads) -> bool:
    return len(cells) == len(heads.cells) or (len(cells) == len(heads.cells) - 1 and len(cells) > 2)


def _ledger_row(text: str, cells: Sequence[Piece], heads: _Heads, group: str, caption: str, heading: str) -> Iterator[FormField]:
    shift = len(heads.cells) - len(cells) if heads.unit_column is None else 0
    label_column = max(0, heads.label_column - shift)
    label = label_of(cells[label_column])
    own = value_of(cells[heads.unit_column].text) if heads.unit_column is not None and heads.unit_column < len(cells) else ""
    if not label.text and label_column:
        label = label_of(cells[0])
    when = _says_when(label.text)
    for place in range(label_column + 1, len(cells)):
        cell, head = cells[place], heads.cells[min(place + shift, len(heads.cells) - 1)]
        if place == heads.unit_column or (not head.text and not cell.text):
            continue
        if when and not is_period(head.text):  # a row of a year under heads of figures, read as figure and year
            unit = head.unit or _unit(head.text, "", heads.unit or caption)
            asked = head._replace(required=label.required)
            yield _field(text, asked, cell, group=group, unit=unit, column=label.text, heading=heading)
            continue
        spoken = _unit(head.text, own or label.unit or head.unit or heads.unit, "") or _unit(label.text, "", caption)
        yield _field(text, label, cell, group=group, unit=spoken, column=head.text, heading=heading)


@lru_cache(maxsize=KEPT)
def _says_when(label: str) -> bool:
    """Whether a row's label is a year or a stretch of years, or counts."""
    return is_period(label) or _STRETCH.fullmatch(label) is not None


def _pair_row(text: str, cells: Sequence[Piece], group: str, unit: str, heading: str) -> Iterator[FormField]:
    """label, value, label, value …; cells with boxes after a label are its value together."""
    if len(cells) > 2 and cells[0].text and all(NUMBER.fullmatch(cell.text) for cell in cells[1:]):
        label = label_of(cells[0])  # figures without heads: 营业收入 71,028.97 73,499.20
        for cell in cells[1:]:
            yield _field(text, label, cell, group=group, unit=_unit(label.text, label.unit, unit), heading=heading)
        return
    if _answers_alone(cells):
        label = label_of(cells[0])  # a row without heads: 综合得分 2.31 二级
        for cell in cells[1:]:
            yield _field(text, label, cell, group=group, unit=_unit(label.text, label.unit, unit), heading=heading)
        return
    spread = _spread(cells)
    if spread:
        label = label_of(cells[0])
        ticked = "、".join(option.text for option in spread if option.ticked)
        span = Span(cells[1].span.start, cells[-1].span.end)
        yield FormField(label.text, ticked, label.span, span, spread, group, label.unit, "", heading, label.required)
        return
    place = 0
    while place < len(cells):
        label_cell = cells[place]
        if not label_cell.text:
            place += 1
            continue
        if len(label_cell.text) > LONGEST_OPTION_CELL and label_cell.text.endswith("。"):
            place += 1  # running text is nobody's label
            continue
        if boxes(label_cell.text, 0, len(label_cell.text)):
            yield from _boxed_cell(text, label_cell, group, heading)
            place += 1
            continue
        last = place + 1
        while last + 1 < len(cells) and _boxed(cells[last]) and _boxed(cells[last + 1]) and len(cells[last + 1].text) <= 12:
            last += 1
        label = label_of(label_cell)
        if place + 1 >= len(cells):
            break
        value = Piece(text[cells[place + 1].span.start : cells[last].span.end], Span(cells[place + 1].span.start, cells[last].span.end))
        yield _field(text, label, value, group=group, unit=_unit(label.text, label.unit, unit), heading=heading)
        place = last + 1


def _answers_alone(cells: Sequence[Piece]) -> bool:
    """Whether a row is one label and several answers: no cell behind the first reads like a label, and they are no pairs."""
    if len(cells) % 2 == 0 or len(cells) < 3 or not all(cell.text for cell in cells) or _boxed(cells[1]):
        return False
    if len(cells) == 3:
        return not reads_like_label(cells[1].text)
    return not any(_boxed(cell) or (reads_like_label(cell.text) and not is_period(cell.text)) for cell in cells[1:])


def _spread(cells: Sequence[Piece]) -> tuple[Option, ...]:
    """The options of a row where words and boxes stand in cells of their own behind a label: 申报级别 | 基础级 | □ | 先进级 | ☑.

    A cell may be left blank where the words are ones that options carry and one of them is marked.
    """
    if len(cells) < 4 or not cells[0].text:
        return ()
    for words_, marks in ((cells[1::2], cells[2::2]), (cells[2::2], cells[1::2])):
        if not all(0 < len(cell.text) <= LONGEST_OPTION_CELL and not _boxed(cell) for cell in words_):
            continue
        whole = len(words_) == len(marks) > 1 and all(_is_box(cell) for cell in marks)
        known = all(cell.text in _OPTIONS for cell in words_) and sum(bool(cell.text) for cell in marks) == 1
        if whole or (known and all(not cell.text or _is_box(cell) for cell in marks)):
            filled = (*marks, *([None] * (len(words_) - len(marks))))
            return tuple(
                Option(word.text, mark is not None and _is_ticked(mark), word.span) for word, mark in zip(words_, filled, strict=True)
            )
    return ()


def _is_ticked(cell: Piece) -> bool:
    return any(box.ticked for box in boxes(cell.text, 0, len(cell.text)))


def _is_box(cell: Piece) -> bool:
    found = boxes(cell.text, 0, len(cell.text))
    return len(found) == 1 and found[0].span == (0, len(cell.text))


def _boxed(cell: Piece) -> bool:
    return bool(boxes(cell.text, 0, len(cell.text)))


def _boxed_cell(text: str, cell: Piece, group: str, heading: str) -> Iterator[FormField]:
    for choice in choices(text, *cell.span):
        ticked = "、".join(option.text for option in choice.options if option.ticked)
        label = label_of(choice.prompt)
        yield FormField(label.text, ticked, label.span, choice.span, choice.options, group, label.unit, "", heading, label.required)


def _unit(label: str, own: str, caption: str) -> str:
    """A row's own unit, else the caption's where the row can bear it: a head count has no 万元."""
    if not own and not caption:
        return ""
    if label.endswith(("）", ")")):  # 营业收入（2023年度）: when, not what
        label = _LAST_BRACKET.sub("", label)
    if own and not (own in _MONEY and _UNIT_FREE.search(label)):
        return own
    return caption if caption and not (caption in _MONEY and _UNIT_FREE.search(label)) else ""


def _field(text: str, label: Label, value: Piece, *, group: str, unit: str, heading: str, column: str = "") -> FormField:
    if not BEGINS_BOX.search(value.text) and not may_be_lettered(value.text):  # most cells hold plain words
        return FormField(label.text, value_of(value.text), label.span, value.span, (), group, unit, column, heading, label.required)
    by_sign = lettered(text, *value.span)
    if by_sign is not None and not by_sign.prompt.text and any(option.ticked for option in by_sign.options):
        chosen = "、".join(option.text for option in by_sign.options if option.ticked)
        return FormField(label.text, chosen, label.span, value.span, by_sign.options, group, unit, column, heading, label.required)
    found = list(choices(text, *value.span))
    if len(found) == 1 and not found[0].prompt.text.rstrip("（("):
        options = found[0].options
        ticked = "、".join(option.text for option in options if option.ticked)
        return FormField(label.text, ticked, label.span, value.span, options, group, unit, column, heading, label.required)
    options = found[0].options if found else ()
    answer = value_of(found[0].prompt.text.rstrip("（(")) if found else value_of(value.text)
    return FormField(label.text, answer, label.span, value.span, options, group, unit, column, heading, label.required)
