"""Penalties that a form keeps by labels or columns: 处罚日期, 处罚机关, 罚款金额 …, in a run of their own or below an answered prompt."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Any

from docproc.extract import FormField, Match
from docproc.model import Span, Status
from extractors.labelled import Labelled
from extractors.records.timing import dates_in
from extractors.records.told_below import told_below
from extractors.words.lexicon import one_of, patterns

NAME = "violation.record"
WORDS = "violation"
_mended_on = re.compile("已(?:经|于|在)?[^，。；\n]{0,14}?修复(?!中|申请|期)")


def penalty_records(text: str, labelled: Labelled, apart_from: Collection[Span] = ()) -> Iterator[Match]:
    """Penalties on record: labels or columns 处罚日期, 处罚机关, 处罚金额 … in a run, one penalty a date.

    `apart_from`: the dates that have been read already.
    """
    fields = labelled.fields
    dated = sorted(labelled.headed(lambda head: is_of_record("record_dates", head)))
    for index in dated:
        field = fields[index]
        near = fields[max(0, index - 6) : index + 7]
        mates = [mate for mate in near if is_of_record("record_labels", mate.column or mate.label)]
        dates = dates_in(text, *field.value_span)
        if mates and dates and field.value_span not in apart_from:
            last = max([field, *mates], key=lambda mate: mate.value_span.end) if not field.column else field
            start = min(field.label_span.start, field.value_span.start) if not field.column else field.value_span.start
            place = Span(start, max(last.value_span.end, field.value_span.end))
            following = next((other for other in dated if other > index), len(fields))
            mended = _mended_beside(text, field, fields[index + 1 : min(following, index + 7)])
            yield Match(NAME, "occurred", {"date": dates[0].iso} | mended, Status.ASSERTED, (place,))


def _mended_beside(text: str, field: FormField, behind: Sequence[FormField]) -> dict[str, Any]:
    """Whether the sentence of a penalty's day goes on to say that it was remedied, or a field behind it of the same record does."""
    if any(_says_mended(mate) for mate in behind if not field.column or mate.label_span == field.label_span):
        return {"remedied": True}
    start = field.value_span.start
    stop = min((at for mark in "。；;\n\t" if (at := text.find(mark, start)) >= 0), default=len(text))
    return remedied(text, start, stop)


def _says_mended(field: FormField) -> bool:
    """修复状态：已修复, 是否完成信用修复：是."""
    head = field.column or field.label
    if one_of(WORDS, "mending_labels").search(head):
        return answers_mended(field.value)
    return bool(remedied(field.value, 0, len(field.value)))


def answers_mended(answer: str) -> bool:
    """Whether the answer of a field on mending says that it is done."""
    return bool(remedied(answer, 0, len(answer))) or one_of(WORDS, "mended_answers").fullmatch(answer) is not None


@lru_cache(maxsize=4096)
def is_of_record(key: str, label: str) -> bool:
    """Whether a label is one of those under which a penalty's record keeps something."""
    return one_of(WORDS, key).fullmatch(re.sub(r"\s", "", label)) is not None


def remedied(text: str, start: int, end: int) -> dict[str, Any]:
    """`remedied` where a stretch says that a penalty was, and not that it is still under way."""
    done = one_of(WORDS, "remedied").search(text, start, end) or _mended_on.search(text, start, end)
    return {"remedied": True} if done and not one_of(WORDS, "not_remedied").search(text, start, end) else {}


def details_below(text: str, answer: FormField, fields: Sequence[FormField]) -> list[FormField]:
    """The fields on the lines right below an answered prompt that tell of the penalty: 处罚时间, 罚款金额, 是否完成信用修复."""
    return told_below(text, answer, fields, _goes_on, lambda label: one_of(WORDS, "mending_labels").search(label) is not None)


def _goes_on(label: str) -> bool:
    kept = any(is_of_record(key, label) for key in ("record_dates", "bare_dates", "record_labels"))
    return kept or one_of(WORDS, "mending_labels").search(label) is not None or patterns(WORDS, "aftermath_labels").match(label) is not None


def of_details(text: str, below: Sequence[FormField]) -> dict[str, Any]:
    """The date of the penalty that such fields tell of, and whether it was remedied."""
    dated = (field for field in below if is_of_record("record_dates", field.label) or is_of_record("bare_dates", field.label))
    dates = [date.iso for field in dated for date in dates_in(text, *field.value_span)][:1]
    mended = any(_says_mended(field) for field in below)
    return ({"date": dates[0]} if dates else {}) | ({"remedied": True} if mended else {})
