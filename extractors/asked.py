"""What the fields of a text ask: where their prompts stand, and which labels (a year, a kind, a verdict) ask only by what is around them.

Made once a text, since each family of records (accidents, penalties, bad credit) looks among all fields for the few that ask for it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from docproc.extract import FormField
from docproc.model import Span
from extractors.labelled import Labelled, labelled_of
from extractors.lexicon import one_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

KEPT = "docproc.asked"  # where a Doc keeps it
LONGEST_YEAR = 6
SHORTEST_BRACKET = 2
STATEMENT = 4  # characters of an option that say something by themselves: 未发生事故
_bracket = re.compile(r"\s*[（(][^（()）\n\t]{0,40}[）)]")
_count_label = re.compile(r"(?:发生)?(?:起数|次数|件数|宗数)")
_year_label = re.compile(r"(?:19|20)\d\d年?度?")


class Asked:
    """The prompts of a text's fields; fields are named by their number among `fields`."""

    def __init__(self, text: str, labelled: Labelled) -> None:
        self.fields = fields = labelled.fields
        self._text = text
        self._labelled = labelled
        starts = [field.label_span.start for field in fields]
        self._order = sorted(range(len(fields)), key=starts.__getitem__)
        self._starts = [starts[number] for number in self._order]
        self._reached = list(accumulate((_reach(fields[number]) for number in self._order), max))
        self._counts = [number for number in self._named(is_count) if fields[number].column]
        self._years = [number for number in self._named(_is_year) if not fields[number].column]
        self.verdicts = frozenset(labelled.numbers(_is_verdict))
        # what stands beside an empty box where another of the same prompt is ticked or none is: nobody's statement
        self.unticked = [
            option.span
            for field in fields
            if field.options
            for option in field.options
            if not option.ticked and len(option.text) >= STATEMENT
        ]

    def prompt(self, number: int) -> Span:
        """The label of a field with the bracket behind it (近三年累计，起), which a form reader leaves out of the label."""
        field = self.fields[number]
        start, end = field.label_span
        if field.value_span.start - end < SHORTEST_BRACKET:
            return field.label_span
        bracket = _bracket.match(self._text, end, field.value_span.start)
        return field.label_span if bracket is None else Span(start, bracket.end())

    def around(self, places: Iterable[Span]) -> set[int]:
        """The fields whose prompt holds one of some places, which ascend and are apart."""
        found: set[int] = set()
        first = 0
        for start, end in places:
            last = bisect_right(self._starts, start, first)
            for place in range(last - 1, first - 1, -1):
                if self._reached[place] < end:
                    break
                if self.prompt(self._order[place]).end >= end:
                    found.add(self._order[place])
            first = last
        return found

    def below(self, topic: Callable[[str], bool] | None, named: Callable[[str], bool]) -> Iterable[int]:
        """The fields whose label is only a year, a count or a topic, where the group or heading above is `named`."""
        numbers = [*self._years, *self._counts, *(self._named(topic) if topic is not None else ())]
        return (number for number in numbers if named(f"{self.fields[number].group} {self.fields[number].heading}"))

    def _named(self, test: Callable[[str], bool]) -> list[int]:
        return self._labelled.numbers(lambda label: test(label.strip()))


def asked_of(doc: Doc) -> Asked:
    """The prompts of a Doc's fields, made once for as many fields as it has."""
    fields: Sequence[FormField] = doc._.fields
    kept = doc.user_data.get(KEPT)
    if kept is None or kept[0] != len(fields):
        kept = doc.user_data[KEPT] = (len(fields), Asked(doc.text, labelled_of(doc)))
    found: Asked = kept[1]
    return found


def _reach(field: FormField) -> int:
    """The farthest that a prompt may end: a bracket behind the label ends before the value."""
    return max(field.label_span.end, field.value_span.start)


def _is_year(label: str) -> bool:
    return len(label) <= LONGEST_YEAR and _year_label.fullmatch(label) is not None


def is_count(label: str) -> bool:
    """Whether a label only says that something is counted: 起数, 发生次数."""
    return len(label) <= LONGEST_YEAR and _count_label.fullmatch(label) is not None


@lru_cache(maxsize=4096)
def _is_verdict(label: str) -> bool:
    return one_of("prompts", "verdicts").fullmatch(label.rstrip("：:")) is not None
