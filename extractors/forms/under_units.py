"""A label, the unit on the line below it and the figure below that, as a table recognised cell by cell leaves them; also without a unit.

职工人数        营业收入          2024年
（人）          万元              营业收入
412             2023年            （万元）
                8,120             19,774.15
                2024年
                9,045
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from docproc.extract import FormField
from extractors.forms.cells import NUMBER, is_period, reads_like_label
from extractors.forms.pieces import KEPT, Label, Piece, bare_unit, label_of, value_of
from extractors.words.anchors import compiled
from extractors.words.lexicon import alternatives, words

UNIT_LINE = compiled(rf"(?:[（(]?(?:计量|金额)?单位[：:]?|[（(\[［【])?(?P<unit>{alternatives(words('fields', 'units'))})[）)\]］】]?")
_LONG_ENOUGH = re.compile(r".*\d.*\d")
MOST_YEARS = 6


def under_unit(lines: Sequence[Piece], position: int, group: str, heading: str) -> tuple[list[FormField], int] | None:
    """The fields of a label whose figures stand below it, and the lines they take; None where none do.

    Without a unit, on its own line or in the label, a figure must stand alone: another one below it may be of another label.
    """
    line = lines[position]
    if not (reads_like_label(line.text) or label_of(line).unit):
        return None
    label = label_of(line)
    below = _text(lines, position + 1)
    unit = _unit(below)
    first = position + 2 if unit else position + 1
    if unit and not label.unit:
        label = label._replace(unit=unit)
    if unit and is_period(_text(lines, first)):
        return _by_years(lines, first, label, group, heading, position)
    value = _text(lines, first)
    if not NUMBER.fullmatch(value) or NUMBER.fullmatch(_text(lines, first + 1)):
        return None
    if not unit and not (_LONG_ENOUGH.match(value) and (label.unit or _takes_bare_figure(label.text))):
        return None
    above = _text(lines, position - 1) if position else ""
    column = above if is_period(above) and _has_year(above) else ""
    return [_field(label, lines[first], column, group, heading)], first + 1 - position


def _by_years(
    lines: Sequence[Piece], first: int, label: Label, group: str, heading: str, position: int
) -> tuple[list[FormField], int] | None:
    """Years and figures by turns."""
    fields: list[FormField] = []
    place = first
    while len(fields) < MOST_YEARS and is_period(_text(lines, place)) and NUMBER.fullmatch(_text(lines, place + 1)):
        fields.append(_field(label, lines[place + 1], lines[place].text, group, heading))
        place += 2
    return (fields, place - position) if fields else None


def _text(lines: Sequence[Piece], place: int) -> str:
    return lines[place].text if 0 <= place < len(lines) else ""


@lru_cache(maxsize=KEPT)
def _unit(line: str) -> str:
    found = UNIT_LINE.fullmatch(line)
    return bare_unit(found["unit"]) if found else ""


def _has_year(period: str) -> bool:
    return re.search(r"(?:19|20)\d\d", period) is not None


def _takes_bare_figure(label: str) -> bool:
    """Whether a label counts people, which needs no unit."""
    return re.search("(?:人数|人员|员工|职工|总人数|员工总数|职工总数)$", label) is not None


def _field(label: Label, value: Piece, column: str, group: str, heading: str) -> FormField:
    return FormField(label.text, value_of(value.text), label.span, value.span, (), group, label.unit, column, heading, label.required)
