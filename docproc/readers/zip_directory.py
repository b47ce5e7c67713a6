"""Opens a .zip only after a look at how large its directory is: zipfile builds an object for each entry before anybody can count them."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO
from typing import IO, Final

from docproc.readers.unread import Unreadable

MAX_DIRECTORY: Final = 16 * 1024 * 1024  # bytes: some 150,000 entries
_TAIL: Final = 22 + 65_535 + 20 + 56  # end record, longest comment, zip64 locator and end record (APPNOTE 4.3.14–4.3.16)


def open_zip(source: bytes | IO[bytes]) -> zipfile.ZipFile:
    """The archive. Raises Unreadable where it is damaged or its directory too large; UnicodeDecodeError for a name that is not in UTF-8
    and says that it is."""
    file = BytesIO(source) if isinstance(source, bytes) else source
    try:
        if _directory_size(file) > MAX_DIRECTORY:
            raise Unreadable("too_large", "压缩包的目录过大")
        return zipfile.ZipFile(file)
    except UnicodeDecodeError:
        raise
    except (zipfile.BadZipFile, ValueError, OSError, OverflowError, NotImplementedError, struct.error) as error:
        raise Unreadable("damaged", "压缩结构不完整") from error


def _directory_size(file: IO[bytes]) -> int:
    """The size of the directory by the end record, or by the one of zip64 where that says more."""
    end = file.seek(0, 2)
    file.seek(max(0, end - _TAIL))
    tail = file.read()
    file.seek(0)
    found = [0]
    at = tail.rfind(b"PK\x05\x06")
    if 0 <= at <= len(tail) - 16:
        size = int.from_bytes(tail[at + 12 : at + 16], "little")
        found.append(0 if size == 0xFFFFFFFF else size)
    at = tail.rfind(b"PK\x06\x06")
    if 0 <= at <= len(tail) - 48:
        found.append(int.from_bytes(tail[at + 40 : at + 48], "little"))
    return max(found)
