"""Reads a PDF: PDFium's text page by page, a box for every code point, blocks, seals, bookmarks and signatures."""

from __future__ import annotations

from array import array
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from docproc.model import Box, Content, Loss, Page, PageQuality, Problem, Recognised, Seal, Trace
from docproc.readers.pdf_fields import noted_on, unread_form, with_filled
from docproc.readers.pdf_layout import PageLayout, blocks
from docproc.readers.pdf_lines import Glyphs
from docproc.readers.pdf_marks import outline, signatures
from docproc.readers.pdf_objects import Drawing, drawing
from docproc.readers.pdf_pictures import PER_PAGE, Beside, listed, pictures
from docproc.readers.pdf_quality import NOTHING_DRAWN, quality
from docproc.readers.pdf_spare import Spares
from docproc.readers.pdf_tables import grids
from docproc.readers.pdf_text import Frame, PageText, frame_of, page_text, turned
from docproc.readers.progress import tell
from docproc.readers.scan import DPI, PIXELS_AT_MOST, REASONS, Scan, Scanner, State, losses
from docproc.readers.stamps import Stamps

if TYPE_CHECKING:
    import pypdfium2

_PAGE_BREAK = "\f"
_DPI = 100
_PIXELS_AT_MOST = 2400
_BLANK_AT_MOST = 20  # pages whose contents are looked for
_IMAGE_AT_LEAST = 40.0  # points: smaller images are bullets and icons


def read(data: bytes) -> Content:
    """Reads a PDF's bytes, repaired where they are damaged. What cannot be read is a loss; nothing raises for a bad file."""
    import pypdfium2

    repaired = False
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        mended = None if _locked(error) else _mended(data)
        if mended is None:
            return _unopened(error)
        document, count, repaired = mended, len(mended), True
    reading = _Reading(document, count, data, repaired)
    try:
        return reading.content()
    finally:
        reading.spares.close()
        document.close()


def _mended(data: bytes) -> pypdfium2.PdfDocument | None:
    """The document after the first repair that gives it pages."""
    import pypdfium2

    from docproc.readers.pdf_repair import repairs

    for attempt in repairs(data):
        with suppress(pypdfium2.PdfiumError):
            document = pypdfium2.PdfDocument(attempt)
            if len(document):
                return document
            document.close()
    return None


def _locked(error: Exception) -> bool:
    import pypdfium2.raw as pdfium

    return getattr(error, "err_code", None) in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}


def _unopened(error: Exception) -> Content:
    if _locked(error):
        code, message = "encrypted", "PDF 设有打开密码，无法读取，请提供未加密的文件。"
    else:
        code, message = "damaged", "PDF 文件已损坏，无法打开，请重新导出。"
    return Content(format="pdf", losses=(Loss(code, message),), problems=(Problem(code, message),))


