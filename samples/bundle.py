"""Puts a package together: a folder, a ZIP, or a ZIP as old Chinese programs write it."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

STAMP = (2026, 10, 30, 17, 30, 0)
UTF8_FLAG = 0x800


class _GbkInfo(zipfile.ZipInfo):
    """A member whose name is written in GBK, without the flag that says UTF-8."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802
        return self.filename.encode("gbk"), self.flag_bits & ~UTF8_FLAG


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """The files below `folder`, which is made anew."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def write_zip(path: Path, files: Mapping[str, bytes], *, gbk: bool = False) -> None:
    """The files in a ZIP, in their order."""
    kind = _GbkInfo if gbk else zipfile.ZipInfo
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in files.items():
            info = kind(name, STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            archive.writestr(info, data)
    path.write_bytes(buffer.getvalue())
