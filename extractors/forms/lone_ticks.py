"""One tick among options that have no boxes: `基础级　√先进级　卓越级`, `是√　否`, and the same one option a line.

The words must be ones that options carry, and parted; the tick belongs to the word it touches. Where it stands free between two
of them, which one is meant cannot be told: then nothing is ticked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from docproc.extract import Option
from docproc.model import Span
from extractors.forms.option_words import names_option
from extractors.forms.pieces import BLANKS, Piece, piece

_PARTS = re.compile(r"[^ 　\t、/／|｜,，;；\n]+")
_LEADING = re.compile(r"[：:？?]")
MOST_LINES = 8
LONGEST_LINE = 24


def lone_tick(text: str, start: int, end: int, tick: Span) -> tuple[Piece, tuple[Option, ...]] | None:
    """The prompt and the options of a stretch whose only mark is `tick`; None where no other option stands beside the ticked one."""
    lead = max((found.end() for found in _LEADING.finditer(text, start, tick.start)), default=start)
    parts = [piece(text, *found.span()) for found in _PARTS.finditer(text, lead, end)]
    options: list[Option] = []
    for part in reversed(parts):
        option = _option(text, part, tick)
        if option is None:
            break
        options.append(option)
    options.reverse()
    first = options[0].span.start if options else end
    if tick.start < first or sum(bool(option.text) for option in options) < 2:
        return None
    prompt = piece(text, start, first)
    return piece(text, prompt.start, prompt.start + len(prompt.text.rstrip("：:" + BLANKS))), _told(options)


def lone_tick_lines(text: str, lines: Sequence[Piece], position: int, ticks: Sequence[Span]) -> tuple[tuple[Option, ...], int] | None:
    """The options on lines of their own from `position` on, of which one has a tick, and the line behind them."""
    last = position
    while last < min(len(lines), position + MOST_LINES) and 0 < len(lines[last].text) <= LONGEST_LINE:
        inside = [tick for tick in ticks if lines[last].start <= tick.start < lines[last].end]
        if len(inside) > 1 or not (option := _option(text, lines[last], inside[0] if inside else None)) or not option.text:
            break
        last += 1
    if last - position < 2:
        return None
    within = [tick for tick in ticks if lines[position].start <= tick.start < lines[last - 1].end]
    if len(within) != 1:
        return None
    options = [_option(text, line, within[0]) for line in lines[position:last]]
    return _told([option for option in options if option is not None]), last


def _option(text: str, part: Piece, tick: Span | None) -> Option | None:
    """The option that a part is, ticked where the tick touches it; without words where the part is the tick alone."""
    if tick is None or not part.start <= tick.start < part.end:
        return Option(part.text, False, part.span) if names_option(part.text) else None
    if part.span == tick:
        return Option("", True, part.span)
    if part.start != tick.start and part.end != tick.end:
        return None
    word = text[tick.end : part.end] if part.start == tick.start else text[part.start : tick.start]
    return Option(word.strip(BLANKS), True, part.span) if names_option(word.strip(BLANKS)) else None


def _told(options: Sequence[Option]) -> tuple[Option, ...]:
    """The options with the tick that stands apart given to its word: at the stretch's beginning or end, else to none."""
    apart = next((place for place, option in enumerate(options) if not option.text), None)
    if apart is None:
        return tuple(options)
    words_ = [option for option in options if option.text]
    chosen = 0 if apart == 0 else len(words_) - 1 if apart == len(options) - 1 else None
    return tuple(Option(option.text, place == chosen, option.span) for place, option in enumerate(words_))
