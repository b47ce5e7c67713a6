"""Options by letter on lines of their own, one of them marked: A．0次　√ over B．1次 over C．2次及以上, below their prompt.

The mark stands before the letter or behind the words. Where none is marked the choice is open, and no option says anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docproc.extract import FormField, Option
from docproc.model import Span
from extractors.forms.pieces import Piece, label_of
from extractors.words.anchors import compiled
from extractors.words.lexicon import alternatives, words

LONGEST_PROMPT = 70
MOST_OPTIONS = 8
FEWEST_OPTIONS = 2
_LETTERS = "ABCDEFGH"
_TICKED = r"(?:[√✓✔☑■●]|[（(【\[][ ]?[√✓✔][ ]?[）)】\]])"
_EMPTY = r"(?:[□☐○]|[（(【\[][ 　]*[）)】\]])"
_OPTION = compiled(
    rf"(?:(?P<ticked>{_TICKED})|{_EMPTY})?[ 　]*(?P<letter>[A-H])[.．、:：)）][ 　]*(?P<word>[^√✓✔☑■●□☐○（(【\[。；]{{1,24}}?)[ 　]*"
    rf"(?:(?P<marked>{_TICKED})|{_EMPTY})?"
)
_ANSWER = compiled(
    rf"[一-龥]{{0,4}}?(?:{alternatives(words('fields', 'choice_cues'))})[为是]?[：:]?[ 　]*[（(]?[ ]?(?P<letter>[A-H])[ ]?[）)]?[。]?"
)
_SPEAKS = compiled(r".*[。；！]|[A-H][.．、]")


def may_be_option(line: str) -> bool:
    """Whether a line may be the first of such options."""
    return line[:1] in "A√✓✔☑■●□☐○（(【[" and "A" in line[:6]


def ticked_letters(lines: Sequence[Piece], position: int) -> tuple[FormField, int] | None:
    """The choice whose prompt stands on this line and its options on the next ones, and the lines it takes; None where there is none."""
    prompt = lines[position]
    if not prompt.text or len(prompt.text) > LONGEST_PROMPT or "\t" in prompt.text or _SPEAKS.match(prompt.text):
        return None
    options: list[Option] = []
    for letter, line in zip(_LETTERS, lines[position + 1 : position + 1 + MOST_OPTIONS], strict=False):
        found = _OPTION.fullmatch(line.text)
        if found is None or found["letter"] != letter:
            break
        start = line.start + found.start("word")
        options.append(Option(found["word"], bool(found["ticked"] or found["marked"]), Span(start, start + len(found["word"]))))
    used = 1 + len(options)
    if len(options) < FEWEST_OPTIONS or sum(option.ticked for option in options) > 1:
        return None
    told = _ANSWER.fullmatch(lines[position + used].text) if position + used < len(lines) else None
    if told is not None and not any(option.ticked for option in options) and _LETTERS.index(told["letter"]) < len(options):
        options = [replace(option, ticked=letter == told["letter"]) for letter, option in zip(_LETTERS, options, strict=False)]
        used += 1
    label = label_of(prompt)
    chosen = "".join(option.text for option in options if option.ticked)
    span = Span(options[0].span.start, options[-1].span.end)
    return FormField(label.text, chosen, label.span, span, tuple(options), "", label.unit, "", "", label.required), used
