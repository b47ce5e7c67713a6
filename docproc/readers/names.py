"""File names of a package: their order as a person counts, and those that operating systems and editors leave behind."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_NOISE: Final = re.compile(
    r"(?:thumbs\.db|ehthumbs(?:_vista)?\.db|\.ds_store|desktop\.ini|\.localized|~\$.*|\.~lock\..*|~wrl\d+\.tmp|~.*\.tmp|\._.*)",
    re.IGNORECASE,
)
# Names that Windows keeps for devices, with any ending, and characters that no name may hold there.
_DEVICE: Final = re.compile(r"(?:con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\..*)?", re.IGNORECASE)
_FORBIDDEN: Final = re.compile(r'[<>:"|?*]|[ .]$')
_NUMBER: Final = re.compile(r"(\d+)")


def is_noise(path: str) -> bool:
    """Whether a file is a system's or an editor's own, and none of the applicant's."""
    parts = path.split("/")
    return "__MACOSX" in parts or _NOISE.fullmatch(parts[-1]) is not None


def fallen_together(path: str) -> str:
    """What is left of a path where systems see one name: Windows knows no case and drops blanks and dots at a name's end, macOS writes
    accents apart."""
    return "/".join(part.rstrip(" .") for part in unicodedata.normalize("NFC", path).casefold().split("/"))


def unusable(path: str) -> str:
    """The first name in a path that Windows cannot hold, or nothing: such a file is lost where the package is unpacked by hand."""
    return next((part for part in path.split("/") if _DEVICE.fullmatch(part) or _FORBIDDEN.search(part)), "")


def natural_key(path: str) -> tuple[tuple[tuple[int, int, str], ...], ...]:
    """A sort key by which 附件2 comes before 附件10, folder by folder."""
    return tuple(
        tuple((0, int(piece), piece) if piece.isdecimal() and piece.isascii() else (1, 0, piece) for piece in _NUMBER.split(part) if piece)
        for part in path.split("/")
    )
