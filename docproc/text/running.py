"""Lines that run round a text that has no blocks: page numbers, and the header or footer that every page repeats.

They stand in the middle of sentences. A line is a header only where it says the same again, save its number, and where a page number stands
beside it or it comes up often; a bare number is a page number only where the next page's number comes up too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from docproc.text.lines import begins, ends_sentence, holds_box

PAGE_NUMBER = re.compile(
    r"[ 　]*(?:[-—–－·][ 　]?\d{1,4}[ 　]?[-—–－·]|第[ 　]?\d{1,4}[ 　]?页(?:[ 　,，/]*共[ 　]?\d{1,4}[ 　]?页)?"
    r"|\d{1,4}[ 　]?/[ 　]?\d{1,4}|PAGE[ \d\-]+)[ 　]*"
)
_BARE = re.compile(r"[ 　]*(\d{1,3})[ 　]*")
_DIGITS = re.compile(r"\d+")
_SPACES = re.compile(r"\s+")
_SHORTEST, _LONGEST = 5, 40  # characters of a header
_OFTEN = 3
_NEAR = 2  # lines from a header to its page number


def running_lines(lines: Sequence[str]) -> frozenset[int]:
    """The indices of the lines that run round the text."""
    short = [index for index, line in enumerate(lines) if line and len(line) <= _LONGEST]
    if not short:
        return frozenset()
    numbers = {index for index in short if _DIGITS.search(lines[index]) and PAGE_NUMBER.fullmatch(lines[index])}
    bare = {index: int(found[1]) for index in short if (found := _BARE.fullmatch(lines[index]))}
    values = Counter(bare.values())
    numbers |= {
        index
        for index, value in bare.items()
        if values[value] == 1 and (values[value + 1] == 1 or values[value - 1] == 1) and _stands_alone(lines, index)
    }
    keys = {index: _DIGITS.sub("#", _SPACES.sub("", lines[index])) for index in short}
    counts = Counter(keys.values())
    repeated = [index for index in short if counts[keys[index]] > 1 and _may_be_header(lines[index], keys[index])]
    if not repeated:
        return frozenset(numbers)
    shown = [index for index, line in enumerate(lines) if line.strip()]
    places = {index: place for place, index in enumerate(shown)}
    beside = {places[index] + step for index in numbers for step in range(-_NEAR, _NEAR + 1)}
    certain = {keys[index] for index in repeated if places[index] in beside or "第#页" in keys[index]}
    return frozenset(numbers | {index for index in repeated if keys[index] in certain or counts[keys[index]] >= _OFTEN})


def _may_be_header(line: str, key: str) -> bool:
    """Whether a line that comes up again may run round the text; `key` is the line without blanks, every number alike."""
    if "\t" in line or "，" in line or len(line.strip()) < _SHORTEST or holds_box(line) or ends_sentence(line) or begins(line):
        return False
    return sum("\u3400" <= character <= "\u9fff" for character in key) >= _SHORTEST - 1


def _stands_alone(lines: Sequence[str], index: int) -> bool:
    """No other bare number beside it: a column of numbers is a table."""
    return not any(_BARE.fullmatch(line) for line in (*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2]))
