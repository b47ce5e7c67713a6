"""Commas and semicolons of Latin width inside Chinese sentences, as the full-width ones that end a clause (2024年获评,现申报).

For searching only: a quote keeps the mark of its source. Only lines that hold a full stop are sentences; a row of comma-separated values
has none and stays. Between two figures a comma parts thousands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docproc.text.align import Edit

_SENTENCE = re.compile(r"[^\n]*。[^\n]*")
_MARK = re.compile(r"(?<=[\u3400-\u9fff）)”」』》】])[,;]|[,;](?= ?[\u3400-\u9fff（“「『《【])")
REASON = "半角标点"
_WIDE = {",": "，", ";": "；"}


def widen_marks(text: str) -> Iterator[Edit]:
    """One edit a mark, each as long as what it replaces."""
    if "," not in text and ";" not in text:
        return
    for line in _SENTENCE.finditer(text):
        for mark in _MARK.finditer(text, *line.span()):
            yield Edit(mark.start(), mark.end(), _WIDE[mark[0]], REASON, parallel=True)
