"""Unpacks .7z and .rar in a child process (packed_members.py starts it). Nothing is written but what a library itself needs."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from docproc.readers.encoding import decode_names, member_encoding

_MOST: Final = 20_000  # members that are looked at
_UNAR: Final = "安装程序 unar 后可以解压"


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A member with its data, or `code` and `why` it has none. `whole`: the same of the archive as a whole."""

    told: str = ""
    size: int = 0
    packed: int | None = None
    data: bytes = b""
    folder: bool = False
    link: bool = False
    encrypted: bool = False
    code: str = ""
    why: str = ""
    whole: bool = False


def unpack_7z(room: str, data: bytes) -> list[Unpacked]:
    """The members of a .7z, where they need no more than `room` bytes together."""
    import lzma

    import py7zr
    from py7zr.exceptions import ArchiveError, PasswordRequired, UnsupportedCompressionMethodError
    from py7zr.io import BytesIOFactory

    try:
        with py7zr.SevenZipFile(BytesIO(data), "r", max_extract_size=int(room)) as archive:
            infos = archive.list()
            if len(infos) > _MOST or sum(max(0, info.uncompressed or 0) for info in infos) > int(room):
                return [_refused("too_large", "解压后过大")]
            if archive.needs_password():
                return [_refused("encrypted")]
            factory = BytesIOFactory(int(room))
            archive.extract(targets=[info.filename for info in infos if info.is_file], factory=factory)
    except PasswordRequired:
        return [_refused("encrypted")]
    except UnsupportedCompressionMethodError:
        return [_refused("unsupported", "压缩方法不支持")]
    except (ArchiveError, lzma.LZMAError, OSError, EOFError, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError):
        return [_refused("damaged", "压缩结构不完整")]
    found = []
    for info in infos:
        product = factory.products.get(info.filename)
        body = bytes(product.read()) if product is not None and info.is_file else b""
        found.append(
            Unpacked(
                info.filename,
                max(len(body), info.uncompressed or 0),
                None,
                body,
                info.is_directory,
                not info.is_file and not info.is_directory,
            )
        )
    return found


def unpack_rar(room: str, data: bytes) -> list[Unpacked]:
    """The members of a .rar, as far as they need no more than `room` bytes together. Stored ones need no program."""
    import rarfile

    try:
        with rarfile.RarFile(BytesIO(data)) as archive:
            if archive.needs_password() and not archive.infolist():
                return [_refused("encrypted")]
            infos = archive.infolist()
            if not infos:
                return [_refused("damaged", "没有读出任何文件")]
            if len(infos) > _MOST:
                return [_refused("too_large", "文件过多")]
            left, names = int(room), _rar_names(infos)
            found = []
            for info, name in zip(infos, names, strict=True):
                found.append(_rar_member(archive, info, name, left))
                left -= len(found[-1].data)
            return found
    except rarfile.PasswordRequired:
        return [_refused("encrypted")]
    except (rarfile.Error, OSError, EOFError, ValueError, TypeError, IndexError):
        return [_refused("damaged", "压缩结构不完整")]


def _rar_names(infos: list[Any]) -> list[str]:
    """The members' names. RAR 3 holds some as bytes in no stated encoding: rarfile takes those for UTF-16 where they are GBK or Big5."""
    import rarfile

    raw = [
        bytes(info.orig_filename)
        if isinstance(info, rarfile.Rar3Info) and not info.flags & rarfile.RAR_FILE_UNICODE and isinstance(info.orig_filename, bytes)
        else None
        for info in infos
    ]
    unnamed = [name for name in raw if name is not None]
    common = decode_names(unnamed) if unnamed else "utf-8"
    return [
        str(info.filename) if name is None else name.decode(member_encoding(name, common), "replace")
        for info, name in zip(infos, raw, strict=True)
    ]


def _rar_member(archive: Any, info: Any, name: str, room: int) -> Unpacked:
    import rarfile

    size = max(0, info.file_size or 0)
    plain: dict[str, Any] = {"told": name, "size": size, "packed": max(0, info.compress_size or 0)}
    if info.is_dir():
        return Unpacked(**plain, folder=True)
    if info.is_symlink() or not info.is_file():
        return Unpacked(**plain, link=True)
    if info.needs_password():
        return Unpacked(**plain, encrypted=True)
    if size > room:
        return Unpacked(**plain, code="too_large", why="解压后过大")
    try:
        return Unpacked(**plain, data=archive.read(info))
    except rarfile.RarCannotExec:
        return Unpacked(**plain, code="unsupported", why=_UNAR)
    except (rarfile.Error, OSError, EOFError, ValueError, TypeError, IndexError):
        return Unpacked(**plain, code="damaged", why="压缩包中的这一份解不开")


def _refused(code: str, why: str = "") -> Unpacked:
    return Unpacked(code=code, why=why, whole=True)
