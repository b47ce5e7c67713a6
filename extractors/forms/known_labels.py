"""Labels that are known by name: those of forms at large, and those by which the families ask for what is theirs."""

from __future__ import annotations

from functools import cache

from extractors.words.lexicon import words

_OF_FAMILIES = (
    ("identity", ("name_labels", "representative_labels", "established_labels", "kind_labels")),
    ("places", ("registration_labels", "factory_labels")),
    ("scale", ("size_labels",)),
)


@cache
def known_labels() -> frozenset[str]:
    """All of them."""
    return frozenset(
        (*words("fields", "known_labels"), *(word for name, keys in _OF_FAMILIES for key in keys for word in words(name, key)))
    )
