"""Step: what is in the text but shows nothing: zero-width characters, soft hyphens, byte-order marks, control characters.

Line ends become LF, and so do form feeds and the Unicode line separators. Blanks of other widths are for spacing.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docproc.text.align import Edit

OTHER_BREAKS = "[\r\v\f\x85\u2028\u2029]"
_BREAKS = re.compile(f"\r\n?|{OTHER_BREAKS}")
# U+202F (narrow no-break space) is what web converters leave between a character and its pinyin: nothing is meant by it in Chinese.
INVISIBLE = (
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202f\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e01ef"
    "\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f]"
)
_NOTHING = re.compile(f"{INVISIBLE}+")


def unify_breaks(text: str) -> Iterator[Edit]:
    for found in _BREAKS.finditer(text):
        yield Edit(found.start(), found.end(), "\n", "换行符统一")


def drop_invisible(text: str) -> Iterator[Edit]:
    """Variation selectors go too: they choose a glyph, not a character."""
    for found in _NOTHING.finditer(text):
        yield Edit(found.start(), found.end(), "", "删去看不见的字符（零宽字符、软连字符、控制符）")
