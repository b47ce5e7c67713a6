"""Office files that are the same bytes for the same content: zip entries in one order, with one time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Final

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_FIRST: Final = "[Content_Types].xml"  # ISO/IEC 29500-2: some readers look for it there


def settled_zip(data: bytes, change: Callable[[str, bytes], bytes] = lambda name, content: content) -> bytes:
    """The same zip with its entries in the order of their names and a fixed time; `change` rewrites an entry of this name."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != _FIRST, name)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, change(name, source.read(name)))
    return result.getvalue()
