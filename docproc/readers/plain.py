"""Reads .txt, .md and .csv in any Chinese encoding. The source text is the decoded text without BOM, line ends as LF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docproc.model import Block, CellPlace, Content, Problem, Role, Span
from docproc.readers.encoding import decode
from docproc.readers.plain_tables import cells, rows_from
from docproc.readers.unread import unreadable

_HEADING: Final = re.compile(r"(#{1,6})\s+(?=\S)")
_DELIMITERS: Final = ",\t;，"


def read(data: bytes, file_format: str = "txt") -> Content:
    """A text file: one paragraph a line; in Markdown `#` lines are headings; in tables, and in .csv, one block a cell."""
    decoded = decode(data)
    if decoded is None:
        return unreadable(file_format, "damaged", "不是可读的文字")
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if not text.strip("\0 \t\n\ufeff"):
        return unreadable(file_format, "empty")
    problems = (
        (Problem("encoding_doubtful", f"文字编码无法确定（按 {decoded.encoding} 读取），可能有乱码。请另存为 UTF-8 后再提交。"),)
        if decoded.doubtful
        else ()
    )
    blocks = _cells(text) if file_format == "csv" else _lines(text, markdown=file_format == "md")
    return Content(format=file_format, text=text, blocks=tuple(blocks), problems=problems)


def read_csv(data: bytes) -> Content:
    """A table in a text file."""
    return read(data, "csv")


def read_markdown(data: bytes) -> Content:
    """A text file with Markdown headings."""
    return read(data, "md")


def _lines(text: str, *, markdown: bool) -> Iterator[Block]:
    start = number = tables = 0
    lines = text.split("\n")
    while number < len(lines):
        line = lines[number]
        rows = rows_from(lines, number) if "\t" in line or "|" in line else 0
        if rows:
            yield from cells(lines[number : number + rows], start, tables)
            tables += 1
        elif found := _HEADING.match(line) if markdown else None:
            yield Block(Role.HEADING, (Span(start + found.end(), start + len(line)),), level=len(found.group(1)))
        elif line.strip():
            yield Block(Role.PARAGRAPH, (Span(start, start + len(line)),))
        rows = rows or 1
        start += sum(len(each) + 1 for each in lines[number : number + rows])
        number += rows


def _cells(text: str) -> Iterator[Block]:
    """The cells by RFC 4180: a quoted cell may hold delimiters and line ends; its span leaves the outer quotes out."""
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    position = row = column = 0
    while position < len(text):
        quoted = text[position] == '"'
        start, end, position = _cell(text, position, delimiter)
        spans = tuple(_spans(text, start, end)) if quoted else (Span(start, end),)
        yield Block(Role.CELL, spans or (Span(start, start),), cell=CellPlace(0, row, column))
        if position < len(text) and text[position] == delimiter:
            column += 1
            if position + 1 == len(text):
                yield Block(Role.CELL, (Span(position + 1, position + 1),), cell=CellPlace(0, row, column))
        else:
            row, column = row + 1, 0
        position += 1


def _cell(text: str, position: int, delimiter: str) -> tuple[int, int, int]:
    """Start and end of the cell's words, and where the delimiter or line end after it stands."""
    start = end = position
    if text[position] == '"':
        start = end = position + 1
        while end < len(text) and (text[end] != '"' or text[end : end + 2] == '""'):
            end += 2 if text[end] == '"' else 1
        position = min(end + 1, len(text))
    while position < len(text) and text[position] not in (delimiter, "\n"):
        position += 1
    return start, min(end, len(text)) if start != end or text[start - 1 : start] == '"' else position, position


def _spans(text: str, start: int, end: int) -> Iterator[Span]:
    for line in text[start:end].split("\n"):
        if line.strip():
            yield Span(start, start + len(line))
        start += len(line) + 1
