"""Statements: the sentences of prose and the short answers of fields, each with what stands around it.

A grade is read in its statement; what the statement leaves open (whose scale, who assessed, when) its surroundings may tell: the
field's label, its neighbours in the form, the sentences before it in the paragraph, the heading.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING, overload

from docproc.extract import FormField
from docproc.model import Span
from extractors.grades.corrections import CORRECTION_LABELS
from extractors.grades.signs import Signs, stretch_of
from extractors.lines.former_blocks import former_block_at, former_blocks
from extractors.words.per_text import once_a_text
from extractors.words.scanning import inside_lines, lines_without

if TYPE_CHECKING:
    from spacy.tokens import Doc

LONGEST_ANSWER = 70
LONGEST_GAP = 30  # characters between two fields of one block
NEIGHBOURS = 8
SENTENCES_BACK = 2
TITLE_LINES = 4
KEPT = "docproc.statements"  # where a Doc keeps them
FARTHEST_NOTE = 600
LONGEST_HEADING = 40
SHORTEST_LEAD = 5

_DEMANDS = re.compile("[应须请]|为准")
_SENTENCE = re.compile(r"[^。！？；;\t]+(?:[。！？；;\t]+|$)")
_NOTE = re.compile(r"\n[ 　]*((?:注|备注|说明|以上|上述|（|\(|※)[^\n\t]{4,100})(?=\n|\Z)")  # never a text's first line
_COMMA = re.compile(r"[，,](?!\d{3}(?!\d))|[：:→]")


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of prose, or the answer of a field, with its surroundings as text."""

    span: Span
    field: FormField | None = None
    near: Sequence[FormField] = ()  # the fields around, nearest first
    before: str = ""  # earlier sentences of the paragraph
    after: str = ""  # the rest of the paragraph
    heading: str = ""

    @property
    def label(self) -> str:
        return self.field.label if self.field else ""


class Near(Sequence[FormField]):
    """The fields around a statement, looked for when they are first asked for: most statements never ask."""

    def __init__(self, look: Callable[[], Iterable[FormField]]) -> None:
        self._look = look

    @cached_property
    def _fields(self) -> tuple[FormField, ...]:
        return tuple(self._look())

    def __len__(self) -> int:
        return len(self._fields)

    def __iter__(self) -> Iterator[FormField]:
        return iter(self._fields)

    @overload
    def __getitem__(self, place: int) -> FormField: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[FormField]: ...
    def __getitem__(self, place: int | slice) -> FormField | Sequence[FormField]:
        return self._fields[place]


def statements(doc: Doc) -> list[Statement]:
    """The statements of a Doc that may hold a grade, by place.

    They are made once a Doc and its fields, since both kinds of grades are read from them.
    """
    text: str = doc.text
    fields: Sequence[FormField] = doc._.fields
    kept = doc.user_data.get(KEPT)
    if kept is not None and kept[0] == len(fields):
        found: list[Statement] = kept[1]
        return found
    running = inside_lines("。；;", text)
    answers = [field for field in fields if _is_answer(running, field)]
    signs = Signs(text)
    found = sorted(
        [*_answers(text, answers, signs), *_sentences(text, answers, signs)],
        key=lambda statement: (statement.span, statement.field is None),
    )
    doc.user_data[KEPT] = (len(fields), found)
    return found


def _is_answer(running: bytes, field: FormField) -> bool:
    """Whether a field's value is short enough to be read with its label, not as prose. `running`: 1 at marks behind which it goes on."""
    start, end = field.value_span
    if field.label in CORRECTION_LABELS:
        return False
    if field.options and "。" not in field.value and end - start <= LONGEST_ANSWER + 40:
        return True  # □基础级；☑先进级；□卓越级: what parts the options ends no sentence
    return end - start <= LONGEST_ANSWER and running.find(1, start, max(start, end - 1)) < 0


@once_a_text
@lru_cache(maxsize=2)  # the same text is asked for by each grade in it
def title(text: str) -> str:
    """The first lines of a document, as far as they are short."""
    lines = [line.strip() for line in text[:600].split("\n") if line.strip()]
    return "\n".join(line for line in lines[:TITLE_LINES] if len(line) <= 40 and not re.search(r"[。；，]", line))


