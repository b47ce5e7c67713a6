"""The fields of a form: labels with their values, in tables, on lines, as boxes. Leaves them on `doc._.fields`, in the order of the text.

What a field means is for the families to say. A table is a run of lines with tabs; one line without a tab inside it is the group
of the rows below. The line over a table, where it is short, is its caption; headings are numbered or known lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from docproc.extract import FormField
from docproc.model import Span
from extractors.components import adds_fields
from extractors.forms.answered import answered_inside, may_be_answered_inside
from extractors.forms.answers import settled
from extractors.forms.apart import fields_apart, may_stand_apart
from extractors.forms.below import may_answer, may_ask_below, value_below
from extractors.forms.boxes import BEGINS_BOX, boxes
from extractors.forms.cells import Row
from extractors.forms.corrected import corrected_entries
from extractors.forms.inquiries import inquiries
from extractors.forms.keyed import keyed_fields
from extractors.forms.lettered import lettered_lines
from extractors.forms.lines import Line, line_fields, may_hold_field, may_judge, verdict_below
from extractors.forms.mark_requests import may_request_mark, requested_marks
from extractors.forms.one_a_line import one_a_line
from extractors.forms.pieces import BLANKS, KEPT, Piece, caption_unit, label_of, made, piece, value_of
from extractors.forms.piped import piped_rows
from extractors.forms.questions import may_ask, question_field, questions_of_line
from extractors.forms.sentences import SENTENCE_ENDS, is_sentence
from extractors.forms.separated import separated_rows
from extractors.forms.spaced import spaced_rows
from extractors.forms.stacked import stacked_line, stacked_options
from extractors.forms.struck import without_struck
from extractors.forms.tables import Surroundings, table_fields
from extractors.forms.ticked_letters import may_be_option, ticked_letters
from extractors.forms.under_units import under_unit
from extractors.forms.yearly import yearly_fields
from extractors.lines.enumerators import label_number_at
from extractors.words.anchors import compiled
from extractors.words.lexicon import alternatives, tree_of, words

if TYPE_CHECKING:
    from spacy.tokens import Doc

_NUMBERED = re.compile(
    r"第[一二三四五六七八九十\d]{1,3}[章节部分篇]+|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}(?:[.．]\d{1,2}){0,3}[、．.\s]?(?=[\u4e00-\u9fff])|[◆◇★▲●■]\s*\S|附[件表录]\s*\d*|表\s*\d|【"
)
_LINE_END = re.compile(r"[\n\f\r]")
_KNOWN_HEADINGS = frozenset(words("fields", "headings"))
_KNOWN_LABEL = compiled(rf"[*＊]?(?:{tree_of(words('fields', 'known_labels'))})(?:[（(][^（()）]{{1,8}}[）)])?[：:]?")
_GROUP = re.compile(alternatives(words("fields", "group_words")))
_SENTENCE_MARK = re.compile(r"[。；，！？]")
_NO_HEADING = re.compile(r"[。；，,;]|[：:].")
_OBJECT_OPENS = ("<", "{", "[", "'", "“")
_STOPS = ("。", "；", "！")
LONGEST_HEADING = 40
LONGEST_PROMPT_LINE = 80
LONGEST_CAPTION = 30


class _Place(NamedTuple):
    """What the lines so far have said about where one is."""

    heading: str = ""
    caption: str = ""
    unit: str = ""


def match(doc: Doc) -> list[FormField]:
    """All fields of the Doc's text, by place."""
    found = [without_struck(doc.text, field) if field.options else field for field in form_fields(doc.text)]
    return [*found, *inquiries(found)] if found else found


component = adds_fields(match)


def form_fields(text: str) -> Iterator[FormField]:
    """The fields of a normalised text: cells by TAB, rows and paragraphs by LF."""
    lines = list(_lines(text))
    where = _Place()
    position = 0
    while position < len(lines):
        line = lines[position]
        keyed = keyed_fields(text, lines, position, where.heading) if '"' in line.text or line.text[:1] in _OBJECT_OPENS else None
        if keyed is not None:
            yield from map(settled, keyed[0])
            position = keyed[1]
            continue
        if is_sentence(line.text):
            below = lines[position + 1].text if position + 1 < len(lines) else ""
            if 0 < len(below) <= LONGEST_HEADING and (BEGINS_BOX.search(below) or may_judge(below)):
                judged = verdict_below(text, line, lines[position + 1], where.heading)
                if judged is not None:
                    yield settled(judged)
                    position += 2
                    continue
            if may_be_answered_inside(line.text):
                yield from answered_inside(text, line, where.heading)
            if where.caption or where.unit or len(line.text) <= LONGEST_HEADING:
                where = _after(where, line, False)
            position += 1
            continue
        table, next_position = _table(text, lines, position)
        if table:
            yield from map(settled, table_fields(text, table, Surroundings(where.heading, where.caption, where.unit)))
            where, position = _Place(where.heading), next_position
            continue
        if line.text:
            found, used = _fields_at(text, lines, position, where)
            yield from map(settled, found)
            yield from corrected_entries(text, line, where.heading)
            if may_be_answered_inside(line.text):
                yield from answered_inside(text, line, where.heading)
            where = _after(where, line, bool(found))
            position += used
        else:
            position += 1


