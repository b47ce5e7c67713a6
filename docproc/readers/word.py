"""Reads .docx: body order, insertions kept and deletions left out; then text boxes, notes, headers and footers, hidden text.

By zip and lxml rather than python-docx, which drops insertions, content controls and text boxes without a word. Automatic
numbers (w:numPr) are part of the text, before their paragraph's words. A .docx has no pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from lxml import etree

from docproc.model import Content, Problem, Residue, Role, Span, Trace
from docproc.readers.sniff import sniff
from docproc.readers.unread import Unreadable, unreadable
from docproc.readers.word_fields import PAGE_NUMBER
from docproc.readers.word_flow import Flow
from docproc.readers.word_graphics import Picture, diagram_lines, holds_text
from docproc.readers.word_losses import is_sheet, of_editing, of_inlays, of_pictures, of_wordless
from docproc.readers.word_numbering import Numbering
from docproc.readers.word_parts import Parts, R, W
from docproc.readers.word_pictures import OnPictures, read_pictures
from docproc.readers.word_source import Draft, as_role, finished
from docproc.readers.word_styles import Styles

_SEPARATORS: Final = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def read(data: bytes) -> Content:
    """The content of a .docx. What cannot be read at all is said in a problem and a loss; this never raises on bad input."""
    try:
        return Reading(Parts(data)).content()
    except Unreadable as error:
        return unreadable("docx", error.code, error.why)
    except RecursionError:
        return unreadable("docx", "damaged", "嵌套层数过多")


class Reading:
    """One file being read, by a walk of the given type."""

    def __init__(self, parts: Parts, walk: type[Flow] = Flow) -> None:
        self._parts = parts
        self._part = parts.main()
        root = parts.xml(self._part)
        body = None if root is None else root.find(f"{W}body")
        if body is None:
            raise Unreadable("damaged", "没有正文部件")
        self._body = body
        self._problems: list[Problem] = []
        self._charts_lost = 0
        styles = Styles(self._side("styles"))
        self.flow = self._flow = walk(styles, Numbering(self._side("numbering"), styles))

    def content(self) -> Content:
        flow = self._flow
        flow.story(self._body, Role.PARAGRAPH)
        self._hanging(self._part, Role.TEXTBOX, Role.TEXTBOX)
        pictures = [picture for picture in _once(flow.pictures) if holds_text(self._parts, self._part, picture)]
        objects = sum(not self._workbook(relation) for relation in flow.objects)
        self._notes()
        self._headers_and_footers()
        traces = [*flow.traces, *self._comments(), *self._hidden()]
        text = flow.source.text()
        shown = read_pictures(self._parts, self._part, pictures, len(text), flow.tables) if pictures else OnPictures()
        text += shown.text
        sheets = sum(is_sheet(picture.width, picture.height) for picture in shown.lost)
        blocks = finished(flow.drafts, text)
        filled = [replace(trace, text=text[trace.span.start : trace.span.end]) if not trace.text else trace for trace in traces]
        unread = of_pictures(len(shown.lost), text, sheets)
        losses = (
            *unread,
            *of_wordless(len(shown.wordless)),
            *of_editing(filled),
            *of_inlays(self._charts_lost, objects, flow.chunks, flow.formulas),
        )
        problems = tuple(self._problems)
        if not text.strip() and not losses:
            blank = unreadable("docx", "empty")
            losses, problems = blank.losses, (*problems, *blank.problems)
        return Content(
            format="docx",
            text=text,
            blocks=(*blocks, *shown.blocks),
            recognised=shown.recognised,
            pictures=shown.looks,
            losses=losses,
            problems=problems,
            traces=tuple(sorted(filled, key=lambda trace: (trace.span, trace.residue, trace.text))),
        )

    def _side(self, kind: str) -> etree._Element | None:
        """The root of a part beside the body. A damaged one costs its own words, not the document."""
        name = self._parts.related(self._part, kind)
        return None if name is None else self._xml(name)

    def _xml(self, name: str) -> etree._Element | None:
        try:
            return self._parts.xml(name)
        except Unreadable as error:
            self._problems.append(Problem(error.code, f"文档的部件 {name} 无法读取，其中的文字未计入。请重新导出。"))
            return None

    def _story(self, root: etree._Element, role: Role) -> None:
        """A story of its own after what was read so far; one without words leaves nothing behind."""
        flow = self._flow
        mark, drafts = flow.source.mark(), len(flow.drafts)
        if flow.source.position:
            flow.source.write("\n")
        flow.story(root, role)
        if flow.source.blank_since(mark):
            flow.source.fall_back(mark)
            del flow.drafts[drafts:]

    def _line(self, text: str, role: Role) -> Span:
        source = self._flow.source
        if source.position:
            source.write("\n")
        start = source.position
        source.write(text)
        self._flow.drafts.append(Draft(role, [(start, source.position)]))
        return Span(start, source.position)

    def _hanging(self, part: str, role: Role, art: Role) -> None:
        """The text boxes of what was read since the last call, those inside them too; then word art and diagrams."""
        flow = self._flow
        while flow.boxes:
            self._story(flow.boxes.pop(0), role)
        for words in dict.fromkeys(words for words in flow.art if words.strip()):
            self._line(words, art)
        flow.art.clear()
        for relation in flow.charts:
            self._chart(part, relation, role)
        flow.charts.clear()
        for relation in flow.diagrams:
            try:
                for words in diagram_lines(self._parts, part, relation):
                    self._line(words, role)
            except Unreadable as error:
                self._problems.append(Problem(error.code, "文档中的一个 SmartArt 图形无法读取，其中的文字未计入。"))
        flow.diagrams.clear()

    def _chart(self, part: str, relation: str, role: Role) -> None:
        """A chart's titles, a line each, and its figures as tables."""
        from docproc.readers.chart import read_chart

        try:
            found = read_chart(self._parts, self._parts.relations(part).get(relation, ("", ""))[1])
        except Unreadable:
            found = None
        if found is None:
            self._charts_lost += 1
            return
        for words in found.lines:
            self._line(words, role)
        flow = self._flow
        for rows in found.tables:
            for index, cells in enumerate(rows):
                flow.source.write("\n" if flow.source.position else "")
                flow.drafts += flow.source.row(cells, Role.CELL if role is Role.TEXTBOX else role, flow.tables, index)
            flow.tables += 1

    def _workbook(self, relation: str) -> bool:
        """Adds the cells of an embedded workbook, as tables of their own after the text boxes. False where it is none that can be read."""
        name = self._parts.relations(self._part).get(relation, ("", ""))[1]
        try:
            data = self._parts.read(name) if name else None
        except Unreadable:
            return False
        if data is None or sniff("", data) not in {"xlsx", "xls"}:
            return False
        from docproc.readers.sheet import read as read_sheet

        content = read_sheet(data)
        if content.losses or not content.text.strip():
            return False
        flow = self._flow
        flow.source.write("\n" if flow.source.position else "")
        start = flow.source.position
        flow.source.write(content.text.replace("\f", "\n"))  # a Word file has no pages
        for block in content.blocks:
            draft = Draft(block.role, [(start + span.start, start + span.end) for span in block.spans])
            if block.cell is not None:
                draft.table = flow.tables + block.cell.table
                draft.row, draft.column = block.cell.row, block.cell.column
                draft.row_span, draft.column_span = block.cell.row_span, block.cell.column_span
            flow.drafts.append(draft)
        flow.tables += 1 + max((block.cell.table for block in content.blocks if block.cell is not None), default=0)
        return True

    def _notes(self) -> None:
        roots = {kind: self._side(f"{kind}s") for kind in ("footnote", "endnote")}
        for kind in ("footnote", "endnote"):
            root = roots[kind]
            notes = {} if root is None else {str(note.get(f"{W}id")): note for note in root.iter(f"{W}{kind}")}
            for referred, name in dict.fromkeys(self._flow.notes):
                if referred == kind and name in notes and notes[name].get(f"{W}type") not in _SEPARATORS:
                    self._story(notes[name], Role.NOTE)

    def _headers_and_footers(self) -> None:
        """Each part once, in the order in which sections name them, and the same words once."""
        relations = self._parts.relations(self._part)
        margins, seen = self._flow.source.position, set[str]()
        for kind, role in (("header", Role.HEADER), ("footer", Role.FOOTER)):
            for reference in self._body.iter(f"{W}{kind}Reference"):
                name = relations.get(str(reference.get(f"{R}id")), ("", ""))[1]
                root = self._xml(name) if name and name not in seen else None
                seen.add(name)
                if root is not None:
                    self._margin(root, name, role, margins)

    def _margin(self, root: etree._Element, part: str, role: Role, margins: int) -> None:
        flow = self._flow
        mark, drafts, traces, hidden = flow.source.mark(), len(flow.drafts), len(flow.traces), len(flow.hidden)
        flow.page_seen = False
        self._story(root, role)
        self._hanging(part, role, Role.WATERMARK)
        words = flow.source.text()[mark[1] :]
        if flow.page_seen and PAGE_NUMBER.fullmatch(words):
            flow.drafts[drafts:] = [as_role(draft, Role.PAGE_NUMBER) for draft in flow.drafts[drafts:]]
        elif words.strip() and f"\n{words.strip()}\n" in f"\n{flow.source.text()[margins : mark[1]]}\n":
            flow.source.fall_back(mark)
            del flow.drafts[drafts:], flow.traces[traces:], flow.hidden[hidden:]

    def _comments(self) -> Iterator[Trace]:
        root = self._side("comments")
        end = self._flow.source.position
        for comment in [] if root is None else root.iter(f"{W}comment"):
            place = self._flow.comments.get(str(comment.get(f"{W}id")), [end, end])
            words = "\n".join("".join(str(run.text or "") for run in line.iter(f"{W}t")) for line in comment.iter(f"{W}p"))
            yield Trace(Residue.COMMENT, Span(place[0], max(place)), words or "（无文字）", str(comment.get(f"{W}author", "")))

    def _hidden(self) -> Iterator[Trace]:
        """Hidden words, out of the running text, each on a line after everything else."""
        for words in [hidden.text.strip() for hidden in self._flow.hidden]:
            if words:
                yield Trace(Residue.HIDDEN_TEXT, self._line(words, Role.HIDDEN), words)


def _once(items: list[Picture]) -> list[Picture]:
    return list(dict.fromkeys(items))
