"""Makes an inbox of known make: text packages, scanned ones, and some that are damaged, empty or no files at all."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import Final

from benchmarks.package import build

PAGES = 12  # of a text package's form
BAD_NAMES: Final = ("空", "坏")  # that names of bad packages begin with
_ENDLESS: Final = 600  # thousand words on one page: minutes for any reader
_EXPLODING: Final = 700 * 1024 * 1024  # bytes in an archive of one 1000th of it


def text_packages(inbox: Path, count: int) -> Path:
    """So many packages of a form in PDF and a licence, each of another firm."""
    for number in range(count):
        build(inbox / f"{number + 1:04d}", PAGES, f"天津第{number + 1}机床有限公司", number)
    return inbox


def scanned_packages(inbox: Path, count: int, pages: int = 1) -> Path:
    """So many packages whose form is a picture of its pages (200 dpi, JPEG)."""
    for number in range(count):
        folder = inbox / f"扫描{number + 1:03d}"
        folder.mkdir(parents=True)
        (folder / "申报书.pdf").write_bytes(scan(pages, number))
    return inbox


def bad_packages(inbox: Path, count: int) -> Path:
    """So many packages that cannot be read: an empty folder, an archive cut short, a broken PDF file, an archive that explodes,
    and a PDF page that takes longer than its reader may."""
    makers = (_empty, _cut_short, _broken, _exploding, _endless)
    inbox.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        makers[number % len(makers)](inbox, number)
    return inbox


def _empty(inbox: Path, number: int) -> None:
    (inbox / f"空{number}").mkdir()


def _cut_short(inbox: Path, number: int) -> None:
    (inbox / f"坏{number}.zip").write_bytes(b"PK\x03\x04" + bytes(60))


def _broken(inbox: Path, number: int) -> None:
    (inbox / f"坏{number}.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 20)


def _exploding(inbox: Path, number: int) -> None:
    with zipfile.ZipFile(inbox / f"坏{number}.zip", "w", zipfile.ZIP_DEFLATED) as archive, archive.open("申报书.txt", "w") as member:
        piece = bytes(1024 * 1024)
        for _ in range(_EXPLODING // len(piece)):
            member.write(piece)


def _endless(inbox: Path, number: int) -> None:
    words = b"".join(b"1 0 0 1 %d %d Tm (ab)Tj\n" % (7 * place % 595, 11 * place % 842) for place in range(1000))
    stream = zlib.compress(b"BT /F1 1 Tf " + words * _ENDLESS + b" ET", 1)
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n" % len(stream) + stream + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    body = b"".join(b"%d 0 obj%b\nendobj\n" % (place, content) for place, content in enumerate(objects, start=1))
    (inbox / f"坏{number}.pdf").write_bytes(b"%PDF-1.4\n" + body + b"trailer<</Size 6/Root 1 0 R>>\n%%EOF")


def scan(pages: int, seed: int = 0) -> bytes:
    """A PDF whose pages are pictures."""
    import io
    import tempfile

    import pypdfium2

    with tempfile.TemporaryDirectory() as folder:
        made = build(Path(folder) / "a", pages, f"天津第{seed + 1}机床有限公司", seed)
        document = pypdfium2.PdfDocument(made / "先进级智能工厂申报书.pdf")
        pictures = [page.render(scale=200 / 72).to_pil().convert("RGB") for page in document]
        document.close()
    target = io.BytesIO()
    pictures[0].save(target, "PDF", save_all=True, append_images=pictures[1:], resolution=200, quality=85)
    return target.getvalue()
