"""The walk through one story of a Word file (body, text box, note, header): what is shown goes to the source text in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from lxml import etree

from docproc.model import Residue, Role, Span, Trace
from docproc.readers.word_fields import Fields
from docproc.readers.word_graphics import Picture, chosen, graphics
from docproc.readers.word_grid import bounded, opened
from docproc.readers.word_grid import cells as cells_of
from docproc.readers.word_grid import rows as rows_of
from docproc.readers.word_holder import Hidden, Holder, Place
from docproc.readers.word_numbering import Numbering
from docproc.readers.word_parts import MC, W14, M, W, number, on, value
from docproc.readers.word_plain import PlainParagraphs, characters
from docproc.readers.word_source import Draft, Source
from docproc.readers.word_styles import Styles, latin_font
from docproc.readers.word_symbols import checkbox, in_font, is_symbol_font, symbol

_PASSED_THROUGH: Final = frozenset(f"{W}{name}" for name in ("hyperlink", "smartTag", "customXml", "dir", "bdo", "sdtContent", "subDoc"))
_INSERTED: Final = frozenset({f"{W}ins", f"{W}moveTo"})
_DELETED: Final = frozenset({f"{W}del", f"{W}moveFrom"})
_PARAGRAPH_MARK: Final = "¶"
_P: Final = f"{W}p"
_TABLE: Final = f"{W}tbl"
_ROW_PROPERTIES: Final = f"{W}trPr"
_SHOWING: Final = (f"{W}t", f"{M}t")
_FIXED: Final = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}tab": "\t", f"{W}ptab": "\t"}


class Flow:
    """The state of the walk: one for all stories of a file."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.styles = styles
        self.numbering = numbering
        self._plain = PlainParagraphs(styles, numbering)
        self.source = Source()
        self.drafts: list[Draft] = []
        self.traces: list[Trace] = []
        self.hidden: list[Hidden] = []
        self.boxes: list[etree._Element] = []
        self.art: list[str] = []
        self.notes: list[tuple[str, str]] = []  # (footnote or endnote, id) in order of reference
        self.comments: dict[str, list[int]] = {}  # id -> [start, end]
        self.pictures: list[Picture] = []
        self.diagrams: list[str] = []
        self.objects: list[str] = []
        self.charts = self.chunks = self.formulas = 0
        self.tables = 0
        self.fields = Fields()
        self.page_seen = False  # whether a page number stood in a story since this was last reset
        self._deleted: list[str] | None = None
        self._hidden = False
        self._paragraph_hidden = False
        self._in_cell = False
        self._font = ""
        self._box: str | None = None  # inside a checkbox: its state, then "" once that is written

    # --- stories and blocks ----------------------------------------------------------------------------------------

    def story(self, root: etree._Element, role: Role) -> None:
        """One story: its paragraphs and tables in order, as drafts of this role."""
        self.fields = Fields(root)
        holder = Holder(role)
        self._blocks(root, holder, self.drafts)
        self._close(holder, self.drafts)
        self.page_seen = self.page_seen or self.fields.page

    def _blocks(self, parent: Iterable[etree._Element], holder: Holder, drafts: list[Draft]) -> None:
        for element in parent:
            tag = element.tag
            if tag == _P:
                if not self._plainly(element, holder, drafts):
                    self._paragraph(element, holder, drafts)
            elif tag == _TABLE:
                self._close(holder, drafts)
                self._separate(holder)
                self._table(element, holder, drafts)
            elif tag == f"{W}sdt":
                with self._ticking(element):
                    self._blocks(element.findall(f"{W}sdtContent/*"), holder, drafts)
            elif tag == f"{MC}AlternateContent":
                branch = chosen(element)
                if branch is not None:
                    self._blocks(branch, holder, drafts)
            elif tag == f"{W}customXml" or tag in _INSERTED:
                self._blocks(element, holder, drafts)
            elif tag == f"{W}altChunk":
                self.chunks += 1
            elif tag == f"{M}oMathPara" or tag == f"{M}oMath":
                self._inline((element,))

    def _separate(self, holder: Holder) -> None:
        if holder.started:
            self._write("\n")
        holder.started = True

    def _simple(self) -> bool:
        """Whether nothing is open that changes what a paragraph shows: a field, a deletion, a checkbox."""
        return self._deleted is None and self._box is None and not self.fields.any_open

    def _plainly(self, element: etree._Element, holder: Holder, drafts: list[Draft]) -> bool:
        """A paragraph of nothing but plain words, as most are, the short way. False, and nothing done, where it is none."""
        read = self._plain.read(element) if holder.open_at is None and self._simple() else None
        if read is None:
            return False
        self._separate(holder)
        start = self.source.position
        self.source.write(read[0])
        self._emit(holder, drafts, start, read[1])
        return True

    def _paragraph(self, element: etree._Element, holder: Holder, drafts: list[Draft]) -> None:
        properties = element.find(f"{W}pPr")
        style = value(properties.find(f"{W}pStyle")) if properties is not None else ""
        mark = properties.find(f"{W}rPr") if properties is not None else None
        joined = holder.open_at is not None
        if not joined:
            self._separate(holder)
        start = self.source.position if holder.open_at is None else holder.open_at
        holder.open_at = None
        self._paragraph_hidden = self.styles.hidden(style)
        self._in_cell = holder.in_cell
        traces = len(self.traces)
        if not joined:
            self._number(element)
        self._inline(element)
        self._paragraph_hidden = False
        if mark is not None and self._mark_gone(mark, traces):
            holder.open_at = start
            return
        level = self.styles.level(style, properties.find(f"{W}outlineLvl") if properties is not None else None)
        self._emit(holder, drafts, start, level)

    def _number(self, element: etree._Element) -> None:
        """The automatic number before a paragraph that shows anything. Paragraphs that join are numbered as the last of them."""
        if not self.numbering.lists:
            return
        while _mark_deleted(element) and (following := element.getnext()) is not None and following.tag == f"{W}p":
            element = following
        label = self.numbering.label(element)
        shows = self._deleted is None and not self._paragraph_hidden and not self.fields.instructing
        if label and shows and any(str(words.text or "").strip() for words in element.iter(*_SHOWING)):
            self.source.write(label)

    def _mark_gone(self, mark: etree._Element, traces: int) -> bool:
        """Whether the paragraph's mark is deleted; an inserted mark leaves a trace where nothing else of the paragraph does."""
        at = self.source.position
        inserted = next((mark.find(tag) for tag in _INSERTED if mark.find(tag) is not None), None)
        if inserted is not None and len(self.traces) == traces:
            self.traces.append(Trace(Residue.INSERTION, Span(at, at), _PARAGRAPH_MARK, _author(inserted)))
        gone = next((mark.find(tag) for tag in _DELETED if mark.find(tag) is not None), None)
        if gone is not None and self._deleted is None:
            self.traces.append(Trace(Residue.DELETION, Span(at, at), _PARAGRAPH_MARK, _author(gone)))
        return gone is not None

    def _emit(self, holder: Holder, drafts: list[Draft], start: int, level: int | None) -> None:
        if holder.in_cell:
            holder.regions.append((start, self.source.position))
        else:
            heading = level is not None and holder.role is Role.PARAGRAPH
            role = Role.HEADING if heading else holder.role
            drafts.append(Draft(role, [(start, self.source.position)], level=(level or None) if heading else None))

    def _close(self, holder: Holder, drafts: list[Draft]) -> None:
        """End of a story or cell: a paragraph whose mark is deleted had nothing to join."""
        if holder.open_at is not None:
            self._emit(holder, drafts, holder.open_at, None)
            holder.open_at = None

    # --- tables ------------------------------------------------------------------------------------------------------

    def _table(self, element: etree._Element, holder: Holder, drafts: list[Draft]) -> None:
        table, self.tables = self.tables, self.tables + 1
        open_cells: dict[int, Draft] = {}  # by column: the cell that a vertical merge may continue
        index = 0
        for row in rows_of(element):
            properties = next((child for child in row if child.tag == _ROW_PROPERTIES), None)
            removed = properties.find(f"{W}del") if properties is not None else None
            if removed is not None:
                with self._deleting(removed):
                    self._loose(row)
                continue
            if index:
                self._write("\n")
            added = properties.find(f"{W}ins") if properties is not None else None
            before = bounded(number(properties.find(f"{W}gridBefore"), 0), 0) if properties is not None else 0
            start = self.source.position
            open_cells = self._row(row, Place(table, index, before), holder, drafts, open_cells)
            if added is not None:
                self.traces.append(Trace(Residue.INSERTION, Span(start, self.source.position), "", _author(added)))
            index += 1

    def _loose(self, row: etree._Element) -> None:
        """The words of a deleted row, for its trace."""
        for paragraph in row.iter(f"{W}p"):
            self._inline(paragraph)

    def _row(self, row: etree._Element, place: Place, holder: Holder, drafts: list[Draft], above: dict[int, Draft]) -> dict[int, Draft]:
        cells = list(cells_of(row))
        role = Role.CELL if holder.role in {Role.PARAGRAPH, Role.TEXTBOX} else holder.role
        if len(cells) == 1 and not holder.in_cell and cells[0][0].find(f".//{_TABLE}") is not None:
            frame = Holder(holder.role)  # a frame drawn around other tables: what it holds is not one cell's text
            self._blocks(cells[0][0], frame, drafts)
            self._close(frame, drafts)
            return {}
        column = place.before
        here: dict[int, Draft] = {}
        nested: list[Draft] = []  # after the row, so that its cells stand side by side in reading order
        left: Draft | None = None
        for position, (cell, control) in enumerate(cells):
            if position:
                self._write("\t")
            merged, inside = opened(cell)
            draft = above.get(column)
            if draft is not None and merged.down:
                draft.row_span = place.row - draft.row + 1
            elif left is not None and merged.right:
                left.column_span += merged.span
                draft = left
            else:
                draft = place.draft(role, column, merged)
                if control is not None or not self._plain_cell(inside, draft):
                    self._cell(inside, control, draft, holder, nested)
                drafts.append(draft)
            here[column], left = draft, draft
            column += merged.span
        drafts.extend(nested)
        return here

    def _cell(
        self, content: list[etree._Element], control: etree._Element | None, draft: Draft, holder: Holder, nested: list[Draft]
    ) -> None:
        start = self.source.position
        inside = Holder(holder.role, in_cell=True)
        draft.regions = inside.regions
        with self._ticking(control):
            self._blocks(content, inside, nested)
        self._close(inside, nested)
        self._in_cell = holder.in_cell
        if not inside.regions:
            inside.regions.append((start, start))

    def _plain_cell(self, content: list[etree._Element], draft: Draft) -> bool:
        """A cell that holds one plain paragraph, the short way. False, and nothing done, where it does not."""
        read = self._plain.read(content[0]) if len(content) == 1 and content[0].tag == _P and self._simple() else None
        if read is None:
            return False
        start = self.source.position
        self.source.write(read[0])
        draft.regions.append((start, self.source.position))
        return True

    # --- inside a paragraph ------------------------------------------------------------------------------------------

    def _inline(self, parent: Iterable[etree._Element]) -> None:
        for element in parent:
            tag = element.tag
            if tag == f"{W}r":
                self._run(element)
            elif tag in _INSERTED:
                start = self.source.position
                self._inline(element)
                if self.source.position > start:
                    self.traces.append(Trace(Residue.INSERTION, Span(start, self.source.position), "", _author(element)))
            elif tag in _DELETED:
                with self._deleting(element):
                    self._inline(element)
            elif tag in _PASSED_THROUGH:
                self._inline(element)
            elif tag == f"{W}fldSimple":
                self._simple_field(element)
            elif tag == f"{W}sdt":
                self._control(element)
            elif tag == f"{W}commentRangeStart":
                self.comments[str(element.get(f"{W}id"))] = [self.source.position, self.source.position]
            elif tag in {f"{W}commentRangeEnd", f"{W}commentReference"}:
                self._comment_end(element)
            elif tag == f"{MC}AlternateContent":
                branch = chosen(element)
                if branch is not None:
                    self._inline(branch)
            elif isinstance(tag, str) and tag.startswith(M):
                self._formula(element)

    def _run(self, run: etree._Element) -> None:
        properties = run.find(f"{W}rPr")
        style = vanish = None
        font = ""
        if properties is not None:
            style = properties.find(f"{W}rStyle")
            vanish = properties.find(f"{W}vanish")
            font = latin_font(properties.find(f"{W}rFonts"))
        if style is not None and not font:
            font = self.styles.font(value(style))
        self._hidden = (
            on(vanish) if vanish is not None else self._paragraph_hidden or (style is not None and self.styles.hidden(value(style)))
        )
        self._font = font if is_symbol_font(font) else ""
        self._run_content(run)
        self._hidden, self._font = False, ""

    def _run_content(self, run: etree._Element) -> None:
        for element in run:
            tag = element.tag
            if tag == f"{W}t" or (tag == f"{W}delText" and self._deleted is not None):
                text = characters(element)
                self._show(in_font(self._font, text) if self._font else text)
            elif tag in _FIXED:
                self._write(" " if self._in_cell and _FIXED[str(tag)] == "\t" else _FIXED[str(tag)])
            elif tag == f"{W}sym":
                self._show(_symbol(element))
            elif tag == f"{W}instrText":
                self.fields.instruct(str(element.text or ""))
            elif tag == f"{W}fldChar":
                self._write(self.fields.mark(element, self.source.position))
            elif tag in {f"{W}footnoteReference", f"{W}endnoteReference"}:
                if self._deleted is None:
                    self.notes.append((str(tag)[len(W) :].removesuffix("Reference"), str(element.get(f"{W}id"))))
            elif tag in {f"{W}drawing", f"{W}pict", f"{W}object"}:
                self._graphics(element)
            elif tag == f"{W}ruby":
                base = element.find(f"{W}rubyBase")
                if base is not None:
                    hidden, font = self._hidden, self._font
                    self._inline(base)
                    self._hidden, self._font = hidden, font
            elif tag == f"{W}commentReference":
                self._comment_end(element)
            elif tag == f"{MC}AlternateContent":
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
            self.traces.append(Trace(Residue.DELETION, Span(at, at), "".join(words), _author(element)))

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
            if child.tag == f"{W}r":
                self._run(child)
            else:
                self._formula(child)


def _mark_deleted(paragraph: etree._Element) -> bool:
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    return mark is not None and any(mark.find(tag) is not None for tag in _DELETED)


def _symbol(element: etree._Element) -> str:
    try:
        return symbol(str(element.get(f"{W}font", "")), int(str(element.get(f"{W}char", "")), 16))
    except ValueError:
        return ""


def _author(element: etree._Element) -> str:
    return str(element.get(f"{W}author", ""))
