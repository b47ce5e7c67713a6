"""Commas and semicolons of Latin width inside Chinese sentences, as the full-width ones that end a clause (2024年获评,现申报).

For searching only: a quote keeps the mark of its source. Only lines that hold a full stop are sentences; a row of comma-separated values
has none and stays. Between two figures a comma parts thousands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docproc.text.align import Edit

_MARK = re.compile(r"[,;](?:(?<=[\u3400-\u9fff）)”」』》】][,;])|(?= ?[\u3400-\u9fff（“「『《【]))")
_FULL_STOP = "。"
REASON = "半角标点"
_WIDE = {",": "，", ";": "；"}


def widen_marks(text: str) -> Iterator[Edit]:
    """One edit a mark, each as long as what it replaces."""
    end, is_sentence = -1, False  # of the line that holds a mark
    for mark in _MARK.finditer(text):
        if mark.start() > end:
            end = text.find("\n", mark.end())
            end = len(text) if end < 0 else end
            is_sentence = text.find(_FULL_STOP, text.rfind("\n", 0, mark.start()) + 1, end) >= 0
        if is_sentence:
            yield Edit(mark.start(), mark.end(), _WIDE[mark[0]], REASON, parallel=True)
