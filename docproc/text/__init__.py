"""Text: repair, script, width, numerals, amounts, dates. `normalise` brings a text into the normal form."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docproc.text.normal_form import NormalisedText


def normalise(text: str) -> NormalisedText:
    """Brings a text into the normal form, keeping the way back to every character's place in the source.

    `.text`, `.to_source(start, end)`, `.to_normal(start, end)`, `.repairs`, `.unrepaired`.
    """
    from docproc.text.normal_form import normalise as bring

    return bring(text)
