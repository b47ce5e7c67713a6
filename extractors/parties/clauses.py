"""The sentence, the clause and the statement that hold a place in a text; brackets and commas inside numbers do not divide.

A sentence ends with its mark or its line. What a bracket holds is blanked before clauses are told apart, but for one that names the
applicant or is part of a firm's name. (`segments.py` divides whole texts for the assertion engine, with headings and lists.)
"""

from __future__ import annotations

import re
from functools import lru_cache

from docproc.model import Span, as_span
from extractors.lines.enumerators import number_at
from extractors.parties.words import own_words
from extractors.words.per_text import once_a_text

_REST_OF_FIRM = re.compile(r"[\u4e00-\u9fff]{0,14}有限(?:责任)?公司")
_SHORT_NAME = re.compile(r"[\u4e00-\u9fff]{2,6}")
_SENTENCE_ENDS = "。！？!?；;\r\f"
_MARK = "\n"
_CLAUSE_END = re.compile(r"[，,、：:\t](?!\d{3}(?!\d))|(?<=[^\d])[，,](?=\d)")
_BRACKET = re.compile(r"[（(][^（()）]*[）)]")
SENTENCE_REACH = 240  # code points to either side: text without a mark stays readable in linear time


def sentence_at(text: str, position: int) -> Span:
    """The sentence (or line) that holds a position, without the number of an item before it."""
    marked = _marked(text)
    start, end = max(0, position - SENTENCE_REACH), min(len(text), position + SENTENCE_REACH)
    mark = marked.find(_MARK, position, end)
    end = end if mark < 0 else mark
    return as_span((min(position, number_at(text, marked.rfind(_MARK, start, position) + 1 or start, end)), end))


@once_a_text
@lru_cache(maxsize=4)  # the same text is asked about place by place
def _marked(text: str) -> str:
    """A text of the same length in which every mark that ends a sentence is a line break."""
    for mark in _SENTENCE_ENDS:
        text = text.replace(mark, _MARK)
    return text


@once_a_text
@lru_cache(maxsize=256)
def clauses(text: str, sentence: Span) -> tuple[Span, ...]:
    """The clauses of a sentence, in order; commas inside numbers and marks inside brackets do not divide."""
    found: list[Span] = []
    start = sentence.start
    for mark in _CLAUSE_END.finditer(without_brackets(text, sentence)):
        found.append(as_span((start, sentence.start + mark.start())))
        start = sentence.start + mark.end()
    return (*found, Span(start, sentence.end))


def clause_at(text: str, position: int) -> Span:
    """The clause of its sentence that holds a position; a position on a mark belongs to the clause before it."""
    sentence = sentence_at(text, position)
    for clause in clauses(text, sentence):
        if position <= clause.end:
            return clause
    return sentence


def statement_at(text: str, position: int) -> Span:
    """The clause that holds a position, with all members of its list: 系独立法人、规模以上工业企业、中型企业 is one statement."""
    sentence = sentence_at(text, position)
    start, end = sentence
    for mark in re.finditer(r"[，：:\t]|,(?!\d{3}(?!\d))", without_brackets(text, sentence)):
        if sentence.start + mark.start() < position:
            start = sentence.start + mark.end()
        else:
            end = sentence.start + mark.start()
            break
    return Span(start, end)


def without_brackets(text: str, span: Span) -> str:
    """A stretch with its brackets blanked, of the same length; a bracket that names the applicant stays, a firm's name as well."""
    piece = text[span.start : span.end]
    if "（" not in piece and "(" not in piece:
        return piece

    def blank(match: re.Match[str]) -> str:
        inner = match.group()[1:-1]
        if own_words().search(inner) or (_SHORT_NAME.fullmatch(inner) and _REST_OF_FIRM.match(piece[match.end() :])):
            return match.group()
        return " " * len(match.group())

    return _BRACKET.sub(blank, piece)
