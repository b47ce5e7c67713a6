"""Loads vocabulary: YAML beside the code, read strictly (no duplicate keys, text only where text is meant), compiled once.

Words are data; this file is the machine that turns lists of them into regular expressions. The longest word wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from extractors.words.anchors import compiled

_SHARED = "shared"  # parts of expressions that several vocabularies use, by their names
_MENTION = re.compile("%([a-z_]+)%")
VOCABULARY = Path(__file__).resolve().parent.parent / "vocabulary"


class _StrictLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # in C where there is one: eight times as fast
    """A safe loader that refuses a key given twice: the second would silently win."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"duplicate key {key!r}", key_node.start_mark)
            seen.add(key)
        found: dict[Any, Any] = super().construct_mapping(node, deep)
        return found


@cache
def vocabulary(name: str) -> Mapping[str, Any]:
    """The mapping in `vocabulary/<name>.yaml`. Raises ValueError where the file is no mapping with text keys."""
    path = VOCABULARY / f"{name}.yaml"
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=_StrictLoader)  # noqa: S506  a subclass of the safe loader
    if not isinstance(data, dict) or not all(isinstance(key, str) for key in data):
        raise ValueError(f"{path.name}: expected a mapping with text keys")
    return data if name == _SHARED else _with_shared(data)


def _with_shared(entry: Any) -> Any:
    """The same data, each `%name%` in its texts replaced by that entry of the shared vocabulary."""
    if isinstance(entry, dict):
        return {key: _with_shared(value) for key, value in entry.items()}
    if isinstance(entry, list):
        return [each for value in entry for each in _each_shared(value)]
    return _MENTION.sub(_shared_text, entry) if isinstance(entry, str) and "%" in entry else entry


def _each_shared(value: Any) -> Sequence[Any]:
    """What stands for one item of a list: the words of a shared list where it names one, else the item itself."""
    named = _MENTION.fullmatch(value) if isinstance(value, str) else None
    listed = vocabulary(_SHARED)[named[1]] if named else None
    return listed if isinstance(listed, list) else [_with_shared(value)]


def _shared_text(mention: re.Match[str]) -> str:
    """A shared entry as a part of an expression; a list's words are alternatives."""
    entry = vocabulary(_SHARED)[mention[1]]
    return alternatives(entry) if isinstance(entry, list) else str(entry)


@cache
def words(name: str, key: str) -> tuple[str, ...]:
    """The list of words `key` of a vocabulary; keys inside are joined by dots (`cues.negation`)."""
    entry: Any = vocabulary(name)
    for part in key.split("."):
        entry = entry[part]
    if not isinstance(entry, list) or not all(isinstance(word, str) for word in entry):
        raise ValueError(f"{name}.yaml: {key} is not a list of words (quote 是, 否, yes, no and numbers)")
    return tuple(entry)


@cache
def table(name: str, key: str) -> Mapping[str, tuple[str, ...]]:
    """The mapping `key` of a vocabulary from a value to the words that stand for it."""
    entry = vocabulary(name)[key]
    return {value: words(name, f"{key}.{value}") for value in entry}


def alternatives(choices: Iterable[str]) -> str:
    """A regular expression's alternatives, the longest first, so that a longer word is never cut short."""
    return _alternatives(tuple(choices))


@cache
def _alternatives(choices: tuple[str, ...]) -> str:
    return "|".join(re.escape(choice) for choice in sorted(set(choices), key=lambda choice: (-len(choice), choice)))


def tree_of(choices: Iterable[str]) -> str:
    """The same alternatives, faster to search for where they are many; the words that a match needs (`anchors`) are not told from it."""
    return _whole_tree(tuple(choices))


@cache
def _whole_tree(choices: tuple[str, ...]) -> str:
    return _tree(choices)


def _tree(choices: Sequence[str]) -> str:
    """The same alternatives as a tree of their beginnings: what they share is looked at once, not choice by choice.

    Choices that hold at one place begin with each other; the tree tries the longer ones first, as the list does.
    """
    tails: dict[str, list[str]] = {}
    for choice in sorted(set(choices), key=lambda choice: (-len(choice), choice)):
        tails.setdefault(choice[:1], []).append(choice[1:])
    branches: list[str] = []
    for first, rest in tails.items():
        after = [tail for tail in rest if tail]
        tree = _tree(after) if after else ""
        if "" in rest and after:
            tree = f"(?:{tree})?"
        elif len(after) > 1:
            tree = f"(?:{tree})"
        branches.append(re.escape(first) + tree)
    return "|".join(branches)


@cache
def one_of(name: str, key: str) -> re.Pattern[str]:
    """A compiled expression that finds any of a list's words."""
    return re.compile(_tree(words(name, key)))


@cache
def patterns(name: str, key: str) -> re.Pattern[str]:
    """A compiled expression of a list whose entries are regular expressions themselves."""
    return compiled("|".join(f"(?:{entry})" for entry in words(name, key)))


def rules(name: str) -> Callable[[str], re.Pattern[str]]:
    """The single expressions of a vocabulary, compiled, by their keys. A blank behind a bar is where the YAML goes on over a line."""

    @cache
    def rule(key: str) -> re.Pattern[str]:
        return compiled(str(vocabulary(name)[key]).replace("| ", "|"))

    return rule


@cache
def _cue_table(name: str, role: str) -> tuple[re.Pattern[str], frozenset[str]]:
    entry = vocabulary(name)[role]
    cues = words(name, f"{role}.cues")
    masks = words(name, f"{role}.masks") if entry.get("masks") else ()
    return re.compile(_tree((*cues, *masks))), frozenset(masks)


def find_cues(text: str, name: str, role: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Where a role's cues stand in text[start:end], in order; a mask (a longer word that holds a cue's characters) hides the cue in it."""
    pattern, masks = _cue_table(name, role)
    found = pattern.finditer(text, start, len(text) if end is None else end)
    return [match.span() for match in found if match.group() not in masks]
