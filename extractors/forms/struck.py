"""Ticks that were made by mistake and struck out: ☑先进级 ☑卓越级（“卓越级”处勾选有误，以先进级为准）.

Two boxes of one choice are ticked, and a note behind them, on the same line or on the one below, says which of them stands.
"""

from __future__ import annotations

import re

from docproc.extract import FormField, Option
from docproc.model import Span
from extractors.words.lexicon import vocabulary

REACH = 120  # code points behind the boxes in which such a note is looked for
LINES = 2  # the line of the boxes, and the one below
SHORTEST_BARE = 2  # a shorter word (是, 否) is meant only in quotes
_BRACKET = re.compile(r"[（(].*$", re.DOTALL)


def without_struck(text: str, field: FormField) -> FormField:
    """The field with the boxes unticked that the note behind it strikes out; as it is where nothing does, or where none would stay."""
    ticked = [option for option in field.options if option.ticked]
    if len(ticked) < 2:
        return field
    note = _note(text, ticked[-1])
    struck = [option for option in ticked if _told(note, option, "struck_ticks")]
    if not struck:
        kept = [option for option in ticked if _told(note, option, "kept_ticks")]
        struck = [option for option in ticked if option not in kept] if len(kept) == 1 else []
    if not struck or len(struck) == len(ticked):
        return field
    options = tuple(
        Option(_word(option), False, option.span)
        if option in struck
        else Option(_word(option), option.ticked, Span(option.span.start, option.span.start + len(_word(option))))
        for option in field.options
    )
    return field._replace(options=options, value="、".join(option.text for option in options if option.ticked))


def _note(text: str, last: Option) -> str:
    """What stands behind the words of the last box."""
    start = last.span.start + len(_word(last))
    return "\n".join(text[start : start + REACH].split("\n")[:LINES])


def _word(option: Option) -> str:
    """The word of a box without the note that was read with it."""
    return _BRACKET.sub("", option.text).strip() or option.text


def _told(note: str, option: Option, key: str) -> bool:
    word = re.escape(_word(option))
    quoted = f'[“"‘「『]{word}[”"’」』]'
    named = f"(?:{quoted}|{word})" if len(_word(option)) >= SHORTEST_BARE else quoted
    return re.search(vocabulary("fields")[key].replace("OPTION", named), note) is not None
