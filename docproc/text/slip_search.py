"""The search for what slipped GBK text was: the likeliest originals whose bytes, with the first one lost, show exactly what is seen.

The damage is run forwards, character by character: the second byte of one character and the first of the next are a pair; a pair that
stands for a character shows it, one that stands for nothing was dropped. Among the originals that agree with every byte seen, the cost in
bits of the words (lexicon.py) decides, from a few characters before the damage to a few behind it. A beam keeps the search short.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeVar

from docproc.text.lexicon import Lexicon
from docproc.text.pinyin import reads

_BEAM, _SLACK = 80, 26.0  # originals under way that are kept, and how many bits worse than the best one
_FOLLOWED, _NEW_WORDS = (
    (40, 40, 20),
    8,
)  # originals that are followed into one dropped pair, a second and a third; those to begin a word there
_COMMON = 12.5  # bits: a word that begins after two dropped pairs, of which no byte is known, is no rarer
_READ_ON = 16  # originals that are read on into what stands behind
_WAYS = 2  # texts kept for one state: the second one tells whether the first stands alone
_UNKNOWN = 26.0  # bits of a character that no word has
_BROKEN = 4.0  # bits of a word that the damage or the end breaks off
_FREE = -1
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
_OPENS, _CLOSES = (
    frozenset("　，、；：（《“。！？"),
    frozenset("　，、；：。！？）》”"),
)  # no mark of the second kind stands behind one of the first


@dataclass(frozen=True, slots=True)
class Original:
    """What may have stood there, how many pairs were dropped, and what it costs in bits with the characters around it."""

    text: str
    dropped: int
    cost: float


@dataclass(frozen=True, slots=True)
class _State:
    """An original under way."""

    cost: float  # of the words that are complete and of the cheapest one that goes on as the last does
    text: str
    word: str  # the one under way
    done: float  # the cost of those that are complete
    lead: int  # the first byte of the next character, or _FREE
    trail: int  # the second byte of the character before, whose pair was dropped, or _FREE
    dropped: int


@dataclass(frozen=True, slots=True)
class _Letters:
    """A lexicon's characters by their bytes in GBK."""

    by_trail: dict[int, list[tuple[str, int]]]  # with the first byte
    droppable: dict[int, list[tuple[str, int]]]  # by the first byte, with a second one that may end in a pair that stands for nothing
    begin: list[tuple[str, int, int]]  # those of them that common words begin with, and both bytes
    go_on: dict[str, list[tuple[str, int, int]]]  # those of them that may go on with a word, by its beginning

    @classmethod
    def of(cls, lexicon: Lexicon) -> _Letters:
        """Those of the lists are made once; a document's own words are added."""
        base = _letters_of(lexicon.base) if lexicon.base else cls({}, {}, [], {})
        known = len(lexicon.base.characters) if lexicon.base else 0
        letters = cls(dict(base.by_trail), dict(base.droppable), list(base.begin), dict(base.go_on))
        for character in lexicon.characters[known:]:
            lead, trail = character.encode("gbk")
            _put(letters.by_trail, trail, (character, lead))
            if trail in _ends_of_nothing():
                _put(letters.droppable, lead, (character, trail))
        for beginning in lexicon.new if lexicon.base else lexicon.beginnings:
            code = beginning[-1].encode("gbk", "ignore")
            if len(code) == 2 and code[1] in _ends_of_nothing():
                if len(beginning) > 1:
                    _put(letters.go_on, beginning[:-1], (beginning[-1], code[0], code[1]))
                elif lexicon.beginnings[beginning] <= _COMMON:
                    letters.begin.append((beginning, code[0], code[1]))
        return letters


def _put(lists: dict[_Key, list[_Value]], key: _Key, value: _Value) -> None:
    """Adds to a list of its own: what was copied keeps its lists."""
    lists[key] = [*lists.get(key, ()), value]


@cache
def _letters_of(lexicon: Lexicon) -> _Letters:
    return _Letters.of(lexicon)


