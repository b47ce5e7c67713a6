"""Reads the files of a package: one reader a format, chosen by content. The readers are imported when a file needs them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from docproc.model import Content, SourcePackage

if TYPE_CHECKING:
    from docproc.readers.isolate import Isolation

__all__ = ["read_bytes", "read_package"]


def read_bytes(name: str, data: bytes) -> Content:
    """The content of one file. The reader is picked by the bytes; `name` settles what they cannot. Never raises on bad input."""
    from docproc.readers.table import read_bytes as read

    return read(name, data)


def read_package(
    path: Path,
    *,
    isolate: bool = True,
    isolation: Isolation | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> SourcePackage:
    """Every file of a folder, a .zip or a single document, in natural order; each in a child process where `isolate` is set.

    `isolation`: a child process to use, which the caller closes; otherwise one is started for this package.
    `progress` is told the file's name, how many of its pages are read and of how many.
    """
    from docproc.readers.package import read_package as read

    return read(path, isolate=isolate, isolation=isolation, progress=progress)
