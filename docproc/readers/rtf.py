"""Reads .rtf: paragraphs and tables in order, fields by their results, insertions kept and deletions left out; then boxes, notes, margins.

The Rich Text Format 1.9.1. Destinations that are not known to hold shown text are passed over, as the format asks.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from docproc.model import Content, Loss, Problem, Residue, Role, Span, Trace
from docproc.readers.paragraph_flow import ParagraphFlow
from docproc.readers.rtf_parse import Parse
from docproc.readers.rtf_state import Paragraph, Piece
from docproc.readers.unread import unreadable
from docproc.readers.word_fields import PAGE_NUMBER
from docproc.readers.word_losses import of_editing, of_inlays, of_pictures

_CUT_OFF: Final = "RTF 文件不完整（括号不成对），其中可能有内容没有读取。请重新导出或另存为 .docx。"
_MARGINS: Final = (("header", Role.HEADER), ("footer", Role.FOOTER))


def read(data: bytes) -> Content:
    """The content of an .rtf. What cannot be read at all is said in a problem and a loss; this never raises on bad input."""
    parse = Parse(data)
    flow = _Flow()
    flow.lay(parse.story("body"), Role.PARAGRAPH)
    flow.lay(parse.story("box"), Role.TEXTBOX)
    flow.lay(parse.story("note"), Role.NOTE)
    seen: set[str] = set()
    for name, role in _MARGINS:
        for story in parse.margins[name]:
            words = "\n".join(each.text for each in story).strip()
            if words not in seen:
                page = any(piece.page for each in story for piece in each.pieces)
                flow.lay(story, Role.PAGE_NUMBER if page and PAGE_NUMBER.fullmatch(words) else role)
            seen.add(words)
    end = flow.source.position
    comments = [Trace(Residue.COMMENT, Span(end, end), words) for words in parse.comments if words.strip()]
    traces = [*flow.traces, *comments, *flow.hidden_lines()]
    text = flow.source.text()
    filled = tuple(replace(trace, text=text[slice(*trace.span)]) if not trace.text else trace for trace in traces)
    cut_off = (Loss("damaged", _CUT_OFF),) if parse.cut_off else ()
    losses = (*cut_off, *of_pictures(parse.pictures, text, parse.sheets), *of_editing(filled), *of_inlays(0, parse.objects, 0))
    if not text.strip() and not losses:
        return unreadable("rtf", "empty")
    return Content(
        format="rtf",
        text=text,
        blocks=tuple(block for draft in flow.drafts if (block := draft.finish(text)) is not None),
        losses=losses,
        problems=tuple(Problem(loss.code, loss.message) for loss in cut_off),
        traces=tuple(sorted(filled, key=lambda trace: (trace.span, trace.residue, trace.text))),
    )


class _Flow(ParagraphFlow[Paragraph]):
    def words(self, paragraph: Paragraph, *, in_cell: bool) -> tuple[int, int]:
        """Writes the pieces of a paragraph."""
        start = self.source.position
        for piece in paragraph.pieces:
            self._piece(piece, piece.text.replace("\t", " ") if in_cell else piece.text)
        return start, self.source.position

    def _piece(self, piece: Piece, text: str) -> None:
        at = self.source.position
        if piece.deleted:
            self.traces.append(Trace(Residue.DELETION, Span(at, at), text))
        elif piece.hidden:
            self.hidden.append(text)
        else:
            self.source.write(text)
            if piece.inserted:
                self.traces.append(Trace(Residue.INSERTION, Span(at, self.source.position), ""))