def opening_words(statement: Statement, text: str) -> str:
    """The label and the words that open the paragraph, as far as it is remembered."""
    return (statement.label or "") + (statement.before + text[slice(*statement.span)])[:24]


def line_end(text: str, position: int) -> int:
    """Where the line ends that holds a place."""
    end = text.find("\n", position)
    return len(text) if end < 0 else end


def clause_before(text: str, statement: Statement, position: int) -> str:
    """The words of the clause before a place."""
    return text[_clause_start(text, statement.span.start, position) : position]


def clause_after(text: str, statement: Statement, position: int) -> str:
    """The words of the clause after a place."""
    return text[position : _clause_end(text, position, statement.span.end)]


@once_a_text
@lru_cache(maxsize=64)  # one reason after the other asks about a grade
def _clause_start(text: str, start: int, position: int) -> int:
    return ([start] + [found.end() for found in _COMMA.finditer(text, start, position)])[-1]


@once_a_text
@lru_cache(maxsize=64)
def _clause_end(text: str, position: int, end: int) -> int:
    found = _COMMA.search(text, position, end)
    return found.start() if found else end


def _answers(text: str, answers: Sequence[FormField], signs: Signs) -> Iterator[Statement]:
    notes = [Span(*found.span(1)) for found in _NOTE.finditer(text)]
    for position, field in enumerate(answers):
        if signs.about(field):
            near = Near(partial(_around, text, answers, position))
            yield Statement(field.value_span, field, near, after=_note_below(text, notes, field), heading=field.heading)


def _around(text: str, answers: Sequence[FormField], position: int) -> Iterator[FormField]:
    yield from _row(answers, position)
    yield from _block(text, answers, position)


def _note_below(text: str, notes: Sequence[Span], field: FormField) -> str:
    """The note under a table, which speaks of all its rows: 注：以上结果由第三方评估机构出具."""
    place = bisect_right(notes, (field.value_span.end, 0))
    if place == len(notes) or notes[place].start - field.value_span.end > FARTHEST_NOTE:
        return ""
    between = text[field.value_span.end : notes[place].start]
    note = text[slice(*notes[place])]
    return "" if "\n\n" in between or "。" in between or _DEMANDS.search(note) else note


def _row(fields: Sequence[FormField], position: int) -> Iterator[FormField]:
    """The other cells of a ledger's row, each under the head of its column."""
    own = fields[position]
    if own.column:
        for other in fields[max(0, position - NEIGHBOURS) : position + NEIGHBOURS + 1]:
            if other is not own and other.label_span == own.label_span and other.column:
                yield other._replace(label=other.column, label_span=other.value_span)


def _block(text: str, fields: Sequence[FormField], position: int) -> Iterator[FormField]:
    """The other fields of the block that a field stands in, nearest first."""
    reach: list[FormField] = []
    tabbed = _in_row(text, fields[position])
    former = former_blocks(text)
    for step in (-1, 1):
        here = position
        for _ in range(NEIGHBOURS):
            there = here + step
            if not 0 <= there < len(fields):
                break
            first, second = (fields[there], fields[here]) if step < 0 else (fields[here], fields[there])
            gap = text[first.value_span.end : max(first.value_span.end, second.label_span.start)]
            if len(gap.strip()) > LONGEST_GAP or "\n\n" in gap or _in_row(text, fields[there]) is not tabbed:
                break
            if former and former_block_at(text, first.label_span.start) != former_block_at(text, second.label_span.start):
                break
            reach.append(fields[there])
            here = there
    yield from sorted(reach, key=lambda other: abs(other.value_span.start - fields[position].value_span.start))


def _in_row(text: str, field: FormField) -> bool:
    """Whether a field's label stands on a line with tabs."""
    end = text.find("\n", field.label_span.end)
    return text.find("\t", text.rfind("\n", 0, field.label_span.start) + 1, len(text) if end < 0 else end) >= 0


