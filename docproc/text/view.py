"""The running text of a document, normalised: its blocks in reading order, without what runs round the text.

Cells of a row are joined by TAB, rows and paragraphs by LF; headers, footers, page numbers, watermarks and hidden text are left out.
A row is exactly one line. Every range of the text leads back to ranges of the source.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby

from docproc.model import Block, Content, Page, Role, Span
from docproc.text import columns, marks
from docproc.text.lines import begins, ends_sentence, glue, is_open, width
from docproc.text.lost import Unrepaired
from docproc.text.normal_form import CHARACTER_STEPS, FOR_SEARCHING, LAYOUT_STEPS, STEPS, NormalisedText, Repair, normalise

_PROSE = frozenset({Role.PARAGRAPH})
# Formats whose lines are lines of a screen or a page, not paragraphs: there the step that joins broken lines is needed.
_LINE_FORMATS = frozenset({"txt", "md"})
_LAYOUT = frozenset({marks.REASON, columns.REASON})
_LINE_BREAK = re.compile(r"[\r\n\f\v\x85\u2028\u2029]+")
_BREAK_OR_BLANK = re.compile(rf"{_LINE_BREAK.pattern}|[ \u3000]+")
_SCRAPS, _LONG = 3, 16  # single characters on lines of their own, in a cell with a line of prose (in half-width columns)
_TOUCHING = 0.35  # of a line's height: pieces closer than this were printed as one
_SHORT = 0.6  # of the widest line of a cell: a shorter line ended of its own accord


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text of the composed text, with its place in the source; a separator has none."""

    text: str
    source: int | None = None


@dataclass(frozen=True)
class View:
    """A document's running text in the normal form, with the way back to the source text."""

    source: str = field(repr=False)
    normal: NormalisedText = field(repr=False)
    starts: tuple[int, ...] = field(repr=False)  # of the pieces, in the composed text
    places: tuple[int | None, ...] = field(repr=False)  # of the pieces, in the source text

    @property
    def text(self) -> str:
        """What is searched: the normal form, with words of Taiwan and Hong Kong as the mainland says them."""
        return self.normal.text

    @property
    def shown(self) -> str:
        """The normal form."""
        return self.normal.shown

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """The source ranges of text[start:end], in the order of the text, merged where only blanks lie between them.

        What has no place of its own (the TAB between two cells) is left out; where nothing else is asked for, the empty range at its
        place is given.
        """
        return self._sources(*self.normal.to_source(start, end))

    def source_slices(self, start: int, end: int) -> tuple[str, ...]:
        """The source text behind text[start:end], a string a range."""
        return tuple(self.source[span.start : span.end] for span in self.spans(start, end))

    def shown_source(self, start: int, end: int) -> str:
        """The source text behind shown[start:end]; nothing for the TAB between two cells."""
        return "".join(self.source[span.start : span.end] for span in self._sources(*self.normal.shown_to_source(start, end)))

    @cached_property
    def repairs(self) -> tuple[Repair, ...]:
        """Every repair, with its range in the source text (from its first to its last place there)."""
        return tuple(self._placed(each) for each in self.normal.repairs if each.step != FOR_SEARCHING.name)

    @cached_property
    def read_otherwise(self) -> tuple[Repair, ...]:
        """The words of Taiwan or Hong Kong that are searched as the mainland says them; in what is shown they stand as they are."""
        words = (each for each in self.normal.repairs if each.step == FOR_SEARCHING.name and each.new and each.reason not in _LAYOUT)
        return tuple(map(self._placed, words))

    def _placed(self, repair: Repair) -> Repair:
        span = self._hull(repair.start, repair.end)
        return replace(repair, start=span.start, end=span.end)

    @cached_property
    def unrepaired(self) -> tuple[Unrepaired, ...]:
        """Damage that stays, with its range in the source text."""
        return tuple(
            replace(each, start=span.start, end=span.end) for each in self.normal.unrepaired for span in [self._hull(each.start, each.end)]
        )

    def _hull(self, start: int, end: int) -> Span:
        spans = self._sources(start, end)
        return Span(min(span.start for span in spans), max(span.end for span in spans))

    def _sources(self, start: int, end: int) -> tuple[Span, ...]:
        """Ranges of the composed text as ranges of the source."""
        spans: list[Span] = []
        index = max(0, bisect_right(self.starts, start) - 1)
        length = len(self.normal.source)
        while index < len(self.starts) and self.starts[index] < end:
            place = self.places[index]
            first = self.starts[index]
            last = self.starts[index + 1] if index + 1 < len(self.starts) else length
            if place is not None:
                low, high = max(start, first), min(end, last)
                if low < high:
                    self._add(spans, Span(place + low - first, place + high - first))
            index += 1
        return tuple(spans) if spans else (self._point(start),)

    def _add(self, spans: list[Span], span: Span) -> None:
        if spans and spans[-1].end <= span.start and not self.source[spans[-1].end : span.start].strip():
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)

    def _point(self, position: int) -> Span:
        """The place in the source of a position in the composed text."""
        index = bisect_right(self.starts, position) - 1
        while index >= 0:
            place = self.places[index]
            if place is not None:
                last = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.normal.source)
                at = place + min(position, last) - self.starts[index]
                return Span(at, at)
            index -= 1
        first = next((place for place in self.places if place is not None), 0)
        return Span(first, first)


