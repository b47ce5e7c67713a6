"""Labels that stand together, and their values below them in the same order, as a scan of two columns is recognised.

名称                            each value must be one that its label is answered with; a value that was broken over lines is put
类型                            together where only one way of doing so fits all labels, and a label that stays without a value is
住所                            passed over on the same terms. Where more than one way fits, nothing is read.
天津……有限公司
有限责任公司
天津市……14号
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from docproc.extract import FormField
from extractors.forms.below import is_short_answer
from extractors.forms.boxes import BEGINS_BOX, choices
from extractors.forms.cells import NUMBER, reads_like_label
from extractors.forms.pairs import field_of_cell
from extractors.forms.pieces import KEPT, Label, Piece, label_of, piece, value_of
from extractors.words.anchors import compiled
from extractors.words.lexicon import tree_of, vocabulary, words

LONGEST_LABEL = 20
LONGEST_VALUE = 60
MOST_LABELS = 12
MOST_LINES = 3  # that one value may be broken over
MOST_WAYS = 2
_UNITS = frozenset(("人", "名", "元", "万元", "亿元", "分", "起", "次", "家", "件"))
_KNOWN = compiled(rf"[*＊]?(?:{tree_of(words('fields', 'known_labels'))})(?:[（(][^（()）]{{1,8}}[）)])?[：:]?")
_A_VALUE = re.compile(r"\d|(?:公司|厂|号|中心|企业|局|院|集团)$")
_YEAR = re.compile(r"(?:19|20)\d\d年度?|(?<=规上)企业$|(?<=工业)企业$")
_PUNCTUATION = re.compile("[，。；！？]")


class _Ask(NamedTuple):
    """A label and what it may be answered with; `kind` is None where that is not known."""

    label: Label
    kind: re.Pattern[str] | None


@lru_cache(maxsize=KEPT)
def may_stand_apart(line: str) -> bool:
    """Whether a line is a label and nothing else."""
    if not 2 <= len(line) <= LONGEST_LABEL or "\t" in line or _PUNCTUATION.search(line):
        return False
    if _KNOWN.fullmatch(line):
        return True
    return reads_like_label(line) and _A_VALUE.search(_YEAR.sub("", line)) is None and not is_short_answer(line)


@lru_cache(maxsize=KEPT)
def _kind(label: str) -> re.Pattern[str] | None:
    """What a label is answered with."""
    for ends, answers in _kinds():
        if ends.search(label):
            return answers
    return None


@lru_cache(maxsize=1)
def _kinds() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((compiled(entry["label"]), compiled(entry["value"])) for entry in vocabulary("fields")["answered_with"])


def fields_apart(text: str, lines: Sequence[Piece], position: int, heading: str) -> tuple[list[FormField], int] | None:
    """The fields of the labels that begin on this line, and the lines they take with their values; None where these do not agree."""
    asks: list[_Ask] = []
    after = position
    while after < len(lines) and len(asks) <= MOST_LABELS and may_stand_apart(lines[after].text):
        label = label_of(lines[after])
        asks.append(_Ask(label, _kind(label.text)))
        after += 1
    if len(asks) > 1 and _ends_as_label(lines[position + 1]) and not _ends_as_label(lines[position]):
        return None  # a heading over labels that end in colons
    if not 2 <= len(asks) <= MOST_LABELS or all(ask.kind is None for ask in asks):
        return None
    while after < len(lines) and not lines[after].text:
        after += 1
    first = after
    while after < len(lines) and after - first < MOST_LINES * len(asks) and _may_be_value(lines[after].text):
        after += 1
    pieces = lines[first:after]
    if not pieces:
        return None
    values = _alone(text, asks, pieces) or _put_together(text, asks, pieces)
    if values is None and _headed(asks):
        values = _alone(text, asks[1:], pieces)
        if values is not None:
            heading, asks = asks[0].label.text, asks[1:]
    if values is None:
        taken = _ambiguous(asks, pieces)
        return ([], first + taken - position) if taken else None
    return [_field(text, ask.label, value, heading) for ask, value in zip(asks, values, strict=True) if value is not None], after - position


def _field(text: str, label: Label, value: Piece, heading: str) -> FormField:
    if "\n" not in value.text:
        return field_of_cell(text, label, value, group="", unit=label.unit, heading=heading)
    answer = value_of(value.text.replace("\n", ""))
    return FormField(label.text, answer, label.span, value.span, unit=label.unit, heading=heading, required=label.required)


def _headed(asks: Sequence[_Ask]) -> bool:
    """智能制造能力成熟度 / 等级 / 得分: whether the first may be the heading of the others, which asks for nothing that they do not."""
    kinds = [ask.kind for ask in asks[1:]]
    return len(kinds) > 1 and any(kinds) and (asks[0].kind is None or asks[0].kind in kinds)


def _ends_as_label(line: Piece) -> bool:
    return line.text.endswith(("：", ":"))


def _ambiguous(asks: Sequence[_Ask], pieces: Sequence[Piece]) -> int:
    """How many of the lines below answer labels of the run, though it cannot be told which: what one of them says is nobody's answer."""
    if len(asks) > 2 and len(pieces) == len(asks):
        return len(pieces)
    if len(pieces) > 1 and all(any(ask.kind is not None and _fits(ask, each.text) for ask in asks) for each in pieces):
        return len(pieces)
    known = sum(_KNOWN.fullmatch(ask.label.text) is not None and ask.kind is not None and _fits(ask, pieces[0].text) for ask in asks)
    return 1 if known > 1 else 0


