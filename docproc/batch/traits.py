"""What a package is compared with others by: sampled shingles of its paragraphs, the figures of its tables, the look of its scans.

Papers whose words are anybody's (licence, pledge, credit report, audit report's opinion) are not sampled.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from docproc.mask import mask_text
from docproc.model import Block, Document, Kind
from docproc.review import Review
from docproc.shingles import letters_in, shingles

if TYPE_CHECKING:
    from docproc.text.view import View

SHORTEST: Final = 60  # letters of a paragraph that is sampled
LEAST_FIGURES: Final = 6  # different figures of a table that is compared
EXCERPT: Final = 60
_PROSE: Final = frozenset({Kind.FORM, Kind.MATURITY, Kind.SAFETY, Kind.ANNEX, Kind.UNKNOWN, Kind.PATENT})
_FIGURE: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


def traits_of(review: Review) -> dict[str, Any]:
    """The traits of a reviewed package as plain data: texts, tables, pages, each with its place in words."""
    shown = mask_text if review.report.masked else str  # what is masked is as long as before
    found: dict[str, Any] = {"texts": [], "tables": [], "pages": []}
    seen: set[str] = set()
    for document in review.documents:
        if document.kind in _PROSE:
            found["texts"] += _texts(document, review.views[document.id], review.report.package.applicant or "", shown)
        if document.file.path not in seen:
            seen.add(document.file.path)
            words = shown(document.file.content.text)
            found["tables"] += _tables(document, words)
            found["pages"] += _pages(document, words)
    return {name: entries for name, entries in found.items() if entries}


def _texts(document: Document, view: View, applicant: str, shown: Callable[[str], str]) -> Iterator[list[Any]]:
    """[place, excerpt, letters, shingles] of each long paragraph. The applicant's name is left out: a copy names its own firm."""
    position = 0
    for line in shown(view.text).split("\n"):
        own = line.replace(applicant, "") if applicant else line
        letters = letters_in(own) if len(own) >= SHORTEST and "\t" not in own else 0
        if letters >= SHORTEST and (sampled := shingles(own)):
            yield [_place(document, view.spans(position, position + 1)[0].start), line.strip()[:EXCERPT], letters, sampled]
        position += len(line) + 1


def _tables(document: Document, words: str) -> Iterator[list[Any]]:
    """[place, excerpt, figures] of each table of a file with enough different figures; years, numbering and small counts are none."""
    content = document.file.content
    cells = [block for block in content.blocks if block.cell is not None]
    for _, members in groupby(cells, key=_table):
        table = list(members)
        texts = [_text(words, block) for block in table]
        figures = sorted({figure for text in texts for figure in figures_in(text)})
        if len(figures) >= LEAST_FIGURES:
            place = document.file.path + (f"第{table[0].page}页" if table[0].page else "")
            yield [place, " ".join(" ".join(texts).split())[:EXCERPT], figures]


def _pages(document: Document, words: str) -> Iterator[list[Any]]:
    """[place, look, shingles] of each page that is a picture, and of the papers among a Word file's pictures; the shingles of what
    was recognised on it."""
    content = document.file.content
    for page in content.pages:
        if page.look:
            yield [f"{document.file.path}第{page.number}页", page.look, shingles(words[page.start : page.end])]
    for number, shown in enumerate(content.pictures, start=1):
        yield [f"{document.file.path}第{number}幅图片", shown.look, shingles(words[shown.start : shown.end])]


def figures_in(text: str) -> Iterator[str]:
    """The telling figures of a cell: three digits or more that are neither a year nor round."""
    for found in _FIGURE.finditer(text):
        digits = found[0].replace(",", "")
        plain = digits.replace(".", "").strip("0")
        if len(plain) >= 3 and not _YEAR.fullmatch(digits):
            yield digits


def _table(block: Block) -> tuple[int | None, int]:
    return (block.page, block.cell.table) if block.cell is not None else (None, -1)


def _text(words: str, block: Block) -> str:
    return "".join(words[span.start : span.end] for span in block.spans)


def _place(document: Document, position: int) -> str:
    pages = document.file.content.pages
    index = bisect_right([page.start for page in pages], position) - 1
    return document.file.path + (f"第{pages[index].number}页" if pages and index >= 0 else "")
