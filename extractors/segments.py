"""Cuts a text into clauses, and says for each which sentence, headings and list lead-in govern it.

A line is a paragraph or a table row; TAB divides cells. Sentences end at 。！？； and at the end of a cell. Clauses are what stands
between commas, colons and dashes. Nothing here knows a word of the field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docproc.extract import Clause
from docproc.model import Span

LONGEST_HEADING = 40
LONGEST_LEAD = 120
LONGEST_STRETCH = 1200  # code points

_sentence_end = re.compile(r"[。！？；!?;\t]|……")
# columns that only wide blanks divide: 3　安全环保　近三年无…事故　2023年发生…
_column_gap = re.compile(r"(?<=\S)\u3000+(?=\S)")
_column_end = re.compile(rf"{_sentence_end.pattern}|{_column_gap.pattern}")
_comma = re.compile(r"[，]|,(?!\d)|(?<!\d),|[：]|:(?!\d)|(?<!\d):|——")
_colon = re.compile(r"[：]|:(?!\d)|(?<!\d):")
_ranks = (
    (0, re.compile(r"附[件表录]\s*[一二三四五六七八九十\d]*")),
    (1, re.compile(r"第[一二三四五六七八九十百\d]+(?:章|部分|篇)")),
    (2, re.compile(r"第[一二三四五六七八九十百\d]+[条节]|[一二三四五六七八九十]{1,3}[、.．]")),
    (3, re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]")),
    (4, re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}(?:[、.．]|(?=[^\d.,，年月%％]))")),
    (6, re.compile(r"[（(]\d{1,2}[）)]|\d{1,2}[）)]")),
    (7, re.compile(r"[①-⑳]|[•·●◆■]\s*(?=\S)")),
)
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
    for line in _lines(text):
        body = text[line.start : line.end]
        if not body.strip():
            continue
        rank = _rank(body)
        stack = _governing(stack, rank)
        clauses.extend(_clauses(text, line, stack))
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
    plain = not re.search(r"[。！？；，!?;：]|[,:](?!\d)", body)
    if plain and len(body) <= LONGEST_HEADING and (rank is not None or len(body) <= 20):
        return _Heading(_UNNUMBERED if rank is None else rank, body, line, False)
    return None


def _clauses(text: str, line: Span, stack: list[_Heading]) -> Iterator[Clause]:
    above = [entry.text for entry in stack]
    lead = next((entry.span for entry in reversed(stack) if entry.lead), None)
    first_label = label = ""
    inline: Span | None = None
    marks = _column_end if len(_column_gap.findall(text, line.start, line.end)) > 1 and not _colon.search(text, *line) else _sentence_end
    for sentence in _cut(text, line, marks):
        labelled = False
        inline = _still_leads(text, inline, sentence)
        for span in _cut(text, sentence, _comma):
            labels = [part for part in (first_label, label) if part]
            yield Clause(span, sentence, " / ".join([*above, *dict.fromkeys(labels)]), inline or lead)
            if not labelled and _colon.match(text, span.end - 1) and span.end - sentence.start <= LONGEST_LEAD:
                label = text[sentence.start : span.end - 1].strip()
                first_label = first_label or label
                labelled = True
        inline = inline or _leads(text, sentence)


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