def view_of(content: Content, span: Span | None = None) -> View:
    """The view of a file's content, or of the part of it that lies in `span` (of the source text)."""
    whole = Span(0, len(content.text)) if span is None else span
    if content.blocks:
        pieces = list(_compose(content, whole))
        steps = STEPS if content.format in _LINE_FORMATS else (*CHARACTER_STEPS, LAYOUT_STEPS[1])
    else:
        pieces = [_Piece(content.text[whole.start : whole.end], whole.start)]
        steps = STEPS
    starts: list[int] = []
    position = 0
    for piece in pieces:
        starts.append(position)
        position += len(piece.text)
    normal = normalise("".join(piece.text for piece in pieces), (*steps, FOR_SEARCHING))
    return View(content.text, normal, tuple(starts), tuple(piece.source for piece in pieces))


def _compose(content: Content, whole: Span) -> Iterator[_Piece]:
    pages = {page.number for page in content.pages if whole.start <= page.start and page.end <= whole.end}
    shown = (_within(block, whole) for block in content.blocks if block.role.in_running_text)
    blocks = [block for block in shown if block.spans or _blank_cell(block, pages)]
    paragraph, page = "", None  # the paragraph under way, and the page it stands on
    first = True
    for table, group in groupby(blocks, key=_table_key):
        members = list(group)
        for row in _rows(members) if table is not None else [[block] for block in members]:
            pieces = list(_row(content, row)) if table is not None else list(_block(content.text, row[0]))
            text = "".join(piece.text for piece in pieces)
            if not text.strip() and table is None:
                continue
            prose = table is None and row[0].role in _PROSE
            if not first:
                goes_on = prose and page is not None and row[0].page not in (None, page) and is_open(paragraph) and not begins(text)
                yield _Piece(glue(paragraph, text) if goes_on else "\n")
            yield from pieces
            paragraph, page = (text, row[0].page) if prose else ("", None)
            first = False


def _within(block: Block, whole: Span) -> Block:
    """What of a block lies in a part of the file: a table's cell may go on over the page where the part ends."""
    if not block.spans or (block.spans[0].start >= whole.start and block.spans[-1].end <= whole.end):
        return block
    return block._replace(spans=tuple(span for span in block.spans if span.start >= whole.start and span.end <= whole.end))


def _blank_cell(block: Block, pages: set[int]) -> bool:
    """An empty cell of a page: it has no text, but its column must stay, or the next label would be taken for its answer."""
    return block.cell is not None and not block.spans and block.page in pages


def _table_key(block: Block) -> tuple[int | None, int] | None:
    return (block.page, block.cell.table) if block.cell is not None else None


def _rows(cells: Sequence[Block]) -> list[list[Block]]:
    """A table's cells by row, each row by column. A merged cell stands in its first row."""
    rows: dict[int, list[Block]] = {}
    for cell in cells:
        if cell.cell is not None:
            rows.setdefault(cell.cell.row, []).append(cell)
    return [sorted(rows[row], key=_column) for row in sorted(rows)]


def _column(cell: Block) -> int:
    return cell.cell.column if cell.cell is not None else 0


def _row(content: Content, cells: Sequence[Block]) -> Iterator[_Piece]:
    for index, cell in enumerate(cells):
        if index:
            yield _Piece("\t")
        yield from _cell(content, cell)


def _cell(content: Content, cell: Block) -> Iterator[_Piece]:
    """A cell's lines in one line: words that wrapped are closed up, lines of their own stand apart by two blanks."""
    lines = [line for line in _lines(content.text, cell, content.pages) if "".join(piece.text for piece in line).strip()]
    texts = ["".join(piece.text for piece in line).strip() for line in lines]
    widest = max((width(text) for text in texts), default=0)
    torn = _torn(texts, widest)
    for index, line in enumerate(lines):
        if index:
            wrapped = torn or (
                not ends_sentence(texts[index - 1]) and not begins(texts[index]) and width(texts[index - 1]) >= _SHORT * widest
            )
            yield _Piece(glue(texts[index - 1], texts[index]) if wrapped else "  ")
        for piece in line:
            yield from _without_tabs(piece)


