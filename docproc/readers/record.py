"""A reading as bytes that may be kept, and back: plain JSON for the words, the numbers of all characters' boxes behind it.

Never a pickle: what is kept may have been damaged, or put there by somebody. What comes back is built type by type as the model declares
it, spans and pages are held against the text, and anything that does not fit is refused.
"""

from __future__ import annotations

import json
import struct
import sys
from array import array
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from docproc.model import Content

_MAGIC: Final = b"docproc reading 1\n"
_HEAD: Final = struct.Struct(">QQ")  # bytes of JSON, bytes of numbers
_FLOATS: Final = "f"
Decoder = Callable[[Any], Any]


class NoReadingError(ValueError):
    """The bytes are no reading, or a damaged one."""


def packed(content: Content) -> bytes:
    """The reading as bytes. Raises TypeError for what is no plain value of the model."""
    numbers = bytearray()
    words = json.dumps(_plain(content, numbers), ensure_ascii=True, separators=(",", ":"), allow_nan=False).encode("ascii")
    return _MAGIC + _HEAD.pack(len(words), len(numbers)) + words + numbers


def unpacked(data: bytes) -> Content:
    """The reading that `packed` made. Raises NoReadingError for anything else."""
    start = len(_MAGIC) + _HEAD.size
    if not data.startswith(_MAGIC) or len(data) < start:
        raise NoReadingError("another kind of record")
    words, numbers = _HEAD.unpack_from(data, len(_MAGIC))
    if len(data) != start + words + numbers:
        raise NoReadingError("cut short")
    try:
        content = _Numbers(memoryview(data)[start + words :]).decoded(json.loads(data[start : start + words]))
        _check(content)
    except (ValueError, RecursionError) as error:
        raise NoReadingError(str(error)) from error
    return content


def _plain(value: Any, numbers: bytearray) -> Any:
    """Dataclasses and tuples as lists; numbers of single precision go behind, a count stays in their place."""
    if value is None or isinstance(value, bool) or type(value) in (int, str):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, float):
        return float(value)
    if isinstance(value, tuple):
        return [_plain(each, numbers) for each in value]
    if isinstance(value, array) and value.typecode == _FLOATS:
        numbers += _little(value).tobytes()
        return len(value)
    if isinstance(value, bytes):
        return b64encode(value).decode("ascii")
    if is_dataclass(value):
        return [_plain(getattr(value, field.name), numbers) for field in fields(value)]
    raise TypeError(f"{type(value).__name__} is no plain value")


def _little(numbers: array[float]) -> array[float]:
    """In the order of bytes in which they are kept."""
    if sys.byteorder == "little":
        return numbers
    turned = array(_FLOATS, numbers)
    turned.byteswap()
    return turned


class _Numbers:
    """Takes the numbers from behind the words, in their order."""

    def __init__(self, data: memoryview) -> None:
        self._data = data
        self._taken = 0

    def decoded(self, plain: Any) -> Content:
        content = _decoder(Content)(plain, self)
        if self._taken != len(self._data):
            raise ValueError("numbers left over")
        assert isinstance(content, Content)
        return content

    def take(self, count: Any) -> array[float]:
        size = array(_FLOATS).itemsize * _whole(count)
        if size < 0 or self._taken + size > len(self._data):
            raise ValueError("numbers are missing")
        taken = array(_FLOATS)
        taken.frombytes(self._data[self._taken : self._taken + size])
        self._taken += size
        return _little(taken)


class _Floats:
    """Stands for `array[float]`, which Python 3.11 cannot evaluate."""

    def __class_getitem__(cls, item: object) -> type[_Floats]:
        return cls


@cache
def _decoder(kind: Any) -> Callable[[Any, _Numbers], Any]:
    """What makes a value of this type of the model from its plain form."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        each = _decoder(arguments[0])
        return lambda plain, numbers: tuple([each(entry, numbers) for entry in _listed(plain)])
    if origin is tuple:
        return _fixed(tuple, [_decoder(argument) for argument in arguments])
    if origin in (Union, UnionType) and len(arguments) == 2 and NoneType in arguments:
        inner = _decoder(next(argument for argument in arguments if argument is not NoneType))
        return lambda plain, numbers: None if plain is None else inner(plain, numbers)
    if kind is _Floats:
        return lambda plain, numbers: numbers.take(plain)
    if is_dataclass(kind) or (isinstance(kind, type) and issubclass(kind, tuple)):
        return _fixed(_made(kind), [_decoder(hint) for hint in get_type_hints(kind, localns={"array": _Floats}).values()])
    if isinstance(kind, type) and issubclass(kind, Enum):
        known: dict[Any, Any] = {member.value: member for member in kind}
        return lambda plain, numbers: _member(known, plain)
    simple: dict[Any, Decoder] = {int: _whole, float: _number, str: _string, bool: _truth, bytes: _bytes}
    if kind not in simple:
        raise TypeError(f"no reading holds a {kind}")
    decode = simple[kind]
    return lambda plain, numbers: decode(plain)


def _made(kind: Any) -> Callable[[list[Any]], Any]:
    return lambda values: kind(*values)


def _fixed(make: Callable[[list[Any]], Any], decoders: list[Callable[[Any, _Numbers], Any]]) -> Callable[[Any, _Numbers], Any]:
    def decode(plain: Any, numbers: _Numbers) -> Any:
        entries = _listed(plain)
        if len(entries) != len(decoders):
            raise ValueError("another number of fields")
        return make([decoder(entry, numbers) for decoder, entry in zip(decoders, entries, strict=True)])

    return decode


def _listed(plain: Any) -> list[Any]:
    if not isinstance(plain, list):
        raise ValueError("no list")
    return plain


def _member(known: dict[Any, Any], plain: Any) -> Any:
    if not isinstance(plain, str) or plain not in known:
        raise ValueError("no such member")
    return known[plain]


def _whole(plain: Any) -> int:
    if type(plain) is not int:
        raise ValueError("no whole number")
    return plain


def _number(plain: Any) -> float | int:
    if type(plain) not in (int, float):
        raise ValueError("no number")
    return plain  # type: ignore[no-any-return]


def _string(plain: Any) -> str:
    if not isinstance(plain, str):
        raise ValueError("no string")
    return plain


def _truth(plain: Any) -> bool:
    if not isinstance(plain, bool):
        raise ValueError("neither true nor false")
    return plain


def _bytes(plain: Any) -> bytes:
    return b64decode(_string(plain), validate=True)


def _check(content: Content) -> None:
    """What later steps rely on: pages and spans lie within the text, boxes and confidences are as many as their characters."""
    end = len(content.text)
    for page in content.pages:
        if not 0 <= page.start <= page.end <= end or len(page.char_boxes) not in (0, 4 * (page.end - page.start)):
            raise ValueError("a page outside the text")
    spans = [span for block in content.blocks for span in block.spans] + [trace.span for trace in content.traces]
    if any(not 0 <= span.start <= span.end <= end for span in spans):
        raise ValueError("a span outside the text")
    stretches = [(each.start, each.end) for each in content.recognised] + [(each.start, each.end) for each in content.pictures]
    if any(not 0 <= start <= stop <= end for start, stop in stretches):
        raise ValueError("a recognised stretch outside the text")
