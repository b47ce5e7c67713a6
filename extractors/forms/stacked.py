"""Options of one prompt that stand on lines of their own, one or a few a line: all of them are one group.

申报等级：          是否规上
□ 基础级            是□
☑ 先进级            否☑
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from docproc.extract import Option
from docproc.model import Span
from extractors.forms.boxes import BEGINS_BOX, Box, boxes, word_of
from extractors.forms.lone_ticks import lone_tick_lines
from extractors.forms.option_words import are_alternatives, names_option
from extractors.forms.pieces import Piece, piece
from extractors.words.lexicon import vocabulary

LONGEST_OPTION_LINE = 60
MOST_LINES = 16  # of one prompt's options
LONGEST_WORD_BEFORE_BOX = 12
_MARKS_OF_LONE = "√✓✔☑（）() "
# a tick of an old symbol font, which alone on its line is told to be one by the empty boxes of the lines around it
_FONT_TICKED = re.compile(
    rf"{vocabulary('fields')['font_tick']}[ 　]*(?P<behind>\S+)|(?P<before>\S+?)[ 　]*{vocabulary('fields')['font_tick']}"
)
_BULLETS = re.compile(r"[●■○◉◯◻▢]")


def stacked_options(text: str, lines: Sequence[Piece], position: int) -> tuple[tuple[Option, ...], int] | None:
    """The options on the lines from `position` on, and the line behind them; None where fewer than two lines hold options only."""
    last = position
    while last < min(len(lines), position + MOST_LINES) and _holds_options_only(text, lines[last]):
        last += 1
    if last < position + 2 and (alone := _lone(text, lines, position)) is not None:
        return alone
    if last == position:
        return None
    start, end = lines[position].start, lines[last - 1].end
    found = boxes(text, start, end)
    if len(found) < 2 or _are_bullets(text, found):
        return None
    return tuple(_options(text, found, lines[position:last])), last


def _lone(text: str, lines: Sequence[Piece], position: int) -> tuple[tuple[Option, ...], int] | None:
    """Options without boxes, one a line, of which one has a tick; or none, and then nothing is chosen."""
    if not names_option(lines[position].text.strip(_MARKS_OF_LONE)):
        return None
    unmarked = position
    while unmarked < len(lines) and names_option(lines[unmarked].text):
        unmarked += 1
    if are_alternatives([line.text for line in lines[position:unmarked]]):
        return tuple(Option(line.text, False, line.span) for line in lines[position:unmarked]), unmarked
    stop = lines[min(len(lines), position + MOST_LINES) - 1].end
    found = boxes(text, lines[position].start, stop)
    return lone_tick_lines(text, lines, position, [box.span for box in found]) if any(box.ticked for box in found) else None


def stacked_line(text: str, line: Piece) -> Piece | None:
    """The line, where it holds options only."""
    return line if _holds_options_only(text, line) else None


def _holds_options_only(text: str, line: Piece) -> bool:
    if not BEGINS_BOX.search(line.text) or "\t" in line.text or len(line.text) > LONGEST_OPTION_LINE:
        return False
    if line.text.endswith(("。", "！", "？", "；")):
        return False
    found = boxes(text, *line.span)
    if not found:
        ticked = _FONT_TICKED.fullmatch(line.text)
        return ticked is not None and names_option(ticked["behind"] or ticked["before"])
    words = [word for _, word in _words(text, found, line)]
    if not all(words):
        return False
    return found[0].span.start == line.start or all(
        len(word.text) <= LONGEST_WORD_BEFORE_BOX and "：" not in word.text and ":" not in word.text for word in words if word
    )


def _words(text: str, found: Sequence[Box], line: Piece) -> list[tuple[Box, Piece | None]]:
    """Each box of a line with its word or None: the word behind it where the line begins with a box, else the one before it."""
    first = found[0].span.start == line.start
    if not first and found[-1].span.end != line.end:
        return [(box, None) for box in found]
    edges = [line.start, *(edge for box in found for edge in box.span), line.end]
    gaps = [piece(text, edges[place], edges[place + 1]) for place in range(0, len(edges), 2)]
    own = gaps[1:] if first else gaps[:-1]
    return [(box, gap if gap.text else None) for box, gap in zip(found, own, strict=True)]


def _options(text: str, found: Sequence[Box], lines: Sequence[Piece]) -> list[Option]:
    options: list[Option] = []
    for line in lines:
        inside = [box for box in found if line.start <= box.span.start < line.end]
        for box, gap in _words(text, inside, line) if inside else ():
            if gap is not None:
                word = word_of(gap)
                options.append(Option(word.text, box.ticked, Span(min(box.span.start, word.start), max(box.span.end, word.end))))
    return options


def _are_bullets(text: str, found: Sequence[Box]) -> bool:
    """Full rings or squares before every line enumerate; they choose nothing."""
    marks = {text[slice(*box.span)] for box in found}
    return all(box.ticked for box in found) and len(marks) == 1 and _BULLETS.fullmatch(marks.pop()) is not None