class Search:
    """Looks for the originals of slipped runs of one document."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._words, self._beginnings = lexicon.words, lexicon.beginnings
        self._letters = _Letters.of(lexicon)

    def originals(self, seen: Sequence[str], leads: Iterable[int], reading: str, around: tuple[str, str] = ("", "")) -> list[Original]:
        """The likeliest originals that begin with one of these lost bytes, the best first. `around`: what stands before and behind;
        `reading`: of the last character, where it is known."""
        codes = [character.encode("gbk", "ignore") for character in seen]
        if not all(codes):
            return []
        before, after = around
        start = [_State(0.0, "", "", 0.0, _FREE, _FREE, 0)]
        states = [replace(state, text="") for state in self._read(before, start)]
        first: frozenset[int] | None = frozenset(leads)
        for index, code in enumerate(codes):
            if first is None:
                states = self._with_dropped(states)
            states = self._best(self._shown(states, code, first, reading if index + 1 == len(codes) else ""))
            first = None
        found: dict[str, Original] = {}
        for state in states[:_READ_ON]:
            cost = min((self._ended(each) for each in self._read(after, [replace(state, lead=_FREE, trail=_FREE)])), default=_UNKNOWN * 99)
            if state.text not in found or cost < found[state.text].cost:
                found[state.text] = Original(state.text, state.dropped, cost)
        return sorted(found.values(), key=lambda each: (each.cost, each.text))

    def _read(self, text: str, states: list[_State]) -> list[_State]:
        """The states after characters that are known."""
        for character in text:
            states = self._best(new for state in states for new in self._extended(state, character, _FREE, _FREE, 0))
        return states

    def _ended(self, state: _State) -> float:
        """The cost of an original whose last word may go on behind what is looked at."""
        if not state.word:
            return state.done
        whole = self._words.get(state.word, _UNKNOWN)
        return state.done + min(whole, self._beginnings.get(state.word, _UNKNOWN) + _BROKEN)

    def _extended(self, state: _State, character: str, lead: int, trail: int, dropped: int) -> Iterator[_State]:
        """One character more: the word goes on, or it ends and another begins."""
        if character in _CLOSES and (state.text[-1:] in _OPENS or (character == "）" and _nothing_open(state.text))):
            return
        word = state.word + character
        bits = self._beginnings.get(word)
        if bits is not None or not state.word:
            cost = state.done + (_UNKNOWN if bits is None else bits)
            yield _State(cost, state.text + character, word, state.done, lead, trail, state.dropped + dropped)
        if state.word:
            whole = self._words.get(state.word, _UNKNOWN if len(state.word) == 1 else None)
            if whole is not None:
                done = state.done + whole
                cost = done + self._beginnings.get(character, _UNKNOWN)
                yield _State(cost, state.text + character, character, done, lead, trail, state.dropped + dropped)

    def _shown(self, states: Iterable[_State], code: bytes, first: frozenset[int] | None, reading: str) -> Iterator[_State]:
        """After a pair that is seen: its first byte ends the character under way, its second begins the next."""
        following = code[1] if len(code) > 1 else _FREE
        for state in states:
            for character in self._characters(state, code[0], first):
                if not reading or reads(character, reading):
                    yield from self._extended(state, character, following, _FREE, 0)

    def _characters(self, state: _State, trail: int, first: frozenset[int] | None) -> Iterator[str]:
        """The characters that end with this byte and begin as the state asks."""
        if state.lead != _FREE:
            character = _decoded(state.lead, trail)
            if character:
                yield character
            return
        for character, lead in self._letters.by_trail.get(trail, ()):
            if (state.trail, lead) in _nothing() if first is None else lead in first:
                yield character

    def _with_dropped(self, states: list[_State]) -> list[_State]:
        """The states, and those after one dropped pair or more."""
        every = list(states)
        fresh = states
        for followed in _FOLLOWED:
            fresh = self._best(self._after_drop(fresh[:followed], new_words=_NEW_WORDS))
            every += fresh
        return every

    def _after_drop(self, states: Iterable[_State], new_words: int) -> Iterator[_State]:
        """After a dropped pair; where no byte of the next character is known, a new word begins only in the first few of them."""
        for place, state in enumerate(states):
            if state.lead != _FREE:
                for character, trail in self._letters.droppable.get(state.lead, ()):
                    yield from self._extended(state, character, _FREE, trail, 1)
            else:
                for character, lead, trail in (
                    *self._letters.go_on.get(state.word, ()),
                    *(self._letters.begin if place < new_words else ()),
                ):
                    if (state.trail, lead) in _nothing():
                        yield from self._extended(state, character, _FREE, trail, 1)

    def _best(self, states: Iterable[_State]) -> list[_State]:
        """The cheapest states, a few texts for each."""
        ways: Counter[tuple[int, int, str]] = Counter()
        told: set[tuple[int, int, str, str]] = set()
        kept: list[_State] = []
        for state in sorted(states, key=lambda each: (each.cost, each.text, each.word)):
            key = state.lead, state.trail, state.word
            if kept and (len(kept) == _BEAM or state.cost > kept[0].cost + _SLACK):
                break
            if ways[key] < _WAYS and (*key, state.text) not in told:
                ways[key] += 1
                told.add((*key, state.text))
                kept.append(state)
        return kept


def _nothing_open(text: str) -> bool:
    """Whether a line, from its indent on, has no bracket to close."""
    return text[:1] == "　" and text.count("（") <= text.count("）")


@cache
def _nothing() -> frozenset[tuple[int, int]]:
    """The pairs of bytes that stand for nothing in GBK."""
    return frozenset((one, two) for one in range(0x80, 0x100) for two in range(0x40, 0x100) if not _decoded(one, two))


@cache
def _ends_of_nothing() -> frozenset[int]:
    return frozenset(one for one, two in _nothing() if two >= 0x81)


@cache
def _decoded(one: int, two: int) -> str:
    try:
        return bytes((one, two)).decode("gbk")
    except UnicodeDecodeError:
        return ""
