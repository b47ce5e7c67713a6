"""The words of a paragraph of a Word file: runs, fields, revisions, controls, drawings; what is shown goes to the source text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from lxml import etree

from docproc.model import Residue, Span, Trace
from docproc.readers.word_fields import Fields
from docproc.readers.word_graphics import Picture, chosen, graphics
from docproc.readers.word_holder import Hidden
from docproc.readers.word_parts import MC, W14, M, W, on, value
from docproc.readers.word_plain import characters
from docproc.readers.word_source import Source
from docproc.readers.word_styles import Styles, latin_font
from docproc.readers.word_symbols import checkbox, in_font, is_symbol_font, symbol

_PASSED_THROUGH: Final = frozenset(f"{W}{name}" for name in ("hyperlink", "smartTag", "customXml", "dir", "bdo", "sdtContent", "subDoc"))
INSERTED: Final = frozenset({f"{W}ins", f"{W}moveTo"})
DELETED: Final = frozenset({f"{W}del", f"{W}moveFrom"})
_FIXED: Final = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}tab": "\t", f"{W}ptab": "\t"}
_RUN, _TEXT, _DELETED_TEXT, _SYMBOL, _RUBY, _CONTROL = (f"{W}{name}" for name in ("r", "t", "delText", "sym", "ruby", "sdt"))
_INSTRUCTION, _FIELD_MARK, _SIMPLE_FIELD = (f"{W}{name}" for name in ("instrText", "fldChar", "fldSimple"))
_COMMENT_START, _COMMENT_END, _COMMENT_MARK = (f"{W}comment{name}" for name in ("RangeStart", "RangeEnd", "Reference"))
_COMMENT_ENDS: Final = frozenset({_COMMENT_END, _COMMENT_MARK})
_NOTES: Final = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_DRAWN: Final = frozenset(f"{W}{name}" for name in ("drawing", "pict", "object"))
_ALTERNATE: Final = f"{MC}AlternateContent"
_PROPERTIES, _STYLE, _VANISH, _FONTS = (f"{W}{name}" for name in ("rPr", "rStyle", "vanish", "rFonts"))


class Runs:
    """What is open while paragraphs are walked through, and what hangs in them: one for all stories of a file."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.source = Source()
        self.traces: list[Trace] = []
        self.hidden: list[Hidden] = []
        self.boxes: list[etree._Element] = []
        self.art: list[str] = []
        self.notes: list[tuple[str, str]] = []  # (footnote or endnote, id) in order of reference
        self.comments: dict[str, list[int]] = {}  # id -> [start, end]
        self.pictures: list[Picture] = []
        self.diagrams: list[str] = []
        self.objects: list[str] = []
        self.charts: list[str] = []
        self.chunks = self.formulas = 0
        self.fields = Fields()
        self._deleted: list[str] | None = None
        self._hidden = False
        self._paragraph_hidden = False
        self._in_cell = False
        self._font = ""
        self._box: str | None = None  # inside a checkbox: its state, then "" once that is written

    def _inline(self, parent: Iterable[etree._Element]) -> None:
        for element in parent:
            tag = element.tag
            if tag == _RUN:
                self._run(element)
            elif tag in INSERTED:
                start = self.source.position
                self._inline(element)
                if self.source.position > start:
                    self.traces.append(Trace(Residue.INSERTION, Span(start, self.source.position), "", author(element)))
            elif tag in DELETED:
                with self._deleting(element):
                    self._inline(element)
            elif tag in _PASSED_THROUGH:
                self._inline(element)
            elif tag == _SIMPLE_FIELD:
                self._simple_field(element)
            elif tag == _CONTROL:
                self._control(element)
            elif tag == _COMMENT_START:
                self.comments[str(element.get(f"{W}id"))] = [self.source.position, self.source.position]
            elif tag in _COMMENT_ENDS:
                self._comment_end(element)
            elif tag == _ALTERNATE:
                branch = chosen(element)
                if branch is not None:
                    self._inline(branch)
            elif isinstance(tag, str) and tag.startswith(M):
                self._formula(element)

    def _run(self, run: etree._Element) -> None:
        style = font = ""
        hidden: bool | None = None
        properties = next((child for child in run if child.tag == _PROPERTIES), ())
        for each in properties:
            tag = each.tag
            if tag == _STYLE:
                style = style or value(each)
            elif tag == _VANISH:
                hidden = on(each) if hidden is None else hidden
            elif tag == _FONTS:
                font = font or latin_font(each)
        if style:
            font = font or self.styles.font(style)
            hidden = self._paragraph_hidden or self.styles.hidden(style) if hidden is None else hidden
        self._hidden = self._paragraph_hidden if hidden is None else hidden
        self._font = font if font and is_symbol_font(font) else ""
        self._run_content(run)
        self._hidden, self._font = False, ""

    def _run_content(self, run: etree._Element) -> None:
        for element in run:
            tag = element.tag
            if tag == _TEXT or (tag == _DELETED_TEXT and self._deleted is not None):
                text = characters(element)
                self._show(in_font(self._font, text) if self._font else text)
            elif tag in _FIXED:
                self._write(" " if self._in_cell and _FIXED[str(tag)] == "\t" else _FIXED[str(tag)])
            elif tag == _SYMBOL:
                self._show(_symbol(element))
            elif tag == _INSTRUCTION:
                self.fields.instruct(str(element.text or ""))
            elif tag == _FIELD_MARK:
                self._write(self.fields.mark(element, self.source.position))
            elif tag in _NOTES:
                if self._deleted is None:
                    self.notes.append((_NOTES[str(tag)], str(element.get(f"{W}id"))))
            elif tag in _DRAWN:
                self._graphics(element)
            elif tag == _RUBY:
                base = element.find(f"{W}rubyBase")
                if base is not None:
                    hidden, font = self._hidden, self._font
                    self._inline(base)
                    self._hidden, self._font = hidden, font
            elif tag == _COMMENT_MARK:
                self._comment_end(element)
            elif tag == _ALTERNATE:
                branch = chosen(element)
                if branch is not None:
                    self._run_content(branch)

    def _show(self, text: str) -> None:
        """Characters of a run; in a checkbox its state, once."""
        if self._box is not None and text.strip():
            text, self._box = self._box, ""
        self._write(text)

    def _write(self, text: str) -> None:
        if not text or (self.fields.any_open and self.fields.instructing and text != "\n"):
            return
        if self._deleted is not None:
            self._deleted.append(text)
        elif self._hidden:
            if self.hidden and self.hidden[-1].at == self.source.position:
                self.hidden[-1].text += text
            else:
                self.hidden.append(Hidden(self.source.position, text))
        else:
            self.source.write(text)

    @contextmanager
    def _deleting(self, element: etree._Element) -> Iterator[None]:
        """What is written meanwhile goes to a trace, not to the source."""
        if self._deleted is not None:
            yield  # a deletion inside a deletion
            return
        words: list[str] = []
        self._deleted = words
        yield
        self._deleted = None
        if words:
            at = self.source.position
            self.traces.append(Trace(Residue.DELETION, Span(at, at), "".join(words), author(element)))

    @contextmanager
    def _ticking(self, control: etree._Element | None) -> Iterator[None]:
        """Inside a content control that is a checkbox, its state is shown in place of the character that the file holds for it."""
        box = None if control is None else control.find(f"{W}sdtPr/{W14}checkbox")
        if box is None:
            yield
            return
        state = box.find(f"{W14}checked")
        self._box = checkbox(state is not None and state.get(f"{W14}val", "1") in {"1", "true", "on"})
        yield
        self._box = None

    def _control(self, element: etree._Element) -> None:
        """A content control inside a paragraph: a checkbox by its state, anything else by its content."""
        with self._ticking(element):
            self._inline(element.findall(f"{W}sdtContent/*"))

    def _simple_field(self, element: etree._Element) -> None:
        start = self.source.position
        self._inline(element)
        self._write(self.fields.shown(str(element.get(f"{W}instr", "")), empty=self.source.position == start))

    def _comment_end(self, element: etree._Element) -> None:
        known = self.comments.setdefault(str(element.get(f"{W}id")), [self.source.position, self.source.position])
        if element.tag == f"{W}commentRangeEnd":
            known[1] = self.source.position

    def _graphics(self, element: etree._Element) -> None:
        if self._deleted is not None:
            return
        found = graphics(element)
        self.boxes += found.boxes
        self.art += found.art
        self.pictures += found.pictures
        self.diagrams += found.diagrams
        self.charts += found.charts
        self.formulas += found.formulas
        self.objects += found.objects

    def _formula(self, element: etree._Element) -> None:
        """A formula in one line: a fraction with a slash, a power with a caret, so that ½ does not read as 12."""
        tag = element.tag
        if tag == f"{M}t":
            self._write(str(element.text or ""))
            return
        for position, child in enumerate(part for part in element if isinstance(part.tag, str) and not part.tag.endswith("Pr")):
            if position and tag in {f"{M}f", f"{M}sSup"}:
                self._write("/" if tag == f"{M}f" else "^")
            if child.tag == _RUN:
                self._run(child)
            else:
                self._formula(child)


def _symbol(element: etree._Element) -> str:
    try:
        return symbol(str(element.get(f"{W}font", "")), int(str(element.get(f"{W}char", "")), 16))
    except ValueError:
        return ""


def author(element: etree._Element) -> str:
    """Who made a revision."""
    return str(element.get(f"{W}author", ""))
