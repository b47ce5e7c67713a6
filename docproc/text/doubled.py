"""Step: bold faked by printing a character several times comes out of a PDF as 假假假粗粗粗.

Only a whole run between marks or blanks, of three different characters or more, each repeated equally often, is one: 高高兴兴 and
形形色色 are words, and one doubled character in a run says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docproc.text.align import Edit

_DOUBLED = re.compile("([\u3400-\u9fff])\\1+([\u3400-\u9fff])\\2")
_RUN = re.compile("[\u3400-\u9fff]{6,}")
_SHORTEST = 3
_SHORTEST_TWICE = 5  # 干干净净清清楚楚 is four


def merge_doubled(text: str) -> Iterator[Edit]:
    reached = 0
    for doubled in _DOUBLED.finditer(text):
        found = _RUN.match(text, doubled.start())
        if found is None or found.start() < reached or "\u3400" <= text[max(0, found.start() - 1) : found.start()] <= "\u9fff":
            continue
        reached = found.end()
        run = found[0]
        times = len(run) - len(run.lstrip(run[0]))
        single = run[::times]
        shortest = _SHORTEST_TWICE if times == 2 else _SHORTEST
        if len(set(single)) >= shortest and "".join(character * times for character in single) == run:
            yield Edit(found.start(), found.end(), single, "重复描印的粗体字还原", "inferred")
