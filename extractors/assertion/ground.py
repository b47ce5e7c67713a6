"""What the assertion engine knows of a text: its clauses, its parties, its cues and quotation marks; and the place that is asked about."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from docproc.extract import Clause, CueSpan
from docproc.model import Span
from extractors.assertion.signs import signs
from extractors.lines.demands import blank_rows
from extractors.lines.marks import stretch_ends
from extractors.lines.segments import Line, Segments
from extractors.parties.speakers import Speakers
from extractors.words import shapes
from extractors.words.lexicon import find_cues, words
from extractors.words.scanning import places_of

WORDS = "context"
QUOTED = 60  # code points over which a quotation reaches
Cues = tuple[CueSpan, ...]


class Ground:
    """One text, as the reasons see it. Everything is looked up where it is asked for and remembered."""

    def __init__(self, text: str, applicant: str | None) -> None:
        self.text = text
        self.segments = Segments(text, blank_rows(text))
        self.speakers = Speakers(text, self.segments, applicant)
        self._opening = places_of(shapes.OPENING_QUOTES, text)
        self._closing = places_of(shapes.CLOSING_QUOTES, text)
        self._cues: dict[tuple[Line, str], tuple[Sequence[int], Cues]] = {}
        ends = np.append(stretch_ends(text), len(text) + 1)
        self._stretch_ends = ends.tolist()
        self._signs, self._named = signs().of_stretches(text, ends), signs().named

    def signs(self, sentence: Span) -> frozenset[str]:
        """The reasons of which a word may stand in a sentence (`extractors.assertion.signs`)."""
        return self._named(self._signs[bisect_right(self._stretch_ends, sentence.start)])

    def cues(self, role: str, start: int, end: int) -> Cues:
        """The cues of a role that begin in this stretch of one line."""
        if start >= end:
            return ()
        starts, cues = self._in_line(self.segments.line_at(start), role)
        return cues[bisect_left(starts, start) : bisect_left(starts, end)] if starts else ()

    def _in_line(self, line: Line, role: str) -> tuple[Sequence[int], Cues]:
        """The cues of a role in a line, and where they begin."""
        found = self._cues.get((line, role))
        if found is None:
            spans = find_cues(self.text, WORDS, role, *line.span)
            if role == "negation":
                spans = sorted({*spans, *(misread.span(1) for misread in shapes.misread_denial().finditer(self.text, *line.span))})
            cues = tuple([CueSpan(role, Span(*span)) for span in spans])
            found = self._cues[line, role] = [start for start, _ in spans], cues
        return found

    def word(self, cue: CueSpan) -> str:
        """The cue's own characters."""
        return self.text[cue.span.start : cue.span.end]

    def quoted(self, position: int) -> bool:
        """Whether a place stands in quotation marks."""
        if not self._opening:
            return False
        opened = bisect_left(self._opening, position) - 1
        if opened < 0 or self._opening[opened] < position - QUOTED:
            return False
        closed = bisect_right(self._closing, self._opening[opened])
        return closed == len(self._closing) or self._closing[closed] >= position

    def headed(self, clause: Clause, key: str, unless: str | None, *, last: bool = False) -> Cues:
        """A cue where a governing heading or label says what stands below it."""
        if not clause.heading or not shapes.heading_says(clause.heading, key, unless, last):
            return ()
        return (CueSpan(f"heading:{key}", clause.lead or Span(clause.sentence.start, clause.sentence.start)),)

    def suffered(self, cue: CueSpan) -> bool:
        """What was done to somebody demands nothing: 被责令限期整改, 对我公司处以罚款."""
        if self.word(cue) not in words(WORDS, "sanctioned"):
            return False
        before = self.text[self.segments.clause_at(cue.span.start).span.start : cue.span.start]
        return _suffering.search(before) is not None


_suffering = re.compile(
    "[被遭获受]|对(?:[我本]?(?:公司|企业|单位)|[我本][厂司]|申报(?:单位|企业|主体)|(?:(?![，。；的])[一-龥]){4,24}?(?:有限|股份|责任)公司)"
)


class Place(NamedTuple):
    """Words that are asked about, with their clause and the reasons whose words its sentence may hold."""

    start: int
    end: int
    line: Line
    clause: Clause
    signs: frozenset[str]
    negated: bool = False
    denials: Cues = ()
