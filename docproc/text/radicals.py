"""Step: characters that PDF extraction gives in a form nobody typed: Kangxi radicals, CJK radicals, compatibility ideographs.

The Kangxi block (U+2F00–2FD5) and the compatibility ideographs have a Unicode compatibility mapping; the radicals supplement
(U+2E80–2EF3) has none, hence the own table, after EquivalentUnifiedIdeograph.txt of the Unicode Character Database.
Vertical forms of punctuation (︒ ︵) come from pages set in columns.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from docproc.text.align import Edit

_SUPPLEMENT = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺖忄⺗㣺⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺫罒⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒"
    "⺳㓁⺴冗⺶羊⺹耂⺺肀⺻聿⺼肉⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼"
    "⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
_TABLE = dict(zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True))
FORMS = "[\u2e80-\u2ef3\u2f00-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f\ufe10-\ufe19\ufe30-\ufe44\ufe47\ufe48]"
_FORMS = re.compile(f"{FORMS}+")


def restore_ideographs(text: str) -> Iterator[Edit]:
    """Character for character; what has no plain form stays."""
    for found in _FORMS.finditer(text):
        new = "".join(_plain(character) for character in found[0])
        if new != found[0]:
            yield Edit(found.start(), found.end(), new, "部首或兼容字形还原为通用字", parallel=True)


def _plain(character: str) -> str:
    if character in _TABLE:
        return _TABLE[character]
    plain = unicodedata.normalize("NFKC", character)
    if "\ufe10" <= character <= "\ufe48":
        plain = _VERTICAL.get(plain, plain)
    return plain if len(plain) == 1 else character


# NFKC gives the half-width mark for a vertical form; Chinese text has the full-width one.
_VERTICAL = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？", "(": "（", ")": "）", "[": "［", "]": "］", "{": "｛", "}": "｝"}