def _judged_below(text: str, lines: list[Piece], position: int, where: _Place) -> FormField | None:
    """The boxes under a sentence, on a line of their own, that say whether it holds."""
    below = lines[position + 1].text if position + 1 < len(lines) else ""
    if not below or len(below) > LONGEST_HEADING or not (BEGINS_BOX.search(below) or may_judge(below)):
        return None
    return verdict_below(text, lines[position], lines[position + 1], where.heading)


def _fields_at(text: str, lines: list[Piece], position: int, where: _Place) -> tuple[list[FormField], int]:
    """The fields that begin on a line, and how many lines they take."""
    line, following = lines[position], lines[position + 1] if position + 1 < len(lines) else None
    read = _by_layout(text, lines, position, where)
    if read is not None:
        return read
    asks, holds = may_ask(line.text), may_hold_field(line.text)
    bare = _behind_number(text, line) if asks or holds else line
    if asks and (turns := questions_of_line(text, bare)):
        return [turn._replace(heading=where.heading) for turn in turns], 1
    asked = question_field(text, lines, position) if asks else None
    if asked is not None:
        return [asked[0]._replace(heading=where.heading)], asked[1]
    found: list[FormField] = []
    if holds:
        found += line_fields(text, Line(bare, where.heading, where.caption if _GROUP.search(where.caption) else ""))
    stands = line.text.endswith(SENTENCE_ENDS) or (following is not None and may_judge(following.text))
    if stands and not (found and found[0].options) and (judged := _judged_below(text, lines, position, where)) is not None:
        return [*found, judged], 2
    if not found and not _may_be_answered(lines, position):
        return found, 1
    return _answered_below(text, lines, position, where, found) or (found, 1)


def _by_layout(text: str, lines: list[Piece], position: int, where: _Place) -> tuple[list[FormField], int] | None:
    """The fields of lines whose layout tells them: options by letter, labels apart from their values, requests to mark."""
    line, following = lines[position], lines[position + 1] if position + 1 < len(lines) else None
    by_sign = lettered_lines(text, lines, position)
    if by_sign is not None:
        return [by_sign[0]._replace(heading=where.heading)], by_sign[1]
    if following is not None and may_be_option(following.text) and (by_tick := ticked_letters(lines, position)) is not None:
        return [by_tick[0]._replace(heading=where.heading)], by_tick[1]
    if following is not None and may_stand_apart(line.text) and may_stand_apart(following.text):
        apart = fields_apart(text, lines, position, where.heading)
        if apart is not None:
            return apart
    if may_request_mark(line.text) and (requested := list(requested_marks(text, line, where.heading))):
        return requested, 1
    return None


def _answered_below(
    text: str, lines: list[Piece], position: int, where: _Place, found: list[FormField]
) -> tuple[list[FormField], int] | None:
    """The fields of a line (`found` on itself) that the lines below it answer; None where they do not."""
    line, following = lines[position], lines[position + 1] if position + 1 < len(lines) else None
    stacked = _stacked(text, lines, position, found)
    if stacked is not None:
        return [*found[:-1], stacked[0]._replace(heading=where.heading)], stacked[1]
    yearly = yearly_fields(text, lines, position, found)
    if yearly is not None:
        return [field._replace(heading=where.heading) for field in yearly[0]], yearly[1]
    chosen_below = following is not None and BEGINS_BOX.search(following.text) is not None and bool(boxes(text, *following.span))
    told_below = value_below(text, lines, position, where.caption, where.heading) if not (found or chosen_below) else None
    if told_below is not None:
        return told_below
    if following is None or not following.text or "\t" in following.text:
        return None
    if len(found) == 1 and not found[0].value and not found[0].options and found[0].value_span.start == found[0].value_span.end:
        under = under_unit(lines, position, where.caption, where.heading)
        if under is not None:
            return under
        value = _value_below(text, following, where)
        if value is not None:
            return [found[0]._replace(value=value.value, value_span=value.value_span, options=value.options)], 2
    if found or len(line.text) > 70 or line.text.endswith(_STOPS) or _is_heading(line.text):
        return None
    return _of_known_label(text, line, following, where)


