"""The search for what slipped GBK text was: the cheapest originals whose bytes, with the first one lost, show exactly what is seen.

Best first over (place in what is seen, first byte of the character under way, the character before): a few thousand states, where walking
through every original would be exponential.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from docproc.text.neighbours import Neighbours
from docproc.text.pinyin import reads
from docproc.text.script import to_simplified

_MOST_DROPPED, _MOST_DROPPED_STRICT = 9, 2
_MOST_STATES = 12_000  # taken up for one place
_MOST_FOUND = 60
_WAYS = 2  # into one state that are followed: the second one tells whether the first stands alone
_DROPPED, _UNKNOWN, _STRANGE, _ODD = 1, 2, 4, 6  # what is asked to be believed


@dataclass(frozen=True, slots=True)
class Original:
    """What may have stood there, how many pairs were dropped, and what it costs to believe (without what stands around it)."""

    text: str
    dropped: int
    cost: int


def originals(seen: Sequence[str], leads: Iterable[int], words: Neighbours, reading: str, *, strict: bool) -> list[Original]:
    """The cheapest originals that begin with one of these lost bytes. `strict`: only characters that follow one another elsewhere."""
    codes = [character.encode("gbk", "ignore") for character in seen]
    if not all(codes):
        return []
    most = _MOST_DROPPED_STRICT if strict else _MOST_DROPPED
    heap: list[tuple[int, str, int, int, str, int]] = []
    for lead in leads:
        heappush(heap, (0, "", 0, lead, "", 0))
    ways: Counter[tuple[int, int, str, str]] = Counter()
    found: dict[str, Original] = {}
    states = 0
    while heap and states < _MOST_STATES and len(found) < _MOST_FOUND:
        cost, text, index, lead, must, dropped = heappop(heap)
        if text.count("）") > text.count("（"):
            continue  # a line or a sentence does not begin inside a bracket
        key = (index, lead, must, text[-1:])
        ways[key] += 1
        if index == len(codes):
            found.setdefault(text, Original(text, dropped, cost))
            continue
        if ways[key] > _WAYS and text:
            continue
        states += 1
        code = codes[index]
        character = _decode(bytes((lead, code[0])))
        if character and must in ("", character) and (not strict or _is_known(text, character, words)):
            ends = len(code) == 1
            if not ends or not reading or reads(character, reading):
                new = cost + _price(text, character, words)
                if ends or index + 1 < len(codes):
                    heappush(heap, (new, text + character, len(codes) if ends else index + 1, 0 if ends else code[1], "", dropped))
        if text and dropped < most:
            for first in (must,) if must else words.by_lead.get(lead, ()):
                if must or _may_follow(text[-1], first, words, strict):
                    new = cost + _DROPPED + _price(text, first, words)
                    for second, second_lead in _after_drop(first, lead, words, strict):
                        heappush(heap, (new, text + first, index, second_lead, second, dropped + 1))
    return list(found.values())


def _price(text: str, character: str, words: Neighbours) -> int:
    unknown = bool(text) and is_han(text[-1]) and is_han(character) and not words.known(text[-1], character)
    return _UNKNOWN * unknown + _STRANGE * is_strange(character, words) + _ODD * (not is_ordinary(to_simplified(character)))


def is_strange(character: str, words: Neighbours) -> bool:
    """Whether a character stands nowhere else; full-width letters are what a slip makes of marks."""
    return (is_han(character) and character not in words.follow) or "\uff10" <= character <= "\uff5a"


def _is_known(text: str, character: str, words: Neighbours) -> bool:
    return words.known(text[-1], character) if text else character in words.follow


def _may_follow(one: str, two: str, words: Neighbours, strict: bool) -> bool:
    """After a mark or a blank any character of the document may come, after a character only one that follows it elsewhere."""
    if strict:
        return words.known(one, two) and is_han(two)
    return not is_han(one) or words.known(one, two)


def _after_drop(first: str, lead: int, words: Neighbours, strict: bool) -> Iterator[tuple[str, int]]:
    """What may come after a character whose second byte and the next one's first stand for nothing, and were dropped."""
    code = first.encode("gbk", "ignore")
    if len(code) != 2 or code[0] != lead:
        return
    for second, second_lead in words.followers(first):
        if not _decode(bytes((code[1], second_lead))) and (not strict or is_han(second) or second == "）"):
            yield second, second_lead


def is_ordinary(character: str) -> bool:
    """Whether running Chinese text, simplified, has the character: not Bopomofo, box lines or rare ideographs."""
    if character in "　、。·—～…‘’“”〔〕〈〉《》「」『』【】！（），．：；？％〇①②③④⑤⑥⑦⑧⑨⑩" or character < "\x80":
        return True
    try:
        lead = character.encode("gb2312")[0]
    except UnicodeEncodeError:
        return False
    return 0xB0 <= lead <= 0xD7 or lead == 0xA3


def is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def _decode(pair: bytes) -> str:
    try:
        return pair.decode("gbk")
    except UnicodeDecodeError:
        return ""
