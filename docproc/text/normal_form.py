"""The normal form: a text repaired and normalised, with the way back to its source and a list of every repair.

Steps run in a fixed order, each a pure function from a text to edits. Bytes are put right first (slip, pinyin), then characters
(radicals, width, script), then lines and blanks. Numerals are never rewritten: their values are claims.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from docproc.model import Span
from docproc.text.align import Alignment, Certainty, Edit, rewrite
from docproc.text.breaks import join_lines
from docproc.text.columns import part_columns
from docproc.text.decode import undo_wrong_decoding, unlikely
from docproc.text.doubled import merge_doubled
from docproc.text.invisible import INVISIBLE, OTHER_BREAKS, drop_invisible, unify_breaks
from docproc.text.lost import Unrepaired, find_lost
from docproc.text.marks import widen_marks
from docproc.text.pinyin import drop_pinyin
from docproc.text.radicals import FORMS, restore_ideographs
from docproc.text.regional import fold_regional
from docproc.text.residue import RESIDUE, drop_residue
from docproc.text.screen import Screen, Step, with_new
from docproc.text.script import VARIANTS, changing, fold_variants, simplify
from docproc.text.slip import restore_slipped
from docproc.text.spacing import BLANK, close_up
from docproc.text.underlined import without_lines
from docproc.text.width import FULL_WIDTH, narrow_letters

CHARACTER_STEPS: tuple[Step, ...] = (
    Step(undo_wrong_decoding, unlikely),
    Step(unify_breaks, OTHER_BREAKS),
    Step(drop_invisible, INVISIBLE),
    Step(drop_residue, RESIDUE),
    Step(restore_slipped, "[?]"),
    Step(drop_pinyin, "[(（]"),
    Step(restore_ideographs, FORMS),
    Step(narrow_letters, FULL_WIDTH),
    Step(merge_doubled, ""),
    Step(simplify, changing),
    Step(fold_variants, VARIANTS),
)
LAYOUT_STEPS: tuple[Step, ...] = (Step(join_lines, "\n"), Step(close_up, BLANK))
STEPS: tuple[Step, ...] = CHARACTER_STEPS + LAYOUT_STEPS


def read_for_searching(text: str) -> Iterator[Edit]:
    """Step, for searching only: a region's words as the mainland says them, answers without a form's line, full-width marks, rows."""
    edits = (*fold_regional(text), *without_lines(text), *widen_marks(text), *part_columns(text))
    yield from sorted(edits, key=lambda edit: edit.start)


FOR_SEARCHING = Step(read_for_searching, "")  # last, and only in what extractors and recognisers read


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
class _Round:
    """What one step did: its edits, and the text and the alignment that it was given."""

    step: str
    edits: tuple[Edit, ...]
    text: str
    alignment: Alignment

    def repairs(self) -> list[Repair]:
        repairs: list[Repair] = []
        for edit in self.edits:
            place = self.alignment.to_source(edit.start, edit.end)
            old = self.text[edit.start : edit.end]
            repairs.append(Repair(self.step, place.start, place.end, old, edit.new, edit.certainty, edit.reason, edit.start, edit.parallel))
        return repairs


@dataclass(frozen=True)
class NormalisedText:
    """A text in the normal form. Offsets are code points; `to_source` gives a range of `source` for any range of `text`."""

    source: str
    text: str
    rounds: tuple[_Round, ...] = field(repr=False)
    unrepaired: tuple[Unrepaired, ...]
    alignment: Alignment

    @property
    def shown(self) -> str:
        """The text with the words of Taiwan and Hong Kong as they stand: where nothing was done for searching, the text itself."""
        last = self.rounds[-1] if self.rounds else None
        return last.text if last is not None and last.step == FOR_SEARCHING.name else self.text

    def shown_to_source(self, start: int, end: int) -> Span:
        """The source range of shown[start:end]."""
        last = self.rounds[-1] if self.rounds else None
        alignment = last.alignment if last is not None and last.step == FOR_SEARCHING.name else self.alignment
        return alignment.to_source(start, end)

    @cached_property
    def repairs(self) -> tuple[Repair, ...]:
        """Every change, in the order in which the steps made them. Made when asked for: most callers want the text."""
        return tuple(repair for each in self.rounds for repair in each.repairs())

    def to_source(self, start: int, end: int) -> Span:
        """The source range of text[start:end]; never empty for a span that is not."""
        return self.alignment.to_source(start, end)

    def to_normal(self, start: int, end: int) -> Span:
        """The range of the text that came from source[start:end]."""
        return self.alignment.to_normal(start, end)


def normalise(text: str, steps: Sequence[Step] = STEPS) -> NormalisedText:
    """Brings a text into the normal form (TEXT: the normal form)."""
    current, alignment = text, Alignment.identity(len(text))
    seen = _screen(tuple(steps)).seen(text)
    rounds: list[_Round] = []
    for step in steps:
        edits = tuple(step.run(current)) if step.wanted(seen) else ()
        if edits:
            rounds.append(_Round(step.name, edits, current, alignment))
            current, alignment = rewrite(current, edits), alignment.edited(edits)
            seen = with_new(seen, edits)
    lost = tuple(Unrepaired(*alignment.to_source(each.start, each.end), each.text, each.reason) for each in find_lost(current, seen))
    return NormalisedText(text, current, tuple(rounds), lost, alignment)


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


@cache
def _screen(steps: tuple[Step, ...]) -> Screen:
    return Screen(steps)
