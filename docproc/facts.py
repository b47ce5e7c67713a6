"""The same fact across documents: every mention, whether they agree, and which source is the stronger.

Strength goes by who speaks, whatever the paper is called (CHECKLISTS): an authority > an auditor > a third-party assessor or rating
agency > a self-assessment > form and commitment > the applicant's other statements, prose and annexes.
Which claims are facts, what tells one fact from another and how its mentions are compared is data: checklists/facts.yaml.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from docproc.compare import figure_of, same_address, same_code, same_date, same_figure, same_name
from docproc.library import load_yaml, shelf
from docproc.model import Claim, Document, Extraction, Fact, Kind, Mention, Role, Status
from docproc.recognise import vocabulary

RANKS: Mapping[str, int] = {"authority": 1, "auditor": 2, "assessor": 3, "self_assessment": 4, "form": 5, "other": 6}
"""The strength of each speaker, 1 the strongest."""

_LABELLED = re.compile(r"[^\n:：。；]{2,24}[:：]")
_NONE = "none"


@dataclass(frozen=True, slots=True)
class FactRule:
    """How one kind of fact is put together. `by` may name qualifiers and «value».

    Mentions that leave a qualifier of `needs` open are listed and not held against one another: they may be about different years.
    """

    name: str
    compare: str
    by: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    agree: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()


@dataclass(slots=True)
class _Gathered:
    """The mentions of one fact while they are being collected."""

    qualifiers: dict[str, JsonValue]
    claims: list[tuple[Document, Claim]] = field(default_factory=list)


@lru_cache(maxsize=4)
def fact_rules(path: Path | None = None) -> tuple[FactRule, ...]:
    """The facts of checklists/facts.yaml, or of an office's own list."""
    source = path or shelf("checklists") / "facts.yaml"
    data: Mapping[str, Any] = load_yaml(source)
    return tuple(
        FactRule(
            name=entry["name"],
            compare=entry["compare"],
            by=tuple(entry.get("by", ())),
            needs=tuple(entry.get("needs", ())),
            agree=tuple(entry.get("agree", ())),
            grades=tuple(entry.get("grades", ())),
        )
        for entry in data["facts"]
    )


def speaker_of(document: Document, claim: Claim) -> tuple[int, str]:
    """Who makes a claim in a document: rank (1 strongest) and speaker.

    A form speaks as `form` where it is filled in (table cells, label and value); its prose is the applicant's other statements."""
    speaker = document.speaker
    if not speaker:
        words = vocabulary().of(document.kind)
        speaker = words.speaker if words else "other"
    if speaker == "form" and document.kind is Kind.FORM and _layout(_Same(document)).in_prose(claim):
        speaker = "other"
    return RANKS.get(speaker, RANKS["other"]), speaker


def collect(documents: Sequence[Document], extractions: Mapping[str, Extraction]) -> tuple[Fact, ...]:
    """Each fact with all its asserted mentions, in the order of checklists/facts.yaml, then of the documents."""
    facts: list[Fact] = []
    for rule in fact_rules():
        gathered: dict[tuple[str, ...], _Gathered] = {}
        for document in documents:
            extraction = extractions.get(document.id)
            for claim in extraction.claims if extraction else ():
                if claim.name == rule.name and claim.status is Status.ASSERTED:
                    qualifiers = {name: claim.qualifiers.get(name) for name in rule.by if name != "value"}
                    key = tuple(repr(claim.value if name == "value" else qualifiers[name]) for name in rule.by)
                    gathered.setdefault(key, _Gathered(qualifiers)).claims.append((document, claim))
        facts += [_fact(rule, entry) for _, entry in sorted(gathered.items(), key=lambda item: item[0])]
    return tuple(facts)


def _fact(rule: FactRule, gathered: _Gathered) -> Fact:
    ranked = [(*speaker_of(document, claim), document, claim) for document, claim in gathered.claims]
    strongest = min(ranked, key=lambda entry: entry[0])
    open_ended = any(gathered.qualifiers.get(name) is None for name in rule.needs)
    pairs = () if open_ended else combinations(ranked, 2)
    against = [(one, other) for one, other in pairs if not _agree(rule, one[3], other[3])]
    return Fact(
        name=rule.name,
        qualifiers={name: value for name, value in gathered.qualifiers.items() if value is not None},
        value=strongest[3].value,
        mentions=tuple(
            Mention(document=document.id, claim=claim.id, value=claim.value, rank=rank, speaker=speaker)
            for rank, speaker, document, claim in ranked
        ),
        conflict=bool(against),
        stronger=_stronger(ranked, against),
    )


