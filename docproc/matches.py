"""What extractors find in a Doc and hand to one another: matches, fields of forms, passages, clauses and how they are to be read.

Places are offsets into the Doc's normalised text; `docproc.extract` gives them evidence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from docproc.model import Span, Status


class CueSpan(NamedTuple):
    """A word that decided how something is to be read: its role (negation, plan, quotation …) and its place in the Doc's text.

    The role `scope` is the clause that was judged, not a word."""

    role: str
    span: Span


@dataclass(frozen=True, slots=True)
class Match:
    """A claim found in a Doc, before it has evidence: spans are into the Doc's (normalised) text."""

    name: str
    value: Any
    qualifiers: Mapping[str, Any] = field(default_factory=dict)
    status: Status = Status.ASSERTED
    spans: tuple[Span, ...] = ()
    cues: tuple[CueSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """A box of a form with its words: ☑是 / □否."""

    text: str
    ticked: bool
    span: Span


class FormField(NamedTuple):
    """A label with its value: a table's cells, `标签：值` on a line, a prompt with boxes, a ledger's column.

    `label` and `value` are cleaned texts (no colon, no outer blanks); an empty value is a blank left unfilled. `group` is the
    governing label above (a table's section or first-column group, a caption), `unit` a unit that the label, the column's head
    or the caption gives (万元, 人, 起 …), `column` the head of the value's column where there is one (2023年, 本期金额).
    """

    label: str
    value: str
    label_span: Span
    value_span: Span
    options: tuple[Option, ...] = ()
    group: str = ""
    unit: str = ""
    column: str = ""
    heading: str = ""  # the heading the field stands under, e.g. 申报条件, 自查表
    required: bool | None = None  # where the form itself marks it (＊, 必填), else null

    @property
    def ticked(self) -> tuple[str, ...]:
        """The words of the ticked boxes."""
        return tuple(option.text for option in self.options if option.ticked)


class PassageMatch(NamedTuple):
    """The applicant's words on a judgement topic, before they have evidence (`Passage`)."""

    topic: str
    status: Status
    verbatim: bool
    spans: tuple[Span, ...]
    unclear: bool = False


class Clause(NamedTuple):
    """A stretch of prose between clause marks, inside a sentence (a table's cell ends one too).

    `heading` holds the governing headings and labels, the outermost first, joined by ` / `; `lead` is the sentence that leads in
    the list whose item this is (`下列情形均未发生：`), where there is one.
    """

    span: Span
    sentence: Span
    heading: str = ""
    lead: Span | None = None


@dataclass(frozen=True, slots=True)
class Assertion:
    """How a place in the text is to be read."""

    status: Status
    negated: bool = False
    cues: tuple[CueSpan, ...] = ()


class Context(Protocol):
    """The assertion engine's answer sheet for one Doc (`doc._.context`)."""

    clauses: Sequence[Clause]

    def clause_at(self, position: int) -> Clause:
        """The clause that holds this character."""
        ...

    def assertion(self, start: int, end: int) -> Assertion:
        """How the words at start:end are to be read: whose statement, about when, denied or not."""
        ...