def _torn(texts: Sequence[str], widest: float) -> bool:
    """Whether a cell's lines are scraps of one text: single characters on lines of their own among long ones.

    PDFs whose fonts are cut into subsets print a line in pieces, each of which comes out as a line."""
    single = sum(len(text) == 1 and "\u4e00" <= text <= "\u9fff" for text in texts)
    return single >= _SCRAPS and widest >= _LONG


def _without_tabs(piece: _Piece) -> Iterator[_Piece]:
    """A TAB inside a cell would pretend to be the border of a cell."""
    position = 0
    for found in re.finditer("\t", piece.text):
        if found.start() > position:
            yield _Piece(piece.text[position : found.start()], None if piece.source is None else piece.source + position)
        yield _Piece(" ")
        position = found.end()
    yield _Piece(piece.text[position:], None if piece.source is None else piece.source + position)


def _block(source: str, block: Block) -> Iterator[_Piece]:
    """A paragraph's lines, joined where nothing of its own begins."""
    lines = [line for line in _lines(source, block) if "".join(piece.text for piece in line).strip()]
    before = ""
    for index, line in enumerate(lines):
        text = "".join(piece.text for piece in line)
        if index:
            yield _Piece("\n" if begins(text) and not is_open(before) else glue(before.rstrip(), text.lstrip()))
        yield from line
        before = text


def _lines(source: str, block: Block, pages: Sequence[Page] = ()) -> Iterator[list[_Piece]]:
    """A block's text by lines: a line ends where its spans, or the source between two of them, hold a line break.

    With the pages given, pieces that stand beside one another on the page are one line, whatever the source has between them.
    """
    page = next((page for page in pages if page.number == block.page), None)
    line: list[_Piece] = []
    before: Span | None = None
    for span in block.spans:
        if before is not None:
            gap = source[before.end : span.start] if before.end <= span.start else "\n"
            blanks = None if page is None else _blanks_between(page, before, span)
            if blanks is not None:
                line.append(_Piece(blanks))
            elif (gap.strip() or before.end > span.start) and _on_one_line(source, block, before, span):
                line.append(_Piece(" "))
            elif gap.strip() or _LINE_BREAK.search(gap) or (page is not None and _goes_down(page, before.end - 1, span.start)):
                yield line
                line = []
            elif gap:
                line.append(_Piece(gap, before.end))
        position = span.start
        for found in _breaks(source, span, page):
            line.append(_Piece(source[position : found.start()], position))
            yield line
            line, position = [], found.end()
        line.append(_Piece(source[position : span.end], position))
        before = span
    yield line


def _breaks(source: str, span: Span, page: Page | None) -> Iterator[re.Match[str]]:
    """The line breaks inside a span; on a page also the blanks where the text goes on in the next line of print."""
    if page is None:
        yield from _LINE_BREAK.finditer(source, span.start, span.end)
        return
    for found in _BREAK_OR_BLANK.finditer(source, span.start, span.end):
        if _LINE_BREAK.search(found.group()) or _goes_down(page, found.start() - 1, found.end()):
            yield found


def _goes_down(page: Page, before: int, after: int) -> bool:
    one, other = _box_of(page, before), _box_of(page, after)
    return one is not None and other is not None and other[1] >= one[3] - (one[3] - one[1]) / 2 and other[0] < one[0]


def _blanks_between(page: Page, one: Span, other: Span) -> str | None:
    """What parts two pieces that stand side by side on a page: nothing, a blank or a wide one; None where they do not stand so."""
    last, first = _box_of(page, one.end - 1), _box_of(page, other.start)
    if last is None or first is None:
        return None
    height = min(last[3] - last[1], first[3] - first[1])
    if height <= 0 or min(last[3], first[3]) - max(last[1], first[1]) < height / 2:
        return None
    gap = (first[0] - last[2]) / height
    return None if gap < -_TOUCHING else "" if gap < _TOUCHING else " " if gap < 1 else "  "


def _box_of(page: Page, offset: int) -> tuple[float, ...] | None:
    place = (offset - page.start) * 4
    box = tuple(page.char_boxes[place : place + 4]) if place >= 0 else ()
    return box if len(box) == 4 and box[2] > box[0] else None


def _on_one_line(source: str, block: Block, one: Span, other: Span) -> bool:
    """Whether two places of a block stand on one line of the source with nothing foreign between: words put in the order of the page."""
    start, end = min(one.end, other.end), max(one.start, other.start)
    between = source[start:end]
    if _LINE_BREAK.search(between):
        return False
    own = {position for span in block.spans for position in range(max(span.start, start), min(span.end, end))}
    return all(letter.isspace() or start + offset in own for offset, letter in enumerate(between))
