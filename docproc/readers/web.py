"""Reads web pages (.html, also a page that was named .doc or .xls): the words in order, table cells by tab, without scripts or network."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from docproc.model import Content, Problem, Residue, Role, Span, Trace
from docproc.readers.encoding import decode
from docproc.readers.unread import unreadable
from docproc.readers.web_forms import Settled, settle
from docproc.readers.word_losses import of_editing, of_inlays, of_pictures
from docproc.readers.word_source import Draft, Source

_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_SILENT: Final = frozenset({"script", "style", "head", "noscript", "template", "svg", "object", "iframe"})
_INLINE: Final = frozenset([
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark",
    "q", "s", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var",
])  # fmt: skip
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}


def read(data: bytes) -> Content:
    """A web page as it is shown: filled fields and ticked boxes are words. Cells of nested tables count as words of the outer cell."""
    declared = _CHARSET.search(data[:2048])
    text = _declared(data, declared.group(1).decode("ascii")) if declared else None
    problems: tuple[Problem, ...] = ()
    if text is None:
        decoded = decode(data)
        if decoded is None:
            return unreadable("html", "damaged")
        text = decoded.text
        if decoded.doubtful:
            problems = (
                Problem("encoding_doubtful", f"文字编码无法确定（按 {decoded.encoding} 读取），可能有乱码。请另存为 UTF-8 后再提交。"),
            )
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
        walk, settled = _Walk(), Settled()
        if root is not None:
            settled = settle(root)
            walk.children(root)
            walk.flush()
    except (etree.XMLSyntaxError, ValueError, RecursionError):
        return unreadable("html", "damaged")
    traces = tuple(walk.hidden(words) for words in settled.hidden)
    source = walk.source.text()
    losses = (*of_pictures(settled.pictures, source), *of_editing(traces), *of_inlays(0, settled.inlaid, 0))
    if not source.strip() and not losses:
        return unreadable("html", "empty")
    blocks = tuple(block for draft in walk.drafts if (block := draft.finish(source)) is not None)
    return Content("html", source, (), blocks, losses, problems, traces)


def _declared(data: bytes, charset: str) -> str | None:
    charset = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "cp950"}.get(charset.lower(), charset)
    try:
        return data.decode(charset).removeprefix("\ufeff")
    except (UnicodeDecodeError, LookupError):
        return None


class _Walk:
    """The walk through a page: words gather until a block ends."""

    def __init__(self) -> None:
        self.source = Source()
        self.drafts: list[Draft] = []
        self._words: list[str] = []
        self._tables = 0

    def children(self, element: etree._Element, level: int | None = None) -> None:
        self._words.append(_spaced(element.text))
        for child in element:
            tag = str(child.tag).lower()
            if tag == "br":
                self._words.append("\n")
            elif tag == "table":
                self.flush(level)
                self._table(child)
            elif tag in _INLINE:
                self.children(child, level)
            elif tag not in _SILENT:
                self.flush(level)
                self.children(child, _HEADINGS.get(tag, level))
                self.flush(_HEADINGS.get(tag, level))
            self._words.append(_spaced(child.tail))

    def flush(self, level: int | None = None) -> None:
        """The words so far as one paragraph."""
        lines = [line for line in _tidy("".join(self._words)) if line]
        self._words = []
        if lines:
            self._put("\n" if self.source.position else "", lines, Draft(Role.HEADING if level else Role.PARAGRAPH, level=level))

    def hidden(self, words: str) -> Trace:
        """Words that the page does not show, out of the running text, on a line after everything else."""
        self._put("\n" if self.source.position else "", [words], Draft(Role.HIDDEN))
        return Trace(Residue.HIDDEN_TEXT, Span(self.source.position - len(words), self.source.position), words)

    def _put(self, separator: str, lines: list[str], draft: Draft) -> None:
        self.source.write(separator)
        start = self.source.position
        self.source.write("\n".join(lines))
        draft.regions = [(start, self.source.position)]
        self.drafts.append(draft)

    def _table(self, table: etree._Element) -> None:
        number, self._tables = self._tables, self._tables + 1
        taken: set[tuple[int, int]] = set()
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        for index, row in enumerate(rows):
            column = 0
            for position, cell in enumerate(child for child in row if child.tag in {"td", "th"}):
                while (index, column) in taken:
                    column += 1
                across, down = _span(cell.get("colspan")), _span(cell.get("rowspan"))
                taken.update((index + r, column + c) for r in range(down) for c in range(across))
                separator = "\t" if position else "\n" if self.source.position else ""
                words = [line for line in _tidy("".join(_all_words(cell))) if line]
                place = Draft(Role.CELL, table=number, row=index, column=column, row_span=down, column_span=across)
                self._put(separator, words, place)
                column += across


def _all_words(element: etree._Element) -> list[str]:
    words = [_spaced(element.text)]
    for child in element:
        tag = str(child.tag).lower()
        if tag not in _SILENT:
            words += ["\n"] if tag == "br" else [] if tag in _INLINE else ["\n"]
            words += _all_words(child)
            words += [] if tag in _INLINE or tag == "br" else ["\n"]
        words.append(_spaced(child.tail))
    return words


def _tidy(text: str) -> list[str]:
    return [re.sub(" {2,}", " ", line).strip(" ") for line in text.split("\n")]


def _spaced(text: str | None) -> str:
    """White space in the file is one blank; a non-breaking one is a blank too."""
    return re.sub(r"[ \t\r\n\f\xa0]+", " ", text or "")


def _span(value: str | None) -> int:
    return min(int(value), 200) if value and value.isascii() and value.isdecimal() and len(value) < 9 and int(value) else 1
