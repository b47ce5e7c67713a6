"""Short answers to a form's prompts (无, 未发生, 没有出现过, 符合), by kind: listed words, and denials put together of their parts.

The words are data (`vocabulary/prompts.yaml`): `denies` lists them, `denies_patterns` tells how others are made.
"""

from __future__ import annotations

from functools import cache

from extractors.words.lexicon import alternatives, vocabulary, words

_WORDS = "prompts"


@cache
def short_replies(*kinds: str) -> str:
    """An expression for any short answer of some kinds, the listed ones first, longer words before shorter ones."""
    listed = alternatives(word for kind in kinds for word in words(_WORDS, kind))
    made = [entry for kind in kinds if f"{kind}_patterns" in vocabulary(_WORDS) for entry in words(_WORDS, f"{kind}_patterns")]
    return "|".join([*made, listed])
