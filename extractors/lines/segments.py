"""Cuts a text into clauses, and says for each which sentence, headings and list lead-in govern it.

A line is a paragraph or a table row; TAB divides cells. Sentences end at 。！？； and at the end of a cell. Clauses are what stands
between commas, colons and dashes. Nothing here knows a word of the field.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from docproc.extract import Clause
from docproc.model import Span, as_span
from extractors.lines.enumerators import HAN_NUMERALS, number_at
from extractors.lines.marks import COMMA, ENDED, SENTENCE_END, all_digits, clause_ends
from extractors.words.anchors import compiled

LONGEST_HEADING = 40
LONGEST_UNNUMBERED = 20
LONGEST_LEAD = 120
LONGEST_STRETCH = 1200  # code points

# columns that only blanks divide, in lines that are told to be rows: 3　安全环保　近三年无…事故　2023年发生…
_column_gap = re.compile(r"(?<=\S) +(?=\S)")
_column_end = re.compile(rf"{SENTENCE_END.pattern}|{_column_gap.pattern}")
_colon = re.compile(r"[：]|:(?!\d)|(?<!\d):")
_no_heading = re.compile(r"[。！？；，!?;：]|[,:](?!\d)|(?:[的了和与]|达到|处于|以及)$")  # …国家标准规定的: a broken line
_ranks = (
    (0, r"附[件表录]\s*[一二三四五六七八九十\d]*"),
    (1, r"第[一二三四五六七八九十百\d]+(?:章|部分|篇)"),
    (2, r"第[一二三四五六七八九十百\d]+[条节]|[一二三四五六七八九十]{1,3}[、.．]"),
    (3, r"[（(][一二三四五六七八九十]{1,3}[）)]"),
    (4, r"\d{1,2}(?:\.\d{1,2}){0,3}(?:[、.．]|(?=[^\d.,，年月%％]))"),
    (6, r"[（(]\d{1,2}[）)]|\d{1,2}[）)]"),
    (7, r"[①-⑳]|[•·●◆■]\s*(?=\S)|[—–\-](?![—–\-\d])\s*(?=\S)"),
)
_numbered = compiled("|".join(f"({expression})" for _, expression in _ranks))
_NUMBERING = frozenset("附第一二三四五六七八九十（(•·●◆■—–-" + "".join(map(chr, range(ord("①"), ord("⑳") + 1))) + all_digits())
_NO_NUMBERS = frozenset[int]()
_UNNUMBERED = 5
_first_item = re.compile(r"[（(]?(?:1|一)[）)、.．]|①")
_item = re.compile(r"\s*(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)]|[①-⑳]|\d{1,2}[.．、](?!\d)|[一二三四五六七八九]是)")


class _Heading(NamedTuple):
    rank: int
    text: str
    span: Span
    lead: bool  # ends in a colon: governs the items that follow
    items: bool = False  # whether a numbered item has been seen below it


class Line:
    """A line, and where its clauses begin. A clause is made when it is asked for, as few are."""

    __slots__ = ("_heading", "_lead", "_made", "_numbers", "_starts", "_text", "span")

    def __init__(
        self,
        text: str,
        span: Span,
        starts: Sequence[int],
        heading: str = "",
        lead: Span | None = None,
        numbers: frozenset[int] = frozenset(),
    ) -> None:
        self.span = span
        self._numbers = numbers  # where the words of numbered items begin
        self._text = text
        self._starts = starts
        self._heading = heading
        self._lead = lead
        self._made: list[Clause | None] = [None] * len(starts)

    @classmethod
    def of(cls, text: str, span: Span, clauses: Sequence[Clause]) -> Line:
        """A line whose clauses are made already."""
        line = cls(text, span, [clause.span.start for clause in clauses])
        line._made = list(clauses)
        return line

    @property
    def clauses(self) -> Sequence[Clause]:
        """All clauses, in order."""
        return [self.clause(place) for place in range(len(self._made))]

    def clause(self, place: int) -> Clause:
        """One of the clauses; they are counted from 0."""
        return self._made[place] or self._make(place)

    def at(self, position: int) -> int:
        """The place among the clauses of the one that holds a position, or else of the last before it."""
        return bisect_right(self._starts, position, 1) - 1

    def clause_at(self, position: int) -> Clause:
        """The clause that holds a position; of a line without words an empty one."""
        if not self._made:
            return Clause(Span(0, 0), Span(0, 0))
        place = bisect_right(self._starts, position, 1) - 1
        return self._made[place] or self._make(place)

    def _make(self, place: int) -> Clause:
        text, starts, last = self._text, self._starts, len(self._starts) - 1
        first = place
        while first > 0 and text[starts[first] - 1] not in ENDED and starts[first] not in self._numbers:
            first -= 1
        behind = place + 1
        while behind <= last and text[starts[behind] - 1] not in ENDED and starts[behind] not in self._numbers:
            behind += 1
        end = self.span.end
        sentence = as_span((starts[first], starts[behind] if behind <= last else end))
        span = as_span((starts[place], starts[place + 1] if place < last else end))
        made = self._made[place] = Clause(span, sentence, self._heading, self._lead)
        return made


class Segments:
    """The clauses of a text. What governs a line is known of all lines; a line is cut when it is asked for, as few are."""

    def __init__(self, text: str, rows: frozenset[int] = frozenset()) -> None:
        self._text = text
        self._marks = clause_ends(text)
        self._rows = rows  # where lines begin whose columns only blanks divide
        self._starts = starts = list[int]()
        self._ends = ends = list[int]()
        self._governed = governed = list[Sequence[_Heading]]()
        self._cut: dict[int, Line] = {}
        self._last = Line.of(text, Span(0, 0), ())
        self._above: dict[int, tuple[str, Span | None]] = {}
        stack: list[_Heading] = []
        start = 0
        itemised = False  # whether a lead-in governs that has had items
        for line in text.split("\n"):
            body, end = line.strip(), start + len(line)
            if body:
                rank = _rank(body) if body[0] in _NUMBERING else None
                if (
                    rank is not None
                    and stack
                    and stack[-1].span.end == start - 1
                    and stack[-1].rank == _UNNUMBERED
                    and _first_item.match(body)
                ):
                    stack = [*stack[:-1], stack[-1]._replace(lead=True)]  # a title right above the first item of a list leads it in
                if rank is not None or itemised:
                    stack = _governing(stack, rank)
                    itemised = True in [entry.items for entry in stack]
                starts.append(start)
                ends.append(end)
                governed.append(stack)
                short = len(body) <= (LONGEST_UNNUMBERED if rank is None else LONGEST_HEADING) or body[-1] in "：:"
                heading = _heading(text, body, start, end, rank) if short and "\t" not in body else None
                if heading is not None:
                    under_lead = rank is not None and not heading.lead
                    stack = [entry for entry in stack if entry.rank < heading.rank or (entry.lead and under_lead)] + [heading]
            start = end + 1

    def line_at(self, position: int) -> Line:
        """The line that holds a position, or else the last before it; of a text without words an empty one."""
        last = self._last
        if last.span.start <= position < last.span.end:  # one reason after the other asks about a place
            return last
        place = max(bisect_right(self._starts, position) - 1, 0)
        self._last = line = self._cut.get(place) or self._cut_line(place)
        return line

    def clause_at(self, position: int) -> Clause:
        """The clause that holds a position; of a text without words an empty one."""
        return self.line_at(position).clause_at(position)

    def before(self, clause: Clause) -> Clause | None:
        """The clause before this one in its sentence."""
        if clause.span.start == clause.sentence.start:
            return None
        line = self.line_at(clause.span.start)
        return line.clause(line.at(clause.span.start) - 1)

    def all(self) -> list[Clause]:
        """All clauses in order; together they hold every character that is not a line break."""
        return [clause for start in self._starts for clause in self.line_at(start).clauses]

    def _cut_line(self, place: int) -> Line:
        if place >= len(self._starts):
            return Line.of(self._text, Span(0, 0), ())
        line = self._cut[place] = self._line(as_span((self._starts[place], self._ends[place])), self._governed[place])
        return line

    def _line(self, line: Span, stack: Sequence[_Heading]) -> Line:
        colons = self._text.find("：", *line) >= 0 or self._text.find(":", *line) >= 0
        if colons or line.end - line.start > LONGEST_STRETCH or line.start in self._rows:
            ends = _column_end if line.start in self._rows else SENTENCE_END
            return Line.of(self._text, line, list(_clauses(self._text, line, stack, ends)))
        above = self._above.get(id(stack))  # the lines under the same headings share one stack, which `_governed` keeps
        if above is None:
            above = self._above[id(stack)] = (" / ".join([entry.text for entry in stack]), _lead_of(stack))
        marks = self._marks
        starts = [line.start, *marks[bisect_right(marks, line.start) : bisect_right(marks, line.end)]]
        if starts[-1] == line.end:
            starts.pop()  # the line ends with a mark
        numbers = _numbers(self._text, line, starts)
        return Line(self._text, line, sorted({*starts, *numbers}) if numbers else starts, *above, numbers)


def _numbers(text: str, line: Span, starts: Sequence[int]) -> frozenset[int]:
    """Where the words begin of sentences that are numbered; the number is cut off as a sentence of its own."""
    found = [
        end
        for at in starts
        if (not text[at].isalpha() or text[at] in HAN_NUMERALS)  # most begin with a letter, and so with no number
        and (at == line.start or text[at - 1] in ENDED)
        and (end := number_at(text, at, line.end)) > at
    ]
    return frozenset(found) if found else _NO_NUMBERS


def _rank(body: str) -> int | None:
    found = _numbered.match(body)
    return _ranks[found.lastindex - 1][0] if found and found.lastindex else None


def _governing(stack: list[_Heading], rank: int | None) -> list[_Heading]:
    """Ends what no longer governs: a numbered line closes headings of its own rank and below; prose after items closes a lead-in."""
    kept: list[_Heading] = []
    for entry in stack:
        if entry.lead:
            if rank is None and entry.items:
                break
            if rank is not None and entry.rank > rank and entry.rank != _UNNUMBERED:
                break
            kept.append(entry if rank is None else _Heading(entry.rank, entry.text, entry.span, True, True))
        elif rank is None or entry.rank < rank:
            kept.append(entry)
        else:
            break
    return kept


def _heading(text: str, body: str, start: int, end: int, rank: int | None) -> _Heading | None:
    if body[-1] in "：:":
        start = max((match.end() for match in SENTENCE_END.finditer(text, start, end - 1)), default=start)
        lead = text[start:end].strip()
        if len(lead) <= LONGEST_LEAD:
            return _Heading(_UNNUMBERED if rank is None else rank, lead, Span(start, end), True)
        return None
    if not _no_heading.search(body):
        return _Heading(_UNNUMBERED if rank is None else rank, body, Span(start, end), False)
    return None


def _clauses(text: str, line: Span, stack: Sequence[_Heading], ends: re.Pattern[str]) -> Iterator[Clause]:
    above = [entry.text for entry in stack]
    lead = _lead_of(stack)
    first_label = label = ""
    heading = " / ".join(above)
    inline: Span | None = None
    colons = text.find("：", *line) >= 0 or text.find(":", *line) >= 0
    for whole in _cut(text, line, ends):
        labelled = not colons
        inline = _still_leads(text, inline, whole) if inline is not None else None
        sentence = Span(number_at(text, *whole), whole.end)
        if sentence.start > whole.start:
            number = Span(whole.start, sentence.start)
            yield Clause(number, number, heading, inline or lead)
        for span in _cut(text, sentence, COMMA):
            yield Clause(span, sentence, heading, inline or lead)
            if not labelled and _colon.match(text, span.end - 1) and span.end - sentence.start <= LONGEST_LEAD:
                label = text[sentence.start : span.end - 1].strip()
                first_label = first_label or label
                labelled = True
                heading = " / ".join([*above, *dict.fromkeys(part for part in (first_label, label) if part)])
        if colons and inline is None:
            inline = _leads(text, sentence)


def _lead_of(stack: Sequence[_Heading]) -> Span | None:
    return next((entry.span for entry in reversed(stack) if entry.lead), None)


def _leads(text: str, sentence: Span) -> Span | None:
    """The words of a sentence that lead in a list whose items are sentences of the same line: what stands before its first item."""
    colon = _colon.search(text, *sentence)
    if colon is None or colon.end() - sentence.start > LONGEST_LEAD:
        return None
    listed = _item.match(text, colon.end()) or text[sentence.end - 1 : sentence.end] in ("；", ";")
    return Span(sentence.start, colon.end()) if listed else None


def _still_leads(text: str, lead: Span | None, sentence: Span) -> Span | None:
    """A lead-in governs items apart by semicolons, and numbered ones; the first other sentence behind a full stop ends it."""
    if lead is None or text[sentence.start - 1] in "；;":
        return lead
    return lead if _item.match(text, sentence.start) else None


def _cut(text: str, span: Span, marks: re.Pattern[str]) -> Sequence[Span]:
    """The stretches between marks; one without a mark is cut after LONGEST_STRETCH, so that what looks back over it stays linear."""
    start, last = span
    ends = [match.end() for match in marks.finditer(text, start, last)]
    if not ends or ends[-1] < last:
        ends.append(last)
    if last - start <= LONGEST_STRETCH:
        return (span,) if len(ends) == 1 else [*map(as_span, pairwise((start, *ends)))]
    found: list[Span] = []
    for end in ends:
        while end - start > LONGEST_STRETCH:
            found.append(Span(start, start + LONGEST_STRETCH))
            start += LONGEST_STRETCH
        if start < end:
            found.append(Span(start, end))
        start = end
    return found
