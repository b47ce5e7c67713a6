"""The fields of a text by what their labels say: a form asks the same over and over, so a label is judged once for all that bear it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from docproc.extract import FormField

if TYPE_CHECKING:
    from spacy.tokens import Doc

KEPT = "docproc.labelled"  # where a Doc keeps it


class Labelled:
    """Fields under their labels, and under the heads of their columns; numbers are places among `fields`."""

    def __init__(self, fields: Sequence[FormField]) -> None:
        self.fields = fields
        self._labels: defaultdict[str, list[int]] = defaultdict(list)
        self._heads: defaultdict[str, list[int]] = defaultdict(list)  # the column's head, of a field without a column its label
        for number, field in enumerate(fields):
            self._labels[field.label].append(number)
            self._heads[field.column or field.label].append(number)

    @cached_property
    def boxed(self) -> list[int]:
        """Which fields have boxes, in order."""
        return [number for number, field in enumerate(self.fields) if field.options]

    def numbers(self, asks: Callable[[str], object]) -> list[int]:
        """Which fields have a label that fits, in order."""
        return _chosen(self._labels, asks)

    def under(self, asks: Callable[[str], object]) -> list[FormField]:
        """The fields whose label fits, in order."""
        return [self.fields[number] for number in _chosen(self._labels, asks)]

    def headed(self, asks: Callable[[str], object]) -> list[int]:
        """Which fields have a column's head that fits, or a label that fits and no column, in order."""
        return _chosen(self._heads, asks)

    def any(self, asks: Callable[[str], object]) -> bool:
        """Whether a label fits at all."""
        return any(asks(label) for label in self._labels)


def labelled_of(doc: Doc) -> Labelled:
    """The fields of a Doc by their labels, made once for as many fields as it has."""
    fields: Sequence[FormField] = doc._.fields
    kept = doc.user_data.get(KEPT)
    if kept is None or len(kept.fields) != len(fields):
        kept = doc.user_data[KEPT] = Labelled(fields)
    found: Labelled = kept
    return found


def _chosen(kept: Mapping[str, list[int]], asks: Callable[[str], object]) -> list[int]:
    found = [numbers for name, numbers in kept.items() if asks(name)]
    return found[0] if len(found) == 1 else sorted(number for numbers in found for number in numbers)
