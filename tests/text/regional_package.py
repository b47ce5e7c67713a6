"""A package that has been read, as a firm of Taiwan or Hong Kong would have written it: every block put into that wording by OpenCC."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise

from opencc import OpenCC

from docproc.model import Content, SourcePackage, Span


def reworded(package: SourcePackage, configuration: str) -> SourcePackage:
    converter = OpenCC(configuration)
    return replace(
        package,
        files=tuple(replace(file, content=_content(file.content, converter)) for file in package.files),
    )


def _content(content: Content, converter: OpenCC) -> Content:
    """The text converted between the borders of its blocks and pages, which move with it. Seals and signatures are by page, they stay."""
    borders = {0, len(content.text)}
    for block in content.blocks:
        borders.update(place for span in block.spans for place in span)
    borders.update(place for page in content.pages for place in (page.start, page.end))
    borders.update(place for trace in content.traces for place in trace.span)
    old = sorted(borders)
    pieces = [converter.convert(content.text[start:end]) for start, end in pairwise(old)]
    new = [0]
    for piece in pieces:
        new.append(new[-1] + len(piece))

    def moved(place: int) -> int:
        return new[bisect_left(old, place)]

    def span_of(span: Span) -> Span:
        return Span(moved(span.start), moved(span.end))

    return replace(
        content,
        text="".join(pieces),
        pages=tuple(replace(page, start=moved(page.start), end=moved(page.end)) for page in content.pages),
        blocks=tuple(block._replace(spans=tuple(map(span_of, block.spans))) for block in content.blocks),
        outline=tuple(replace(entry, title=converter.convert(entry.title)) for entry in content.outline),
        traces=tuple(replace(trace, span=span_of(trace.span)) for trace in content.traces),
    )
