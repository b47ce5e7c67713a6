"""Prints how fast PDF and Word files are read, beside pdfplumber, raw PDFium and python-docx, and whether they agree:
python -m benchmarks.reading
"""

from __future__ import annotations

import gc
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from benchmarks.papers import makers, word
from docproc.model import Content
from docproc.readers.table import read_bytes

PAGES = 30
WORD_PAGES = 120
RUNS = 5
GOALS = {"unruled": (15.0, 3.0), "ruled": (6.0, 7.0), "word": (15.0, 0.0)}


def main() -> None:
    print(f"CPU time; the median of {RUNS} rounds, in each of which all readers read the same file in turn.")
    print("peer/raw is the limit: where it is less than what is wanted of peer/docproc, no reader by PDFium can reach that.")
    print(f"{'':<24}{'docproc':>10}{'raw':>9}{'peer':>10}{'peer/docproc':>15}{'peer/raw':>10}{'docproc/raw':>14}  agreement")
    for kind, ruled in (("unruled", False), ("ruled", True)):
        for maker, make in makers().items():
            with tempfile.TemporaryDirectory() as folder:
                data = make(PAGES, ruled, Path(folder))
            _pdf(f"{maker}, {kind}", data, kind)
    _word(word(WORD_PAGES, ruled=True))


def _pdf(name: str, data: bytes, kind: str) -> None:
    """One PDF. The peer of pages with tables is pdfplumber's text with its tables, of pages without its text alone."""
    jobs = {"docproc": lambda: read_bytes("a.pdf", data), "raw": lambda: pdfium_text(data), "peer": lambda: plumber(data, kind == "ruled")}
    times, content = _times(jobs), read_bytes("a.pdf", data)
    pages = len(content.pages)
    text, cells = plumber(data, True)
    same = _characters(content.text) == _characters(text)
    agreement = f"{pages} pages, characters {'the same' if same else 'DIFFER'}"
    if kind == "ruled":
        own = _cells(content)
        equal = sum((own & cells).values())
        agreement += f", cells {equal} of {cells.total()} as pdfplumber's"
    _row(name, {reader: value / pages for reader, value in times.items()}, kind, agreement)


def _word(data: bytes) -> None:
    """A Word file of prose and tables, beside ways of reading the whole of it with python-docx's public API, the cheapest first."""
    own = read_bytes("a.docx", data).text
    for name, way in WAYS.items():
        peer = partial(way, data)
        slow = name == EVERYTHING
        times = _times({"docproc": lambda: read_bytes("a.docx", data), "peer": peer}, 2 if slow else RUNS)
        same = _characters(own) == _characters(peer())
        _row("Word", times, "word", f"{len(own):,} characters {'the same' if same else 'DIFFER'}; peer is python-docx, {name}")


def pdfium_text(data: bytes) -> str:
    """PDFium's own text of all pages and nothing else: the limit."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return "\f".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def plumber(data: bytes, tables: bool) -> tuple[str, Counter[str]]:
    """pdfplumber's text and, where asked, the words of its tables' cells."""
    import pdfplumber

    text: list[str] = []
    cells: Counter[str] = Counter()
    with pdfplumber.open(BytesIO(data)) as document:
        for page in document.pages:
            text.append(page.extract_text())
            for table in page.extract_tables() if tables else ():
                cells.update(_solid(cell) for row in table for cell in row if cell is not None)
            page.close()
    return "\f".join(text), cells


def text_alone(data: bytes, by_table: bool = False) -> str:
    """The file's text as python-docx tells it: paragraphs, tables with the words of each cell, headers and footers."""
    from docx import Document
    from docx.table import Table

    document = Document(BytesIO(data))
    lines: list[str] = []
    for each in document.iter_inner_content():
        if not isinstance(each, Table):
            lines.append(each.text)
        elif by_table:
            columns = range(len(each.columns))
            lines += ["\t".join(each.cell(row, column).text for column in columns) for row in range(len(each.rows))]
        else:
            lines += ["\t".join(cell.text for cell in row.cells) for row in each.rows]
    for section in document.sections:
        for margin in (section.header, section.footer):
            lines += [paragraph.text for paragraph in margin.paragraphs]
    return "\n".join(lines)


def in_order(data: bytes, styled: bool = False) -> str:
    """Paragraphs, their runs and the cells of tables in document order; `styled`: also each paragraph's style and whether a run is hidden,
    as a reader must know that tells headings and leaves hidden words out."""
    from docx import Document
    from docx.table import Table

    document = Document(BytesIO(data))
    lines: list[str] = []
    facts: list[object] = []

    def story(holder: Any) -> None:
        for each in holder.iter_inner_content():
            if isinstance(each, Table):
                for row in each.rows:
                    for cell in row.cells:
                        story(cell)
                continue
            lines.append("".join(run.text for run in each.runs))
            if styled:
                facts.append((each.style.name, [run.font.hidden for run in each.runs]))

    story(document)
    for section in document.sections:
        for margin in (section.header, section.footer):
            story(margin)
    return "\n".join(lines)


EVERYTHING = "paragraphs, runs and row.cells in order with style and hidden"
WAYS: dict[str, Callable[[bytes], str]] = {
    "text alone by row.cells": text_alone,
    "paragraphs, runs and row.cells in order": in_order,
    "text alone by table.cell(row, column)": partial(text_alone, by_table=True),
    EVERYTHING: partial(in_order, styled=True),
}


def _times(jobs: dict[str, Callable[[], object]], runs: int = RUNS) -> dict[str, float]:
    """Seconds of CPU for each job."""
    for job in jobs.values():
        job()
    rounds: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(runs):
        for name, job in jobs.items():
            gc.collect()
            start = time.process_time()
            job()
            rounds[name].append(time.process_time() - start)
    return {name: statistics.median(times) for name, times in rounds.items()}


def _row(name: str, times: dict[str, float], kind: str, agreement: str) -> None:
    faster, raw = GOALS[kind]
    limit = f"{times['docproc'] / times['raw']:6.1f} (≤{raw:g})" if "raw" in times else ""
    limited = f"{times['raw'] * 1000:6.2f} ms" if "raw" in times else ""
    ratio = f"{times['peer'] / times['docproc']:6.1f} (≥{faster:g})"
    own, peer = f"{times['docproc'] * 1000:7.2f} ms", f"{times['peer'] * 1000:7.1f} ms"
    most = f"{times['peer'] / times['raw']:6.1f}" if "raw" in times else ""
    print(f"{name:<24}{own:>10}{limited:>9}{peer:>10}{ratio:>15}{most:>10}{limit:>14}  {agreement}")


def _solid(text: str) -> str:
    """The text without spaces, radicals as the characters they stand for."""
    from docproc.text.radicals import restore_ideographs

    for edit in reversed(list(restore_ideographs(text))):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return "".join(text.split())


def _characters(text: str) -> Counter[str]:
    return Counter(_solid(text))


def _cells(content: Content) -> Counter[str]:
    return Counter(
        _solid("".join(content.text[start:end] for start, end in block.spans)) for block in content.blocks if block.cell is not None
    )


if __name__ == "__main__":
    main()
