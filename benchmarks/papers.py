"""Papers of known make for the reading benchmark: prose and ruled tables, as PDF of several makers, and as Word."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

from benchmarks.package import HEAD, PROSE

_CELLS = (
    ("序号", "指标名称", "2023年", "2024年", "2025年"),
    ("1", "营业收入（万元）", "12,066.58", "13,334.56", "13,886.06"),
    ("2", "研发投入（万元）", "603.33", "733.40", "902.59"),
    ("3", "关键工序数控化率（%）", "82.5", "88.0", "91.4"),
    ("4", "职工人数（人）", "412", "430", "428"),
)


def reportlab(pages: int, *, ruled: bool) -> bytes:
    """Pages drawn by reportlab in a font that is not embedded."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    for page in range(1, pages + 1):
        canvas.setFont("STSong-Light", 12)
        y = 780
        for line in _lines(page, 6 if ruled else 14):
            canvas.drawString(70, y, line)
            y -= 20
        for cells in _table(page) if ruled else ():
            for column, cell in enumerate(cells):
                canvas.rect(60 + column * 95, y - 8, 95, 24)
                canvas.drawString(64 + column * 95, y, cell[:7])
            y -= 24
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def word(pages: int, *, ruled: bool) -> bytes:
    """A Word file of about so many pages, with a header and, where `ruled`, a table a page."""
    from docx import Document

    document = Document()
    document.sections[0].header.paragraphs[0].text = HEAD
    for page in range(1, pages + 1):
        for line in _paragraphs(page, 6 if ruled else 14):
            document.add_paragraph().add_run(line)
        rows = _table(page) if ruled else []
        if not rows:
            continue
        table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, words in zip(row.cells, cells, strict=True):
                cell.text = words
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def makers() -> dict[str, Callable[[int, bool, Path], bytes]]:
    """The makers of PDF at hand: LibreOffice and Chromium where they are installed."""
    found: dict[str, Callable[[int, bool, Path], bytes]] = {"reportlab": lambda pages, ruled, _: reportlab(pages, ruled=ruled)}
    office = shutil.which("soffice")
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if office:
        found["LibreOffice"] = partial(_by_office, office)
    if browser:
        found["Chromium"] = partial(_by_browser, browser)
    return found


def _by_office(program: str, pages: int, ruled: bool, folder: Path) -> bytes:
    source = folder / "paper.docx"
    source.write_bytes(word(pages, ruled=ruled))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    done = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(done, check=True, capture_output=True, timeout=300)  # noqa: S603 - the installed program
    return (folder / "paper.pdf").read_bytes()


def _by_browser(program: str, pages: int, ruled: bool, folder: Path) -> bytes:
    body = []
    for page in range(1, pages + 1):
        body += [f"<p>{line}</p>" for line in _paragraphs(page, 6 if ruled else 14)]
        if ruled:
            rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>" for cells in _table(page))
            body.append(f"<table>{rows}</table>")
    style = "table{border-collapse:collapse} td{border:1px solid black;padding:4px}"
    source = folder / "paper.html"
    source.write_text(f"<meta charset=utf-8><style>{style}</style>{''.join(body)}", encoding="utf-8")
    target = folder / "printed.pdf"
    done = [program, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={target}", source.as_uri()]
    subprocess.run(done, check=True, capture_output=True, timeout=300)  # noqa: S603 - the installed program
    return target.read_bytes()


def _paragraphs(page: int, count: int) -> list[str]:
    head = [HEAD if page == 1 else f"第{page}节 建设内容"]
    prose = (PROSE[(page + row) % len(PROSE)].format(n=page + row, p=10 + (page * row) % 80, y=2023 + row % 3) for row in range(count))
    return [*head, *prose]


def _lines(page: int, count: int) -> list[str]:
    return [text[start : start + 36] for text in _paragraphs(page, count) for start in range(0, len(text), 36)]


def _table(page: int) -> list[tuple[str, ...]]:
    return [_CELLS[0]] + [(*cells[:2], *(f"{value}" for value in cells[2:4]), f"{page}{cells[4]}") for cells in _CELLS[1:] * 2]
