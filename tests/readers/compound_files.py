"""Builds compound files ([MS-CFB], the container of .doc, .xls and .wps) with a few streams, each of at least 4,096 bytes."""

from __future__ import annotations

import struct

_SECTOR = 512
_END, _FAT, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file. Streams are padded to the size from which they lie in sectors of their own."""
    chains: list[bytes] = [data.ljust(4096, b"\0") for data in streams.values()]
    entries = [_entry("Root Entry", 5, _END, 0, child=1 if streams else _FREE)]
    fat: list[int] = []
    body = b""
    for index, (name, data) in enumerate(zip(streams, chains, strict=True)):
        first = len(fat)
        count = -(-len(data) // _SECTOR)
        fat += [*range(first + 1, first + count), _END]
        body += data.ljust(count * _SECTOR, b"\0")
        right = index + 2 if index + 1 < len(streams) else _FREE
        entries.append(_entry(name, 2, first, len(data), right=right))
    directory = b"".join(entries)
    directory = directory.ljust(-(-len(directory) // _SECTOR) * _SECTOR, b"\0")
    at = len(fat)
    count = len(directory) // _SECTOR
    fat += [*range(at + 1, at + count), _END]
    body += directory
    tables = 1
    while (len(fat) + tables) * 4 > tables * _SECTOR:
        tables += 1
    first_table = len(fat)
    fat += [_FAT] * tables
    body += struct.pack(f"<{len(fat)}L", *fat).ljust(tables * _SECTOR, b"\xff")
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH6xLLLLLLLLL", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, at, 0, 4096, _END, 0, _END, 0)
    )
    places = [*range(first_table, first_table + tables), *[_FREE] * 109][:109]
    return head + struct.pack("<109L", *places) + body


def _entry(name: str, kind: int, start: int, size: int, right: int = _FREE, child: int = _FREE) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    return raw.ljust(64, b"\0") + struct.pack("<HBBLLL16xL8x8xLLL", len(raw), kind, 1, _FREE, right, child, 0, start, size, 0)
