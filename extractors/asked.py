"""What the fields of a text ask: where their prompts stand, and which labels (a year, a kind, a verdict) ask only by what is around them.

Made once a text, since each family of records (accidents, penalties, bad credit) looks among all fields for the few that ask for it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from docproc.extract import FormField
from docproc.model import Span
from extractors.labelled import Labelled, labelled_of
from extractors.parties.rows import party_tables, with_own_rows
from extractors.words.lexicon import one_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

KEPT = "docproc.asked"  # where a Doc keeps it
SHORTEST_BRACKET = 2
STATEMENT = 3  # characters of an option that say something by themselves: 无事故
_bracket = re.compile(r"\s*[（(][^（()）\n\t]{0,40}[）)]")
_count_label = re.compile(r"(?:发生)?(?:起数|次数|件数|宗数)")
_year_label = re.compile(r"(?:19|20)\d\d年?度?")


class Asked:
    """The prompts of a text's fields; fields are named by their number among `fields`."""

    def __init__(self, text: str, labelled: Labelled) -> None:
        self.fields = fields = labelled.fields
        self.boxed = [fields[number] for number in labelled.boxed]
        self._text = text
        self._labelled = labelled
        self._counts = [number for number in labelled.numbers(is_count) if fields[number].column]
        self._years = [number for number in labelled.numbers(_is_year) if not fields[number].column]
        self.verdicts = frozenset(labelled.numbers(_is_verdict))
        # what stands beside an empty box where another of the same prompt is ticked or none is: nobody's statement
        self.unticked = [
            option.span for field in self.boxed for option in field.options if not option.ticked and len(option.text) >= STATEMENT
        ]

    def prompt(self, number: int) -> Span:
        """The label of a field with the bracket behind it (近三年累计，起), which a form reader leaves out of the label."""
        field = self.fields[number]
        start, end = field.label_span
        if field.value_span.start - end < SHORTEST_BRACKET:
            return field.label_span
        bracket = _bracket.match(self._text, end, field.value_span.start)
        return field.label_span if bracket is None else Span(start, bracket.end())

    @cached_property
    def _by_place(self) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
        """The fields by place: their numbers, where their prompts begin, and how far the prompts up to each go at most."""
        starts = [field.label_span.start for field in self.fields]
        order = sorted(range(len(starts)), key=starts.__getitem__)
        return order, [starts[number] for number in order], list(accumulate((_reach(self.fields[number]) for number in order), max))

    def around(self, places: Sequence[Span]) -> set[int]:
        """The fields whose prompt holds one of some places, which ascend and are apart."""
        found: set[int] = set()
        order, starts, reached = self._by_place if places else ((), (), ())
        first = 0
        for start, end in places:
            last = bisect_right(starts, start, first)
            for place in range(last - 1, first - 1, -1):
                if reached[place] < end:
                    break
                if self.prompt(order[place]).end >= end:
                    found.add(order[place])
            first = last
        return found

    def below(self, topic: Callable[[str], bool] | None, named: Callable[[str], bool]) -> Iterable[int]:
        """The fields whose label is only a year, a count or a topic, where the group or heading above is `named`."""
        topics = self._labelled.numbers(lambda label: topic(label.strip())) if topic is not None else ()
        numbers = [*self._years, *self._counts, *topics]
        return (number for number in numbers if named(f"{self.fields[number].group} {self.fields[number].heading}"))


def asked_of(doc: Doc) -> Asked:
    """The prompts of a Doc's fields, made once for as many fields as it has."""
    fields: Sequence[FormField] = doc._.fields
    kept = doc.user_data.get(KEPT)
    if kept is None or kept[0] != len(fields):
        labelled = Labelled(with_own_rows(doc.text, fields)) if party_tables(doc.text) else labelled_of(doc)
        kept = doc.user_data[KEPT] = (len(fields), Asked(doc.text, labelled))
    found: Asked = kept[1]
    return found


def _reach(field: FormField) -> int:
    """The farthest that a prompt may end: a bracket behind the label ends before the value."""
    return max(field.label_span.end, field.value_span.start)


@lru_cache(maxsize=4096)
def _is_year(label: str) -> bool:
    return _year_label.fullmatch(label.strip()) is not None


@lru_cache(maxsize=4096)
def is_count(label: str) -> bool:
    """Whether a label only says that something is counted: 起数, 发生次数."""
    return _count_label.fullmatch(label.strip()) is not None


@lru_cache(maxsize=4096)
def _is_verdict(label: str) -> bool:
    return one_of("prompts", "verdicts").fullmatch(label.rstrip("：:")) is not None