_Ranked = tuple[int, str, Document, Claim]


def _stronger(ranked: Sequence[_Ranked], against: Sequence[tuple[_Ranked, _Ranked]]) -> str | None:
    """The document that outranks all it disagrees with; None where nothing conflicts, or equals do."""
    top = min(entry[0] for entry in ranked)
    if not against or any(one[0] == other[0] == top for one, other in against):
        return None
    winners = [entry[2].id for pair in against for entry in pair if entry[0] == top]
    return winners[0] if winners else None


def _agree(rule: FactRule, one: Claim, other: Claim) -> bool:
    if not _COMPARERS[rule.compare](rule, one, other):
        return False
    for name in rule.agree:
        left, right = one.qualifiers.get(name), other.qualifiers.get(name)
        if isinstance(left, str) and isinstance(right, str) and not (same_date(left, right) or same_name(left, right)):
            return False
    return True


def _texts(compare: Callable[[str, str], bool]) -> Callable[[FactRule, Claim, Claim], bool]:
    def agree(rule: FactRule, one: Claim, other: Claim) -> bool:
        if isinstance(one.value, str) and isinstance(other.value, str):
            return compare(one.value, other.value)
        return one.value == other.value

    return agree


def _figures(rule: FactRule, one: Claim, other: Claim) -> bool:
    left, right = figure_of(one), figure_of(other)
    return one.value == other.value if left is None or right is None else same_figure(left, right)


def _exact(rule: FactRule, one: Claim, other: Claim) -> bool:
    return one.value == other.value


def _records(rule: FactRule, one: Claim, other: Claim) -> bool:
    """A denial and an event contradict one another where the denial reaches down to the event's grade and covers its kinds."""
    if one.value == other.value:
        return True
    denial, event = (one, other) if one.value == _NONE else (other, one)
    denied, happened = denial.qualifiers.get("severity"), event.qualifiers.get("severity")
    if denied in rule.grades and happened in rule.grades and rule.grades.index(str(happened)) < rule.grades.index(str(denied)):
        return True
    kinds, event_kinds = _listed(denial, "kinds", "lists"), _listed(event, "kinds", "lists")
    return bool(kinds and event_kinds and not kinds & event_kinds)


def _listed(claim: Claim, *names: str) -> set[str]:
    return {str(entry) for name in names for entry in _items(claim.qualifiers.get(name))}


def _items(value: JsonValue) -> Sequence[JsonValue]:
    return value if isinstance(value, list | tuple) else ()


_COMPARERS: Mapping[str, Callable[[FactRule, Claim, Claim], bool]] = {
    "name": _texts(same_name),
    "code": _texts(same_code),
    "address": _texts(same_address),
    "date": _texts(same_date),
    "figure": _figures,
    "exact": _exact,
    "record": _records,
}


class _Layout:
    """Where a form's table cells and its other blocks stand, for many questions about one document."""

    def __init__(self, document: Document) -> None:
        self._text = document.file.content.text
        reach = document.span
        spans = sorted(
            (span, block.role is Role.CELL)
            for block in document.file.content.blocks
            if block.spans and reach.start <= block.spans[0].start < reach.end
            for span in block.spans
            if span.start < span.end
        )
        self._starts = [span.start for span, _ in spans]
        self._spans = spans
        self._longest = max((span.end - span.start for span, _ in spans), default=0)
        self._tables = any(cell for _, cell in spans)

    def in_prose(self, claim: Claim) -> bool:
        """Whether a claim stands outside tables and labelled lines; false where the form shows no tables to be outside of."""
        places = [(entry.start, entry.end) for entry in claim.evidence if entry.start is not None and entry.end is not None]
        if not places or not self._tables:
            return False
        held = [cell for start, end in places for cell in self._held(start, end)]
        if not held or any(held):
            return False
        return not any(_LABELLED.match(self._text, self._text.rfind("\n", 0, start) + 1) for start, _ in places)

    def _held(self, start: int, end: int) -> Iterator[bool]:
        """For each block that a place touches: whether it is a table cell."""
        first = bisect_left(self._starts, start - self._longest)
        for span, cell in self._spans[first : bisect_left(self._starts, end)]:
            if start < span.end:
                yield cell


class _Same:
    """A document as a key, told by identity: comparing long documents by value would cost more than laying them out."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def __hash__(self) -> int:
        return id(self.document)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.document is self.document


@lru_cache(maxsize=4)
def _layout(key: _Same) -> _Layout:
    return _Layout(key.document)
