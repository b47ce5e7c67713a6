"""Opens .zip archives, nested ones too, without trusting them: names, sizes, depth and links are all an attacker's to choose.

Nothing is ever written to disk. Names: the UTF-8 flag, the Unicode path field, else UTF-8, GB18030 or Big5, chosen once for the
whole archive. The bytes are decoded before separators are looked at, since 0x5C is the second byte of many GBK and Big5 characters.
"""

from __future__ import annotations

import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Final

from docproc.model import Content, Problem
from docproc.readers.encoding import decode_names
from docproc.readers.names import is_noise, natural_key
from docproc.readers.sniff import sniff
from docproc.readers.unread import Unreadable, unreadable
from docproc.readers.zip_directory import open_zip

_MEGABYTE: Final = 1024 * 1024
_UTF8: Final = 0x800  # general purpose bit 11: name in UTF-8
_ENCRYPTED: Final = 0x1
_UNICODE_PATH: Final = 0x7075  # Info-ZIP extra field (APPNOTE 4.6.9)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one package may hold. Sizes in bytes, uncompressed."""

    depth: int = 4
    members: int = 5_000
    member: int = 512 * _MEGABYTE
    total: int = 2048 * _MEGABYTE
    ratio: int = 200  # of uncompressed to compressed; a document seldom passes 30
    ratio_from: int = 16 * _MEGABYTE  # below this size a high ratio does no harm (a blank bitmap)


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a package: its bytes, or why it was not read. `path` is relative to the package, with `/`; `like` a path it could be
    mistaken for."""

    path: str
    data: bytes = b""
    refused: Content | None = None
    like: str = ""


@dataclass(slots=True)
class Tally:
    """What was opened so far in one package, and what there is to say about it."""

    limits: Limits = field(default_factory=Limits)
    members: int = 0
    total: int = 0
    problems: list[Problem] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    full: bool = False  # whether a limit of the whole package was passed, which is said once
    seen: dict[str, str] = field(default_factory=dict)  # path without case -> the first such path
    taken: set[str] = field(default_factory=set)

    def problem(self, code: str, message: str) -> None:
        self.problems.append(Problem(code, message))

    def admit(self, path: str, size: int) -> str:
        """Counts a file in. "" where the package's limits allow it, else why not."""
        self.members += 1
        self.total += size
        if self.members > self.limits.members:
            return f"文件数超过 {self.limits.members} 个"
        if self.total > self.limits.total:
            return f"解压后总量超过 {self.limits.total // _MEGABYTE} MB"
        if size > self.limits.member:
            return f"解压后 {size // _MEGABYTE} MB"
        return ""

    def refuse(self, path: str, why: str) -> None:
        """Reports a file that was not read for its size or number."""
        if not self.full:
            self.problem("too_large", f"“{path}”：{why}，没有读取。请检查材料，必要时分开提交。")
        self.full = self.full or self.members > self.limits.members or self.total > self.limits.total

    def unique(self, path: str) -> tuple[str, str]:
        """The path, told apart from an equal one that came before, and the path before that differs from it at most by case."""
        like = self.seen.get(path.casefold(), "")
        self.seen.setdefault(path.casefold(), path)
        stem, dot, suffix = path.rpartition(".")
        number, found = 2, path
        while found in self.taken:
            found = f"{stem}（{number}）{dot}{suffix}" if stem else f"{path}（{number}）"
            number += 1
        self.taken.add(found)
        return found, like


def members(source: IO[bytes] | bytes, tally: Tally, prefix: str = "", depth: int = 1) -> Iterator[Member]:
    """The files of an archive in natural order, those of nested archives in their place. Raises Unreadable for one that does not open."""
    with _open(source) as archive:
        for path, info in _listed(archive, tally, prefix):
            yield from _member(archive, info, path, tally, depth)


def nested(member: Member, tally: Tally, depth: int) -> Iterator[Member]:
    """The member itself, or the files in it where it is an archive."""
    if member.refused is not None or not member.data.startswith(b"PK") or sniff(member.path, member.data) != "zip":
        yield member
    elif depth > tally.limits.depth:
        why = f"压缩包嵌套超过 {tally.limits.depth} 层"
        tally.problem("too_deep", f"“{member.path}”：{why}，没有打开。请解压后再提交。")
        yield Member(member.path, member.data, unreadable("zip", "too_large", why))
    else:
        try:
            yield from members(member.data, tally, f"{member.path}/", depth)
        except Unreadable as error:
            yield Member(member.path, member.data, unreadable("zip", error.code, error.why))


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


def _listed(archive: zipfile.ZipFile, tally: Tally, prefix: str) -> list[tuple[str, zipfile.ZipInfo]]:
    """The members that are files and may be read, under their right names, in natural order."""
    infos = archive.infolist()
    raw = {id(info): _raw(info) for info in infos}
    unnamed = [name for info in infos if (name := raw[id(info)]) is not None and _unicode_path(info, name) is None]
    encoding = decode_names(unnamed) if unnamed else "utf-8"
    listed = []
    for info in infos:
        name = raw[id(info)]
        told = info.orig_filename if name is None else _unicode_path(info, name) or name.decode(encoding, "replace")
        path = _safe(told)
        shown = f"{prefix}{told}".replace("\0", "")
        if path is None:
            tally.problem("unsafe_path", f"压缩包中的“{shown}”指向包外的位置，没有读取。请重新打包。")
        elif told.endswith(("/", "\\")) or info.is_dir():
            continue
        elif is_noise(path):
            tally.skipped.append(prefix + path)
        elif _is_link(info):
            tally.problem("link", f"压缩包中的“{shown}”是链接，没有读取。请放入文件本身后重新打包。")
        else:
            listed.append((prefix + path, info))
    return sorted(listed, key=lambda pair: natural_key(pair[0]))


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str, tally: Tally, depth: int) -> Iterator[Member]:
    path, like = tally.unique(path)
    file_format = path.rpartition(".")[2].lower()
    why = tally.admit(path, info.file_size)
    if not why and info.file_size > tally.limits.ratio_from and info.file_size > tally.limits.ratio * max(1, info.compress_size):
        why = f"压缩比超过 {tally.limits.ratio} 倍"
    if why:
        tally.refuse(path, why)
        if tally.members <= tally.limits.members:
            yield Member(path, refused=unreadable(file_format, "too_large", why))
    elif info.flag_bits & _ENCRYPTED:
        yield Member(path, refused=unreadable(file_format, "encrypted"))
    else:
        try:
            data = archive.read(_by_local_name(archive, info))
        except NotImplementedError:
            yield Member(path, refused=unreadable(file_format, "damaged", "压缩方法不支持，请用普通 .zip 重新打包"))
            return
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, EOFError, ValueError, OSError):
            yield Member(path, refused=unreadable(file_format, "damaged", "压缩包中的这一份解不开"))
            return
        yield from nested(Member(path, data, like=like), tally, depth + 1)


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


def _safe(name: str) -> str | None:
    """The path with `/`, or None where it leaves the package. Windows tools write backslashes."""
    path = name.split("\0", 1)[0].replace("\\", "/")
    parts = [part for part in path.split("/") if part not in {"", "."}]
    if path.startswith("/") or ".." in parts or not parts or (len(parts[0]) == 2 and parts[0][1] == ":"):
        return None
    return "/".join("".join(char for char in part if char >= " ") for part in parts)


def _is_link(info: zipfile.ZipInfo) -> bool:
    kind = stat.S_IFMT(info.external_attr >> 16)
    return kind not in {0, stat.S_IFREG, stat.S_IFDIR}
