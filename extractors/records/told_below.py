"""The lines right below an answered prompt that go on about it: 是否受到行政处罚：☑是, then 处罚时间：…, 罚款金额：…."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from docproc.extract import FormField


def told_below(
    text: str, answer: FormField, fields: Sequence[FormField], goes_on: Callable[[str], bool], asks_on: Callable[[str], bool] | None = None
) -> list[FormField]:
    """The fields below an answer, line by line, as long as their labels go on about it (`goes_on`); boxes only where `asks_on` says so."""
    found: list[FormField] = []
    reached = max([answer.value_span.end, answer.label_span.end, *(option.span.end for option in answer.options)])
    for field in sorted(fields, key=lambda each: each.label_span):
        if field.label_span.start < reached or field.column:
            continue
        if text.count("\n", reached, field.label_span.start) > 1:
            break
        if field.options and not (asks_on is not None and asks_on(field.label)):
            break
        if not field.options and not goes_on(field.label):
            break
        found.append(field)
        reached = max([field.value_span.end, *(option.span.end for option in field.options)])
    return found
