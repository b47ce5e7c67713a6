"""Entries that a correction quotes: “申报等级：基础级”系误填，应为“申报等级：先进级”. Only the entry that is to hold is a field."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docproc.extract import FormField
from extractors.forms.pieces import Piece, label_of, piece, value_of

_ENTRY = re.compile(
    r"(?:应|更正|订正|修正|改正|改|修改|变更|调整|勘误)(?:填写?|记)?(?:为|是)[：:]?[ ]?"
    r"[“\"「](?P<label>[^“”\"「」：:，。；\n]{2,30})[：:](?P<value>[^“”\"「」\n]{1,80})[”\"」]"
)
_SUPPOSED = re.compile(r"(?:^|[。；，：])[ 　]*(?:如|若|例如|比如|譬如|假如|倘)[^。；]*$")


def corrected_entries(text: str, line: Piece, heading: str) -> Iterator[FormField]:
    """The entries of a line that a correction puts in the place of others; a supposed correction puts none."""
    if "为" not in line.text or "”" not in line.text:
        return
    for found in _ENTRY.finditer(text, *line.span):
        if _SUPPOSED.search(text, line.start, found.start()):
            continue
        label, value = label_of(piece(text, *found.span("label"))), piece(text, *found.span("value"))
        yield FormField(label.text, value_of(value.text), label.span, value.span, unit=label.unit, heading=heading)
