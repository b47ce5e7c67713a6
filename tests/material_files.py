"""Small files as a reader would yield them, for the tests of documents and facts."""

from __future__ import annotations

from collections.abc import Sequence

from docproc.model import Block, CellPlace, Content, OutlineEntry, Page, PageQuality, Role, SourceFile, Span

A4 = (595.0, 842.0)


def pdf(path: str, *pages: str, headers: Sequence[str] = (), outline: Sequence[OutlineEntry] = ()) -> SourceFile:
    """A PDF of these pages; an empty page is a scan. `headers` are running headers, one a page, on the page's first line."""
    texts = [f"{headers[index]}\n{text}" if index < len(headers) and headers[index] else text for index, text in enumerate(pages)]
    found, blocks, start = [], [], 0
    for number, text in enumerate(texts, 1):
        quality = PageQuality.TEXT if text.strip() else PageQuality.PICTURE
        found.append(Page(number, start, start + len(text), *A4, quality))
        place = start
        for index, line in enumerate(text.split("\n")):
            if line.strip():
                header = index == 0 and number <= len(headers) and bool(headers[number - 1])
                blocks.append(Block(Role.HEADER if header else Role.PARAGRAPH, (Span(place, place + len(line)),), number))
            place += len(line) + 1
        start += len(text) + 1
    return SourceFile(path, "0" * 64, Content("pdf", "\f".join(texts), tuple(found), tuple(blocks), outline=tuple(outline)))


def word(path: str, text: str) -> SourceFile:
    """A Word file of these lines; a line with tabs is a row of a table."""
    blocks, place = [], 0
    for row, line in enumerate(text.split("\n")):
        if "\t" in line:
            at = place
            for column, cell in enumerate(line.split("\t")):
                blocks.append(Block(Role.CELL, (Span(at, at + len(cell)),), cell=CellPlace(0, row, column)))
                at += len(cell) + 1
        elif line.strip():
            blocks.append(Block(Role.PARAGRAPH, (Span(place, place + len(line)),)))
        place += len(line) + 1
    return SourceFile(path, "0" * 64, Content("docx", text, blocks=tuple(blocks)))
