"""Step: text in GBK that slipped by one byte: `?。ㄒ唬┥陥笾黧w應為` is `　（一）申報主體應為`.

One byte of a character was lost and became `?`; every pair that follows was then read one byte off, until a character whose second byte
is ASCII brought the stream back in step (體 ends in 0x77, w). Pairs that stand for nothing in GBK were dropped. So the repair runs the
damage forwards: it looks for the original whose bytes, with one lost, give exactly what is seen. Where nothing was dropped the bytes
prove it. Where pairs were dropped, the characters that lost a byte are chosen among those that follow one another elsewhere in the same
document or in an enumerator, by the order of the enumeration; where the document is too short for that, among the words that such
documents are full of (words.yaml). Such a repair is `inferred`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docproc.text.align import Edit
from docproc.text.neighbours import Neighbours
from docproc.text.pinyin import BRACKET
from docproc.text.script import to_simplified
from docproc.text.slip_search import is_han, is_ordinary, is_strange, originals

_LONGEST = 40  # seen characters from the lost byte to the one that is back in step
_CANDIDATE = re.compile(r"\?(?=[^\x00-\x7f]|[;,:!])([^\x00-\x7f\n]?[;,:!]?[^\x00-\x3f\n]{0,40}?)([@-~])")
_RESIDUE = re.compile(r"\?[^\x00-\x7f\n][^\x00-\x7f\n]{0,40}[@-~]?")
_HALF_TO_FULL = {";": "；", ",": "，", ":": "：", "!": "！"}
_MARKS = tuple("；，：！。、;,:!")  # a mark right after a question mark is odd in itself
_NUMERALS = "一二三四五六七八九十"
_ENUMERATORS = tuple(_NUMERALS) + tuple("十" + numeral for numeral in _NUMERALS[:9]) + ("二十",)
_ENUMERATED = tuple(f"（{numeral}）" for numeral in _ENUMERATORS)
_ENUMERATOR = re.compile(f"[（(]([{_NUMERALS}]{{1,3}})[）)]")
_HALF_PINYIN = re.compile(r".*[^a-z]")  # a tone mark: the bracket belongs to a character, not to a Latin letter
_BRACKET_BEFORE = re.compile(BRACKET.pattern + "$")
_INDENT = "　"
_INDENT_REACH, _ENUMERATION_REACH = 20, 2000  # characters
_AT_LINE_START = re.compile(r"(?:^|\n)\s*$")
_INDENT_BYTE = b"\xa1"
_MOST_COST = 4


@dataclass(frozen=True, slots=True)
class _Solution:
    original: str
    dropped: int
    cost: int


@dataclass(frozen=True, slots=True)
class _Place:
    """A slipped run as it is seen, and what stands around it."""

    seen: str
    reading: str  # of the last character, from the pinyin bracket behind it, or nothing
    at_line_start: bool
    expected: str  # the numeral that an enumeration would go on with
    before: str
    after: str


def restore_slipped(text: str) -> Iterator[Edit]:
    words: Neighbours | None = None
    solved: dict[_Place, _Solution | None] = {}  # the same damage has the same repair
    repaired: list[tuple[int, str]] = []  # where earlier repairs stand and what they say: the enumeration goes on from them
    for found in _CANDIDATE.finditer(text):
        reading = BRACKET.match(text, found.end())
        seen = found[1] + found[2]
        proof = reading is not None and _HALF_PINYIN.match(reading[1]) is not None
        if not proof and not is_odd(found[1]) and found[1][:1] not in _MARKS:
            continue
        if words is None:
            words = Neighbours.of_document(BRACKET.sub("", text), _ENUMERATED)
        place = _Place(
            seen=seen,
            reading=reading[1] if reading else "",
            at_line_start=_AT_LINE_START.search(text, max(0, found.start() - _INDENT_REACH), found.start()) is not None,
            expected=_next_enumerator(text, found.start(), repaired),
            before=_before(text, found.start()),
            after=_after(text, found.end()),
        )
        if place not in solved:
            solved[place] = _solve(place, words)
        solution = solved[place]
        if solution is None:
            continue
        repaired.append((found.start(), solution.original))
        exact = solution.dropped == 0 and place.at_line_start and solution.original.startswith(_INDENT)
        reason = "GBK 错位一个字节，按字节还原" if exact else f"GBK 错位一个字节，丢失 {solution.dropped} 对字节，按本文用词推断"
        yield Edit(found.start(), found.end(), solution.original, reason, "exact" if exact else "inferred")


def find_slipped(text: str) -> Iterator[re.Match[str]]:
    """Where slipped text stands as it was received: what `restore_slipped` could not put right."""
    for found in _RESIDUE.finditer(text):
        if is_odd(found[0]):
            yield found


def is_odd(seen: str) -> bool:
    """Whether what is seen has characters that running Chinese text does not: Bopomofo, box lines, rare ideographs."""
    simple = to_simplified(seen)
    return any(not is_ordinary(character) for character in simple)


def _next_enumerator(text: str, position: int, repaired: list[tuple[int, str]]) -> str:
    """The numeral that an enumeration would go on with here; 一 where none is under way."""
    last_place, last = -1, ""
    line = max(text.rfind("\n", 0, max(0, text.rfind("\n", 0, position))), position - _ENUMERATION_REACH)
    for found in _ENUMERATOR.finditer(text, max(0, line), position):
        last_place, last = found.start(), found[1]
    for place, original in reversed(repaired):
        if place < max(line, last_place):
            break
        numeral = _ENUMERATOR.search(original)
        if numeral:
            last = numeral[1]
            break
    if last not in _ENUMERATORS:
        return _ENUMERATORS[0]
    return _ENUMERATORS[min(_ENUMERATORS.index(last) + 1, len(_ENUMERATORS) - 1)]


def _solve(place: _Place, words: Neighbours) -> _Solution | None:
    """The original that costs least to believe: by the document's own words, or where they give none, by the common ones."""
    return _cheapest(place, words) or _cheapest(place, words.common, strict=True)


