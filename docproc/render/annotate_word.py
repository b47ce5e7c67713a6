"""Native comments in a copy of a Word file, each at the very words that it is about (ISO/IEC 29500-1 §17.13.4)."""

from __future__ import annotations

import io
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from docproc.readers.unread import Unreadable
from docproc.readers.word_anchors import Anchor, body_runs, pieces, read_anchored
from docproc.readers.word_parts import M, W
from docproc.readers.word_plain import characters
from docproc.render.annotations import AUTHOR, INITIALS, Annotated, Note, load
from docproc.render.settled import settled_zip

if TYPE_CHECKING:
    from docx.document import Document

_RUN: Final = f"{W}r"
_TEXT: Final = f"{W}t"
_PROPERTIES: Final = f"{W}rPr"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
# Inside these a comment has no place, or Word refuses it: it goes round the run that holds the whole.
_CLOSED: Final = (f"{W}txbxContent", f"{W}ruby", f"{M}oMath")


def annotate(notes: str, data: bytes) -> Annotated:
    """A copy of the .docx with these notes (as `annotations.dump` gives them).

    Notes whose words are not in the body (headers, footnotes) go to the file's beginning with those that have no place.
    Raises Unreadable where the file does not open or its text is another than the one that the notes are about.
    """
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
    except (ValueError, KeyError, OSError, etree.XMLSyntaxError) as error:
        raise Unreadable("unsupported", "此格式不能加批注") from error
    root = document.element
    text, anchors = read_anchored(data, root)
    wanted = load(notes)
    if any(note.quote is not None and text[note.start : note.end] != note.quote for note in wanted):
        raise Unreadable("damaged", "文件内容与审查时不一致")
    segments = _cut(anchors, {position for note in wanted if note.quote is not None for position in (note.start or 0, note.end or 0)})
    exact = 0
    homeless: list[Note] = []
    for note in wanted:
        held = [] if note.quote is None else list(body_runs(segments, note.start or 0, note.end or 0))
        if held:
            first, last = _open(held[0].run), _open(held[-1].run)
            exact += (held[0].start, held[-1].end) == (note.start, note.end) and first is held[0].run and last is held[-1].run
            _comment(document, first, last, note.text)
        else:
            homeless.append(note)
    if homeless:
        _comment_on_whole(document, [note.text if note.quote is None else f"（“{note.quote}”处）{note.text}" for note in homeless])
    buffer = io.BytesIO()
    document.save(buffer)
    return Annotated(settled_zip(buffer.getvalue()), placed=exact, notes=len(wanted))


def _cut(anchors: Sequence[Anchor], cuts: Iterable[int]) -> tuple[Anchor, ...]:
    """The runs, cut in two wherever a note begins or ends inside one."""
    ordered = sorted(cuts)
    segments: list[Anchor] = []
    for anchor in anchors:
        shown = pieces(anchor.run)
        inside = ordered[bisect_left(ordered, anchor.start + 1) : bisect_left(ordered, anchor.end)]
        if not inside or sum(count for count, _ in shown) != anchor.end - anchor.start:
            segments.append(anchor)
            continue
        rest = anchor
        for cut in inside:
            before, rest = _split(rest, cut)
            segments.append(before)
        segments.append(rest)
    return tuple(segments)


def _split(anchor: Anchor, cut: int) -> tuple[Anchor, Anchor]:
    """One run as two with the same properties: the first ends where `cut` is in the source text."""
    run, position = anchor.run, anchor.start
    front = etree.Element(run.tag)
    for name, value in run.attrib.items():
        front.set(name, value)
    properties = run.find(_PROPERTIES)
    if properties is not None:
        front.append(deepcopy(properties))
    for count, child in pieces(run):
        if child.tag == _PROPERTIES:
            continue
        if position + count > cut:
            if child.tag == _TEXT and position < cut:
                words = characters(child)
                front.append(_words(child, words[: cut - position]))
                run.replace(child, _words(child, words[cut - position :]))
            break
        front.append(child)  # moves it
        position += count
    run.addprevious(front)
    return Anchor(anchor.start, cut, front), Anchor(cut, anchor.end, run)


def _words(like: etree._Element, text: str) -> etree._Element:
    element = etree.Element(like.tag)
    element.text = text
    element.set(_SPACE, "preserve")
    return element


def _open(run: etree._Element) -> etree._Element:
    """The run itself, or the outermost one around a text box, ruby or formula that it stands in."""
    closed = list(run.iterancestors(*_CLOSED))
    if not closed:
        return run
    around = next(closed[-1].iterancestors(_RUN), None)
    return closed[-1] if around is None else around


def _comment(document: Document, first: etree._Element, last: etree._Element, text: str) -> None:
    number = _new_comment(document, text)
    first.addprevious(_mark("commentRangeStart", number))
    end, reference = _mark("commentRangeEnd", number), _reference(number)
    last.addnext(end)
    end.addnext(reference)


def _comment_on_whole(document: Document, texts: Sequence[str]) -> None:
    """One comment at the body's first paragraph."""
    number = _new_comment(document, "\n\n".join(texts))
    body = document.element.body
    paragraph = next((each for each in body.iter(f"{W}p") if next(each.iterancestors(*_CLOSED), None) is None), None)
    if paragraph is None:
        paragraph = document.add_paragraph()._p
    properties = paragraph.find(f"{W}pPr")
    at = 0 if properties is None else 1
    paragraph.insert(at, _mark("commentRangeStart", number))
    paragraph.append(_mark("commentRangeEnd", number))
    paragraph.append(_reference(number))


def _new_comment(document: Document, text: str) -> int:
    comment = document.comments.add_comment(text, AUTHOR, INITIALS)
    element: Any = comment._comment_elm
    element.attrib.pop(f"{W}date", None)  # the same report gives the same bytes
    return comment.comment_id


def _mark(name: str, number: int) -> etree._Element:
    return etree.Element(f"{W}{name}", {f"{W}id": str(number)})


def _reference(number: int) -> etree._Element:
    run = etree.Element(_RUN)
    etree.SubElement(etree.SubElement(run, _PROPERTIES), f"{W}rStyle", {f"{W}val": "CommentReference"})
    etree.SubElement(run, f"{W}commentReference", {f"{W}id": str(number)})
    return run
