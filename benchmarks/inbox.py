"""Makes an inbox of known make: text packages, scanned ones, and some that are damaged, empty or no files at all."""

from __future__ import annotations

from pathlib import Path

from benchmarks.package import build

PAGES = 12  # of a text package's form


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
    """So many packages that cannot be read: an empty folder, an archive cut short, an archive that holds too much."""
    for number in range(count):
        kind = number % 3
        if kind == 0:
            (inbox / f"空{number}").mkdir(parents=True)
        elif kind == 1:
            (inbox / f"坏{number}.zip").write_bytes(b"PK\x03\x04" + bytes(60))
        else:
            (inbox / f"坏{number}.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 20)
    return inbox


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
