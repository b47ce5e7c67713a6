"""Characters of symbol fonts as Unicode: ticked and empty boxes first of all, since a form's answer hangs on them.

Word writes such a character as w:sym with a font and a code in F000–F0FF, as a private-use character in a run of that font, or
as the plain letter at the code's low byte (R in Wingdings 2 is a ticked box). The tables hold what forms use; an unknown one
stays the private-use character that it is.
"""

from __future__ import annotations

import re
from types import MappingProxyType

TICKED = "☑"
EMPTY = "☐"
CROSSED = "☒"

_WINGDINGS = {
    0xFE: TICKED, 0xFD: CROSSED, 0xA8: EMPTY, 0x6F: EMPTY, 0x70: EMPTY, 0x71: EMPTY, 0x72: EMPTY, 0xFC: "✓", 0xFB: "✗",
    0x6C: "●", 0x6D: "○", 0xA1: "○", 0xA4: "◉", 0x6E: "■", 0xA7: "▪", 0x75: "◆", 0x77: "◆", 0xD8: "➢", 0xE0: "→", 0xF0: "→", 0x9F: "•",
    0x4A: "☺", 0x28: "☎", 0x2A: "✉", 0x21: "✎", 0x46: "☞",
    **{0x80 + n: chr(0x24EA if n == 0 else 0x245F + n) for n in range(11)},
    **{0x8B + n: chr(0x24FF if n == 0 else 0x2775 + n) for n in range(11)},
}  # fmt: skip
_WINGDINGS_2 = {
    0x52: TICKED, 0x53: CROSSED, 0x54: CROSSED, 0x51: CROSSED, 0xA3: EMPTY, 0x2A: EMPTY, 0x30: EMPTY, 0x50: "✓", 0x4F: "✗", 0x55: "⊗",
    0x56: "⊗", 0x81: "○", 0x97: "●", 0xA2: "■",
    **{0x69 + n: chr(0x24EA if n == 0 else 0x245F + n) for n in range(11)},
    **{0x74 + n: chr(0x24FF if n == 0 else 0x2775 + n) for n in range(11)},
}  # fmt: skip
_SYMBOL = {
    0xA3: "≤",
    0xB3: "≥",
    0xB1: "±",
    0xB4: "×",
    0xB8: "÷",
    0xB9: "≠",
    0xBB: "≈",
    0xB0: "°",
    0xB7: "•",
    0xD6: "√",
    0xAE: "→",
    0x7E: "~",
}
_FONTS = MappingProxyType({"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL})

# { eq \o\ac(□,√) }: Word's «enclose characters», the usual way to tick a printed box in a Chinese form. It has no result text.
_ENCLOSED = re.compile(r"^\s*eq\s+\\o\s*(?:\\a[clr]\s*)?\(\s*(\S)\s*[,，;]\s*(.{1,4}?)\s*\)\s*$", re.IGNORECASE)


def is_symbol_font(font: str) -> bool:
    """Whether letters in this font are pictures."""
    return font.strip().lower() in _FONTS


def symbol(font: str, code: int) -> str:
    """The character that `code` (with or without F000) shows in a font; itself in any other font."""
    table = _FONTS.get(font.strip().lower())
    low = code & 0xFF if code < 0x100 or 0xF000 <= code <= 0xF0FF else -1
    if table is not None and low in table:
        return table[low]
    return chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else ""


def in_font(font: str, text: str) -> str:
    """A run's text in a symbol font. Chinese characters in it are shown in another font and stay."""
    return "".join(symbol(font, ord(char)) if char != " " and (char < "\u0100" or "\uf000" <= char <= "\uf0ff") else char for char in text)


def checkbox(ticked: bool) -> str:
    """The character for a checkbox's state."""
    return TICKED if ticked else EMPTY


def enclosed(instruction: str) -> str:
    """What an EQ field that lays characters over one another shows: □ with √ is a ticked box, ○ with 1 is ①; else "" (no such field)."""
    found = _ENCLOSED.match(instruction)
    if found is None:
        return ""
    first, second = found.group(1), found.group(2)
    outer, inner = (first, second) if first in "□○〇◯△◇" else (second, first)
    if outer == "□":
        return TICKED if inner in "√✓✔" else CROSSED if inner in "×✗✕" else f"{outer}{inner}"
    if outer in "○〇◯" and inner.isascii() and inner.isdigit() and 1 <= int(inner) <= 20:
        return chr(0x245F + int(inner))
    return inner
