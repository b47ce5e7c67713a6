"""Packed .rar archives, made here since no free program makes them: RAR 5.0 with each byte as a literal of its Huffman code.

After the format's published technical note and unar's reading of it: a block's code lengths are themselves coded, then come the symbols.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

_LITERALS, _OFFSETS, _LOW_OFFSETS, _LENGTHS = 306, 64, 16, 44
_EIGHT, _ZEROS = 8, 19  # of the code of code lengths: «eight bits», and «so many unused, 11 and more»


def packed_rar(files: dict[str, bytes]) -> bytes:
    """A solid-free archive of these files, all packed."""
    parts = [b"Rar!\x1a\x07\x01\x00", _block(_number(1) + _number(0) + _number(0))]  # the main header
    for name, data in files.items():
        body, raw = _packed(data), name.encode()
        method = 3 << 7  # «normal», version 0, a dictionary of 128 KB
        fields = b"".join(map(_number, (0x04, len(data), 0o100644))) + zlib.crc32(data).to_bytes(4, "little")
        fields += b"".join(map(_number, (method, 1, len(raw)))) + raw
        parts.append(_block(_number(2) + _number(0x02) + _number(len(body)) + fields) + body)
    return b"".join([*parts, _block(_number(5) + _number(0) + _number(0))])


def _block(content: bytes) -> bytes:
    sized = _number(len(content)) + content
    return zlib.crc32(sized).to_bytes(4, "little") + sized


def _number(value: int) -> bytes:
    """Seven bits a byte, the lowest first."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def _packed(data: bytes) -> bytes:
    bits: list[tuple[int, int]] = []  # value, width
    # The code of code lengths: two symbols of one bit each.
    for symbol in range(20):
        bits.append((1 if symbol in {_EIGHT, _ZEROS} else 0, 4))
    lengths = [(0, 1)] * 256  # each byte has eight bits; _EIGHT comes first in its code
    unused = _LITERALS - 256 + _OFFSETS + _LOW_OFFSETS + _LENGTHS
    while unused:
        run = min(unused, 138)
        assert run >= 11
        lengths += [(1, 1), (run - 11, 7)]
        unused -= run
    bits += lengths
    bits += [(byte, 8) for byte in data]
    stream, spare = _bytes(bits)
    flags = 0xC0 | 0x10 | (7 - spare)  # with tables, the last block, its size in three bytes, bits used in its last byte
    size = len(stream).to_bytes(3, "little")
    check = 0x5A ^ flags
    for each in size:
        check ^= each
    return bytes([flags, check]) + size + stream


def _bytes(bits: Iterable[tuple[int, int]] | Sequence[tuple[int, int]]) -> tuple[bytes, int]:
    """Bits as bytes, the highest first, and how many of the last byte are spare."""
    text = "".join(f"{value:0{width}b}" for value, width in bits)
    spare = -len(text) % 8
    return int(text + "0" * spare, 2).to_bytes((len(text) + spare) // 8, "big"), spare
