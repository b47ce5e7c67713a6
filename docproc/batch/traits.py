"""What a package is compared with others by: sampled shingles of its paragraphs, the figures of its tables, the look of its scans.

Shingles are runs of LENGTH letters or digits, hashed, of which those whose hash is a multiple of SAMPLE are kept (Manber 1994, Broder
1997): the same choice in every package, so that equal text gives equal samples whatever stands round it. Papers whose words are anybody's
(licence, pledge, credit report, audit report's opinion) are not sampled.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from docproc.model import Block, Content, Document, Kind
from docproc.review import Review

if TYPE_CHECKING:
    from docproc.text.view import View

LENGTH: Final = 14  # letters of a shingle
SAMPLE: Final = 6  # one shingle in so many is kept
SHORTEST: Final = 60  # letters of a paragraph that is sampled
LEAST_FIGURES: Final = 6  # different figures of a table that is compared
EXCERPT: Final = 60
_PROSE: Final = frozenset({Kind.FORM, Kind.MATURITY, Kind.SAFETY, Kind.ANNEX, Kind.UNKNOWN, Kind.PATENT})
_LETTERS: Final = re.compile(r"\W+|_+")
_FIGURE: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_MASK: Final = (1 << 64) - 1
_MULTIPLIER: Final = 0x9E3779B97F4A7C15


def traits_of(review: Review) -> dict[str, Any]:
    """The traits of a reviewed package as plain data: texts, tables, pages, each with its place in words."""
    found: dict[str, Any] = {"texts": [], "tables": [], "pages": []}
    seen: set[str] = set()
    for document in review.documents:
        if document.kind in _PROSE:
            found["texts"] += _texts(document, review.views[document.id], review.report.package.applicant or "")
        if document.file.path not in seen:
            seen.add(document.file.path)
            found["tables"] += _tables(document)
            found["pages"] += _pages(document)
    return {name: entries for name, entries in found.items() if entries}


def shingles(text: str) -> list[int]:
    """The sampled shingles of a text, as numbers below 2**64, each once, in ascending order."""
    import numpy as np

    letters = _LETTERS.sub("", text)
    if len(letters) < LENGTH:
        return []
    codes = np.frombuffer(letters.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    sums = np.zeros(len(codes) - LENGTH + 1, dtype=np.uint64)
    factor = 1
    for offset in range(LENGTH):
        sums += codes[offset : offset + len(sums)] * np.uint64(factor)
        factor = factor * 1_000_003 & _MASK
    sums ^= sums >> np.uint64(31)
    sums *= np.uint64(_MULTIPLIER)
    sums ^= sums >> np.uint64(29)
    kept = np.unique(sums[sums % np.uint64(SAMPLE) == 0])
    return [int(each) for each in kept]


def letters_in(text: str) -> int:
    """How many letters and digits a text has."""
    return len(_LETTERS.sub("", text))


def _texts(document: Document, view: View, applicant: str) -> Iterator[list[Any]]:
    """[place, excerpt, letters, shingles] of each long paragraph. The applicant's name is left out: a copy names its own firm."""
    position = 0
    for line in view.text.split("\n"):
        own = line.replace(applicant, "") if applicant else line
        letters = letters_in(own) if len(own) >= SHORTEST and "\t" not in own else 0
        if letters >= SHORTEST and (sampled := shingles(own)):
            yield [_place(document, view.spans(position, position + 1)[0].start), line.strip()[:EXCERPT], letters, sampled]
        position += len(line) + 1


def _tables(document: Document) -> Iterator[list[Any]]:
    """[place, excerpt, figures] of each table of a file with enough different figures; years, numbering and small counts are none."""
    content = document.file.content
    cells = [block for block in content.blocks if block.cell is not None]
    for _, members in groupby(cells, key=_table):
        table = list(members)
        texts = [_text(content, block) for block in table]
        figures = sorted({figure for text in texts for figure in figures_in(text)})
        if len(figures) >= LEAST_FIGURES:
            place = document.file.path + (f"第{table[0].page}页" if table[0].page else "")
            yield [place, " ".join(" ".join(texts).split())[:EXCERPT], figures]


def _pages(document: Document) -> Iterator[list[Any]]:
    """[place, look, shingles] of each page that is a picture; the shingles of what was recognised on it."""
    content = document.file.content
    for page in content.pages:
        if page.look:
            yield [f"{document.file.path}第{page.number}页", page.look, shingles(content.text[page.start : page.end])]


def figures_in(text: str) -> Iterator[str]:
    """The telling figures of a cell: three digits or more that are neither a year nor round."""
    for found in _FIGURE.finditer(text):
        digits = found[0].replace(",", "")
        plain = digits.replace(".", "").strip("0")
        if len(plain) >= 3 and not _YEAR.fullmatch(digits):
            yield digits


def _table(block: Block) -> tuple[int | None, int]:
    return (block.page, block.cell.table) if block.cell is not None else (None, -1)


def _text(content: Content, block: Block) -> str:
    return "".join(content.text[span.start : span.end] for span in block.spans)


def _place(document: Document, position: int) -> str:
    pages = document.file.content.pages
    index = bisect_right([page.start for page in pages], position) - 1
    return document.file.path + (f"第{pages[index].number}页" if pages and index >= 0 else "")
