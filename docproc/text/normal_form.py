"""The normal form: a text repaired and normalised, with the way back to its source and a list of every repair.

Steps run in a fixed order, each a pure function from a text to edits. Bytes are put right first (slip, pinyin), then characters
(radicals, width, script), then lines and blanks. Numerals are never rewritten: their values are claims.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from docproc.model import Span
from docproc.text.align import Alignment, Certainty, Edit, rewrite
from docproc.text.breaks import join_lines
from docproc.text.decode import undo_wrong_decoding
from docproc.text.doubled import merge_doubled
from docproc.text.invisible import drop_invisible, unify_breaks
from docproc.text.lost import Unrepaired, find_lost
from docproc.text.pinyin import drop_pinyin
from docproc.text.radicals import restore_ideographs
from docproc.text.residue import drop_residue
from docproc.text.script import fold_variants, simplify
from docproc.text.slip import restore_slipped
from docproc.text.spacing import close_up
from docproc.text.width import narrow_letters

Step = Callable[[str], Iterable[Edit]]

CHARACTER_STEPS: tuple[Step, ...] = (
    undo_wrong_decoding,
    unify_breaks,
    drop_invisible,
    drop_residue,
    restore_slipped,
    drop_pinyin,
    restore_ideographs,
    narrow_letters,
    merge_doubled,
    simplify,
    fold_variants,
)
LAYOUT_STEPS: tuple[Step, ...] = (join_lines, close_up)
STEPS: tuple[Step, ...] = CHARACTER_STEPS + LAYOUT_STEPS


@dataclass(frozen=True, slots=True)
class Repair:
    """One change. `start:end` is its range in the source; `at` its place in the text that its step was given."""

    step: str
    start: int
    end: int
    old: str
    new: str
    certainty: Certainty
    reason: str
    at: int
    parallel: bool = False


@dataclass(frozen=True, slots=True)
class NormalisedText:
    """A text in the normal form. Offsets are code points; `to_source` gives a range of `source` for any range of `text`."""

    source: str
    text: str
    repairs: tuple[Repair, ...]
    unrepaired: tuple[Unrepaired, ...]
    alignment: Alignment

    def to_source(self, start: int, end: int) -> Span:
        """The source range of text[start:end]; never empty for a span that is not."""
        return self.alignment.to_source(start, end)

    def to_normal(self, start: int, end: int) -> Span:
        """The range of the text that came from source[start:end]."""
        return self.alignment.to_normal(start, end)


def normalise(text: str, steps: Sequence[Step] = STEPS) -> NormalisedText:
    """Brings a text into the normal form (TEXT: the normal form)."""
    current, alignment = text, Alignment.identity(len(text))
    repairs: list[Repair] = []
    for step in steps:
        edits = list(step(current))
        if not edits:
            continue
        repairs += (_repair(step.__name__, edit, current, alignment) for edit in edits)
        current, alignment = rewrite(current, edits), alignment.edited(edits)
    lost = tuple(Unrepaired(*alignment.to_source(each.start, each.end), each.text, each.reason) for each in find_lost(current))
    return NormalisedText(text, current, tuple(repairs), lost, alignment)


def replay(source: str, repairs: Sequence[Repair]) -> str:
    """The text that these repairs make of the source: step by step, each at its place."""
    current = source
    position = 0
    while position < len(repairs):
        last = position
        while last < len(repairs) and repairs[last].step == repairs[position].step:
            last += 1
        current = rewrite(current, [Edit(each.at, each.at + len(each.old), each.new) for each in repairs[position:last]])
        position = last
    return current


def _repair(step: str, edit: Edit, text: str, alignment: Alignment) -> Repair:
    place = alignment.to_source(edit.start, edit.end)
    return Repair(
        step, place.start, place.end, text[edit.start : edit.end], edit.new, edit.certainty, edit.reason, edit.start, edit.parallel
    )
