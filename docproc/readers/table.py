"""The table from format to reader, and the reading of one file by it. A new format is one reader and one line here."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import Final, cast

from docproc.model import Content, Problem
from docproc.readers.sniff import mismatch, sniff
from docproc.readers.unread import FORMATS, unreadable, with_problem


@dataclass(frozen=True, slots=True)
class Reader:
    """Where a format's reader is (a function `bytes -> Content`), and how long it may take: seconds, and more for each megabyte."""

    module: str
    function: str = "read"
    seconds: float = 120.0
    seconds_per_megabyte: float = 0.0

    def limit(self, size: int) -> float:
        """The time limit for a file of `size` bytes."""
        return self.seconds + self.seconds_per_megabyte * size / 1_000_000


READERS: Final = MappingProxyType(
    {
        "docx": Reader("docproc.readers.word"),
        "doc": Reader("docproc.readers.doc"),
        "wps": Reader("docproc.readers.doc", "read_wps"),
        "rtf": Reader("docproc.readers.rtf"),
        "ofd": Reader("docproc.readers.ofd"),
        "odt": Reader("docproc.readers.office", "read_odt"),
        "fodt": Reader("docproc.readers.office", "read_fodt"),
        "wordml": Reader("docproc.readers.office", "read_wordml"),
        "pdf": Reader("docproc.readers.pdf", seconds=180, seconds_per_megabyte=2),  # of each page: scans are recognised at about 5 s a page
        "image": Reader("docproc.readers.picture", seconds=180),
        "txt": Reader("docproc.readers.plain"),
        "csv": Reader("docproc.readers.plain", "read_csv"),
        "md": Reader("docproc.readers.plain", "read_markdown"),
        "html": Reader("docproc.readers.web"),
        "xlsx": Reader("docproc.readers.sheet"),
        "xls": Reader("docproc.readers.sheet"),
    }
)

MAX_BYTES: Final = 512 * 1024 * 1024  # of one file


def read_bytes(name: str, data: bytes) -> Content:
    """The content of one file, its reader picked by its bytes. Never raises on bad input; memory and time are isolate.py's."""
    if not data.strip(b"\0"):
        return unreadable(sniff(name, data) if data else "unknown", "empty")
    if len(data) > MAX_BYTES:
        return unreadable("unknown", "too_large", f"{len(data) // 1024 // 1024} MB")
    file_format = sniff(name, data)
    if file_format.startswith("encrypted-"):
        return unreadable(file_format.removeprefix("encrypted-"), "encrypted")
    content = _read(file_format, data)
    wrong = mismatch(name, file_format)
    if wrong:
        what = FORMATS.get(file_format, (file_format, ""))[0]
        content = with_problem(
            content, Problem("wrong_extension", f"文件名后缀是“{wrong}”，实际内容是{what}，已按实际内容处理。请改正文件名。")
        )
    return content


def _read(file_format: str, data: bytes) -> Content:
    reader = READERS.get(file_format)
    if reader is None:
        return unreadable(file_format, "unsupported")
    try:
        read = getattr(import_module(reader.module), reader.function)
        return cast("Content", read(data))
    except MemoryError:
        return unreadable(file_format, "too_large", "内存不足")
    except ModuleNotFoundError as error:
        return unreadable(file_format, "unsupported", f"缺少组件 {error.name}")
    except Exception as error:  # noqa: BLE001 - hostile input: whatever a parser stumbles over costs one file and is reported
        return unreadable(file_format, "crashed", type(error).__name__)
