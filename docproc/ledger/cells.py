"""What may stand in a cell: nothing that a spreadsheet program would run, nothing that the file format forbids.

A text that begins with = + - @ (also behind blanks or in full width), a tab or a line end is a formula to Excel, WPS or LibreOffice
when a CSV is opened (OWASP, CSV injection). In a workbook the cell's type says that it is text; in a CSV an apostrophe goes before it.
"""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 32_000  # Excel cuts a cell at 32,767 characters
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BIDI: Final = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_FORMULA: Final = re.compile(r"[\s\u3000\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")


def text(value: str) -> str:
    """The text without characters that a workbook cannot hold or that turn the reading order, at most LONGEST characters."""
    plain = _BIDI.sub("", _FORBIDDEN.sub(" ", value))
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"


def is_formula(value: str) -> bool:
    """Whether a spreadsheet program would run this text."""
    return _FORMULA.match(value) is not None


def harmless(value: str) -> str:
    """The text for a CSV: what would be a formula is led in by an apostrophe, which says «text»."""
    plain = text(value)
    return f"'{plain}" if is_formula(plain) else plain
