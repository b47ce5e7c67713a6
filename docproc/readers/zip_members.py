"""The members of a .zip archive, under their right names.

Names: the UTF-8 flag, the Unicode path field, else UTF-8, GB18030 or Big5, chosen for the whole archive except for names that it cannot
be. The bytes are decoded before separators are looked at, since 0x5C is the second byte of many GBK and Big5 characters.
"""

from __future__ import annotations

import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import IO, Final

from docproc.readers.archive_entry import Entry
from docproc.readers.encoding import decode_names, member_encoding
from docproc.readers.unread import Unreadable
from docproc.readers.zip_directory import open_zip

_UTF8: Final = 0x800  # general purpose bit 11: name in UTF-8
_ENCRYPTED: Final = 0x1
_UNICODE_PATH: Final = 0x7075  # Info-ZIP extra field (APPNOTE 4.6.9)


@contextmanager
def entries(source: IO[bytes] | bytes, room: int) -> Iterator[list[Entry]]:
    """The members in the order of the directory. Each is unpacked when its data is asked for, so that `room` needs no look."""
    with _open(source) as archive:
        infos = archive.infolist()
        raw = {id(info): _raw(info) for info in infos}
        unnamed = [name for info in infos if (name := raw[id(info)]) is not None and _unicode_path(info, name) is None]
        encoding = decode_names(unnamed) if unnamed else "utf-8"
        found = []
        for info in infos:
            name = raw[id(info)]
            told = (
                info.orig_filename if name is None else _unicode_path(info, name) or name.decode(member_encoding(name, encoding), "replace")
            )
            found.append(
                Entry(
                    told,
                    info.file_size,
                    partial(_data, archive, info),
                    packed=info.compress_size,
                    folder=told.endswith(("/", "\\")),
                    link=_is_link(info),
                    encrypted=bool(info.flag_bits & _ENCRYPTED),
                )
            )
        yield found


def _data(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    try:
        return archive.read(_by_local_name(archive, info))
    except NotImplementedError as error:
        raise Unreadable("damaged", "压缩方法不支持，请用普通 .zip 重新打包") from error
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, EOFError, ValueError, OSError) as error:
        raise Unreadable("damaged", "压缩包中的这一份解不开") from error


def _open(source: IO[bytes] | bytes) -> zipfile.ZipFile:
    try:
        return open_zip(source)
    except UnicodeDecodeError:
        # A name is flagged as UTF-8 and is not: read it as an unflagged one.
        if not isinstance(source, bytes):
            source.seek(0)
        data = source if isinstance(source, bytes) else source.read()
    try:
        return open_zip(_without_flags(data))
    except UnicodeDecodeError as error:
        raise Unreadable("damaged", "压缩包的文件名有误") from error


def _without_flags(data: bytes) -> bytes:
    """The same archive with the UTF-8 flag taken from every entry, in the directory and before the data (APPNOTE 4.3.7, 4.3.12)."""
    changed = bytearray(data)
    end = data.rfind(b"PK\x05\x06")
    at = int.from_bytes(data[end + 16 : end + 20], "little") if end >= 0 else len(data)
    while data[at : at + 4] == b"PK\x01\x02" and at + 46 <= len(data):
        lengths = struct.unpack_from("<HHH", data, at + 28)
        before = int.from_bytes(data[at + 42 : at + 46], "little")
        for flags in (at + 9, before + 7):
            if flags < len(changed):
                changed[flags] &= ~(_UTF8 >> 8) & 0xFF
        at += 46 + sum(lengths)
    return bytes(changed)


def _by_local_name(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """The entry under the name before its data, which some tools write in another encoding than the directory's. zipfile insists on one."""
    file = archive.fp
    if file is None:
        return info
    file.seek(info.header_offset)
    head = file.read(30)
    if len(head) == 30 and head.startswith(b"PK\x03\x04"):
        name = file.read(int.from_bytes(head[26:28], "little"))
        flagged = int.from_bytes(head[6:8], "little") & _UTF8
        info.orig_filename = name.decode("utf-8" if flagged else "cp437", "replace")
    return info


def _raw(info: zipfile.ZipInfo) -> bytes | None:
    """An unflagged name's bytes (zipfile has decoded them as code page 437, which is one to one); None where the name is UTF-8."""
    return None if info.flag_bits & _UTF8 else info.orig_filename.encode("cp437")


def _unicode_path(info: zipfile.ZipInfo, name: bytes) -> str | None:
    """The name in the Unicode path extra field, where its checksum shows that it belongs to this name."""
    extra = info.extra
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        body, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and len(body) > 5 and body[0] == 1 and struct.unpack_from("<L", body, 1)[0] == zlib.crc32(name):
            try:
                return body[5:].decode("utf-8")
            except UnicodeDecodeError:
                return None
    return None


def _is_link(info: zipfile.ZipInfo) -> bool:
    kind = stat.S_IFMT(info.external_attr >> 16)
    return kind not in {0, stat.S_IFREG, stat.S_IFDIR}