def _of_known_label(text: str, line: Piece, following: Piece, where: _Place) -> tuple[list[FormField], int] | None:
    """A label on a line of its own, known word for word or with boxes below it, and what the next line answers."""
    known = _KNOWN_LABEL.fullmatch(line.text) and not _KNOWN_LABEL.fullmatch(following.text) and len(following.text) <= 80
    if not known and not boxes(text, *following.span):
        return None
    label = label_of(line)
    below = list(line_fields(text, Line(following, where.heading, where.caption)))
    if below and below[0].options and not below[0].label and text[below[0].value_span.start] in text[following.start : following.start + 1]:
        return [below[0]._replace(label=label.text, label_span=label.span, required=label.required), *below[1:]], 2
    if below or not known:
        return None
    value = value_of(following.text)
    return [FormField(label.text, value, label.span, following.span, (), where.caption, label.unit, "", where.heading, label.required)], 2


def _behind_number(text: str, line: Piece) -> Piece:
    """An item's line without its number, which is no label: 3. □大型 ☑中型."""
    start = label_number_at(text, line.start, line.end)
    return line if start == line.start else Piece(text[start : line.end], start, line.end)


def _may_be_answered(lines: list[Piece], position: int) -> bool:
    """Whether what is written below a line may be the answer to it, the line itself being no field: a glance at both."""
    if position + 1 == len(lines):
        return False
    line, below = lines[position].text, lines[position + 1].text
    return not below or BEGINS_BOX.search(below) is not None or may_answer(below) or _takes_any_answer(line)


@lru_cache(maxsize=KEPT)
def _takes_any_answer(line: str) -> bool:
    """Whether a line is a label that any words below it may answer."""
    return may_ask_below(line) or _KNOWN_LABEL.fullmatch(line) is not None


def _stacked(text: str, lines: list[Piece], position: int, found: list[FormField]) -> tuple[FormField, int] | None:
    """A prompt whose boxes stand on the lines below it, and the lines it takes; boxes on its own line belong to the same group.

    The prompt is a line without a field, a label that its line leaves without an answer, or one whose first boxes stand beside it.
    """
    line = lines[position]
    own = found[-1] if found else None
    if len(line.text) > LONGEST_PROMPT_LINE or (own is None and line.text.endswith(_STOPS)):
        return None
    if own is not None and not own.options and (own.value or own.value_span.start != own.value_span.end):
        return None
    if not (own and own.options) and boxes(text, *line.span):
        return None
    first = position + 1
    while first < len(lines) - 1 and not lines[first].text and first < position + 3:
        first += 1
    stacked = stacked_options(text, lines, first) if first < len(lines) and lines[first].text else None
    if stacked is None:
        return None
    options, last = stacked
    if own is None and last - first < 2 and len(options) < 3:
        return None
    label = label_of(line)
    if own is not None and own.options:
        if not own.label or any(option.text == other.text for option in own.options for other in options):
            return None
        options = (*own.options, *options)
        if sum(option.ticked for option in options) > 1:
            return None  # two choices: the boxes below answer something else
    ticked = "、".join(option.text for option in options if option.ticked)
    span = Span(options[0].span.start, options[-1].span.end)
    if own is not None:
        return own._replace(value=ticked, value_span=span, options=options), last - position
    return FormField(label.text, ticked, label.span, span, options, unit=label.unit, required=label.required), last - position


def _value_below(text: str, following: Piece, where: _Place) -> FormField | None:
    """The value of a label that ends with its colon, on the next line: boxes or plain words, but no field of its own."""
    below = list(line_fields(text, Line(following, where.heading, where.caption)))
    if below and below[0].options and not below[0].label and len(below) == 1:
        return below[0]
    if below or _is_heading(following.text) or _KNOWN_LABEL.match(following.text) or boxes(text, *following.span):
        return None
    return FormField("", value_of(following.text), following.span, following.span)


