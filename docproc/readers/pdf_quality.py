"""Whether a PDF page's text layer can be used: a page of text, a scan, garbled or blank."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from docproc.model import PageQuality

NOTHING_DRAWN: Final = "空白页"
# Sound pages measured 0.00, pages whose font maps were stripped 0.26-0.55.
_GARBLED_SHARE = 0.1
# A scan may carry a page number or the mark of a scanning app as text; a cover over a background picture says more.
_FEW_CHARACTERS = 12
_PAGE_COVERED = 0.5
# Text set in that many pieces, of which few have a character: the font that says which characters they are is gone.
_PIECES, _EMPTY_PIECES = 12, 4
# Points of curves on a page without text: a character turned into an outline has 20 to 60, an ornament or a frame a few dozen.
_OUTLINED = 600
# Latin-1 letters that Chinese papers do use: of units and pinyin, and the multiplication sign's neighbours are no letters.
# What nearly all of a page consists of, and needs no look.
_PLAIN = re.compile("[!-~\u3001-\u301f\u4e00-\u9fa5\uff01-\uff5e“”‘’—…·]+")
_LATIN_IN_USE = frozenset("µªºàáèéìíòóùúüÜ")


def quality(text: str, covered: float, marks: bool, curves: int = 0, pieces: int = 0) -> tuple[PageQuality, str]:
    """Quality and, in Chinese, its reason. `covered`: share of the page under images; `marks`: whether anything is drawn at all;
    `curves`: how many points of curves are drawn; `pieces`: in how many pieces text is set.
    """
    visible = "".join(text.split())
    total = len(visible)
    if total < _FEW_CHARACTERS and covered >= _PAGE_COVERED:
        return PageQuality.PICTURE, "整页为图像，没有可读的文字"
    if pieces >= _PIECES and total * _EMPTY_PIECES < pieces:
        return PageQuality.GARBLED, "文字层读不出来（字体或编码已损坏）"
    if not visible:
        if curves >= _OUTLINED:
            return PageQuality.PICTURE, "页面只有图形（文字可能已转为曲线），没有可读的文字"
        if not marks and not covered:
            return PageQuality.BLANK, NOTHING_DRAWN
        return (PageQuality.PICTURE, "页面只有图像，没有可读的文字") if covered >= 0.1 else (PageQuality.BLANK, "页面没有文字")
    if sum(map(_unsound, _PLAIN.sub("", visible))) / total > _GARBLED_SHARE:
        return PageQuality.GARBLED, "文字层无法识读（字体缺少编码对照）"
    return PageQuality.TEXT, ""


def _unsound(letter: str) -> bool:
    code = ord(letter)
    if 0xC0 <= code <= 0xFF or 0xA1 <= code <= 0xBF:
        return letter.isalpha() and letter not in _LATIN_IN_USE
    return letter == "\ufffd" or (code < 0x20) or unicodedata.category(letter) in {"Cc", "Cn", "Co"}
