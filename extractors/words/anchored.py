"""Expressions that are tried only around their anchors: a long text is gone through for a few words, not for all that may begin a match.

Every match holds one of the expression's anchors (`anchors`). It lies on the anchor's line where it can hold no line break, else no farther
away than it is wide. There the expression is tried, and nowhere else; what is found is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from typing import Any

from extractors.words.anchor_places import numbered, places_of
from extractors.words.anchors import anchors, compiled, shortest
from extractors.words.lexicon import tree_of
from extractors.words.scanning import scan

WIDEST = 300  # characters; what may take more and hold line breaks is tried everywhere
SHORTEST = 5000  # code points from which on the anchors of all expressions are sought together
MARGIN = 2  # characters behind a match that `$` and `\b` look at
_NEW_LINE = ord("\n")
_LINE = re.compile("^", re.MULTILINE)
_HOLDS_LINE_BREAK = frozenset(("CATEGORY_SPACE", "CATEGORY_NOT_DIGIT", "CATEGORY_NOT_WORD"))


class Anchored:
    """An expression that is tried around its anchors; one that has none, or no bounds, is tried everywhere."""

    def __init__(self, expression: str) -> None:
        self._pattern = compiled(expression)
        tree = import_module("re._parser").parse(expression)
        needed = shortest(anchors(expression))
        branches = [] if tree.state.flags & re.DOTALL else list(_branches(tree))
        self._lines = _widest(branch for branch in branches if not _crosses(branch))
        self._apart = _widest(branch for branch in branches if _crosses(branch))
        self._reach = _looks_on(tree)
        bounded = branches and self._reach is not None and (self._apart is None or self._apart <= WIDEST)
        self._anchor = re.compile(tree_of(sorted(needed))) if needed and bounded else None
        self._number = numbered(needed) if self._anchor is not None else -1

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """What the expression finds in a text, in order."""
        if self._anchor is None:
            return scan(self._pattern, text)
        return self._around(text, self._anchors(text))

    def search(self, text: str) -> re.Match[str] | None:
        """What it finds first."""
        if len(text) >= SHORTEST or self._anchor is None:
            return next(self.finditer(text), None)
        return self._pattern.search(text) if self._anchor.search(text) is not None else None

    def lines(self, text: str) -> Iterator[int]:
        """Where the lines begin in which the expression may match, in order: those that hold an anchor, or all of them."""
        last = -1
        for place, _ in self._anchors(text):
            start = text.rfind("\n", 0, place) + 1
            if start != last:
                yield start
            last = start

    def _anchors(self, text: str) -> Iterable[tuple[int, int]]:
        if self._anchor is None:
            return ((found.start(), found.end()) for found in _LINE.finditer(text))
        places = places_of(self._number, text) if len(text) >= SHORTEST else None
        return (found.span() for found in self._anchor.finditer(text)) if places is None else places

    def _around(self, text: str, anchors: Iterable[tuple[int, int]]) -> Iterator[re.Match[str]]:
        reached = 0
        begun, ended, found = -1, -1, None  # the stretch looked through last and what stands in it first: a line may hold many anchors
        for first, behind in anchors:
            if first < reached:
                continue
            start, end = self._bounds(text, first, behind)
            while reached <= first:
                start = max(start, reached)
                if end != ended or start < begun or (found is not None and found.start() < start):
                    found = self._pattern.search(text, start, end)
                    begun, ended = start, end
                if found is None or found.start() >= behind:
                    break
                yield found
                reached = found.end()

    def _bounds(self, text: str, first: int, behind: int) -> tuple[int, int]:
        """Where a match may begin that holds the anchor at first:behind, and how far it looks."""
        start, end = first, behind
        if self._lines is not None:
            start, end = max(0, first - self._lines), min(len(text), behind + self._lines)
            start = text.rfind("\n", start, first) + 1 or start
            line_end = text.find("\n", behind, end)
            end = line_end if line_end >= 0 else end
        if self._apart is not None:
            start, end = min(start, max(0, first - self._apart)), max(end, behind + self._apart)
        return start, end + (self._reach or 0) + MARGIN


@cache
def anchored(expression: str) -> Anchored:
    """An expression that is tried around its anchors, made once."""
    return Anchored(expression)


def _branches(tree: Any) -> Iterator[Any]:
    """The choices that an expression is, those inside a choice taken apart."""
    parts = [part for part in tree if str(part[0]) not in ("ASSERT", "ASSERT_NOT", "AT")]  # `compiled` looks at what a choice begins with
    kind, value = parts[0] if len(parts) == 1 else ("", ())
    match str(kind), value:
        case "SUBPATTERN", (_, 0, _, inner):
            yield from _branches(inner)
        case "BRANCH", (_, choices):
            for choice in choices:
                yield from _branches(choice)
        case _:
            yield tree


def _widest(branches: Iterable[Any]) -> int | None:
    """The most characters that a match of some choices may take; None where there are none."""
    return max((branch.getwidth()[1] for branch in branches), default=None)


def _crosses(tree: Iterable[tuple[Any, Any]]) -> bool:
    """Whether a match may hold a line break; true of what is not known here."""
    return any(_holds_line_break(str(kind), value) for kind, value in tree)


def _holds_line_break(kind: str, value: Any) -> bool:
    match kind:
        case "LITERAL":
            return bool(value == _NEW_LINE)
        case "NOT_LITERAL":
            return bool(value != _NEW_LINE)
        case "IN":
            negated = str(value[0][0]) == "NEGATE"
            return any(_is_line_break(str(entry[0]), entry[1]) for entry in value) is not negated
        case "SUBPATTERN":
            return bool(value[1] & re.DOTALL) or _crosses(value[3])
        case "ATOMIC_GROUP":
            return _crosses(value)
        case "BRANCH":
            return any(_crosses(branch) for branch in value[1])
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return _crosses(value[2])
    return kind not in ("ASSERT", "ASSERT_NOT", "AT", "ANY")


def _is_line_break(kind: str, value: Any) -> bool:
    match kind:
        case "LITERAL":
            return bool(value == _NEW_LINE)
        case "RANGE":
            return bool(value[0] <= _NEW_LINE <= value[1])
        case "CATEGORY":
            return str(value) in _HOLDS_LINE_BREAK
    return False


def _looks_on(tree: Iterable[tuple[Any, Any]]) -> int | None:
    """How far behind a match the expression looks; None where that has no bound."""
    found = 0
    for kind, value in tree:
        part = _looks_behind(str(kind), value)
        if part is None:
            return None
        found = max(found, part)
    return found


def _looks_behind(kind: str, value: Any) -> int | None:
    match kind:
        case "ASSERT" | "ASSERT_NOT":
            ahead: int = value[1].getwidth()[1] if value[0] > 0 else 0
            return ahead if ahead <= WIDEST else None
        case "SUBPATTERN":
            return _looks_on(value[3])
        case "ATOMIC_GROUP":
            return _looks_on(value)
        case "BRANCH":
            parts = [_looks_on(branch) for branch in value[1]]
            return None if None in parts else max((part for part in parts if part is not None), default=0)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return _looks_on(value[2])
        case "GROUPREF" | "GROUPREF_EXISTS":
            return None
    return 0
