"""The members of .7z and .rar archives, unpacked in a child process: their formats are rich, and the libraries for them not made for
hostile files. Both need components that are not part of the plain installation (the extra «archives»; for .rar the program unar too).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from typing import IO, Final

from docproc.readers.archive_entry import Entry
from docproc.readers.isolate import Isolation
from docproc.readers.unpack import Unpacked
from docproc.readers.unread import Unreadable

_SECONDS: Final = 180.0
_INSTALL: Final = "安装软件时加上 [archives] 组件后可以打开"
_WHY: Final = {"timeout": "解压超过时限", "too_large": "解压后过大", "crashed": "解压时程序异常中止"}


@contextmanager
def entries_7z(source: IO[bytes] | bytes, room: int) -> Iterator[list[Entry]]:
    """The members of a .7z."""
    yield _entries("py7zr", "docproc.readers.unpack:unpack_7z", source, room)


@contextmanager
def entries_rar(source: IO[bytes] | bytes, room: int) -> Iterator[list[Entry]]:
    """The members of a .rar."""
    yield _entries("rarfile", "docproc.readers.unpack:unpack_rar", source, room)


def _entries(component: str, target: str, source: IO[bytes] | bytes, room: int) -> list[Entry]:
    if find_spec(component) is None:
        raise Unreadable("unsupported", _INSTALL)
    data = source if isinstance(source, bytes) else _all(source)
    with Isolation(target) as child:
        kind, answer = child.call(str(room), data, _SECONDS)
    if kind != "content" or not isinstance(answer, list):
        raise Unreadable(kind if kind in _WHY else "crashed", _WHY.get(kind, _WHY["crashed"]))
    found: list[Unpacked] = answer
    if found and found[0].whole:
        raise Unreadable(found[0].code, found[0].why)
    return [
        Entry(each.told, each.size, partial(_data, each), packed=each.packed, folder=each.folder, link=each.link, encrypted=each.encrypted)
        for each in found
    ]


def _all(source: IO[bytes]) -> bytes:
    source.seek(0)
    return source.read()


def _data(each: Unpacked) -> bytes:
    if each.code:
        raise Unreadable(each.code, each.why)
    return each.data
