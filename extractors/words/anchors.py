"""Literal anchors: which expressions can match in which stretch at all, told by one pass over the text for all of them.

An expression needs some of its words: 市场份额|占有率 cannot match where neither stands. These words are taken from the expression
itself, so that a rule is written once, and all of them are found at once. What is found is a superset: the expressions decide.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractors.words.word_tree import WordTree

WIDE = 256  # characters of a range that is as good as any
MOST = 64  # strings that one part of an expression may stand for; beyond that it is no anchor
MOST_SIEVED = 256  # the same where all words are sought in one pass, which takes no longer for more of them


@cache
def anchors(expression: str, limit: int = MOST) -> frozenset[str]:
    """Words of which every match of an expression holds at least one; none where the expression has no such words.

    Read off the expression's own syntax tree: a sequence needs what any of its parts needs, a choice what one of its branches needs.
    Case-insensitive and verbose parts have none.
    """
    tree = import_module("re._parser").parse(expression)
    return frozenset() if tree.state.flags & _FLAGS else _required(tree, limit) or frozenset()


@cache
def widest(expression: str) -> int:
    """The most characters that a match of an expression can take."""
    width: int = import_module("re._parser").parse(expression).getwidth()[1]
    return width


def shortest(words: Iterable[str]) -> frozenset[str]:
    """Of some words those that hold none of the others: where any of the words stands, one of these does."""
    kept = frozenset(words)
    return frozenset(word for word in kept if not any(other in word for other in kept - {word}))


_FLAGS = 2 | 64  # re.IGNORECASE, re.VERBOSE


def _required(tree: Iterable[tuple[Any, Any]], limit: int) -> frozenset[str] | None:
    """The best of the sets of words that a sequence needs: the longest words, then the fewest."""
    found: list[frozenset[str]] = []
    run: frozenset[str] = frozenset(("",))
    for kind, value in tree:
        exact = _exact(kind, value, limit)
        if exact is not None and len(run) * len(exact) <= limit:
            run = frozenset(before + after for before in run for after in exact)
            continue
        found.append(run)
        run = exact if exact is not None else frozenset(("",))
        inner = _needed(kind, value, limit) if exact is None else None
        if inner is not None:
            found.append(inner)
    whole = [entry for entry in [*found, run] if "" not in entry]
    return max(whole, key=lambda entry: (min(map(len, entry)), -len(entry))) if whole else None


def _needed(kind: Any, value: Any, limit: int) -> frozenset[str] | None:
    """What one part of a sequence needs, where it is no finite set of strings."""
    match str(kind):
        case "SUBPATTERN":
            _, added, _, inner = value
            return None if added & _FLAGS else _required(inner, limit)
        case "ATOMIC_GROUP":
            return _required(value, limit)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            least, _, inner = value
            return _required(inner, limit) if least else None
        case "BRANCH":
            branches = [_required(branch, limit) for branch in value[1]]
            return None if None in branches else frozenset().union(*(branch for branch in branches if branch))
    return None


def _exact(kind: Any, value: Any, limit: int) -> frozenset[str] | None:
    """All strings that one part of a sequence stands for, where they are few."""
    match str(kind):
        case "LITERAL":
            return frozenset((chr(value),))
        case "IN":
            plain = [entry for entry in value if str(entry[0]) == "LITERAL"]
            return frozenset(chr(code) for _, code in plain) if len(plain) == len(value) <= limit else None
        case "SUBPATTERN":
            _, added, _, inner = value
            return None if added & _FLAGS else _all(inner, limit)
        case "BRANCH":
            branches = [_all(branch, limit) for branch in value[1]]
            return None if None in branches else _few(frozenset().union(*(branch for branch in branches if branch)), limit)
        case "MAX_REPEAT" | "MIN_REPEAT":
            least, most, inner = value
            once = _all(inner, limit) if (least, most) in ((0, 1), (1, 1)) else None
            return None if once is None else _few(once if least else once | {""}, limit)
    return None


def _all(tree: Iterable[tuple[Any, Any]], limit: int) -> frozenset[str] | None:
    strings: frozenset[str] = frozenset(("",))
    for kind, value in tree:
        exact = _exact(kind, value, limit)
        if exact is None or len(strings) * len(exact) > limit:
            return None
        strings = frozenset(before + after for before in strings for after in exact)
    return strings


def _few(strings: frozenset[str], limit: int) -> frozenset[str] | None:
    return strings if len(strings) <= limit else None


# --- first characters --------------------------------------------------------------------------------------------------


@cache
def compiled(expression: str) -> re.Pattern[str]:
    """A compiled expression that finds the same, faster in long texts: what its matches may begin with is looked at first.

    The standard library does so by itself only for plain words. Groups keep their names and numbers.
    """
    tree = import_module("re._parser").parse(expression)
    look = None if _is_led(tree) or _characters(expression) is None else _look(tree)
    return re.compile(f"(?={look})(?:{expression})" if look else expression)


@cache
def narrowed(expression: str) -> re.Pattern[str]:
    """The same for a choice of many plain words, where the library looks at first characters by itself and tries one word after another."""
    look = _look(import_module("re._parser").parse(expression))
    return re.compile(f"(?={look})(?:{expression})" if look else expression)


def _look(tree: Iterable[tuple[Any, Any]]) -> str | None:
    """What every match begins with: one of some characters, and behind those that not every character may follow one of some others."""
    narrow: set[tuple[int, int]] = set()
    behind: set[tuple[int, int]] = set()
    alone: set[tuple[int, int]] = set()
    for branch in _branches(list(tree)):
        first, second = _beginnings(branch), _beginnings(_behind_first(branch))
        if first is None or first[1]:
            return None
        if second is None or second[1] or any(high - low > WIDE for low, high in second[0]):
            alone |= first[0]
        else:
            narrow |= first[0]
            behind |= second[0]
    if not narrow:
        return f"[{_set(alone)}]"
    next_one = f"(?:[{_set(behind)}]|(?<=[{_set(alone)}]))" if alone else f"[{_set(behind)}]"
    return f"[{_set(narrow | alone)}]{next_one}"


def _branches(parts: Sequence[tuple[Any, Any]]) -> Iterator[Sequence[tuple[Any, Any]]]:
    """The ways in which a sequence may begin, each opened up to a first character where it can be."""
    parts = [part for part in parts if str(part[0]) not in ("ASSERT", "ASSERT_NOT", "AT")]
    if not parts:
        yield parts
        return
    (kind, value), rest = parts[0], parts[1:]
    match str(kind):
        case "SUBPATTERN" if not value[1] & _FLAGS:
            yield from _branches([*value[3], *rest])
        case "BRANCH":
            for branch in value[1]:
                yield from _branches([*branch, *rest])
        case "MAX_REPEAT" | "MIN_REPEAT" if value[:2] == (0, 1):
            yield from _branches([*value[2], *rest])
            yield from _branches(rest)
        case _:
            yield parts


def _behind_first(parts: Sequence[tuple[Any, Any]]) -> Sequence[tuple[Any, Any]]:
    """What follows the first character of a sequence; nothing where its first part is more than a character."""
    return parts[1:] if parts and str(parts[0][0]) in ("LITERAL", "IN") else ()


@cache
def first_pairs(expression: str) -> Mapping[int, frozenset[int] | None] | None:
    """The characters (as code points) that a match may begin with, each with those that may follow it, or None where any may.

    None altogether where a match may begin with nearly anything, or be empty.
    """
    tree = import_module("re._parser").parse(expression)
    if tree.state.flags & _FLAGS:
        return None
    found: dict[int, frozenset[int] | None] = {}
    for branch in _branches(list(tree)):
        first, second = (_few_of(_beginnings(part, classes=True)) for part in (branch, _behind_first(branch)))
        if first is None:
            return None
        for character in first:
            known = found.get(character, frozenset())
            found[character] = None if known is None or second is None else known | second
    return found


@cache
def third_characters(expression: str) -> Mapping[str, str]:
    """For pairs of characters that a match may begin with, the characters of which one follows; pairs that any may follow are left out."""
    found: dict[str, set[int]] = {}
    followed_by_any: list[tuple[frozenset[int] | None, frozenset[int] | None]] = []
    for branch in _branches(list(import_module("re._parser").parse(expression))):
        first = _few_of(_beginnings(branch, classes=True))
        for behind in _branches(list(_behind_first(branch))):
            second, third = (_few_of(_beginnings(part, classes=True)) for part in (behind, _behind_first(behind)))
            if first is None or second is None or third is None or len(first) * len(second) > MOST:
                followed_by_any.append((first, second))
                continue
            for pair in product(first, second):
                found.setdefault("".join(map(chr, pair)), set()).update(third)
    return {
        pair: "".join(map(chr, sorted(third)))
        for pair, third in found.items()
        if not any(_among(pair[0], first) and _among(pair[1], second) for first, second in followed_by_any)
    }


def _among(character: str, characters: frozenset[int] | None) -> bool:
    return characters is None or ord(character) in characters


def _few_of(beginning: tuple[frozenset[tuple[int, int]], bool] | None) -> frozenset[int] | None:
    """The characters of a beginning that cannot be empty, where they are few."""
    if beginning is None or beginning[1] or any(high - low > WIDE for low, high in beginning[0]):
        return None
    return frozenset(character for low, high in beginning[0] for character in range(low, high + 1))


def _is_led(tree: Sequence[tuple[Any, Any]]) -> bool:
    """Whether the standard library looks at first characters by itself: a character, a set of them, a choice of plain words."""
    if not len(tree):
        return False
    kind, value = str(tree[0][0]), tree[0][1]
    if kind == "SUBPATTERN":
        return _is_led(value[3])
    return kind in ("LITERAL", "IN") or (kind == "BRANCH" and all(len(branch) and str(branch[0][0]) == "LITERAL" for branch in value[1]))


def _characters(expression: str) -> str | None:
    tree = import_module("re._parser").parse(expression)
    first = None if tree.state.flags & _FLAGS else _beginnings(tree)
    if first is None or first[1] or not first[0]:
        return None
    return _set(first[0])


def _set(ranges: Iterable[tuple[int, int]]) -> str:
    return "".join(re.escape(chr(low)) + (f"-{re.escape(chr(high))}" if high > low else "") for low, high in sorted(ranges))


def _beginnings(tree: Iterable[tuple[Any, Any]], classes: bool = False) -> tuple[frozenset[tuple[int, int]], bool] | None:
    """The ranges of characters that a match may begin with, and whether it may be empty; None where that is any character.

    `classes`: whether digits and blanks are listed one by one, which are many; else they are as good as any.
    """
    found: frozenset[tuple[int, int]] = frozenset()
    for kind, value in tree:
        if str(kind) in ("ASSERT", "ASSERT_NOT", "AT"):
            continue
        part = _beginning(str(kind), value, classes)
        if part is None:
            return None
        found |= part[0]
        if not part[1]:
            return found, False
    return found, True


def _beginning(kind: str, value: Any, classes: bool) -> tuple[frozenset[tuple[int, int]], bool] | None:
    match kind:
        case "LITERAL":
            return frozenset(((value, value),)), False
        case "IN":
            members = [_members(str(name), member, classes) for name, member in value]
            return None if None in members else (frozenset().union(*(each for each in members if each)), False)
        case "SUBPATTERN":
            return None if value[1] & _FLAGS else _beginnings(value[3], classes)
        case "ATOMIC_GROUP":
            return _beginnings(value, classes)
        case "BRANCH":
            branches = [_beginnings(branch, classes) for branch in value[1]]
            known = [branch for branch in branches if branch is not None]
            if len(known) < len(branches):
                return None
            return frozenset().union(*(ranges for ranges, _ in known)), any(empty for _, empty in known)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            inner = _beginnings(value[2], classes)
            return None if inner is None else (inner[0], inner[1] or value[0] == 0)
    return None


def _members(name: str, member: Any, classes: bool) -> frozenset[tuple[int, int]] | None:
    """The ranges of one member of a set of characters."""
    match name:
        case "LITERAL":
            return frozenset(((member, member),))
        case "RANGE":
            return frozenset((member,))
        case "CATEGORY" if classes and str(member) in _CLASSES:
            return ranges_of(_CLASSES[str(member)])
    return None


_CLASSES = {"CATEGORY_DIGIT": r"\d", "CATEGORY_SPACE": r"\s"}


_BLOCK = 1 << 12  # characters at a time: all of them at once would take 90 MB


@cache
def ranges_of(expression: str) -> frozenset[tuple[int, int]]:
    """The ranges of all characters that there are of a class."""
    pattern = re.compile(f"{expression}+")
    blocks = ((first, "".join(map(chr, range(first, first + _BLOCK)))) for first in range(0, sys.maxunicode + 1, _BLOCK))
    return frozenset((first + found.start(), first + found.end() - 1) for first, block in blocks for found in pattern.finditer(block))


# --- many expressions at once ------------------------------------------------------------------------------------------


class Sieve:
    """Which of some expressions may match in which stretches. They are numbered in their order; a set of them is an int's bits."""

    def __init__(self, expressions: Sequence[str]) -> None:
        self._always = 0  # those without anchors may match anywhere
        bits: dict[str, int] = {}
        for number, expression in enumerate(expressions):
            words = anchors(expression, MOST_SIEVED)
            if not words:
                self._always |= 1 << number
            for word in words:
                bits[word] = bits.get(word, 0) | 1 << number
        self._tree = WordTree(tuple(bits))
        self._reach = np.array([len(word) - 1 for word in bits], np.int64)  # from a word's first character to its last
        self._bytes = (len(expressions) + 7) // 8
        packed = b"".join(mask.to_bytes(self._bytes, "little") for mask in bits.values())
        self._packed = np.frombuffer(packed, np.uint8).reshape(len(bits), self._bytes)

    def sift(self, text: str, ends: Sequence[int] | NDArray[np.int64], *, begun: bool = False) -> list[int]:
        """For each of the stretches that end at `ends` (ascending, half-open, each from the end before it on), the expressions that may
        match in it: those of the words that end in it, or that have begun in it."""
        found = [self._always] * len(ends)
        places, numbers = self._tree.find(text)
        words = places if begun else places + self._reach[numbers]
        stretches = np.searchsorted(np.asarray(ends, np.int64), words, side="right")
        order = stretches.argsort(kind="stable")
        order = order[: np.searchsorted(stretches[order], len(ends))]  # nobody asks about what stands behind the last end
        if not order.size:
            return found
        stretches = stretches[order]
        first = np.flatnonzero(np.diff(stretches, prepend=-1))
        told = np.bitwise_or.reduceat(self._packed[numbers[order]], first, axis=0).tobytes()
        for place, start in zip(stretches[first].tolist(), range(0, len(told), self._bytes), strict=True):
            found[place] |= int.from_bytes(told[start : start + self._bytes], "little")
        return found
