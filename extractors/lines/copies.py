"""Whether a sentence is a clause of the regulation with nothing of one's own added."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import pairwise
from operator import add

from extractors.words.lexicon import patterns, tree_of, words
from extractors.words.per_text import once_a_text

COPIED_SHARE = 0.6  # of a sentence's characters that stand in the rule's clause, in order
OWN_CHARACTERS = 3  # what may be left over in a mere copy
_MARKS = re.compile(r"[，。、；：,;:\s“”\"（）()《》]")


def is_copy(text: str, rules: tuple[str, ...]) -> bool:
    """Whether a sentence is a clause of the regulation with nothing of one's own added."""
    bare, beside = _without_own_marks(text) if rules else ("", ())
    return bool(bare) and _shares_enough(bare, beside, _pairs(rules)) and any(_copies(bare, beside, rule) for rule in rules)


def _shares_enough(text: str, beside: Sequence[str], pairs: frozenset[str]) -> bool:
    """Whether as many characters stand side by side as in the rules that one of these may be copied: blocks of two and more characters
    hold half as many pairs at least. `beside`: which two of the text do."""
    return 2 * sum(map(pairs.__contains__, beside)) >= COPIED_SHARE * len(text) - OWN_CHARACTERS


@cache
def _pairs(rules: tuple[str, ...]) -> frozenset[str]:
    """Which two characters stand side by side in one of the rules."""
    return frozenset(pair for rule in map(_bare, rules) for pair in map(add, rule, rule[1:]))


@once_a_text
@lru_cache(maxsize=16)  # a sentence is held against the rules of one topic after the other
def _without_own_marks(text: str) -> tuple[str, Sequence[str]]:
    """A sentence's characters without marks, and which two of them stand side by side; none where it leads in something or holds what no
    rule does."""
    if text.endswith(("：", ":")) or patterns("passages", "own_marks").search(text):
        return "", ()
    bare = _MARKS.sub("", text)
    return bare, list(map(add, bare, bare[1:]))


@cache
def _bare(rule: str) -> str:
    """A rule's clause without marks."""
    return _MARKS.sub("", rule)


def _copies(text: str, beside: Sequence[str], rule: str) -> bool:
    least = COPIED_SHARE * len(text) - OWN_CHARACTERS
    pairs, rule = _pairs((rule,)), _bare(rule)
    if not _shares_enough(text, beside, pairs):
        return False
    shared_pairs = [False, *map(pairs.__contains__, beside), False]
    if sum(before or behind for before, behind in pairwise(shared_pairs)) < least:
        return False  # too few characters stand beside one that they stand beside in the rule
    blocks = [block for block in SequenceMatcher(None, text, rule, autojunk=False).get_matching_blocks() if block.size > 1]
    own, position = "", 0
    for block in blocks:
        own += text[position : block.a] + " "
        position = block.a + block.size
    own = _filler().sub("", own + text[position:])
    shared = sum(block.size for block in blocks)
    return shared >= least and len(own.replace(" ", "")) <= OWN_CHARACTERS and shared > 3


@cache
def _filler() -> re.Pattern[str]:
    return re.compile(tree_of(words("passages", "filler")))
