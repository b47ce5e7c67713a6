"""Which reasons may hold in a sentence at all: each needs one of its words in it, and one look at a text finds the words of all of them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from extractors.words import shapes
from extractors.words.anchors import Sieve
from extractors.words.lexicon import alternatives, patterns, vocabulary, words

_WORDS = "context"
_MOODS = "moods"


def _expressions() -> dict[str, Iterable[str]]:
    """The expressions of each reason, of which one must match in the sentence for the reason to hold by words of that sentence."""
    return {
        "denial": (_cues("negation"), shapes.misread_denial().pattern, alternatives(words(_WORDS, "denial_after"))),
        "answered": ("[答回栏]|表示",),
        "former": (_cues("former"),),
        "correction": (_cues("correction"), f"[{shapes.CLOSING_QUOTES}]"),
        "third_party": (
            shapes.modified_party().pattern,
            alternatives(words(_WORDS, "takeovers")),
            shapes.phrase("takeovers_of").pattern,
            str(vocabulary(_WORDS)["acquired"]),
            shapes.phrase("held_by_others").pattern,
            alternatives(words(_WORDS, "bought_verbs")),
        ),
        "prompt": (_cues("prompt"), "[？?]", shapes.empty_box().pattern),
        "modal": (_cues("modal"),),
        "case": (
            "[的者][，：,]",
            "[况形提件]下[，：,]",
            shapes.threatened_case().pattern,
            shapes.case_follows().pattern,
            shapes.addressed().pattern,
        ),
        "only": (shapes.phrase("only").pattern,),
        "conditioned": (shapes.phrase("named_condition").pattern, shapes.phrase("condition_named").pattern),
        "unproved": (shapes.phrase("unproved").pattern, shapes.phrase("unverified").pattern),
        "refuted": tuple(shapes.phrase(key).pattern for key in ("refuted_saying", "refuted_next", "record_broken")),
        "reporting": (shapes.phrase("reporting").pattern,),
        "source": (shapes.noted_source().pattern,),
        "paper": (
            shapes.meant().pattern,
            shapes.paper().pattern.replace("?P<titled>", "?:").replace("?P<paper>", "?:"),
            shapes.defining().pattern,
        ),
        "generic": (shapes.generic_head().pattern,),
        "demand": (shapes.demand().pattern,),
        "condition": (_cues("condition"),),
        "exercise": (_cues("exercise"), shapes.lesson().pattern),
        "promise": (_cues("promise"),),
        "plan": (_cues("plan"), shapes.target_tail().pattern),
        "sample": (patterns(_MOODS, "sample_labels").pattern,),
        "template": (patterns(_MOODS, "template_marks").pattern,),
        "rumour": (alternatives(words(_MOODS, "rumours")), patterns(_MOODS, "refuted").pattern),
        "scale": (patterns(_MOODS, "scales").pattern,),
        "price": (alternatives(words(_MOODS, "prices")),),
        "others": tuple(patterns(_MOODS, key).pattern for key in ("helped", "unrelated", "counted_firms")),
    }


def _cues(role: str) -> str:
    return alternatives(words(_WORDS, f"{role}.cues"))


class Signs:
    """Looks sentences through for the words of all reasons."""

    def __init__(self) -> None:
        expressions = _expressions()
        self._names = tuple(expressions)
        self._sieve = Sieve(["|".join(f"(?:{each})" for each in entry) for entry in expressions.values()])
        self._known: dict[int, frozenset[str]] = {}  # as many as there are sets of reasons, so at most what texts bring together

    def of_stretches(self, text: str, ends: NDArray[np.int64]) -> list[int]:
        """The reasons of which a word may begin in the stretches of a text that end at `ends`, each a set of bits (`named`)."""
        return self._sieve.sift(text, ends, begun=True)

    def named(self, bits: int) -> frozenset[str]:
        """The reasons of a set of bits."""
        found = self._known.get(bits)
        if found is None:
            found = self._known[bits] = frozenset(name for place, name in enumerate(self._names) if bits >> place & 1)
        return found


@cache
def signs() -> Signs:
    """The one table of all reasons' words."""
    return Signs()
