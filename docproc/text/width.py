"""Step: full-width Latin letters, digits and signs of calculation become half-width. Punctuation and brackets stay as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docproc.text.align import Edit

_SIGNS = "＃＄％＆＊＋－．／＜＝＞＠＼＿｀＾"
FULL_WIDTH = f"[０-９Ａ-Ｚａ-ｚ{_SIGNS}]"
_FULL = re.compile(f"{FULL_WIDTH}+")
_TO_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def narrow_letters(text: str) -> Iterator[Edit]:
    for found in _FULL.finditer(text):
        yield Edit(found.start(), found.end(), found[0].translate(_TO_HALF), "全角字母数字改为半角", parallel=True)
