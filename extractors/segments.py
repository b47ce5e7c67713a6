"""Cuts a text into clauses, and says for each which sentence, headings and list lead-in govern it.

A line is a paragraph or a table row; TAB divides cells. Sentences end at 。！？； and at the end of a cell. Clauses are what stands
between commas, colons and dashes. Nothing here knows a word of the field.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docproc.extract import Clause
from docproc.model import Span
from extractors.anchors import compiled

LONGEST_HEADING = 40
LONGEST_LEAD = 120
LONGEST_STRETCH = 1200  # code points

_sentence_end = compiled(r"[。！？；!?;\t]|……")
# columns that only wide blanks divide: 3　安全环保　近三年无…事故　2023年发生…
_column_gap = re.compile(r"(?<=\S)\u3000+(?=\S)")
_column_end = re.compile(rf"{_sentence_end.pattern}|{_column_gap.pattern}")
_comma = compiled(r"[，]|,(?!\d)|(?<!\d),|[：]|:(?!\d)|(?<!\d):|——")
_colon = re.compile(r"[：]|:(?!\d)|(?<!\d):")
_no_heading = re.compile(r"[。！？；，!?;：]|[,:](?!\d)")
_ranks = (
    (0, re.compile(r"附[件表录]\s*[一二三四五六七八九十\d]*")),
    (1, re.compile(r"第[一二三四五六七八九十百\d]+(?:章|部分|篇)")),
    (2, re.compile(r"第[一二三四五六七八九十百\d]+[条节]|[一二三四五六七八九十]{1,3}[、.．]")),
    (3, re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]")),
    (4, re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}(?:[、.．]|(?=[^\d.,，年月%％]))")),
    (6, re.compile(r"[（(]\d{1,2}[）)]|\d{1,2}[）)]")),
    (7, re.compile(r"[①-⑳]|[•·●◆■]\s*(?=\S)")),
)
_ranked = re.compile(r"[附第一二三四五六七八九十（(\d①-⑳•·●◆■]")  # what any of them begins with
_UNNUMBERED = 5
_item = re.compile(r"\s*(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)]|[①-⑳]|\d{1,2}[.．、](?!\d)|[一二三四五六七八九]是)")


@dataclass(frozen=True, slots=True)
class _Heading:
    rank: int
    text: str
    span: Span
    lead: bool  # ends in a colon: governs the items that follow
    items: bool = False  # whether a numbered item has been seen below it


def split(text: str) -> list[Clause]:
    """The clauses of a text in order; together they hold every character that is not a line break."""
    clauses: list[Clause] = []
    stack: list[_Heading] = []
    marks = _Marks(text)
    for line in _lines(text):
        body = text[line.start : line.end]
        if not body.strip():
            continue
        rank = _rank(body)
        stack = _governing(stack, rank)
        clauses.extend(_clauses(text, line, stack, marks))
        heading = _heading(text, line, rank)
        if heading is not None:
            stack = [entry for entry in stack if entry.rank < heading.rank or (entry.lead and heading.lead is False and rank is not None)]
            stack.append(heading)
    return clauses


def _lines(text: str) -> Iterator[Span]:
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end > start:
            yield Span(start, end)
        start = end + 1


def _rank(body: str) -> int | None:
    stripped = body.lstrip()
    if not _ranked.match(stripped):
        return None
    return next((rank for rank, pattern in _ranks if pattern.match(stripped)), None)


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


def _heading(text: str, line: Span, rank: int | None) -> _Heading | None:
    body = text[line.start : line.end].strip()
    if "\t" in body:
        return None
    if body.endswith(("：", ":")):
        start = max((match.end() for match in _sentence_end.finditer(text, line.start, line.end - 1)), default=line.start)
        lead = text[start : line.end].strip()
        if len(lead) <= LONGEST_LEAD:
            return _Heading(_UNNUMBERED if rank is None else rank, lead, Span(start, line.end), True)
        return None
    if len(body) <= (20 if rank is None else LONGEST_HEADING) and not _no_heading.search(body):
        return _Heading(_UNNUMBERED if rank is None else rank, body, line, False)
    return None


class _Marks:
    """Where sentences and clauses end, found in one pass over the text each."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._sentences = [mark.end() for mark in _sentence_end.finditer(text)]
        self._clauses = [mark.end() for mark in _comma.finditer(text)]

    def sentences(self, line: Span) -> Sequence[Span]:
        """The sentences of a line."""
        return self._cut(line, self._sentences, _sentence_end)

    def clauses(self, sentence: Span) -> Sequence[Span]:
        """The clauses of a sentence."""
        return self._cut(sentence, self._clauses, _comma)

    def _cut(self, span: Span, ends: Sequence[int], marks: re.Pattern[str]) -> Sequence[Span]:
        start, end = span
        if end - start >= LONGEST_STRETCH:  # its own end may be a cut without a mark
            return list(_cut(self._text, span, marks))
        first = bisect_right(ends, start)
        last = bisect_left(ends, end, first)
        if first == last:
            return (span,)
        edges = [start, *ends[first:last], end]
        return [Span(edges[place], edges[place + 1]) for place in range(len(edges) - 1)]


def _clauses(text: str, line: Span, stack: list[_Heading], marks: _Marks) -> Iterator[Clause]:
    above = [entry.text for entry in stack]
    lead = next((entry.span for entry in reversed(stack) if entry.lead), None)
    first_label = label = ""
    heading = " / ".join(above)
    inline: Span | None = None
    colons = text.find("：", *line) >= 0 or text.find(":", *line) >= 0
    for sentence in list(_cut(text, line, _column_end)) if _in_columns(text, line) else marks.sentences(line):
        labelled = not colons
        inline = _still_leads(text, inline, sentence) if inline is not None else None
        for span in marks.clauses(sentence):
            yield Clause(span, sentence, heading, inline or lead)
            if not labelled and _colon.match(text, span.end - 1) and span.end - sentence.start <= LONGEST_LEAD:
                label = text[sentence.start : span.end - 1].strip()
                first_label = first_label or label
                labelled = True
                heading = " / ".join([*above, *dict.fromkeys(part for part in (first_label, label) if part)])
        if colons and inline is None:
            inline = _leads(text, sentence)


def _in_columns(text: str, line: Span) -> bool:
    """Whether wide blanks divide a line into columns."""
    if text.find("\u3000", *line) < 0:
        return False
    return len(_column_gap.findall(text, *line)) > 1 and not _colon.search(text, *line)


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


def _cut(text: str, span: Span, marks: re.Pattern[str]) -> Iterator[Span]:
    """The stretches between marks; one without a mark is cut after LONGEST_STRETCH, so that what looks back over it stays linear."""
    start = span.start
    for end in (*(match.end() for match in marks.finditer(text, span.start, span.end)), span.end):
        while end - start > LONGEST_STRETCH:
            yield Span(start, start + LONGEST_STRETCH)
            start += LONGEST_STRETCH
        if start < end:
            yield Span(start, end)
        start = end
