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
from docproc.text.pinyin import BRACKET, reads
from docproc.text.script import to_simplified

_LONGEST = 40  # seen characters from the lost byte to the one that is back in step
_MOST_DROPPED, _MOST_DROPPED_STRICT = 5, 2
_MOST_STEPS, _MOST_STEPS_OF_TEXT = 20_000, 1_000_000  # of the search for one place, for all of them: hostile text must not hang it
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
    strange: bool  # holds a character that stands nowhere else


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
    steps = _MOST_STEPS_OF_TEXT
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
            solved[place], steps = _solve(place, words, steps)
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
    return any(not _ordinary(character) for character in simple)


def _ordinary(character: str) -> bool:
    if character in "　、。·—～…‘’“”〔〕〈〉《》「」『』【】！（），．：；？％〇①②③④⑤⑥⑦⑧⑨⑩" or character < "\x80":
        return True
    try:
        lead = character.encode("gb2312")[0]
    except UnicodeEncodeError:
        return False
    return 0xB0 <= lead <= 0xD7 or lead == 0xA3


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


def _solve(place: _Place, words: Neighbours, steps: int) -> tuple[_Solution | None, int]:
    """The original that costs least to believe, and the steps of the search that are left for the rest of the text.

    The document's own words are asked first; the common ones where they give nothing, or a character that stands nowhere else.
    """
    own, steps = _cheapest(place, words, steps)
    if own is not None and not own.strange:
        return own, steps
    common, steps = _cheapest(place, words.common, steps, strict=True)
    return min((each for each in (own, common) if each is not None), key=lambda each: each.cost, default=None), steps


def _cheapest(place: _Place, words: Neighbours, steps: int, *, strict: bool = False) -> tuple[_Solution | None, int]:
    """None where there is none, where two cost the same, or where it costs too much."""
    search = _Search([_HALF_TO_FULL.get(character, character) for character in place.seen], words, place.reading, strict)
    solutions: set[_Solution] = set()
    indented = place.at_line_start and search.seen[0][:1] == _INDENT_BYTE
    for lead in _INDENT_BYTE if indented else range(0x81, 0xFF):
        for original, dropped in search.originals(lead, min(steps, _MOST_STEPS)):
            if (original[0] == _INDENT) == indented:
                strange = any(_is_han(character) and character not in words.follow for character in original)
                solutions.add(_Solution(original, dropped, _cost(original, dropped, words, place), strange))
        steps -= search.steps
    found = sorted(solutions, key=lambda each: (each.cost, each.original))
    most, margin = (_MOST_COST, 2) if strict else (_MOST_COST + len(found[0].original) if found else 0, 1)
    if not found or found[0].cost > most or (len(found) > 1 and found[1].cost < found[0].cost + margin):
        return None, steps
    return found[0], steps


def _cost(original: str, dropped: int, words: Neighbours, place: _Place) -> int:
    """How much an original asks to be believed: lost pairs, neighbours never seen together, rare characters, an open bracket."""
    body = original.lstrip(_INDENT)
    pairs = zip(body, body[1:] + place.after, strict=False)
    unknown = sum(not words.known(one, two) for one, two in pairs if _is_han(one) and _is_han(two))
    strange = sum((_is_han(character) and character not in words.follow) or "\uff10" <= character <= "\uff5a" for character in body)
    odd = sum(not _ordinary(character) for character in to_simplified(body))
    numeral = _ENUMERATOR.search(body)
    order = 0 if numeral is None else -10 if numeral[1] == place.expected else -5
    opening = 0 if body[0] in "。，、；：《“（" else -3 if words.known(place.before, body[0]) else 3
    return 2 * dropped + 2 * unknown + 4 * strange + 6 * odd + 6 * abs(body.count("（") - body.count("）")) + order + opening


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


class _Search:
    """Walks the seen characters, keeping the first byte of the original character under way."""

    def __init__(self, seen: list[str], words: Neighbours, reading: str, strict: bool) -> None:
        self.seen = [character.encode("gbk", "ignore") for character in seen]
        self.words = words
        self.reading = reading
        self.strict = strict  # only characters that follow one another elsewhere
        self.steps = self.most = 0
        self.results: list[tuple[str, int]] = []

    def originals(self, lead: int, most: int) -> list[tuple[str, int]]:
        """Every original that begins with this lost byte, with the number of its dropped pairs; at most so many steps."""
        self.results, self.steps, self.most = [], 0, most
        if all(self.seen):
            self._walk(0, lead, "", "", 0)
        return self.results

    def _walk(self, index: int, lead: int, must: str, original: str, dropped: int) -> None:
        self.steps += 1
        if self.steps > self.most:
            return
        code = self.seen[index]
        character = _decode(bytes((lead, code[0])))
        if character and must in ("", character) and (not self.strict or self._is_known(original, character)):
            if len(code) == 1:
                if not self.reading or reads(character, self.reading):
                    self.results.append((original + character, dropped))
            elif index + 1 < len(self.seen):
                self._walk(index + 1, code[1], "", original + character, dropped)
        if original and dropped < (_MOST_DROPPED_STRICT if self.strict else _MOST_DROPPED):
            for first in [must] if must else self.words.by_lead.get(lead, ()):
                first_code = first.encode("gbk")
                if len(first_code) == 2 and first_code[0] == lead and (must or self._may_follow(original[-1], first)):
                    self._drop(index, first, first_code[1], original, dropped)

    def _is_known(self, original: str, character: str) -> bool:
        """Marks follow a character only, save a closing one; so no chain of marks and single characters comes up."""
        if not original:
            return character in self.words.follow
        return self.words.known(original[-1], character)

    def _may_follow(self, one: str, two: str) -> bool:
        """After a mark or a blank any character of the document may come, after a character only one that follows it elsewhere."""
        return self.words.known(one, two) and _is_han(two) if self.strict else not _is_han(one) or self.words.known(one, two)

    def _drop(self, index: int, first: str, trail: int, original: str, dropped: int) -> None:
        """The pair of `first`'s second byte and the next character's first byte stands for nothing, and was dropped."""
        for second in sorted(self.words.follow.get(first, ())):
            self.steps += 1
            code = second.encode("gbk", "ignore")
            if len(code) == 2 and not _decode(bytes((trail, code[0]))) and (not self.strict or _is_han(second) or second == "）"):
                self._walk(index, code[0], second, original + first, dropped + 1)


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def _decode(pair: bytes) -> str:
    try:
        return pair.decode("gbk")
    except UnicodeDecodeError:
        return ""
