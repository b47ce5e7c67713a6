"""What the fields of a text ask: where their prompts stand, and which labels (a year, a kind, a verdict) ask only by what is around them.

Made once a text, since each family of records (accidents, penalties, bad credit) looks among all fields for the few that ask for it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from docproc.extract import FormField
from docproc.model import Span
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

    def __init__(self, text: str, fields: Sequence[FormField]) -> None:
        self.fields = fields
        self.prompts = [_prompt(text, field) for field in fields]
        self._order = sorted(range(len(fields)), key=self.prompts.__getitem__)
        self._starts = [self.prompts[number].start for number in self._order]
        self._labelled: dict[str, list[int]] = {}
        for number, field in enumerate(fields):
            self._labelled.setdefault(field.label.strip(), []).append(number)
        self._counts = [number for number in self._named(is_count) if fields[number].column]
        self._years = [number for number in self._named(_is_year) if not fields[number].column]
        self.verdicts = frozenset(number for number, field in enumerate(fields) if _is_verdict(field.label))
        # what stands beside an empty box where another of the same prompt is ticked or none is: nobody's statement
        self.unticked = [
            option.span
            for field in fields
            if field.options
            for option in field.options
            if not option.ticked and len(option.text) >= STATEMENT
        ]

    def around(self, places: Iterable[Span]) -> set[int]:
        """The fields whose prompt holds one of some places, which ascend and are apart."""
        found: set[int] = set()
        first = 0
        for start, end in places:
            last = bisect_right(self._starts, start, first)
            found.update(number for number in self._order[first:last] if self.prompts[number].end >= end)
            first = last
        return found

    def below(self, topic: Callable[[str], bool] | None, named: Callable[[str], bool]) -> Iterable[int]:
        """The fields whose label is only a year, a count or a topic, where the group or heading above is `named`."""
        numbers = [*self._years, *self._counts, *(self._named(topic) if topic is not None else ())]
        return (number for number in numbers if named(f"{self.fields[number].group} {self.fields[number].heading}"))

    def _named(self, test: Callable[[str], bool]) -> list[int]:
        return [number for label, numbers in self._labelled.items() if test(label) for number in numbers]


def asked_of(doc: Doc) -> Asked:
    """The prompts of a Doc's fields, made once for as many fields as it has."""
    fields: Sequence[FormField] = doc._.fields
    kept = doc.user_data.get(KEPT)
    if kept is None or kept[0] != len(fields):
        kept = doc.user_data[KEPT] = (len(fields), Asked(doc.text, fields))
    found: Asked = kept[1]
    return found


def _prompt(text: str, field: FormField) -> Span:
    """The label with the bracket behind it (近三年累计，起), which a form reader leaves out of the label."""
    start, end = field.label_span
    if field.value_span.start - end < SHORTEST_BRACKET:
        return field.label_span
    bracket = _bracket.match(text, end, field.value_span.start)
    return field.label_span if bracket is None else Span(start, bracket.end())


def _is_year(label: str) -> bool:
    return len(label) <= LONGEST_YEAR and _year_label.fullmatch(label) is not None


def is_count(label: str) -> bool:
    """Whether a label only says that something is counted: 起数, 发生次数."""
    return len(label) <= LONGEST_YEAR and _count_label.fullmatch(label) is not None


@lru_cache(maxsize=4096)
def _is_verdict(label: str) -> bool:
    return one_of("prompts", "verdicts").fullmatch(label.rstrip("：:")) is not None