def _sentences(text: str, answers: Sequence[FormField], signs: Signs) -> Iterator[Statement]:
    covered = sorted(map(stretch_of, answers))
    starts = [start for start, _ in covered]
    ordered = sorted(answers, key=_label_start)
    boxed = {stretch_of(answer)[0] for answer in answers if answer.options}
    headings = _Headings(text)
    for line in signs.lines():
        heading = headings.above(line.start)
        body = text[slice(*line)].strip()
        earlier: list[str] = []
        for found in _SENTENCE.finditer(text, *line):
            span = Span(*found.span())
            if not signs.any_in(*span):
                earlier.append(found.group())
                continue
            first = _first_inside(span, starts)
            if not _inside(span, covered, starts):
                near = _below(text, ordered, span) if span.end - span.start >= len(body) and len(body) <= LONGEST_HEADING else ()
                yield Statement(span, None, near, "".join(earlier[-SENTENCES_BACK:]), text[span.end : line.end], heading)
            elif first is not None and len(text[span.start : first].strip()) >= SHORTEST_LEAD and span.start not in boxed:
                lead = Span(span.start, first)  # 已备案（基础级）　备案编号：…: what stands before a line's fields
                yield Statement(lead, None, _below(text, ordered, lead), "".join(earlier[-SENTENCES_BACK:]), "", heading)
            rest = _last_equation(text, span, covered, starts)
            if rest is not None and signs.any_in(*rest):
                before = "".join(earlier[-SENTENCES_BACK:]) + text[span.start : rest.start]
                yield Statement(rest, None, (), before, text[span.end : line.end], heading)
            earlier.append(found.group())


def _last_equation(text: str, span: Span, covered: Sequence[tuple[int, int]], starts: Sequence[int]) -> Span | None:
    """The last equation of a sentence with what it goes on to say: 综合得分＝1.96，达到二级; its own words tell whose grade that is."""
    if "=" not in text[slice(*span)] and "＝" not in text[slice(*span)]:
        return None
    inside = covered[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
    start, end = inside[-1] if inside else (span.start, span.end)
    return Span(start, span.end) if end < span.end and text[end] in "，,；;" else None


class _Headings:
    """The headings over the lines of a text, which are asked for from above to below."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._left = iter(lines_without("。；，\t", text))
        self._next = next(self._left, None)
        self._heading = ""

    def above(self, position: int) -> str:
        """The headings that stand over a place, the last of them at the end."""
        while self._next is not None and self._next[0] < position:
            body = self._text[slice(*self._next)].strip()
            if 0 < len(body) <= LONGEST_HEADING:
                known = self._heading
                self._heading = f"{known}\n{body}"[-120:] if known and len(known) < 80 else body
            self._next = next(self._left, None)
        return self._heading


def _first_inside(span: Span, starts: Sequence[int]) -> int | None:
    place = bisect_right(starts, span.start)
    return starts[place] if place < len(starts) and starts[place] < span.end else None


def _label_start(field: FormField) -> int:
    return field.label_span.start


def _below(text: str, answers: Sequence[FormField], span: Span) -> tuple[FormField, ...]:
    """The fields on the lines right below a heading, or behind the words that open a line of fields: a certificate's number and date."""
    place = bisect_right(answers, span.end - 1, key=_label_start)
    near: list[FormField] = []
    position = span.end
    for field in answers[place : place + NEIGHBOURS]:
        between = text[position : field.label_span.start]
        if len(between.strip()) > LONGEST_GAP or "\n\n" in between or "。" in between:
            break
        near.append(field)
        position = max(position, field.value_span.end)
    return tuple(near)


def _inside(span: Span, covered: Sequence[tuple[int, int]], starts: Sequence[int]) -> bool:
    """Whether a sentence is (nearly) all a field's label and answer."""
    first, last = max(0, bisect_right(starts, span.start) - 6), bisect_left(starts, span.end)
    shared = sum([min(end, span.end) - max(start, span.start) for start, end in covered[first:last] if end > span.start])
    return shared >= 0.7 * (span.end - span.start)