def _may_be_value(line: str) -> bool:
    if not line or "\t" in line or len(line) > LONGEST_VALUE:
        return False
    return not line.endswith(("：", ":", "。", "！", "？")) and not may_stand_apart(line)


def _alone(text: str, asks: Sequence[_Ask], pieces: Sequence[Piece]) -> list[Piece | None] | None:
    """A line for each label."""
    fits = len(asks) == len(pieces) and all(_fits(ask, value.text) for ask, value in zip(asks, pieces, strict=True))
    return list(pieces) if fits else None


def _put_together(text: str, asks: Sequence[_Ask], pieces: Sequence[Piece]) -> list[Piece | None] | None:
    """The one way in which all lines make values of the labels, in order, with the fewest labels left without one; else None."""
    if any(ask.kind is None for ask in asks):
        return None
    ways: list[list[Piece | None]] = [[]]
    taken: list[int] = [0]
    for ask in asks:
        longer: list[list[Piece | None]] = []
        reached: list[int] = []
        for way, used in zip(ways, taken, strict=True):
            longer.append([*way, None])
            reached.append(used)
            for count in range(1, min(MOST_LINES, len(pieces) - used) + 1):
                value = piece(text, pieces[used].start, pieces[used + count - 1].end)
                if _fits(ask, value.text.replace("\n", "")):
                    longer.append([*way, value])
                    reached.append(used + count)
        ways, taken = longer, reached
        if len(ways) > MOST_WAYS**MOST_LABELS:
            return None
    whole = [way for way, used in zip(ways, taken, strict=True) if used == len(pieces)]
    fewest = min((way.count(None) for way in whole), default=0)
    best = [way for way in whole if way.count(None) == fewest]
    return best[0] if len(best) == 1 else None


@lru_cache(maxsize=KEPT)
def _answers(kind: re.Pattern[str], value: str) -> bool:
    return kind.fullmatch(value) is not None


def _fits(ask: _Ask, value: str) -> bool:
    if ask.kind is None or not value_of(value) or value in _UNITS:
        return True
    if BEGINS_BOX.search(value) and (found := list(choices(value, 0, len(value)))):
        return any(_answers(ask.kind, option.text) for option in found[0].options)
    return _answers(ask.kind, value) or (bool(ask.label.unit) and NUMBER.fullmatch(value) is not None)
