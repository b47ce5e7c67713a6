"""Turns places in a document's source text into evidence: quote, page and boxes. A quote that cannot be found is no evidence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from docproc.model import Box, Content, Document, Evidence, Page, Span

_BOXES = frozenset("□☐☑☒■√✓✔")


def locate(document: Document, spans: Iterable[Span]) -> tuple[Evidence, ...]:
    """One evidence for each place; a place that crosses a page becomes one a page, since no quote crosses a page."""
    return tuple(_evidence(document, page, span) for whole in spans for page, span in _by_page(document, whole))


def whole_document(document: Document) -> Evidence:
    """Evidence that is a document as a whole: no place, no quote."""
    return Evidence(document=document.id, page=document.page_range[0] if document.page_range else None)


def whole_documents(documents: Iterable[Document]) -> tuple[Evidence, ...]:
    """Evidence that is each of the documents as a whole."""
    return tuple(whole_document(document) for document in documents)


def last_of_its_page(content: Content, position: int) -> bool:
    """Whether nothing of the running text follows a place on its page (heads, feet and page numbers do not count); False without pages."""
    page = next((page for page in content.pages if page.start <= position <= page.end), None)
    if page is None:
        return False
    if not content.blocks:
        return not content.text[position : page.end].strip()
    return not any(
        position <= span.start < page.end and content.text[span.start : span.end].strip()
        for block in content.blocks
        if block.role.in_running_text
        for span in block.spans
    )


def holds(document: Document, evidence: Evidence) -> bool:
    """Whether the quote stands in the source text where the evidence says."""
    if evidence.start is None or evidence.end is None:
        return evidence.quote is None
    return document.file.content.text[evidence.start : evidence.end] == evidence.quote


def _by_page(document: Document, span: Span) -> Iterator[tuple[Page | None, Span]]:
    text, pages = document.file.content.text, document.file.content.pages
    first = max(bisect_right(pages, span.start, key=lambda page: page.start) - 1, 0)
    last = bisect_left(pages, span.end, key=lambda page: page.start)
    pieces: Iterable[tuple[Page | None, int, int]] = (
        ((page, max(span.start, page.start), min(span.end, page.end)) for page in pages[first:last])
        if pages
        else ((None, span.start, span.end),)
    )
    for page, start, end in pieces:
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            yield page, Span(start, end)


def _evidence(document: Document, page: Page | None, span: Span) -> Evidence:
    boxes = tuple(_line_boxes(page, span)) if page is not None else ()
    return Evidence(
        document=document.id,
        page=page.number if page else None,
        start=span.start,
        end=span.end,
        quote=document.file.content.text[span.start : span.end],
        box=_union(boxes) if boxes else None,
        boxes=boxes or None,
        confidence=_confidence(document, span),
    )


def _confidence(document: Document, span: Span) -> float | None:
    """How surely the least certain letter or digit of the place was recognised; null where the text was read, not recognised.

    Boxes to tick count, signs of punctuation do not: whether a bracket is a full-width one is seldom sure and never matters.
    """
    text, recognised = document.file.content.text, document.file.content.recognised
    found: list[float] = []
    for stretch in recognised[bisect_right(recognised, span.start, key=lambda stretch: stretch.end) :]:
        if stretch.start >= span.end:
            break
        values = stretch.confidences
        for at in range(max(stretch.start, span.start), min(stretch.end, span.end)):
            if text[at].isalnum() or text[at] in _BOXES:
                found.append(values[at - stretch.start])
    return round(min(found), 3) if found else None


def _line_boxes(page: Page, span: Span) -> Iterator[Box]:
    """A rectangle a line: characters whose middles lie in one another's reach are on one line, across the page or, turned, along it."""
    values = iter(page.char_boxes[4 * (span.start - page.start) : 4 * (span.end - page.start)])
    shown = [(x0, y0, x1, y1) for x0, y0, x1, y1 in zip(values, values, values, values, strict=False) if x1 > x0 and y1 > y0]
    lines = list(_lines(shown))
    if len(lines) > 1 and _stand_along(shown):
        lines = [_swapped(line) for line in _lines(map(_swapped, shown))]
    return map(_rounded, lines)


def _stand_along(boxes: Sequence[Box]) -> bool:
    """Whether more of the characters follow below or above one another than side by side: a page that is turned, or vertical writing."""
    steps = [(_level(one, other), _level(_swapped(one), _swapped(other))) for one, other in pairwise(boxes)]
    return sum(along and not across for across, along in steps) > sum(across and not along for across, along in steps)


def _swapped(box: Box) -> Box:
    x0, y0, x1, y1 = box
    return (y0, x0, y1, x1)


def _level(one: Box, other: Box) -> bool:
    """Whether the second of two boxes has its middle at a height that the first one reaches."""
    return one[1] <= (other[1] + other[3]) / 2 <= one[3]


def _lines(boxes: Iterable[Box]) -> Iterator[Box]:
    """The boxes of characters in order as rectangles, one a line across the page."""
    line: Box | None = None
    last: Box = (0.0, 0.0, 0.0, 0.0)
    for box in boxes:
        if line is None:
            line = box
        elif _level(last, box):
            line = (min(line[0], box[0]), min(line[1], box[1]), max(line[2], box[2]), max(line[3], box[3]))
        else:
            yield line
            line = box
        last = box
    if line is not None:
        yield line


def _rounded(box: Box) -> Box:
    x0, y0, x1, y1 = box
    return (round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2))


def _union(boxes: Iterable[Box]) -> Box:
    x0s, y0s, x1s, y1s = zip(*boxes, strict=True)
    return (round(min(x0s), 2), round(min(y0s), 2), round(max(x1s), 2), round(max(y1s), 2))
