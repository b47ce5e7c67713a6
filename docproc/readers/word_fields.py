"""Fields of a Word file: the instruction is left out, the result stays; form fields and laid-over characters show what they show.

29500-1 §17.16. A complex field is begin … separate … end around runs; a simple one is an element.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lxml import etree

from docproc.readers.word_parts import W, number, on, value
from docproc.readers.word_symbols import checkbox, enclosed

#: The words of a header or footer that is no more than a page number.
PAGE_NUMBER: Final = re.compile(r"[\s\d\-–—―~·•./／第共页頁总Pageof|]*", re.IGNORECASE)
PAGE_FIELDS: Final = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})


@dataclass(slots=True)
class _Field:
    """An open field: between begin and separate its words are an instruction, after that its result."""

    start: int  # where its result begins in the source text
    instructing: bool = True
    code: str = ""
    box: bool | None = None  # the state of a legacy checkbox
    choice: str = ""  # the words of a legacy drop-down


class Fields:
    """The open fields of one story. A field opened and never closed would swallow the rest: then instructions are not trusted."""

    def __init__(self, story: etree._Element | None = None) -> None:
        kinds = [] if story is None else [mark.get(f"{W}fldCharType") for mark in story.iter(f"{W}fldChar")]
        self._balanced = kinds.count("begin") == kinds.count("end")
        self._open: list[_Field] = []
        self.page = False  # whether a page number was among them

    @property
    def any_open(self) -> bool:
        """Whether a field is open."""
        return bool(self._open)

    @property
    def instructing(self) -> bool:
        """Whether the words that come now are an instruction."""
        return self._balanced and any(field.instructing for field in self._open)

    def instruct(self, text: str) -> None:
        """A piece of the innermost field's instruction."""
        if self._open:
            self._open[-1].code += text

    def mark(self, element: etree._Element, position: int) -> str:
        """Follows a w:fldChar at this position of the source text. The text to show in the field's place, if any."""
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self._open.append(_begun(element, position))
        elif self._open and kind == "separate":
            self._open[-1].instructing = False
        elif self._open and kind == "end":
            closed = self._open.pop()
            if closed.box is not None:
                return checkbox(closed.box)
            shown = self.shown(closed.code, empty=position == closed.start)
            return closed.choice if closed.choice and position == closed.start else shown
        return ""

    def shown(self, code: str, *, empty: bool) -> str:
        """What a closed field shows beside its result, which may be empty; a page number is noted."""
        words = code.split()
        self.page = self.page or (bool(words) and words[0].upper() in PAGE_FIELDS)
        return enclosed(code) if empty else ""


def _begun(element: etree._Element, position: int) -> _Field:
    field = _Field(position)
    box, choice = element.find(f"{W}ffData/{W}checkBox"), element.find(f"{W}ffData/{W}ddList")
    if box is not None:
        checked = box.find(f"{W}checked")
        field.box = on(checked if checked is not None else box.find(f"{W}default"))
    if choice is not None:
        entries = choice.findall(f"{W}listEntry")
        index = number(choice.find(f"{W}result"), number(choice.find(f"{W}default"), 0))
        field.choice = value(entries[index]) if 0 <= index < len(entries) else ""
    return field
