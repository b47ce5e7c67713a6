"""Names and values in quotation marks, as programs export them: {"近三年安全事故":"无","职工人数":120,"规上":true}."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docproc.extract import FormField
from extractors.forms.pieces import Piece, label_of, piece, value_of

LONGEST_NAME = 60
_PAIR = re.compile(
    rf'"(?P<name>[^"\n{{}}]{{1,{LONGEST_NAME}}})"[ ]?[:：][ ]?(?:"(?P<text>[^"\n]*)"|(?P<bare>-?\d[\d.,]*(?<![.,])|true|false|null))'
)
_MEANT = {"true": "是", "false": "否", "null": ""}


def exported_fields(text: str, line: Piece, heading: str) -> Iterator[FormField]:
    """The pairs of a line, in order; true and false answer yes and no."""
    for found in _PAIR.finditer(text, *line.span) if '"' in line.text else ():
        label = label_of(piece(text, *found.span("name")))
        if not label.text:
            continue
        value = piece(text, *found.span("bare" if found["text"] is None else "text"))
        told = _MEANT.get(value.text) if found["text"] is None else None
        answer = value_of(value.text) if told is None else told
        yield FormField(label.text, answer, label.span, value.span, (), "", label.unit, "", heading, label.required)
