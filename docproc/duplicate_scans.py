"""Papers that a package holds twice by their look: one scan at two sizes or compressions, and a scan of a paper that is there as text.

A pointer for a person: nothing is left out for it. Only pages and pictures that were looked at as pictures are compared, so that a
package of texts costs nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from docproc.alike_pages import ScannedPage, differing, same_pages
from docproc.duplicates import place
from docproc.model import Document, PageQuality
from docproc.shingles import shingles

_SAME_PAPER: Final = 0.6  # of the shingles of the text that has more
_TELLING: Final = 12  # shingles: about a hundred letters in a row
_RESIZED: Final = 0.45  # of the marks differ in one paper scanned in two sizes (0.04-0.41 measured), in two papers from 0.79 on
_SAME_WORDS: Final = 0.75  # of the shingles of the page that has fewer, where two sizes were recognised
_SAME_FIGURES: Final = 0.8  # of the figures (four digits and more) of the page that has fewer: certificates of one kind differ there
_LEAST_WORDS: Final = 5
_MOST: Final = 300  # pages of a package that are compared each with each
_FIGURE: Final = re.compile(r"\d{4,}")


def scanned_twice(documents: Sequence[Document], told: Mapping[str, str]) -> list[str]:
    """A sentence for each two documents with pages that are the same picture. `told`: documents known to be an earlier one, by id."""
    read = [page for owner, document in enumerate(documents) for page in _pages(owner, document)]
    pages = [page for page, _ in read]
    pairs = dict.fromkeys([*same_pages(pages), *(_resized(read) if len(read) <= _MOST else ())])
    shared: dict[tuple[int, int], list[tuple[str, str]]] = defaultdict(list)
    for one, other in pairs:
        owners = pages[one].owner, pages[other].owner
        if owners[0] != owners[1] and not _one_paper(documents[owners[0]], documents[owners[1]], told):
            shared[owners].append((pages[one].place, pages[other].place))
    return [
        f"“{documents[one].file.path}”{_places(first for first, _ in places)}与“{documents[other].file.path}”"
        f"{_places(second for _, second in places)}看起来是同一幅扫描件（大小或压缩可能不同），请核对是否重复提交或放错。"
        for (one, other), places in sorted(shared.items())
    ]


def scan_and_text(documents: Sequence[Document], texts: Mapping[str, str], told: Mapping[str, str]) -> list[str]:
    """A sentence for each scan whose recognised words are, but for reading errors, those of a document that holds them as text. `texts`:
    the words of each document, by id."""
    scans = [document for document in documents if _recognised(document)]
    if not scans:
        return []
    marks = {document.id: frozenset(shingles(texts[document.id])) for document in documents}
    scanned = {document.id for document in scans}
    found = []
    for scan in scans:
        own = marks[scan.id]
        for other in documents:
            theirs = marks[other.id]
            if other.id in scanned or min(len(own), len(theirs)) < _TELLING or _one_paper(scan, other, told):
                continue
            if len(own & theirs) >= _SAME_PAPER * max(len(own), len(theirs)):
                found.append(f"{place(scan)}看起来是{place(other)}的扫描件，两份都已读取。请核对内容是否一致。")
    return found


def _resized(pages: Sequence[tuple[ScannedPage, frozenset[str]]]) -> Iterator[tuple[int, int]]:
    """The positions of two pages that are one paper in two sizes: much alike, with the same words and the same figures."""
    for (one, (first, own)), (other, (second, theirs)) in combinations(enumerate(pages), 2):
        fewer = min(len(first.words), len(second.words))
        figures = min(len(own), len(theirs))
        if fewer < _LEAST_WORDS or not figures or len(own & theirs) < _SAME_FIGURES * figures:
            continue
        if len(first.words & second.words) >= _SAME_WORDS * fewer and differing(first.look, second.look) <= _RESIZED:
            yield one, other


def _pages(owner: int, document: Document) -> Iterator[tuple[ScannedPage, frozenset[str]]]:
    """The pages and pictures of a document that were looked at as pictures, each with the figures on it."""
    content = document.file.content
    first, last = document.page_range or (1, len(content.pages))
    for page in content.pages[first - 1 : last]:
        if page.look:
            where = f"第 {page.number} 页" if len(content.pages) > 1 else ""
            yield _page(owner, where, page.look, content.text[page.start : page.end])
    for number, picture in enumerate(content.pictures, start=1):
        yield _page(owner, f"的第 {number} 幅图片", picture.look, content.text[picture.start : picture.end])


def _page(owner: int, where: str, look: str, text: str) -> tuple[ScannedPage, frozenset[str]]:
    return ScannedPage(owner, where, look, frozenset(shingles(text))), frozenset(_FIGURE.findall(text))


def _one_paper(one: Document, other: Document, told: Mapping[str, str]) -> bool:
    """Whether the two were told to be one paper already."""
    return told.get(one.id, one.id) == told.get(other.id, other.id)


def _recognised(document: Document) -> bool:
    content = document.file.content
    if not content.pages:  # a Word file that holds little beside its pictures
        return 2 * sum(each.end - each.start for each in content.recognised) > len(content.text)
    first, last = document.page_range or (1, len(content.pages))
    own = content.pages[first - 1 : last]
    return sum(page.quality is PageQuality.RECOGNISED for page in own) * 2 > len(own)


def _places(places: Iterable[str]) -> str:
    """The place, or the first of several and their number."""
    distinct = list(dict.fromkeys(places))
    return distinct[0] if len(distinct) == 1 else f"{distinct[0]}等 {len(distinct)} 处"
