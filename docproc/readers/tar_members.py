"""The members of .tar, .tar.gz, .tar.bz2 and .tar.xz, and the one file of a plain .gz, .bz2 or .xz.

What is compressed as a whole is unpacked once, up to what the package has room for, into a nameless temporary file: members are read in
another order than they stand in.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO, Final, cast

from docproc.readers.archive_entry import Entry
from docproc.readers.encoding import decode_names, member_encoding
from docproc.readers.unread import Unreadable

_IN_MEMORY: Final = 64 * 1024 * 1024
_CHUNK: Final = 256 * 1024
_RATIO: Final = 200
_RATIO_FROM: Final = 16 * 1024 * 1024
_MOST: Final = 150_000  # members that are looked at
_SUFFIXES: Final = {".gz", ".bz2", ".xz"}


@contextmanager
def entries(source: IO[bytes] | bytes, room: int) -> Iterator[list[Entry]]:
    """The members in the order of the archive. Raises Unreadable where it is damaged, or unpacks to more than `room` bytes."""
    packed: IO[bytes] = BytesIO(source) if isinstance(source, bytes) else source
    with SpooledTemporaryFile(_IN_MEMORY) as spool:
        file = cast("IO[bytes]", spool)
        name, broken = _unpack(packed, file, room)
        file.seek(0)
        if name is not None and not _is_tar(file):
            size = file.seek(0, 2)
            yield [Entry(name, size, _broken_off if broken else partial(_whole, file))]
            return
        try:
            with tarfile.open(fileobj=file, mode="r:", encoding="utf-8", errors="surrogateescape") as archive:
                yield _listed(archive, broken)
        except (tarfile.TarError, ValueError, EOFError, OSError, OverflowError, IndexError) as error:
            raise Unreadable("damaged", "压缩结构不完整") from error


def _unpack(packed: IO[bytes], into: IO[bytes], room: int) -> tuple[str | None, bool]:
    """Unpacks what is compressed as a whole. The name of the one file in it, as far as that is known (None for a plain .tar), and whether
    it breaks off before its end."""
    packed.seek(0)
    head = packed.read(6)
    size = packed.seek(0, 2)
    packed.seek(0)
    stream: IO[bytes] = packed
    if head.startswith(b"\x1f\x8b"):
        stream = cast("IO[bytes]", gzip.GzipFile(fileobj=packed))
    elif head.startswith(b"BZh"):
        stream = cast("IO[bytes]", bz2.BZ2File(packed))
    elif head.startswith(b"\xfd7zXZ"):
        stream = cast("IO[bytes]", lzma.LZMAFile(packed))  # noqa: SIM115 - it reads from a file that the caller closes
    total, broken = 0, False
    take: Callable[[int], bytes] = packed.read if stream is packed else stream.read1  # type: ignore[attr-defined]
    try:
        while chunk := take(_CHUNK):
            total += len(chunk)
            if total > room or (total > _RATIO_FROM and total > _RATIO * max(1, size)):
                raise Unreadable("too_large", "解压后过大")
            into.write(chunk)
    except (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError) as error:
        if not total:
            raise Unreadable("damaged", "压缩结构不完整") from error
        broken = True
    if stream is packed:
        return None, False
    path = PurePosixPath(str(getattr(packed, "name", "")).replace("\\", "/"))
    return path.stem if path.suffix.lower() in _SUFFIXES and path.stem else "内容", broken


def _is_tar(file: IO[bytes]) -> bool:
    head = file.read(512)
    file.seek(0)
    return head[257:262] == b"ustar" or (len(head) == 512 and not any(head)) or _sums_up(head)


def _sums_up(head: bytes) -> bool:
    """Whether a block is the head of a member, by its own sum (old archives have no other mark)."""
    try:
        tarfile.TarInfo.frombuf(head, "utf-8", "surrogateescape")
    except (tarfile.TarError, ValueError):
        return False
    return True


def _listed(archive: tarfile.TarFile, broken: bool) -> list[Entry]:
    """The members; where the archive breaks off, one more in place of all that is lost."""
    infos: list[tarfile.TarInfo] = []
    try:
        for info in archive:
            infos.append(info)
            if len(infos) > _MOST:
                raise Unreadable("too_large", "压缩包的目录过大")
    except (tarfile.TarError, ValueError, EOFError, OSError, OverflowError, IndexError):
        broken = True
    rest = [Entry("其余内容", 0, _broken_off)] if broken else []
    raw = [info.name.encode("utf-8", "surrogateescape") for info in infos]
    encoding = decode_names(raw) if raw else "utf-8"
    return [
        Entry(
            name.decode(member_encoding(name, encoding), "replace"),
            max(0, info.size),
            partial(_member, archive, info),
            folder=info.isdir(),
            link=not info.isfile() and not info.isdir(),
        )
        for info, name in zip(infos, raw, strict=True)
    ] + rest


def _member(archive: tarfile.TarFile, info: tarfile.TarInfo) -> bytes:
    try:
        file = archive.extractfile(info)
        data = file.read(info.size) if file is not None else b""
    except (tarfile.TarError, ValueError, EOFError, OSError, OverflowError) as error:
        raise Unreadable("damaged", "压缩包中的这一份解不开") from error
    if len(data) != info.size:
        raise Unreadable("damaged", "压缩包中的这一份不完整")
    return data


def _broken_off() -> bytes:
    raise Unreadable("damaged", "压缩包不完整，其后的内容没有读出")


def _whole(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()
