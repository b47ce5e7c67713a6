"""A line's marks, found in one pass, are those that divide sentences and clauses."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from docproc.model import Span
from extractors.lines.marks import COMMA, ENDED, SENTENCE_END, clause_ends, stretch_ends
from extractors.lines.segments import Line, Segments

_TEXT = st.text(alphabet="公司1２，。；,;:：！!?？…—\t　的", max_size=40)


@given(_TEXT)
def test_marks_are_those_of_sentences_and_clauses(line: str) -> None:
    sentences = {found.end() for found in SENTENCE_END.finditer(line)}
    commas = {found.end() for found in COMMA.finditer(line)}
    marks = clause_ends(line)
    assert marks == sorted(sentences | commas)
    assert {end for end in marks if line[end - 1] in ENDED} == sentences
    assert set(stretch_ends(line).tolist()) == sentences


@given(_TEXT)
def test_a_clause_asked_for_by_place_is_the_one_of_the_whole_line(text: str) -> None:
    line = Segments(text).line_at(0)
    assert all(line.clause_at(place) in line.clauses for place in range(*line.span))
    assert all(first.span.end == second.span.start for first, second in pairwise(line.clauses))


def test_a_line_without_words_has_an_empty_clause() -> None:
    assert Line.of("", Span(0, 0), ()).clause_at(3).span == Span(0, 0)
    assert Segments("\n \n").line_at(1).clauses == []
