"""How common Chinese words are, in bits: what chooses an original for slipped GBK text (slip.py), never what corrects sound text.

Four sources: lexicon.txt (general Chinese), phrases.txt and words.yaml (what official and business Chinese is full of), and the document
itself, whose own phrases are the strongest evidence. Words are held as the document writes them: simplified, traditional, or traditional as
converters write it that go character by character (制造業 beside 製造業).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import log2
from pathlib import Path

from docproc.library import load_yaml
from docproc.model import Script
from docproc.text.script import to_simplified, to_traditional

_GENERAL = Path(__file__).with_name("lexicon.txt")
_PHRASES = Path(__file__).with_name("phrases.txt")
_OFFICIAL = Path(__file__).with_name("words.yaml")
_OFFICIAL_BITS = 11.0
_MARKS = {
    "，": 4.5, "。": 5.5, "、": 5.5, "：": 7.5, "；": 8.0, "（": 7.5, "）": 7.5, "《": 8.5, "》": 8.5, "“": 8.5, "”": 8.5, "　": 10.0,
    "！": 12.0, "？": 10.0, "—": 12.0, "…": 13.0, "·": 13.0, "〔": 11.0, "〕": 11.0, "％": 11.0, "‘": 13.0, "’": 13.0,
}  # fmt: skip
_RARE_BITS = 21.0  # of a character that no word list has alone
_HAN_RUN = re.compile("[\u3400-\u9fff]+")
_UNKNOWN_BITS, _NEVER = 26.0, 1e9
_LONGEST_PHRASE, _LONGEST_RUN = 3, 8  # words and characters of the document's own phrases that count as one word
_SMOOTHING = 2000  # characters: how much a short document is doubted
_REACH = 30_000  # characters of a document that speak for its words


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Words by their cost in bits; for each beginning of a word, the least cost of a word that begins so."""

    words: dict[str, float]
    beginnings: dict[str, float]
    characters: tuple[str, ...]  # those that have two bytes in GBK
    base: Lexicon | None = None  # what it has more words than
    new: tuple[str, ...] = ()  # the beginnings and the characters that the base has not

    def with_words(self, words: Mapping[str, float]) -> Lexicon:
        """These and others; of a word that both have, the cheaper cost holds."""
        every, beginnings = dict(self.words), dict(self.beginnings)
        for word, bits in words.items():
            if bits < every.get(word, bits + 1):
                every[word] = bits
            for end in range(1, len(word) + 1):
                if bits < beginnings.get(word[:end], bits + 1):
                    beginnings[word[:end]] = bits
        new = tuple(beginning for beginning in beginnings if beginning not in self.beginnings)
        known = set(self.characters)
        coded = {each for word in words for each in word if each not in known and len(each.encode("gbk", "ignore")) == 2}
        return Lexicon(every, beginnings, (*self.characters, *sorted(coded)), self, new)


def of_document(text: str, script: Script, more: Mapping[str, float]) -> Lexicon:
    """The words of the general lists as the script writes them, with the document's own runs and a few words of the caller's."""
    lists = _lists(script)
    runs = _HAN_RUN.findall(text[:_REACH])
    length = sum(map(len, runs)) + _SMOOTHING
    counts = Counter(phrase for run in runs for phrase in phrases(run, lists))
    return lists.with_words({word: log2(length / count) for word, count in counts.items()} | dict(more))


def phrases(run: str, lexicon: Lexicon) -> Iterator[str]:
    """The words of a run of characters, and those that stand side by side, up to three."""
    parts = _parted(run, lexicon)
    for start in range(len(parts)):
        for size in range(1, _LONGEST_PHRASE + 1):
            phrase = "".join(parts[start : start + size])
            if start + size <= len(parts) and 1 < len(phrase) <= _LONGEST_RUN:
                yield phrase


