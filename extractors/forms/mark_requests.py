"""A condition with the request to mark it, and the box for the mark behind: 如属规模以上工业企业，请于方格内加「√」：□.

What is asked becomes the label, the box its answer: ticked it says 是, empty it says nothing. The sign that the request names
is no mark (see `boxes.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from docproc.extract import FormField, Option
from docproc.model import Span
from extractors.forms.boxes import boxes
from extractors.forms.pieces import KEPT, Piece, label_of, piece
from extractors.words.lexicon import patterns

_REQUEST = patterns("fields", "mark_requests")
_CONDITION = patterns("fields", "mark_conditions")
_CONDITION_ENDS = re.compile(r"(?:的|者|的企业|的单位|的申报单位|时)?[ 　，,、（(]*$")
_BEHIND = re.compile(r"[ 　。；;，,）)]*")
SHORTEST_ASKED = 4
YES = "是"


@lru_cache(maxsize=KEPT)
def may_request_mark(line: str) -> bool:
    """Whether a line holds a request to mark something."""
    return _REQUEST.search(line) is not None


def requested_marks(text: str, line: Piece, heading: str) -> Iterator[FormField]:
    """The fields of the requests of a line; none where a box of the line is not one that a request asks to be marked."""
    found = boxes(text, *line.span)
    fields: list[FormField] = []
    start = line.start
    for box in found:
        request = next((each for each in _REQUEST.finditer(text, start, line.end) if each.end() == box.span.start), None)
        if request is None:
            return
        asked = _asked(text, start, request.start())
        if len(asked.text) < SHORTEST_ASKED:
            return
        label = label_of(asked)
        whole = Span(piece(text, start, request.start()).start, asked.end)  # the condition's words are covered with it
        options = (Option(YES, box.ticked, box.span),)
        fields.append(FormField(label.text, YES if box.ticked else "", whole, box.span, options, heading=heading))
        behind = _BEHIND.match(text, box.span.end, line.end)
        start = behind.end() if behind else box.span.end
    if start == line.end:
        yield from fields


def _asked(text: str, start: int, end: int) -> Piece:
    """What is asked, without the words that make it a condition: 如属…的."""
    whole = piece(text, start, end)
    opened = _CONDITION.match(whole.text)
    ends = _CONDITION_ENDS.search(whole.text)
    return piece(text, whole.start + (opened.end() if opened else 0), whole.start + (ends.start() if ends else len(whole.text)))
