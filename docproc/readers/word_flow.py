"""The walk through one story of a Word file (body, text box, note, header): its paragraphs and tables in order, as blocks in the making."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lxml import etree

from docproc.model import Block, CellPlace, Residue, Role, Span, Trace
from docproc.readers.word_fields import Fields
from docproc.readers.word_graphics import chosen
from docproc.readers.word_grid import bounded, opened, opened_row, rows_of
from docproc.readers.word_holder import Holder, Place
from docproc.readers.word_numbering import Numbering
from docproc.readers.word_parts import MC, M, W, number, value
from docproc.readers.word_plain import PlainParagraphs
from docproc.readers.word_plain_table import PlainCell, plain_rows
from docproc.readers.word_runs import DELETED, INSERTED, Runs, author
from docproc.readers.word_source import Draft, Drafts, grow
from docproc.readers.word_styles import Styles

_PARAGRAPH_MARK: Final = "¶"
_P: Final = f"{W}p"
_TABLE: Final = f"{W}tbl"
_CONTROL: Final = f"{W}sdt"
_CUSTOM: Final = f"{W}customXml"
_CHUNK: Final = f"{W}altChunk"
_ALTERNATE: Final = f"{MC}AlternateContent"
_FORMULAS: Final = frozenset({f"{M}oMath", f"{M}oMathPara"})
_SHOWING: Final = (f"{W}t", f"{M}t")


class Flow(Runs):
    """The state of the walk: one for all stories of a file."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        super().__init__(styles)
        self.numbering = numbering
        self._plain = PlainParagraphs(styles, numbering)
        self.drafts: Drafts = []
        self.tables = 0
        self.page_seen = False  # whether a page number stood in a story since this was last reset

    # --- stories and blocks ----------------------------------------------------------------------------------------

    def story(self, root: etree._Element, role: Role) -> None:
        """One story: its paragraphs and tables in order, as drafts of this role."""
        self.fields = Fields(root)
        holder = Holder(role)
        self._blocks(root, holder, self.drafts)
        self._close(holder, self.drafts)
        self.page_seen = self.page_seen or self.fields.page

    def _blocks(self, parent: Iterable[etree._Element], holder: Holder, drafts: Drafts) -> None:
        for element in parent:
            tag = element.tag
            if tag == _P:
                if not self._plainly(element, holder, drafts):
                    self._paragraph(element, holder, drafts)
            elif tag == _TABLE:
                self._close(holder, drafts)
                self._separate(holder)
                self._table(element, holder, drafts)
            elif tag == _CONTROL:
                with self._ticking(element):
                    self._blocks(element.findall(f"{W}sdtContent/*"), holder, drafts)
            elif tag == _ALTERNATE:
                branch = chosen(element)
                if branch is not None:
                    self._blocks(branch, holder, drafts)
            elif tag == _CUSTOM or tag in INSERTED:
                self._blocks(element, holder, drafts)
            elif tag == _CHUNK:
                self.chunks += 1
            elif tag in _FORMULAS:
                self._inline((element,))

    def _separate(self, holder: Holder) -> None:
        if holder.started:
            self._write("\n")
        holder.started = True

    def _simple(self) -> bool:
        """Whether nothing is open that changes what a paragraph shows: a field, a deletion, a checkbox."""
        return self._deleted is None and self._box is None and not self.fields.any_open

    def _plainly(self, element: etree._Element, holder: Holder, drafts: Drafts) -> bool:
        """A paragraph of nothing but plain words, as most are, the short way. False, and nothing done, where it is none."""
        read = self._plain.read(element) if holder.open_at is None and self._simple() else None
        if read is None:
            return False
        words, level = read
        self._separate(holder)
        start = self.source.position
        spans = self.source.line(words)
        if holder.in_cell:
            holder.regions.append((start, self.source.position))
        elif spans:
            heading = level is not None and holder.role is Role.PARAGRAPH
            drafts.append(Block(Role.HEADING if heading else holder.role, spans, None, None, (level or None) if heading else None))
        return True

    def _paragraph(self, element: etree._Element, holder: Holder, drafts: Drafts) -> None:
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
        inserted = next((mark.find(tag) for tag in INSERTED if mark.find(tag) is not None), None)
        if inserted is not None and len(self.traces) == traces:
            self.traces.append(Trace(Residue.INSERTION, Span(at, at), _PARAGRAPH_MARK, author(inserted)))
        gone = next((mark.find(tag) for tag in DELETED if mark.find(tag) is not None), None)
        if gone is not None and self._deleted is None:
            self.traces.append(Trace(Residue.DELETION, Span(at, at), _PARAGRAPH_MARK, author(gone)))
        return gone is not None

    def _emit(self, holder: Holder, drafts: Drafts, start: int, level: int | None) -> None:
        if holder.in_cell:
            holder.regions.append((start, self.source.position))
        else:
            heading = level is not None and holder.role is Role.PARAGRAPH
            role = Role.HEADING if heading else holder.role
            drafts.append(Draft(role, [(start, self.source.position)], level=(level or None) if heading else None))

    def _close(self, holder: Holder, drafts: Drafts) -> None:
        """End of a story or cell: a paragraph whose mark is deleted had nothing to join."""
        if holder.open_at is not None:
            self._emit(holder, drafts, holder.open_at, None)
            holder.open_at = None

    # --- tables ------------------------------------------------------------------------------------------------------

    def _table(self, element: etree._Element, holder: Holder, drafts: Drafts) -> None:
        table, self.tables = self.tables, self.tables + 1
        plain = plain_rows(element, self._plain) if self._simple() else None
        if plain is not None:
            self._plain_table(plain, table, _cell_role(holder), drafts)
            return
        open_cells: dict[int, int] = {}  # by column: the cell that a vertical merge may continue
        index = 0
        for row in rows_of(element):
            properties, cells = opened_row(row)
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
            open_cells = self._row(cells, Place(table, index, before), holder, drafts, open_cells)
            if added is not None:
                self.traces.append(Trace(Residue.INSERTION, Span(start, self.source.position), "", author(added)))
            index += 1

    def _plain_table(self, rows: list[list[PlainCell]], table: int, role: Role, drafts: Drafts) -> None:
        """A table of plain cells: each is a block at once, which a vertical merge may widen."""
        source = self.source
        above: dict[int, int] = {}
        for index, cells in enumerate(rows):
            if index:
                source.write("\n")
            here: dict[int, int] = {}
            column = 0
            for position, (paragraphs, span, down) in enumerate(cells):
                if position:
                    source.write("\t")
                up = above.get(column) if down else None
                if up is not None:
                    grow(drafts, up, down_to=index)
                    here[column] = up
                else:
                    at = source.position
                    spans = source.lines(paragraphs) or (Span(at, at),)
                    here[column] = len(drafts)
                    drafts.append(Block(role, spans, None, CellPlace(table, index, column, 1, span)))
                column += span
            above = here

    def _loose(self, row: etree._Element) -> None:
        """The words of a deleted row, for its trace."""
        for paragraph in row.iter(f"{W}p"):
            self._inline(paragraph)

    def _row(
        self,
        cells: list[tuple[etree._Element, etree._Element | None]],
        place: Place,
        holder: Holder,
        drafts: Drafts,
        above: dict[int, int],
    ) -> dict[int, int]:
        role = _cell_role(holder)
        if len(cells) == 1 and not holder.in_cell and next(cells[0][0].iter(_TABLE), None) is not None:
            frame = Holder(holder.role)  # a frame drawn around other tables: what it holds is not one cell's text
            self._blocks(cells[0][0], frame, drafts)
            self._close(frame, drafts)
            return {}
        column = place.before
        here: dict[int, int] = {}
        nested: Drafts = []  # after the row, so that its cells stand side by side in reading order
        simple, source = self._simple(), self.source
        left = -1
        for position, (cell, control) in enumerate(cells):
            if position:
                self._write("\t")
            merged, inside = opened(cell)
            up = above.get(column)
            if up is not None and merged.down:
                grow(drafts, up, down_to=place.row)
                left = up
            elif left >= 0 and merged.right:
                grow(drafts, left, columns=merged.span)
            else:
                read = self._plain.read(inside[0]) if simple and control is None and len(inside) == 1 and inside[0].tag == _P else None
                left = len(drafts)
                if read is not None:
                    at = source.position
                    drafts.append(place.block(role, column, merged, source.line(read[0]), at))
                else:
                    draft = place.draft(role, column, merged)
                    self._cell(inside, control, draft, holder, nested)
                    drafts.append(draft)
                    simple = self._simple()
            here[column] = left
            column += merged.span
        drafts.extend(nested)
        return here

    def _cell(self, content: list[etree._Element], control: etree._Element | None, draft: Draft, holder: Holder, nested: Drafts) -> None:
        start = self.source.position
        inside = Holder(holder.role, in_cell=True)
        draft.regions = inside.regions
        with self._ticking(control):
            self._blocks(content, inside, nested)
        self._close(inside, nested)
        self._in_cell = holder.in_cell
        if not inside.regions:
            inside.regions.append((start, start))


def _cell_role(holder: Holder) -> Role:
    return Role.CELL if holder.role in {Role.PARAGRAPH, Role.TEXTBOX} else holder.role


def _mark_deleted(paragraph: etree._Element) -> bool:
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    return mark is not None and any(mark.find(tag) is not None for tag in DELETED)
