"""A row without heads: a label with its value, several of them side by side, one label over several answers, boxes spread over cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from docproc.extract import FormField, Option
from docproc.model import Span
from extractors.forms.boxes import BEGINS_BOX, boxes, choices
from extractors.forms.cells import NUMBER, boxed, is_period, reads_like_label
from extractors.forms.labelled_cells import are_labelled, fields_of_cells
from extractors.forms.lettered import lettered, may_be_lettered
from extractors.forms.lone_ticks import lone_tick
from extractors.forms.option_words import names_option
from extractors.forms.pieces import KEPT, Label, Piece, label_of, label_parts, value_of
from extractors.words.lexicon import alternatives, vocabulary, words

_UNIT_FREE = re.compile(alternatives(words("fields", "unit_free")))
_MONEY = frozenset(words("fields", "money_units"))
_LAST_BRACKET = re.compile(r"[（(][^（()）]*[）)]$")
_PARTNERS: Mapping[str, list[str]] = vocabulary("fields")["partners"]
_OPTIONS = frozenset(words("fields", "options"))
LONGEST_OPTION_CELL = 24


def plain_pair(cells: Sequence[Piece], group: str, unit: str, heading: str) -> FormField | None:
    """The field of a label and a plain answer, as most rows of a form are; None where it takes a closer look."""
    own, value = cells
    if are_labelled(cells):
        return None
    plain = _plain_answer(value.text) if _is_plain_label(own.text) else None
    if plain is None:
        return None
    label, own_unit, required = label_parts(own.text)
    return FormField(label, plain, own.span, value.span, (), group, unit_of(label, own_unit, unit), "", heading, required)


@lru_cache(maxsize=KEPT)
def _is_plain_label(text: str) -> bool:
    """Whether a cell is no running text and holds no box."""
    return not (len(text) > LONGEST_OPTION_CELL and text.endswith("。")) and not BEGINS_BOX.search(text)


def pair_row(text: str, cells: Sequence[Piece], group: str, unit: str, heading: str) -> Iterator[FormField]:
    """label, value, label, value …; cells with boxes after a label are its value together."""
    if are_labelled(cells):
        yield from fields_of_cells(text, cells, group, heading)
        return
    if len(cells) > 2 and cells[0].text and all(NUMBER.fullmatch(cell.text) for cell in cells[1:]):
        label = label_of(cells[0])  # figures without heads: 营业收入 71,028.97 73,499.20
        for cell in cells[1:]:
            yield field_of_cell(text, label, cell, group=group, unit=unit_of(label.text, label.unit, unit), heading=heading)
        return
    if len(cells) == 3 and cells[0].text and cells[1].text in _PARTNERS.get(cells[2].text, ()):
        label = label_of(cells[0])  # 近三年安全事故 | 有 | 无: what may be chosen, and nothing marked
        either = tuple(Option(cell.text, False, cell.span) for cell in cells[1:])
        yield FormField(label.text, "", label.span, Span(cells[1].start, cells[2].end), either, group, "", "", heading, label.required)
        return
    if _answers_alone(cells):
        label = label_of(cells[0])  # a row without heads: 综合得分 2.31 二级
        for cell in cells[1:]:
            yield field_of_cell(text, label, cell, group=group, unit=unit_of(label.text, label.unit, unit), heading=heading)
        return
    spread = _spread(cells) or _one_ticked(text, cells)
    if spread:
        label = label_of(cells[0])
        ticked = "、".join(option.text for option in spread if option.ticked)
        span = Span(cells[1].start, cells[-1].end)
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
        if boxed(label_cell):
            yield from _boxed_cell(text, label_cell, group, heading)
            place += 1
            continue
        last = place + 1
        while last + 1 < len(cells) and boxed(cells[last]) and boxed(cells[last + 1]) and len(cells[last + 1].text) <= 12:
            last += 1
        label = label_of(label_cell)
        if place + 1 >= len(cells):
            break
        value = cells[place + 1]
        if last > place + 1:
            value = Piece(text[value.start : cells[last].end], value.start, cells[last].end)
        yield field_of_cell(text, label, value, group=group, unit=unit_of(label.text, label.unit, unit), heading=heading)
        place = last + 1


def _answers_alone(cells: Sequence[Piece]) -> bool:
    """Whether a row is one label and several answers: no cell behind the first reads like a label, and they are no pairs."""
    if len(cells) % 2 == 0 or len(cells) < 3 or not all(cell.text for cell in cells) or boxed(cells[1]):
        return False
    if len(cells) == 3:
        return not reads_like_label(cells[1].text)
    return not any(boxed(cell) or (reads_like_label(cell.text) and not is_period(cell.text)) for cell in cells[1:])


def _spread(cells: Sequence[Piece]) -> tuple[Option, ...]:
    """The options of a row where words and boxes stand in cells of their own behind a label: 申报级别 | 基础级 | □ | 先进级 | ☑.

    A cell may be left blank where the words are ones that options carry and one of them is marked.
    """
    if len(cells) < 4 or not cells[0].text:
        return ()
    for words_, marks in ((cells[1::2], cells[2::2]), (cells[2::2], cells[1::2])):
        if not all(0 < len(cell.text) <= LONGEST_OPTION_CELL and not boxed(cell) for cell in words_):
            continue
        whole = len(words_) == len(marks) > 1 and all(_is_box(cell) for cell in marks)
        known = all(cell.text in _OPTIONS for cell in words_) and sum(bool(cell.text) for cell in marks) == 1
        if whole or (known and all(not cell.text or _is_box(cell) for cell in marks)):
            filled = (*marks, *([None] * (len(words_) - len(marks))))
            return tuple(
                Option(word.text, mark is not None and _is_ticked(mark), word.span) for word, mark in zip(words_, filled, strict=True)
            )
    return ()


def _one_ticked(text: str, cells: Sequence[Piece]) -> tuple[Option, ...]:
    """The options of a row whose cells hold one each, one of them with a tick and the others without a box: 申报级别 | 基础级 | √先进级."""
    if len(cells) < 3 or not cells[0].text or not all(names_option(cell.text) or boxed(cell) for cell in cells[1:]):
        return ()
    found = boxes(text, cells[1].start, cells[-1].end)
    alone = lone_tick(text, cells[1].start, cells[-1].end, found[0].span) if len(found) == 1 and found[0].ticked else None
    return alone[1] if alone is not None and not alone[0].text else ()


def _is_ticked(cell: Piece) -> bool:
    return any(box.ticked for box in boxes(cell.text, 0, len(cell.text)))


def _is_box(cell: Piece) -> bool:
    found = boxes(cell.text, 0, len(cell.text))
    return len(found) == 1 and found[0].span == (0, len(cell.text))


def _boxed_cell(text: str, cell: Piece, group: str, heading: str) -> Iterator[FormField]:
    for choice in choices(text, *cell.span):
        ticked = "、".join(option.text for option in choice.options if option.ticked)
        label = label_of(choice.prompt)
        yield FormField(label.text, ticked, label.span, choice.span, choice.options, group, label.unit, "", heading, label.required)


@lru_cache(maxsize=KEPT)
def unit_of(label: str, own: str, caption: str) -> str:
    """A row's own unit, else the caption's where the row can bear it: a head count has no 万元."""
    if not own and not caption:
        return ""
    if label.endswith(("）", ")")):  # 营业收入（2023年度）: when, not what
        label = _LAST_BRACKET.sub("", label)
    if own and not (own in _MONEY and _UNIT_FREE.search(label)):
        return own
    return caption if caption and not (caption in _MONEY and _UNIT_FREE.search(label)) else ""


@lru_cache(maxsize=KEPT)
def _plain_answer(text: str) -> str | None:
    """What a cell answers that holds plain words, as most do; None where there may be boxes or letters to choose by."""
    return None if BEGINS_BOX.search(text) or may_be_lettered(text) else value_of(text)


def field_of_cell(text: str, label: Label, value: Piece, *, group: str, unit: str, heading: str, column: str = "") -> FormField:
    plain = _plain_answer(value.text)
    if plain is not None:
        return FormField(label.text, plain, label.span, value.span, (), group, unit, column, heading, label.required)
    by_sign = lettered(text, *value.span)
    if by_sign is not None and not by_sign.prompt.text:  # of a choice that nobody made none is ticked
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