class _Reading:
    """One PDF while it is read."""

    def __init__(self, document: pypdfium2.PdfDocument, count: int, data: bytes, repaired: bool) -> None:
        self.document, self.count, self.data, self.repaired = document, count, data, repaired
        self.pages: list[Page] = []
        self.texts: list[str] = []
        self.layouts: list[PageLayout] = []
        self.unreadable: list[int] = []
        self.mended: list[int] = []
        self.spares = Spares(data, count)
        self.seals: list[Seal] = []
        self.recognised: list[Recognised] = []
        self.scanned: dict[State, list[int]] = {}
        self.scanner = Scanner()
        self.stamps = Stamps()
        self.beside = Beside()
        self.traces: list[Trace] = []

    def content(self) -> Content:
        self._forms()
        start = 0
        for number in range(1, self.count + 1):
            self._page(number, start)
            start = self.pages[-1].end + len(_PAGE_BREAK)
            tell(number, self.count)
        found, problems = self._losses()
        return Content(
            format="pdf",
            text=_PAGE_BREAK.join(self.texts),
            pages=tuple(self.pages),
            blocks=blocks(self.layouts),
            losses=found,
            problems=problems,
            seals=tuple(self.seals),
            signatures=signatures(self.document),
            outline=outline(self.document),
            recognised=tuple(self.recognised),
            traces=tuple(self.traces),
        )

    def _forms(self) -> None:
        """Makes fields answer; before the first page is opened."""
        import pypdfium2

        with suppress(pypdfium2.PdfiumError):
            if self.document.get_formtype():
                self.document.init_forms()

    def _page(self, number: int, start: int) -> None:
        import pypdfium2

        try:
            page = self.document[number - 1]
        except pypdfium2.PdfiumError:
            spare = self.spares.page(number)
            (self.unreadable if spare is None else self.mended).append(number)
            if spare is None:
                self.texts.append("")
                self.pages.append(Page(number, start, start, 0.0, 0.0, PageQuality.BLANK, "页面已损坏"))
                return
            page = spare
        try:
            frame = frame_of(page)
            noted = noted_on(page)
            typeset = page_text(page, frame)
            text = with_filled(typeset, noted.filled)
            drawn = drawing(page)
            colour = self._seals(page, number, text, drawn)
            covered = drawn.covered((frame.left, frame.bottom, frame.right, frame.top))
            kind, reason = quality(typeset.text, covered, drawn.count > 0, drawn.curves, drawn.texts)
            if noted.filled and kind in {PageQuality.PICTURE, PageQuality.BLANK}:
                kind, reason = PageQuality.TEXT, ""  # the scan under what was filled in is a picture beside it
            if kind in {PageQuality.PICTURE, PageQuality.GARBLED}:
                scan = self._scan(page, number, start, frame, (0.0, 0.0, *frame.size))
                self.scanned.setdefault(scan.state, []).append(number)
                if kind is PageQuality.PICTURE or scan.text:
                    self._scanned_page(number, start, frame, scan, colour)
                    return
            self.traces.extend(noted.traces(start + len(text.text)))
            scans = self._pictures(page, number, start + len(text.text), typeset, drawn) if kind is not PageQuality.GARBLED else []
        finally:
            page.close()
        boxes, words = _floats(text), [text.text]
        if kind is PageQuality.TEXT and text.text.strip():
            self.layouts.append(_layout(number, start, text, drawn))
        for scan in scans:
            boxes.extend((0.0,) * 4)
            boxes.extend(scan.boxes)
            words.append(scan.text)
            self.layouts.extend(scan.layouts)
        shown = "\n".join(words)
        if scans and kind is PageQuality.BLANK:
            kind, reason = PageQuality.RECOGNISED, REASONS[State.RECOGNISED]
        self.texts.append(shown)
        self.pages.append(Page(number, start, start + len(shown), *frame.size, kind, reason, boxes, colour))

    def _pictures(self, page: pypdfium2.PdfPage, number: int, end: int, text: PageText, drawn: Drawing) -> list[Scan]:
        """What recognition reads on pictures beside the page's text, which ends at `end`: each goes after it on lines of its own."""
        read: list[Scan] = []
        seals = [seal.box for seal in self.seals if seal.page == number]
        for order, box in enumerate(pictures(drawn, text, seals)):
            scan = self._scan(page, number, end + 1, text.frame, box) if order < PER_PAGE else Scan(State.TOO_MANY)
            self.beside.note(scan.state, number, box, text.frame.size)
            if scan.text:
                read.append(scan)
                self.recognised.append(Recognised(end + 1, scan.confidences))
                end += 1 + len(scan.text)
        return read

    def _scan(self, page: pypdfium2.PdfPage, number: int, start: int, frame: Frame, box: Box) -> Scan:
        """Recognises what is shown in a box of the page as displayed (points)."""
        page.set_rotation(90 * frame.turns)  # page_text() takes it off
        width, height = frame.size
        scale = min(DPI / 72, PIXELS_AT_MOST / max(width, height, 1.0))
        x0, y0, x1, y1 = box
        picture = page.render(scale=scale, rev_byteorder=True, crop=(x0, height - y1, width - x1, y0)).to_numpy()[:, :, :3]
        stamps = [seal.box for seal in self.seals if seal.page == number]
        return self.scanner.scan(np.ascontiguousarray(picture), number, start, 1 / scale, origin=(x0, y0), stamps=stamps)

    def _scanned_page(self, number: int, start: int, frame: Frame, scan: Scan, colour: bool | None) -> None:
        self.texts.append(scan.text)
        self.pages.append(
            Page(number, start, start + len(scan.text), *frame.size, scan.quality, REASONS[scan.state], scan.boxes, colour, scan.look)
        )
        self.layouts.extend(scan.layouts)
        if scan.text:
            self.recognised.append(Recognised(start, scan.confidences))

    def _seals(self, page: pypdfium2.PdfPage, number: int, text: PageText, drawn: Drawing) -> bool | None:
        """Looks for seals where the page could hold one. Returns whether the page shows colour, None where it was not looked at."""
        if not (drawn.red or drawn.largest_image() > _IMAGE_AT_LEAST or drawn.annotated):
            return None
        from docproc.readers.seal import find_rings, shows_colour
        from docproc.readers.stamps import DPI as STAMP_DPI
        from docproc.readers.stamps import around

        frame = text.frame
        width, height = frame.right - frame.left, frame.top - frame.bottom
        scale = min(_DPI / 72, _PIXELS_AT_MOST / max(width, height, 1.0))
        picture = page.render(scale=scale, rev_byteorder=True).to_numpy()[:, :, :3]
        if not shows_colour(picture):
            return False
        for found, ring in find_rings(picture, (width, height), number):
            left, top, right, bottom = around(ring, (width, height))
            edges = (left, height - bottom, width - right, top)
            place = page.render(scale=STAMP_DPI / 72, rev_byteorder=True, crop=edges).to_numpy()[:, :, :3]
            seal = self.stamps.looked_at(found, ring, place, 72 / STAMP_DPI, (left, top), frame.turns)
            box = turned(np.array([seal.box], np.float32), frame.turns, width, height)[0].tolist()
            self.seals.append(replace(seal, box=(box[0], box[1], box[2], box[3])))
        return True

    def _losses(self) -> tuple[tuple[Loss, ...], tuple[Problem, ...]]:
        found: list[Loss] = []
        problems: list[Problem] = []
        found.extend(losses(self.scanned, {state: f"第 {listed(pages)} 页" for state, pages in self.scanned.items()}))
        found.extend(self.beside.losses())
        found.extend(unread_form(self.document))
        if self.pages and not self.unreadable and all(page.quality is PageQuality.BLANK for page in self.pages):
            found.append(
                Loss("unread_page", "文件各页均为空白，没有读出任何内容，请核对原件。", self.count, tuple(range(1, self.count + 1)))
            )
        damaged = [
            (self.unreadable, "已损坏，无法读取。"),
            (self.mended, "已损坏，修复后读出，可能不完整，请重新导出。"),
            (self._emptied(), "的内容已损坏，没有读出，请重新导出。"),
        ]
        for pages, what in damaged:
            if pages:
                message = f"第 {listed(pages)} 页{what}"
                found.append(Loss("damaged", message, len(pages), tuple(pages)))
                problems.append(Problem("damaged", message))
        if self.unreadable or self.mended:
            return tuple(found), tuple(problems)
        if self.repaired:
            message = f"PDF 文件已损坏，修复后读出 {self.count} 页，可能不完整，请重新导出。"
            found.append(Loss("damaged", message, self.count, tuple(range(1, self.count + 1))))
            problems.append(Problem("damaged", message))
        elif not self.count or b"%%EOF" not in self.data[-2048:]:
            message = "PDF 文件不完整（可能在传输中被截断），只读出了其中一部分，请重新导出。"
            found.append(Loss("damaged", message))
            problems.append(Problem("damaged", message))
        return tuple(found), tuple(problems)

    def _emptied(self) -> list[int]:
        """The pages on which nothing is drawn though the file says what to draw."""
        blank = [page.number for page in self.pages if page.reason == NOTHING_DRAWN]
        if not blank or len(blank) == self.count:
            return []
        from docproc.readers.pdf_repair import emptied

        return emptied(self.data, blank[:_BLANK_AT_MOST])


def _layout(number: int, start: int, text: PageText, drawn: Drawing) -> PageLayout:
    """The page as its writing stands upright, whichever way it is turned on the displayed page."""
    width, height = text.frame.size
    boxes = turned(text.boxes, -text.turns, width, height).astype(np.float64)
    boxes[(text.boxes[:, 2] <= text.boxes[:, 0]).nonzero()[0]] = 0
    lines = turned(text.frame.display(drawn.line_boxes()), -text.turns, width, height) if drawn.lines else None
    if text.turns % 2:
        width, height = height, width
    glyphs = Glyphs(text.text, boxes, text.sizes.astype(np.float64), text.tilted)
    ruled = grids(lines) if lines is not None else ()
    return PageLayout(number, start, width, height, glyphs, ruled)


def _floats(text: PageText) -> array[float]:
    return array("f", text.boxes.tobytes())
