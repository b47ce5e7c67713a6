"""What is found once a text because several ask for it, and forgotten when the text has been read.

A cache that is asked by a text holds that text and all that was found in it. With the last texts of every such cache a long document,
read piece by piece, would take more memory with each piece; and what a paper says is nobody's business once it has been read.
"""

from __future__ import annotations

from functools import _lru_cache_wrapper
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from spacy.tokens import Doc

Kept = TypeVar("Kept", bound="_lru_cache_wrapper[object]")
_KEPT: list[_lru_cache_wrapper[object]] = []  # in the order in which the modules are imported


def once_a_text(cached: Kept) -> Kept:
    """Marks a cache that is asked by texts or by places in them: it is emptied when the pipeline is through with a text."""
    _KEPT.append(cached)
    return cached


def forget() -> None:
    """Empties all of them. What a text that is being read beside this one asks for again is found again."""
    for cached in _KEPT:
        cached.cache_clear()


def component(doc: Doc) -> Doc:
    """The last of a pipeline."""
    forget()
    return doc
