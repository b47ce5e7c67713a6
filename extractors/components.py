"""Makes a pipeline component of what a family finds: `match` computes, the component hangs it on the Doc.

A family whose results take the place of what is there (changes, context, governed) says so in a component of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from docproc.extract import FormField, Match, PassageMatch

if TYPE_CHECKING:
    from spacy.tokens import Doc


def adds_claims(match: Callable[[Doc], Sequence[Match]]) -> Callable[[Doc], Doc]:
    """A component that adds what `match` finds to `doc._.claims`."""
    return _adds("claims", match)


def adds_fields(match: Callable[[Doc], Sequence[FormField]]) -> Callable[[Doc], Doc]:
    """A component that adds what `match` finds to `doc._.fields`."""
    return _adds("fields", match)


def adds_passages(match: Callable[[Doc], Sequence[PassageMatch]]) -> Callable[[Doc], Doc]:
    """A component that adds what `match` finds to `doc._.passages`."""
    return _adds("passages", match)


def _adds(extension: str, match: Callable[[Doc], Sequence[Any]]) -> Callable[[Doc], Doc]:
    def component(doc: Doc) -> Doc:
        found = match(doc)
        setattr(doc._, extension, [*getattr(doc._, extension), *found])
        return doc

    component.__module__ = match.__module__  # a trace or a profile names the family, not this file
    return component
