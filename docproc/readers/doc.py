"""Reads .doc and .wps (Word 97-2003) by their own piece table: body, text boxes, notes, headers and footers, hidden words.

The same order and the same signs as for .docx: insertions kept and deletions left out, cells by TAB, rows and paragraphs by LF, fields
by their results, automatic numbers before their paragraphs. What Word 6 and 95 wrote is another format and goes to LibreOffice.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from docproc.model import Content, Residue, Role, Span, Trace
from docproc.readers.doc_file import BOX_TEXT, COMMENT_TEXT, HEADERS, DocFile
from docproc.readers.doc_flow import Flow
from docproc.readers.doc_lists import Lists
from docproc.readers.unread import Unreadable, unreadable
from docproc.readers.word_fields import PAGE_NUMBER
from docproc.readers.word_losses import of_editing, of_inlays, of_pictures

_SEPARATORS = 6  # the header stories begin with the lines between text and notes
_HEADS = frozenset({0, 1, 4})  # of each section's six: even and odd header, even and odd footer, first header, first footer


def read(data: bytes) -> Content:
    """The content of a .doc. What cannot be read at all is said in a problem and a loss; this never raises on bad input."""
    return _read(data, "doc")


def read_wps(data: bytes) -> Content:
    """The content of a .wps, which WPS writes as Word 97 does."""
    return _read(data, "wps")


def _read(data: bytes, file_format: str) -> Content:
    try:
        file = DocFile(data)
    except Unreadable as error:
        if error.code == "older":
            from docproc.readers.office import convert

            return replace(convert(data, "doc"), format=file_format)
        return unreadable(file_format, error.code, error.why)
    return _content(file, file_format)


def _content(file: DocFile, file_format: str) -> Content:
    flow = Flow(file, Lists(file).label)
    flow.story(*file.stories["main"], Role.PARAGRAPH)
    floating = flow.floating
    boxes = file.places(BOX_TEXT, 22)
    flow.story(*file.stories["box"], Role.TEXTBOX)
    pictures = flow.pictures + max(0, floating - max(0, len(boxes) - 2))
    for name in ("footnote", "endnote"):
        flow.story(*file.stories[name], Role.NOTE)
    _margins(flow)
    traces = [*flow.traces, *_comments(flow), *flow.hidden_lines()]
    text = flow.source.text()
    filled = tuple(replace(trace, text=text[slice(*trace.span)]) if not trace.text else trace for trace in traces)
    losses = (*of_pictures(pictures, text, flow.sheets), *of_editing(filled), *of_inlays(0, flow.objects, 0, flow.formulas))
    if not text.strip() and not losses:
        return unreadable(file_format, "empty")
    return Content(
        format=file_format,
        text=text,
        blocks=tuple(block for draft in flow.drafts if (block := draft.finish(text)) is not None),
        losses=losses,
        traces=tuple(sorted(filled, key=lambda trace: (trace.span, trace.residue, trace.text))),
    )


def _margins(flow: Flow) -> None:
    """Headers and footers of all sections, the same words once."""
    first, end = flow.file.stories["header"]
    places = [min(first + place, end) for place in flow.file.places(HEADERS)]
    seen: set[str] = set()
    for index, (low, high) in enumerate(pairwise(places)):
        if index < _SEPARATORS or low >= high:
            continue
        role = Role.HEADER if (index - _SEPARATORS) % 6 in _HEADS else Role.FOOTER
        mark, drafts, traces, hidden = flow.source.mark(), len(flow.drafts), len(flow.traces), len(flow.hidden)
        flow.page_seen = False
        flow.story(low, high, role)
        words = flow.source.text()[mark[1] :].strip()
        if words in seen:
            flow.source.fall_back(mark)
            del flow.drafts[drafts:], flow.traces[traces:], flow.hidden[hidden:]
        elif flow.page_seen and PAGE_NUMBER.fullmatch(words):
            for draft in flow.drafts[drafts:]:
                draft.role = Role.PAGE_NUMBER
        seen.add(words)
    flow.story(*flow.file.stories["header_box"], Role.HEADER)


def _comments(flow: Flow) -> list[Trace]:
    """The comments' words, each where the text refers to it."""
    first, end = flow.file.stories["comment"]
    places = [min(first + place, end) for place in flow.file.places(COMMENT_TEXT)]
    where, last = list(flow.comments), flow.source.position
    traces = []
    for index, (low, high) in enumerate(pairwise(places[:-1])):
        words = "".join(char if char >= " " else "\n" if char in "\r\x0b" else "" for char in flow.file.text[low:high]).strip()
        at = where[index] if index < len(where) else last
        traces.append(Trace(Residue.COMMENT, Span(at, at), words or "（无文字）"))
    return traces
