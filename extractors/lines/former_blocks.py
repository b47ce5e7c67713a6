"""Blocks of a form that tell of an earlier state: 上次自评估（2023年） over 等级：一级　得分：1.33, 原登记信息 over a name and an address.

What stands in such a block holds no longer, and nothing in it speaks for the fields outside of it. A line that ends by saying that what
it tells has run out (（已失效）) is such a block by itself, where it tells of one grade.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache

from docproc.extract import Match
from docproc.model import Span, Status
from extractors.words.lexicon import patterns
from extractors.words.per_text import once_a_text
from extractors.words.scanning import scan

_SIGN = re.compile("[上前]一?[次轮期年回]|往[期年次]|历史|历次|此前|以往|先前|首轮|原|变更前|更正前")
LONGEST_LEAD = 8  # code points before the words that open a block: blanks, a number
_NUMBERED = re.compile(r"[ 　]*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、](?!\d))")


@once_a_text
@lru_cache(maxsize=2)  # the same text is asked about by each of its fields
def former_blocks(text: str) -> Sequence[Span]:
    """The blocks that tell of an earlier state, in order."""
    found: list[Span] = []
    told = -1  # where what was looked at ends
    for sign in scan(_SIGN, text):
        if sign.start() < told:
            continue
        line = _line_of(text, sign.start())
        told = line.end
        if sign.start() - line.start > LONGEST_LEAD:
            continue
        words = text[slice(*line)].strip()
        opening = patterns("past", "former_block_patterns").match(words)
        if opening is not None and opening.end() < len(words):
            found.append(line)  # the words lead the fields of their own line
        elif opening is not None:
            told = _end_of_block(text, line.end)
            found.append(Span(line.end, told))
    return found


def _end_of_block(text: str, end: int) -> int:
    """Where the lines of a block end whose opening line ends here: at a blank line, a number, or a line that opens another block."""
    while end < len(text):
        line = _line_of(text, end + 1)
        words = text[slice(*line)].strip()
        blocks = (patterns("past", key).match(words) for key in ("former_block_patterns", "present_block_patterns"))
        if not words or _NUMBERED.match(text, *line) or any(blocks):
            return line.start
        end = line.end
    return len(text)


def _line_of(text: str, position: int) -> Span:
    end = text.find("\n", position)
    return Span(text.rfind("\n", 0, position) + 1, len(text) if end < 0 else end)


def former_block_at(text: str, position: int) -> Span | None:
    """The block of an earlier state that holds a place."""
    for block in former_blocks(text):
        if block.start <= position < block.end:
            return block
    return None


def replaced_by_present(text: str, found: Sequence[Match], former: Collection[Span], but: Collection[str]) -> list[Match]:
    """The matches, those superseded that a change record gives as what was before (in a place of `former`).

    So are those in a former block while another of their name stands outside. The names `but` never are.
    """
    if not former and not former_blocks(text):
        return list(found)
    asserted = [entry for entry in found if entry.status is Status.ASSERTED and entry.spans and entry.name not in but]
    over = {id(entry) for entry in asserted if former_block_at(text, entry.spans[-1].start) is not None}
    present = {entry.name for entry in asserted if id(entry) not in over}
    over = {id(entry) for entry in asserted if (id(entry) in over and entry.name in present) or _in_one(former, entry.spans[-1])}
    return [replace(entry, status=Status.SUPERSEDED) if id(entry) in over else entry for entry in found]


def _in_one(places: Collection[Span], span: Span) -> bool:
    return any(place.start <= span.start and span.end <= place.end for place in places)


def without_former(text: str, found: Sequence[Match], names: Sequence[str]) -> list[Match]:
    """The matches, those of `names` superseded that stand in a former block or on a line that says it is over."""
    asserted = [entry for entry in found if entry.name in names and entry.status is Status.ASSERTED]
    over = {id(entry) for entry in asserted if former_block_at(text, entry.spans[-1].start) is not None}
    for start in {text.rfind("\n", 0, entry.spans[-1].start) + 1 for entry in asserted}:
        stop = text.find("\n", start)
        over |= _of_line_over(text, Span(start, len(text) if stop < 0 else stop), [entry for entry in found if entry.name in names])
    return [replace(entry, status=Status.SUPERSEDED) if id(entry) in over else entry for entry in found]


def _of_line_over(text: str, line: Span, found: Sequence[Match]) -> set[int]:
    """The matches of a line that a note behind the last one says is over, where it tells one of each name."""
    note = patterns("past", "over_at_line_end").search(text, *line)
    told = [entry for entry in found if line.start <= entry.spans[-1].start < line.end] if note else []
    if note is None or not told or len({entry.name for entry in told}) < len({(entry.name, entry.value) for entry in told}):
        return set()
    last = max(entry.spans[-1].end for entry in told)
    return {id(entry) for entry in told} if last >= note.start() or not text[last : note.start()].strip("分 　。") else set()
