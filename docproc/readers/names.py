"""File names of a package: their order as a person counts, and those that operating systems and editors leave behind."""

from __future__ import annotations

import re
from typing import Final

_NOISE: Final = re.compile(
    r"(?:thumbs\.db|ehthumbs(?:_vista)?\.db|\.ds_store|desktop\.ini|\.localized|~\$.*|\.~lock\..*|~wrl\d+\.tmp|~.*\.tmp|\._.*)",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"(\d+)")


def is_noise(path: str) -> bool:
    """Whether a file is a system's or an editor's own, and none of the applicant's."""
    parts = path.split("/")
    return "__MACOSX" in parts or _NOISE.fullmatch(parts[-1]) is not None


def natural_key(path: str) -> tuple[tuple[tuple[int, int, str], ...], ...]:
    """A sort key by which 附件2 comes before 附件10, folder by folder."""
    return tuple(
        tuple((0, int(piece), piece) if piece.isdecimal() and piece.isascii() else (1, 0, piece) for piece in _NUMBER.split(part) if piece)
        for part in path.split("/")
    )
