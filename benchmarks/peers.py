"""What a user would otherwise take, each by its own documented way. One that is not installed is left out."""

from __future__ import annotations

import io
from collections.abc import Callable
from importlib.util import find_spec

from benchmarks.reading import pdfium_text, plumber, text_alone


def for_pdf(data: bytes, ruled: bool) -> dict[str, Callable[[], object]]:
    """Readers of a PDF's text (and tables, where they find any)."""
    found: dict[str, Callable[[], object]] = {"PDFium alone (the limit)": lambda: pdfium_text(data)}
    found["pdfplumber"] = lambda: plumber(data, ruled)
    if find_spec("pypdf"):
        found["pypdf"] = lambda: _pypdf(data)
    if find_spec("markitdown"):
        found["markitdown"] = lambda: _markitdown(data, ".pdf")
    return found


def for_word(data: bytes) -> dict[str, Callable[[], object]]:
    """Readers of a Word file."""
    found: dict[str, Callable[[], object]] = {"python-docx": lambda: text_alone(data)}
    if find_spec("markitdown"):
        found["markitdown"] = lambda: _markitdown(data, ".docx")
    return found


def for_scan(data: bytes) -> dict[str, Callable[[], object]]:
    """The recognition engine by itself, on the same pictures, with the same number of threads."""
    if not find_spec("rapidocr"):
        return {}
    return {"RapidOCR alone (the limit)": lambda: _rapidocr(data)}


def _pypdf(data: bytes) -> str:
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def _markitdown(data: bytes, suffix: str) -> str:
    from markitdown import MarkItDown

    return MarkItDown(enable_plugins=False).convert_stream(io.BytesIO(data), file_extension=suffix).text_content


def _rapidocr(data: bytes) -> int:
    import numpy as np
    import pypdfium2

    engine = _engine()
    document = pypdfium2.PdfDocument(data)
    lines = 0
    for page in document:
        picture = page.render(scale=200 / 72, rev_byteorder=True).to_numpy()[:, :, :3]
        red = np.ascontiguousarray(np.repeat(picture[:, :, :1], 3, axis=2))
        lines += len(engine(red).txts or ())
    document.close()
    return lines


_ENGINES: list[object] = []


def _engine():  # type: ignore[no-untyped-def]
    """RapidOCR as its documentation makes it, with one thread."""
    if not _ENGINES:
        from rapidocr import RapidOCR

        threads = {
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Global.log_level": "error",
        }
        _ENGINES.append(RapidOCR(params=threads))
    return _ENGINES[0]
