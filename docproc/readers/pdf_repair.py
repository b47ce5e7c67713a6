"""Damaged PDFs made readable: a file cut off or patched in transfer often still holds whole pages, without the table that leads to them.

First by pypdf, which follows what is left of the file's structure. Where that is gone, the page objects themselves are looked for and a
new page tree is written behind them; PDFium then finds every object by going through the file.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pypdf import PageObject

_OBJECT: Final = re.compile(rb"(?<!\d)(\d{1,7})\s+(\d{1,5})\s+obj\b")
_PAGE: Final = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_PACKED: Final = re.compile(rb"/Type\s*/ObjStm")
_NUMBER: Final = {name: re.compile(rb"/%s\s+(\d{1,7})" % name) for name in (b"N", b"First")}
_WORDS: Final = re.compile(rb"(?:\([^()]{1,200}\)|<[0-9A-Fa-f\s]{1,400}>)\s{0,9}(?:[\d.\s-]{0,20}\]\s{0,9}TJ|Tj)")  # words put on a page
_STREAM: Final = re.compile(rb"stream\r?\n")
_HEAD: Final = 4096  # bytes of an object in which its dictionary's own entries are looked for
_OBJECTS_AT_MOST: Final = 200_000
_PAGES_AT_MOST: Final = 5000
_UNPACKED_AT_MOST: Final = 64 * 1024 * 1024


def repairs(data: bytes) -> Iterator[bytes]:
    """Attempts at a readable file, best first; none where nothing of a PDF is there."""
    with suppress(Exception):  # pypdf raises whatever it stumbles over
        if (copied := _copied(data)) is not None:
            yield copied
    if (rebuilt := _rebuilt(data)) is not None:
        yield rebuilt


def emptied(data: bytes, pages: Sequence[int]) -> list[int]:
    """Which of these pages (from 1), on which nothing is drawn, should show something: their contents cannot be found or are not empty."""
    import logging

    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    found = []
    with suppress(Exception):  # a file that pypdf cannot open tells nothing
        source = PdfReader(BytesIO(data), strict=False)
        for number in pages:
            if number <= len(source.pages) and _should_show(source.pages[number - 1]):
                found.append(number)
    return found


def _should_show(page: PageObject) -> bool:
    from pypdf.generic import IndirectObject, NullObject

    if "/Contents" not in page:
        return False
    contents = page.raw_get("/Contents")
    try:
        if isinstance(contents, IndirectObject) and isinstance(contents.get_object(), NullObject | None):
            return True
        stream = page.get_contents()
        return stream is not None and _WORDS.search(stream.get_data()) is not None
    except Exception:  # noqa: BLE001 - a stream that cannot be unpacked; pypdf's errors are of many kinds
        return True


def _copied(data: bytes) -> bytes | None:
    """The pages that pypdf reaches, written anew."""
    import logging

    from pypdf import PdfReader, PdfWriter

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    source = PdfReader(BytesIO(data), strict=False)
    if source.is_encrypted or not len(source.pages):
        return None
    writer = PdfWriter()
    for page in source.pages:
        writer.add_page(page)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def _rebuilt(data: bytes) -> bytes | None:
    """The file with what is packed unpacked, and a page tree over all its page objects in their order."""
    objects = dict(_objects(data))
    packed = {number: body for body in objects.values() for number, body in _unpacked(body)}
    pages = [number for number, body in [*objects.items(), *packed.items()] if _PAGE.search(body[:_HEAD])][:_PAGES_AT_MOST]
    if not pages:
        return None
    tree = max([*objects, *packed]) + 1
    kids = b" ".join(b"%d 0 R" % number for number in pages)
    added = [b"%d 0 obj\n%s\nendobj" % item for item in packed.items()]
    added.append(b"%d 0 obj\n<</Type/Pages/Count %d/Kids[%s]>>\nendobj" % (tree, len(pages), kids))
    added.append(b"%d 0 obj\n<</Type/Catalog/Pages %d 0 R>>\nendobj" % (tree + 1, tree))
    added.append(b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n0\n%%%%EOF\n" % (tree + 2, tree + 1))
    start = data.find(b"%PDF-", 0, 1024)
    head = b"" if start >= 0 else b"%PDF-1.7\n"
    return head + data[max(start, 0) :] + b"\nendstream\nendobj\n" + b"\n".join(added)


def _objects(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The objects by number; of several with one number the last, as an update has it."""
    places = [(found.end(), int(found[1])) for found in _OBJECT.finditer(data)][:_OBJECTS_AT_MOST]
    for (start, number), (end, _) in pairwise([*places, (len(data), 0)]):
        yield number, data[start:end]


def _unpacked(body: bytes) -> Iterator[tuple[int, bytes]]:
    """The objects inside an object stream (ISO 32000-1 §7.5.7), as far as it can be decompressed."""
    head = body[:_HEAD]
    stream = _STREAM.search(body)
    count, first = (pattern.search(head) for pattern in _NUMBER.values())
    if not _PACKED.search(head) or stream is None or count is None or first is None:
        return
    try:
        plain = zlib.decompressobj().decompress(body[stream.end() :], _UNPACKED_AT_MOST)
    except zlib.error:
        return
    numbers = [int(word) for word in plain[: int(first[1])].split() if word.isdigit()]
    places = list(zip(numbers[::2], numbers[1::2], strict=False))[: int(count[1])]
    for (number, start), end in zip(places, [*(at for _, at in places[1:]), len(plain)], strict=False):
        yield number, plain[int(first[1]) + start : int(first[1]) + end]