def _parted(run: str, lexicon: Lexicon) -> list[str]:
    """A run of characters in the words that cost least."""
    cheapest: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(run) + 1):
        ways = (
            (cheapest[start][0] + lexicon.words.get(run[start:end], _UNKNOWN_BITS if end - start == 1 else _NEVER), start)
            for start in range(max(0, end - _LONGEST_RUN), end)
        )
        cheapest.append(min(ways))
    parts: list[str] = []
    end = len(run)
    while end:
        start = cheapest[end][1]
        parts.append(run[start:end])
        end = start
    return parts[::-1]


@cache
def common_characters() -> frozenset[str]:
    """The characters of words.yaml, in both scripts."""
    return frozenset("".join((*_official(Script.HANS), *_official(Script.HANT))))


def is_official_word(word: str) -> bool:
    """Whether words.yaml has a word, simplified."""
    return word in _official_words()


@cache
def _official_words() -> frozenset[str]:
    return frozenset(_official(Script.HANS))


def bits_saved(before: str, after: str) -> float:
    """How many bits less the words of two runs of simplified Chinese cost when they are read as one: what a word that is parted between
    them tells (经营异 / 常名录 some 15, 有限公司 / 住所 none). Phrases of several words say nothing of it and are left out."""
    words, reach = _simple_words(), _LONGEST_RUN
    one, two = before[-reach:], after[:reach]
    whole, middle = one + two, len(one)
    if not _is_spanned(whole, middle, words):
        return 0.0
    costs = _costs(whole, words)
    return costs[middle] + _costs(two, words)[-1] - costs[-1]


def _is_spanned(run: str, middle: int, words: Mapping[str, float]) -> bool:
    """Whether a word of the run stands on both sides of its middle."""
    for start in range(max(0, middle - _LONGEST_RUN + 1), middle):
        for end in range(middle + 1, min(start + _LONGEST_RUN, len(run)) + 1):
            if run[start:end] in words:
                return True
    return False


def _costs(run: str, words: Mapping[str, float]) -> list[float]:
    """What the cheapest words of each beginning of a run cost, in bits: of the empty one first, of all of it last."""
    cheapest = [0.0]
    for end in range(1, len(run) + 1):
        least = cheapest[-1] + words.get(run[end - 1], _UNKNOWN_BITS)
        for start in range(max(0, end - _LONGEST_RUN), end - 1):
            bits = words.get(run[start:end])
            if bits is not None and cheapest[start] + bits < least:
                least = cheapest[start] + bits
        cheapest.append(least)
    return cheapest


@cache
def _simple_words() -> Mapping[str, float]:
    words = {word: bits for bits, listed in _listed(_GENERAL) for word in listed}
    for word in _official_words():
        words[word] = min(_OFFICIAL_BITS, words.get(word, _OFFICIAL_BITS))
    for character in set("".join(words)):
        words.setdefault(character, _RARE_BITS)
    return words


@cache
def _lists(script: Script) -> Lexicon:
    words: dict[str, float] = {}
    for bits, listed in (*_listed(_GENERAL), *_listed(_PHRASES)):
        for word in _written(listed, script):
            words[word] = min(bits, words.get(word, bits))
    for word in _official(script):
        words[word] = min(_OFFICIAL_BITS, words.get(word, _OFFICIAL_BITS))
    for character in sorted(set("".join(words))):
        words.setdefault(character, _RARE_BITS)
    whole = Lexicon({}, {}, ()).with_words({**words, **_MARKS})
    return Lexicon(whole.words, whole.beginnings, whole.characters)


def _listed(file: Path) -> list[tuple[float, list[str]]]:
    lines = (line.split() for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return [(float(bits), words) for bits, *words in lines]


@cache
def _official(script: Script) -> tuple[str, ...]:
    words = [word for line in load_yaml(_OFFICIAL) for word in line.split()]
    return tuple(sorted(set(_written(words, script))))


def _written(words: list[str], script: Script) -> Iterable[str]:
    """The words as a script writes them; in mixed text either way."""
    if script is not Script.HANT:
        yield from map(to_simplified, words) if script is Script.MIXED else words
    if script in (Script.HANT, Script.MIXED):
        yield from to_traditional("\n".join(words)).split("\n")
        singly = str.maketrans({character: to_traditional(character) for character in set("".join(words))})
        yield from (word.translate(singly) for word in words)
