"""The topics of passages, their expressions, and which of them a sentence may state at all.

Topics are data (`vocabulary/passages.yaml`); a sieve over the words that their expressions need leaves few to try in a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from extractors.words.anchored import Anchored, anchored
from extractors.words.anchors import Sieve
from extractors.words.lexicon import vocabulary


@dataclass(frozen=True, slots=True)
class Topic:
    """What is to be stated, and how it is recognised."""

    name: str
    labels: re.Pattern[str]
    states: tuple[State, ...]
    hints: State | None  # what suffices under a heading that asks for the topic
    never: State
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class State:
    """Expressions that must all be found; `needed` are their bits in what the sieve leaves of a sentence."""

    parts: tuple[re.Pattern[str], ...]
    needed: int


@dataclass(frozen=True, slots=True)
class _Content:
    """What tells that something has been built: words of doing, and the parts that the levels name."""

    done: State
    never: State
    parts: tuple[tuple[str, State], ...]
    whole: State
    rules: tuple[str, ...]
    other_topics: frozenset[str]  # a sentence that states one of these tells of something built only where `links` joins the two
    links: re.Pattern[str]


class _Searched:
    """The topics' expressions, and the sieve that tells in which sentences they may match."""

    def __init__(self) -> None:
        self._expressions: list[str] = []
        self.topics = tuple(
            Topic(
                name,
                _any(entry["labels"]),
                tuple(self._state(*state) for state in entry["states"]),
                self._state(_either(entry["hints"])) if entry.get("hints") else None,
                self._state(_either(entry["never"])),
                tuple(entry["rules"]),
            )
            for name, entry in vocabulary("passages")["topics"].items()
        )
        content = vocabulary("passages")["level_content"]
        self.content = _Content(
            self._state(content["done"]),
            self._state(_either(content["never"])),
            tuple((name, self._state(_either(expressions))) for name, expressions in content["parts"].items()),
            self._state(_either(content["whole"])),
            tuple(content.get("rules", ())),
            frozenset(content["other_topics"]),
            re.compile(content["links"]),
        )
        self.denials = self._state(vocabulary("passages")["denials"])
        self.sieve = Sieve(self._expressions)

    def _state(self, *expressions: str) -> State:
        first = len(self._expressions)
        self._expressions += expressions
        return State(tuple(re.compile(each) for each in expressions), (1 << len(self._expressions)) - (1 << first))


@cache
def searched() -> _Searched:
    """The expressions of the vocabulary, compiled once a process."""
    return _Searched()


def topics() -> tuple[Topic, ...]:
    """The topics of the vocabulary, in its order."""
    return searched().topics


class Possible(NamedTuple):
    """What a sentence may say: topics, each with the states that may hold and the word that may hint at it; parts of something built.

    With each the expression that makes the sentence speak of something else, where that may match.
    """

    topics: tuple[tuple[Topic, tuple[State, ...], re.Pattern[str] | None, re.Pattern[str] | None], ...]
    parts: tuple[tuple[str, re.Pattern[str]], ...]
    no_content: re.Pattern[str] | None
    denials: re.Pattern[str] | None


@lru_cache(maxsize=4096)
def possible(sifted: int) -> Possible:
    """What may be said where the expressions of these bits may match."""

    def one(state: State | None) -> re.Pattern[str] | None:
        return state.parts[0] if state is not None and not state.needed & ~sifted else None

    told = []
    for topic in topics():
        states, hint = tuple(state for state in topic.states if not state.needed & ~sifted), one(topic.hints)
        if states or hint is not None:
            told.append((topic, states, hint, one(topic.never)))
    content = searched().content
    built = () if one(content.done) is None else (*content.parts, ("", content.whole))
    parts = tuple((name, part) for name, state in built if (part := one(state)) is not None)
    return Possible(tuple(told), parts, one(content.never), one(searched().denials))


@lru_cache(maxsize=4096)
def asked_topics(label: str) -> tuple[Topic, ...]:
    """The topics that a label asks for."""
    return tuple(topic for topic in topics() if topic.labels.search(label)) if any_label().search(label) else ()


@cache
def any_label() -> Anchored:
    """Finds what any topic's label holds."""
    return anchored(_either([topic.labels.pattern for topic in topics()]))


def _any(expressions: Sequence[str]) -> re.Pattern[str]:
    return re.compile(_either(expressions))


def _either(expressions: Sequence[str]) -> str:
    return "|".join(f"(?:{entry})" for entry in expressions) or r"(?!)"