def _after(where: _Place, line: Piece, has_fields: bool) -> _Place:
    """What a line without tabs adds to the place: a heading, a caption, a unit."""
    unit = caption_unit(line.text) if len(line.text) <= LONGEST_HEADING else ""
    if not line.text.endswith(SENTENCE_ENDS) and _is_heading(line.text) and (not has_fields or _NUMBERED.match(line.text) is None):
        return _Place(*_words_of_heading(line.text), unit)
    if unit:
        return _Place(where.heading, where.caption if has_fields else line.text, unit)
    if not has_fields and len(line.text) <= LONGEST_CAPTION and not _SENTENCE_MARK.search(line.text):
        return _Place(where.heading, line.text.strip("：: "), unit)
    return where if has_fields or not (where.caption or where.unit) else _Place(where.heading)


@lru_cache(maxsize=KEPT)
def _words_of_heading(line: str) -> tuple[str, str]:
    """What a heading says without its number, and with it."""
    return line[label_number_at(line, 0, len(line)) :].strip("：: "), line.strip("：: ")


@lru_cache(maxsize=KEPT)  # asked of a line for itself, for the one above it and for the one below
def _is_heading(line: str) -> bool:
    if line.strip("：: ") in _KNOWN_HEADINGS:
        return True
    return len(line) <= LONGEST_HEADING and bool(_NUMBERED.match(line)) and not _NO_HEADING.search(line) and not boxes(line, 0, len(line))


def _lines(text: str) -> Iterator[Piece]:
    """The lines without outer blanks; a row keeps its tabs, since an empty first cell counts."""
    start = 0
    for line in _LINE_END.split(text) if "\f" in text or "\r" in text else text.split("\n"):
        end = start + len(line)
        plain = "\t" in line or not line or not (line[0] in BLANKS or line[-1] in BLANKS)
        yield made((line, start, end)) if plain else piece(text, start, end)
        start = end + 1


def _table(text: str, lines: list[Piece], position: int) -> tuple[list[Row], int]:
    """The table that begins on this line, and the line after it. A short line between two rows belongs to it as a group."""
    rows: list[Row] = []
    if "\t" in lines[position].text:
        while position < len(lines):
            line = lines[position]
            goes_on = _goes_on(text, line, rows) if rows and BEGINS_BOX.search(line.text) else None
            if goes_on is not None:
                rows[-1] = goes_on
            elif "\t" in line.text:
                rows.append(_row(text, line))
            elif not _is_group(lines, position):
                break
            else:
                rows.append((line,))
            position += 1
        return rows, position
    by_commas = separated_rows(text, lines, position) if "," in lines[position].text or "，" in lines[position].text else None
    if (piped := piped_rows(text, lines, position)) is not None or by_commas is not None:
        return piped or by_commas or ([], position)
    stood = one_a_line(lines, position)
    return stood if stood[0] else spaced_rows(lines, position)


def _goes_on(text: str, line: Piece, rows: list[Row]) -> Row | None:
    """The last row with this line in its last cell, where both hold options: the paragraphs of one cell. More cells may follow it."""
    if len(rows[-1]) < 2:
        return None
    last = rows[-1][-1]
    head = line.text.partition("\t")[0]
    if BEGINS_BOX.search(head) is None or not boxes(last.text, 0, len(last.text)):
        return None
    first = piece(text, line.start, line.start + len(head))
    if stacked_line(text, first) is None or text[last.end : first.start].strip():
        return None
    joined = Piece(text[last.start : first.end], last.start, first.end)
    return (*rows[-1][:-1], joined, *(_row(text, line)[1:] if "\t" in line.text else ()))


def _is_group(lines: list[Piece], position: int) -> bool:
    line, following = lines[position], lines[position + 1] if position + 1 < len(lines) else None
    if following is None or "\t" not in following.text or not line.text or _is_heading(line.text):
        return False
    return len(line.text) <= LONGEST_CAPTION and not re.search(r"[。；，！？：:]", line.text.replace("单位：", "").replace("单位:", ""))


def _row(text: str, line: Piece) -> Row:
    own, _, value = line.text.partition("\t")
    if own and value and "\t" not in value and not (own[0] in BLANKS or own[-1] in BLANKS or value[0] in BLANKS or value[-1] in BLANKS):
        middle = line.start + len(own)  # a label and its value, as most rows are
        return made((own, line.start, middle)), made((value, middle + 1, line.end))
    cells: list[Piece] = []
    start = line.start
    for part in line.text.split("\t"):
        end = start + len(part)
        plain = part and part[0] not in BLANKS and part[-1] not in BLANKS
        cells.append(made((part, start, end)) if plain else piece(text, start, end))
        start = end + 1
    while len(cells) > 2 and not cells[-1].text:
        cells.pop()
    return tuple(cells)
