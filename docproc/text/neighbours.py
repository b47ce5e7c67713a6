"""Which character follows which: the evidence that chooses an original for slipped GBK text (slip.py).

A document's own words come first; words.yaml holds those that official and business Chinese is full of, for documents too short to
speak for themselves. They are known in simplified characters and in traditional ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path

from docproc.library import load_yaml
from docproc.text.script import to_simplified, to_traditional

_FILE = Path(__file__).with_name("words.yaml")
_BEFORE_WORDS, _AFTER_WORDS = "。，、；：“”‘《》（）的和及等與与在为為", "。，、；：”’》）的和及等"


class Neighbours:
    """For each character, those that follow it somewhere in a text."""

    def __init__(self, follow: dict[str, set[str]]) -> None:
        self.follow = follow
        self._followers: dict[str, tuple[tuple[str, int], ...]] = {}

    @classmethod
    def of_document(cls, text: str, more: Iterable[str] = ()) -> Neighbours:
        """Those of a document, and of a few strings beside it."""
        follow: dict[str, set[str]] = defaultdict(set)
        for piece in (text, *more):
            _learn(follow, piece)
        return cls(dict(follow))

    @cached_property
    def common(self) -> Neighbours:
        """These and those of words.yaml."""
        follow = {one: set(two) for one, two in self.follow.items()}
        for one, two in _common_words().items():
            follow.setdefault(one, set()).update(two)
        return Neighbours(follow)

    @cached_property
    def by_lead(self) -> dict[int, list[str]]:
        """The characters by their first byte in GBK."""
        characters: dict[int, list[str]] = defaultdict(list)
        for character in sorted(self.follow):
            code = character.encode("gbk", "ignore")
            if len(code) == 2:
                characters[code[0]].append(character)
        return dict(characters)

    def followers(self, character: str) -> tuple[tuple[str, int], ...]:
        """What follows a character, each with its first byte in GBK."""
        if character not in self._followers:
            coded = ((each, each.encode("gbk", "ignore")) for each in sorted(self.follow.get(character, ())))
            self._followers[character] = tuple((each, code[0]) for each, code in coded if len(code) == 2)
        return self._followers[character]

    def known(self, one: str, two: str) -> bool:
        """Whether `two` follows `one` somewhere."""
        return two in self.follow.get(one, ())


def _learn(follow: dict[str, set[str]], text: str) -> None:
    for one, two in set(pairwise(text)):
        if one > "\x7f" and two > "\x7f":
            follow.setdefault(one, set()).add(two)


@cache
def _common_words() -> dict[str, frozenset[str]]:
    follow: dict[str, set[str]] = {}
    for line in load_yaml(_FILE):
        for word in line.split():
            # 制造業 beside 製造業: converters that go character by character leave 制
            singly = "".join(map(to_traditional, word))
            for written in {word, to_simplified(word), to_traditional(word), singly}:
                _learn(follow, written)
                for mark in _BEFORE_WORDS:
                    _learn(follow, mark + written[0])
                for mark in _AFTER_WORDS:
                    _learn(follow, written[-1] + mark)
    return {one: frozenset(two) for one, two in follow.items()}


@cache
def common_characters() -> frozenset[str]:
    """The characters of words.yaml, in both scripts."""
    return frozenset(_common_words()) | frozenset(character for following in _common_words().values() for character in following)
