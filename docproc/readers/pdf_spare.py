"""Pages that PDFium cannot load from a file it opened, taken from the file as it is after a repair.

The file itself is opened anew to be compared with its repair: PDFium, asked several times for a page that does not load, gives the wrong
page for a later number.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pypdfium2

_COMPARED: Final = 3  # sound pages that must be the same in the repaired file


class Spares:
    """The repaired files of one document, made when the first page is missing."""

    def __init__(self, data: bytes, count: int) -> None:
        self._data, self._count = data, count
        self._made: list[pypdfium2.PdfDocument] | None = None

    def page(self, number: int) -> pypdfium2.PdfPage | None:
        """The page (from 1) from the first repaired file in which it loads and shows something."""
        if self._made is None:
            self._made = list(self._repaired())
        for document in self._made:
            page = _loaded(document, number)
            if page is not None and _objects(page):
                return page
        return None

    def close(self) -> None:
        """Gives the repaired files back."""
        for document in self._made or ():
            document.close()

    def _repaired(self) -> Iterator[pypdfium2.PdfDocument]:
        """Repaired files with the same pages at the same places."""
        import pypdfium2

        from docproc.readers.pdf_repair import repairs

        for attempt in repairs(self._data):
            with suppress(pypdfium2.PdfiumError):
                document = pypdfium2.PdfDocument(attempt)
                if len(document) == self._count and self._alike(document):
                    yield document
                else:
                    document.close()

    def _alike(self, document: pypdfium2.PdfDocument) -> bool:
        """A repair puts pages in the order in which they stand in the file: the sound ones show whether that is theirs."""
        import pypdfium2

        damaged = pypdfium2.PdfDocument(self._data)
        try:
            sound = (number for number in range(1, self._count + 1) if _shown(damaged, number)[0])
            return all(_shown(damaged, number) == _shown(document, number) for number in islice(sound, _COMPARED))
        finally:
            damaged.close()


def _loaded(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage | None:
    import pypdfium2

    try:
        return document[number - 1]
    except pypdfium2.PdfiumError:
        return None


def _objects(page: pypdfium2.PdfPage) -> int:
    import pypdfium2.raw as pdfium

    return int(pdfium.FPDFPage_CountObjects(page.raw))


def _shown(document: pypdfium2.PdfDocument, number: int) -> tuple[int, str]:
    """How many objects a page has and what its text is; nothing of a page that does not load."""
    page = _loaded(document, number)
    if page is None:
        return 0, ""
    try:
        return _objects(page), page.get_textpage().get_text_range()
    finally:
        page.close()
