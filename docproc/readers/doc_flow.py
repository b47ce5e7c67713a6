"""The walk through the stories of a Word 97-2003 file: what is shown goes to the source text in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from docproc.model import Residue, Role, Span, Trace
from docproc.readers.doc_file import CHARACTERS, PARAGRAPHS, DocFile
from docproc.readers.doc_look import PLAIN, Look, form_box, look, picture_size, shape
from docproc.readers.doc_runs import Stretches
from docproc.readers.paragraph_flow import ParagraphFlow, Shape
from docproc.readers.word_fields import PAGE_FIELDS
from docproc.readers.word_losses import is_sheet
from docproc.readers.word_symbols import enclosed, in_font

_MARKS: Final = re.compile("[\r\x07\x0c]")
_CONTROL: Final = re.compile("[\x00-\x1f]")
_SHOWN: Final = {"\x0b": "\n", "\x0e": "\n", "\t": "\t", "\x1e": "-", "\n": "\n"}
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_SMALL: Final = (3.0, 1.0)  # cm: a smaller picture holds no line of readable text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the file: its characters without the mark, the mark, and its shape."""

    start: int
    end: int
    mark: str
    shape: Shape


@dataclass(slots=True)
class _Field:
    start: int
    instructing: bool = True
    code: str = ""
    box: str = ""


class Flow(ParagraphFlow[Paragraph]):
    """The state of the walk: one for all stories of a file. `number` gives the automatic number before a paragraph."""

    def __init__(self, file: DocFile, number: Callable[[Shape, int], str]) -> None:
        super().__init__()
        self.file = file
        self.comments: list[int] = []  # where comments are referred to
        self.pictures = self.sheets = self.objects = self.formulas = self.floating = 0
        self.page_seen = False
        self._number = number
        fonts = file.fonts()
        self._looks: Stretches[Look] = Stretches(
            ((*place, found) for run in file.runs(CHARACTERS) if (found := look(run.sprms, fonts)) != PLAIN
             for place in file.characters(run.start, run.end)), PLAIN)  # fmt: skip
        self._shapes: Stretches[tuple[Shape, int]] = Stretches(
            ((*place, (shape(run.sprms, run.style), run.style)) for run in file.runs(PARAGRAPHS)
             for place in file.characters(run.start, run.end)), (Shape(), 0))  # fmt: skip
        self._fields: list[_Field] = []
        self._trusted = True
        self._deleted = ""

    # --- stories -------------------------------------------------------------------------------------------------------

    def story(self, start: int, end: int, role: Role) -> None:
        """One story after what was read so far; one without words leaves nothing behind."""
        if start < end:
            text = self.file.text[start:end]
            self._fields, self._trusted = [], text.count("\x13") == text.count("\x15")
            self.lay(self._paragraphs(start, end), role)

    def _paragraphs(self, start: int, end: int) -> Iterator[Paragraph]:
        text, at = self.file.text, start
        for found in _MARKS.finditer(text, start, end):
            place = found.start()
            if found.group() == "\r" and self._looks.at(place).deleted:
                continue  # a deleted mark: the next paragraph joins
            if found.group() == "\x0c" and self._looks.at(place).special:
                continue
            yield Paragraph(at, place, found.group(), self._shapes.at(place)[0])
            at = place + 1
        if at < end:
            yield Paragraph(at, end, "", Shape())

    # --- inside a paragraph --------------------------------------------------------------------------------------------

    def words(self, paragraph: Paragraph, *, in_cell: bool) -> tuple[int, int]:
        """Writes a paragraph's words, its automatic number before them."""
        start = self.source.position
        style = self._shapes.at(paragraph.end)[1]
        label = self._number(paragraph.shape, style)
        if label and not self._instructing and _CONTROL.sub("", self.file.text[paragraph.start : paragraph.end]).strip():
            self.source.write(label)
        for low, high, seen in self._looks.between(paragraph.start, paragraph.end):
            before = self.source.position
            self._deleted = ""
            self._stretch(low, high, seen, in_cell)
            after = self.source.position
            if seen.deleted and self._deleted:
                self.traces.append(Trace(Residue.DELETION, Span(after, after), self._deleted))
            elif seen.inserted and after > before:
                self.traces.append(Trace(Residue.INSERTION, Span(before, after), ""))
        return start, self.source.position

    def _stretch(self, low: int, high: int, seen: Look, in_cell: bool) -> None:
        text = self.file.text
        at = low
        while at < high:
            found = _CONTROL.search(text, at, high)
            stop = high if found is None else found.start()
            if stop > at:
                words = text[at:stop]
                if seen.symbol and words == "(" * len(words):
                    words = seen.symbol * len(words)
                elif seen.font:
                    words = in_font(seen.font, words)
                self._write(words, seen)
            if found is not None:
                self._control(found.group(), seen, in_cell)
            at = stop + 1

    def _control(self, sign: str, seen: Look, in_cell: bool) -> None:
        if sign == "\x13":
            self._fields.append(_Field(self.source.position))
        elif sign == "\x14":
            if self._fields:
                self._fields[-1].instructing = False
        elif sign == "\x15":
            self._field_end(seen)
        elif sign == "\x01":
            self._inlay(seen)
        elif sign == "\x08":
            self.floating += not seen.deleted
        elif sign == "\x05":
            self.comments.append(self.source.position)
        elif sign in _SHOWN:
            self._write(" " if in_cell and sign == "\t" else _SHOWN[sign], seen)

    def _field_end(self, seen: Look) -> None:
        if not self._fields:
            return
        closed = self._fields.pop()
        code = closed.code.split()
        name = code[0].upper() if code else ""
        self.page_seen = self.page_seen or name in PAGE_FIELDS
        if name == "EMBED":
            formula = len(code) > 1 and code[1].startswith("Equation")
            self.formulas += formula
            self.objects += not formula
        if closed.box:
            self._write(closed.box, seen)
        elif self.source.position == closed.start:
            self._write(enclosed(closed.code), seen)

    def _inlay(self, seen: Look) -> None:
        """A picture, or the data of a form field, at this character."""
        if seen.deleted or seen.place is None:
            return
        if seen.form:
            if self._fields:
                self._fields[-1].box = form_box(self.file.data, seen.place)
        elif not any(field.code.split()[:1] == ["EMBED"] for field in self._fields):
            size = picture_size(self.file.data, seen.place)
            self.pictures += size is None or (max(size) >= _SMALL[0] and min(size) >= _SMALL[1])
            self.sheets += size is not None and is_sheet(*size)

    @property
    def _instructing(self) -> bool:
        return self._trusted and any(field.instructing for field in self._fields)

    def _write(self, text: str, seen: Look) -> None:
        if _SURROGATE.search(text):
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        if self._fields and self._fields[-1].instructing:
            self._fields[-1].code += text
        if not text or self._instructing:
            return
        if seen.deleted:
            self._deleted += text
        elif seen.hidden:
            self.hidden.append(text)
        else:
            self.source.write(text)
