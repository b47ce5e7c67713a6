"""Entries that a correction quotes: “申报等级：基础级”系误填，应为“申报等级：先进级”. Only the entry that is to hold is a field."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docproc.extract import FormField
from docproc.model import Span
from extractors.forms.pieces import Piece, label_of, piece, value_of

_ENTRY = re.compile(
    r"(?:应|更正|订正|修正|改正|改|修改|变更|调整|勘误)(?:填写?|记)?(?:为|是)[：:]?[ ]?"
    r"[“\"「](?P<label>[^“”\"「」：:，。；\n]{2,30})[：:](?P<value>[^“”\"「」\n]{1,80})[”\"」]"
)
_SUPPOSED = re.compile(r"(?:^|[。；，：])[ 　]*(?:如|若|例如|比如|譬如|假如|倘)[^。；]*$")


# 原填“有”，经核实系误填，现更正为“无”; 由“有”更正为“无”
_FIRST = re.compile(
    r"(?:[原初误先曾]|此前|之前|上次|第一次)[一-龥]{0,4}?(?:填|报|写|选|勾|记|登)[一-龥]{0,3}[：:]?[ ]?[“\"「]?[^“”\"「」，。；]{1,12}"
    r"[”\"」]?|[由从将][“\"「][^“”\"「」]{1,12}[”\"」]"
)
_THEN = re.compile(
    r"(?:更正|订正|修正|改正|改填|改报|改|修改|变更|调整|应)(?:填写?|记|报|选)?(?:为|是|成)[：:]?[ ]?"
    r"(?:[“\"「](?P<quoted>[^“”\"「」\n]{1,12})[”\"」]|(?P<bare>[^“”\"「」，。；\n]{1,12})(?=[，。；]|$))"
)


def corrected_answer(field: FormField) -> FormField:
    """The field whose answer tells of another that was first given: only what it was put right to is its value."""
    if "为" not in field.value and "成" not in field.value and "是" not in field.value:
        return field
    first = _FIRST.match(field.value)
    then = _THEN.search(field.value, first.end()) if first is not None else None
    if then is None or re.search("[待拟]|将|申请|是否", field.value[: then.start()]):
        return field
    name = "quoted" if then["quoted"] is not None else "bare"
    start = field.value_span.start + then.start(name)
    rest = field.value[then.end() :]
    exact = field.value_span.end - field.value_span.start == len(field.value)
    return field._replace(value=then[name] + rest, value_span=Span(start, field.value_span.end) if exact else field.value_span)


def corrected_entries(text: str, line: Piece, heading: str) -> Iterator[FormField]:
    """The entries of a line that a correction puts in the place of others; a supposed correction puts none."""
    if "为" not in line.text or "”" not in line.text:
        return
    for found in _ENTRY.finditer(text, *line.span):
        if _SUPPOSED.search(text, line.start, found.start()):
            continue
        label, value = label_of(piece(text, *found.span("label"))), piece(text, *found.span("value"))
        yield FormField(label.text, value_of(value.text), label.span, value.span, unit=label.unit, heading=heading)