def _cheapest(place: _Place, words: Neighbours, *, strict: bool = False) -> _Solution | None:
    """None where there is none, where two cost the same, where it costs too much or has a character that neither the text nor the common
    words have: also where no pair seems to be lost, such a character is the sign that one was."""
    seen = [_HALF_TO_FULL.get(character, character) for character in place.seen]
    indented = place.at_line_start and seen[0].encode("gbk", "ignore")[:1] == _INDENT_BYTE
    leads = _INDENT_BYTE if indented else range(0x81, 0xFF)
    solutions = [
        _Solution(each.text, each.dropped, each.cost + _around(each.text, words, place))
        for each in originals(seen, leads, words, place.reading, strict=strict)
        if (each.text[0] == _INDENT) == indented
    ]
    found = sorted(solutions, key=lambda each: (each.cost, each.original))
    most, margin = (_MOST_COST, 2) if strict else (_MOST_COST + len(found[0].original) if found else 0, 1)
    if not found or found[0].cost > most or (len(found) > 1 and found[1].cost < found[0].cost + margin):
        return None
    return None if any(is_strange(each, words.common) for each in found[0].original) else found[0]


def _around(original: str, words: Neighbours, place: _Place) -> int:
    """What the neighbours, an open bracket and the order of the enumeration add to an original's cost."""
    body = original.lstrip(_INDENT)
    last, after = body[-1:], place.after
    unknown = bool(after) and is_han(last) and is_han(after) and not words.known(last, after)
    numeral = _ENUMERATOR.search(body)
    order = 0 if numeral is None else -10 if numeral[1] == place.expected else -5
    opening = 0 if body[:1] in "。，、；：《“（" else -3 if words.known(place.before, body[0]) else 3
    return 2 * unknown + 6 * abs(body.count("（") - body.count("）")) + order + opening


def _before(text: str, position: int) -> str:
    """The character before the damage, past a pinyin bracket."""
    bracket = _BRACKET_BEFORE.search(text, max(0, position - 12), position)
    position = bracket.start() if bracket else position
    return text[position - 1 : position] if position else ""


def _after(text: str, position: int) -> str:
    """The character after the damage, past a pinyin bracket."""
    reading = BRACKET.match(text, position)
    position = reading.end() if reading else position
    return text[position : position + 1]
